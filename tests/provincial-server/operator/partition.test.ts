import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { downLimits, ReferenceBody } from '../../../shared/provincial/down.ts';
import { bytesOf, cutLists } from './partition.ts';

const listId = randomUUID();

function household(nth: number, street = 'Jl. Percobaan'): ReferenceBody['households'][number] {
  return {
    sourceId: `K-${nth}`,
    kk: null,
    street: `${street} ${nth}`,
    rt: 1,
    rw: 1,
    kelurahan: '31.71.01.1001',
    kelurahanName: null,
    percentile: null,
    desil: null,
    answers: {},
    persons: [],
  };
}

function part(nth: number, parts: number, households: ReferenceBody['households'], removed: string[] = []) {
  return {
    listId,
    source: 'DTSEN' as const,
    name: 'DTSEN triwulan 4',
    listDate: '2026-11-01',
    version: 1,
    baseListId: null,
    part: nth,
    parts,
    households,
    removed,
    asing: 'ikut',
  };
}

describe('a list that is issued', () => {
  const long = Array.from({ length: 1_500 }, (_, nth) => household(nth, 'Gg. '.repeat(200)));

  it('is cut into parts of a few seconds each, with all that it holds, in its order', () => {
    const removed = Array.from({ length: 40_000 }, (_, nth) => `lama-${nth}-${randomUUID()}`);
    const cut = cutLists([part(2, 2, [household(9_999)]), part(1, 2, long, removed)]).map((body) =>
      ReferenceBody.parse(body),
    );
    expect(Math.max(...cut.map(bytesOf))).toBeLessThanOrEqual(downLimits.listPart);
    expect(cut.map((one) => one.part)).toEqual(cut.map((_, nth) => nth + 1));
    expect(new Set(cut.map(({ parts }) => parts))).toEqual(new Set([cut.length]));
    expect(cut.flatMap(({ households }) => households)).toEqual([...long, household(9_999)]);
    expect(cut.flatMap((one) => one.removed)).toEqual(removed);
    expect(cut.every((one) => one['asing'] === 'ikut')).toBe(true);
  });

  it('stays as it came where its parts are short, or others of them are elsewhere', () => {
    const short = [part(1, 2, [household(1)]), part(2, 2, [household(2)])];
    expect(cutLists(short)).toEqual(short);
    const alone = [part(1, 2, long)];
    expect(cutLists(alone)).toEqual(alone);
    const twice = [part(1, 2, long), part(1, 2, [])];
    expect(cutLists(twice)).toEqual(twice);
  });

  it('is left alone where another comes in the same file', () => {
    const other = { ...part(1, 1, [household(7)]), listId: randomUUID() };
    expect(cutLists([part(1, 1, [household(1)]), other])).toHaveLength(2);
  });
});
