import { describe, expect, it } from 'vitest';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { Instrument } from '../../../shared/domain/instrument.ts';
import { emptyVisit, type VisitEntry } from '../../../shared/domain/visit-entry.ts';
import { member } from '../../../tests/fixtures/members.ts';
import { acceptRecorded, answersOf, newFamilies, pathOfAnswer, waitsFor, withAnswer } from './entry-edit.ts';

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
const sheet: Pick<OpenSheet, 'instrument' | 'recorded'> = {
  instrument,
  recorded: {
    household: { listrik: '1', daya: '450' },
    families: {},
    members: { tua: { bekerja: '2' }, bayi: { bekerja: '1' } },
  },
};
const empty: VisitEntry = { ...emptyVisit('Rina'), result: '1', visitedOn: '2026-11-09' };
const household = { kind: 'household' } as const;

describe('families found only on the visit', () => {
  it('are those that a correction names and neither the paper nor the household knows, once each', () => {
    const corrections = {
      added: ['x'],
      fields: {
        'members.x.familyNo': '3',
        'members.y.familyNo': '2',
        'members.z.familyNo': ' 3 ',
        'members.z.name': '4',
        'members.w.familyNo': '0',
      },
    };
    expect(newFamilies({ ...emptyVisit(''), corrections }, [1, 2])).toEqual([3]);
    expect(newFamilies({ ...emptyVisit(''), corrections }, [1])).toEqual([2, 3]);
    expect(newFamilies(emptyVisit(''), [1])).toEqual([]);
  });
});

describe('answers on the screen', () => {
  it('are set, changed and taken out one at a time, of the household or a member', () => {
    const once = withAnswer(empty, household, 'listrik', '1');
    expect(once.household).toEqual({ listrik: '1' });
    expect(withAnswer(once, household, 'listrik', '1')).toBe(once);
    expect(withAnswer(once, household, 'listrik', '').household).toEqual({});
    const member = withAnswer(once, { kind: 'member', id: 'tua' }, 'bekerja', '2');
    expect(answersOf(member, { kind: 'member', id: 'tua' })).toEqual({ bekerja: '2' });
    expect(member.household).toEqual({ listrik: '1' });
    expect(pathOfAnswer({ kind: 'member', id: 'tua' }, 'bekerja')).toBe('members.tua.bekerja');
  });

  it('accept what is on record, also what an accepted answer opens', () => {
    const accepted = acceptRecorded(empty, sheet, members, '2026-11-09');
    expect(accepted.taken).toBe(3);
    expect(accepted.entry.household).toEqual({ listrik: '1', daya: '450' });
    // The baby is not asked, whatever the list says.
    expect(accepted.entry.members).toEqual({ tua: { bekerja: '2' } });
  });

  it('tell what waits for an answer from what is skipped', () => {
    const [listrik, daya] = instrument.household[0]?.questions ?? [];
    if (listrik === undefined || daya === undefined)
      throw new Error('The test instrument has two questions.');
    const questions = [listrik, daya];
    expect(waitsFor(daya, questions, new Set(['listrik']), {})).toBe('4.1');
    expect(waitsFor(daya, questions, new Set(['listrik']), { listrik: '2' })).toBeNull();
    expect(waitsFor(daya, questions, new Set(['listrik', 'daya']), { listrik: '1' })).toBeNull();
  });

  it('keep what was typed against the record', () => {
    const typed = withAnswer(empty, household, 'listrik', '2');
    const accepted = acceptRecorded(typed, sheet, members, '2026-11-09');
    expect(accepted.entry.household).toEqual({ listrik: '2' });
  });
});
