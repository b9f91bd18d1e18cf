import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CaseState } from '../../shared/domain/case-flow.ts';
import type { Household } from '../../shared/domain/household.ts';
import { Relation, Sex } from '../../shared/domain/person.ts';
import {
  type Case,
  IdentificationResult,
  PassiveGrounds,
  RegistrationMode,
} from '../../shared/domain/registration.ts';
import { indexCase } from './case-search.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { writeMemberKeys } from './matching.ts';

/** A row of `case_file`. */
export const CaseFileRow = z.object({
  id: z.string(),
  serial: z.number(),
  number: z.string(),
  province_number: z.string().nullable(),
  mode: RegistrationMode,
  passive: z.string().nullable(),
  state: CaseState,
  result: IdentificationResult.nullable(),
  period_id: z.string(),
  version: z.number(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
  phone: z.string().nullable(),
  registered_at: z.string(),
  registered_by: z.string(),
  updated_at: z.string(),
});

const MemberRow = z.object({
  id: z.string(),
  name: z.string(),
  nik: z.string().nullable(),
  nik_note: z.string().nullable(),
  sex: Sex,
  birth_place: z.string().nullable(),
  birth_date: z.string().nullable(),
  relation: Relation,
  family_no: z.number(),
  family_relation: Relation,
  mother_name: z.string().nullable(),
});

export function findCase(db: ReadableDb, id: string): Case | null {
  const raw = db.prepare('SELECT * FROM case_file WHERE id = ?').get(id);
  return raw === undefined ? null : rowToCase(db, raw);
}

/** Found also where the rest of the case cannot be read. */
export function findCaseVersion(db: ReadableDb, id: string): number | null {
  const raw = db.prepare('SELECT version FROM case_file WHERE id = ?').pluck().get(id);
  return raw === undefined ? null : z.number().parse(raw);
}

/** Found also where the rest of the case cannot be read. */
export function findCaseNumber(db: ReadableDb, id: string): string | null {
  const raw = db.prepare('SELECT number FROM case_file WHERE id = ?').pluck().get(id);
  return raw === undefined ? null : z.string().parse(raw);
}

const StateRow = CaseFileRow.pick({ state: true });

/** The state alone, without reading the household. */
export function findCaseState(db: ReadableDb, id: string): CaseState | null {
  const raw = db.prepare('SELECT state FROM case_file WHERE id = ?').get(id);
  return raw === undefined ? null : StateRow.parse(raw).state;
}

export function findCaseBySerial(db: ReadableDb, serial: number): Case | null {
  const raw = db.prepare('SELECT * FROM case_file WHERE serial = ?').get(serial);
  return raw === undefined ? null : rowToCase(db, raw);
}

export function insertCase(db: WritableDb, registered: Case): void {
  const { address, phone } = registered.household;
  db.prepare(
    `INSERT INTO case_file (id, serial, number, province_number, mode, passive, state, result, period_id, version, street, rt, rw, kelurahan, phone,
                            registered_at, registered_by, updated_at, state_since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    registered.id,
    registered.serial,
    registered.number,
    registered.provinceNumber,
    registered.mode,
    registered.passive === null ? null : JSON.stringify(registered.passive),
    registered.state,
    registered.result,
    registered.periodId,
    registered.version,
    address.street,
    address.rt,
    address.rw,
    address.kelurahan,
    phone,
    registered.registeredAt,
    registered.registeredBy,
    registered.updatedAt,
    registered.updatedAt,
  );
  insertHousehold(db, registered.id, registered.household);
  writeMemberKeys(db, registered.id, registered.household);
  indexCase(db, registered);
}

/** Replaces the reported household and raises the version; the caller has checked the old one. */
export function replaceHousehold(db: WritableDb, changed: Case): void {
  const { address, phone } = changed.household;
  db.prepare(
    'UPDATE case_file SET street = ?, rt = ?, rw = ?, kelurahan = ?, phone = ?, version = ?, updated_at = ? WHERE id = ?',
  ).run(
    address.street,
    address.rt,
    address.rw,
    address.kelurahan,
    phone,
    changed.version,
    changed.updatedAt,
    changed.id,
  );
  writeMemberKeys(db, changed.id, changed.household);
  // Of most corrections the persons stay as they are: their rows stand in five indices.
  if (!isDeepStrictEqual(storedHousehold(db, changed.id), rowsOf(changed.id, changed.household))) {
    db.prepare('DELETE FROM member WHERE case_id = ?').run(changed.id);
    db.prepare('DELETE FROM family WHERE case_id = ?').run(changed.id);
    insertHousehold(db, changed.id, changed.household);
  }
  indexCase(db, changed);
}

/** Which of these members stand in another case than this one. */
export function listMembersElsewhere(db: ReadableDb, caseId: string, ids: readonly string[]): string[] {
  return z
    .array(z.string())
    .parse(
      db
        .prepare('SELECT id FROM member WHERE id IN (SELECT value FROM json_each(?)) AND case_id <> ?')
        .pluck()
        .all(JSON.stringify(ids), caseId),
    );
}

/** The case of a number, the office's or the province's, as somebody typed it. */
export function findCaseIdByNumber(db: ReadableDb, typed: string): string | null {
  const raw = db
    .prepare(
      'SELECT id FROM case_file WHERE number IN (@typed, @upper) OR province_number IN (@typed, @upper) LIMIT 1',
    )
    .pluck()
    .get({ typed: typed.trim(), upper: typed.trim().toUpperCase() });
  return z
    .string()
    .nullable()
    .parse(raw ?? null);
}

/** The version alone: what is sent must count on from what the province holds. */
export function setCaseVersion(db: WritableDb, id: string, version: number): void {
  db.prepare('UPDATE case_file SET version = ? WHERE id = ?').run(version, id);
}

export function setCaseState(db: WritableDb, id: string, state: CaseState, updatedAt: string): void {
  db.prepare(
    `UPDATE case_file SET state_since = CASE WHEN state = @state THEN state_since ELSE @updatedAt END,
       state = @state, updated_at = @updatedAt WHERE id = @id`,
  ).run({ id, state, updatedAt });
}

export function setCaseResult(db: WritableDb, id: string, result: IdentificationResult | null): void {
  db.prepare('UPDATE case_file SET result = ? WHERE id = ?').run(result, id);
}

/** Notes that this account typed something of the case, and so may not approve it. */
export function addEnterer(db: WritableDb, caseId: string, accountId: string): void {
  db.prepare('INSERT INTO case_enterer (case_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    caseId,
    accountId,
  );
}

export function isEnterer(db: ReadableDb, caseId: string, accountId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM case_enterer WHERE case_id = ? AND account_id = ?').get(caseId, accountId) !==
    undefined
  );
}

export function listEnterers(db: ReadableDb, caseId: string): string[] {
  return z
    .array(z.string())
    .parse(db.prepare('SELECT account_id FROM case_enterer WHERE case_id = ?').pluck().all(caseId));
}

const FamilyRows = z.array(z.object({ no: z.number(), kk: z.string().nullable() }));

function rowToCase(db: ReadableDb, raw: unknown): Case {
  const row = CaseFileRow.parse(raw);
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    provinceNumber: row.province_number,
    mode: row.mode,
    passive: row.passive === null ? null : PassiveGrounds.parse(JSON.parse(row.passive)),
    state: row.state,
    result: row.result,
    periodId: row.period_id,
    version: row.version,
    registeredAt: row.registered_at,
    registeredBy: row.registered_by,
    updatedAt: row.updated_at,
    household: {
      address: { street: row.street, rt: row.rt, rw: row.rw, kelurahan: row.kelurahan },
      phone: row.phone,
      families: FamilyRows.parse(
        db.prepare('SELECT no, kk FROM family WHERE case_id = ? ORDER BY no').all(row.id),
      ),
      members: db
        .prepare('SELECT * FROM member WHERE case_id = ? ORDER BY position')
        .all(row.id)
        .map(rowToMember),
    },
  };
}

function rowToMember(raw: unknown): Household['members'][number] {
  const row = MemberRow.parse(raw);
  return {
    id: row.id,
    name: row.name,
    nik: row.nik,
    nikNote: row.nik_note,
    sex: row.sex,
    birthPlace: row.birth_place,
    birthDate: row.birth_date,
    relation: row.relation,
    familyNo: row.family_no,
    familyRelation: row.family_relation,
    motherName: row.mother_name,
  };
}

interface HouseholdRows {
  families: unknown[];
  members: unknown[];
}

function storedHousehold(db: ReadableDb, caseId: string): HouseholdRows {
  return {
    families: db.prepare('SELECT * FROM family WHERE case_id = ? ORDER BY no').all(caseId),
    members: db.prepare('SELECT * FROM member WHERE case_id = ? ORDER BY position').all(caseId),
  };
}

/** A household as its rows are kept. */
function rowsOf(caseId: string, { families, members }: Household): HouseholdRows {
  return {
    families: families.map(({ no, kk }) => ({ case_id: caseId, no, kk })),
    members: members.map((member, index) => ({
      id: member.id,
      case_id: caseId,
      position: index + 1,
      name: member.name,
      nik: member.nik,
      nik_note: member.nikNote,
      sex: member.sex,
      birth_place: member.birthPlace,
      birth_date: member.birthDate,
      relation: member.relation,
      family_no: member.familyNo,
      family_relation: member.familyRelation,
      mother_name: member.motherName,
    })),
  };
}

function insertHousehold(db: WritableDb, caseId: string, household: Household): void {
  const { families, members } = rowsOf(caseId, household);
  const insertFamily = db.prepare('INSERT INTO family (case_id, no, kk) VALUES (@case_id, @no, @kk)');
  for (const family of families) insertFamily.run(family);
  const insertMember = db.prepare(
    `INSERT INTO member (id, case_id, position, name, nik, nik_note, sex, birth_place, birth_date, relation, family_no, family_relation, mother_name)
     VALUES (@id, @case_id, @position, @name, @nik, @nik_note, @sex, @birth_place, @birth_date, @relation, @family_no, @family_relation, @mother_name)`,
  );
  for (const member of members) insertMember.run(member);
}
