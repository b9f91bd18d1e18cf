import { describe, expect, it } from 'vitest';
import { daughter, door, father } from '../../tests/fixtures/family-of-three.ts';
import { memorySource } from '../../tests/fixtures/memory-source.ts';
import { compare } from './compare.ts';
import { firstKeys, furtherKeys, type MatchKey } from './blocking.ts';
import { matchHousehold, type MatchOptions } from './match-household.ts';
import { defaultModel } from './model.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';
import { weigh } from './weigh.ts';

describe('the keys that are looked up', () => {
  function askedFor(
    reported: MatchInput,
    listed: MatchInput,
    options: Partial<MatchOptions> = {},
  ): Set<MatchKey> {
    const source = memorySource({ keluarga: [listed] });
    const asked = new Set<MatchKey>();
    const find: typeof source.find = (keysOf) => {
      for (const key of keysOf.flat()) asked.add(key);
      return source.find(keysOf);
    };
    matchHousehold(
      [{ id: 'a', input: reported, unit: '' }],
      { ...source, find },
      { model: defaultModel, ...options },
    );
    return asked;
  }

  const first = new Set(firstKeys(normalisePerson(father)));
  const further = new Set(furtherKeys(normalisePerson(father), false));
  const all = new Set([...first, ...further]);

  it('are few for whom they find surely', () => {
    expect(askedFor(father, father)).toEqual(first);
    expect([...first].filter((key) => further.has(key))).toEqual([]);
  });

  it('are all where every likely person is wanted, or where the one surely found is known to be another', () => {
    expect(askedFor(father, father, { everyLikely: true })).toEqual(all);
    expect(askedFor(father, father, { cannotLink: () => true })).toEqual(all);
  });

  it('are all others too for whom they do not, those of the year only among persons without a birth date', () => {
    expect(askedFor(father, daughter)).toEqual(all);
    const undated = askedFor(father, { ...daughter, birthDate: null });
    expect(undated).toEqual(new Set([...all, ...furtherKeys(normalisePerson(father), true)]));
    expect(undated.size).toBeGreaterThan(all.size);
  });
});

describe('who is compared', () => {
  it('is whoever may be more than a stranger, and nobody else', () => {
    const namesakes = Array.from({ length: 30 }, (_, at): MatchInput => ({
      ...father,
      name: `SUPARDI ${['GUNAWAN', 'WIBOWO', 'LUBIS'][at % 3]}`,
      nik: `327304${String(41 + (at % 16)).padStart(2, '0')}088055${String(10 + at)}`,
      kk: null,
      birthDate: `1980-08-${String(1 + (at % 16)).padStart(2, '0')}`,
      sex: 'P',
      address: { ...door, rt: 9 },
    }));
    const source = memorySource(Object.fromEntries(namesakes.map((one, at) => [`n${at}`, [one]])), 1_000_000);
    const found: string[] = [];
    const fetched: string[] = [];
    matchHousehold(
      [{ id: 'a', input: father, unit: '' }],
      {
        ...source,
        find: (keysOf) => {
          const glimpsed = source.find(keysOf);
          found.push(...glimpsed.glimpses.flat().map(({ id }) => id));
          return glimpsed;
        },
        fetch: (ids) => {
          fetched.push(...ids);
          return source.fetch(ids);
        },
      },
      { model: defaultModel },
    );
    expect(new Set(found).size).toBe(30);
    expect(fetched).toEqual([]);
    const likely = matchHousehold(
      [{ id: 'a', input: father, unit: '' }],
      memorySource({ keluarga: [{ ...father, nik: null, kk: null, birthDate: '1980-08-18' }] }),
      { model: defaultModel },
    );
    expect(likely.candidates.get('a')).toHaveLength(1);
  });

  it.each([
    ['tell more', 6, 18],
    ['tell no more', 0, 14],
  ])(
    'is of many who are hardly more than strangers whoever can be among the five shown, where briefs %s than rows',
    (_, placeless, read) => {
      // One part of the name and the month in common, no more; six may live anywhere, as far as their brief tells at the same door.
      const elsewhere = { street: 'JL. LAIN 9', rt: 9, rw: 9, kelurahan: '31.71.02.1001' };
      const namesakes = Array.from({ length: 18 }, (_, at): MatchInput => ({
        ...father,
        nik: null,
        kk: null,
        motherName: null,
        name: 'SUPARDI LUBIS',
        birthDate: `1980-08-${String(18 + (at % 12)).padStart(2, '0')}`,
        address:
          at < placeless
            ? { street: null, rt: null, rw: null, kelurahan: null }
            : at < 12
              ? { ...door, rt: 9 }
              : elsewhere,
      }));
      const source = memorySource(
        Object.fromEntries(namesakes.map((one, at) => [`n${at}`, [one]])),
        1_000_000,
      );
      const fetched = new Set<string>();
      const own = { ...father, nik: null, kk: null };
      const { candidates } = matchHousehold(
        [{ id: 'a', input: own, unit: '' }],
        {
          ...source,
          fetch: (ids) => {
            for (const id of ids) fetched.add(id);
            return source.fetch(ids);
          },
        },
        { model: defaultModel },
      );
      const weighing = { model: defaultModel, frequency: source.frequency, population: source.population };
      const compared = namesakes
        .map((one, at) => ({
          id: `n${at}.1`,
          bits: weigh(compare(normalisePerson(own), normalisePerson(one)), weighing).bits,
        }))
        .sort(
          (left, right) =>
            right.bits - left.bits || left.id.length - right.id.length || (left.id < right.id ? -1 : 1),
        );
      expect(candidates.get('a')?.map(({ candidate }) => candidate.id)).toEqual(
        compared.slice(0, 5).map(({ id }) => id),
      );
      expect(fetched.size).toBe(read);
    },
  );
});
