import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { ChangeKind } from '../../shared/domain/reference-change.ts';
import {
  aged,
  carried,
  isSameBearer,
  mergeHousehold,
  mergePerson,
  movedPerson,
  pairPersons,
} from '../importing/merge.ts';
import type { ReadableDb } from './connection.ts';
import { viewOf } from './difference-compute.ts';
import {
  type FoundReferenceHousehold,
  hasLastingIdentity,
  HouseholdReader,
  rowToPerson,
} from './reference-rows.ts';
import { isRefused } from './refusal.ts';

export interface AcceptedHousehold {
  household: ReferenceHousehold;
  persons: ReferencePerson[];
}

export interface Accepting {
  /** The difference. */
  id: string;
  baseList: string;
  complete: boolean;
  /** From the earlier list to the one that comes of it. */
  years: number;
  /** Lists of other names that the one that comes of it replaces, the latest first; of each the years from it. */
  replaced?: readonly EarlierList[];
}

interface EarlierList {
  id: string;
  years: number;
}

const Row = z.object({
  kind: ChangeKind,
  base_household: z.number().nullable(),
  household: z.number().nullable(),
  accepted: z.number(),
  unread: z.string().nullable(),
});

/**
 * The households of the list that comes of a difference: the earlier list with what was accepted. What was not
 * accepted stays as it was, and of whom a refused row tells; what the later list left blank is kept, also of who comes
 * from another household. Who comes with an accepted household leaves the one they stood in, unless its own row was
 * refused, and stays in it where the household they come with was refused. What somebody new leaves blank is taken
 * from a list of another name that is replaced; where they were refused they stay as that one has them.
 */
export function* acceptedHouseholds(
  db: ReadableDb,
  { id, baseList, complete, years, replaced = [] }: Accepting,
): Generator<AcceptedHousehold> {
  const reader = new HouseholdReader(db);
  const moving = new Movers(db, { id, lists: [{ id: baseList, years }, ...replaced] });
  const withBefore = (person: ReferencePerson) => {
    const before = moving.before(person);
    return before === null ? person : mergePerson(movedPerson(before), person);
  };
  const comes = (person: ReferencePerson) => moving.come(person, 'accepted');
  const elsewhere = new ReplacedHouseholds(db, id, replaced);
  const unread = new Set<ReferencePerson>();
  const stays = (person: ReferencePerson) =>
    !comes(person) && (!complete || unread.has(person) || moving.come(person, 'refused'));
  const rows = db
    .prepare(
      `SELECT kind, base_household, household, NOT ${isRefused('id')} AS accepted, unread
       FROM reference_change WHERE difference_id = ? ORDER BY id`,
    )
    .all(id);
  for (const raw of rows) {
    const row = Row.parse(raw);
    const found = row.base_household === null ? null : reader.get(row.base_household);
    const base = found === null ? null : agedView(found, years);
    unread.clear();
    const ids = unreadOf(row);
    for (const [place, person] of base?.persons.entries() ?? [])
      if (ids.includes(Number(found?.persons[place]?.id))) unread.add(person);
    const later = row.household === null ? null : viewOf(reader.get(row.household));
    const accepted = row.accepted === 1;
    if (base === null) {
      if (later !== null && accepted) yield withoutMarks(elsewhere.filled(later, withBefore));
      if (later !== null && !accepted) yield* elsewhere.standing(later, comes);
    } else if (!accepted) {
      yield { household: carried(base.household, baseList), persons: base.persons };
    } else if (later === null) {
      const isGone = row.kind === 'hilang';
      const persons = base.persons.filter(stays);
      if (persons.length > 0 || (base.persons.length === 0 && !isGone))
        yield { household: carried(base.household, baseList), persons };
    } else {
      const { pairs, gone } = pairPersons(base.persons, later.persons);
      const merged = new Map(pairs.map((pair) => [pair.later, mergePerson(pair.base, pair.later)]));
      const persons = [
        ...later.persons.map((person) => merged.get(person) ?? withBefore(person)),
        ...gone.filter(stays),
      ];
      yield withoutMarks({
        household: mergeHousehold(base.household, later.household, baseList),
        persons: persons.map((person, index) => ({ ...person, order: index + 1 })),
      });
    }
  }
}

