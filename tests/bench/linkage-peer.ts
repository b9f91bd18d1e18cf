import { DisjointSets } from '../../electron/matching/disjoint-sets.ts';
import type { Measurement } from './suite.ts';

/** A person as a spreadsheet has one; null where the cell is empty, undefined where there is no such column. */
export interface LookedUp {
  id: string;
  nik: string | null | undefined;
  name: string | null;
  birth: string | null | undefined;
}

/**
 * What an office does with a spreadsheet's lookup today: the row with the very same NIK, else the one
 * with the very same name and birth date (name alone where the list has no birth dates); the first that is found.
 */
export class Lookup {
  readonly #byNumber = new Map<string, string>();
  readonly #byName = new Map<string, string>();

  add(person: LookedUp): void {
    if (person.nik && !this.#byNumber.has(person.nik)) this.#byNumber.set(person.nik, person.id);
    const key = nameKey(person);
    if (key !== null && !this.#byName.has(key)) this.#byName.set(key, person.id);
  }

  /** Id of the row that is found, or null. */
  find(person: LookedUp): string | null {
    return this.#byNumber.get(person.nik ?? '') ?? this.#byName.get(nameKey(person) ?? '') ?? null;
  }
}

/** The same within one list: rows of one NIK, or of one name and birth date. @returns a number of each row's group. */
export function groupByLookup(people: readonly LookedUp[]): number[] {
  const groups = new DisjointSets<number>();
  const first = new Map<string, number>();
  for (const [row, person] of people.entries())
    for (const key of [person.nik ? `nik ${person.nik}` : null, nameKey(person)]) {
      if (key === null) continue;
      const known = first.get(key);
      if (known === undefined) first.set(key, row);
      else groups.join(known, row);
    }
  return people.map((_, row) => groups.find(row));
}

function nameKey({ name, birth }: LookedUp): string | null {
  return !name || birth === null || birth === '' ? null : `${name.toUpperCase()} ${birth ?? ''}`;
}

/** What became of one person who was looked for. */
export interface LinkOutcome {
  id: string;
  family: string | null;
  /** The true row of the list; null of whom it does not know. */
  wanted: string | null;
  /** The row that the program linked by itself, or null. */
  linked: string | null;
}

/**
 * The same work by lookup: how many more true persons and families (somebody of whom is found) the program finds by
 * itself, how many wrong links it avoids.
 */
export function besideLookup(
  name: string,
  outcomes: readonly LinkOutcome[],
  lookedUp: (id: string) => string | null,
): Measurement[] {
  const engine = countOf(outcomes, ({ linked }) => linked);
  const lookup = countOf(outcomes, ({ id }) => lookedUp(id));
  const known = outcomes.filter(({ wanted }) => wanted !== null).length;
  return [
    { metric: `${name}_lookup_found`, value: (100 * lookup.right) / Math.max(1, known), unit: '%' },
    { metric: `${name}_lookup_wrong`, value: lookup.wrong, unit: 'persons' },
    {
      metric: `${name}_more_true_persons_than_lookup`,
      value: engine.right - lookup.right,
      unit: 'persons',
    },
    {
      metric: `${name}_more_true_families_than_lookup`,
      value: engine.families - lookup.families,
      unit: 'families',
    },
    { metric: `${name}_wrong_links_avoided`, value: lookup.wrong - engine.wrong, unit: 'persons' },
  ];
}

function countOf(
  outcomes: readonly LinkOutcome[],
  linkOf: (outcome: LinkOutcome) => string | null,
): { right: number; wrong: number; families: number } {
  const linked = outcomes.filter((outcome) => linkOf(outcome) !== null);
  const right = linked.filter((outcome) => linkOf(outcome) === outcome.wanted);
  const families = new Set(right.map(({ family }) => family)).size;
  return { right: right.length, wrong: linked.length - right.length, families };
}
