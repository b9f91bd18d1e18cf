import { z } from 'zod';
import { DecryptionKey } from '../../shared/provincial/courier.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** The enrolment that a courier asks the province for; the newest alone is waited for. */

const AskedRow = z.object({
  codeHash: z.instanceof(Uint8Array),
  publicKey: z.string(),
  replyKey: z.string(),
  askedAt: z.string(),
});

export interface AskedEnrolment {
  /** Of the code, as the province keeps it: opens the answer. */
  codeHash: Uint8Array;
  /** `x` of the public key that is to be enrolled. */
  publicKey: string;
  /** Opens what the answer holds for this office alone; its answers to bundles later. */
  replyKey: DecryptionKey;
  askedAt: string;
}

export function findAskedEnrolment(db: ReadableDb): AskedEnrolment | null {
  const raw = db
    .prepare(
      'SELECT code_hash AS codeHash, public_key AS publicKey, reply_key AS replyKey, asked_at AS askedAt FROM courier_enrolment WHERE id = 1',
    )
    .get();
  if (raw === undefined) return null;
  const { replyKey, ...asked } = AskedRow.parse(raw);
  return { ...asked, replyKey: DecryptionKey.parse(JSON.parse(replyKey)) };
}

export function putAskedEnrolment(db: WritableDb, asked: AskedEnrolment): void {
  db.prepare(
    `INSERT OR REPLACE INTO courier_enrolment (id, code_hash, public_key, reply_key, asked_at)
     VALUES (1, @codeHash, @publicKey, @replyKey, @askedAt)`,
  ).run({ ...asked, replyKey: JSON.stringify(asked.replyKey) });
}

export function deleteAskedEnrolment(db: WritableDb): void {
  db.prepare('DELETE FROM courier_enrolment').run();
}
