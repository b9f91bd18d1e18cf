import { z } from 'zod';
import type { MuskelFacts, MuskelItem, MuskelSummary } from '../../shared/contract/muskel.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { Attendee, MuskelState, MuskelTraits, MuskelVerdict } from '../../shared/domain/muskel.ts';
import { MkAnswers } from '../../shared/domain/muskel-form.ts';
import { Sex } from '../../shared/domain/person.ts';
import { IdentificationResult } from '../../shared/domain/registration.ts';
import { TeamArea } from '../../shared/domain/team.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface MuskelRecord extends MuskelFacts {
  id: string;
  periodId: string;
  no: number;
  state: MuskelState;
  version: number;
  attendees: Attendee[];
  form: MkAnswers;
  legalisedAt: string | null;
  legalisedByName: string | null;
}

const Row = z.object({
  id: z.string(),
  period_id: z.string(),
  no: z.number(),
  held_on: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
  place: z.string(),
  areas: z.string(),
  attendees: z.string(),
  form: z.string(),
  state: MuskelState,
  version: z.number(),
  legalised_at: z.string().nullable(),
  legalised_by_name: z.string().nullable(),
});

export function insertMuskel(
  db: WritableDb,
  muskel: { id: string; periodId: string; facts: MuskelFacts; createdBy: string; createdAt: string },
): number {
  const { no } = z
    .object({ no: z.number() })
    .parse(
      db
        .prepare('SELECT coalesce(max(no), 0) + 1 AS no FROM muskel WHERE period_id = ?')
        .get(muskel.periodId),
    );
  db.prepare(
    `INSERT INTO muskel (id, period_id, no, held_on, starts_at, ends_at, place, areas, attendees, form, state, version, created_by, created_at)
     VALUES (@id, @periodId, @no, @heldOn, @startsAt, @endsAt, @place, @areas, '[]', '{}', 'berlangsung', 1, @createdBy, @createdAt)`,
  ).run({ ...muskel, ...muskel.facts, facts: null, areas: JSON.stringify(muskel.facts.areas), no });
  return no;
}

export function findMuskel(db: ReadableDb, id: string): MuskelRecord | null {
  const raw = db
    .prepare(
      `SELECT muskel.*, account.name AS legalised_by_name FROM muskel
       LEFT JOIN account ON account.id = muskel.legalised_by WHERE muskel.id = ?`,
    )
    .get(id);
  if (raw === undefined) return null;
  const row = Row.parse(raw);
  return {
    id: row.id,
    periodId: row.period_id,
    no: row.no,
    heldOn: row.held_on,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    place: row.place,
    areas: TeamArea.array().parse(JSON.parse(row.areas)),
    attendees: Attendee.array().parse(JSON.parse(row.attendees)),
    form: MkAnswers.parse(JSON.parse(row.form)),
    state: row.state,
    version: row.version,
    legalisedAt: row.legalised_at,
    legalisedByName: row.legalised_by_name,
  };
}

/** Writes facts, attendance or form, and raises the version. */
export function updateMuskel(
  db: WritableDb,
  id: string,
  change: { facts?: MuskelFacts; attendees?: readonly Attendee[]; form?: MkAnswers },
): void {
  const { facts, attendees, form } = change;
  db.prepare(
    `UPDATE muskel SET version = version + 1,
       held_on = coalesce(@heldOn, held_on), starts_at = coalesce(@startsAt, starts_at),
       ends_at = coalesce(@endsAt, ends_at), place = coalesce(@place, place), areas = coalesce(@areas, areas),
       attendees = coalesce(@attendees, attendees), form = coalesce(@form, form) WHERE id = @id`,
  ).run({
    id,
    heldOn: facts?.heldOn ?? null,
    startsAt: facts?.startsAt ?? null,
    endsAt: facts?.endsAt ?? null,
    place: facts?.place ?? null,
    areas: facts === undefined ? null : JSON.stringify(facts.areas),
    attendees: attendees === undefined ? null : JSON.stringify(attendees),
    form: form === undefined ? null : JSON.stringify(form),
  });
}

