import { z } from 'zod';
import type { OfficialRank } from '../../shared/contract/reference.ts';
import { IsoDate } from '../../shared/domain/person.ts';
import { ReferenceSource } from '../../shared/domain/reference.ts';
import type { ReadableDb } from './connection.ts';
import { listLatestLists } from './identification.ts';
import { listedBySourceId } from './listed-households.ts';
import { listedByNik } from './listed-niks.ts';
import { hasLastingIdentity } from './reference-rows.ts';

const Niks = z.array(z.string());
const Bearers = z.array(z.object({ member_id: z.string(), person_id: z.number() }));

/** Persons of the lists who bear the NIK of a member of the case. */
export function listNikBearers(db: ReadableDb, caseId: string): { memberId: string; personId: string }[] {
  return Bearers.parse(
    db
      .prepare(
        `SELECT member.id AS member_id, person.id AS person_id
         FROM json_each(@listed) JOIN reference_person AS person ON person.id = value
         JOIN member ON member.nik = person.nik WHERE member.case_id = @caseId`,
      )
      .all({ caseId, listed: listedWithNik(db, caseId) }),
  ).map((row) => ({ memberId: row.member_id, personId: String(row.person_id) }));
}

/** Persons of the lists, as a JSON array of ids, among whom all stand who bear the NIK of a member. */
function listedWithNik(db: ReadableDb, caseId: string): string {
  const niks = Niks.parse(
    db.prepare('SELECT nik FROM member WHERE case_id = ? AND nik IS NOT NULL').pluck().all(caseId),
  );
  return JSON.stringify(listedByNik(db, niks));
}

/** Persons of the lists, as a JSON array of ids, in every household that is called as one whose person was judged a member. */
function inJudgedHouseholds(db: ReadableDb, caseId: string): string {
  const called = z.array(z.string()).parse(
    db
      .prepare(
        `SELECT DISTINCT household.source_id FROM identification
         JOIN identification_link AS link ON link.identification_id = identification.id
         JOIN reference_person AS person ON person.id = link.reference_person_id
         JOIN reference_household AS household ON household.id = person.household_id
         WHERE identification.case_id = ? AND identification.revoked_at IS NULL AND link.verdict = 'sama'`,
      )
      .pluck()
      .all(caseId),
  );
  return JSON.stringify(listedBySourceId(db, called));
}

const Row = z.object({
  household_id: z.number(),
  list_id: z.string(),
  source: ReferenceSource,
  name: z.string(),
  version: z.number(),
  list_date: IsoDate,
  desil: z.number().nullable(),
  percentile: z.number().nullable(),
  head_name: z.string(),
  stated_name: z.string().nullable(),
  stated_version: z.number().nullable(),
  stated_date: IsoDate.nullable(),
});

/**
 * Every official rank that a list which stands gave the family of a case, the latest facts first.
 * The family is found by the NIK of its members and by the persons they were judged to be, in the
 * household of the same number in each snapshot too; whom somebody judged to be another is left out.
 *
 * @param refused persons of the lists who were said not to be the member whose NIK they bear, in whatever snapshot.
 */
export function listOfficialRanks(
  db: ReadableDb,
  caseId: string,
  refused: readonly string[],
): OfficialRank[] {
  const current = new Set(listLatestLists(db).map(({ id }) => id));
  return db
    .prepare(
      `WITH judged AS (
         SELECT link.reference_person_id AS person, link.verdict FROM identification_link AS link
         JOIN identification ON identification.id = link.identification_id
         WHERE identification.case_id = @caseId AND identification.revoked_at IS NULL),
       known (household) AS (
         SELECT person.household_id FROM json_each(@listed) JOIN reference_person AS person ON person.id = value
         JOIN member ON member.nik = person.nik
         WHERE member.case_id = @caseId AND person.id NOT IN (SELECT person FROM judged WHERE verdict = 'bukan')
           AND person.id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(@refused))
         UNION
         SELECT later.id FROM judged
         JOIN reference_person AS person ON person.id = judged.person
         JOIN reference_household AS linked ON linked.id = person.household_id
         JOIN reference_list AS list ON list.id = linked.list_id
         JOIN json_each(@housed) JOIN reference_person AS first ON first.id = value
         JOIN reference_household AS later ON later.id = first.household_id AND later.source_id = linked.source_id
           AND (later.id = linked.id OR ${hasLastingIdentity('linked.source_id')})
         JOIN finished_list AS other ON other.id = later.list_id AND other.source = list.source
         WHERE judged.verdict = 'sama')
       SELECT household.id AS household_id, list.id AS list_id, list.source, list.name, list.version, list.list_date,
              household.desil, household.percentile,
              (SELECT name FROM reference_person WHERE household_id = household.id
               ORDER BY coalesce(relation, '') <> '1', position LIMIT 1) AS head_name,
              stated.name AS stated_name, stated.version AS stated_version, stated.list_date AS stated_date
       FROM known JOIN reference_household AS household ON household.id = known.household
       JOIN finished_list AS list ON list.id = household.list_id
       LEFT JOIN reference_list AS stated ON stated.id = household.rank_list_id
       WHERE household.desil IS NOT NULL OR household.percentile IS NOT NULL
       ORDER BY list.list_date DESC, list.source, list.version DESC, household.id`,
    )
    .all({
      caseId,
      refused: JSON.stringify(refused),
      listed: listedWithNik(db, caseId),
      housed: inJudgedHouseholds(db, caseId),
    })
    .map((raw) => {
      const row = Row.parse(raw);
      return {
        householdId: String(row.household_id),
        headName: row.head_name,
        source: row.source,
        listName: row.name,
        version: row.version,
        listDate: row.list_date,
        desil: row.desil,
        percentile: row.percentile,
        current: current.has(row.list_id),
        statedBy:
          row.stated_name === null || row.stated_version === null || row.stated_date === null
            ? null
            : { listName: row.stated_name, version: row.stated_version, listDate: row.stated_date },
      };
    });
}
