import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffFields, mergeThreeWay, readField, sameValue, writeField, writePart } from './merge.ts';

const base = {
  case: { id: 'k1', number: '7' },
  household: { address: { rt: 1, rw: 2 }, phone: null, families: [{ no: 1, kk: '1' }] },
  members: [
    { id: 'a', name: 'Siti', nik: '1' },
    { id: 'b', name: 'Budi', nik: '2' },
  ],
};

function changed(...edits: [path: string, value: unknown][]): unknown {
  return edits.reduce<unknown>((value, [path, after]) => writeField(value, path, after), base);
}

describe('the field-level merge', () => {
  it('names each field that differs, whatever the order of a list', () => {
    const after = { ...base, members: [{ id: 'b', name: 'Budi', nik: '3' }, base.members[0]] };
    expect(diffFields(base, after)).toEqual([{ path: 'members.b.nik', before: '2', after: '3' }]);
  });

  it('merges different fields, of the same person too', () => {
    const merged = mergeThreeWay(
      base,
      changed(['members.a.nik', '9']),
      changed(['members.a.name', 'Siti A.']),
    );
    expect(merged.clashes).toEqual([]);
    expect(merged.taken).toEqual([{ path: 'members.a.name', before: 'Siti', after: 'Siti A.' }]);
    expect(readField(merged.value, 'members.a')).toEqual({ id: 'a', name: 'Siti A.', nik: '9' });
  });

  it('keeps both values of the same field, and takes the rest', () => {
    const merged = mergeThreeWay(
      base,
      changed(['household.address.rt', 3]),
      changed(['household.address.rt', 4], ['household.phone', '021']),
    );
    expect(merged.clashes).toEqual([{ path: 'household.address.rt', base: 1, ours: 3, theirs: 4 }]);
    expect(readField(merged.value, 'household')).toMatchObject({ address: { rt: 3 }, phone: '021' });
  });

  it('takes the same change on both sides for none', () => {
    const both = changed(['household.address.rt', 3]);
    expect(mergeThreeWay(base, both, both)).toMatchObject({ clashes: [], taken: [] });
  });

  it('lets both sides add someone', () => {
    const merged = mergeThreeWay(
      base,
      changed(['members.c', { id: 'c', name: 'Cici' }]),
      changed(['members.d', { id: 'd', name: 'Dodi' }]),
    );
    expect(merged.clashes).toEqual([]);
    expect(Object.keys(Object(readField(merged.value, 'members')))).toHaveLength(4);
  });

  it('shows it when one side took away whom the other changed', () => {
    const merged = mergeThreeWay(base, changed(['members.b', undefined]), changed(['members.b.nik', '5']));
    expect(merged.clashes).toMatchObject([{ path: 'members.b', ours: undefined, theirs: { nik: '5' } }]);
  });

  it.each<[string, string, unknown]>([
    ['takes a thing away by null', 'members.b', null],
    ['takes a thing away by nothing', 'members.b', undefined],
    ['takes away what is not there', 'members.c', null],
    ['writes no part of a thing that is not there', 'members.c.nik', '5'],
  ])('%s, and the list stays one of things', (_, path, value) => {
    const after = changed([path, value]);
    expect(readField(after, 'members.a')).toEqual(base.members[0]);
    expect(readField(after, 'members.c')).toBeUndefined();
    expect(diffFields(base, after)).toEqual(
      path === 'members.b' ? [{ path, before: base.members[1], after: undefined }] : [],
    );
  });

  it('writes into a thing that stands nowhere by now, and no part of none', () => {
    const [siti] = base.members;
    expect(writePart(siti, 'members.a', 'members.a.nik', '9')).toEqual({ ...siti, nik: '9' });
    expect(writePart(base.members, 'members', 'members.a.nik', '9')).toEqual([
      { ...siti, nik: '9' },
      base.members[1],
    ]);
    expect(writePart('1', 'members.a.nik', 'members.a.nik', '9')).toBe('9');
    expect(writePart(null, 'members.a', 'members.a', siti)).toEqual(siti);
    expect(writePart(null, 'members.a', 'members.a.nik', '9')).toBeNull();
  });

  it('reads names with dots', () => {
    const value = { 'a.b': { '~c': 1 } };
    const [edit] = diffFields(value, { 'a.b': { '~c': 2 } });
    expect(readField(value, edit?.path ?? '')).toBe(1);
  });

  const field = fc.constantFrom('a', 'b', 'c', 'd');
  const thing = fc.record({ id: fc.constantFrom('x', 'y', 'z'), v: fc.nat(3) });
  const household = fc.record({
    data: fc.dictionary(field, fc.oneof(fc.nat(3), fc.dictionary(field, fc.nat(3)))),
    members: fc.uniqueArray(thing, { selector: ({ id }) => id }),
  });

  it('loses no change of either side and converges, in any order (property)', () => {
    fc.assert(
      fc.property(household, household, household, (start, left, right) => {
        const one = mergeThreeWay(start, left, right);
        const other = mergeThreeWay(start, right, left);
        const clashing = new Set(one.clashes.map((clash) => clash.path));
        expect(new Set(other.clashes.map((clash) => clash.path))).toEqual(clashing);
        const touches = (path: string) =>
          [...clashing].some(
            (clash) => path === clash || path.startsWith(`${clash}.`) || clash.startsWith(`${path}.`),
          );
        for (const [side, merged] of [
          [left, one],
          [left, other],
          [right, one],
          [right, other],
        ] as const)
          for (const edit of diffFields(start, side).filter(({ path }) => !touches(path)))
            expect(sameValue(readField(merged.value, edit.path), edit.after)).toBe(true);
        const apart = diffFields(one.value, other.value).filter(({ path }) => !touches(path));
        expect(apart).toEqual([]);
      }),
    );
  });
});
