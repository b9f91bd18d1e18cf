import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { ChangeKind } from '../../shared/domain/reference-change.ts';
import {
  carried,
  isSameBearer,
  mergeHousehold,
  mergePerson,
  movedPerson,
  pairPersons,
} from '../importing/merge.ts';
import type { ReadableDb } from './connection.ts';
import { viewOf } from './difference-compute.ts';
import { EarlierHouseholds, type EarlierList } from './earlier-lists.ts';
import { HouseholdReader, rowToPerson } from './reference-rows.ts';
import { isRefused } from './refusal.ts';

export interface AcceptedHousehold {
  household: ReferenceHousehold;
  persons: ReferencePerson[];
}

export interface Accepting {
  /** The difference. */
  id: string;
  /** The lists that the file was laid beside; the years are those to the list that comes of it. */
  earlier: readonly EarlierList[];
  complete: boolean;
}

const Row = z.object({
  kind: ChangeKind,
  base_household: z.number().nullable(),
  household: z.number().nullable(),
  accepted: z.number(),
  unread: z.string().nullable(),
  members: z.string().nullable(),
});

/**
 * The households of the list that comes of a difference: the earlier lists with what was accepted. What was not
 * accepted stays as it was, and of whom a refused row tells; what the later list left blank is kept, also of who comes
 * from another household. Nobody stands twice: who comes with an accepted household leaves the one they stood in, and
 * stays in it where the household they come with was refused.
 */
export function* acceptedHouseholds(
  db: ReadableDb,
  { id, earlier, complete }: Accepting,
): Generator<AcceptedHousehold> {
  const reader = new HouseholdReader(db);
  const households = new EarlierHouseholds(db, earlier);
  const moving = new Movers(db, id, households);
  const withBefore = (person: ReferencePerson) => {
    const before = moving.before(person);
    return before === null ? person : mergePerson(movedPerson(before), person);
  };
  const comes = (person: ReferencePerson) => moving.come(person, 'accepted');
  const unread = new Set<ReferencePerson>();
  const stays = (person: ReferencePerson) =>
    !comes(person) && (!complete || unread.has(person) || moving.come(person, 'refused'));
  const rows = db
    .prepare(
      `SELECT kind, base_household, household, NOT ${isRefused('id')} AS accepted, unread, members
       FROM reference_change WHERE difference_id = ? ORDER BY id`,
    )
    .all(id);
  for (const raw of rows) {
    const row = Row.parse(raw);
    const members = row.members === null ? null : idsOf(row.members);
    const found = row.base_household === null ? null : households.get(row.base_household, members);
    const later = row.household === null ? null : viewOf(reader.get(row.household));
    const accepted = row.accepted === 1;
    if (found === null) {
      if (later !== null && accepted)
        yield withoutMarks({ household: later.household, persons: later.persons.map(withBefore) });
      continue;
    }
    unread.clear();
    const ids = row.unread === null ? [] : idsOf(row.unread);
    for (const one of found.persons) if (ids.includes(Number(one.id))) unread.add(one.person);
    const base = viewOf(found);
    if (!accepted || later === null) {
      const persons = base.persons.filter((person) => (accepted ? stays(person) : !comes(person)));
      // One of which nobody was ever known stands on.
      const isBare = base.persons.length === 0 && members === null;
      if (persons.length > 0 || (isBare && !(accepted && row.kind === 'hilang')))
        yield { household: carried(base.household, found.listId), persons };
      continue;
    }
    const { pairs, gone } = pairPersons(base.persons, later.persons);
    const merged = new Map(pairs.map((pair) => [pair.later, mergePerson(pair.base, pair.later)]));
    const persons = [
      ...later.persons.map((person) => merged.get(person) ?? withBefore(person)),
      ...gone.filter(stays),
    ];
    yield withoutMarks({
      household: mergeHousehold(base.household, later.household, found.listId),
      persons: persons.map((person, index) => ({ ...person, order: index + 1 })),
    });
  }
}

