import { describe, expect, it } from 'vitest';
import { daughter, door, father, mother } from '../../tests/fixtures/family-of-three.ts';
import { memorySource } from '../../tests/fixtures/memory-source.ts';
import { compare, type Comparison } from './compare.ts';
import { matchHousehold } from './match-household.ts';
import { defaultModel, defaultNameFrequency, type Model } from './model.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';
import { weigh, type WeightPart } from './weigh.ts';

/** Persons of a kelurahan's list, of a kecamatan's, of the province's. */
const populations = [10_000, 300_000, 1_000_000, 11_000_000];

function comparisonOf(reported: MatchInput, listed: MatchInput): Comparison {
  return compare(normalisePerson(reported), normalisePerson(listed));
}

function partsOf(comparison: Comparison, population: number, model: Model = defaultModel) {
  const { parts } = weigh(comparison, { model, frequency: defaultNameFrequency, population });
  return (field: WeightPart['field']) => parts.find((part) => part.field === field)?.bits ?? null;
}

const without = (person: MatchInput, facts: Partial<MatchInput>): MatchInput => ({ ...person, ...facts });
const moved = { ...door, street: 'Gg. Buntu No. 1', rt: 11, rw: 2 };

describe('kinds of evidence', () => {
  it('are a name where a part of the own one agrees: a father in common makes brothers', () => {
    const groupsOf = (one: string, other: string) => {
      const listed = without(father, { name: other });
      const options = { model: defaultModel, frequency: defaultNameFrequency, population: 10_000 };
      return weigh(comparisonOf(without(father, { name: one }), listed), options).groups;
    };
    expect(groupsOf('M. BIN ALI', 'MANSUR BIN ALI')).not.toContain('name');
    expect(groupsOf('MANSUR BIN ALI', 'MANSUR BIN ALI')).toContain('name');
    expect(groupsOf('MANSUR BIN ALI', 'MANSUR ALI')).toContain('name');
  });
});

describe('a household in a longer list', () => {
  it.each([
    ['its No KK', 'kk' as const, comparisonOf(father, father)],
    [
      'relatives found in it',
      'companions' as const,
      { ...comparisonOf(without(father, { kk: null }), father), companions: 'present' as const },
    ],
  ])('is as much rarer by %s as a stranger is likelier', (_, field, comparison) => {
    const left = populations.map((population) => {
      const bits = partsOf(comparison, population);
      return (bits('prior') ?? 0) + (bits(field) ?? 0);
    });
    for (const sum of left) expect(sum).toBeCloseTo(left[0] ?? Number.NaN, 6);
  });

  it('is no rarer where its No KK is only nearly the same', () => {
    const slipped = comparisonOf(without(father, { kk: '3171010101100003', address: moved }), father);
    expect(slipped.kk).toBe('one_slip');
    expect(new Set(populations.map((population) => partsOf(slipped, population)('kk'))).size).toBe(1);
  });

  it.each(populations)(
    'of %i persons shows a family without NIK surely, by card, name and birth',
    (population) => {
      const reported = [father, mother, daughter].map((input, index) => ({
        id: 'abc'.charAt(index),
        input: without(input, { nik: null, address: moved }),
        unit: '',
      }));
      const list = memorySource({ keluarga: [father, mother, daughter] }, population);
      expect(matchHousehold(reported, list, { model: defaultModel }).sure).toBe(true);
    },
  );
});

describe('a birth date in a known household', () => {
  const bitsBeside = (facts: Partial<MatchInput>, listed: Partial<MatchInput> = {}) =>
    partsOf(
      comparisonOf(without(father, { nik: null, ...facts }), without(father, { nik: null, ...listed })),
      10_000,
    )('birth') ?? Number.NaN;
  const alone = partsOf(
    comparisonOf(without(father, { nik: null, kk: null, address: moved }), father),
    10_000,
  )('birth');

  it('is worth all it is where the whole name is the same, as no twins bear one name', () => {
    expect(bitsBeside({})).toBe(alone);
  });

  it.each([
    ['sounds the same', 'SOEPARDI HIDAJAT', 'SUPARDI HIDAYAT'],
    ['is abbreviated', 'MUHAMMAD RIZKI', 'MOCH. RIZKI'],
    ['has lost its blank', 'SHERLY SAFITRI', 'SHERLYSAFITRI'],
  ])('is worth all it is where the name %s: nobody tells twins apart by that', (_, one, other) => {
    expect(bitsBeside({ name: one }, { name: other })).toBe(alone);
  });

  it.each([
    ['another letter', 'RISKA AMALIA', 'RISMA AMALIA'],
    ['a letter more', 'YULI RAHAYU', 'YULIA RAHAYU'],
    ['two letters exchanged', 'DINA RAHAYU', 'DIAN RAHAYU'],
    ['a letter that sounds nearly the same', 'RAFA RAHAYU', 'RAVA RAHAYU'],
    ['a part more', 'SITI ROHMAH', 'SITI'],
  ])('is worth less where the name has %s: twins are told apart by that', (_, one, other) => {
    expect(bitsBeside({ name: one }, { name: other })).toBe(defaultModel.limits.birthInHousehold);
  });

  it('is worth less where a part of the name differs, or a digit of the date', () => {
    const { birthInHousehold, birthSlipInHousehold } = defaultModel.limits;
    expect(bitsBeside({ name: `${father.name} Saputra` })).toBe(birthInHousehold);
    const slipped = `${(father.birthDate ?? '').slice(0, -1)}9`;
    expect(bitsBeside({ birthDate: slipped })).toBeLessThanOrEqual(birthSlipInHousehold);
  });
});

