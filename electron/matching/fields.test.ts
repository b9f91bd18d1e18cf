import { describe, expect, it } from 'vitest';
import { memorySource, person, testKelurahan } from '../../tests/fixtures/memory-source.ts';
import type { FieldComparison } from '../../shared/domain/match.ts';
import { compare } from './compare.ts';
import { explainLink, explainScored } from './explain.ts';
import { characteristicFields, householdIdentityFields, identityFields } from './fields.ts';
import { matchHousehold } from './match-household.ts';
import { defaultModel, defaultNameFrequency } from './model.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';
import { proposeResult } from './result.ts';
import { weigh } from './weigh.ts';

const address = { street: 'Jl. Kebon Sirih No. 12', rt: 3, rw: 5, kelurahan: testKelurahan };
const reported = person({
  name: 'Muh. Yusuf',
  nik: '3171011708800001',
  kk: '3171010101100002',
  sex: 'L',
  birthDate: '1980-08-17',
  address,
});

function verdicts(fields: FieldComparison[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.field, `${field.verdict}${field.changes ? ' *' : ''}`]),
  );
}

function of(fields: FieldComparison[]): { subject: string; field: FieldComparison }[] {
  return fields.map((field) => ({ subject: 'YUSUF', field }));
}

describe('identity parameters, field by field', () => {
  it('are equal, different or missing', () => {
    const listed = { ...reported, name: 'H. MUHAMMAD YUSUF', nik: '3171011708800009', kk: null };
    expect(verdicts(identityFields(normalisePerson(reported), normalisePerson(listed), 'DTKS'))).toEqual({
      nama: 'sama',
      nik: 'beda *',
      tanggal_lahir: 'sama',
      jenis_kelamin: 'sama',
    });
    expect(
      verdicts(householdIdentityFields(normalisePerson(reported), normalisePerson(listed), 'DTKS')),
    ).toEqual({
      kk: 'tidak_ada *',
      alamat: 'sama',
      rt_rw: 'sama',
    });
  });

  it('take the age where the list has no birth date, and do not blame a list for what it never holds', () => {
    const listed = {
      ...reported,
      birthDate: null,
      age: 36,
      ageOn: '2015-11-01',
      kk: null,
      address: { ...address, rt: null, rw: null },
    };
    expect(identityFields(normalisePerson(reported), normalisePerson(listed), 'BDT2015')).toContainEqual(
      expect.objectContaining({
        field: 'umur',
        reported: '35 tahun',
        reference: '36 tahun',
        verdict: 'sama',
      }),
    );
    expect(
      verdicts(householdIdentityFields(normalisePerson(reported), normalisePerson(listed), 'BDT2015')),
    ).toEqual({
      kk: 'tidak_ada',
      alamat: 'sama',
      rt_rw: 'tidak_ada',
    });
  });

  it('count a NIK that the list left open and the family now states as a change', () => {
    const [, nik] = identityFields(
      normalisePerson(reported),
      normalisePerson({ ...reported, nik: null }),
      'BDT2015',
    );
    expect(nik).toMatchObject({
      verdict: 'tidak_ada',
      changes: true,
      note: 'Kosong di daftar; sekarang dilengkapi.',
    });
  });

  it('see another house number', () => {
    const listed = { ...reported, address: { ...address, street: 'Jalan Kebon Sirih no 14' } };
    expect(
      verdicts(householdIdentityFields(normalisePerson(reported), normalisePerson(listed), 'DTKS'))['alamat'],
    ).toBe('beda *');
  });
});

describe('household characteristics', () => {
  it('compare size, head, and answers that both have', () => {
    const fields = characteristicFields(
      { members: 3, headName: 'Muh. Yusuf', families: 1, answers: { lantai: '06', dinding: '1', atap: '2' } },
      { members: 4, headName: 'MUHAMAD JUSUF', families: null, answers: { lantai: '6', dinding: '4' } },
      true,
      (question, code) => (question === 'atap' ? null : { label: question, value: `kode ${code}` }),
    );
    expect(fields.map((field) => [field.label, field.verdict])).toEqual([
      ['Jumlah anggota', 'beda'],
      ['Kepala rumah tangga', 'sama'],
      ['lantai', 'sama'],
      ['dinding', 'beda'],
    ]);
  });
});

