import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaseState } from './case-flow.ts';
import { countCells, type RecapCell, recapColumns, recapRows, recapStages } from './recap.ts';

const cells = fc.uniqueArray(
  fc.record({
    kelurahan: fc.constantFrom('31.71.01.1001', '31.71.01.1002'),
    rw: fc.integer({ min: 1, max: 3 }),
    rt: fc.integer({ min: 1, max: 3 }),
    mode: fc.constantFrom('aktif' as const, 'pasif' as const),
    state: fc.constantFrom(...CaseState.options),
    result: fc.constantFrom('tetap' as const, 'berubah' as const, 'baru' as const, null),
    count: fc.integer({ min: 1, max: 50 }),
  }),
  { selector: (cell) => JSON.stringify({ ...cell, count: 0 }), maxLength: 60 },
);

function numberIn(row: { counts: number[] }, key: string): number {
  return row.counts[recapColumns.findIndex((column) => column.key === key)] ?? Number.NaN;
}

describe('recap', () => {
  it('puts every state in exactly one stage', () => {
    expect(recapStages.flatMap((stage) => stage.states).sort()).toEqual([...CaseState.options].sort());
  });

  it('counts every case once in each group of columns, in every row', () => {
    fc.assert(
      fc.property(cells, (all: RecapCell[]) => {
        for (const row of recapRows(all)) {
          const total = numberIn(row, 'jumlah');
          for (const group of ['Cara daftar', 'Hasil identifikasi', 'Tahap']) {
            const sum = recapColumns.reduce(
              (soFar, column, index) => soFar + (column.group === group ? (row.counts[index] ?? 0) : 0),
              0,
            );
            expect(sum).toBe(total);
          }
        }
      }),
    );
  });

  it('adds RT to RW, RW to kelurahan and all to the total', () => {
    fc.assert(
      fc.property(cells, (all: RecapCell[]) => {
        const rows = recapRows(all);
        const sumOf = (kind: string) =>
          rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + numberIn(row, 'jumlah'), 0);
        const total = all.reduce((sum, cell) => sum + cell.count, 0);
        expect(sumOf('rt')).toBe(total);
        expect(sumOf('rw')).toBe(total);
        expect(sumOf('total')).toBe(total);
        expect([0, total]).toContain(sumOf('kelurahan'));
        expect(countCells(all, {})).toBe(total);
      }),
    );
  });

  it('shows the kelurahan rows only where there are several', () => {
    const one = {
      kelurahan: '31.71.01.1001',
      rw: 1,
      rt: 2,
      mode: 'aktif',
      state: 'TERDAFTAR',
      result: null,
      count: 2,
    } as const;
    expect(recapRows([one]).map((row) => row.kind)).toEqual(['rt', 'rw', 'total']);
    expect(recapRows([one, { ...one, kelurahan: '31.71.01.1002' }]).map((row) => row.kind)).toEqual([
      'rt',
      'rw',
      'kelurahan',
      'rt',
      'rw',
      'kelurahan',
      'total',
    ]);
    expect(recapRows([]).map((row) => row.counts)).toEqual([recapColumns.map(() => 0)]);
  });
});
