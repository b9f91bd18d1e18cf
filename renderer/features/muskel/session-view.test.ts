import { describe, expect, it } from 'vitest';
import type { MuskelItem } from '../../../shared/contract/muskel.ts';
import { nextFamily, statusOf } from './session-view.ts';

function item(caseId: string, decided: boolean): MuskelItem {
  return {
    caseId,
    no: 1,
    number: caseId,
    state: 'DAFTAR_SASARAN',
    result: 'berubah',
    headName: 'Siti',
    headSex: 'P',
    spouseName: null,
    nik: null,
    street: 'Gang 1',
    rt: 1,
    rw: 1,
    kelurahan: '31.71.01.1001',
    members: 2,
    verdict: decided ? { status: '1', reason: null, capable: '2', twin: '', note: '' } : null,
    traits: { work: null, disability: null },
    openObjection: false,
  };
}

describe('the agenda', () => {
  const items = [item('a', false), item('b', true), item('c', false), item('d', true)];

  it('goes on to the next family without a verdict, round the end', () => {
    expect(nextFamily(items, 'a')).toBe('c');
    expect(nextFamily(items, 'c')).toBe('a');
    expect(nextFamily(items, null)).toBe('a');
  });

  it('goes line by line once all are decided', () => {
    expect(nextFamily([item('a', true), item('b', true)], 'a')).toBe('b');
    expect(nextFamily([item('a', true)], 'a')).toBe('a');
    expect(nextFamily([], null)).toBeNull();
  });

  it('calls a family that no list knows a proposal', () => {
    expect(statusOf({ result: 'baru' })).toBe('4');
    expect(statusOf({ result: 'tetap' })).toBe('1');
  });
});
