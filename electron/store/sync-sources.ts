import { z } from 'zod';
import { Answers } from '../../shared/domain/instrument.ts';
import { ReferenceSource } from '../../shared/domain/reference.ts';
import { IdentificationResult } from '../../shared/domain/registration.ts';
import { noCorrections, VisitCorrections } from '../../shared/domain/visit-corrections.ts';
import { duplicateResult } from '../../shared/domain/visit-entry.ts';
import type { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import type { ReadableDb } from './connection.ts';

/** What stands in the register about a case beside what was reported, in the shape of the wire. */

const IdentificationRow = z.object({
  id: z.string(),
  result: IdentificationResult,
  proposed: IdentificationResult,
  override_reason: z.string().nullable(),
  model_version: z.string(),
  decided_at: z.string(),
});

const MatchRow = z.object({
  memberId: z.string(),
  source: ReferenceSource,
  list: z.string(),
  listDate: z.string(),
  listVersion: z.number(),
  householdSourceId: z.string(),
  personSourceId: z.string().nullable(),
});

const MatchRows = z.array(MatchRow);

/** The identification that stands, with the persons of the lists that were held to be the same. */
export function findWireIdentification(db: ReadableDb, caseId: string): CaseLegalisedBody['identification'] {
  const raw = db
    .prepare(
      'SELECT * FROM identification WHERE case_id = ? AND revoked_at IS NULL ORDER BY rowid DESC LIMIT 1',
    )
    .get(caseId);
  if (raw === undefined) return null;
  const row = IdentificationRow.parse(raw);
  const matches = db
    .prepare(
      `SELECT link.member_id AS memberId, list.source, list.name AS list, list.list_date AS listDate, list.version AS listVersion,
              household.source_id AS householdSourceId, person.source_id AS personSourceId
       FROM identification_link AS link
       JOIN reference_person AS person ON person.id = link.reference_person_id
       JOIN reference_household AS household ON household.id = person.household_id
       JOIN reference_list AS list ON list.id = household.list_id
       WHERE link.identification_id = ? AND link.verdict = 'sama'
       ORDER BY link.member_id, person.id`,
    )
    .all(row.id);
  return {
    result: row.result,
    proposed: row.proposed,
    overrideReason: row.override_reason,
    modelVersion: row.model_version,
    decidedAt: row.decided_at,
    matches: MatchRows.parse(matches),
  };
}

const VisitRow = z.object({
  result: z.string().nullable(),
  visited_on: z.string().nullable(),
  visit_enumerator: z.string().nullable(),
  note: z.string().nullable(),
  household_answers: z.string(),
  family_answers: z.string(),
  duplicate_of: z.string(),
  corrections: z.string(),
  member_answers: z.string(),
  process_answers: z.string(),
  code: z.string(),
  print_no: z.number(),
  case_version: z.number(),
  printed_at: z.string(),
  instrument: z.string(),
  instrument_version: z.string(),
});

const AnswersBySubject = z.record(z.string(), Answers);

/**
 * The newest finished visit and the sheet it was written on; both null where there was none. Answers as
 * they are kept; those of the process stand with the household's, whose record they belong to.
 */
export function findWireVisit(
  db: ReadableDb,
  caseId: string,
): Pick<CaseLegalisedBody, 'visit' | 'sheet'> & { corrections: VisitCorrections } {
  const raw = db
    .prepare(
      `SELECT visit.*, visit.enumerator AS visit_enumerator, sheet.code, sheet.print_no, sheet.case_version, sheet.printed_at,
              sheet.instrument, sheet.instrument_version
       FROM visit JOIN sheet ON sheet.id = visit.sheet_id
       WHERE visit.case_id = ? AND visit.state = 'selesai' ORDER BY visit.updated_at DESC, visit.id DESC LIMIT 1`,
    )
    .get(caseId);
  if (raw === undefined) return { visit: null, sheet: null, corrections: noCorrections };
  const row = VisitRow.parse(raw);
  const families = AnswersBySubject.parse(JSON.parse(row.family_answers));
  return {
    visit: {
      result: row.result,
      visitedOn: row.visited_on,
      enumerator: row.visit_enumerator,
      note: row.note,
      instrument: { id: row.instrument, version: row.instrument_version },
      household: Answers.parse({
        ...JSON.parse(row.household_answers),
        ...JSON.parse(row.process_answers),
      }),
      ...(row.result === duplicateResult ? { duplicateOf: row.duplicate_of } : {}),
      ...(Object.keys(families).length === 0 ? {} : { families }),
      members: AnswersBySubject.parse(JSON.parse(row.member_answers)),
    },
    sheet: {
      code: row.code,
      printNo: row.print_no,
      caseVersion: row.case_version,
      printedAt: row.printed_at,
    },
    corrections: VisitCorrections.parse(JSON.parse(row.corrections)),
  };
}

const AttachmentRows = z.array(
  z.object({
    hash: z.string(),
    mediaType: z.string(),
    size: z.number(),
    slot: z.string(),
  }),
);

export function listWireAttachments(db: ReadableDb, caseId: string): CaseLegalisedBody['attachments'] {
  const rows = db
    .prepare(
      `SELECT attachment.hash, attachment.media_type AS mediaType, attachment.size, link.slot
       FROM attachment_link AS link JOIN attachment ON attachment.hash = link.hash
       WHERE link.case_id = ? ORDER BY link.added_at, link.id`,
    )
    .all(caseId);
  return AttachmentRows.parse(rows);
}

const DecisionRow = z.object({
  eventId: z.string(),
  action: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  at: z.string(),
  role: z.string(),
  accountId: z.string().nullable(),
  reason: z.string().nullable(),
});

const DecisionRows = z.array(DecisionRow);

/** The steps of a case in the order they were taken: who by role, when, and why. */
export function listWireSteps(db: ReadableDb, caseId: string): z.infer<typeof DecisionRow>[] {
  const rows = db
    .prepare(
      `SELECT event.id AS eventId, event.type AS action, event.from_state AS "from", event.to_state AS "to", event.at,
              event.actor_role AS role, event.actor_id AS accountId, event_payload.body ->> '$.alasan' AS reason
       FROM event LEFT JOIN event_payload ON event_payload.event_id = event.id
       WHERE event.case_id = ? AND event.to_state IS NOT NULL ORDER BY event.seq`,
    )
    .all(caseId);
  return DecisionRows.parse(rows);
}
