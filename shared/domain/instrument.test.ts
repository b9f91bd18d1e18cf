import { describe, expect, it } from 'vitest';
import { ageOn, inspectAnswers, isAsked, Question } from './instrument.ts';

const wall = Question.parse({
  id: 'dinding',
  no: '1',
  label: 'Dinding',
  kind: 'choice',
  options: [
    { code: '1', label: 'Tembok' },
    { code: '4', label: 'Anyaman' },
  ],
});
const condition = Question.parse({
  id: 'kondisi',
  no: '2',
  label: 'Kondisi',
  kind: 'choice',
  options: [
    { code: '1', label: 'Bagus' },
    { code: '2', label: 'Jelek' },
  ],
  when: [{ field: 'dinding', in: ['1', '2', '3'] }],
});
const hours = Question.parse({
  id: 'jam',
  no: '3',
  label: 'Jam kerja',
  kind: 'number',
  min: 0,
  max: 98,
  minAge: 5,
});
const pregnant = Question.parse({
  id: 'hamil',
  no: '4',
  label: 'Hamil',
  kind: 'choice',
  options: [
    { code: '1', label: 'Ya' },
    { code: '2', label: 'Tidak' },
  ],
  sex: 'P',
  minAge: 10,
  maxAge: 49,
});
const groups = [{ no: 'A', title: 'Uji', questions: [wall, condition, hours, pregnant] }];

describe('the instrument evaluator', () => {
  it('skips by earlier answers, age and sex', () => {
    expect(isAsked(condition, { dinding: '4' })).toBe(false);
    expect(isAsked(condition, { dinding: '1' })).toBe(true);
    expect(isAsked(condition, {})).toBe(false);
    expect(isAsked(hours, {}, { age: 4, sex: 'L' })).toBe(false);
    expect(isAsked(pregnant, {}, { age: 30, sex: 'L' })).toBe(false);
    expect(isAsked(pregnant, {}, { age: 50, sex: 'P' })).toBe(false);
    expect(isAsked(pregnant, {}, { age: 49, sex: 'P' })).toBe(true);
  });

  it('names every answer that is missing, out of range, unknown, or was to be skipped', () => {
    const found = inspectAnswers(groups, { dinding: '4', kondisi: '1', jam: '99' }, { age: 30, sex: 'P' });
    expect(found.map(({ question }) => question)).toEqual(['kondisi', 'jam', 'hamil']);
    expect(
      inspectAnswers(groups, { dinding: '9', jam: 'x' }, { age: 60, sex: 'L' }).map(({ message }) => message),
    ).toEqual(['Kode 9 tidak ada. Pilihannya 1, 4.', 'Isi dengan angka bulat.']);
    expect(
      inspectAnswers(groups, { dinding: '1', kondisi: '2', jam: '40', hamil: '2' }, { age: 30, sex: 'P' }),
    ).toEqual([]);
  });

  it('counts whole years', () => {
    expect(ageOn('1980-11-11', '2026-11-10')).toBe(45);
    expect(ageOn('1980-11-10', '2026-11-10')).toBe(46);
  });
});
