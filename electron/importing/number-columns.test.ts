import { expect, it } from 'vitest';
import { isSixteenDigits, readSixteenDigits } from './numbers.ts';
import { NumberColumns } from './number-columns.ts';
import { matchHeader } from './profile.ts';
import { profileFor } from './profiles.ts';
import { RowColumns } from './row-columns.ts';

const profile = profileFor('DTKS', null);
const headers = ['kk', 'nik'].map(
  (role) => profile.columns.find((column) => column.role === role)?.header ?? role,
);
const columns = new RowColumns(profile, matchHeader(profile, headers));
const rowsOf = (cards: readonly string[]) => cards.map((kk, at) => ({ number: 2 + at, cells: [kk, null] }));
const card = (nth: number, last: number) => `317101${String(101_000_111 + nth)}${last}`;

it('takes a number of sixteen digits for one, and nothing else', () => {
  const texts = [
    '3171010108800001',
    '317101010880000',
    '31710101088000011',
    '317101010880000x',
    '٣١٧١٠١٠١٠٨٨٠٠٠٠١',
    '',
  ];
  expect(texts.map(isSixteenDigits)).toEqual([true, false, false, false, false, false]);
  expect(readSixteenDigits('1111111111111111', 'NIK')).toEqual({ kind: 'blank', filler: true });
  expect(readSixteenDigits('1121111111111111', 'NIK').kind).toBe('whole');
});

it('counts the card of a family once, however many rows repeat it, and reads the next one anew', () => {
  const numbers = new NumberColumns(columns);
  // Twenty-three cards that end in 0, three rows each, are too few to tell that the last digit was lost.
  const few = rowsOf(Array.from({ length: 23 }, (_, nth) => card(nth, 0)).flatMap((kk) => [kk, kk, kk]));
  numbers.look(few);
  expect(new Set(few.map((row) => numbers.kk(row).kind))).toEqual(new Set(['whole']));
  const many = rowsOf(Array.from({ length: 30 }, (_, nth) => card(nth, 0)).flatMap((kk) => [kk, kk]));
  const lost = new NumberColumns(columns);
  lost.look(many);
  expect(new Set(many.map((row) => lost.kk(row).kind))).toEqual(new Set(['damaged']));
  const [one, two] = rowsOf([card(1, 1), card(2, 2)]);
  const read = [one, one, two, one].map((row) => (row === undefined ? null : numbers.kk(row)));
  expect(read.map((number) => (number?.kind === 'whole' ? number.digits : null))).toEqual(
    [1, 1, 2, 1].map((nth) => card(nth, nth)),
  );
});
