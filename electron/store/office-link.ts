import { z } from 'zod';
import { PrivateKey, PublicKey } from '../../shared/provincial/wire.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** The office's enrolment with the province, and its key. */

const KeyRow = z.object({ private_key: z.string() });

export function findOfficeKey(db: ReadableDb): PrivateKey | null {
  const raw = db.prepare('SELECT private_key FROM office_key WHERE id = 1').get();
  return raw === undefined ? null : PrivateKey.parse(JSON.parse(KeyRow.parse(raw).private_key));
}

export function putOfficeKey(db: WritableDb, key: PrivateKey, createdAt: string): void {
  db.prepare('INSERT OR REPLACE INTO office_key (id, private_key, created_at) VALUES (1, ?, ?)').run(
    JSON.stringify(key),
    createdAt,
  );
}

/** The key of an enrolment that is asked for while another stands. */
export function findNextKey(db: ReadableDb): PrivateKey | null {
  const raw = db.prepare('SELECT private_key FROM office_next_key WHERE id = 1').get();
  return raw === undefined ? null : PrivateKey.parse(JSON.parse(KeyRow.parse(raw).private_key));
}

export function putNextKey(db: WritableDb, key: PrivateKey, createdAt: string): void {
  db.prepare('INSERT INTO office_next_key (id, private_key, created_at) VALUES (1, ?, ?)').run(
    JSON.stringify(key),
    createdAt,
  );
}

/** The enrolment stands: its key is the office's own from now on. */
export function takeNextKey(db: WritableDb): void {
  db.prepare('INSERT OR REPLACE INTO office_key SELECT * FROM office_next_key').run();
  db.prepare('DELETE FROM office_next_key').run();
}

const LinkRow = z.object({
  address: z.string(),
  office_id: z.string(),
  credential: z.string(),
  server_public_key: z.string(),
  vouched_keys: z.string(),
  earlier_keys: z.string(),
  enrolled_at: z.string(),
});

const PublicKeys = z.array(PublicKey);

export interface LinkRecord {
  address: string;
  officeId: string;
  credential: string;
  /** Pinned at enrolment. */
  serverKey: PublicKey;
  /** Its successor, that one's successor, and so on. */
  vouchedKeys: PublicKey[];
  /** Of before it. */
  earlierKeys: PublicKey[];
  enrolledAt: string;
}

export function findLinkRecord(db: ReadableDb): LinkRecord | null {
  const raw = db.prepare('SELECT * FROM office_link WHERE id = 1').get();
  if (raw === undefined) return null;
  const row = LinkRow.parse(raw);
  return {
    address: row.address,
    officeId: row.office_id,
    credential: row.credential,
    serverKey: PublicKey.parse(JSON.parse(row.server_public_key)),
    vouchedKeys: PublicKeys.parse(JSON.parse(row.vouched_keys)),
    earlierKeys: PublicKeys.parse(JSON.parse(row.earlier_keys)),
    enrolledAt: row.enrolled_at,
  };
}

/** An enrolment pins a key anew; nothing is vouched for yet. */
export function putLinkRecord(db: WritableDb, link: Omit<LinkRecord, 'vouchedKeys' | 'earlierKeys'>): void {
  db.prepare(
    'INSERT OR REPLACE INTO office_link (id, address, office_id, credential, server_public_key, enrolled_at) VALUES (1, ?, ?, ?, ?, ?)',
  ).run(link.address, link.officeId, link.credential, JSON.stringify(link.serverKey), link.enrolledAt);
}

export function setVouchedKeys(
  db: WritableDb,
  { vouchedKeys, earlierKeys }: Pick<LinkRecord, 'vouchedKeys' | 'earlierKeys'>,
): void {
  db.prepare('UPDATE office_link SET vouched_keys = ?, earlier_keys = ? WHERE id = 1').run(
    JSON.stringify(vouchedKeys),
    JSON.stringify(earlierKeys),
  );
}
