import { describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { madeKelurahan } from '../../tests/fixtures/made-kelurahan.ts';
import { briefOf } from './brief.ts';
import { compare } from './compare.ts';
import { defaultModel, defaultNameFrequency } from './model.ts';
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

describe('the bound of a pair', () => {
  it('is never below what the pair comes to, and leaves few strangers to compare', () => {
    const below: unknown[] = [];
    const counts = { pairs: 0, likely: 0, kept: 0 };
    for (const one of reported) {
      const bound = new PairBound(one, weighing);
      for (const other of [...listed, ...placeless]) {
        const { bits } = weigh(compare(one, other), weighing);
        const most = boundOf(bound, other);
        if (most < bits - 1e-9) below.push({ one: one.input, other: other.input, bits, most });
        counts.pairs += 1;
        if (bits >= least) counts.likely += 1;
        if (most >= least) counts.kept += 1;
      }
    }
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

  it('sees an equal No KK', () => {
    const [one] = reported.filter(({ kk }) => kk.valid);
    const other = reported.find(({ kk }) => kk.valid && kk.digits !== one?.kk.digits);
    if (one === undefined || other === undefined) throw new Error('Nobody has a card.');
    const bound = new PairBound(one, weighing);
    expect(bound.mayShareCard({ id: '', list: '', briefs: briefOf(one), at: 0 })).toBe(true);
    expect(bound.mayShareCard({ id: '', list: '', briefs: briefOf(other), at: 0 })).toBe(false);
  });
});
