import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignable, explainPart, type OpenCase, shareOut } from './assignment.ts';
import { describeTeamArea, parseTeamArea, shortTeamArea } from './team.ts';

function families(count: number, rw: number, rt: number): OpenCase[] {
  return Array.from({ length: count }, (_, index) => ({
    caseId: `${rw}-${rt}-${String(index).padStart(3, '0')}`,
    kelurahan: '31.71.01.1001',
    rw,
    rt,
    street: `Gang ${index + 1}`,
  }));
}

function member(name: string, areas: Assignable['areas'] = [], load = 0): Assignable {
  return { id: name.toLowerCase(), name, areas, load };
}

describe('sharing families out', () => {
  it('gives an RT whole to the member of its area who carries least', () => {
    const parts = shareOut(families(3, 7, 1), [
      member('Ani', [{ rw: 7, rt: null }], 9),
      member('Budi', [{ rw: 7, rt: null }], 4),
      member('Citra', [{ rw: 8, rt: null }]),
    ]);
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ memberName: 'Budi', ground: 'wilayah', loadBefore: 4 });
    expect(explainPart(parts[0] ?? fail())).toBe('bertugas di RW 007; bebannya 4 menjadi 7 keluarga (Ani 9)');
  });

  it('parts an RT that is more than a fair share, neighbours staying together', () => {
    const parts = shareOut(families(20, 1, 1), [member('Ani'), member('Budi')]);
    expect(parts.map(({ memberName, caseIds }) => [memberName, caseIds.length])).toEqual([
      ['Ani', 10],
      ['Budi', 10],
    ]);
    expect(parts[0]?.caseIds).toEqual(families(10, 1, 1).map(({ caseId }) => caseId));
  });

  it('sends somebody where nobody has the area, and says so', () => {
    const [part] = shareOut(families(2, 9, 1), [member('Ani', [{ rw: 1, rt: null }])]);
    expect(part?.ground).toBe('di_luar_wilayah');
    expect(shareOut(families(2, 9, 1), [])).toEqual([]);
  });

  it('leaves nobody out, gives nobody twice, and does not depend on the order', () => {
    const place = fc.record({ rw: fc.integer({ min: 1, max: 3 }), rt: fc.integer({ min: 1, max: 3 }) });
    const someMembers = fc.array(
      fc.record({
        areas: fc.array(fc.record({ rw: fc.integer({ min: 1, max: 3 }), rt: fc.constant(null) }), {
          maxLength: 2,
        }),
        load: fc.integer({ min: 0, max: 12 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), someMembers, (places, people) => {
        const cases = places.map((at, index): OpenCase => ({
          ...at,
          caseId: `c${index}`,
          kelurahan: 'k',
          street: `Jl. ${index}`,
        }));
        const team = people.map((one, index) => ({ ...one, id: `m${index}`, name: `Anggota ${index}` }));
        const parts = shareOut(cases, team);
        expect(parts.flatMap(({ caseIds }) => caseIds).sort()).toEqual(
          cases.map(({ caseId }) => caseId).sort(),
        );
        expect(shareOut(cases.toReversed(), team.toReversed())).toEqual(parts);
      }),
    );
  });

  it('keeps loads within the largest part of each other where everybody goes everywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (sizes, count) => {
          const cases = sizes.flatMap((size, index) => families(size, 1, index + 1));
          const team = Array.from({ length: count }, (_, index) => member(`Anggota ${index}`));
          const parts = shareOut(cases, team);
          const loads = team.map(({ id }) =>
            parts
              .filter(({ memberId }) => memberId === id)
              .reduce((sum, { caseIds }) => sum + caseIds.length, 0),
          );
          const largest = Math.max(...parts.map(({ caseIds }) => caseIds.length));
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(largest);
        },
      ),
    );
  });
});

describe('an area of a member', () => {
  it.each([
    ['7', { rw: 7, rt: null }, '007', 'RW 007'],
    [' 003/07 ', { rw: 7, rt: 3 }, '003/007', 'RT 003/RW 007'],
  ])('reads %s', (typed, area, short, long) => {
    expect(parseTeamArea(typed)).toEqual(area);
    expect(shortTeamArea(area)).toBe(short);
    expect(describeTeamArea(area)).toBe(long);
  });

  it.each(['', '0', 'RW 7', '1/2/3', '1/'])('refuses %j', (typed) => {
    expect(parseTeamArea(typed)).toBeNull();
  });
});

function fail(): never {
  throw new Error('No part.');
}
