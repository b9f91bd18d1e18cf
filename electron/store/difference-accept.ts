import { z } from 'zod';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import { ChangeKind } from '../../shared/domain/reference-change.ts';
import { carried, mergeHousehold, mergePerson, pairPersons } from '../importing/merge.ts';
import type { ReadableDb } from './connection.ts';
import { viewOf } from './difference-compute.ts';
import { HouseholdReader } from './reference-rows.ts';

export interface AcceptedHousehold {
  household: ReferenceHousehold;
  persons: ReferencePerson[];
}

const Row = z.object({
  kind: ChangeKind,
  base_household: z.number().nullable(),
  household: z.number().nullable(),
  accepted: z.number(),
});

/**
 * The households of the list that comes of a difference: the earlier list with what was accepted.
 * What was not accepted stays as it was; what the later list left blank is kept.
 */
export function* acceptedHouseholds(
  db: ReadableDb,
  { id, baseList, complete }: { id: string; baseList: string; complete: boolean },
): Generator<AcceptedHousehold> {
  const reader = new HouseholdReader(db);
  const rows = db
    .prepare(
      'SELECT kind, base_household, household, accepted FROM reference_change WHERE difference_id = ? ORDER BY id',
    )
    .all(id);
  for (const raw of rows) {
    const row = Row.parse(raw);
    const base = row.base_household === null ? null : viewOf(reader.get(row.base_household));
    const later = row.household === null ? null : viewOf(reader.get(row.household));
    const accepted = row.accepted === 1;
    if (base === null) {
      if (later !== null && accepted) yield withoutMarks(later);
    } else if (later === null) {
      if (row.kind === 'sama' || !accepted)
        yield { household: carried(base.household, baseList), persons: base.persons };
    } else if (!accepted) yield { household: carried(base.household, baseList), persons: base.persons };
    else {
      const { pairs, gone } = pairPersons(base.persons, later.persons);
      const merged = new Map(pairs.map((pair) => [pair.later, mergePerson(pair.base, pair.later)]));
      const stayed = complete ? [] : gone;
      const persons = [...later.persons.map((person) => merged.get(person) ?? person), ...stayed];
      yield withoutMarks({
        household: mergeHousehold(base.household, later.household, baseList),
        persons: persons.map((person, index) => ({ ...person, order: index + 1 })),
      });
    }
  }
}

/** What was emptied on purpose is empty now; the mark has done its work. */
function withoutMarks({ household, persons }: AcceptedHousehold): AcceptedHousehold {
  const { cleared: _, ...plain } = household;
  return { household: plain, persons: persons.map(({ cleared: _mark, ...person }) => person) };
}
