import { describe, expect, it } from 'vitest';
import type { Household } from '../domain/household.ts';
import { type Instrument, questionsOf } from '../domain/instrument.ts';
import { bundledInstrument } from '../../tests/fixtures/instruments.ts';
import { fieldLabel } from './field-label.ts';
import { formPathOf, indexedPath, isOfForm } from './field-path.ts';
import { CaseCorrectedBody, PushRecord } from './record.ts';
import { visitAnswerOf, visitFieldOf } from './visit-field.ts';

const instrument = bundledInstrument('bdt-2015-1');
const regsosek = bundledInstrument('regsosek22k-2');

const [father, mother] = ['0198a000-0000-7000-8000-000000000001', '0198a000-0000-7000-8000-000000000002'];
const member = (id: string, name: string) => ({
  id,
  name,
  nik: '3171011203800001',
  nikNote: null,
  sex: 'L' as const,
  birthPlace: null,
  birthDate: '1980-03-12',
  relation: '1' as const,
  familyNo: 1,
  familyRelation: '1' as const,
  motherName: null,
});
const household: Household = {
  address: { street: 'Jl. Kwitang 3', rt: 1, rw: 2, kelurahan: '31.71.01.1001' },
  phone: null,
  families: [
    { no: 1, kk: '3171011203800002' },
    { no: 3, kk: null },
  ],
  members: [member(father, 'Slamet'), member(mother, 'Siti')],
};

describe('a path by identity, by place', () => {
  it.each([
    [`members.${mother}.nik`, 'body.members.1.nik'],
    [`body.members.${mother}.nik`, 'body.members.1.nik'],
    [`members.${mother}`, 'body.members.1'],
    // Whom the household no longer has keeps the identity.
    ['members.gone.nik', 'body.members.gone.nik'],
    ['household.families.3.kk', 'body.household.families.1.kk'],
    ['household.families.7.kk', 'body.household.families.7.kk'],
    ['household.address.rt', 'body.household.address.rt'],
    [`visit.members.${mother}.Sta_kawin`, `body.visit.members.${mother}.Sta_kawin`],
  ])('%s is %s', (path, indexed) => {
    expect(indexedPath(path, household)).toBe(indexed);
  });
});

