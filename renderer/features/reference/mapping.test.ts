import { expect, it } from 'vitest';
import type { PreviewSheet } from '../../../shared/contract/reference.ts';
import { fitOf, rolesOf, withSaved } from './mapping.ts';

const sheet: PreviewSheet = {
  name: null,
  headerRow: 1,
  columns: [
    { header: 'Nama Warga', at: 0, role: 'name', samples: [] },
    { header: 'No. Kartu', at: 1, role: 'answer', samples: [] },
  ],
};

it('begins with what was chosen before, else with what is suggested', () => {
  expect(rolesOf(sheet, null)).toEqual(['name', 'answer']);
  const columns = [{ header: 'No. Kartu', role: 'kk' } as const];
  expect(rolesOf(sheet, { sheet: null, headerRow: 1, columns })).toEqual(['name', 'kk']);
});

it('a saved mapping says what it knows, whatever the case and the dots of a header', () => {
  const saved = {
    columns: [
      { header: 'no kartu', role: 'kk' as const },
      { header: 'lain', role: 'skip' as const },
    ],
  };
  expect(fitOf(sheet, saved)).toBe(1);
  expect(withSaved(sheet, ['skip', 'answer'], saved)).toEqual(['skip', 'kk']);
});

it('of headers that are alike, each has the meaning that was said of it', () => {
  const alike: PreviewSheet = {
    ...sheet,
    columns: [0, 1].map((at) => ({ header: 'Nama', at, role: 'name', samples: [] })),
  };
  const columns = [
    { header: 'Nama', role: 'skip' as const },
    { header: 'Nama', role: 'name' as const },
  ];
  expect(rolesOf(alike, { sheet: null, headerRow: 1, columns })).toEqual(['skip', 'name']);
  expect(withSaved(alike, ['name', 'answer'], { columns })).toEqual(['skip', 'name']);
});
