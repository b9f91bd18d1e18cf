import { expect, it } from 'vitest';
import { plainRow } from './cleared-cells.ts';

const read = (...cells: (string | number | null)[]) => {
  const { row, cleared, errors } = plainRow({ number: 2, cells });
  return { cells: row.cells, cleared: [...cleared], errors: [...errors] };
};

it('empties cells that are to be emptied and those that hold the error of a formula, however they are written', () => {
  expect(read('SITI', '[HAPUS]', ' [hapus] ', '#N/A', '\u00a0#ref!', null, 7)).toEqual({
    cells: ['SITI', null, null, null, null, null, 7],
    cleared: [1, 2],
    errors: [3, 4],
  });
});

it('leaves every other cell as it is', () => {
  const cells = ['', '#1', '[lama]', 'A [HAPUS]', '9', 'z', '-', "'[HAPUS]", 'é'];
  expect(read(...cells)).toEqual({ cells, cleared: [], errors: [] });
});
