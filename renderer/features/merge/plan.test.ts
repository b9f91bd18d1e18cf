import { describe, expect, it } from 'vitest';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import type { Member } from '../../../shared/domain/person.ts';
import { member } from '../../../tests/fixtures/members.ts';
import { applyMerge } from '../../../shared/domain/merge.ts';
import {
  choose,
  type Chosen,
  doubtfulPairs,
  leaveOpen,
  letJoin,
  nothingChosen,
  pairUp,
  planOf,
  swapped,
} from './plan.ts';
import { words } from './words.ts';

const father = member({ id: 'father', name: 'Supardi', birthPlace: 'Solo' });
const fatherThere = member({ id: 'father there', name: 'Supardi H.', birthPlace: 'Surakarta' });
const child = member({ id: 'child', name: 'Anisa', relation: '3' });

function side(caseId: string, version: number, members: Member[]): MergeComparison['kept'] {
  return {
    caseId,
    number: caseId,
    version,
    state: 'TERDAFTAR',
    headName: '',
    registeredAt: '2026-11-10T02:00:00.000Z',
    registeredByName: '',
    household: {
      address: { street: 'Jl. Kebun Jahe 4', rt: 3, rw: 7, kelurahan: '31.71.01.1001' },
      phone: null,
      families: [{ no: 1, kk: null }],
      members,
    },
  };
}

const compared: MergeComparison = {
  kept: side('kept', 1, [father]),
  other: side('other', 1, [fatherThere, child]),
  same: [{ memberId: 'father', otherId: 'father there', sure: true }],
  editable: true,
  obstacle: null,
};

const fathers = { memberId: 'father', otherId: 'father there' };

/** The pairs of a comparison as they are with the other case as the one that stays. */
function turned({ same }: MergeComparison): MergeComparison['same'] {
  return same.map(({ memberId, otherId, sure }) => ({ memberId: otherId, otherId: memberId, sure }));
}

/** Every field from the other case, and nobody comes along. */
function chosenOtherwise(): Chosen {
  const chosen = planOf(compared, nothingChosen).fields.reduce(
    (so, field) => choose(so, field, 'digabung'),
    nothingChosen,
  );
  return letJoin(chosen, 'child', false);
}

describe('what was chosen between two cases', () => {
  it('is the plan', () => {
    expect(planOf(compared, nothingChosen).plan).toMatchObject({
      choices: { 'members.father.name': 'tetap', 'members.father.birthPlace': 'tetap' },
      joining: ['child'],
    });
    expect(planOf(compared, chosenOtherwise()).plan).toEqual({
      choices: { 'members.father.name': 'digabung', 'members.father.birthPlace': 'digabung' },
      same: [fathers],
      joining: [],
    });
  });

  it('is of each field the same value when the other case stays instead, and back again', () => {
    const { kept, other } = compared;
    const otherWay = { ...compared, kept: other, other: kept, same: turned(compared) };
    const chosen = chosenOtherwise();
    expect(planOf(otherWay, swapped(compared, chosen)).plan.choices).toEqual({
      'members.father there.name': 'tetap',
      'members.father there.birthPlace': 'tetap',
    });
    expect(swapped(otherWay, swapped(compared, chosen))).toEqual(chosen);
  });

  it('holds in a newer comparison for what is still the same, and is open where a value changed', () => {
    const newer = {
      ...compared,
      other: side('other', 2, [{ ...fatherThere, birthPlace: 'Sragen' }, child, { ...child, id: 'second' }]),
    };
    expect(planOf(newer, chosenOtherwise()).plan).toMatchObject({
      choices: { 'members.father.name': 'digabung', 'members.father.birthPlace': 'tetap' },
      joining: ['second'],
    });
  });

  it('asks for nothing that the office no longer takes: neither a field that is gone, nor a locked case', () => {
    const corrected = { ...compared, other: side('other', 2, [{ ...fatherThere, name: 'Supardi' }, child]) };
    expect(planOf(corrected, chosenOtherwise()).plan.choices).toEqual({
      'members.father.birthPlace': 'digabung',
    });
    const locked = { ...compared, editable: false };
    expect(planOf(locked, chosenOtherwise()).plan).toEqual({ choices: {}, same: [fathers], joining: [] });
  });
});

