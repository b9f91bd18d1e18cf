/** A possible link between a member (row) and a person of a list (column). */
export interface PossibleLink {
  row: string;
  column: string;
  bits: number;
}

/**
 * One-to-one by the highest weight, then swaps as long as two links gain by exchanging partners:
 * spouses with each other's NIK end where the sum is best, not where the first grab fell.
 */
export function assignOneToOne<Link extends PossibleLink>(links: readonly Link[]): Link[] {
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
  for (let improved = true; improved;) improved = swapOnce(chosen, byPair);
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
