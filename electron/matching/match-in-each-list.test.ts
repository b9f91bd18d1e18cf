import { describe, expect, it } from 'vitest';
import { type ListedHousehold, listSource, person } from '../../tests/fixtures/memory-source.ts';
import type { CandidateSource } from './candidate-source.ts';
import { matchInEachList } from './match-household.ts';
import { defaultNameFrequency, defaultModel } from './model.ts';
import type { MatchInput } from './normalise.ts';

const siti = person({ name: 'Siti Aminah', birthDate: '1980-03-02', sex: 'P', kk: '3171010101100001' });
const budi = person({
  name: 'Budi Santoso',
  nik: '3171010502780003',
  birthDate: '1978-02-05',
  sex: 'L',
  kk: '3171010101100001',
});

/** A result that knows these, each in a household of their card. */
function result(list: string, ...persons: MatchInput[]): ListedHousehold {
  return { id: list, list, persons: persons.map((input, at) => ({ id: `${list}.${at + 1}`, input })) };
}

/** Lists of thirty thousand, of which those are named that matter; counts how often keys are looked up and for how many people. */
function searching(...results: ListedHousehold[]): { source: CandidateSource; asked: number[] } {
  const asked: number[] = [];
  const source = { ...listSource(results), population: 30_000, frequency: defaultNameFrequency };
  return {
    source: {
      ...source,
      find: (keysOf) => {
        asked.push(keysOf.length);
        return source.find(keysOf);
      },
    },
    asked,
  };
}

const reported = { id: 'siti', input: siti, unit: '1' };
const options = { model: defaultModel, latest: 'desember' };

describe('several lists searched as one', () => {
  it('are each judged by itself: who stands in all of them is no rival to herself', () => {
    const { source } = searching(...['desember', 'november', 'oktober'].map((list) => result(list, siti)));
    const matches = matchInEachList([reported], source, options);
    expect([...matches.keys()].toSorted()).toEqual(['desember', 'november', 'oktober']);
    for (const [list, { links }] of matches)
      expect(links).toMatchObject([
        { candidate: { id: `${list}.1` }, runnerUp: null, decision: { outcome: 'auto' } },
      ]);
  });

  it('are asked twice at most, however many they are, and once for whom the latest surely has', () => {
    const stranger = person({ name: 'Joko', birthDate: '1950-01-01', sex: 'L' });
    const many = Array.from({ length: 20 }, (_, at) => result(`lama-${at}`, siti));
    const older = searching(result('desember', stranger), ...many);
    matchInEachList([reported], older.source, options);
    expect(older.asked).toEqual([1, 1]);
    const newer = searching(result('desember', siti), ...many);
    matchInEachList([reported], newer.source, options);
    expect(newer.asked).toEqual([1]);
  });

  it('look for nobody who is known, and let them keep the others company', () => {
    const card = { ...siti, kk: null, birthDate: null, age: 45, ageOn: '2026-12-01' };
    const alone = searching(result('desember', card));
    const known = { id: 'budi', input: budi, unit: '1', known: ['desember.1'] };
    const bits = (matches: ReturnType<typeof matchInEachList>) =>
      matches.get('desember')?.candidates.get('siti')?.[0]?.weight.bits ?? 0;
    const without = bits(matchInEachList([reported], alone.source, options));
    const together = searching(result('desember', budi, card));
    const matches = matchInEachList([reported, known], together.source, options);
    expect(together.asked.every((people) => people === 1)).toBe(true);
    expect(bits(matches)).toBeGreaterThan(without);
  });
});
