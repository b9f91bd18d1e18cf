import { describe, expect, it } from 'vitest';
import type { ImportReport, ReferenceProgress } from '../../../shared/contract/reference.ts';
import { type Chosen, isChosen, nothing, phaseOf, systemOf } from './phase.ts';

const report: ImportReport = {
  sheet: null,
  rows: 2,
  households: 1,
  persons: 2,
  withoutNik: 0,
  refusedCount: 0,
  refused: [],
  warnings: [],
  unknownColumns: [],
  absentColumns: [],
  detectedAreas: [],
};
const running: ReferenceProgress = {
  id: '019a0000-0000-7000-8000-000000000001',
  state: 'berjalan',
  done: 1,
  total: 2,
  message: 'Membaca berkas',
  problem: null,
  report: null,
  sheets: null,
  list: null,
  sameFile: null,
};
const problem = { code: 'import_no_rows', message: 'Kosong.', next: 'Pilih lagi.', details: {} };
const failed: ReferenceProgress = { ...running, state: 'gagal', problem };
const checked: ReferenceProgress = { ...running, state: 'selesai', report };
const stored: ReferenceProgress = {
  ...checked,
  list: { id: '019a0000-0000-7000-8000-000000000002', name: 'DTKS', version: 1 },
};
const checking: Chosen = { ...nothing, checkId: 'check' };
const storing: Chosen = { ...checking, importId: 'import' };

describe('where an import stands', () => {
  it('is at the choice again where the office was started anew, and says why', () => {
    const { problem: why, ...choice } = { problem: null, ...phaseOf({ ...nothing, lost: true }, null, null) };
    expect(choice).toEqual({ step: 'choose' });
    expect(why).toMatchObject({ code: 'import_lost' });
    expect(phaseOf(nothing, null, null)).toEqual({ step: 'choose', problem: null });
  });

  it.each([
    ['nothing chosen', nothing, null, null, { step: 'choose', problem: null }],
    ['asked for, not heard of yet', checking, null, null, { step: 'loading' }],
    ['being checked', checking, running, null, { step: 'work', job: running, saving: false }],
    [
      'waiting for its turn',
      checking,
      { ...running, state: 'menunggu' },
      null,
      { step: 'work', saving: false },
    ],
    [
      'not readable: back to the choice, with the reason',
      checking,
      failed,
      null,
      { step: 'choose', problem },
    ],
    ['checked', checking, checked, null, { step: 'checked', job: checked, problem: null }],
    ['being stored', storing, checked, running, { step: 'work', job: running, saving: true }],
    [
      'not stored: back to what was found, with the reason',
      storing,
      checked,
      failed,
      { step: 'checked', problem },
    ],
    ['stored', storing, checked, stored, { step: 'saved', job: stored }],
  ] as const)('%s', (_, chosen, check, store, expected) => {
    expect(phaseOf(chosen, check, store)).toMatchObject(expected);
  });
});

it('no codes is no system, and neither is nothing said', () => {
  expect([systemOf('bps'), systemOf('kemendagri'), systemOf('tanpa'), systemOf(null)]).toEqual([
    'bps',
    'kemendagri',
    null,
    null,
  ]);
});

it('what another version of the screen kept is not taken over', () => {
  expect(isChosen(storing)).toBe(true);
  expect(isChosen({ ...storing, source: 'PPLS' })).toBe(false);
  expect(isChosen(undefined)).toBe(false);
});
