import { beforeAll, describe, expect, test } from 'vitest';
import { inspectHousehold, Household } from '../../shared/domain/household.ts';
import { ageOn, inspectAnswers } from '../../shared/domain/instrument.ts';
import { decodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import { inspectNik } from '../../shared/domain/nik.ts';
import { loadAreaData } from '../area-names.ts';
import { loadAreas } from '../areas.ts';
import { bundledShelf, loadInstrument } from '../services/instruments.ts';
import { generateKelurahan, type KelurahanOptions, type SyntheticKelurahan } from './generate.ts';

const today = '2026-11-22';
const options: KelurahanOptions = {
  households: 400,
  seed: 11,
  kelurahan: '31.71.01.1001',
  areas: loadAreaData(loadAreas('resources'), 'resources'),
  today,
  cases: 60,
};
let made: SyntheticKelurahan;

beforeAll(() => {
  made = generateKelurahan(options);
});

test('the same seed makes the same kelurahan, another seed another', () => {
  expect(generateKelurahan(options)).toEqual(made);
  expect(generateKelurahan({ ...options, seed: 12 })).not.toEqual(made);
});

test('a code that is no kelurahan is refused', () => {
  expect(() => generateKelurahan({ ...options, kelurahan: '31.71.01' })).toThrow(
    expect.objectContaining({ code: 'unknown_area' }),
  );
});

describe('the lists', () => {
  test('know most of the kelurahan, under its own area', () => {
    for (const list of made.reference) {
      expect(list.households.length).toBeGreaterThan(options.households * 0.6);
      expect(new Set(list.households.map(({ household }) => household.kelurahan))).toEqual(
        new Set(['31.71.01.1001']),
      );
      expect(list.households.every(({ household }) => household.rt !== null && household.rw !== null)).toBe(
        true,
      );
    }
    expect(made.reference.map((list) => list.source)).toEqual(['BDT2015', 'DTKS']);
  });

  test('BDT bears BPS codes, ages at its date and a percentile up to 40', () => {
    const [bdt] = made.reference;
    expect(bdt?.areaCodes).toBe('bps');
    expect(bdt?.rows[0]).toMatchObject({
      kode_provinsi: '31',
      kode_kabupaten: '73',
      kode_kecamatan: '010',
      kode_desa: '001',
    });
    const ages = bdt?.households.flatMap(({ persons }) => persons.map((person) => person.age)) ?? [];
    expect(ages.every((age) => age !== null && age >= 0 && age < 110)).toBe(true);
    expect(
      bdt?.households.every(
        ({ household }) =>
          household.percentile !== null && household.percentile >= 1 && household.percentile <= 40,
      ),
    ).toBe(true);
  });

  test('the answers of BDT fit the instrument', () => {
    const instrument = loadInstrument(bundledShelf('resources'), 'bdt-2015', '1');
    for (const { household } of made.reference[0]?.households ?? []) {
      const { percentile: _, ...codes } = household.answers;
      const answers = decodeAnswers(instrument, instrument.household, codes);
      const found = inspectAnswers(instrument.household, answers);
      // The list has no column for the size of the land.
      expect(found.filter(({ question }) => question !== 'luas_atb')).toEqual([]);
    }
  });

  test('no serial of a NIK or No KK lies where real ones do', () => {
    const numbers = made.reference.flatMap((list) =>
      list.households.flatMap(({ household, persons }) => [
        household.kk,
        ...persons.map((person) => person.nik),
      ]),
    );
    const exact = numbers.filter((number) => number !== null && Number(number.slice(12)) > 9000);
    // A slip of the finger may have moved a digit.
    expect(exact.length / numbers.filter((number) => number !== null).length).toBeGreaterThan(0.97);
  });
});

describe('the people', () => {
  test('names are as varied as those of a kelurahan', () => {
    const names = made.cases.flatMap(({ household }) => household.members.map((member) => member.name));
    const listed = made.reference.flatMap((list) =>
      list.households.flatMap(({ persons }) => persons.map((person) => person.name)),
    );
    const all = [...names, ...listed];
    const share = (test: (name: string) => boolean): number => all.filter(test).length / all.length;
    expect(share((name) => !name.includes(' '))).toBeGreaterThan(0.12);
    expect(share((name) => !name.includes(' '))).toBeLessThan(0.25);
    expect(share((name) => /^(MUH|MOCH|MOH|MUHAMMAD|M\.)/i.test(name))).toBeGreaterThan(0.03);
    expect(share((name) => /^H(j)?\. /i.test(name))).toBeGreaterThan(0.005);
    expect(share((name) => /oe|dj|tj/i.test(name))).toBeGreaterThan(0.02);
    expect(new Set(all).size).toBeGreaterThan(all.length * 0.4);
  });

  test('NIK fit the persons, some recorded outside DKI, some missing', () => {
    const members = made.cases
      .filter(({ truth }) => truth.kind === 'tetap')
      .flatMap(({ household }) => household.members);
    for (const { nik, birthDate, sex } of members) {
      if (nik === null) continue;
      const inspected = inspectNik(nik, { today, birthDate, sex });
      expect(inspected.errors).toEqual([]);
      expect(inspected.warnings.filter((warning) => warning.code !== 'nik_luar_dki')).toEqual([]);
    }
    const areas = made.reference.flatMap((list) =>
      list.households.flatMap(({ persons }) => persons.map((person) => person.nik?.slice(0, 2) ?? null)),
    );
    expect(areas.filter((area) => area !== null && area !== '31').length / areas.length).toBeGreaterThan(
      0.15,
    );
    expect(areas.filter((area) => area === null).length).toBeGreaterThan(0);
  });

  test('families are plausible: one head, parents older than children', () => {
    for (const { household } of made.cases) {
      expect(Household.parse(household)).toEqual(household);
      expect(inspectHousehold(household).filter((finding) => finding.level === 'error')).toEqual([]);
      const mother = household.members.find((member) => member.relation === '2' && member.sex === 'P');
      for (const child of household.members.filter(
        (member) => member.relation === '3' && member.motherName === mother?.name,
      )) {
        expect(ageOn(mother?.birthDate ?? '', child.birthDate ?? today)).toBeGreaterThanOrEqual(15);
      }
    }
  });
});

describe('the cases', () => {
  test('come in all three kinds, some passive with a reason', () => {
    const count = (kind: string): number => made.cases.filter(({ truth }) => truth.kind === kind).length;
    expect(made.cases).toHaveLength(60);
    expect(Math.min(count('tetap'), count('berubah'), count('baru'))).toBeGreaterThan(10);
    expect(made.cases.some(({ mode, reason }) => mode === 'pasif' && reason !== null)).toBe(true);
  });

  test('tetap: DTKS holds each member as reported', () => {
    const persons = new Map(
      made.reference[1]?.households.flatMap((entry) =>
        entry.persons.map((person) => [person.sourceId, { ...person, household: entry.household }]),
      ),
    );
    for (const { household, truth } of made.cases.filter((made) => made.truth.kind === 'tetap')) {
      expect(truth.changes).toEqual([]);
      for (const member of household.members) {
        const listed = persons.get(
          truth.members.find(({ memberId }) => memberId === member.id)?.dtksId ?? '',
        );
        expect(listed).toMatchObject({
          name: member.name.toUpperCase(),
          nik: member.nik,
          birthDate: member.birthDate,
          sex: member.sex,
        });
        expect(listed?.household).toMatchObject({
          rt: household.address.rt,
          rw: household.address.rw,
          kk: household.families[member.familyNo - 1]?.kk,
        });
      }
    }
  });

  test('berubah: known to DTKS, and something visible changed', () => {
    for (const { truth } of made.cases.filter((made) => made.truth.kind === 'berubah')) {
      expect(
        truth.changes.some((change) =>
          ['pindah', 'anggota_lahir', 'anggota_keluar', 'anggota_meninggal'].includes(change),
        ),
      ).toBe(true);
    }
  });

  test('baru: no list knows anyone of them', () => {
    for (const { truth } of made.cases.filter((made) => made.truth.kind === 'baru')) {
      expect(truth.lists).toEqual({ BDT2015: null, DTKS: [] });
      expect(truth.members.every(({ dtksId, bdtRow }) => dtksId === null && bdtRow === null)).toBe(true);
    }
  });

  test('the answers a visit would find fit the instrument', () => {
    const instrument = loadInstrument(bundledShelf('resources'), 'bdt-2015', '1');
    for (const { household, answers, truth } of made.cases) {
      // A birth date that slipped may move the age over a limit of the form.
      if (truth.changes.some((change) => change.startsWith('tanggal'))) continue;
      for (const member of household.members) {
        const age = ageOn(member.birthDate ?? today, today);
        expect(
          inspectAnswers(
            instrument.member,
            decodeAnswers(instrument, instrument.member, answers.members[member.id] ?? {}),
            { age, sex: member.sex },
          ),
        ).toEqual([]);
      }
    }
  });

  test('a business turns over what its household’s wealth and noise let it, not one code for all', () => {
    const told = made.cases.flatMap(({ answers }) =>
      Object.values(answers.members).flatMap((member) => member['omset_usaha'] ?? []),
    );
    expect(new Set(told).size).toBeGreaterThanOrEqual(3);
    const most = Math.max(...['1', '2', '3', '4'].map((code) => told.filter((each) => each === code).length));
    expect(most / told.length).toBeLessThan(0.75);
  });
});
