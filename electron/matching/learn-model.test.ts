import { describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { compare, type Comparison } from './compare.ts';
import { learning, learnModel } from './learn-model.ts';
import { defaultModel, defaultNameFrequency } from './model.ts';
import { normalisePerson } from './normalise.ts';

/** What is learnt of a list beside the cases, and when the shipped model stands instead. */
const shipped = { model: defaultModel, frequency: defaultNameFrequency, population: 10_000 };

const siti = {
  name: 'Siti Rohmah',
  nik: '3171014708909001',
  kk: '3171010101109001',
  sex: 'P' as const,
  birthDate: '1990-08-07',
  motherName: 'Aminah',
  address: { street: 'Jl. Mawar 4', rt: 3, rw: 5, kelurahan: '31.71.01.1001' },
};
const other = { nik: '3171014708909002', kk: '3171010202209002' };

/** So many persons, each with one candidate who differs from what was said in this alone. */
function found(times: number, differs: Partial<Parameters<typeof person>[0]> = {}): Comparison[][] {
  const pair = compare(normalisePerson(person(siti)), normalisePerson(person({ ...siti, ...differs })));
  return Array.from({ length: times }, () => [pair]);
}

describe('what is learnt of a list', () => {
  it('is how often the fields of one NIK agree, the shipped values counting as some pairs beforehand', () => {
    const { model, persons, refused } = learnModel([...found(150), ...found(150, { kk: other.kk })], shipped);
    expect({ persons, refused }).toEqual({ persons: 300, refused: null });
    const before = learning.priorPairs;
    expect(model.levels.kk.equal.m).toBeCloseTo(
      (150 + before * defaultModel.levels.kk.equal.m) / (300 + before),
    );
    expect(model.levels.kk.different.m).toBeGreaterThan(defaultModel.levels.kk.different.m);
    expect(model.levels.birth.equal_round.m).toBe(model.levels.birth.equal.m);
    // What chance does, how names weigh, and when the program is sure are no matter of the list's mistakes.
    expect(model.levels.kk.equal.u).toBe(defaultModel.levels.kk.equal.u);
    expect(model.levels.address.other_kelurahan).toEqual(defaultModel.levels.address.other_kelurahan);
    expect([model.tokens, model.limits, model.decision]).toEqual([
      defaultModel.tokens,
      defaultModel.limits,
      defaultModel.decision,
    ]);
    expect(model.version).toMatch(/^4-[0-9a-f]{8}$/);
  });

  it('is how often the NIK is written wrong, by those of one name, birth date and household', () => {
    const { model } = learnModel([...found(150), ...found(50, { nik: other.nik })], shipped);
    expect(model.levels.nik.equal.m).toBeLessThan(defaultModel.levels.nik.equal.m);
    expect(model.levels.nik.one_digit.m).toBeGreaterThan(defaultModel.levels.nik.one_digit.m);
  });

  it('has a version of its own, the same for the same and another for another', () => {
    const versionOf = (...pairs: Comparison[][][]) => learnModel(pairs.flat(), shipped).model.version;
    expect(versionOf(found(200))).toBe(versionOf(found(200)));
    expect(versionOf(found(200))).not.toBe(versionOf(found(201)));
  });
});

describe('the shipped model stands', () => {
  const refusedOf = (pairs: Comparison[][]) => {
    const { model, refused } = learnModel(pairs, shipped);
    expect(model).toBe(defaultModel);
    return refused;
  };

  it('where too few have their NIK in the list', () => {
    expect(refusedOf(found(99))).toContain('baru 99 orang');
    expect(refusedOf([])).toContain('baru 0 orang');
  });

  it('where too few are certain without it', () => {
    expect(refusedOf([...found(120, { name: 'Sitti Rohmah Dewi' }), ...found(40)])).toContain(
      'baru 40 orang',
    );
  });

  it('where more are expected than equal NIK imply', () => {
    expect(
      refusedOf([...found(150), ...found(60, { ...other, name: 'Siti Rohmah', motherName: null })]),
    ).toContain('menyimpang');
  });

  it('where a weaker agreement would speak more than a better one', () => {
    const elsewhere = { ...siti.address, street: 'Jl. Melati 9', rt: 8, rw: 2 };
    expect(refusedOf(found(5_000, { address: elsewhere }))).toContain('tidak masuk akal');
  });
});
