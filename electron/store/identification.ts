import { z } from 'zod';
import { Sex } from '../../shared/domain/person.ts';
import { isRegistry, ReferenceSource } from '../../shared/domain/reference.ts';
import { IdentificationResult } from '../../shared/domain/registration.ts';
import type { IdentityFacts } from '../matching/identity.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { type FoundReferenceHousehold, hasLastingIdentity, HouseholdReader } from './reference-rows.ts';
import { forgetRanksAsking } from './review-rank.ts';

// Reference lists as identification reads them -----------------------------------------------------

export interface CurrentList {
  id: string;
  source: ReferenceSource;
  name: string;
  /** ISO date on which its facts were true. */
  date: string;
  version: number;
  persons: number;
}

const ListRow = z.object({
  id: z.string(),
  source: ReferenceSource,
  name: z.string(),
  list_date: z.string(),
  version: z.number(),
  persons: z.number(),
});

/** The current lists in which one can be "sudah terdaftar": those that identification searches. */
export function listCurrentLists(db: ReadableDb): CurrentList[] {
  return listLatestLists(db).filter((list) => isRegistry(list.source));
}

/** What replaces a list, `replaced.list_id`: the one that said so (`said`) while it stands, or a later version of its name. */
const replacement = `reference_replaced AS replaced JOIN reference_list AS said ON said.id = replaced.by_list
  JOIN finished_list AS other
    ON other.source = said.source AND other.name = said.name AND other.version >= said.version`;

/**
 * The lists that count today, the latest facts first: each name in its newest version, unless somebody said that a
 * list of another name replaces it (`reference_replaced`). Lists of one source are parts of one list, or speak for
 * themselves. A result of padan counts until its accepted differences made another of it: each is about its own NIKs.
 */
export function listLatestLists(db: ReadableDb): CurrentList[] {
  return db
    .prepare(
      `SELECT id, source, name, list_date, version, persons FROM finished_list AS list
       WHERE NOT EXISTS (
         SELECT 1 FROM finished_list AS newer WHERE newer.source = list.source AND newer.name = list.name
           AND iif(list.source = 'DUKCAPIL', newer.based_on = list.id,
                   (newer.list_date, newer.version) > (list.list_date, list.version)))
       AND NOT EXISTS (
         SELECT 1 FROM ${replacement} WHERE replaced.list_id = list.id)
       ORDER BY list_date DESC, source, name, version DESC`,
    )
    .all()
    .map((raw) => {
      const row = ListRow.parse(raw);
      return {
        id: row.id,
        source: row.source,
        name: row.name,
        date: row.list_date,
        version: row.version,
        persons: row.persons,
      };
    });
}

/** The lists of other names and the same source that count no more once this one holds the whole of it, the latest first. */
export function listReplacedBy(
  db: ReadableDb,
  { source, name, listDate }: { source: ReferenceSource; name: string; listDate: string },
): CurrentList[] {
  return listCurrentLists(db).filter(
    (list) => list.source === source && list.name !== name && list.date <= listDate,
  );
}

/**
 * Whether lists still count, which a version of this name is to replace: none was undone, has a newer version, or was
 * replaced by a list of a third name.
 */
export function countStill(db: ReadableDb, lists: readonly string[], name: string): boolean {
  const standing = db
    .prepare(
      `SELECT count(*) FROM finished_list AS list
       WHERE id IN (SELECT value FROM json_each(@lists))
       AND NOT EXISTS (
         SELECT 1 FROM finished_list AS newer WHERE newer.source = list.source AND newer.name = list.name
           AND (newer.list_date, newer.version) > (list.list_date, list.version))
       AND NOT EXISTS (
         SELECT 1 FROM ${replacement} WHERE replaced.list_id = list.id AND said.name <> @name)`,
    )
    .pluck()
    .get({ lists: JSON.stringify(lists), name });
  return standing === lists.length;
}

