import { describe, expect, it } from 'vitest';
import { member } from '../../tests/fixtures/members.ts';
import { Instrument, readAnswers } from './instrument.ts';
import { emptyVisit, inspectVisit, type VisitEntry, withoutSkipped } from './visit-entry.ts';

const yesNo = [
  { code: '1', label: 'Ya' },
  { code: '2', label: 'Tidak' },
];
const instrument = Instrument.parse({
  id: 'uji',
  version: '1',
  title: 'Uji',
  source: 'uji',
  household: [
    {
      no: 'IV',
      title: 'Rumah',
      questions: [
        { id: 'listrik', no: '4.1', label: 'Listrik', kind: 'choice', options: yesNo },
        {
          id: 'daya',
          no: '4.2',
          label: 'Daya',
          kind: 'number',
          digits: 4,
          when: [{ field: 'listrik', in: ['1'] }],
        },
        {
          id: 'meter',
          no: '4.3',
          label: 'Meter',
          kind: 'choice',
          options: yesNo,
          when: [{ field: 'daya', in: ['450'] }],
        },
      ],
    },
  ],
  member: [
    {
      no: 'VI',
      title: 'Anggota',
      questions: [{ id: 'bekerja', no: '6.1', label: 'Bekerja', kind: 'choice', options: yesNo, minAge: 5 }],
    },
  ],
});
const members = [
  member({ id: 'tua' }),
  member({ id: 'bayi', sex: 'L', birthDate: '2024-01-01', relation: '3' }),
];
const today = '2026-11-10';
const entry: VisitEntry = {
  ...emptyVisit('Rina'),
  result: '1',
  visitedOn: '2026-11-09',
  household: { listrik: '2' },
  members: { tua: { bekerja: '1' } },
};

function fieldsOf(changes: Partial<VisitEntry>): string[] {
  return inspectVisit({ ...entry, ...changes }, instrument, members, today).map((finding) => finding.field);
}

describe('a visit typed in', () => {
  it('is complete with every question answered that was to be asked', () => {
    expect(fieldsOf({})).toEqual([]);
  });

  it('names what is missing, in the order of the paper', () => {
    expect(fieldsOf({ visitedOn: null, enumerator: ' ', household: { listrik: '1' }, members: {} })).toEqual([
      'visitedOn',
      'enumerator',
      'household.daya',
      'members.tua.bekerja',
    ]);
    expect(fieldsOf({ result: null })).toEqual(['result']);
  });

  it('has not happened tomorrow', () => {
    expect(fieldsOf({ visitedOn: '2026-11-11' })).toEqual(['visitedOn']);
    expect(fieldsOf({ visitedOn: today })).toEqual([]);
  });

  it('asks a note instead of answers where nobody was asked', () => {
    expect(fieldsOf({ result: '3', household: {}, members: {} })).toEqual(['note']);
    expect(fieldsOf({ result: '3', household: {}, members: {}, note: 'Pindah' })).toEqual([]);
  });

  it('takes ages on the day of the visit', () => {
    const child = [member({ id: 'tua', birthDate: '2021-11-10' })];
    const asked = (visitedOn: string) =>
      inspectVisit({ ...entry, visitedOn, members: {} }, instrument, child, today).map(
        (finding) => finding.field,
      );
    expect(asked('2026-11-09')).toEqual([]);
    expect(asked('2026-11-10')).toEqual(['members.tua.bekerja']);
  });

  it('forgets answers to skipped questions, and to those that hang on them', () => {
    const typed = { listrik: '2', daya: '450', meter: '1' };
    expect(readAnswers(instrument.household, typed)).toEqual({
      asked: new Set(['listrik']),
      answers: { listrik: '2' },
    });
    expect(readAnswers(instrument.household, { ...typed, listrik: '1' }).answers).toEqual({
      ...typed,
      listrik: '1',
    });
    const kept = withoutSkipped(
      { ...entry, household: typed, members: { bayi: { bekerja: '1' } } },
      instrument,
      members,
      today,
    );
    expect(kept.household).toEqual({ listrik: '2' });
    expect(kept.members).toEqual({ tua: {}, bayi: {} });
  });
});
