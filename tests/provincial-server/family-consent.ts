import { type FamilyConsentBody } from '../../shared/provincial/record.ts';
import type { Intake } from './accept-batch.ts';
import { type Advanced, sign } from './advance-case.ts';
import { type Readable, rejectionOf } from './inspect-record.ts';
import { isCaseOfOtherOffice } from './province-cases.ts';
import { dropOvertakenWords } from './records.ts';

/** A record of what a family says of being shown to those who read. */
export type Word = Extract<Readable, { kind: 'family.consent' }>;

/**
 * Keeps what a family says. Each that is taken in comes after those before it: what has no answer yet is waited
 * for as a parent, and what has one comes no second time. So the newest that came counts, also where an office that
 * put back an old backup counts anew. What waits for another word than this has been overtaken by it: let in later, it would
 * count. It needs no case: one that comes later is never shown in between.
 */
export async function keepWord(intake: Intake, { record, body }: Word, identity: Buffer): Promise<Advanced> {
  const { tx, office } = intake;
  if (await isCaseOfOtherOffice(tx, office.id, record.caseId))
    return { outcome: 'rejected', rejection: rejectionOf('case_of_other_office', 'caseId') };
  const { version, sharing }: FamilyConsentBody['consent'] = body.consent;
  const { receipt, signed } = sign(intake, record, version, undefined);
  const { body: asSent, ...envelope } = record;
  // One that was refused is kept nowhere that this could name.
  const { parent } = record;
  const before = parent !== null && intake.known.get(parent)?.status === 'accepted' ? parent : null;
  await tx.query(
    `WITH kept AS (
       INSERT INTO record (office_id, key, city, kind, case_id, base_version, version, parent, hash, identity, envelope, body, received_at, receipt_id, receipt)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     )
     INSERT INTO family_consent (office_id, case_id, city, record_key, version, sharing, received_at)
     VALUES ($1, $5, $3, $2, $7, $16, $13)
     ON CONFLICT (office_id, case_id) DO UPDATE
       SET record_key = excluded.record_key, version = excluded.version, sharing = excluded.sharing, received_at = excluded.received_at`,
    [
      office.id,
      record.key,
      office.city,
      record.kind,
      record.caseId,
      record.baseVersion,
      version,
      before,
      record.hash,
      identity,
      envelope,
      asSent,
      receipt.serverTime,
      receipt.receiptId,
      signed,
      sharing,
    ],
  );
  await dropOvertakenWords(tx, office.id, record);
  return { outcome: 'accepted', receipt: signed, merged: undefined };
}