function unreadOf({ unread }: z.infer<typeof Row>): number[] {
  return unread === null ? [] : z.array(z.number()).parse(JSON.parse(unread));
}

type Answer = 'accepted' | 'refused';

/** A NIK, its person's id, and whether their household was accepted. */
const Coming = z.tuple([z.string(), z.number(), z.number()]);

const Bearer = z.tuple([z.string(), z.number()]);

/** Who the later list has in another household than the earlier one, or who is new, by whether it was accepted. */
class Movers {
  readonly #persons: Database.Statement<unknown[]>;
  /** Their ids by NIK. */
  readonly #niks: Record<Answer, Map<string, number[]>> = { accepted: new Map(), refused: new Map() };
  /** Of who comes with an accepted household, the ids of who bears their NIK in each of the earlier lists. */
  readonly #before: { years: number; bearers: Map<string, number[]> }[] = [];

  /** @param lists the earlier lists; of two that have somebody the first counts. */
  constructor(db: ReadableDb, { id, lists }: { id: string; lists: readonly EarlierList[] }) {
    this.#persons = db.prepare('SELECT * FROM reference_person WHERE id = ?');
    const coming = db
      .prepare(
        `SELECT person.nik, person.id, NOT ${isRefused('change.id')} FROM reference_change AS change
         JOIN reference_person AS person ON person.household_id = change.household AND person.nik IS NOT NULL
         WHERE change.difference_id = ? AND change.kind <> 'sama'
           AND NOT EXISTS (SELECT 1 FROM reference_person AS before
                           WHERE before.household_id = change.base_household AND before.nik = person.nik)`,
      )
      .raw();
    for (const raw of coming.iterate(id)) {
      const [nik, person, accepted] = Coming.parse(raw);
      noteBearer(this.#niks[accepted === 1 ? 'accepted' : 'refused'], nik, person);
    }
    const bearers = db
      .prepare(
        `SELECT person.nik, person.id FROM reference_household AS household
         JOIN reference_person AS person ON person.household_id = household.id AND person.nik IS NOT NULL
         WHERE household.list_id = ? ORDER BY person.id`,
      )
      .raw();
    for (const list of lists) {
      const found = new Map<string, number[]>();
      for (const raw of bearers.iterate(list.id)) {
        const [nik, person] = Bearer.parse(raw);
        if (this.#niks.accepted.has(nik)) noteBearer(found, nik, person);
      }
      this.#before.push({ years: list.years, bearers: found });
    }
  }

  /** This person of the later list as an earlier one has them, in another household, of today's age; null where they are new. */
  before(person: ReferencePerson): ReferencePerson | null {
    if (person.nik === null) return null;
    for (const { years, bearers } of this.#before) {
      const before = bearers
        .get(person.nik)
        ?.map((id) => rowToPerson(this.#persons.get(id)).person)
        .find((bearer) => isSameBearer(bearer, person));
      if (before !== undefined) return aged([before], years)[0] ?? null;
    }
    return null;
  }

  /** Whether this person of the earlier list is one of them. */
  come(person: ReferencePerson, answer: Answer): boolean {
    const coming = person.nik === null ? undefined : this.#niks[answer].get(person.nik);
    return coming?.some((id) => isSameBearer(person, rowToPerson(this.#persons.get(id)).person)) ?? false;
  }
}

const Called = z.tuple([z.number(), z.string()]);
const Home = z.tuple([z.string(), z.number(), z.string()]);

/** Households that are new beside the earlier list, and that a list of another name has, which is replaced. */
class ReplacedHouseholds {
  readonly #reader: HouseholdReader;
  /** By what their source calls them: of the latest list that has them. */
  readonly #known = new Map<string, { id: number; list: EarlierList }>();
  /** By the NIK of somebody who comes with a household that was refused: those that `#known` does not hold. */
  readonly #homes = new Map<string, { id: number; list: EarlierList }[]>();
  readonly #stood = new Set<number>();

  constructor(db: ReadableDb, differenceId: string, lists: readonly EarlierList[]) {
    this.#reader = new HouseholdReader(db);
    if (lists.length === 0) return;
    const added = new Set(
      z.array(z.string()).parse(
        db
          .prepare(
            `SELECT source_id FROM reference_change JOIN reference_household AS household ON household.id = household
             WHERE difference_id = ? AND base_household IS NULL AND ${hasLastingIdentity('source_id')}`,
          )
          .pluck()
          .all(differenceId),
      ),
    );
    const households = db.prepare('SELECT id, source_id FROM reference_household WHERE list_id = ?').raw();
    for (const list of lists)
      for (const raw of households.iterate(list.id)) {
        const [id, called] = Called.parse(raw);
        if (added.has(called) && !this.#known.has(called)) this.#known.set(called, { id, list });
      }
    const refused = new Set(
      z.array(z.string()).parse(
        db
          .prepare(
            `SELECT nik FROM reference_change AS change JOIN reference_person AS person ON person.household_id = household
             WHERE difference_id = ? AND base_household IS NULL AND nik IS NOT NULL AND ${isRefused('change.id')}`,
          )
          .pluck()
          .all(differenceId),
      ),
    );
    if (refused.size === 0) return;
    const homes = db
      .prepare(
        `SELECT nik, household.id, household.source_id FROM reference_household AS household
         JOIN reference_person AS person ON person.household_id = household.id
         WHERE list_id = ? AND nik IS NOT NULL`,
      )
      .raw();
    for (const list of lists)
      for (const raw of homes.iterate(list.id)) {
        const [nik, id, called] = Home.parse(raw);
        if (!refused.has(nik) || this.#known.has(called)) continue;
        this.#homes.set(nik, [...(this.#homes.get(nik) ?? []), { id, list }]);
      }
  }

  /**
   * The households as the replaced lists have them, of one that was refused: whoever is in it stays as they were.
   *
   * @param comes whether somebody stands in another household that was accepted.
   */
  *standing(
    { household, persons }: AcceptedHousehold,
    comes: (person: ReferencePerson) => boolean,
  ): Generator<AcceptedHousehold> {
    const known = this.#known.get(household.sourceId);
    const homes = persons.flatMap(({ nik }) => (nik === null ? [] : (this.#homes.get(nik) ?? [])));
    for (const { id, list } of known === undefined ? homes : [known]) {
      if (this.#stood.has(id)) continue;
      this.#stood.add(id);
      const base = agedView(this.#reader.get(id), list.years);
      const staying = base.persons.filter((person) => !comes(person));
      if (staying.length > 0) yield { household: carried(base.household, list.id), persons: staying };
    }
  }

  /**
   * The household with what it left blank.
   *
   * @param alone fills who stands in no such household.
   */
  filled(
    { household, persons }: AcceptedHousehold,
    alone: (person: ReferencePerson) => ReferencePerson,
  ): AcceptedHousehold {
    const known = this.#known.get(household.sourceId);
    if (known === undefined) return { household, persons: persons.map(alone) };
    const base = agedView(this.#reader.get(known.id), known.list.years);
    const { pairs } = pairPersons(base.persons, persons);
    const merged = new Map(pairs.map((pair) => [pair.later, mergePerson(pair.base, pair.later)]));
    return {
      household: mergeHousehold(base.household, household, known.list.id),
      persons: persons.map((person) => merged.get(person) ?? alone(person)),
    };
  }
}

function noteBearer(niks: Map<string, number[]>, nik: string, person: number): void {
  const known = niks.get(nik);
  if (known === undefined) niks.set(nik, [person]);
  else known.push(person);
}

function agedView(found: FoundReferenceHousehold, years: number): AcceptedHousehold {
  const { household, persons } = viewOf(found);
  return { household, persons: aged(persons, years) };
}

/** What was emptied on purpose is empty now; the mark has done its work. */
function withoutMarks({ household, persons }: AcceptedHousehold): AcceptedHousehold {
  const { cleared: _, ...plain } = household;
  return { household: plain, persons: persons.map(({ cleared: _mark, ...person }) => person) };
}
