import type { PersonColumns } from './person-table.ts';

/**
 * Text columns say the same thing twice: a post code lies in one town. So each column may lean on a
 * more telling one, its parent, and is weighed anew by whether that one agrees (a dependence tree).
 */
export interface TextParent {
  /** Column, or `streetColumn`, or −1 where it stands by itself. */
  parent: number;
  /** How likely two strangers agree in this column, and how likely where the parent agrees. */
  chance: number;
  chanceBeside: number;
  /** How likely the parent agrees. */
  chanceOfParent: number;
}
export type TextParents = readonly TextParent[];

/** Stands for the street of the address among the parents. */
export const streetColumn = -2;
/** Agreement has to become so many times as likely to be called a dependence. */
const leansFrom = 3;
const rowsAtMost = 200_000;

/** Finds the parents by counting values; a sample of the rows is enough. */
export function findTextParents(tables: readonly PersonColumns[]): TextParent[] {
  const textCount = tables[0]?.texts.length ?? 0;
  const columns = Array.from({ length: textCount }, (_, column) => ({
    column,
    of: (table: PersonColumns) => table.texts[column] ?? new Int32Array(),
  }));
  const street = { column: streetColumn, of: (table: PersonColumns) => table.streets };
  const chances = new Map(
    [...columns, street].map(({ column, of }) => [column, chanceOf(tables.map((table) => [of(table)]))]),
  );
  return columns.map(({ column, of }) => {
    const chance = chances.get(column) ?? 1;
    let best: TextParent = { parent: -1, chance, chanceBeside: chance, chanceOfParent: 1 };
    for (const other of [...columns, street]) {
      const otherChance = chances.get(other.column) ?? 1;
      // Only a rarer agreement can be a parent, which also keeps the tree without rings.
      const rarer = otherChance < chance || (otherChance === chance && other.column < column);
      if (other.column === column || !rarer || otherChance >= 1) continue;
      const beside = chanceOf(tables.map((table) => [of(table), other.of(table)])) / otherChance;
      if (beside < leansFrom * chance || beside <= best.chanceBeside) continue;
      best = {
        parent: other.column,
        chance,
        chanceBeside: Math.min(0.999, beside),
        chanceOfParent: otherChance,
      };
    }
    return best;
  });
}

/** Chances without what matches bring in, all as shares of all pairs; never less than a part of what was counted. */
export function lessMatches(
  { parent, chance, chanceBeside, chanceOfParent }: TextParent,
  matches: { equal: number; beside: number; both: number },
): TextParent {
  const least = 0.02;
  const alone = Math.max(least * chance, chance - matches.equal);
  if (parent === -1) return { parent, chance: alone, chanceBeside: alone, chanceOfParent };
  const both = chanceBeside * chanceOfParent;
  const ofParent = Math.max(least * chanceOfParent, chanceOfParent - matches.beside);
  const beside = Math.max(0, both - matches.both) / ofParent;
  return { parent, chance: alone, chanceBeside: Math.min(0.999, Math.max(alone, beside)), chanceOfParent };
}

/** Σ share² of the values (of the pairs of values): how likely two rows agree. 1 for an empty column. */
function chanceOf(tables: readonly Int32Array[][]): number {
  const counts = new Map<number, number>();
  let rows = 0;
  for (const [first, second] of tables) {
    if (first === undefined) continue;
    const step = Math.max(1, Math.ceil((first.length * tables.length) / rowsAtMost));
    for (let row = 0; row < first.length; row += step) {
      const one = first[row] ?? -1;
      const other = second === undefined ? 0 : (second[row] ?? -1);
      if (one < 0 || other < 0) continue;
      const key = one * 0x4000000 + other;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      rows += 1;
    }
  }
  if (rows < 2) return 1;
  let sum = 0;
  for (const count of counts.values()) sum += count * (count - 1);
  return Math.max(sum / (rows * (rows - 1)), 1 / (rows * rows));
}
