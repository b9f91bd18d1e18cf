import { describe, expect, it } from 'vitest';
import { member } from '../../tests/fixtures/members.ts';
import type { Family, Household } from './household.ts';
import {
  applyMerge,
  firstChoices,
  givenBack,
  mergeFields,
  type MergePlan,
  takenIn,
  withoutMerge,
} from './merge.ts';
import type { Member } from './person.ts';

const [cardA, cardB, cardC] = ['3171011203150001', '3171011203150002', '3171011203150003'];
const address = { street: 'Jl. Kebun Jahe 4', rt: 3, rw: 7, kelurahan: '31.71.01.1001' };

function household(families: Family[], members: Member[]): Household {
  return { address, phone: null, families, members };
}

/** Who is one person in both cases bears one name there. */
function pairsOf(kept: Household, other: Household): MergePlan['same'] {
  return kept.members.flatMap(({ id, name }) => {
    const match = other.members.find((one) => one.name === name);
    return match === undefined ? [] : [{ memberId: id, otherId: match.id }];
  });
}

/** As the screen opens it, everyone comes along; `choices` are what the clerk chose otherwise. */
function planOf(kept: Household, other: Household, choices: MergePlan['choices'] = {}): MergePlan {
  const same = pairsOf(kept, other);
  const first = firstChoices(mergeFields(kept, other, same));
  const joining = other.members.flatMap(({ id }) => (same.some(({ otherId }) => otherId === id) ? [] : [id]));
  return { choices: { ...first, ...choices }, same, joining };
}

const joinedId = (id: string) => `joined ${id}`;

function merged(kept: Household, other: Household, choices: MergePlan['choices'] = {}): Household {
  return applyMerge(kept, other, planOf(kept, other, choices), joinedId);
}

/** Both cases as they stand once the merge is taken back after `correct` was done to the merged one. */
function separated(kept: Household, other: Household, correct: (after: Household) => Household) {
  const plan = planOf(kept, other);
  const after = applyMerge(kept, other, plan, joinedId);
  const now = correct(after);
  const joined = plan.joining.map((otherId) => ({ id: joinedId(otherId), otherId }));
  return {
    kept: withoutMerge(kept, after, now),
    other: givenBack({ before: kept, after, plan, joined }, other, now),
  };
}

function changed(before: Household, name: string, changes: Partial<Member>, families = before.families) {
  const members = before.members.map((one) => (one.name === name ? { ...one, ...changes } : one));
  return { ...before, families, members };
}

function offered(kept: Household, other: Household): [string, string | null, string | null][] {
  return mergeFields(kept, other, pairsOf(kept, other)).map((field) => [field.path, field.kept, field.other]);
}

const father = member({ id: 'father', name: 'Supardi' });
const wife = member({ id: 'wife', name: 'Neneng', relation: '2', familyRelation: '2' });
const child = member({ id: 'child', name: 'Anisa', relation: '3', familyRelation: '3' });
const aunt = member({ id: 'aunt', name: 'Wati', relation: '8' });
const seenAgain = (one: Member, changes: Partial<Member> = {}): Member => ({
  ...one,
  ...changes,
  id: `${one.id} again`,
});

