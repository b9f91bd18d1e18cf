import { expect, it } from 'vitest';
import { manyGone } from './many-gone.ts';

function infoOf(gone: number, same: number, accepted = gone) {
  const none = { households: 0, accepted: 0 };
  return {
    staged: true,
    complete: true,
    counts: {
      baru: { households: 900, accepted: 900 },
      hilang: { households: gone, accepted },
      berubah: { households: 1, accepted: 1 },
      sama: { households: same, accepted: same },
      pindah_masuk: none,
      pindah_keluar: none,
    },
  };
}

it('a file in which a fifth of the list is missing may be a part of it', () => {
  expect(manyGone(infoOf(150, 0))).toEqual({ gone: 150, of: 151 });
  expect(manyGone(infoOf(20, 79))).toEqual({ gone: 20, of: 100 });
  expect(manyGone(infoOf(19, 80))).toBeNull();
});

it('nothing is asked of few households, of a part, of what was refused, or of a list that stands', () => {
  expect(manyGone(infoOf(4, 0))).toBeNull();
  expect(manyGone({ ...infoOf(150, 0), complete: false })).toBeNull();
  expect(manyGone(infoOf(150, 0, 2))).toBeNull();
  expect(manyGone({ ...infoOf(150, 0), staged: false })).toBeNull();
});
