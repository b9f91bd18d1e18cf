import { expect, it } from 'vitest';
import { words } from './words.ts';

it('says in plain words how many wrong links are to be expected of what is confirmed at once', () => {
  expect(words.wrongExpected(200, 0.4)).toMatch(
    /^Dari 200 tautan ke daftar acuan, kira-kira kurang dari 1 bisa keliru\./,
  );
  expect(words.wrongExpected(1200, 2.6)).toMatch(
    /^Dari 1\.200 tautan ke daftar acuan, kira-kira 3 bisa keliru\./,
  );
  // A whole one is not "less than one".
  expect(words.wrongExpected(900, 1)).toContain('kira-kira 1 bisa keliru');
  expect(words.wrongExpected(0, 0)).not.toContain('keliru');
});