describe('families of two cases that become one', () => {
  const kept = household([{ no: 1, kk: cardA }], [father, wife]);
  const other = household([{ no: 1, kk: cardB }], [seenAgain(father), child]);

  it('are one under the card that was chosen, whichever it is, and who joins stands in it', () => {
    expect(offered(kept, other)).toEqual([['families.1.kk', cardA, cardB]]);
    for (const [side, kk] of [
      ['tetap', cardA],
      ['digabung', cardB],
    ] as const) {
      const after = merged(kept, other, { 'families.1.kk': side });
      expect(after.families).toEqual([{ no: 1, kk }]);
      expect(after.members.map(({ name, familyNo }) => [name, familyNo])).toEqual([
        ['Supardi', 1],
        ['Neneng', 1],
        ['Anisa', 1],
      ]);
    }
  });

  it('come along with their card where the kept case has nobody of them', () => {
    const twoFamilies = household(
      [
        { no: 1, kk: cardB },
        { no: 2, kk: cardA },
      ],
      [seenAgain(aunt), seenAgain(father, { familyNo: 2 }), seenAgain(child, { familyNo: 2 })],
    );
    const after = merged(kept, twoFamilies);
    expect(after.families).toEqual([
      { no: 1, kk: cardA },
      { no: 2, kk: cardB },
    ]);
    expect(after.members.map(({ name, familyNo }) => [name, familyNo])).toEqual([
      ['Supardi', 1],
      ['Neneng', 1],
      ['Wati', 2],
      ['Anisa', 1],
    ]);
    const nobodyOfThem = applyMerge(kept, twoFamilies, { choices: {}, same: [], joining: [] }, String);
    expect(nobodyOfThem.families).toEqual(kept.families);
  });

  it('are compared by card and by who stands in them, not by the number that each case gave', () => {
    const both = household(
      [
        { no: 1, kk: cardA },
        { no: 2, kk: cardB },
      ],
      [father, member({ ...aunt, familyNo: 2 })],
    );
    expect(offered(both, household([{ no: 1, kk: cardB }], [seenAgain(aunt)]))).toEqual([]);
    expect(offered(both, household([{ no: 1, kk: cardC }], [seenAgain(aunt)]))).toEqual([
      ['families.2.kk', cardB, cardC],
    ]);
    const cardless = household([{ no: 1, kk: null }], [seenAgain(child)]);
    expect(offered(both, cardless)).toEqual([['families.1.kk', cardA, null]]);
    expect(offered(both, household([{ no: 1, kk: cardC }], [seenAgain(child)]))).toEqual([]);
  });

  it('are asked about for a person who stands in different ones, by the number that is written', () => {
    const split = household(
      [
        { no: 1, kk: cardB },
        { no: 4, kk: cardA },
      ],
      [
        seenAgain(wife, { familyNo: 1, familyRelation: '1' }),
        seenAgain(father, { familyNo: 4 }),
        seenAgain(child, { familyNo: 4 }),
      ],
    );
    expect(offered(kept, split)).toEqual([
      ['members.wife.familyNo', '1', '2 (keluarga baru)'],
      ['members.wife.familyRelation', 'Istri/suami', 'Kepala'],
    ]);
    expect(merged(kept, split).families).toEqual(kept.families);
    const after = merged(kept, split, { 'members.wife.familyNo': 'digabung' });
    expect(after.families).toEqual([
      { no: 1, kk: cardA },
      { no: 2, kk: cardB },
    ]);
    expect(after.members.find(({ id }) => id === 'wife')?.familyNo).toBe(2);
  });

  it('are taken in by the first one where all nine numbers are given', () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((no) => ({ no, kk: `317101120315010${no}` }));
    const full = household(nine, [father]);
    const after = merged(full, household([{ no: 1, kk: cardB }], [aunt]));
    expect(after.families).toEqual(nine);
    expect(after.members.at(-1)).toMatchObject({ name: 'Wati', familyNo: 1 });
  });

  it('tell whose own family has no number left, of those who come along', () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ no: at + 1, kk: `317101120315010${at + 1}` }));
    const other = household([{ no: 1, kk: cardB }], [aunt]);
    const plan = { choices: {}, same: [], joining: [aunt.id] };
    expect(takenIn(household(some(9), [father]), other, plan)).toEqual([aunt]);
    expect(takenIn(household(some(9), [father]), other, { ...plan, joining: [] })).toEqual([]);
    expect(takenIn(household(some(8), [father]), other, plan)).toEqual([]);
  });
});

