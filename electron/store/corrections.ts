import { z } from 'zod';
import type { Correction } from '../../shared/contract/period.ts';
import { CaseState, findEdge, stepOfCorrection } from '../../shared/domain/case-flow.ts';
import { LifeEvent, lifeEventStates } from '../../shared/domain/life-event.ts';
import type { FieldEdit } from '../../shared/provincial/merge.ts';
import { listAttachmentsOfCorrection } from './attachments.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { findNumberItWentInto } from './merge.ts';

const Row = z.object({
  id: z.string(),
  case_id: z.string(),
  number: z.string(),
  head_name: z.string().nullable(),
  subject: z.string(),
  before: z.string(),
  after: z.string(),
  reason: z.string(),
  life_event: z.string().nullable(),
  draft_id: z.string().nullable(),
  closing: z.string().nullable(),
  case_state: CaseState,
  edits: z.string().nullable(),
  state: z.enum(['diajukan', 'disetujui', 'ditolak']),
  answer: z.string().nullable(),
  proposed_by: z.string(),
  proposed_by_name: z.string(),
  proposed_at: z.string(),
  decided_by_name: z.string().nullable(),
  decided_at: z.string().nullable(),
});

const select = `
  SELECT correction.*, case_file.number, proposer.name AS proposed_by_name, decider.name AS decided_by_name,
         (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1') AS head_name,
         case_file.state AS case_state,
         (SELECT event_payload.body ->> '$.perbaikan' FROM event JOIN event_payload ON event_payload.event_id = event.id
          WHERE event.case_id = case_file.id AND event.to_state = 'DITUTUP' ORDER BY event.seq DESC LIMIT 1) AS closing
  FROM correction
  JOIN case_file ON case_file.id = correction.case_id
  JOIN account AS proposer ON proposer.id = correction.proposed_by
  LEFT JOIN account AS decider ON decider.id = correction.decided_by`;

export function insertCorrection(
  db: WritableDb,
  correction: Pick<Correction, 'id' | 'caseId' | 'subject' | 'before' | 'after' | 'reason' | 'proposedAt'> & {
    proposedBy: string;
    /** Field edits that an approval applies; null for a note in words. */
    edits: readonly FieldEdit[] | null;
    /** What happened to the family, which an approval carries out; null for a correction. */
    lifeEvent: LifeEvent | null;
    /** The draft it was typed in, where its files hang until it is decided; null where there is none. */
    draftId: string | null;
  },
): void {
  db.prepare(
    `INSERT INTO correction (id, case_id, subject, before, after, reason, edits, life_event, draft_id, state, proposed_by, proposed_at)
     VALUES (@id, @caseId, @subject, @before, @after, @reason, @edits, @lifeEvent, @draftId, 'diajukan', @proposedBy, @proposedAt)`,
  ).run({
    ...correction,
    edits: correction.edits === null ? null : JSON.stringify(correction.edits),
    lifeEvent: correction.lifeEvent === null ? null : JSON.stringify(correction.lifeEvent),
  });
}

const Waiting = z.object({ count: z.int(), oldest: z.string().nullable() });

/** How many wait for the lurah, and since when the oldest does. */
export function waitingCorrections(db: ReadableDb): z.infer<typeof Waiting> {
  return Waiting.parse(
    db
      .prepare(
        `SELECT count(*) AS count, min(proposed_at) AS oldest FROM correction WHERE state = 'diajukan'`,
      )
      .get(),
  );
}

// What came or went has no value on the one side, and JSON no word for that.
const Edits = z.array(
  z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
);

/** The field edits of a correction; null where it is a note in words. */
export function findCorrectionEdits(db: ReadableDb, id: string): FieldEdit[] | null {
  const edits = z
    .string()
    .nullish()
    .parse(db.prepare('SELECT edits FROM correction WHERE id = ?').pluck().get(id));
  if (edits == null) return null;
  return Edits.parse(JSON.parse(edits)).map(({ path, before, after }) => ({ path, before, after }));
}

/** What happened to the family, as it was typed; null where the record is a correction. */
export function findLifeEvent(db: ReadableDb, id: string): LifeEvent | null {
  const body = z
    .string()
    .nullish()
    .parse(db.prepare('SELECT life_event FROM correction WHERE id = ?').pluck().get(id));
  return body == null ? null : LifeEvent.parse(JSON.parse(body));
}

export function decideCorrection(
  db: WritableDb,
  decision: { id: string; state: 'disetujui' | 'ditolak'; answer: string | null; by: string; at: string },
): void {
  db.prepare(
    'UPDATE correction SET state = @state, answer = @answer, decided_by = @by, decided_at = @at WHERE id = @id',
  ).run(decision);
}

export function findCorrection(
  db: ReadableDb,
  id: string,
  asker: string,
): (Correction & { proposedBy: string; draftId: string | null }) | null {
  const row = db.prepare(`${select} WHERE correction.id = ?`).get(id);
  if (row === undefined) return null;
  const { proposed_by: proposedBy, draft_id: draftId } = Row.parse(row);
  return { ...rowToCorrection(db, row, asker), proposedBy, draftId };
}

/** Of one case, newest first; or all that wait, oldest first. */
export function listCorrections(db: ReadableDb, caseId: string | null, asker: string): Correction[] {
  const rows =
    caseId === null
      ? db.prepare(`${select} WHERE correction.state = 'diajukan' ORDER BY proposed_at`).all()
      : db.prepare(`${select} WHERE correction.case_id = ? ORDER BY proposed_at DESC`).all(caseId);
  return rows.map((row) => rowToCorrection(db, row, asker));
}

function rowToCorrection(db: ReadableDb, raw: unknown, asker: string): Correction {
  const row = Row.parse(raw);
  const lifeEvent = row.life_event === null ? null : LifeEvent.parse(JSON.parse(row.life_event)).kind;
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    headName: row.head_name ?? '',
    lifeEvent,
    ended: endOf(db, row),
    closesCase: row.case_state === 'DITUTUP' && row.closing === row.id,
    subject: row.subject,
    before: row.before,
    after: row.after,
    reason: row.reason,
    attachments: row.draft_id === null ? [] : listAttachmentsOfCorrection(db, row.draft_id),
    closedAttachments: 0,
    state: row.state,
    answer: row.answer,
    proposedByName: row.proposed_by_name,
    proposedByMe: row.proposed_by === asker,
    proposedAt: row.proposed_at,
    decidedByName: row.decided_by_name,
    decidedAt: row.decided_at,
  };
}

function endOf(db: ReadableDb, row: z.infer<typeof Row>): Correction['ended'] {
  const { case_state: state, edits, life_event: lifeEvent } = row;
  if (row.state !== 'diajukan' || (edits === null && lifeEvent === null)) return null;
  const canBe =
    lifeEvent === null ? findEdge(state, stepOfCorrection(state)) !== null : lifeEventStates.includes(state);
  if (canBe) return null;
  switch (state) {
    case 'DIGABUNG':
      return { why: 'digabung', into: findNumberItWentInto(db, row.case_id) ?? '' };
    case 'DITUTUP':
      return { why: 'ditutup' };
    case 'DITARIK':
      return { why: 'ditarik' };
    default:
      return { why: lifeEvent === null ? 'belum_sah' : 'tahap', state };
  }
}
