import { expect, it } from 'vitest';
import { findingHeaders, findingRow } from './finding-table.ts';

it('names the day of Jakarta, where the day has begun seven hours before', () => {
  const row = findingRow({
    caseNumber: '1',
    rw: 2,
    rt: 3,
    headName: 'SITI',
    subject: 'SITI',
    nik: null,
    kind: 'nik_berbeda',
    source: 'DTKS',
    reported: null,
    listed: null,
    note: null,
    foundAt: '2026-11-10T18:30:00.000Z',
    outcome: null,
    outcomeNote: null,
    resolvedByName: null,
  });
  expect(row[findingHeaders.indexOf('Ditemukan')]).toBe('2026-11-11');
});