/** The name of the list that replaces this one, so that it counts no more though it stands; null where none does. */
export function findReplacement(db: ReadableDb, listId: string): string | null {
  const name = db
    .prepare(
      `SELECT said.name FROM ${replacement} WHERE replaced.list_id = ? ORDER BY said.imported_at DESC LIMIT 1`,
    )
    .pluck()
    .get(listId);
  return z
    .string()
    .nullable()
    .parse(name ?? null);
}

/** A household of a list with everyone in it. */
export function findReferenceHousehold(db: ReadableDb, id: string): FoundReferenceHousehold | null {
  return new HouseholdReader(db).find(Number(id));
}

// Decisions ----------------------------------------------------------------------------------------

export interface IdentificationRecord {
  id: string;
  caseId: string;
  result: IdentificationResult;
  proposed: IdentificationResult;
  overrideReason: string | null;
  modelVersion: string;
  /** Version of the case on which the verdicts were given; null where an older program decided. */
  caseVersion: number | null;
  /** Shared by the decisions of one key press. */
  stroke: string;
  decidedBy: string;
  decidedAt: string;
  links: LinkRecord[];
}

export interface LinkRecord {
  memberId: string;
  referencePersonId: string;
  verdict: 'sama' | 'bukan';
  /** Why they are two people; null beside `sama`. */
  reason: string | null;
  probability: number;
  /** JSON: fields compared and the waterfall, as they stood when it was decided. */
  explanation: unknown;
}

/** Writes a decision with its links; a decision that stood before is revoked, never overwritten. */
export function insertIdentification(db: WritableDb, record: IdentificationRecord): void {
  revokeIdentification(db, record.caseId, record.decidedAt);
  db.prepare(
    `INSERT INTO identification (id, case_id, result, proposed, override_reason, model_version, case_version, stroke, decided_by, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.id,
    record.caseId,
    record.result,
    record.proposed,
    record.overrideReason,
    record.modelVersion,
    record.caseVersion,
    record.stroke,
    record.decidedBy,
    record.decidedAt,
  );
  const insertLink = db.prepare(
    `INSERT INTO identification_link (identification_id, member_id, reference_person_id, verdict, reason, probability, explanation)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const link of record.links) {
    insertLink.run(
      record.id,
      link.memberId,
      Number(link.referencePersonId),
      link.verdict,
      link.reason,
      link.probability,
      JSON.stringify(link.explanation),
    );
  }
  forgetRanksAsking(
    db,
    record.links.map((link) => link.referencePersonId),
  );
}

const RecordRow = z.object({
  id: z.string(),
  case_id: z.string(),
  result: IdentificationResult,
  proposed: IdentificationResult,
  override_reason: z.string().nullable(),
  model_version: z.string(),
  case_version: z.number().nullable(),
  stroke: z.string(),
  decided_by: z.string(),
  decided_at: z.string(),
});

const LinkRow = z.object({
  member_id: z.string(),
  reference_person_id: z.number(),
  verdict: z.enum(['sama', 'bukan']),
  reason: z.string().nullable(),
  probability: z.number(),
  explanation: z.string(),
});

/** The decision that stands, or null where there is none or the last one was revoked. */
export function findIdentification(db: ReadableDb, caseId: string): IdentificationRecord | null {
  const raw = db
    .prepare('SELECT * FROM identification WHERE case_id = ? AND revoked_at IS NULL ORDER BY id DESC LIMIT 1')
    .get(caseId);
  return raw === undefined ? null : rowToIdentification(db, raw);
}

/**
 * A household of a list by the list's own numbering (`DTKS 3171…`), which the next snapshot keeps; the
 * id of its row is another in each. Where it has no lasting one, by list and row: then of this snapshot alone.
 */
export function findHouseholdKey(db: ReadableDb, householdId: string): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(
          `SELECT list.source || ' ' || iif(${hasLastingIdentity('household.source_id')}, '', list.id || ' ')
                  || household.source_id
           FROM reference_household AS household
           JOIN reference_list AS list ON list.id = household.list_id WHERE household.id = ?`,
        )
        .pluck()
        .get(Number(householdId)) ?? null,
    );
}

