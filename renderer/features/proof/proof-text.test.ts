import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { promiseText } from './proof-text.ts';

const now = new Date(2026, 10, 22, 9, 30).toISOString();
const at = new Date(2026, 10, 22, 9, 14).toISOString();
const yesterday = new Date(2026, 10, 21, 16, 5).toISOString();

function text(change: Partial<SyncStatus>): string {
  return promiseText(
    {
      province: null,
      connection: 'tersambung',
      sentence: null,
      lastContactAt: at,
      saved: 214,
      waiting: 31,
      confirmed: 0,
      rejected: 0,
      lastConfirmedAt: null,
      clockOffMinutes: null,
      files: { waiting: 0, bytes: 0, failing: 0 },
      numbersLeft: null,
      downRefused: false,
      downFailed: 0,
      downTrouble: null,
      attention: 0,
      proof: { state: 'cocok', at, via: 'sambungan', differences: 0, later: 0 },
      ...change,
    },
    now,
  );
}

describe('the promise', () => {
  it.each<[Partial<SyncStatus>, string]>([
    [{}, 'semua 214 perubahan tersimpan · 31 menunggu · cocok dengan provinsi pukul 09.14'],
    [
      { waiting: 0, proof: { state: 'cocok', at: yesterday, via: 'sambungan', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · tidak ada yang menunggu · cocok dengan provinsi 21 Nov 2026 16.05',
    ],
    [
      { proof: { state: 'cocok', at: yesterday, via: 'kurir', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · cocok dengan provinsi per 21 Nov 2026 16.05, menurut paket kurir',
    ],
    [
      { proof: { state: 'cocok', at: yesterday, via: 'kurir', differences: 0, later: 40 } },
      'semua 214 perubahan tersimpan · 31 menunggu · cocok dengan provinsi per 21 Nov 2026 16.05, menurut paket kurir · 40 belum dibandingkan',
    ],
    [
      { proof: { state: 'berbeda', at, via: 'kurir', differences: 2, later: 3 } },
      'semua 214 perubahan tersimpan · 31 menunggu · 2 berbeda dengan provinsi · 3 belum dibandingkan',
    ],
    [
      { proof: { state: 'tidak_terbanding', at, via: 'kurir', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · kantor ini belum dapat mencocokkan isinya',
    ],
    [{ proof: null }, 'semua 214 perubahan tersimpan · 31 menunggu · belum dicocokkan dengan provinsi'],
    [
      { proof: { state: 'berbeda', at, via: 'sambungan', differences: 2, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · 2 berbeda dengan provinsi',
    ],
    [
      { proof: { state: 'berbeda', at, via: 'sambungan', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · perbedaan dengan provinsi belum selesai',
    ],
    [
      { proof: { state: 'tidak_terbukti', at, via: 'sambungan', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · jawaban provinsi tidak terbukti asli',
    ],
    [
      { proof: { state: 'tidak_didukung', at, via: 'sambungan', differences: 0, later: 0 } },
      'semua 214 perubahan tersimpan · 31 menunggu · server provinsi belum dapat dicocokkan',
    ],
  ])('%j', (change, expected) => {
    expect(text(change)).toBe(expected);
  });
});
