import { expect, it } from 'vitest';
import { instrument as bdt, regsosek } from '../../tests/fixtures/papers.ts';
import { questionsOf } from '../domain/instrument.ts';
import { Relation } from '../domain/person.ts';
import { spdciAnswers, spdciHouseholdRole, spdciMember } from './spdci.ts';

it('maps each relation to a household role that SPDCI has', () => {
  expect(Relation.options.map((relation) => spdciHouseholdRole(relation, 'P'))).toEqual([
    '1',
    '5',
    '4',
    '5',
    '5',
    '3',
    '5',
    '5',
  ]);
  expect(spdciHouseholdRole('6', 'L')).toBe('2');
});

const siti = {
  id: 'ed9a1b6c-0a7c-4f6e-9c0b-5d1f0c6a7e11',
  name: 'Siti',
  nik: null,
  sex: 'P',
  birthDate: '1980-01-01',
  relation: '1',
} as const;
const untold = { marital_status: null, education_level: null, employment_status: null };

it('gives who has no NIK no identifier, and of whom no visit told no answers', () => {
  expect(spdciMember(siti, null)).toEqual({
    identifier: [],
    name: 'Siti',
    sex: 'female',
    birth_date: '1980-01-01',
    household_role: '1',
    ...untold,
  });
  expect(spdciMember({ ...siti, nik: '3171014101800001' }, null).identifier).toEqual([
    { identifier_type: 'UIN', identifier_value: '3171014101800001' },
  ]);
});

it('takes the answers of this member, and of no other', () => {
  const instrument = { id: bdt.id, version: bdt.version };
  const answers = { Sta_kawin: '2', Ijazah_tertinggi: '3', Sta_Bekerja: 'ya', Status_pekerjaan: '4' };
  expect(spdciMember(siti, { instrument, members: { [siti.id]: answers } })).toMatchObject({
    marital_status: 'M',
    education_level: '3',
    employment_status: '4',
  });
  expect(spdciMember(siti, { instrument, members: { [crypto.randomUUID()]: answers } })).toMatchObject(
    untold,
  );
});

/** What SPDCI calls each answer that a question of the instrument offers, by its label. */
function codesOf(
  of: typeof bdt,
  id: string,
  key: keyof typeof untold,
  beside = {},
): Record<string, string | null> {
  const options = questionsOf(of.member).find((question) => question.id === id)?.options ?? [];
  return Object.fromEntries(
    options.map(({ code, value, label }) => [
      label,
      spdciAnswers(of, { ...beside, [id]: value ?? code })[key],
    ]),
  );
}

it('maps the marital status of each instrument', () => {
  const codes = { 'Belum kawin': 'S', 'Kawin/nikah': 'M', 'Cerai hidup': 'D', 'Cerai mati': 'W' };
  expect(codesOf(bdt, 'Sta_kawin', 'marital_status')).toEqual(codes);
  expect(codesOf(regsosek, '408', 'marital_status')).toEqual(codes);
});

it('maps the certificates that are of one level', () => {
  expect(codesOf(bdt, 'Ijazah_tertinggi', 'education_level')).toEqual({
    'Tidak punya ijazah': null,
    'SD/sederajat': '1',
    'SMP/sederajat': '2',
    'SMA/sederajat': '3',
    'D1/D2/D3': null,
    'D4/S1': '6',
    'S2/S3': null,
  });
  expect(codesOf(regsosek, '415', 'education_level')).toEqual({
    'Paket A': '1',
    SDLB: '1',
    SD: '1',
    MI: '1',
    'SPM/PDF Ula': '1',
    'Paket B': '2',
    'SMP LB': '2',
    SMP: '2',
    MTs: '2',
    'SPM/PDF Wustha': '2',
    'Paket C': '3',
    SMLB: '3',
    SMA: '3',
    MA: '3',
    SMK: '3',
    MAK: '3',
    'SPM/PDF Ulya': '3',
    'D1/D2/D3': null,
    'D4/S1': '6',
    Profesi: null,
    S2: '7',
    S3: '8',
    'Tidak punya ijazah SD': null,
  });
});

it('maps the position in the main work, and who works in another one to employed', () => {
  const codes = ['6', '1', '5', '4', '4', '1', '1', '1'];
  for (const [of, works, position] of [
    [bdt, 'Sta_Bekerja', 'Status_pekerjaan'],
    [regsosek, '416a', '418'],
  ] as const) {
    expect(Object.values(codesOf(of, position, 'employment_status', { [works]: 'ya' }))).toEqual(codes);
    expect(codesOf(of, works, 'employment_status')).toEqual({ Ya: '1', Tidak: null });
  }
});

it('reads no answers of an instrument, a version or a code that it does not know', () => {
  const answers = { Sta_kawin: '2' };
  expect(spdciAnswers({ id: bdt.id, version: '2' }, answers)).toEqual(untold);
  expect(spdciAnswers({ id: 'constructor', version: '1' }, answers)).toEqual(untold);
  for (const answer of ['9', '', 'constructor'])
    expect(spdciAnswers(bdt, { Sta_kawin: answer })).toEqual(untold);
});
