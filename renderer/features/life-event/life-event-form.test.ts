import { beforeAll, describe, expect, it } from 'vitest';
import { configureIssueWords } from '../../../shared/issue-words.ts';
import { syntheticFamily } from '../../../tests/integration/families.ts';
import {
  checkEvent,
  emptyEvent,
  losesHead,
  ofKind,
  proposedHead,
  readEvent,
  type TypedEvent,
  yes,
} from './life-event-form.ts';

const family = syntheticFamily(1);
const [father, mother, child] = family.members.map(({ id }) => id);
const newborn = '0190a000-0000-7000-8000-000000000001';

function typed(fields: Partial<TypedEvent>): TypedEvent {
  return { ...emptyEvent(family), on: '2026-11-02', ...fields };
}

describe('a life event as it is typed', () => {
  beforeAll(configureIssueWords);

  it('is none while something is missing', () => {
    expect(readEvent(family, typed({ kind: '' }), newborn)).toBeNull();
    expect(readEvent(family, typed({ kind: 'lahir' }), newborn)).toBeNull();
    expect(readEvent(family, typed({ kind: 'meninggal' }), newborn)).toBeNull();
    expect(readEvent(family, typed({ kind: 'lulus', on: null, grounds: 'x' }), newborn)).toBeNull();
    expect(
      readEvent(family, typed({ kind: 'lahir', name: 'Bayi', sex: 'L', nik: '123' }), newborn),
    ).toBeNull();
  });

  it('reads a birth, with a provisional identity only where there is no NIK', () => {
    const event = readEvent(family, typed({ kind: 'lahir', name: 'Bayi', sex: 'L' }), newborn);
    expect(event).toMatchObject({
      provisional: true,
      member: { relation: '3', familyRelation: '3', nik: null },
    });
    const withNik = typed({ kind: 'lahir', name: 'Bayi', sex: 'L', nik: '3171010211260001' });
    expect(readEvent(family, withNik, newborn)).toMatchObject({ provisional: false });
  });

  it('asks who follows where the head goes, and proposes the spouse', () => {
    const death = typed({ kind: 'meninggal', memberIds: [father ?? ''] });
    expect(losesHead(family, death)).toBe(true);
    expect(losesHead(family, { ...death, memberIds: [child ?? ''] })).toBe(false);
    expect(losesHead(family, { ...death, memberIds: [father ?? '', mother ?? '', child ?? ''] })).toBe(false);
    expect(proposedHead(family, [mother ?? '', child ?? ''])).toBe(mother);
  });

  it('reads somebody who joins, with what their papers say', () => {
    const joins = typed({
      ...ofKind(family, 'masuk'),
      cause: '1',
      name: 'Dewi',
      sex: 'P',
      nik: '3171014211990001',
      nikNote: 'Sesuai KTP',
      birthDate: '1999-11-02',
      relation: '4',
    });
    expect(readEvent(family, joins, newborn)).toMatchObject({
      kind: 'masuk',
      cause: '1',
      member: { nikNote: 'Sesuai KTP', birthDate: '1999-11-02', familyRelation: '4', motherName: null },
    });
    expect(readEvent(family, { ...joins, cause: '' }, newborn)).toBeNull();
  });

  it('takes everybody along where the family moves within the area', () => {
    const move = typed({ kind: 'pindah', inside: yes, street: 'Gg. Baru', rt: '4', rw: '5' });
    expect(readEvent(family, move, newborn)).toMatchObject({
      memberIds: [father, mother, child],
      to: { street: 'Gg. Baru', rt: 4, rw: 5 },
    });
  });

  it('says at its own field what keeps it from being sent', () => {
    const wrongWith = (fields: Partial<TypedEvent>) => checkEvent(family, typed(fields), newborn).problems;
    expect(wrongWith({ kind: 'pindah', inside: yes, street: ' ', rt: '0', rw: 'V' })).toEqual({
      street: 'Alamat wajib diisi.',
      rt: 'Paling kecil 1.',
      rw: 'Isi dengan angka.',
    });
    const split = { kind: 'pecah_kk', memberIds: [child ?? ''], headId: '', kk: '3171' };
    expect(Object.keys(wrongWith(split)).toSorted()).toEqual(['headId', 'kk']);
    expect(wrongWith({ kind: 'masuk', cause: '', name: '', nik: '31', sex: '' })).toMatchObject({
      cause: 'Pilih salah satu yang tersedia.',
      name: 'Nama wajib diisi.',
      nik: 'Terdiri dari 16 angka.',
      sex: 'Pilih salah satu yang tersedia.',
    });
    expect(wrongWith({ kind: 'pindah', memberIds: [child ?? ''] })).toEqual({ place: 'Wajib diisi.' });
    expect(wrongWith({ kind: 'lulus', on: null, grounds: 'Penghasilan tetap' })).toEqual({
      on: 'Wajib diisi.',
    });
  });

  it('is no event where a family moves away and nobody says where to', () => {
    expect(readEvent(family, typed({ kind: 'pindah', memberIds: [child ?? ''] }), newborn)).toBeNull();
  });
});
