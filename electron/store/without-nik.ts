import { z } from 'zod';
import { NoNikReason } from '../../shared/domain/without-nik.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

export interface ProvisionalIdentity {
  code: string;
  memberId: string;
  reason: NoNikReason;
}

const IdentityRow = z.object({ code: z.string(), member_id: z.string(), reason: NoNikReason });

/** Those of a case that still stand in for a NIK. */
export function listProvisional(db: ReadableDb, caseId: string): ProvisionalIdentity[] {
  return z
    .array(IdentityRow)
    .parse(
      db
        .prepare(
          'SELECT code, member_id, reason FROM provisional_identity WHERE case_id = ? AND resolved_at IS NULL ORDER BY given_at, code',
        )
        .all(caseId),
    )
    .map((row) => ({ code: row.code, memberId: row.member_id, reason: row.reason }));
}

/** Gives one, or changes the reason of the one that the person has; says whether it is new. */
export function giveProvisional(
  db: WritableDb,
  identity: ProvisionalIdentity & { caseId: string; givenAt: string; givenBy: string },
): boolean {
  const known = db
    .prepare('UPDATE provisional_identity SET reason = ?, resolved_at = NULL WHERE member_id = ?')
    .run(identity.reason, identity.memberId).changes;
  if (known > 0) return false;
  db.prepare(
    'INSERT INTO provisional_identity (code, case_id, member_id, reason, given_at, given_by) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(
    identity.code,
    identity.caseId,
    identity.memberId,
    identity.reason,
    identity.givenAt,
    identity.givenBy,
  );
  return true;
}

/** The person has a NIK now, or is no member any more: the code stands for nobody, and is not used again. */
export function resolveProvisional(db: WritableDb, memberId: string, at: string): boolean {
  return (
    db
      .prepare('UPDATE provisional_identity SET resolved_at = ? WHERE member_id = ? AND resolved_at IS NULL')
      .run(at, memberId).changes === 1
  );
}

export interface PersonWithoutNik {
  caseId: string;
  number: string;
  memberId: string;
  name: string;
  birthDate: string | null;
  street: string;
  rt: number;
  rw: number;
  code: string | null;
  reason: NoNikReason | null;
  registeredAt: string;
}

const PersonRow = z.object({
  case_id: z.string(),
  number: z.string(),
  member_id: z.string(),
  name: z.string(),
  birth_date: z.string().nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  code: z.string().nullable(),
  reason: NoNikReason.nullable(),
  registered_at: z.string(),
});

const waiting = `FROM member INDEXED BY member_without_nik
  JOIN case_file AS place INDEXED BY case_file_place ON place.id = member.case_id
  WHERE member.nik IS NULL AND place.state <> 'DITUTUP'`;

export function countWithoutNik(db: ReadableDb): number {
  return z.number().parse(db.prepare(`SELECT count(*) ${waiting}`).pluck().get());
}

/** Since when the longest waiting of them is registered. */
export function oldestWithoutNik(db: ReadableDb): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(`SELECT registered_at FROM case_file WHERE serial = (SELECT min(place.serial) ${waiting})`)
        .pluck()
        .get() ?? null,
    );
}

/** Everyone in an open case who has no NIK, longest waiting first. */
export function listWithoutNik(
  db: ReadableDb,
  { offset, limit }: { offset: number; limit: number },
): PersonWithoutNik[] {
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT member.rowid AS at ${waiting} ORDER BY place.serial, member.position LIMIT ? OFFSET ?)
       SELECT case_file.id AS case_id, number, member.id AS member_id, name, birth_date, street, rt, rw, registered_at,
              identity.code, identity.reason
       FROM page CROSS JOIN member ON member.rowid = page.at CROSS JOIN case_file ON case_file.id = member.case_id
       LEFT JOIN provisional_identity AS identity ON identity.member_id = member.id AND identity.resolved_at IS NULL
       ORDER BY case_file.serial, member.position`,
    )
    .all(limit, offset);
  return z
    .array(PersonRow)
    .parse(rows)
    .map((row) => ({
      caseId: row.case_id,
      number: row.number,
      memberId: row.member_id,
      name: row.name,
      birthDate: row.birth_date,
      street: row.street,
      rt: row.rt,
      rw: row.rw,
      code: row.code,
      reason: row.reason,
      registeredAt: row.registered_at,
    }));
}
