import { beforeEach, describe, expect, it } from 'vitest';
import { type Household, LaidLists } from '../../tests/fixtures/laid-lists.ts';
import type { ChangeFilter, ChangePlace } from '../../shared/contract/difference.ts';
import { computeDifference } from './difference-compute.ts';
import { differenceFigures, listChanges } from './difference.ts';
import { householdsOf, turnChanges } from './staged-decisions.ts';

const laid = new LaidLists();
const [gambir, cideng] = ['31.71.01.1001', '31.71.01.1002'];

/** Households of one person each, called as the person. */
function households(...names: string[]): Household[] {
  return names.map((name) => [name, { name }]);
}

beforeEach(() => {
  laid.list('dahulu', households('TETAP', 'HILANG', 'KELUAR', 'MASUK', 'GESER'), {
    places: {
      TETAP: { kelurahan: gambir, rw: 1 },
      HILANG: { kelurahan: gambir, rw: 1 },
      KELUAR: { kelurahan: gambir, rw: 1 },
      MASUK: { kelurahan: cideng, rw: 7 },
      GESER: { kelurahan: gambir, rw: 2 },
    },
  });
  laid.list('kini', households('TETAP', 'KELUAR', 'MASUK', 'GESER', 'BARU'), {
    places: {
      // What is left blank has not moved.
      KELUAR: { kelurahan: cideng },
      MASUK: { kelurahan: gambir, rw: 1 },
      GESER: { kelurahan: gambir, rw: 1 },
      BARU: { kelurahan: gambir, rw: 1 },
    },
  });
  const how = {
    id: 'd',
    baseList: 'dahulu',
    list: 'kini',
    earlier: [{ id: 'dahulu', years: 0 }],
    complete: true,
    labelOf: String,
    at: '',
  };
  for (const _ of computeDifference(laid.db, how));
});

function shown(filter: ChangeFilter): string[] {
  const { rows, total } = listChanges(laid.db, 'd', filter, { offset: 0, limit: 50 });
  expect(rows).toHaveLength(total);
  return rows.map(({ kind, headName }) => `${headName} ${kind}`);
}

function counted(place: ChangePlace): Record<string, number> {
  const { counts } = differenceFigures(laid.db, 'd', place);
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, { households: n }]) => (n === 0 ? [] : [[kind, n]])),
  );
}

describe('a household that moved', () => {
  it('moved out of the one kelurahan and into the other; in the whole list it changed', () => {
    expect(shown({ kelurahan: gambir })).toEqual([
      'BARU baru',
      'HILANG hilang',
      'MASUK pindah_masuk',
      'KELUAR pindah_keluar',
      'GESER berubah',
      'TETAP sama',
    ]);
    expect(counted({ kelurahan: gambir })).toEqual({
      baru: 1,
      hilang: 1,
      pindah_masuk: 1,
      pindah_keluar: 1,
      berubah: 1,
      sama: 1,
    });
    expect(shown({ kelurahan: cideng })).toEqual(['KELUAR pindah_masuk', 'MASUK pindah_keluar']);
    expect(counted({})).toEqual({ baru: 1, hilang: 1, berubah: 3, sama: 1 });
    expect(shown({ kelurahan: gambir, kinds: ['pindah_keluar'] })).toEqual(['KELUAR pindah_keluar']);
    expect(shown({ kelurahan: gambir, kinds: ['berubah'] })).toEqual(['GESER berubah']);
  });

  it('moved between RW too, and every place that it left is offered', () => {
    expect(shown({ kelurahan: gambir, rw: 1, kinds: ['pindah_masuk', 'pindah_keluar', 'berubah'] })).toEqual([
      'GESER pindah_masuk',
      'MASUK pindah_masuk',
      'KELUAR pindah_keluar',
    ]);
    expect(shown({ kelurahan: gambir, rw: 2 })).toEqual(['GESER pindah_keluar']);
    const figures = differenceFigures(laid.db, 'd', { kelurahan: gambir });
    expect(figures.rws).toEqual([1, 2]);
    expect(figures.kelurahan).toEqual([
      { code: gambir, households: 6 },
      { code: cideng, households: 2 },
    ]);
  });

  it('is decided with those that its place shows', () => {
    const decided = turnChanges(laid.db, 'd', false, { filter: { kelurahan: cideng } });
    expect(decided).toMatchObject({ rows: { length: 2 }, counts: { baru: 0, berubah: 2, hilang: 0 } });
    expect(shown({ accepted: false })).toEqual(['MASUK berubah', 'KELUAR berubah']);
  });

  it('counts among the ranks that moved of the place where it stands now', () => {
    laid.db.exec('UPDATE reference_change SET rank_before = 2, rank_after = 3');
    const moves = (place: ChangePlace) => differenceFigures(laid.db, 'd', place).moves[0]?.households;
    expect([moves({ kelurahan: gambir }), moves({ kelurahan: cideng })]).toEqual([5, 1]);
    expect(shown({ kelurahan: cideng, rankMoved: true })).toEqual(['KELUAR pindah_masuk']);
  });
});

it('the households of a decision are named alike, however many they are', () => {
  const few = turnChanges(laid.db, 'd', false, { filter: {} });
  const nobody = Array.from({ length: 1_001 }, (_, at) => 1_000_000 + at);
  const many = { ...few, rows: [...few.rows, ...nobody] };
  expect(few.counts).toEqual({ baru: 1, berubah: 3, hilang: 1 });
  expect(householdsOf(laid.db, few, 'kini')).toEqual({ earlier: '2-5', added: '5' });
  expect(householdsOf(laid.db, many, 'kini')).toEqual({ earlier: '2-5', added: '5' });
});
