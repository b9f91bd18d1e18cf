import { z } from 'zod';
import type { AssignedCase, MemberInput, TeamDecree } from '../../shared/contract/team.ts';
import type { OpenCase } from '../../shared/domain/assignment.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { TeamArea, TeamPosition, Training } from '../../shared/domain/team.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface MemberRecord extends Omit<MemberInput, 'nik'> {
  id: string;
  nik: string | null;
  version: number;
}

const DecreeRow = z.object({
  id: z.string(),
  number: z.string(),
  dated: z.string(),
  about: z.string(),
  starts_on: z.string(),
  ends_on: z.string().nullable(),
});

/** Newest first. */
export function listDecrees(db: ReadableDb): TeamDecree[] {
  return db.prepare('SELECT * FROM team_decree ORDER BY dated DESC, number').all().map(rowToDecree);
}

export function findDecree(db: ReadableDb, id: string): TeamDecree | null {
  const row = db.prepare('SELECT * FROM team_decree WHERE id = ?').get(id);
  return row === undefined ? null : rowToDecree(row);
}

export function isDecreeKnown(db: ReadableDb, number: string): boolean {
  return db.prepare('SELECT 1 FROM team_decree WHERE number = ?').get(number) !== undefined;
}

export function insertDecree(
  db: WritableDb,
  decree: TeamDecree & { createdAt: string; createdBy: string },
): void {
  db.prepare(
    `INSERT INTO team_decree (id, number, dated, about, starts_on, ends_on, created_at, created_by)
     VALUES (@id, @number, @dated, @about, @startsOn, @endsOn, @createdAt, @createdBy)`,
  ).run(decree);
}

function rowToDecree(raw: unknown): TeamDecree {
  const row = DecreeRow.parse(raw);
  return {
    id: row.id,
    number: row.number,
    dated: row.dated,
    about: row.about,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  };
}

// Members -----------------------------------------------------------------------------------------

const MemberRow = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.string(),
  position: TeamPosition,
  phone: z.string(),
  nik: z.string().nullable(),
  decree_id: z.string().nullable(),
  areas: z.string(),
  training: z.string(),
  active: z.number(),
  version: z.number(),
});

/** Those who still go out first, the head before the others, then by name. */
export function listMembers(db: ReadableDb): MemberRecord[] {
  return db
    .prepare(
      `SELECT * FROM team_member ORDER BY active DESC,
         CASE position WHEN 'ketua' THEN 0 WHEN 'sekretaris' THEN 1 ELSE 2 END, name, id`,
    )
    .all()
    .map(rowToMember);
}

export function findMember(db: ReadableDb, id: string): MemberRecord | null {
  const row = db.prepare('SELECT * FROM team_member WHERE id = ?').get(id);
  return row === undefined ? null : rowToMember(row);
}

export function writeMember(db: WritableDb, member: MemberRecord, at: string): void {
  db.prepare(
    `INSERT INTO team_member (id, name, origin, position, phone, nik, decree_id, areas, training, active, version, updated_at)
     VALUES (@id, @name, @origin, @position, @phone, @nik, @decreeId, @areas, @training, @active, @version, @at)
     ON CONFLICT (id) DO UPDATE SET name = @name, origin = @origin, position = @position, phone = @phone,
       nik = @nik, decree_id = @decreeId, areas = @areas, training = @training, active = @active, version = @version, updated_at = @at`,
  ).run({
    ...member,
    areas: JSON.stringify(member.areas),
    training: JSON.stringify(member.training),
    active: member.active ? 1 : 0,
    at,
  });
}

function rowToMember(raw: unknown): MemberRecord {
  const row = MemberRow.parse(raw);
  return {
    id: row.id,
    name: row.name,
    origin: row.origin,
    position: row.position,
    phone: row.phone,
    nik: row.nik,
    decreeId: row.decree_id,
    areas: TeamArea.array().parse(JSON.parse(row.areas)),
    training: Training.array().parse(JSON.parse(row.training)),
    active: row.active === 1,
    version: row.version,
  };
}

// Assignments -------------------------------------------------------------------------------------

export function setAssignment(
  db: WritableDb,
  assignment: { caseId: string; memberId: string; at: string; by: string },
): void {
  db.prepare(
    `INSERT INTO assignment (case_id, member_id, assigned_at, assigned_by) VALUES (@caseId, @memberId, @at, @by)
     ON CONFLICT (case_id) DO UPDATE SET member_id = @memberId, assigned_at = @at, assigned_by = @by`,
  ).run(assignment);
}

export function findAssignee(db: ReadableDb, caseId: string): { id: string; name: string } | null {
  const row = db
    .prepare(
      'SELECT team_member.id, name FROM assignment JOIN team_member ON team_member.id = member_id WHERE case_id = ?',
    )
    .get(caseId);
  return row === undefined ? null : z.object({ id: z.string(), name: z.string() }).parse(row);
}

/** How many cases of a period each member has in each state. */
export function countAssigned(
  db: ReadableDb,
  periodId: string,
): { memberId: string; state: CaseState; count: number }[] {
  return z
    .array(z.object({ member_id: z.string(), state: CaseState, count: z.number() }))
    .parse(
      db
        .prepare(
          `SELECT member_id, state, count(*) AS count FROM assignment JOIN case_file ON case_file.id = case_id
           WHERE period_id = ? GROUP BY member_id, state`,
        )
        .all(periodId),
    )
    .map(({ member_id: memberId, state, count }) => ({ memberId, state, count }));
}

/** Of `case_file`: nobody was given the case, or its member no longer goes out. */
const unassigned = `NOT EXISTS (
  SELECT 1 FROM assignment JOIN team_member ON team_member.id = member_id
  WHERE case_id = case_file.id AND active = 1)`;

/** Cases ready for the field that nobody goes out for. */
export function listUnassigned(db: ReadableDb, state: CaseState): OpenCase[] {
  return z
    .array(
      z.object({
        caseId: z.string(),
        kelurahan: z.string(),
        rw: z.number(),
        rt: z.number(),
        street: z.string(),
      }),
    )
    .parse(
      db
        .prepare(
          `SELECT case_file.id AS caseId, kelurahan, rw, rt, street FROM case_file
           WHERE state = ? AND ${unassigned}`,
        )
        .all(state),
    );
}

/** How many `listUnassigned` would list. */
export function countUnassigned(db: ReadableDb, state: CaseState): number {
  return z
    .object({ count: z.int() })
    .parse(db.prepare(`SELECT count(*) AS count FROM case_file WHERE state = ? AND ${unassigned}`).get(state))
    .count;
}

/** In walking order. */
export function listAssigned(db: ReadableDb, memberId: string, periodId: string): AssignedCase[] {
  return z
    .array(
      z.object({
        caseId: z.string(),
        number: z.string(),
        headName: z.string(),
        street: z.string(),
        rt: z.number(),
        rw: z.number(),
        state: CaseState,
      }),
    )
    .parse(
      db
        .prepare(
          `SELECT case_file.id AS caseId, number, head.name AS headName, street, rt, rw, state
           FROM assignment JOIN case_file ON case_file.id = assignment.case_id
           JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'
           WHERE member_id = ? AND period_id = ? ORDER BY kelurahan, rw, rt, street, serial`,
        )
        .all(memberId, periodId),
    );
}
