import { z } from 'zod';
import { type Objection, type Proposal, ProposalInput } from '../../shared/contract/muskel.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

// Proposals ---------------------------------------------------------------------------------------

const ProposalRow = z.object({
  id: z.string(),
  muskel_id: z.string(),
  body: z.string(),
  draft_id: z.string().nullable(),
  case_number: z.string().nullable(),
});

const selectProposal = `
  SELECT muskel_proposal.*, case_file.number AS case_number FROM muskel_proposal
  LEFT JOIN draft ON draft.id = muskel_proposal.draft_id
  LEFT JOIN case_file ON case_file.id = draft.case_id`;

export function insertProposal(
  db: WritableDb,
  proposal: { id: string; muskelId: string; body: ProposalInput; at: string },
): void {
  db.prepare('INSERT INTO muskel_proposal (id, muskel_id, body, created_at) VALUES (?, ?, ?, ?)').run(
    proposal.id,
    proposal.muskelId,
    JSON.stringify(proposal.body),
    proposal.at,
  );
}

export function listProposals(db: ReadableDb, muskelId: string): Proposal[] {
  return db
    .prepare(`${selectProposal} WHERE muskel_id = ? ORDER BY muskel_proposal.created_at, muskel_proposal.id`)
    .all(muskelId)
    .map((row) => toProposal(row));
}

export function findProposal(db: ReadableDb, id: string): (Proposal & { muskelId: string }) | null {
  const row = db.prepare(`${selectProposal} WHERE muskel_proposal.id = ?`).get(id);
  return row === undefined ? null : { ...toProposal(row), muskelId: ProposalRow.parse(row).muskel_id };
}

export function deleteProposal(db: WritableDb, id: string): void {
  db.prepare('DELETE FROM muskel_proposal WHERE id = ?').run(id);
}

export function setProposalDraft(db: WritableDb, id: string, draftId: string): void {
  db.prepare('UPDATE muskel_proposal SET draft_id = ? WHERE id = ?').run(draftId, id);
}

function toProposal(raw: unknown): Proposal {
  const row = ProposalRow.parse(raw);
  return {
    ...ProposalInput.parse(JSON.parse(row.body)),
    id: row.id,
    draftId: row.draft_id,
    caseNumber: row.case_number,
  };
}

// Objections --------------------------------------------------------------------------------------

const ObjectionRow = z.object({
  id: z.string(),
  muskel_id: z.string(),
  case_id: z.string(),
  number: z.string(),
  head_name: z.string().nullable(),
  objector: z.string(),
  relation: z.string(),
  grounds: z.string(),
  late_reason: z.string().nullable(),
  filed_at: z.string(),
  answer_due: z.string(),
  state: z.enum(['diajukan', 'diterima', 'ditolak']),
  answer: z.string().nullable(),
  decided_by_name: z.string().nullable(),
});

const selectObjection = `
  SELECT objection.*, case_file.number, account.name AS decided_by_name,
         (SELECT name FROM member WHERE member.case_id = objection.case_id AND relation = '1') AS head_name
  FROM objection JOIN case_file ON case_file.id = objection.case_id
  LEFT JOIN account ON account.id = objection.decided_by`;

export function insertObjection(
  db: WritableDb,
  objection: Pick<
    Objection,
    'id' | 'caseId' | 'objector' | 'relation' | 'grounds' | 'lateReason' | 'filedAt' | 'answerDue'
  > & { muskelId: string; filedBy: string },
): void {
  db.prepare(
    `INSERT INTO objection (id, muskel_id, case_id, objector, relation, grounds, late_reason, filed_at, filed_by, answer_due, state)
     VALUES (@id, @muskelId, @caseId, @objector, @relation, @grounds, @lateReason, @filedAt, @filedBy, @answerDue, 'diajukan')`,
  ).run(objection);
}

/** Those that wait first, the one due soonest on top. */
export function listObjections(db: ReadableDb, muskelId: string): Objection[] {
  return db
    .prepare(
      `${selectObjection} WHERE muskel_id = ? ORDER BY objection.state <> 'diajukan', answer_due, filed_at`,
    )
    .all(muskelId)
    .map(toObjection);
}

export function findObjection(db: ReadableDb, id: string): (Objection & { muskelId: string }) | null {
  const row = db.prepare(`${selectObjection} WHERE objection.id = ?`).get(id);
  return row === undefined ? null : { ...toObjection(row), muskelId: ObjectionRow.parse(row).muskel_id };
}

export function decideObjection(
  db: WritableDb,
  decision: { id: string; state: 'diterima' | 'ditolak'; answer: string; at: string; by: string },
): void {
  db.prepare(
    'UPDATE objection SET state = @state, answer = @answer, decided_at = @at, decided_by = @by WHERE id = @id',
  ).run(decision);
}

function toObjection(raw: unknown): Objection {
  const row = ObjectionRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    headName: row.head_name ?? '',
    objector: row.objector,
    relation: row.relation,
    grounds: row.grounds,
    lateReason: row.late_reason,
    filedAt: row.filed_at,
    answerDue: row.answer_due,
    state: row.state,
    answer: row.answer,
    decidedByName: row.decided_by_name,
  };
}