describe('a date that is given where the day is not known', () => {
  const levelOf = (one: string, other: string) =>
    comparisonOf(without(father, { birthDate: one }), without(father, { birthDate: other })).birth;

  it.each(['1980-01-01', '1980-07-01', '1980-12-31'])('%s tells the year of who was born in it', (round) => {
    expect(levelOf(round, '1980-08-17')).toBe('year_round');
    expect(levelOf('1980-08-17', round)).toBe('year_round');
    expect(levelOf(round, '1979-08-17')).toBe('different');
  });

  it('speaks for a person as an age does, and less than the day itself', () => {
    const bits = (level: keyof typeof defaultModel.levels.birth) => {
      const { m, u } = defaultModel.levels.birth[level];
      return Math.log2(m / u);
    };
    expect(bits('year_round')).toBeGreaterThan(bits('two_parts'));
    expect(bits('year_round')).toBeLessThan(bits('age_equal'));
    expect(levelOf('1980-01-01', '1980-01-15')).toBe('year_round');
    expect(levelOf('1980-01-01', '1980-01-11')).toBe('one_digit');
    expect(levelOf('1980-05-15', '1980-08-17')).toBe('year_only');
  });
});

describe('a name in a known household', () => {
  it('counts for more where it is the same as a whole than where a part of it is', () => {
    const child = without(daughter, { nik: null, name: 'ANISA' });
    const aged = without(child, { birthDate: null, age: 5, ageOn: '2015-10-01', kk: null });
    const outcomes = (name: string) => {
      const listed = [father, mother, { ...aged, name }].map((input) => without(input, { kk: null }));
      const reported = [father, mother, child].map((input, index) => ({
        id: 'abc'.charAt(index),
        input,
        unit: '',
      }));
      const found = matchHousehold(reported, memorySource({ rumah: listed }), { model: defaultModel });
      return found.links.find(({ memberId }) => memberId === 'c')?.decision.outcome;
    };
    expect([outcomes('ANISA'), outcomes('ANISA PUTRI')]).toEqual(['auto', 'review']);
  });
});

describe('what says "same household"', () => {
  it('is counted once, of equal strength too', () => {
    const door = defaultModel.levels.address.same_door;
    const model = { ...defaultModel, levels: { ...defaultModel.levels, companions: { present: door } } };
    const found = { ...comparisonOf(without(father, { kk: null }), father), companions: 'present' as const };
    const bits = partsOf(found, 10_000, model);
    expect([bits('address'), bits('companions')].toSorted()).toEqual(
      [0, Math.log2(door.m / door.u)].toSorted(),
    );
  });

  it('is another address only where the household is not known by its card or its people', () => {
    const away = comparisonOf(without(father, { kk: null, address: moved }), father);
    expect(partsOf(away, 10_000)('address')).toBeLessThan(-1);
    expect(partsOf({ ...away, companions: 'present' }, 10_000)('address')).toBe(0);
    expect(partsOf(comparisonOf(without(father, { address: moved }), father), 10_000)('address')).toBe(0);
  });
});

describe('an address of which one side names no kelurahan', () => {
  const nowhere = { ...door, kelurahan: null };
  it.each([
    ['RT and RW alone are numbers that every kelurahan has', { ...nowhere, street: null }, 'missing'],
    [
      'with the street as well it is a street of that name',
      { ...nowhere, street: 'Jl. Kebon Sirih' },
      'same_street',
    ],
    ['street and number without RT are in many a kelurahan', { ...nowhere, rt: null }, 'same_street'],
    ['street, number, RT and RW together are one door', nowhere, 'same_door'],
    ['another RT is another place in any', { ...nowhere, street: null, rt: 9 }, 'elsewhere'],
  ])('%s', (_, address, level) => {
    expect(comparisonOf(father, without(father, { address })).address).toBe(level);
    expect(comparisonOf(without(father, { address }), father).address).toBe(level);
  });

  it('is compared whole where both name the same one', () => {
    const level = (address: MatchInput['address']) =>
      comparisonOf(father, without(father, { address })).address;
    expect(level({ ...door, street: null })).toBe('same_rt');
    expect(level({ ...door, rt: null })).toBe('same_door');
  });
});
