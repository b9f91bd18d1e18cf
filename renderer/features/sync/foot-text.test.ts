import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { describeError } from '../../../shared/errors.ts';
import { outboxActions } from './actions.ts';
import { footParts, spanText } from './foot-text.ts';

const now = new Date(2026, 10, 22, 9, 30).toISOString();
const contact = new Date(2026, 10, 22, 9, 14).toISOString();

function text(change: Partial<SyncStatus>): string {
  const status: SyncStatus = {
    province: { address: 'https://mpm.jakarta.go.id', enrolledAt: contact },
    connection: 'tersambung',
    sentence: null,
    lastContactAt: contact,
    saved: 214,
    waiting: 0,
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
    proof: null,
    ...change,
  };
  return footParts(status, now).join(' · ');
}

describe('the foot', () => {
  it.each([
    [{ waiting: 31 }, '214 tersimpan · 31 menunggu kirim · tersambung 09.14'],
    [{ saved: 12_345, confirmed: 3 }, '12.345 tersimpan · semua terkirim · tersambung 09.14'],
    [{ confirmed: 3, files: { waiting: 1, bytes: 9, failing: 0 } }, '214 tersimpan · tersambung 09.14'],
    [
      { confirmed: 3, files: { waiting: 3, bytes: 9, failing: 2 } },
      '214 tersimpan · 2 lampiran perlu perhatian · tersambung 09.14',
    ],
    [{}, '214 tersimpan · tersambung 09.14'],
    [
      { waiting: 1, rejected: 2, confirmed: 9 },
      '214 tersimpan · 1 menunggu kirim · 2 ditolak, perlu diperbaiki · tersambung 09.14',
    ],
    [
      { connection: 'terputus' as const, waiting: 31 },
      '214 tersimpan · 31 menunggu kirim · terputus, terakhir tersambung 09.14',
    ],
    [
      { connection: 'terputus' as const, lastContactAt: new Date(2026, 10, 21, 16, 5).toISOString() },
      '214 tersimpan · terputus, terakhir tersambung 21 Nov 2026 16.05',
    ],
    [{ connection: 'terputus' as const, lastContactAt: null }, '214 tersimpan · terputus'],
    [
      { connection: 'belum_terdaftar' as const, lastContactAt: null, waiting: 2 },
      '214 tersimpan · 2 menunggu kirim · belum terdaftar di provinsi',
    ],
    [{ connection: 'memeriksa' as const, lastContactAt: null }, '214 tersimpan · memeriksa sambungan'],
    [
      { connection: 'ditolak' as const, waiting: 2 },
      '214 tersimpan · 2 menunggu kirim · provinsi menolak kantor ini',
    ],
    [
      {
        waiting: 31,
        proof: { state: 'cocok' as const, at: contact, via: 'sambungan' as const, differences: 0, later: 0 },
      },
      '214 tersimpan · 31 menunggu kirim · cocok 09.14 · tersambung 09.14',
    ],
    [
      {
        proof: { state: 'cocok' as const, at: contact, via: 'kurir' as const, differences: 0, later: 40 },
      },
      '214 tersimpan · cocok 09.14 · 40 belum dibandingkan · tersambung 09.14',
    ],
    [
      {
        proof: { state: 'berbeda' as const, at: contact, via: 'kurir' as const, differences: 0, later: 3 },
      },
      '214 tersimpan · 3 belum dibandingkan · tersambung 09.14',
    ],
    [
      {
        proof: {
          state: 'tidak_terbanding' as const,
          at: contact,
          via: 'kurir' as const,
          differences: 0,
          later: 0,
        },
      },
      '214 tersimpan · belum dapat dicocokkan di kantor ini · tersambung 09.14',
    ],
    [
      {
        proof: {
          state: 'berbeda' as const,
          at: contact,
          via: 'sambungan' as const,
          differences: 2,
          later: 0,
        },
      },
      '214 tersimpan · 2 berbeda dengan provinsi · tersambung 09.14',
    ],
    [
      {
        proof: {
          state: 'tidak_terbukti' as const,
          at: contact,
          via: 'sambungan' as const,
          differences: 0,
          later: 0,
        },
      },
      '214 tersimpan · jawaban provinsi tidak terbukti · tersambung 09.14',
    ],
    [
      {
        proof: {
          state: 'tidak_didukung' as const,
          at: contact,
          via: 'sambungan' as const,
          differences: 0,
          later: 0,
        },
      },
      '214 tersimpan · tersambung 09.14',
    ],
  ])('%j', (change, expected) => {
    expect(text(change)).toBe(expected);
  });

  it('names spans as coarse as they are long', () => {
    expect([12, -89, 180, 4320].map(spanText)).toEqual(['12 menit', '89 menit', '3 jam', '3 hari']);
  });
});

it('sends whoever is told to enrol or to look at the proxy to an action by its name', () => {
  const { enrol, proxy } = outboxActions;
  for (const [code, action] of [
    ['not_enrolled', enrol],
    ['proxy_refused', proxy],
  ] as const)
    expect(describeError(code).next).toContain(`di ${action.group}, ${action.label}`);
});
