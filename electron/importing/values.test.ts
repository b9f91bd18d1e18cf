import { describe, expect, test } from 'vitest';
import { readIdentity, readSixteenDigits } from './numbers.ts';
import { readAge, readDate, readRelation, readSex } from './values.ts';

describe('sixteen digits', () => {
  test.each([
    ['3171014101800001', { kind: 'whole', digits: '3171014101800001', asNumber: false }],
    [' 3171.0141.0180.0001 ', { kind: 'whole', digits: '3171014101800001', asNumber: false }],
    [3171014101800001, { kind: 'whole', digits: '3171014101800001', asNumber: true }],
    [null, { kind: 'blank', filler: false }],
    ['   ', { kind: 'blank', filler: false }],
    ['0000000000000000', { kind: 'blank', filler: true }],
    [0, { kind: 'blank', filler: true }],
    ['TIDAK ADA', { kind: 'blank', filler: true }],
    ['317101', { kind: 'odd', text: '317101' }],
    [317101, { kind: 'odd', text: '317101' }],
  ])('%j', (cell, expected) => {
    expect(readSixteenDigits(cell, 'NIK')).toEqual(expected);
  });

  test.each([
    3171014101800010,
    9_171_014_101_800_012,
    31710141018000110,
    '3.17E+15',
    '3171014101800000',
    '3171014101800001.0',
  ])('%j is damaged', (cell) => {
    expect(readSixteenDigits(cell, 'NIK')).toMatchObject({
      kind: 'damaged',
      why: expect.stringContaining('NIK'),
    });
  });
});

test('an identity as a number is trusted only while no digit can be lost', () => {
  expect(readIdentity(120034)).toEqual({ kind: 'whole', text: '120034' });
  expect(readIdentity(3_173_050_003_000_120)).toEqual({ kind: 'damaged' });
  expect(readIdentity('3173050003000120045')).toEqual({ kind: 'whole', text: '3173050003000120045' });
  expect(readIdentity(undefined)).toEqual({ kind: 'blank' });
});

test.each([
  ['1980-08-17', '1980-08-17'],
  ['1980-08-17 00:00:00', '1980-08-17'],
  ['17/08/1980', '1980-08-17'],
  ['17-8-1980', '1980-08-17'],
  ['17 Agustus 1980', '1980-08-17'],
  ['17-Ags-1980', '1980-08-17'],
  ['5-May-1999', '1999-05-05'],
  [29450, '1980-08-17'],
  ['29450', '1980-08-17'],
  ['19800817', '1980-08-17'],
  [19800817, '1980-08-17'],
  ['17081980', '1980-08-17'],
  [5031990, '1990-03-05'],
  ['19801708', null],
  ['17191980', null],
  ['1980', null],
  ['10110817', null],
  ['08/17/1980', null],
  ['31/02/1980', null],
  ['17/08/80', '1980-08-17'],
  ['17-Aug-80', '1980-08-17'],
  ['21.11.26', '2026-11-21'],
  ['23/11/26', '1926-11-23'],
  ['29/02/00', '2000-02-29'],
  ['31/02/80', null],
  ['17 Pebruari 1980', '1980-02-17'],
  ['3 Nopember 1975', '1975-11-03'],
  ['17. Agustus 1980', '1980-08-17'],
  ['17 / 08 / 1980', '1980-08-17'],
  ['1980 - 08 - 17', '1980-08-17'],
  ['Jakarta, 17-08-1980', '1980-08-17'],
  ['KOTA BARU, 17 Agustus 1980', '1980-08-17'],
  ['17 Augurium x', null],
  [1980, null],
  [2999, null],
  ['17/08/2030', null],
  [12, null],
  ['', null],
])('date %j → %j', (cell, expected) => {
  expect(readDate(cell, '2026-11-22')).toBe(expected);
});

test('a serial number counts from 1904 where the workbook does; a year is none there either', () => {
  expect(readDate(27_988, '2026-11-22', true)).toBe('1980-08-17');
  expect(readDate(1980, '2026-11-22', true)).toBeNull();
});

test.each([
  [1, 'L'],
  ['2', 'P'],
  ['LAKI - LAKI', 'L'],
  ['Perempuan', 'P'],
  ['lelaki', 'L'],
  ['W', 'P'],
  ['Wanita', 'P'],
  ['X', null],
])('sex %j', (cell, expected) => {
  expect(readSex(cell)).toBe(expected);
});

test.each([
  ['01', '1', '1'],
  [3, '3', null],
  ['8', '8', null],
  ['9', null, null],
  ['KEPALA KELUARGA', '1', '1'],
  ['Istri', '2', '2'],
  ['3. ISTRI', '2', '2'],
  ['MERTUA', '6', '6'],
  ['FAMILI LAIN', '8', '8'],
  ['constructor', null, null],
])('relation %j', (cell, asBdt, asWord) => {
  expect(readRelation(cell, true)).toBe(asBdt);
  expect(readRelation(cell, false)).toBe(asWord);
});

test.each([
  [35, 35],
  ['35.0', 35],
  ['35 th', 35],
  ['35 Thn.', 35],
  ['35tahun', 35],
  ['0', 0],
  ['8 bulan', null],
  ['131', null],
  ['1980', null],
  [null, null],
])('age %j', (cell, expected) => {
  expect(readAge(cell)).toBe(expected);
});