describe('where each field of the wire is mended', () => {
  // Every field that a body has, as a schema's complaint names it: what is new on the wire must stand here.
  const form = 'formulir';
  const file = 'berkas';
  const visit = 'kunjungan';
  const places: Record<string, [place: string, path: string | null]> = {
    'household.address': [form, null],
    'household.phone': [form, 'phone'],
    'household.families': [form, null],
    members: [form, null],
    visit: [visit, null],
    case: [file, null],
    identification: [file, null],
    sheet: [file, null],
    attachments: [file, null],
    decisions: [file, null],
    correction: [file, null],
  };

  it('has a place for each part of a body, and of the envelope', () => {
    const { household: reported, ...parts } = CaseCorrectedBody.shape;
    const names = [...Object.keys(parts), ...Object.keys(reported.shape).map((name) => `household.${name}`)];
    expect(names.toSorted()).toEqual(Object.keys(places).toSorted());
    for (const [name, [place, path]] of Object.entries(places)) {
      const field = `body.${name}`;
      expect([isOfForm(field), formPathOf(field)], name).toEqual([place === form, path]);
      expect(visitFieldOf(field, instrument, household) !== null, name).toBe(place === visit);
    }
    for (const name of Object.keys(PushRecord.shape))
      expect([isOfForm(name), formPathOf(name), visitFieldOf(name, instrument, household)], name).toEqual([
        false,
        null,
        null,
      ]);
  });

  it('opens the form at each field of the household, its families and its members', () => {
    for (const name of Object.keys(household.address))
      expect(formPathOf(`body.household.address.${name}`), name).toBe(`address.${name}`);
    for (const name of Object.keys(member(father, '')).filter((key) => key !== 'id')) {
      expect(formPathOf(`body.members.1.${name}`), name).toBe(`members.1.${name}`);
      expect(fieldLabel(`body.members.1.${name}`), name).toMatch(/ anggota ke-2$/);
    }
    expect(formPathOf('body.members.1')).toBe('members.1');
    expect(formPathOf('body.household.families.1.kk')).toBe('families.1.kk');
    // Nobody of the form: it opens at its own beginning.
    expect(formPathOf('body.members.gone.nik')).toBeNull();
    expect(formPathOf(null)).toBeNull();
  });

  it('opens the sheet of the visit at each question, and names it as the paper does', () => {
    const field = (path: string, of = instrument) => visitFieldOf(`body.visit.${path}`, of, household);
    for (const of of [instrument, regsosek]) {
      const asked = (groups: Instrument['household']) =>
        groups.flatMap(({ questions }) => questions.filter(({ kept }) => kept === null));
      for (const { id, no, label } of asked(of.household))
        expect(field(`household.${id}`, of)).toEqual({ path: `household.${id}`, label: `${no} ${label}` });
      for (const { id, no, label } of asked(of.process))
        expect(field(`household.${id}`, of)).toEqual({ path: `process.${id}`, label: `${no} ${label}` });
      for (const { id, no, label } of asked(of.family))
        expect(field(`families.1.${id}`, of)).toEqual({
          path: `families.1.${id}`,
          label: `${no} ${label}, keluarga 1`,
        });
      for (const { id, no, label } of asked(of.member))
        expect(field(`members.${mother}.${id}`, of)).toEqual({
          path: `members.${mother}.${id}`,
          label: `${no} ${label}, Siti`,
        });
    }
    for (const name of ['visitedOn', 'enumerator', 'result', 'note', 'duplicateOf'])
      expect(field(name)?.path, name).toBe(name);
  });

  it('words an answer as the options of its question do, several each with theirs, and nothing else', () => {
    const said = (path: string, value: unknown) => visitAnswerOf(`visit.${path}`, value, instrument);
    const asked = questionsOf(instrument.member).filter(
      ({ kind, kept }) => kind === 'choice' && kept === null,
    );
    const [first, second] = asked;
    if (first === undefined || second === undefined) throw new Error('The questionnaire asks too little.');
    const [one, other] = [first.options[0], second.options[0]];
    expect(said(`members.${mother}.${first.id}`, one?.code)).toBe(one?.label);
    expect(said(`members.${mother}`, { [first.id]: one?.code, [second.id]: other?.code })).toBe(
      `${first.no} ${first.label}: ${one?.label}; ${second.no} ${second.label}: ${other?.label}`,
    );
    expect(said(`members.${mother}.${first.id}`, 'tak dikenal')).toBe('tak dikenal');
    for (const [path, value] of [
      [`members.${mother}.${first.id}`, 7],
      [`members.${mother}`, { unheard_of: '1' }],
      [`members.${mother}`, {}],
      ['visitedOn', '2026-11-20'],
      ['corrections', {}],
    ] as const)
      expect(said(path, value), path).toBeNull();
    expect(visitAnswerOf('household.phone', '021', instrument)).toBeNull();
  });

  it.each([
    ['body.visit', 'hasil kunjungan'],
    ['body.visit.instrument.id', 'hasil kunjungan'],
    ['body.visit.household.unheard_of', 'hasil kunjungan, rumah tangga'],
    [`body.visit.members.${mother}`, 'hasil kunjungan, Siti'],
    ['body.visit.members.gone.x', 'hasil kunjungan, seorang anggota'],
    ['body.visit.families.2', 'hasil kunjungan, keluarga 2'],
    ['body.visit.corrections.fields.address.rt', 'perbaikan pada lembar kunjungan'],
  ])('%s has no place on the sheet, and is called %s', (path, label) => {
    expect(visitFieldOf(path, instrument, household)).toEqual({ path: null, label });
  });
});