export function setMuskelState(
  db: WritableDb,
  id: string,
  state: MuskelState,
  legalised: { at: string; by: string } | null,
): void {
  db.prepare(
    'UPDATE muskel SET state = ?, legalised_at = ?, legalised_by = ?, version = version + 1 WHERE id = ?',
  ).run(state, legalised?.at ?? null, legalised?.by ?? null, id);
}

/** Newest first. */
export function listMuskel(db: ReadableDb): MuskelSummary[] {
  return z
    .array(
      z.object({
        id: z.string(),
        no: z.number(),
        periodId: z.string(),
        heldOn: z.string(),
        place: z.string(),
        areas: z.string(),
        state: MuskelState,
        families: z.number(),
        decided: z.number(),
        openObjections: z.number(),
      }),
    )
    .parse(
      db
        .prepare(
          `SELECT id, no, period_id AS periodId, held_on AS heldOn, place, areas, state,
                  (SELECT count(*) FROM muskel_item WHERE muskel_id = muskel.id) AS families,
                  (SELECT count(*) FROM muskel_item WHERE muskel_id = muskel.id AND verdict IS NOT NULL) AS decided,
                  (SELECT count(*) FROM objection WHERE muskel_id = muskel.id AND objection.state = 'diajukan') AS openObjections
           FROM muskel ORDER BY period_id DESC, no DESC`,
        )
        .all(),
    )
    .map((row) => ({ ...row, areas: TeamArea.array().parse(JSON.parse(row.areas)) }));
}

// Agenda ------------------------------------------------------------------------------------------

export interface WaitingFamily {
  caseId: string;
  rw: number;
  rt: number;
}

/** Families on the target list of a period that wait on the agenda of no meeting, in walking order. */
export function listWaitingFamilies(db: ReadableDb, periodId: string): WaitingFamily[] {
  return z.array(z.object({ caseId: z.string(), rw: z.number(), rt: z.number() })).parse(
    db
      .prepare(
        `SELECT case_file.id AS caseId, rw, rt FROM case_file
           WHERE state = 'DAFTAR_SASARAN' AND period_id = ? AND NOT EXISTS (
             SELECT 1 FROM muskel_item JOIN muskel ON muskel.id = muskel_id
             WHERE case_id = case_file.id AND muskel.state = 'berlangsung')
           ORDER BY kelurahan, rw, rt, street, serial`,
      )
      .all(periodId),
  );
}

/** Puts families at the end of the agenda, in the given order. */
export function addToAgenda(db: WritableDb, muskelId: string, caseIds: readonly string[]): void {
  const { last } = z
    .object({ last: z.number() })
    .parse(
      db.prepare('SELECT coalesce(max(no), 0) AS last FROM muskel_item WHERE muskel_id = ?').get(muskelId),
    );
  const insert = db.prepare('INSERT INTO muskel_item (muskel_id, case_id, no) VALUES (?, ?, ?)');
  for (const [index, caseId] of caseIds.entries()) insert.run(muskelId, caseId, last + index + 1);
}

const ItemRow = z.object({
  case_id: z.string(),
  no: z.number(),
  number: z.string(),
  state: CaseState,
  result: IdentificationResult.nullable(),
  head_name: z.string(),
  head_sex: Sex,
  spouse_name: z.string().nullable(),
  nik: z.string().nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
  members: z.number(),
  verdict: z.string().nullable(),
  work: MuskelTraits.shape.work,
  disability: MuskelTraits.shape.disability,
  open_objection: z.number(),
});

