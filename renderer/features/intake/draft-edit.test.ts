import { describe, expect, it } from 'vitest';
import { DraftHousehold, emptyDraft } from '../../../shared/domain/draft.ts';
import {
  addFamily,
  addMember,
  copyAddress,
  isOneFamily,
  countUnseen,
  isUnseen,
  readField,
  removeFamily,
  removeMember,
  restoreMember,
  seeAll,
  seeField,
  takeOver,
  typeField,
} from './draft-edit.ts';

const headId = '0190a000-0000-7000-8000-000000000001';
const childId = '0190a000-0000-7000-8000-000000000002';
const facts = { today: '2026-11-22' };
const empty = () => emptyDraft(headId, '31.71.01.1001');

function typed(draft: DraftHousehold, ...entries: [path: string, text: string][]): DraftHousehold {
  return entries.reduce((current, [path, text]) => typeField(current, path, text, facts), draft);
}

describe('typing', () => {
  it('writes and reads every field by its path', () => {
    const paths = [
      'phone',
      'correctionNote',
      'address.street',
      'address.kelurahan',
      'families.0.kk',
      'members.0.name',
      'members.0.nikNote',
      'passive.proposer',
    ];
    const draft = paths.reduce((current, path) => typeField(current, path, `isi ${path}`, facts), empty());
    for (const path of paths) expect(readField(draft, path)).toBe(`isi ${path}`);
    expect(readField(draft, 'members.7.name')).toBe('');
    expect(readField(draft, 'lain')).toBe('');
  });

  it('leaves the draft before it as it was', () => {
    const before = empty();
    typed(before, ['members.0.nik', '3171015708800001'], ['address.rt', '3']);
    expect(before).toEqual(empty());
  });
});

describe('what a NIK fills in', () => {
  it('is birth date and sex, tinted, once it is whole', () => {
    const half = typed(empty(), ['members.0.nik', '317101570880']);
    expect(half.members[0]).toMatchObject({ birthDate: '', sex: '', unseen: [] });
    const whole = typed(half, ['members.0.nik', '3171015708800001']);
    expect(whole.members[0]).toMatchObject({
      birthDate: '1980-08-17',
      sex: 'P',
      unseen: ['birthDate', 'sex'],
    });
    expect(countUnseen(whole)).toBe(2);
  });

  it('follows a corrected NIK, but never overwrites what a person typed or confirmed', () => {
    const first = typed(empty(), ['members.0.nik', '3171015708800001']);
    const corrected = typed(first, ['members.0.nik', '3171011708800001']);
    expect(corrected.members[0]).toMatchObject({ birthDate: '1980-08-17', sex: 'L' });
    const confirmed = seeField(seeField(corrected, 'members.0.birthDate'), 'members.0.sex');
    expect(typed(confirmed, ['members.0.nik', '3171015808800001']).members[0]).toMatchObject({
      birthDate: '1980-08-17',
      sex: 'L',
      unseen: [],
    });
    const own = typed(empty(), ['members.0.birthDate', '1981-01-01'], ['members.0.nik', '3171015708800001']);
    expect(own.members[0]).toMatchObject({ birthDate: '1981-01-01', sex: 'P', unseen: ['sex'] });
  });

  it('is nothing where the date is no date or lies ahead', () => {
    for (const nik of ['3171019908800001', '3171013112260001', '1111111111111111']) {
      expect(typed(empty(), ['members.0.nik', nik]).members[0], nik).toMatchObject({
        birthDate: '',
        sex: '',
      });
    }
  });
});

