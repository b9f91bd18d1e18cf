import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignOneToOne, type PossibleLink } from './assign.ts';

function links(table: Readonly<Record<string, Readonly<Record<string, number>>>>): PossibleLink[] {
  return Object.entries(table).flatMap(([row, columns]) =>
    Object.entries(columns).map(([column, bits]) => ({ row, column, bits })),
  );
}

function pairs(assigned: readonly PossibleLink[]): string[] {
  return assigned.map(({ row, column }) => `${row}–${column}`).toSorted();
}

/** The best sum there is, by trying everything. */
function bestSum(all: readonly PossibleLink[], rows: readonly string[]): number {
  const [row, ...others] = rows;
  if (row === undefined) return 0;
  const without = bestSum(all, others);
  const withOne = all
    .filter((link) => link.row === row)
    .map(
      (link) =>
        link.bits +
        bestSum(
          all.filter(({ column }) => column !== link.column),
          others,
        ),
    );
  return Math.max(without, ...withOne);
}

describe('one-to-one assignment', () => {
  it('gives spouses whose NIK were swapped each to the one that fits both best', () => {
    expect(pairs(assignOneToOne(links({ suami: { a: 10, b: 9 }, istri: { a: 9, b: 1 } })))).toEqual([
      'istri–a',
      'suami–b',
    ]);
  });

  it('leaves nobody without their only partner for one who has another', () => {
    expect(pairs(assignOneToOne(links({ a: { x: 10, y: 9 }, b: { x: 9 } })))).toEqual(['a–y', 'b–x']);
  });

  it('finds an exchange among three that no two of them would make', () => {
    const ring = links({ a: { x: 10, y: 8 }, b: { y: 10, z: 8 }, c: { x: 9, z: 0.5 } });
    expect(pairs(assignOneToOne(ring))).toEqual(['a–y', 'b–z', 'c–x']);
  });

  it('keeps a link that speaks against itself where nobody else wants either', () => {
    expect(pairs(assignOneToOne(links({ a: { x: -3 }, b: { y: 5, z: -1 } })))).toEqual(['a–x', 'b–y']);
    expect(pairs(assignOneToOne(links({ a: { x: 10, y: -2 }, b: { x: 9 } })))).toEqual(['a–x']);
  });

  it('takes the first of several that are equally good', () => {
    expect(pairs(assignOneToOne(links({ a: { x: 4, y: 4 }, b: { x: 4, y: 4 } })))).toEqual(['a–x', 'b–y']);
  });

  it('has the best sum of all assignments, and each person once', () => {
    const link = fc.record({
      row: fc.constantFrom('a', 'b', 'c', 'd'),
      column: fc.constantFrom('w', 'x', 'y', 'z'),
      bits: fc.integer({ min: 1, max: 40 }),
    });
    const table = fc.uniqueArray(link, { selector: ({ row, column }) => row + column, maxLength: 12 });
    fc.assert(
      fc.property(table, (all) => {
        const assigned = assignOneToOne(all);
        expect(new Set(assigned.map(({ row }) => row)).size).toBe(assigned.length);
        expect(new Set(assigned.map(({ column }) => column)).size).toBe(assigned.length);
        const sum = assigned.reduce((total, { bits }) => total + bits, 0);
        expect(sum).toBe(bestSum(all, [...new Set(all.map(({ row }) => row))]));
      }),
    );
  });
});
