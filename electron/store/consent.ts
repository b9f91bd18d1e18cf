import { z } from 'zod';
import { Consent, refusal } from '../../shared/domain/consent.ts';
import { OutboxState } from '../../shared/domain/outbox.ts';
import { FamilyConsentBody } from '../../shared/provincial/record.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { isWord, ofItsCase } from './sync.ts';

/** What a family says of its consent, since when, and who recorded it (an account's id). */
export const SaidConsent = z.object({ kind: Consent, at: z.string(), by: z.string() });
export type SaidConsent = z.infer<typeof SaidConsent>;

export function findConsent(db: ReadableDb, caseId: string): SaidConsent | null {
  const row = db
    .prepare('SELECT kind, recorded_at AS at, recorded_by AS by FROM case_consent WHERE case_id = ?')
    .get(caseId);
  return row === undefined ? null : SaidConsent.parse(row);
}

export function writeConsent(db: WritableDb, consent: SaidConsent & { caseId: string }): void {
  db.prepare(
    `INSERT INTO case_consent (case_id, kind, recorded_at, recorded_by) VALUES (@caseId, @kind, @at, @by)
     ON CONFLICT DO UPDATE SET kind = @kind, recorded_at = @at, recorded_by = @by`,
  ).run(consent);
}

export function deleteConsent(db: WritableDb, caseId: string): void {
  db.prepare('DELETE FROM case_consent WHERE case_id = ?').run(caseId);
}

const ToldRow = z.object({
  key: z.string(),
  state: OutboxState,
  version: z.number(),
  sharing: FamilyConsentBody.shape.consent.shape.sharing,
});

/** What the province was told last of the family being shown, and did not refuse to hear; null where nothing was. */
export function findToldWord(db: ReadableDb, caseId: string): z.infer<typeof ToldRow> | null {
  const raw = db
    .prepare(
      `SELECT idempotency_key AS key, state, version, body ->> '$.consent.sharing' AS sharing FROM outbox
       WHERE case_id = ? AND ${isWord} AND state <> 'ditolak' ORDER BY rowid DESC LIMIT 1`,
    )
    .get(caseId);
  return raw === undefined ? null : ToldRow.parse(raw);
}

/**
 * Cases of families that refuse, of which the province may hold something and of which no word was ever queued. A word
 * that it refused to hear waits for a person.
 */
export function listUntoldRefusals(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT case_id FROM case_consent AS consent WHERE kind = '${refusal}'
           AND EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = consent.case_id AND ${ofItsCase('outbox')}
             AND state NOT IN ('ditolak', 'bertentangan'))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = consent.case_id AND ${isWord})
         ORDER BY recorded_at, case_id`,
      )
      .pluck()
      .all(),
  );
}
