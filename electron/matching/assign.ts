import { DisjointSets } from './disjoint-sets.ts';

/** A possible link between a member (row) and a person of a list (column). */
export interface PossibleLink {
  row: string;
  column: string;
  bits: number;
}

/** More links than this hang together only by weak ones; there the highest weight decides alone. */
const swappedAtMost = 400;

/**
 * One-to-one by the highest weight, then swaps as long as two links gain by exchanging partners:
 * spouses with each other's NIK end where the sum is best, not where the first grab fell. Links that
 * share nobody do not bear on each other, so each connected part is assigned by itself.
 */
export function assignOneToOne<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  return connectedParts(links).flatMap((part) => assignPart(part));
}

function connectedParts<Link extends PossibleLink>(links: readonly Link[]): Link[][] {
  const groups = new DisjointSets();
  for (const link of links) groups.join(`row ${link.row}`, `column ${link.column}`);
  return [...Map.groupBy(links, (link) => groups.find(`row ${link.row}`)).values()];
}

function assignPart<Link extends PossibleLink>(links: readonly Link[]): Link[] {
  const [only, second] = links;
  if (only !== undefined && second === undefined) return [only];
  const byPair = new Map(links.map((link): [string, Link] => [pairKey(link.row, link.column), link]));
  const chosen: Link[] = [];
  const rows = new Set<string>();
  const columns = new Set<string>();
  for (const link of [...links].sort((left, right) => right.bits - left.bits)) {
    if (rows.has(link.row) || columns.has(link.column)) continue;
    chosen.push(link);
    rows.add(link.row);
    columns.add(link.column);
  }
  for (let improved = links.length <= swappedAtMost; improved;) improved = swapOnce(chosen, byPair);
  return chosen;
}

function swapOnce<Link extends PossibleLink>(chosen: Link[], byPair: ReadonlyMap<string, Link>): boolean {
  for (const [index, one] of chosen.entries()) {
    for (const [otherIndex, other] of chosen.entries()) {
      if (otherIndex <= index) continue;
      const crossed = byPair.get(pairKey(one.row, other.column));
      const back = byPair.get(pairKey(other.row, one.column));
      if (
        crossed === undefined ||
        back === undefined ||
        crossed.bits + back.bits <= one.bits + other.bits + 1e-9
      )
        continue;
      chosen[index] = crossed;
      chosen[otherIndex] = back;
      return true;
    }
  }
  return false;
}

function pairKey(row: string, column: string): string {
  return `${row}\u0000${column}`;
}
