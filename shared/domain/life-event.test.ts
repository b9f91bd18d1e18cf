import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Household, inspectHousehold } from './household.ts';
import { applyLifeEvent, LifeEvent, LifeEventRefused, lifeEventTitle, relationUnder } from './life-event.ts';
import type { Member, Relation } from './person.ts';

const on = '2026-11-02';

function person(name: string, relation: Relation, birthDate: string): Member {
  return {
    id: uuid(),
    name,
    nik: null,
    nikNote: null,
    sex: relation === '2' ? 'P' : 'L',
    birthPlace: null,
    birthDate,
    relation,
    familyNo: 1,
    familyRelation: relation,
    motherName: null,
  };
}

function family(...members: Member[]): Household {
  return {
    address: { street: 'Gg. Uji 1', rt: 1, rw: 2, kelurahan: '31.71.01.1001' },
    phone: null,
    families: [{ no: 1, kk: '3171011203150001' }],
    members,
  };
}

const father = person('Ayah', '1', '1970-01-01');
const mother = person('Ibu', '2', '1972-01-01');
const son = person('Anak', '3', '1999-01-01');
const wife = person('Menantu', '4', '2000-01-01');
const grandchild = person('Cucu', '5', '2020-01-01');

function relations(household: Household | null): string {
  return (household?.members ?? []).map(({ name, relation }) => `${name} ${relation}`).join(', ');
}

describe('life events', () => {
  it('a birth adds a member who is born on that day', () => {
    const { birthDate: _, nikNote: __, ...newborn } = person('Bayi', '3', on);
    const { household } = applyLifeEvent(family(father, mother), {
      kind: 'lahir',
      on,
      member: newborn,
      provisional: false,
    });
    expect(household?.members.at(-1)).toMatchObject({ name: 'Bayi', birthDate: on, relation: '3' });
    expect(() =>
      applyLifeEvent(household ?? family(father), {
        kind: 'lahir',
        on,
        member: newborn,
        provisional: false,
      }),
    ).toThrow(LifeEventRefused);
  });

  it('somebody joins with their own date of birth, once, and never as a second head', () => {
    const event: LifeEvent = { kind: 'masuk', on, cause: '1', from: 'Bogor', member: wife };
    const { household } = applyLifeEvent(family(father, mother, son), event);
    expect(household?.members.at(-1)).toEqual(wife);
    expect(lifeEventTitle(event)).toBe('Anggota masuk (menikah)');
    expect(() => applyLifeEvent(household ?? family(father), event)).toThrow(/sudah tercatat/);
  });

  it('the death of a head makes the widow the head, and the children stay hers', () => {
    const { household } = applyLifeEvent(family(father, mother, son), {
      kind: 'meninggal',
      on,
      memberIds: [father.id],
      newHeadId: mother.id,
    });
    expect(relations(household)).toBe('Ibu 1, Anak 3');
    expect(household?.members[0]?.familyRelation).toBe('1');
  });

  it('the death of a head asks who comes next, and does not take one who died, too', () => {
    const event: LifeEvent = { kind: 'meninggal', on, memberIds: [father.id], newHeadId: null };
    expect(() => applyLifeEvent(family(father, mother), event)).toThrow(/kepala berikutnya/);
    expect(() => applyLifeEvent(family(father, mother), { ...event, newHeadId: father.id })).toThrow(
      LifeEventRefused,
    );
  });

  it('the death of the last member leaves nobody', () => {
    const event: LifeEvent = { kind: 'meninggal', on, memberIds: [father.id], newHeadId: null };
    expect(applyLifeEvent(family(father), event).household).toBeNull();
  });

  it('a son who becomes head has his wife, child and mother by their new names', () => {
    const { household } = applyLifeEvent(family(father, mother, son, wife, grandchild), {
      kind: 'meninggal',
      on,
      memberIds: [father.id],
      newHeadId: son.id,
    });
    expect(relations(household)).toBe('Ibu 6, Anak 1, Menantu 2, Cucu 3');
  });

  it('says "Lainnya" where the old relations do not tell', () => {
    expect(relationUnder('3', '5', false)).toBe('8');
    expect(relationUnder('3', '3', false)).toBe('8');
    expect(relationUnder('8', '2', false)).toBe('8');
    expect(relationUnder('3', '7', true)).toBe('7');
  });

  it('a whole family moves within the area, or leaves it', () => {
    const whole = family(father, mother);
    const to = { street: 'Gg. Baru 9', rt: 3, rw: 4, kelurahan: '31.71.01.1001' };
    const move = { kind: 'pindah' as const, on, memberIds: [father.id, mother.id], newHeadId: null };
    expect(applyLifeEvent(whole, { ...move, to, place: '' }).household?.address).toEqual(to);
    expect(applyLifeEvent(whole, { ...move, to: null, place: 'Bekasi' }).household).toBeNull();
    expect(() => applyLifeEvent(whole, { ...move, memberIds: [mother.id], to, place: '' })).toThrow(
      /Pecah KK/,
    );
  });

  it('a split under one roof makes a second family of the same household', () => {
    const { household, splitOff } = applyLifeEvent(family(father, mother, son, wife, grandchild), {
      kind: 'pecah_kk',
      on,
      memberIds: [son.id, wife.id, grandchild.id],
      newHeadId: null,
      kk: null,
      headId: son.id,
      sameRoof: true,
    });
    expect(splitOff).toBeNull();
    expect(household?.families.map(({ no }) => no)).toEqual([1, 2]);
    expect(household?.members.map(({ familyNo, familyRelation }) => `${familyNo}/${familyRelation}`)).toEqual(
      ['1/1', '1/2', '2/1', '2/2', '2/3'],
    );
    expect(relations(household)).toBe('Ayah 1, Ibu 2, Anak 3, Menantu 4, Cucu 5');
    expect(household === null ? [] : inspectHousehold(household)).toEqual([]);
  });

  it('a split to another roof leaves two whole households', () => {
    const { household, splitOff } = applyLifeEvent(family(father, mother, son, wife), {
      kind: 'pecah_kk',
      on,
      memberIds: [son.id, wife.id],
      newHeadId: null,
      kk: '3171011203150002',
      headId: son.id,
      sameRoof: false,
    });
    expect(relations(household)).toBe('Ayah 1, Ibu 2');
    expect(relations(splitOff)).toBe('Anak 1, Menantu 2');
    for (const one of [household, splitOff]) expect(one === null ? [] : inspectHousehold(one)).toEqual([]);
  });

  it('a split refuses everybody, a stranger as head, and somebody who is gone', () => {
    const whole = family(father, mother);
    const split = {
      kind: 'pecah_kk' as const,
      on,
      newHeadId: null,
      kk: null,
      sameRoof: true,
      headId: mother.id,
    };
    expect(() => applyLifeEvent(whole, { ...split, memberIds: [father.id, mother.id] })).toThrow(/sisakan/);
    expect(() => applyLifeEvent(whole, { ...split, memberIds: [mother.id], headId: father.id })).toThrow(
      /Kepala keluarga baru/,
    );
    expect(() => applyLifeEvent(whole, { ...split, memberIds: [uuid()] })).toThrow(/tidak ada lagi/);
  });
});