describe('families of two cases that are separated again', () => {
  const kept = household([{ no: 1, kk: cardA }], [father, wife]);
  const other = household(
    [
      { no: 1, kk: cardB },
      { no: 2, kk: cardC },
    ],
    [
      seenAgain(father),
      member({ ...child, nik: '3171014507100003' }),
      member({ ...aunt, familyNo: 2, familyRelation: '1' }),
    ],
  );
  const familyOf = ({ members }: Household, name: string) =>
    members.find((one) => one.name === name)?.familyNo;

  it('are as they were where nothing was corrected', () => {
    expect(separated(kept, other, (after) => after)).toEqual({ kept, other });
  });

  it('take back who was moved meanwhile into the one of the same card, by its number there', () => {
    const turned = household(
      [
        { no: 1, kk: cardC },
        { no: 2, kk: cardB },
      ],
      [
        seenAgain(father, { familyNo: 2 }),
        member({ ...aunt, familyNo: 1 }),
        member({ ...child, familyNo: 2 }),
      ],
    );
    const back = separated(kept, turned, (after) => {
      expect([familyOf(after, 'Wati'), familyOf(after, 'Anisa')]).toEqual([2, 1]);
      return changed(changed(after, 'Wati', { familyNo: 1 }), 'Anisa', { familyNo: 2 });
    });
    expect([familyOf(back.other, 'Wati'), familyOf(back.other, 'Anisa')]).toEqual([2, 1]);
    expect(back.other.families).toEqual(turned.families);
  });

  it('give a family that was opened meanwhile along with who was moved into it', () => {
    const cardD = '3171011203150004';
    for (const kk of [cardD, null]) {
      const back = separated(kept, other, (after) =>
        changed(after, 'Anisa', { familyNo: 3 }, [...after.families, { no: 3, kk }]),
      );
      expect(back.other.families).toEqual([...other.families, { no: 3, kk }]);
      expect(familyOf(back.other, 'Anisa')).toBe(3);
      expect(back.kept).toEqual({ ...kept, families: [...kept.families, { no: 3, kk }] });
    }
  });

  it('leave who returns where they were, where the other case has nine already', () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((no) => ({ no, kk: `317101120315010${no}` }));
    const full = household(nine, [seenAgain(father), child]);
    const back = separated(kept, full, (after) =>
      changed(after, 'Anisa', { familyNo: 2 }, [...after.families, { no: 2, kk: cardC }]),
    );
    expect(back.other).toEqual(full);
  });

  it('lose no card that was corrected meanwhile', () => {
    const corrected = '3171011203150009';
    const back = separated(kept, other, (after) => ({
      ...after,
      families: after.families.map((family) => (family.no === 2 ? { no: 2, kk: corrected } : family)),
    }));
    expect(back.other.families).toEqual([
      { no: 1, kk: cardB },
      { no: 2, kk: corrected },
    ]);
    expect(back.kept).toEqual(kept);
  });

  it('keep a family that came along where somebody who stays has moved into it', () => {
    const back = separated(kept, other, (after) => changed(after, 'Neneng', { familyNo: 2 }));
    expect(back.kept.families).toEqual([
      { no: 1, kk: cardA },
      { no: 2, kk: cardC },
    ]);
    expect(familyOf(back.kept, 'Neneng')).toBe(2);
    expect(back.other).toEqual(other);
  });

  it('have each its own head, whoever was head of the merged one meanwhile', () => {
    const asHead = household([{ no: 1, kk: cardB }], [member({ ...aunt, relation: '1' }), child]);
    const back = separated(kept, asHead, (after) =>
      changed(changed(changed(after, 'Wati', { relation: '6' }), 'Anisa', { relation: '1' }), 'Supardi', {
        relation: '8',
      }),
    );
    expect(back.other).toEqual(asHead);
  });
});

describe('the note on a NIK', () => {
  const [right, odd] = ['3171010108800001', '3171011708800001'];
  const note = 'Tanggal di NIK salah cetak, sesuai KTP';
  const alone = (nik: string | null, nikNote: string | null) =>
    household([{ no: 1, kk: cardA }], [member({ id: `with ${nik}`, name: 'Siti', nik, nikNote })]);
  const noteOf = ({ members: [siti] }: Household) => [siti?.nik, siti?.nikNote];

  it('goes with its number, and is asked about by itself only where the number is one', () => {
    const [kept, other] = [alone(right, null), alone(odd, note)];
    const [field, ...more] = mergeFields(kept, other, pairsOf(kept, other));
    expect([field, more]).toEqual([
      expect.objectContaining({ label: 'NIK', notes: { kept: null, other: note } }),
      [],
    ]);
    expect(noteOf(merged(kept, other))).toEqual([right, null]);
    const choices = { [field?.path ?? '']: 'digabung' as const };
    expect(noteOf(merged(kept, other, choices))).toEqual([odd, note]);
    const [keptOdd, otherRight] = [alone(odd, note), alone(right, null)];
    const path = mergeFields(keptOdd, otherRight, pairsOf(keptOdd, otherRight))[0]?.path ?? '';
    expect(noteOf(merged(keptOdd, otherRight, { [path]: 'digabung' }))).toEqual([right, null]);
    expect(noteOf(merged(alone(null, 'Belum punya akta'), alone(odd, note)))).toEqual([odd, note]);
    expect(noteOf(merged(alone(odd, null), alone(odd, note)))).toEqual([odd, note]);
  });

  it('goes back with its number, also when it was written anew meanwhile', () => {
    const [kept, other] = [alone(null, null), alone(odd, note)];
    const noted = separated(kept, other, (after) => changed(after, 'Siti', { nikNote: 'Lihat KTP' }));
    expect(noteOf(noted.kept)).toEqual([null, null]);
    const corrected = separated(kept, other, (after) =>
      changed(after, 'Siti', { nik: right, nikNote: 'Sudah diganti' }),
    );
    expect(noteOf(corrected.kept)).toEqual([right, 'Sudah diganti']);
    const keptOdd = alone(odd, note);
    const cleared = separated(keptOdd, alone(odd, null), (after) => changed(after, 'Siti', { nik: right }));
    expect(noteOf(cleared.kept)).toEqual([right, note]);
  });
});
