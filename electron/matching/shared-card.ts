import { at, flag, type Glimpse, readName } from './brief.ts';

/** More people than this behind one door, of one No KK, or in one household of a list are no household: a panti, a block of flats, a filler. */
export const householdAtMost = 20;

/**
 * How many people these are, counted in the list that has most of them: a family stands in several lists of a source,
 * here with birth dates and there with ages. Within one list they are told apart by birth and name; so
 * who stands in the cases of several periods is one.
 */
export function countPeople(glimpses: readonly Glimpse[]): number {
  const people = new Map<string, Set<string>>();
  for (const glimpse of glimpses) {
    const known = people.get(glimpse.list);
    if (known === undefined) people.set(glimpse.list, new Set([personOf(glimpse)]));
    else known.add(personOf(glimpse));
  }
  return Math.max(0, ...[...people.values()].map(({ size }) => size));
}

/**
 * A name that a brief does not hold to its end (a father, another script) tells nobody from others of one year. In
 * the register it has to: there one stands in a case a period, which would make a family of seven a panti.
 */
function personOf({ id, list, briefs, at: from }: Glimpse): string {
  const birth = briefs.getUint32(from + at.birth, true);
  const isOpen = (briefs.getUint8(from + at.flags) & flag.nameOpen) !== 0;
  const isDay = birth % 10_000 > 0;
  if (isOpen && !isDay && list !== '') return id;
  return [birth, ...readName(briefs, from).map(({ text }) => text)].join(' ');
}
