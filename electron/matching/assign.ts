import { DisjointSets } from './disjoint-sets.ts';

/** A possible link between a member (row) and a person of a list (column). */
export interface PossibleLink {
  row: string;
  column: string;
  bits: number;
}

/** More links than this hang together only by weak ones; there the highest weight decides alone. */
const exactUpTo = 400;
/** So little a link is worth that speaks against itself: less than any other, but more than none. */
const least = 1e-6;

/**
 * One-to-one so that the sum of the weights is the best there is: spouses with each other's NIK end
 * where both fit, and nobody loses their only partner to somebody who has another. Links that share
 * nobody do not bear on each other, so each connected part is assigned by itself.
 */
export function assignOneToOne<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  return connectedParts(links).flatMap((part) => assignPart(part));
}

function connectedParts<Link extends PossibleLink>(links: readonly Link[]): Link[][] {
  const groups = new DisjointSets<number>();
  for (const side of ['row', 'column'] as const) {
    const first = new Map<string, number>();
    for (const [at, link] of links.entries()) {
      const before = first.get(link[side]);
      if (before === undefined) first.set(link[side], at);
      else groups.join(at, before);
    }
  }
  return [...Map.groupBy(links, (_, at) => groups.find(at)).values()];
}

/** Of several assignments with the same sum the one by the highest weight first. */
function assignPart<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  const greedy = byHighestWeight(links);
  if (greedy.length === links.length || links.length > exactUpTo) return greedy;
  const exact = byBestSum(links);
  return worthOf(exact) > worthOf(greedy) + least / 2 ? exact : greedy;
}

function byHighestWeight<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  const chosen: Link[] = [];
  const rows = new Set<string>();
  const columns = new Set<string>();
  for (const link of [...links].sort((left, right) => right.bits - left.bits)) {
    if (rows.has(link.row) || columns.has(link.column)) continue;
    chosen.push(link);
    rows.add(link.row);
    columns.add(link.column);
  }
  return chosen;
}

/**
 * The Hungarian method in its form with potentials (Kuhn 1955; Jonker and Volgenant 1987): one row after
 * the other takes its place along the cheapest path of exchanges.
 */
function byBestSum<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  const rows = [...new Set(links.map(({ row }) => row))];
  const columns = [...new Set(links.map(({ column }) => column))];
  const linkOf = new Map(links.map((link): [string, Link] => [pairKey(link.row, link.column), link]));
  // A place of its own for each row, where it stays without a partner.
  const places = columns.length + rows.length;
  const costs = rows.map((row) =>
    Array.from({ length: places }, (_, place) => {
      const column = columns[place];
      const link = column === undefined ? undefined : linkOf.get(pairKey(row, column));
      return link === undefined ? 0 : -worth(link);
    }),
  );
  const rowAt = assignCheapest(costs, places);
  return columns.flatMap((column, place) => {
    const row = rows[rowAt[place] ?? -1];
    return row === undefined ? [] : (linkOf.get(pairKey(row, column)) ?? []);
  });
}

/** @returns the row at each place, or -1. */
function assignCheapest(costs: readonly (readonly number[])[], places: number): number[] {
  const rowPrice = costs.map(() => 0);
  const placePrice = Array.from({ length: places }, () => 0);
  const rowAt = Array.from({ length: places }, () => -1);
  for (const start of costs.keys()) {
    const slack = Array.from({ length: places }, () => Infinity);
    const before = Array.from({ length: places }, () => -1);
    const reached: number[] = [];
    let free = Array.from({ length: places }, (_, place) => place);
    let [row, last] = [start, -1];
    while (row !== -1) {
      let [nearest, gap] = [-1, Infinity];
      for (const place of free) {
        const reduced = (costs[row]?.[place] ?? 0) - (rowPrice[row] ?? 0) - (placePrice[place] ?? 0);
        if (reduced < (slack[place] ?? Infinity)) {
          slack[place] = reduced;
          before[place] = last;
        }
        if ((slack[place] ?? Infinity) < gap) [nearest, gap] = [place, slack[place] ?? Infinity];
      }
      rowPrice[start] = (rowPrice[start] ?? 0) + gap;
      for (const place of reached) {
        placePrice[place] = (placePrice[place] ?? 0) - gap;
        const taken = rowAt[place] ?? -1;
        rowPrice[taken] = (rowPrice[taken] ?? 0) + gap;
      }
      for (const place of free) slack[place] = (slack[place] ?? Infinity) - gap;
      free = free.filter((place) => place !== nearest);
      reached.push(nearest);
      last = nearest;
      row = rowAt[nearest] ?? -1;
    }
    // Everybody on the path moves up by one.
    while (last !== -1) {
      const from = before[last] ?? -1;
      rowAt[last] = from === -1 ? start : (rowAt[from] ?? -1);
      last = from;
    }
  }
  return rowAt;
}

function worthOf(links: readonly PossibleLink[]): number {
  return links.reduce((sum, link) => sum + worth(link), 0);
}

/** What a link adds to the sum: its bits, and next to nothing where they speak against it. */
function worth({ bits }: PossibleLink): number {
  return bits > 0 ? bits + least : least / (1 - bits);
}

function pairKey(row: string, column: string): string {
  return `${row}\u0000${column}`;
}
