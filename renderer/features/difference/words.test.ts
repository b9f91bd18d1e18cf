import { expect, it } from 'vitest';
import { words } from './words.ts';

const info = {
  refusedRows: 12,
  refusedRead: true,
  complete: true,
  staged: true,
  unread: { households: 0, persons: 0 },
};

it('a decision that was taken back in part says how much was left, and by whom it was decided again', () => {
  expect(words.takenBack(3, 0, '')).toBe('3 baris dikembalikan');
  expect(words.takenBack(3, 2, 'Ani')).toBe(
    '3 baris dikembalikan; 2 lagi sudah diputuskan ulang oleh Ani dan dibiarkan',
  );
});

it('rows that were refused are said to tell of nobody only where it was looked', () => {
  const nobody = 'Tidak seorang pun';
  expect(words.refusedNote(info)).toContain(nobody);
  const unlooked = { ...info, refusedRead: false };
  expect(words.refusedNote(unlooked)).not.toContain(nobody);
  expect(words.refusedNote(unlooked)).toContain('baca lagi berkas asalnya sebelum menyimpan');
  expect(words.refusedNote({ ...unlooked, staged: false })).not.toContain('Buang');
  expect(words.refusedNote({ ...unlooked, complete: false })).toBe(
    '12 baris berkas ini ditolak, jadi belum terbaca.',
  );
  expect(words.refusedNote({ ...info, unread: { households: 2, persons: 3 } })).toContain('3 orang');
});