describe('who is one person', () => {
  const hasan = member({ id: 'hasan', name: 'Hasan', relation: '3' });
  const husen = member({ id: 'husen', name: 'Husen', relation: '3' });
  /** Two brothers whom the program takes for one, without being sure. */
  const brothers: MergeComparison = {
    ...compared,
    kept: side('kept', 1, [father, hasan]),
    other: side('other', 1, [fatherThere, husen, child]),
    same: [...compared.same, { memberId: 'hasan', otherId: 'husen', sure: false }],
  };
  const taken = (chosen: Chosen) => {
    const { same, joining } = planOf(brothers, chosen).plan;
    return { same: same.map(({ memberId, otherId }) => `${memberId} = ${otherId}`), joining };
  };

  it('is doubtful where the program is not sure, until the clerk says it', () => {
    expect(doubtfulPairs(brothers, nothingChosen).map(({ otherId }) => otherId)).toEqual(['husen']);
    expect(doubtfulPairs(brothers, pairUp(nothingChosen, 'husen', null))).toEqual([]);
    const said = pairUp(nothingChosen, 'husen', 'hasan');
    expect(doubtfulPairs(brothers, said)).toEqual([]);
    expect(taken(said).same.toSorted()).toEqual(taken(nothingChosen).same.toSorted());
    expect(leaveOpen(said, 'husen')).toEqual(nothingChosen);
  });

  it('is nobody who was taken apart: both stay, and nothing of theirs is asked', () => {
    const apart = pairUp(nothingChosen, 'husen', null);
    expect(taken(apart)).toEqual({ same: ['father = father there'], joining: ['husen', 'child'] });
    expect(planOf(brothers, apart).fields.some(({ group }) => group === 'Hasan')).toBe(false);
    const { kept, other } = brothers;
    const { plan } = planOf(brothers, apart);
    const after = applyMerge(kept.household, other.household, plan, (id) => `joined ${id}`);
    expect(after.members.map(({ name }) => name)).toEqual(['Supardi', 'Hasan', 'Husen', 'Anisa']);
    expect(taken(letJoin(apart, 'husen', false)).joining).toEqual(['child']);
  });

  it('is whom the clerk says, and nobody else beside them', () => {
    const other = pairUp(nothingChosen, 'child', 'hasan');
    expect(taken(other)).toEqual({ same: ['hasan = child', 'father = father there'], joining: ['husen'] });
    const anew = pairUp(other, 'husen', 'hasan');
    expect(taken(anew)).toEqual({ same: ['hasan = husen', 'father = father there'], joining: ['child'] });
    expect(doubtfulPairs(brothers, other)).toEqual([]);
    // Gone over with the arrow keys, nothing said before is lost.
    expect(taken(pairUp(pairUp(anew, 'husen', 'father'), 'husen', null))).toEqual({
      same: ['hasan = child', 'father = father there'],
      joining: ['husen'],
    });
  });

  it('is the same when the other case stays instead, and back again', () => {
    const { kept, other } = brothers;
    const otherWay = { ...brothers, kept: other, other: kept, same: turned(brothers) };
    for (const chosen of [pairUp(nothingChosen, 'husen', null), pairUp(nothingChosen, 'child', 'hasan')]) {
      const there = swapped(brothers, chosen);
      const { same } = planOf(otherWay, there).plan;
      expect(same.map(({ memberId, otherId }) => `${otherId} = ${memberId}`).toSorted()).toEqual(
        taken(chosen).same.toSorted(),
      );
      expect(taken(swapped(otherWay, there))).toEqual(taken(chosen));
    }
  });

  it('is in a newer comparison nobody who is gone from the case that stays', () => {
    const chosen = pairUp(nothingChosen, 'child', 'hasan');
    const newer = { ...brothers, kept: side('kept', 2, [father]), same: compared.same };
    expect(planOf(newer, chosen).plan).toMatchObject({ same: [fathers], joining: ['husen', 'child'] });
  });
});

it('says of nine families whether the case that stays has them by itself or with those who come along', () => {
  expect(words.takenIn('Wati', null, 9)).toMatch(
    /^Berkas yang tetap sudah memuat sembilan keluarga, jadi Wati /,
  );
  expect(words.takenIn('Wati', null, 8)).toMatch(
    /^Dengan keluarga yang ikut masuk, berkas yang tetap penuh \(sembilan keluarga\), jadi Wati /,
  );
});
