import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../store/journal.ts';
import { fieldAuthor } from './field-author.ts';

const id = '0190a000-0000-7000-8000-000000000001';

function event(n: number, actorName: string | null, type: string, payload: JournalEntry['payload'] = {}) {
  const at = `2026-11-${String(n).padStart(2, '0')}T02:00:00.000Z`;
  const states = { fromState: null, toState: null };
  return { id: String(n), at, actorName, actorRole: 'petugas_loket', type, payload, ...states };
}

const changed = (...fields: string[]) => ({
  perubahan: fields.map((field) => ({ field, group: '', label: field, before: 'a', after: 'b' })),
});

const events: JournalEntry[] = [
  event(1, 'Sari', 'daftarkan'),
  event(2, 'Budi', 'data_diubah', changed('address.rt', 'address.phone', `members.${id}.nik`)),
  event(3, 'Wati', 'catat_hasil_kunjungan', { kunjungan: {} }),
  event(4, 'Budi', 'perbaikan_diajukan', { perbaikan: 'p1', ...changed('address.rw') }),
  event(5, 'Bu Lurah', 'sahkan_perbaikan', { perbaikan: 'p1', ...changed('address.rw') }),
  event(6, 'Rina', 'perbaikan_diajukan', { perbaikan: 'p2', ...changed('address.rt', 'families.1.kk') }),
  event(7, null, 'data_dari_provinsi', { isian: [{ path: 'household.roof', after: 'seng' }] }),
  event(8, 'Bu Lurah', 'nomor_dilihat'),
];

describe('who wrote what this office has in a field', () => {
  it.each([
    ['household.address.street', 'Sari', 1],
    // What was only proposed since is not there.
    ['household.address.rt', 'Budi', 2],
    ['household.families.1.kk', 'Sari', 1],
    ['household.phone', 'Budi', 2],
    [`members.${id}`, 'Budi', 2],
    [`members.${id}.name`, 'Sari', 1],
    ['visit.household.lantai', 'Wati', 3],
    // Typed by one and approved by another.
    ['household.address.rw', 'Budi', 4],
    ['household.roof', 'Provinsi', 7],
  ])('%s: %s', (path, name, day) => {
    expect(fieldAuthor(events, path)).toEqual({ name, at: events[day - 1]?.at });
  });

  it('names nobody where nobody is known', () => {
    expect(fieldAuthor([], 'household.address.rt')).toBeNull();
  });
});