describe('the rule of the first identification', () => {
  const same = identityFields(normalisePerson(reported), normalisePerson(reported), 'DTKS');
  const other = identityFields(
    normalisePerson(reported),
    normalisePerson({ ...reported, birthDate: '1980-08-18' }),
    'DTKS',
  );

  it('says baru where nobody was found', () => {
    expect(proposeResult(null).result).toBe('baru');
  });

  it('says tetap only where everything is equal', () => {
    expect(proposeResult({ fields: of(same), newMembers: [], goneMembers: [], elsewhere: [] }).result).toBe(
      'tetap',
    );
  });

  it.each([
    [{ fields: of(other), newMembers: [], goneMembers: [], elsewhere: [] }, 'Tanggal lahir YUSUF berbeda'],
    [{ fields: of(same), newMembers: ['SITI'], goneMembers: [], elsewhere: [] }, 'anggota baru: SITI'],
    [
      { fields: of(same), newMembers: [], goneMembers: [], elsewhere: ['ANI'] },
      'di daftar serumah dengan keluarga lain: ANI',
    ],
    [
      { fields: of(same), newMembers: [], goneMembers: ['BUDI'], elsewhere: [] },
      'tidak dilaporkan lagi: BUDI',
    ],
  ])('says berubah, and why', (ground, reason) => {
    expect(proposeResult(ground)).toEqual({ result: 'berubah', reasons: [reason] });
  });
});

