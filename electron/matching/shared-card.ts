import { at, type Glimpse } from './brief.ts';

/** More people than this behind one door, of one No KK, or in one household of a list are no household: a panti, a block of flats, a filler. */
export const householdAtMost = 20;

/**
 * How many people these are, told apart by birth and the first letters of the name: who stands in several lists
 * of a source, or in the cases of several periods, is one.
 */
export function countPeople(glimpses: readonly Glimpse[]): number {
  const people = new Set(
    glimpses.map(
      ({ briefs, at: from }) =>
        `${briefs.getUint32(from + at.birth, true)} ${briefs.getUint32(from + at.names, true)}`,
    ),
  );
  return people.size;
}
