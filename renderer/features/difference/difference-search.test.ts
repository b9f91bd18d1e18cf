import { expect, it } from 'vitest';
import type { DifferenceInfo } from '../../../shared/contract/difference.ts';
import {
  ChangeView,
  countOf,
  DifferenceSearch,
  offeredViews,
  shownFigures,
  shownKelurahan,
  shownPlace,
  toChangeFilter,
} from './difference-search.ts';

it('a view is a filter, with the place beside it', () => {
  expect(toChangeFilter({}, null)).toEqual({
    kinds: ['baru', 'hilang', 'pindah_masuk', 'pindah_keluar', 'berubah'],
  });
  expect(toChangeFilter({ view: 'desil', rw: 3 }, null)).toEqual({ rankMoved: true, rw: 3 });
  expect(toChangeFilter({ view: 'sama' }, '31.71.01.1001')).toEqual({
    kinds: ['sama'],
    kelurahan: '31.71.01.1001',
  });
});

it("the office's own kelurahan is shown first, among several", () => {
  const area = (code: string) => ({ code, name: code, households: 1 });
  const several = { kelurahan: [area('a'), area('b')], ownKelurahan: 'b' };
  expect(shownKelurahan({}, several)).toBe('b');
  expect(shownKelurahan({ kelurahan: 'a' }, several)).toBe('a');
  expect(shownKelurahan({ kelurahan: 'semua' }, several)).toBeNull();
  expect(shownKelurahan({}, { ...several, ownKelurahan: null })).toBeNull();
  expect(shownKelurahan({}, { kelurahan: [area('b')], ownKelurahan: 'b' })).toBeNull();
});

it('what an address says wrongly is left out', () => {
  expect(DifferenceSearch.parse({ view: 'semua', rw: 'x', kelurahan: 3 })).toEqual({});
});

const named = { id: '', source: 'DTSEN', name: 'DTSEN', listDate: '2026-09-30', version: 1 } as const;
const info: DifferenceInfo = {
  id: '',
  base: named,
  list: named,
  complete: true,
  staged: false,
  replaces: [],
  busy: null,
  decisions: [],
  counts: {
    baru: { households: 1, accepted: 1 },
    berubah: { households: 2, accepted: 2 },
    hilang: { households: 3, accepted: 3 },
    sama: { households: 4, accepted: 4 },
    pindah_masuk: { households: 8, accepted: 8 },
    pindah_keluar: { households: 9, accepted: 9 },
  },
  unread: { households: 7, persons: 9 },
  refusedRows: 12,
  refusedRead: true,
  moves: [
    { from: 2, to: 3, households: 5 },
    { from: 3, to: 2, households: 6 },
  ],
  rws: [],
  kelurahan: [],
  ownKelurahan: null,
};

it('each view knows its number', () => {
  expect(ChangeView.options.map((view) => countOf(info, view))).toEqual([23, 1, 3, 2, 11, 4, 8, 9, 7]);
});

it('who could not be read or moved is a view only where there is somebody', () => {
  const nobody = { households: 0, accepted: 0 };
  const none: DifferenceInfo = {
    ...info,
    unread: { households: 0, persons: 0 },
    counts: { ...info.counts, pindah_masuk: nobody, pindah_keluar: nobody },
  };
  expect(offeredViews(info, 'baru')).toEqual(ChangeView.options);
  expect(offeredViews(none, 'baru')).toEqual(ChangeView.options.slice(0, 6));
  expect(offeredViews(none, 'pindah_keluar')).toEqual([...ChangeView.options.slice(0, 6), 'pindah_keluar']);
  expect(toChangeFilter({ view: 'belum_terbaca' }, null)).toEqual({ unread: true });
});

it('a kelurahan or an RW never shows the figures of the whole list', () => {
  const part = { ...info, moves: [] };
  expect(shownFigures(shownPlace({}, null), info, undefined)).toBe(info);
  for (const place of [shownPlace({}, '31.71.01.1001'), shownPlace({ rw: 3 }, null)]) {
    expect(shownFigures(place, info, undefined)).toBeNull();
    expect(shownFigures(place, info, part)).toBe(part);
  }
});
