import { describe, expect, it } from 'vitest';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import type { Member } from '../../../shared/domain/person.ts';
import { member } from '../../../tests/fixtures/members.ts';
import { choose, type Chosen, letJoin, nothingChosen, planOf, swapped } from './plan.ts';
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
  same: [{ memberId: 'father', otherId: 'father there' }],
  editable: true,
  obstacle: null,
};

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
      same: compared.same,
      joining: [],
    });
  });

  it('is of each field the same value when the other case stays instead, and back again', () => {
    const { kept, other } = compared;
    const same = compared.same.map(({ memberId, otherId }) => ({ memberId: otherId, otherId: memberId }));
    const otherWay = { ...compared, kept: other, other: kept, same };
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
    expect(planOf(locked, chosenOtherwise()).plan).toEqual({ choices: {}, same: compared.same, joining: [] });
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