function idsOf(json: string): number[] {
  return z.array(z.number()).parse(JSON.parse(json));
}

type Answer = 'accepted' | 'refused';

/** A NIK, its person's id, and whether their household was accepted. */
const Coming = z.tuple([z.string(), z.number(), z.number()]);

const Bearer = z.tuple([z.string(), z.number()]);

/** Who the later list has in another household than the earlier ones, or who is new, by whether it was accepted. */
class Movers {
  readonly #persons: Database.Statement<unknown[]>;
  readonly #households: EarlierHouseholds;
  /** Their ids by NIK. */
  readonly #niks: Record<Answer, Map<string, number[]>> = { accepted: new Map(), refused: new Map() };
  /** Of who comes with an accepted household, the ids of who bears their NIK in the earlier lists. */
  readonly #before = new Map<string, number[]>();

  constructor(db: ReadableDb, id: string, households: EarlierHouseholds) {
    this.#households = households;
    this.#persons = db.prepare('SELECT * FROM reference_person WHERE id = ?');
    const coming = db
      .prepare(
        `SELECT person.nik, person.id, NOT ${isRefused('change.id')} FROM reference_change AS change
         JOIN reference_person AS person ON person.household_id = change.household AND person.nik IS NOT NULL
         WHERE change.difference_id = ? AND change.kind <> 'sama'
           AND (change.members IS NOT NULL
                OR NOT EXISTS (SELECT 1 FROM reference_person AS before
                               WHERE before.household_id = change.base_household AND before.nik = person.nik))
           AND NOT EXISTS (SELECT 1 FROM json_each(change.members)
                           JOIN reference_person AS before ON before.id = value WHERE before.nik = person.nik)`,
      )
      .raw();
    for (const raw of coming.iterate(id)) {
      const [nik, person, accepted] = Coming.parse(raw);
      noteBearer(this.#niks[accepted === 1 ? 'accepted' : 'refused'], nik, person);
    }
    const bearers = db
      .prepare(
        `SELECT person.nik, person.id FROM reference_change AS change
         JOIN reference_person AS person ON person.household_id = change.base_household
         WHERE difference_id = @id AND members IS NULL AND person.nik IS NOT NULL
         UNION
         SELECT person.nik, person.id FROM reference_change JOIN json_each(members)
         JOIN reference_person AS person ON person.id = value
         WHERE difference_id = @id AND person.nik IS NOT NULL ORDER BY 2`,
      )
      .raw();
    for (const raw of bearers.iterate({ id })) {
      const [nik, person] = Bearer.parse(raw);
      if (this.#niks.accepted.has(nik)) noteBearer(this.#before, nik, person);
    }
  }

  /** This person of the later list as an earlier one has them, in another household, of today's age; null where they are new. */
  before(person: ReferencePerson): ReferencePerson | null {
    if (person.nik === null) return null;
    const bearers = this.#before.get(person.nik)?.map((id) => this.#households.person(id));
    return bearers?.find((bearer) => isSameBearer(bearer, person)) ?? null;
  }

  /** Whether this person of the earlier lists is one of them. */
  come(person: ReferencePerson, answer: Answer): boolean {
    const coming = person.nik === null ? undefined : this.#niks[answer].get(person.nik);
    return coming?.some((id) => isSameBearer(person, rowToPerson(this.#persons.get(id)).person)) ?? false;
  }
}

function noteBearer(niks: Map<string, number[]>, nik: string, person: number): void {
  const known = niks.get(nik);
  if (known === undefined) niks.set(nik, [person]);
  else known.push(person);
}

/** What was emptied on purpose is empty now; the mark has done its work. */
function withoutMarks({ household, persons }: AcceptedHousehold): AcceptedHousehold {
  const { cleared: _, ...plain } = household;
  return { household: plain, persons: persons.map(({ cleared: _mark, ...person }) => person) };
}
