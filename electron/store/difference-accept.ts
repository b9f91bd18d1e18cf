import { z } from 'zod';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { ChangeKind } from '../../shared/domain/reference-change.ts';
import { aged, carried, mergeHousehold, mergePerson, pairPersons } from '../importing/merge.ts';
import type { ReadableDb } from './connection.ts';
import { viewOf } from './difference-compute.ts';
import { type FoundReferenceHousehold, HouseholdReader } from './reference-rows.ts';

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
}

const Row = z.object({
  kind: ChangeKind,
  base_household: z.number().nullable(),
  household: z.number().nullable(),
  accepted: z.number(),
});

/**
 * The households of the list that comes of a difference: the earlier list with what was accepted. What was not
 * accepted stays as it was; what the later list left blank is kept. Nobody stands twice: who comes with an accepted
 * household leaves the one they stood in, and stays in it where the household they come with was refused.
 */
export function* acceptedHouseholds(
  db: ReadableDb,
  { id, baseList, complete, years }: Accepting,
): Generator<AcceptedHousehold> {
  const reader = new HouseholdReader(db);
  const moving = movingNiks(db, id);
  const comes = ({ nik }: ReferencePerson) => nik !== null && moving.accepted.has(nik);
  const stays = (person: ReferencePerson) =>
    !comes(person) && (!complete || (person.nik !== null && moving.refused.has(person.nik)));
  const rows = db
    .prepare(
      'SELECT kind, base_household, household, accepted FROM reference_change WHERE difference_id = ? ORDER BY id',
    )
    .all(id);
  for (const raw of rows) {
    const row = Row.parse(raw);
    const base = row.base_household === null ? null : agedView(reader.get(row.base_household), years);
    const later = row.household === null ? null : viewOf(reader.get(row.household));
    const accepted = row.accepted === 1;
    if (base === null) {
      if (later !== null && accepted) yield withoutMarks(later);
    } else if (later === null || !accepted) {
      const isGone = row.kind === 'hilang' && accepted;
      const persons = base.persons.filter((person) => (isGone ? stays(person) : !comes(person)));
      if (persons.length > 0 || (base.persons.length === 0 && !isGone))
        yield { household: carried(base.household, baseList), persons };
    } else {
      const { pairs, gone } = pairPersons(base.persons, later.persons);
      const merged = new Map(pairs.map((pair) => [pair.later, mergePerson(pair.base, pair.later)]));
      const persons = [...later.persons.map((person) => merged.get(person) ?? person), ...gone.filter(stays)];
      yield withoutMarks({
        household: mergeHousehold(base.household, later.household, baseList),
        persons: persons.map((person, index) => ({ ...person, order: index + 1 })),
      });
    }
  }
}

/** NIKs that the later list has in another household than the earlier one, or that are new, by whether it was accepted. */
function movingNiks(db: ReadableDb, difference: string): Record<'accepted' | 'refused', ReadonlySet<string>> {
  const coming = db
    .prepare(
      `SELECT person.nik FROM reference_change AS change
       JOIN reference_person AS person ON person.household_id = change.household AND person.nik IS NOT NULL
       WHERE change.difference_id = ? AND change.accepted = ? AND change.kind <> 'sama'
         AND NOT EXISTS (SELECT 1 FROM reference_person AS before
                         WHERE before.household_id = change.base_household AND before.nik = person.nik)`,
    )
    .pluck();
  const niks = (accepted: number) => new Set(z.array(z.string()).parse(coming.all(difference, accepted)));
  return { accepted: niks(1), refused: niks(0) };
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