describe('relations', () => {
  it('go without saying in the only family', () => {
    const draft = typed(addMember(empty(), childId), ['members.1.relation', '3']);
    expect(isOneFamily(draft)).toBe(true);
    expect(draft.members[1]).toMatchObject({ relation: '3', familyRelation: '3', unseen: [] });
    expect(isOneFamily(addFamily(draft))).toBe(false);
    expect(isOneFamily(typed(draft, ['members.1.familyRelation', '8']))).toBe(false);
    expect(isOneFamily(removeFamily(draft, 0))).toBe(false);
  });

  it('are proposed in the first of several families until somebody says otherwise', () => {
    const draft = typed(addMember(addFamily(empty()), childId), ['members.1.relation', '3']);
    expect(draft.members[1]).toMatchObject({
      relation: '3',
      familyRelation: '3',
      unseen: ['familyRelation'],
    });
    const other = typed(draft, ['members.1.familyRelation', '8'], ['members.1.relation', '4']);
    expect(other.members[1]).toMatchObject({ relation: '4', familyRelation: '8', unseen: [] });
  });

  it('are not guessed in a second family', () => {
    const draft = typed(
      addMember(addFamily(empty()), childId),
      ['members.1.familyNo', '2'],
      ['members.1.relation', '4'],
    );
    expect(draft.members[1]).toMatchObject({ relation: '4', familyRelation: '' });
  });
});

describe('members and families', () => {
  it('come, go and come back to their place', () => {
    const draft = addMember(addMember(empty(), childId), '0190a000-0000-7000-8000-000000000003');
    const [, child] = draft.members;
    const without = removeMember(draft, 1);
    expect(without.members.map((member) => member.id)).not.toContain(childId);
    if (child === undefined) throw new Error('The child is there.');
    expect(restoreMember(without, 1, child)).toEqual(draft);
  });

  it('start with a head, and follow the family of the one before', () => {
    expect(addMember(removeMember(empty(), 0), childId).members[0]).toMatchObject({
      relation: '1',
      familyRelation: '1',
      familyNo: '1',
    });
    const second = typed(empty(), ['members.0.familyNo', '2']);
    expect(addMember(second, childId).members[1]).toMatchObject({ relation: '', familyNo: '2' });
  });

  it('number families with the lowest number free, up to nine', () => {
    const three = addFamily(addFamily(empty()));
    expect(three.families.map((family) => family.no)).toEqual([1, 2, 3]);
    expect(addFamily(removeFamily(three, 1)).families.map((family) => family.no)).toEqual([1, 2, 3]);
    let many = empty();
    for (let turn = 0; turn < 12; turn += 1) many = addFamily(many);
    expect(many.families).toHaveLength(9);
  });
});

describe('what the program brings in', () => {
  it('stands tinted until it was looked at, field by field or all at once', () => {
    const draft = copyAddress(empty(), {
      street: 'Gang Tengah',
      rt: '3',
      rw: '7',
      kelurahan: '31.71.01.1001',
    });
    expect(isUnseen(draft, 'address.street')).toBe(true);
    expect(isUnseen(seeField(draft, 'address.street'), 'address.street')).toBe(false);
    expect(countUnseen(typed(draft, ['address.rt', '4']))).toBe(3);
    expect(countUnseen(seeAll(draft))).toBe(0);
  });

  it('takes a found family over, but not how this one came in', () => {
    const found = DraftHousehold.parse({
      mode: 'aktif',
      address: { street: 'Jl. Lama', rt: '1', rw: '2', kelurahan: '31.71.01.1002' },
      families: [{ no: 1, kk: '3171011203150001' }],
      members: [{ id: childId, name: 'Siti', unseen: ['name'] }],
      unseen: ['address.street', 'address.kelurahan'],
    });
    const draft = { ...typed(empty(), ['phone', '0812']), mode: 'pasif' as const, editors: ['a'] };
    const taken = takeOver(draft, found);
    expect(taken).toMatchObject({
      mode: 'pasif',
      editors: ['a'],
      phone: '0812',
      address: { street: 'Jl. Lama', kelurahan: '31.71.01.1001' },
      unseen: ['address.street'],
    });
    expect(taken.members.map((member) => member.name)).toEqual(['Siti']);
  });
});