const IdentityRow = z.object({
  name: z.string(),
  nik: z.string().nullable(),
  sex: Sex.nullable(),
  birth_date: z.string().nullable(),
  person_source_id: z.string().nullable(),
  household_source_id: z.string(),
  source: z.string(),
  list_id: z.string(),
});

/** By what a person of a list is known again in its next snapshot. */
export function findReferenceIdentity(db: ReadableDb, referencePersonId: string): IdentityFacts | null {
  const raw = db
    .prepare(
      `SELECT person.name, person.nik, person.sex, person.birth_date, person.source_id AS person_source_id,
              household.source_id AS household_source_id, list.source, list.id AS list_id
       FROM reference_person AS person
       JOIN reference_household AS household ON household.id = person.household_id
       JOIN reference_list AS list ON list.id = household.list_id WHERE person.id = ?`,
    )
    .get(Number(referencePersonId));
  if (raw === undefined) return null;
  const row = IdentityRow.parse(raw);
  const { source, list_id: listId, person_source_id: personId, household_source_id: householdId } = row;
  return {
    memberId: null,
    name: row.name,
    nik: row.nik,
    sex: row.sex,
    birthDate: row.birth_date,
    list: { source, listId, personId, householdId },
  };
}

/** Number of another case of the period that is linked with this person of a list, or null. */
export function findCaseLinkedWith(
  db: ReadableDb,
  referencePersonId: string,
  except: { caseId: string; periodId: string },
): string | null {
  const raw = db
    .prepare(
      `SELECT case_file.number FROM identification_link AS link
       JOIN identification ON identification.id = link.identification_id
       JOIN case_file ON case_file.id = identification.case_id
       WHERE link.reference_person_id = ? AND link.verdict = 'sama' AND identification.revoked_at IS NULL
         AND case_file.id <> ? AND case_file.period_id = ? AND case_file.state <> 'DIGABUNG' LIMIT 1`,
    )
    .get(Number(referencePersonId), except.caseId, except.periodId);
  return raw === undefined ? null : z.object({ number: z.string() }).parse(raw).number;
}

/** The decision no longer stands; what was decided stays on record. */
export function revokeIdentification(db: WritableDb, caseId: string, at: string): void {
  const asked = z.array(z.number()).parse(
    db
      .prepare(
        `SELECT reference_person_id FROM identification_link AS link
           JOIN identification ON identification.id = link.identification_id
           WHERE identification.case_id = ? AND identification.revoked_at IS NULL`,
      )
      .pluck()
      .all(caseId),
  );
  forgetRanksAsking(db, asked.map(String));
  db.prepare('UPDATE identification SET revoked_at = ? WHERE case_id = ? AND revoked_at IS NULL').run(
    at,
    caseId,
  );
}

/** Name and list of a person of a list, for showing a decision. */
export function findReferencePersonName(
  db: ReadableDb,
  referencePersonId: string,
): { name: string; listName: string } | null {
  const raw = db
    .prepare(
      `SELECT person.name, list.name AS list_name FROM reference_person AS person
       JOIN reference_household AS household ON household.id = person.household_id
       JOIN reference_list AS list ON list.id = household.list_id WHERE person.id = ?`,
    )
    .get(Number(referencePersonId));
  if (raw === undefined) return null;
  const row = z.object({ name: z.string(), list_name: z.string() }).parse(raw);
  return { name: row.name, listName: row.list_name };
}

export function rowToIdentification(db: ReadableDb, raw: unknown): IdentificationRecord {
  const row = RecordRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    result: row.result,
    proposed: row.proposed,
    overrideReason: row.override_reason,
    modelVersion: row.model_version,
    caseVersion: row.case_version,
    stroke: row.stroke,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    links: db
      .prepare('SELECT * FROM identification_link WHERE identification_id = ?')
      .all(row.id)
      .map((link) => {
        const linkRow = LinkRow.parse(link);
        const explanation: unknown = JSON.parse(linkRow.explanation);
        return {
          memberId: linkRow.member_id,
          referencePersonId: String(linkRow.reference_person_id),
          verdict: linkRow.verdict,
          reason: linkRow.reason,
          probability: linkRow.probability,
          explanation,
        };
      }),
  };
}