describe('the explanation', () => {
  it('adds up, names rarity and contained evidence, and says why a person has to look', () => {
    const listed = { ...reported, name: 'MUHAMMAD YUSUF', nik: '3171011708800007', sex: 'P' as const };
    const source = memorySource({ keluarga: [listed] }, 20_000);
    const found = matchHousehold([{ id: 'a', input: reported, unit: '' }], source, { model: defaultModel });
    const [link] = found.links;
    if (link === undefined) throw new Error('The member was not found.');
    const explained = explainLink(link, { model: defaultModel, ...source });
    expect(explained.lines.map((line) => line.text)).toEqual([
      'Awal: satu dari 20.000 orang',
      'NIK beda satu angka (angka ke-16)',
      'Tanggal lahir sama',
      'Nama YUSUF sama (1 dari 286 orang bernama YUSUF)',
      'Nama MUH singkatan atau ejaan lain dari MUHAMMAD (1 dari 11 orang bernama MUHAMMAD)',
      'Jenis kelamin berbeda',
      'No KK sama',
      'Alamat sama sampai nomor rumah',
    ]);
    expect(explained.lines.reduce((sum, line) => sum + line.bits, 0)).toBeCloseTo(explained.bits, 6);
    expect(explained.lines[2]?.note).toMatch(/^dikurangi/);
    expect(explained.doubts).toContain('Jenis kelaminnya berbeda.');
    expect(explained.readAs).toContain('Yang dilaporkan: MUH dibaca MUHAMMAD');
    expect(explained.whatIf).toEqual([
      'Bila jenis kelaminnya ternyata sama, program yakin mereka orang yang sama.',
    ]);
  });

  it.each([
    [
      'MUHAMMAD',
      'MOCH',
      'Nama MUHAMMAD singkatan atau ejaan lain dari MOCH (1 dari 11 orang bernama MUHAMMAD)',
    ],
    ['MOCH', 'MOCH', 'Nama MOCH sama (1 dari 11 orang bernama MUHAMMAD)'],
    ['SOELASTRI', 'SULASTRI', 'Nama SOELASTRI dan SULASTRI sebunyi (1 dari 556 orang bernama SULASTRI)'],
    ['SULASTRI', 'SOELASTRI', 'Nama SULASTRI dan SOELASTRI sebunyi (1 dari 556 orang bernama SULASTRI)'],
    [
      'SITINUR',
      'SITI NUR',
      'Nama SITINUR dan SITI NUR sama bila digabung (1 dari 722 orang bernama SITI NUR)',
    ],
    [
      'NUR HAYATI',
      'NURHAYATI',
      'Nama NUR HAYATI dan NURHAYATI sama bila digabung (1 dari 200 orang bernama NURHAYATI)',
    ],
  ])('names of %s and %s the name that more people bear', (own, listed, sentence) => {
    const [member, other] = [own, listed].map((name) => normalisePerson(person({ name, sex: null })));
    if (member === undefined || other === undefined) throw new Error('Two names were given.');
    const comparison = compare(member, other);
    const weight = weigh(comparison, {
      model: defaultModel,
      frequency: defaultNameFrequency,
      population: 20_000,
    });
    const candidate = {
      id: '1',
      list: '',
      householdId: '1',
      input: other.input,
      relation: null,
      familyNo: null,
    };
    const told = explainScored({ memberId: 'a', member, candidate, person: other, comparison, weight });
    expect(told.lines.map(({ text }) => text)).toContain(sentence);
  });

  it.each<[string, Partial<MatchInput>, string]>([
    ['a birth date with another digit', { birthDate: '1980-08-18' }, 'Tanggal lahir beda satu angka'],
    ['a birth date with two exchanged', { birthDate: '1980-08-71' }, 'Tanggal lahir dua angka tertukar'],
    ['a No KK with another digit', { kk: '3171010101100003' }, 'No KK beda satu angka'],
    ['a No KK with two exchanged', { kk: '3171010101100020' }, 'No KK dua angka tertukar'],
    ['a No KK that lacks one', { kk: '317101010110002' }, 'No KK kurang atau lebih satu angka'],
    [
      'another RT of the kelurahan',
      { address: { ...address, street: null, rt: 9 } },
      'Alamat lain di kelurahan yang sama',
    ],
    [
      'another RT, of which the kelurahan is not known',
      { address: { ...address, street: null, rt: 9, kelurahan: null } },
      'Alamat lain',
    ],
  ])('tells of %s what it is', (_, listed, sentence) => {
    const member = normalisePerson({ ...reported, nik: null });
    const other = normalisePerson({ ...reported, nik: null, ...listed });
    const comparison = compare(member, other);
    const weight = weigh(comparison, {
      model: defaultModel,
      frequency: defaultNameFrequency,
      population: 20_000,
    });
    const candidate = {
      id: '1',
      list: '',
      householdId: '1',
      input: other.input,
      relation: null,
      familyNo: null,
    };
    const told = explainScored({ memberId: 'a', member, candidate, person: other, comparison, weight });
    expect(told.lines.map(({ text }) => text)).toContain(sentence);
  });

  it('promises nothing of an equal NIK where a twin of another spelling stands beside', () => {
    const twin = { ...reported, name: 'HASAN YUSUF', nik: '3171011708800002' };
    const listed = { ...reported, name: 'MUHAMMAD YUSUP' };
    const source = memorySource({ keluarga: [listed, twin] }, 20_000);
    const linked = (nik: string | null) => {
      const [link] = matchHousehold([{ id: 'a', input: { ...reported, nik }, unit: '' }], source, {
        model: defaultModel,
      }).links;
      if (link === undefined) throw new Error('The member was not found.');
      return link;
    };
    expect(linked(reported.nik).decision).toEqual({ outcome: 'review', doubts: ['twin'] });
    const { whatIf } = explainLink(linked(null), { model: defaultModel, ...source });
    expect(whatIf).not.toContain('Bila NIK-nya ternyata sama, program yakin mereka orang yang sama.');
  });

  it('says what would take a sure pair back, and which fact would settle a doubtful one', () => {
    const source = memorySource({ keluarga: [reported] }, 20_000);
    const whatIf = (people: typeof reported) => {
      const [link] = matchHousehold([{ id: 'a', input: people, unit: '' }], source, {
        model: defaultModel,
      }).links;
      if (link === undefined) throw new Error('The member was not found.');
      return explainLink(link, { model: defaultModel, ...source }).whatIf;
    };
    expect(whatIf(reported)).toContain('Bila jenis kelaminnya ternyata berbeda, program ragu dan bertanya.');
    expect(whatIf({ ...reported, nik: null, kk: null, birthDate: null })).toContain(
      'Bila NIK-nya ternyata sama, program yakin mereka orang yang sama.',
    );
  });
});
