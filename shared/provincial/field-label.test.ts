import { describe, expect, it } from 'vitest';
import { fieldLabel } from './field-label.ts';

describe('a field in words', () => {
  it.each([
    ['body.members.0.nik', 'NIK anggota ke-1'],
    ['body.members.2.unknown', 'data anggota ke-3'],
    ['body.members', null],
    // By identity, of somebody who has no place in the household any more.
    ['body.members.0198a000-0000-7000-8000-000000000001.nik', null],
    ['body.household.families.1.kk', 'No KK keluarga ke-2'],
    ['body.household.address.rt', 'RT rumah tangga'],
    ['body.household.address', 'alamat rumah tangga'],
    ['body.household.phone', 'telepon rumah tangga'],
    ['body.visit.household.lantai', 'hasil kunjungan'],
    ['hash', null],
    [null, null],
  ])('%s is %s', (field, label) => {
    expect(fieldLabel(field)).toBe(label);
  });
});
