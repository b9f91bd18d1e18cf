import { describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { madeKelurahan } from '../../tests/fixtures/made-kelurahan.ts';
import { briefOf } from './brief.ts';
import { compare } from './compare.ts';
import { learnModel } from './learn-model.ts';
import { defaultModel, defaultNameFrequency, type Model } from './model.ts';
import { type MatchPerson, memberInput, normalisePerson, referenceInput } from './normalise.ts';
import { PairBound } from './pair-bound.ts';
import { weigh } from './weigh.ts';

const made = madeKelurahan({ households: 60, cases: 15, seed: 23 });
const reported = made.cases.flatMap(({ household }) =>
  household.members.map((member) =>
    normalisePerson(
      memberInput(
        member,
        household.address,
        household.families.find(({ no }) => no === member.familyNo)?.kk ?? null,
      ),
    ),
  ),
);
const listed = made.reference.flatMap(({ households, listDate }) =>
  households.flatMap(({ household, persons }) =>
    persons.map((person) => normalisePerson(referenceInput(person, household, listDate))),
  ),
);
/** As a list has them that names no kelurahan, or one of another name. */
const placeless = listed.map(({ input }) =>
  normalisePerson({ ...input, address: { ...input.address, kelurahan: null } }),
);
const weighing = { model: defaultModel, frequency: defaultNameFrequency, population: 1_000_000 };
const least = Math.log2(0.05 / 0.95);

function boundOf(bound: PairBound, person: MatchPerson): number {
  return bound.of({ id: '', list: '', briefs: briefOf(person), at: 0 }, least);
}

/** Learnt of a list in which hardly a card, an address or a number is as the families say. */
function learntModel(): Model {
  const siti = {
    name: 'Siti Rohmah',
    nik: '3171014708909001',
    kk: '3171010101109001',
    sex: 'P' as const,
    birthDate: '1990-08-07',
    motherName: 'Aminah',
    address: { street: 'Jl. Mawar 4', rt: 3, rw: 5, kelurahan: '31.71.01.1001' },
  };
  const times = (count: number, differs: Partial<typeof siti>) => {
    const pair = compare(normalisePerson(person(siti)), normalisePerson(person({ ...siti, ...differs })));
    return Array.from({ length: count }, () => [pair]);
  };
  const address = { ...siti.address, street: 'Jl. Melati 9', rt: 8, rw: 2 };
  const { model, refused } = learnModel(
    [
      ...times(150, { address, kk: '3171010202209002' }),
      ...times(300, { nik: siti.nik.slice(0, 15), kk: '3171010101109010' }),
    ],
    weighing,
  );
  expect(refused).toBeNull();
  return model;
}

/** Everybody reported beside everybody listed: whose bound lies below what they come to, and how many are kept. */
function boundAll(model: Model) {
  const below: unknown[] = [];
  const counts = { pairs: 0, likely: 0, kept: 0 };
  for (const one of reported) {
    const bound = new PairBound(one, { ...weighing, model });
    for (const other of [...listed, ...placeless]) {
      const { bits } = weigh(compare(one, other), { ...weighing, model });
      const most = boundOf(bound, other);
      if (most < bits - 1e-9) below.push({ one: one.input, other: other.input, bits, most });
      counts.pairs += 1;
      if (bits >= least) counts.likely += 1;
      if (most >= least) counts.kept += 1;
    }
  }
  return { below, counts };
}

describe('the bound of a pair', () => {
  it('is never below what the pair comes to by a learnt model either', () => {
    expect(boundAll(learntModel()).below).toEqual([]);
  });

  it('is never below what the pair comes to, and leaves few strangers to compare', () => {
    const { below, counts } = boundAll(defaultModel);
    expect(below).toEqual([]);
    expect(counts.likely).toBeGreaterThan(40);
    expect(counts.kept).toBeLessThan(counts.likely + counts.pairs / 1000);
  });

  it('counts no part of a long name that is not compared', () => {
    const named = (name: string) => normalisePerson(person({ name, sex: 'P', birthDate: '1980-08-17' }));
    const bound = new PairBound(named('SITI AMINAH'), weighing);
    const [six, seven] = [
      named('SITI AMINAH NUR AINI DWI PUTRI'),
      named('SITI AMINAH NUR AINI DWI PUTRI AYU'),
    ];
    expect(boundOf(bound, seven)).toBe(boundOf(bound, six));
  });

  it('takes a slip in a common name for no rarer a name, whichever side it stands on', () => {
    const shares = { ...weighing, frequency: (canon: string) => (canon === 'SULASTRI' ? 0.002 : 1e-6) };
    const [right, slip] = ['SULASTRI', 'SULASTRY'].map((name) =>
      normalisePerson(person({ name, sex: 'P', birthDate: '1980-08-17' })),
    );
    if (right === undefined || slip === undefined) throw new Error('Two names were given.');
    const most = boundOf(new PairBound(right, shares), slip);
    expect(boundOf(new PairBound(slip, shares), right)).toBe(most);
    expect(most).toBeGreaterThanOrEqual(weigh(compare(slip, right), shares).bits);
  });

  it.each([
    ['1980-01-01', '1980-08-17'],
    ['1980-08-17', '1980-12-31'],
    ['1980-01-01', '1980-01-15'],
    ['1980-01-01', '1980-01-11'],
    ['1980-01-01', '1980-01-01'],
  ])('of %s and %s is what the dates come to', (one, other) => {
    const [reportedOne, listedOne] = [one, other].map((birthDate) =>
      normalisePerson(person({ name: 'SITI AMINAH', sex: 'P', birthDate })),
    );
    if (reportedOne === undefined || listedOne === undefined) throw new Error('Two dates were given.');
    const { bits } = weigh(compare(reportedOne, listedOne), weighing);
    const most = new PairBound(reportedOne, weighing).of(
      { id: '', list: '', briefs: briefOf(listedOne), at: 0 },
      Number.NEGATIVE_INFINITY,
    );
    // Above it by the address alone.
    const { same_door: door, same_kelurahan: near } = defaultModel.levels.address;
    expect(most - bits).toBeCloseTo(Math.log2(door.m / door.u) - Math.log2(near.m / near.u));
  });

  it('sees an equal No KK', () => {
    const [one] = reported.filter(({ kk }) => kk.valid);
    const other = reported.find(({ kk }) => kk.valid && kk.digits !== one?.kk.digits);
    if (one === undefined || other === undefined) throw new Error('Nobody has a card.');
    const bound = new PairBound(one, weighing);
    expect(bound.mayShareCard({ id: '', list: '', briefs: briefOf(one), at: 0 })).toBe(true);
    expect(bound.mayShareCard({ id: '', list: '', briefs: briefOf(other), at: 0 })).toBe(false);
  });
});