export function listItems(db: ReadableDb, muskelId: string): MuskelItem[] {
  return db
    .prepare(
      `SELECT muskel_item.case_id, muskel_item.no, number, case_file.state, result, head.name AS head_name,
              head.sex AS head_sex, head.nik, street, rt, rw, kelurahan, muskel_item.verdict,
              muskel_item.work, muskel_item.disability,
              (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '2' ORDER BY position LIMIT 1) AS spouse_name,
              (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members,
              EXISTS (SELECT 1 FROM objection WHERE objection.case_id = case_file.id AND objection.state = 'diajukan') AS open_objection
       FROM muskel_item JOIN case_file ON case_file.id = muskel_item.case_id
       JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'
       WHERE muskel_id = ? ORDER BY muskel_item.no`,
    )
    .all(muskelId)
    .map((raw) => {
      const row = ItemRow.parse(raw);
      return {
        caseId: row.case_id,
        no: row.no,
        number: row.number,
        state: row.state,
        result: row.result,
        headName: row.head_name,
        headSex: row.head_sex,
        spouseName: row.spouse_name,
        nik: row.nik,
        street: row.street,
        rt: row.rt,
        rw: row.rw,
        kelurahan: row.kelurahan,
        members: row.members,
        verdict: row.verdict === null ? null : MuskelVerdict.parse(JSON.parse(row.verdict)),
        traits: { work: row.work, disability: row.disability },
        openObjection: row.open_objection === 1,
      };
    });
}

export function isOnAgenda(db: ReadableDb, muskelId: string, caseId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM muskel_item WHERE muskel_id = ? AND case_id = ?').get(muskelId, caseId) !==
    undefined
  );
}

export function setVerdict(
  db: WritableDb,
  item: { muskelId: string; caseId: string; verdict: MuskelVerdict; at: string },
): void {
  db.prepare('UPDATE muskel_item SET verdict = ?, decided_at = ? WHERE muskel_id = ? AND case_id = ?').run(
    JSON.stringify(item.verdict),
    item.at,
    item.muskelId,
    item.caseId,
  );
}

export function setTraits(
  db: WritableDb,
  item: { muskelId: string; caseId: string; traits: MuskelTraits },
): void {
  db.prepare('UPDATE muskel_item SET work = ?, disability = ? WHERE muskel_id = ? AND case_id = ?').run(
    item.traits.work,
    item.traits.disability,
    item.muskelId,
    item.caseId,
  );
}

const VerdictMeeting = z.object({ muskelId: z.string(), state: MuskelState });

/** The meeting whose verdict on a case counts: the last that gave one. */
export function findVerdictMeeting(db: ReadableDb, caseId: string): z.infer<typeof VerdictMeeting> | null {
  const row = db
    .prepare(
      `SELECT muskel_id AS muskelId, muskel.state FROM muskel_item JOIN muskel ON muskel.id = muskel_id
       WHERE case_id = ? AND verdict IS NOT NULL ORDER BY decided_at DESC LIMIT 1`,
    )
    .get(caseId);
  return row === undefined ? null : VerdictMeeting.parse(row);
}

/** The verdict on a case that counts: the last that was given; null where none was. */
export function findLastVerdict(db: ReadableDb, caseId: string): MuskelVerdict | null {
  const raw = db
    .prepare(
      'SELECT verdict FROM muskel_item WHERE case_id = ? AND verdict IS NOT NULL ORDER BY decided_at DESC LIMIT 1',
    )
    .pluck()
    .get(caseId);
  return typeof raw === 'string' ? MuskelVerdict.parse(JSON.parse(raw)) : null;
}

/** Takes a verdict that was revoked off the agenda of the meeting that gave it. */
export function clearVerdict(db: WritableDb, muskelId: string, caseId: string): void {
  db.prepare(
    'UPDATE muskel_item SET verdict = NULL, decided_at = NULL WHERE muskel_id = ? AND case_id = ?',
  ).run(muskelId, caseId);
}

export function hasOpenObjection(db: ReadableDb, caseId: string): boolean {
  return (
    db.prepare(`SELECT 1 FROM objection WHERE case_id = ? AND state = 'diajukan'`).get(caseId) !== undefined
  );
}

/** What waits for the lurah at meetings: those to legalise, and objections to answer. */
export function countMuskelForLurah(db: ReadableDb): number {
  return z.object({ n: z.number() }).parse(
    db
      .prepare(
        `SELECT (SELECT count(*) FROM muskel WHERE state = 'selesai')
                + (SELECT count(*) FROM objection WHERE state = 'diajukan') AS n`,
      )
      .get(),
  ).n;
}
