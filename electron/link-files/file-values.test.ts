import { describe, expect, it } from 'vitest';
import { dateOf, findHabits, numberOf, plain, sexOf } from './file-values.ts';

const nothing = { nik: [], kk: [], dob: [] };
const local = findHabits(nothing, '2026-11-22');
const monthFirst = findHabits({ ...nothing, dob: ['12/25/1990', '03/04/1985', '07/31/1971'] }, '2026-11-22');

describe('values of files from anywhere', () => {
  it.each([
    ['1990-08-17', '1990-08-17'],
    ['1990/8/7', '1990-08-07'],
    ['19900817', '1990-08-17'],
    ['1990-08-17T00:00:00Z', '1990-08-17'],
    ['17/08/1990', '1990-08-17'],
    ['7-8-1990', '1990-08-07'],
    ['17081990', '1990-08-17'],
    ['20082004', '2004-08-20'],
    // Of FEBRL: a year, then what no month is.
    ['19905412', '1990-54-12'],
    ['17 Agustus 1990', '1990-08-17'],
    ['17-Ags-1990', '1990-08-17'],
    ['Aug 17, 1990', '1990-08-17'],
    ['5 May 1990', '1990-05-05'],
    ['17 Pebruari 1980', '1980-02-17'],
    ['17/08/80', '1980-08-17'],
    ['17-Aug-80', '1980-08-17'],
    ['17/08/20', '2020-08-17'],
    ['23/11/26', '1926-11-23'],
    // No calendar has it; its digits are evidence all the same.
    ['1990-25-12', '1990-25-12'],
    ['80-08-17', null],
    ['17-08-32', '1932-08-17'],
    ['31/02/80', null],
    ['80-Aug-17', null],
    ['17 / 08 / 1990', '1990-08-17'],
    ['Jakarta, 17-08-1990', '1990-08-17'],
    // What a table of fractions and a spreadsheet's zero make of one.
    ['19900817.0', '1990-08-17'],
    ['5031990', '1990-03-05'],
    ['5031990.0', '1990-03-05'],
    ['19900817 00:00:00', '1990-08-17'],
    ['19900817T000000', '1990-08-17'],
    ['17081990 00:00', '1990-08-17'],
    ['170890', null],
    ['1990817', null],
    ['2990-08-17', null],
    ['29029908', null],
    ['29448', null],
    ['1990', null],
    ['00/00/1990', null],
    ['kemarin', null],
    ['', null],
  ])('reads the date %s as %s', (typed, date) => {
    expect(dateOf(typed, local)).toBe(date);
  });

  it('takes the month first where most of the dates that tell have it first', () => {
    expect([local.monthFirst, monthFirst.monthFirst]).toEqual([false, true]);
    expect(dateOf('03/12/1990', local)).toBe('1990-12-03');
    expect(dateOf('03/12/1990', monthFirst)).toBe('1990-03-12');
    expect(dateOf('03121990', monthFirst)).toBe('1990-03-12');
    expect(
      findHabits({ ...nothing, dob: ['13/02/1990', '14/02/1990', '02/13/1990'] }, '2026-11-22').monthFirst,
    ).toBe(false);
  });

  it('reads the day numbers of a spreadsheet where most of a column are such, and a column of years never', () => {
    const serial = findHabits({ ...nothing, dob: ['29448', '33000.0', '9000', '17-08-1990'] }, '2026-11-22');
    const years = findHabits({ ...nothing, dob: ['1990', '1985', '2004'] }, '2026-11-22');
    expect(['29448', '29450.0', '17-08-1990'].map((typed) => dateOf(typed, serial))).toEqual([
      '1980-08-15',
      '1980-08-17',
      '1990-08-17',
    ]);
    expect([dateOf('1990', years), dateOf('29448', local)]).toEqual([null, null]);
  });

  it('leaves what a file does not tell to the other file', () => {
    const beside = { nik: ['AB-12'], kk: ['K7'], dob: ['12/25/1990'] };
    const open = findHabits({ ...nothing, dob: ['03/04/1985'] }, '2026-11-22', beside);
    expect([open.monthFirst, open.nikIsNik, open.kkIsKk]).toEqual([true, false, false]);
    const own = findHabits(
      { nik: ['3171011708800101'], kk: ['3171010101100001'], dob: ['25/12/1990'] },
      '2026-11-22',
      beside,
    );
    expect([own.monthFirst, own.nikIsNik, own.kkIsKk]).toEqual([false, true, true]);
  });

  it('takes no number that a spreadsheet damaged, nor any that votes with it', () => {
    expect([numberOf('3.17101E+15', false), numberOf('3,17101e+15', true)]).toEqual([null, null]);
    expect([numberOf('3171010503900001.0', true), numberOf('41.0', false)]).toEqual([
      '3171010503900001',
      '41',
    ]);
    // More digits than a fraction holds.
    expect(numberOf('9171010503900001.0', true)).toBeNull();
    const damaged = ['3.17101E+15', '3.17102E+15', '3171010503900001'];
    expect(findHabits({ ...nothing, nik: damaged }, '2026-11-22').nikIsNik).toBe(true);
  });

  it('keeps codes with an E among digits, which no spreadsheet writes so', () => {
    expect(['1E5', '3E07', '3E15', '1E+5', '1.2E5'].map((typed) => numberOf(typed, false))).toEqual([
      '1E5',
      '3E07',
      null,
      null,
      null,
    ]);
  });

  it('reads no year of two digits where one stands first: it may be the day', () => {
    const yearFirst = findHabits({ ...nothing, dob: ['05-08-17', '80-08-17'] }, '2026-11-22');
    expect(['05-08-17', '17-Aug-05', '1980-08-17'].map((typed) => dateOf(typed, yearFirst))).toEqual([
      null,
      null,
      '1980-08-17',
    ]);
    // A slip in the day is no year.
    const slip = findHabits({ ...nothing, dob: ['05-08-17', '32-08-80', '1990-08-17'] }, '2026-11-22');
    expect(dateOf('05-08-17', slip)).toBe('2017-08-05');
    // Nor is one such date a habit among those that have the year last.
    const most = findHabits({ ...nothing, dob: ['80-08-17', '17-08-80', '5/8/80'] }, '2026-11-22');
    expect(['05-08-17', '17-08-80', '80-08-17'].map((typed) => dateOf(typed, most))).toEqual([
      '2017-08-05',
      '1980-08-17',
      null,
    ]);
  });

  it.each([
    ...['L', 'Laki-laki', 'lelaki', 'Pria', 'M', 'male', '1'].map((typed) => [typed, 'L'] as const),
    ...['P', 'Perempuan', 'W', 'wanita', 'f', 'Female', '2'].map((typed) => [typed, 'P'] as const),
    ...['x', '', '9'].map((typed) => [typed, null] as const),
  ])('reads the sex %s as %s', (typed, sex) => {
    expect(sexOf(typed)).toBe(sex);
  });

  it('reads a column by the rules of NIK only where most of it are NIKs', () => {
    const niks = findHabits(
      { ...nothing, nik: ['3171011708800101', "'3171015708800001", '-'] },
      '2026-11-22',
    );
    const codes = findHabits({ ...nothing, nik: ['AB-12', '5304218', '3171011708800101'] }, '2026-11-22');
    expect([niks.nikIsNik, codes.nikIsNik]).toEqual([true, false]);
    expect(numberOf("'3171.0117.0880.0101", true)).toBe('3171011708800101');
    expect(numberOf('0000000000000000', true)).toBeNull();
    expect(numberOf('ab-12 x', false)).toBe('AB12X');
    for (const filler of ['-', 'xxx', '999', '']) expect(numberOf(filler, false), filler).toBeNull();
  });

  it('compares texts without case, accents and and signs', () => {
    expect(plain('  Café “São-Paulo”, 2 ')).toBe('CAFE SAO PAULO 2');
    expect(plain("D'Angelo")).toBe('DANGELO');
    expect(plain(' – ')).toBeNull();
  });
});
