import { z } from 'zod';
import { Consent } from '../../shared/domain/consent.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export function findConsent(db: ReadableDb, caseId: string): { kind: Consent; at: string } | null {
  const row = db.prepare('SELECT kind, recorded_at AS at FROM case_consent WHERE case_id = ?').get(caseId);
  return row === undefined ? null : z.object({ kind: Consent, at: z.string() }).parse(row);
}

export function writeConsent(
  db: WritableDb,
  consent: { caseId: string; kind: Consent; at: string; by: string },
): void {
  db.prepare(
    `INSERT INTO case_consent (case_id, kind, recorded_at, recorded_by) VALUES (@caseId, @kind, @at, @by)
     ON CONFLICT DO UPDATE SET kind = @kind, recorded_at = @at, recorded_by = @by WHERE kind <> @kind`,
  ).run(consent);
}
