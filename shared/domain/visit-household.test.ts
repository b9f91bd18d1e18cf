import { describe, expect, it } from 'vitest';
import { member } from '../../tests/fixtures/members.ts';
import type { Household } from './household.ts';
import { Instrument } from './instrument.ts';
import { noCorrections, withCorrection, withoutAdded } from './visit-corrections.ts';
import { emptyVisit, passKey, type VisitEntry } from './visit-entry.ts';
import { goneAtVisit } from './visit-families.ts';
import {
  householdAfterVisit,
  householdBeforeVisit,
  identityRule,
  membersAtVisit,
} from './visit-household.ts';

const instrument = Instrument.parse({
  id: 'uji',
  version: '1',
  title: 'Uji',
  source: 'uji',
  household: [
    { no: 'IV', title: 'Rumah', questions: [{ id: 'luas', no: '4.1', label: 'Luas', kind: 'number' }] },
  ],
  member: [
    {
      no: 'VI',
      title: 'Anggota',
      questions: [
        {
          id: 'ada',
          no: '6.1',
          label: 'Keberadaan',
          kind: 'choice',
          options: ['1', '2', '3', '4'].map((code) => ({ code, label: code })),
          presence: { gone: ['2', '3'], added: '4' },
        },
      ],
    },
  ],
});
const [siti, budi, ani, baru] = [1, 2, 3, 4].map((n) => `019a0000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
  string,
];
const before: Household = {
  address: { street: 'Jl. Kebon Sirih 12', rt: 3, rw: 5, kelurahan: '31.71.01.1001' },
  phone: null,
  families: [{ no: 1, kk: '3171010101200001' }],
  members: [
    member({ id: siti, name: 'Siti Aminah', birthDate: '1980-08-17', relation: '1' }),
    member({ id: budi, name: 'Budi', sex: 'L', birthDate: '1975-01-02', relation: '2', familyRelation: '2' }),
    member({ id: ani, name: 'Ani', birthDate: '2010-03-04', relation: '3', familyRelation: '3' }),
  ],
};
const context = { today: '2026-11-10', areaName: (code: string) => (code === '317101' ? 'Gambir' : null) };
const visit = (fields: Record<string, string>, changes: Partial<VisitEntry> = {}): VisitEntry => ({
  ...emptyVisit('Rina'),
  result: '1',
  visitedOn: '2026-11-09',
  ...changes,
  corrections: { fields, added: changes.corrections?.added ?? [] },
});
const after = (entry: VisitEntry) => householdAfterVisit(before, entry, instrument, context);

describe('a household as the visit found it', () => {
  it('is the same where nothing was written beside it, and where the visit did not ask', () => {
    expect(after(visit({}))).toEqual({ household: before, findings: [] });
    expect(after(visit({ 'address.rt': '9' }, { result: '3', note: 'Pindah' }))).toEqual({
      household: before,
      findings: [],
    });
  });

  it('takes what was written, and keeps the rest', () => {
    const { household, findings } = after(
      visit({
        'address.rt': '4',
        'families.1.kk': '3171010101200002',
        [`members.${ani}.name`]: 'Ani Lestari',
        [`members.${ani}.birthDate`]: '2011-03-04',
      }),
    );
    expect(findings).toEqual([]);
    expect(household).toMatchObject({
      address: { ...before.address, rt: 4 },
      families: [{ no: 1, kk: '3171010101200002' }],
      members: [before.members[0], before.members[1], { name: 'Ani Lestari', birthDate: '2011-03-04' }],
    });
  });

  it('holds what cannot be, at its field', () => {
    const { household, findings } = after(
      visit({ 'address.rw': 'x', [`members.${siti}.nik`]: '317101570880' }),
    );
    expect(household).toBeNull();
    expect(findings).toMatchObject([
      { field: 'identity.address.rw', level: 'blokir', rule: null },
      { field: `identity.members.${siti}.nik`, level: 'blokir', rule: null },
    ]);
  });

  it('asks a reason for a NIK that is odd, and keeps it as the note of the NIK', () => {
    const odd = { [`members.${siti}.nik`]: '3171011708800001' };
    const [warning] = after(visit(odd)).findings;
    expect(warning).toMatchObject({
      field: `identity.members.${siti}.nik`,
      level: 'peringatan',
      rule: identityRule,
      message: expect.stringContaining('Menurut NIK laki-laki'),
    });
    const passed = after(
      visit(odd, {
        passes: { [passKey({ field: warning?.field ?? '', rule: identityRule })]: 'Sesuai KTP' },
      }),
    );
    expect(passed.household?.members[0]).toMatchObject({ nik: '3171011708800001', nikNote: 'Sesuai KTP' });
  });

  it('loses whom the visit did not find, and wants the new head named', () => {
    const entry = visit({}, { members: { [siti]: { ada: '2' } } });
    expect([...goneAtVisit(entry, instrument)]).toEqual([siti]);
    expect(after(entry)).toMatchObject({
      household: null,
      findings: [{ field: `identity.members.${budi}.relation`, level: 'blokir' }],
    });
    const headed = after({
      ...entry,
      corrections: { fields: { [`members.${budi}.relation`]: '1' }, added: [] },
    });
    expect(headed.findings).toEqual([]);
    expect(headed.household?.members).toMatchObject([
      { id: budi, relation: '1', familyRelation: '1' },
      { id: ani, relation: '3', familyRelation: '3' },
    ]);
  });

  it('refuses to find nobody', () => {
    const nobody = { [siti]: { ada: '3' }, [budi]: { ada: '3' }, [ani]: { ada: '3' } };
    expect(after(visit({}, { members: nobody }))).toMatchObject({
      household: null,
      findings: [{ field: 'result', level: 'blokir' }],
    });
  });

  it('gains whom the visit found besides, in a family of their own where the paper says so', () => {
    const added = { corrections: { fields: {}, added: [baru] } };
    expect(after(visit({ [`members.${baru}.name`]: 'Joko' }, added))).toMatchObject({ household: null });
    const { household } = after(
      visit(
        {
          [`members.${baru}.name`]: 'Joko',
          [`members.${baru}.sex`]: 'L',
          [`members.${baru}.birthDate`]: '1999-01-01',
          [`members.${baru}.relation`]: '4',
          [`members.${baru}.familyNo`]: '2',
        },
        added,
      ),
    );
    expect(household?.families.map(({ no }) => no)).toEqual([1, 2]);
    expect(household?.members.at(-1)).toMatchObject({
      id: baru,
      name: 'Joko',
      nik: null,
      familyNo: 2,
      familyRelation: '1',
    });
  });
});

describe('whom the questions are put to', () => {
  it('are those printed and those added, as found, also who is gone', () => {
    const entry = visit(
      { [`members.${ani}.birthDate`]: '2022-03-04', [`members.${budi}.nik`]: '12' },
      { members: { [siti]: { ada: '2' } }, corrections: { fields: {}, added: [baru] } },
    );
    expect(membersAtVisit(before, entry, instrument)).toMatchObject([
      { id: siti },
      { id: budi, nik: null },
      { id: ani, birthDate: '2022-03-04' },
    ]);
  });
});

describe('a visit that was sent back', () => {
  it('stands on the household of before it, with what others changed since', () => {
    const found = visit(
      {
        'address.rt': '4',
        [`members.${baru}.name`]: 'Joko',
        [`members.${baru}.sex`]: 'L',
        [`members.${baru}.relation`]: '8',
      },
      { members: { [ani]: { ada: '3' } }, corrections: { fields: {}, added: [baru] } },
    );
    const household = after(found).household;
    if (household === null) throw new Error('The visit holds.');
    const since: Household = {
      ...household,
      phone: '0811000111',
      members: household.members.map((one) => (one.id === budi ? { ...one, name: 'Budi Hartono' } : one)),
    };
    expect(householdBeforeVisit(since, { before, after: household })).toEqual({
      ...before,
      phone: '0811000111',
      members: before.members.map((one) => (one.id === budi ? { ...one, name: 'Budi Hartono' } : one)),
    });
    expect(householdBeforeVisit(since, null)).toBe(since);
  });
});

describe('what is typed', () => {
  it('is taken out by emptying its field, and with the member', () => {
    const typed = withCorrection({ fields: {}, added: [baru] }, `members.${baru}.name`, 'Joko');
    expect(withCorrection(typed, `members.${baru}.name`, '').fields).toEqual({});
    expect(withCorrection(typed, `members.${baru}.name`, 'Joko')).toBe(typed);
    expect(withoutAdded(typed, baru)).toEqual(noCorrections);
  });
});
