import { z } from 'zod';
import type { KnownCase } from '../../shared/contract/difference.ts';
import { Sex } from '../../shared/domain/person.ts';
import { isLastingIdentity } from '../../shared/domain/reference.ts';
import type { ReadableDb } from './connection.ts';
import { listedBySourceId } from './listed-households.ts';
import { readRemembered } from './pair-verdict.ts';
import { hasLastingIdentity } from './reference-rows.ts';

/**
 * A household of a difference: its row in the later snapshot, and in the earlier one; and those of other lists whose members
 * are counted in it.
 */
export interface ChangedHousehold {
  household: number | null;
  base_household: number | null;
  joined: readonly number[];
}

/** That a person of a household of a list is a member of a case. */
interface Known {
  household: number;
  nik: string | null;
  name: string;
  isHead: boolean;
  /** What two cases of one person have in common: the member's NIK, else the member. */
  person: string;
  case: StandingCase;
}

interface StandingCase extends KnownCase {
  serial: number;
  ended: boolean;
}

/**
 * The office's own cases of households that differ: by NIK where nobody judged them to be another, and by whom somebody judged to be a member,
 * in these snapshots or in the household that another snapshot of the source calls the same. A case
 * that went into another is that other.
 */
export class CasesOfHouseholds {
  readonly #known: Map<number, Known[]>;

  constructor(db: ReadableDb, rows: readonly ChangedHousehold[]) {
    const households = rows.flatMap((row) => idsOf(row));
    const found = [...byNik(db, households), ...byVerdict(db, households)];
    const standing = standingCases(db, [...new Set(found.map((row) => row.case_id))]);
    const known = found.flatMap(({ case_id, is_head, ...row }): Known[] => {
      const one = standing.get(case_id);
      return one === undefined ? [] : [{ ...row, isHead: is_head === 1, case: one }];
    });
    this.#known = Map.groupBy(known, ({ household }) => household);
  }

  /**
   * The case that holds most of the household as it is now, of two with as many the one of its head; only
   * where nobody of it has a case, of the household as it was. One that goes on comes before one that ended.
   */
  ofHousehold(row: ChangedHousehold): KnownCase | null {
    const [now, before] = [this.#of(row.household), this.#of(row.base_household)];
    const weightOf = ({ id }: StandingCase) => [...shareOf(now, id), ...shareOf(before, id)];
    return best([...now, ...before], weightOf);
  }

  /** The case of somebody of the household: the household's own, if they are in it. */
  ofPerson(row: ChangedHousehold, { nik, name }: { nik: string | null; name: string }): KnownCase | null {
    const own = this.ofHousehold(row)?.id;
    const same = idsOf(row)
      .flatMap((id) => this.#of(id))
      .filter((known) => known.nik === nik && (nik !== null || known.name === name));
    return best(same, ({ id }) => [id === own ? 1 : 0]);
  }

  #of(household: number | null): readonly Known[] {
    return household === null ? [] : (this.#known.get(household) ?? []);
  }
}

function idsOf({ household, base_household, joined }: ChangedHousehold): number[] {
  return [household, base_household, ...joined].filter((id) => id !== null);
}

/** How many of these a case holds, and whether the head is one of them. */
function shareOf(known: readonly Known[], caseId: string): [number, number] {
  const own = known.filter((one) => one.case.id === caseId);
  return [new Set(own.map(({ person }) => person)).size, own.some(({ isHead }) => isHead) ? 1 : 0];
}

function best(known: readonly Known[], weightOf: (one: StandingCase) => readonly number[]): KnownCase | null {
  const cases = [...new Map(known.map((one) => [one.case.id, one.case])).values()].map((one) => ({
    id: one.id,
    number: one.number,
    weight: [...weightOf(one), one.ended ? 0 : 1, one.serial],
  }));
  const [first] = cases.toSorted((left, right) => {
    const at = left.weight.findIndex((weight, place) => weight !== right.weight[place]);
    return (right.weight[at] ?? 0) - (left.weight[at] ?? 0);
  });
  return first === undefined ? null : { id: first.id, number: first.number };
}

const Found = z.array(
  z.object({
    household: z.number(),
    nik: z.string().nullable(),
    name: z.string(),
    is_head: z.number(),
    person: z.string(),
    case_id: z.string(),
  }),
);

const columns = `person.nik, person.name, coalesce(person.relation, '') = '1' AS is_head, member.case_id,
  coalesce(member.nik, member.id) AS person`;

const FoundByNik = z.array(
  Found.element.extend({
    person_id: z.number(),
    member_id: z.string(),
    member_name: z.string(),
    sex: Sex.nullable(),
    birth_date: z.string().nullable(),
  }),
);

/** Who bears the NIK of a member, but for whom somebody said to be another: a number may stand with the wrong person. */
function byNik(db: ReadableDb, households: readonly number[]): z.infer<typeof Found> {
  const found = FoundByNik.parse(
    db
      .prepare(
        `SELECT person.household_id AS household, ${columns}, person.id AS person_id, member.id AS member_id,
                member.name AS member_name, member.sex, member.birth_date FROM json_each(?) AS asked
         CROSS JOIN reference_person AS person ON person.household_id = asked.value
         CROSS JOIN member ON member.nik = person.nik`,
      )
      .all(JSON.stringify(households)),
  );
  const members = found.map(({ case_id, member_id, member_name, nik, sex, birth_date }) => ({
    caseId: case_id,
    memberId: member_id,
    identity: { memberId: member_id, name: member_name, nik, sex, birthDate: birth_date, list: null },
  }));
  const remembered = readRemembered(db, members);
  return found.filter(({ member_id, person_id }) => remembered.find(member_id, String(person_id)) === null);
}

function byVerdict(db: ReadableDb, households: readonly number[]): z.infer<typeof Found> {
  const called = z
    .array(z.string())
    .parse(
      db
        .prepare(
          `SELECT source_id FROM json_each(?) AS asked CROSS JOIN reference_household AS household ON household.id = asked.value`,
        )
        .pluck()
        .all(JSON.stringify(households)),
    )
    .filter(isLastingIdentity);
  return Found.parse(
    db
      .prepare(
        `WITH asked AS MATERIALIZED (
           SELECT household.id, household.source_id, list.source FROM json_each(@households)
           CROSS JOIN reference_household AS household ON household.id = value
           CROSS JOIN reference_list AS list ON list.id = household.list_id),
         alike (asked, household) AS (
           SELECT id, id FROM asked
           UNION
           SELECT asked.id, household.id FROM json_each(@listed)
           CROSS JOIN reference_person AS first ON first.id = value
           CROSS JOIN reference_household AS household ON household.id = first.household_id
           CROSS JOIN reference_list AS list ON list.id = household.list_id
           JOIN asked ON asked.source_id = household.source_id AND asked.source = list.source
           WHERE ${hasLastingIdentity('household.source_id')})
         SELECT alike.asked AS household, ${columns} FROM alike
         CROSS JOIN reference_person AS person ON person.household_id = alike.household
         CROSS JOIN identification_link AS link ON link.reference_person_id = person.id AND link.verdict = 'sama'
         CROSS JOIN identification ON identification.id = link.identification_id AND identification.revoked_at IS NULL
         CROSS JOIN member ON member.id = link.member_id`,
      )
      .all({
        households: JSON.stringify(households),
        listed: JSON.stringify(listedBySourceId(db, [...new Set(called)])),
      }),
  );
}

const Standing = z.array(
  z.object({
    origin: z.string(),
    id: z.string(),
    number: z.string(),
    serial: z.number(),
    ended: z.number(),
  }),
);

/** Each of these cases as it stands now: where it went into another, that one. */
function standingCases(db: ReadableDb, caseIds: readonly string[]): Map<string, StandingCase> {
  const rows = Standing.parse(
    db
      .prepare(
        `WITH RECURSIVE kept (origin, case_id) AS (
           SELECT value, value FROM json_each(?)
           UNION
           SELECT kept.origin, case_merge.kept_id FROM kept
           JOIN case_merge ON case_merge.absorbed_id = kept.case_id AND case_merge.separated_at IS NULL)
         SELECT kept.origin, case_file.id, number, serial, state IN ('DITUTUP', 'DITOLAK_LURAH') AS ended
         FROM kept JOIN case_file ON case_file.id = kept.case_id WHERE state <> 'DIGABUNG'`,
      )
      .all(JSON.stringify(caseIds)),
  );
  return new Map(rows.map(({ origin, ended, ...row }) => [origin, { ...row, ended: ended === 1 }]));
}
