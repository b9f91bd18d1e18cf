import { describe, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import { FindingKind, findingRules } from '../../shared/domain/finding.ts';
import { fonts, frame, letterhead } from '../../tests/fixtures/papers.ts';
import { pageSizes, pageTexts } from '../../tests/fixtures/pdf.ts';
import { type FindingRecap, printFindingRecap } from './finding-recap.ts';

/** Three of each kind, in several RW. */
const rows: FindingRow[] = FindingKind.options.flatMap((kind, at) =>
  [1, 2, 3].map((n): FindingRow => ({
    id: `${kind} ${n}`,
    kind,
    caseId: 'c',
    caseNumber: `3171011001/2026/0000${10 + at}`,
    caseState: 'TERDAFTAR',
    otherCaseId: null,
    headName: 'Slamet Uji',
    rt: n,
    rw: 1 + (at % 4),
    source: 'Padan Dukcapil',
    subject: `Aminah Uji ${n}`,
    reported: kind === 'nik_berbeda' ? '3171011708800001' : 'Jl. Contoh Satu',
    listed: kind === 'nik_berbeda' ? '3171011708800007' : null,
    note: null,
    mark: '',
    ofPerson: false,
    foundAt: '2026-11-01T00:00:00.000Z',
    days: 7 * n,
    outcome: null,
    outcomeNote: null,
    resolvedAt: null,
    resolvedByName: null,
    gone: false,
    differing: null,
  })),
);

const recap: FindingRecap = {
  letterhead,
  frame: { ...frame, number: 'Temuan pemadanan', printNo: 2 },
  paper: 'F4',
  scope: 'Temuan pemadanan',
  counts: FindingKind.options.map((kind) => ({ kind, open: 3, settled: 2, oldestDays: 21 })),
  rows,
  left: 40,
  place: 'Jakarta',
  preparedBy: { role: 'Petugas verifikasi', name: 'Rina Kusumawati', nip: null },
  head: { role: 'Lurah Petojo Selatan', name: 'Drs. H. Ahmad Sanusi', nip: '197001011995031001' },
};

describe('the recap of findings', () => {
  it('counts every kind, signs that, and tells the open ones with what to do', async () => {
    const pdf = await printFindingRecap(recap, fonts);
    for (const page of await pageSizes(pdf)) expect(page).toEqual({ width: 330, height: 215 });
    const pages = pageTexts(pdf);
    expect(pages[0]).toMatch(/Jumlah\s+45\s+30/);
    expect(pages[0]).toContain('NIP 197001011995031001');
    const text = pages.join('\n').replaceAll(/\s+/g, ' ');
    for (const kind of FindingKind.options) expect(text).toContain(findingRules[kind].label);
    expect(text).toContain('Tindak lanjut: Lihat KTP-el atau KK.');
    expect(text).toContain('40 temuan lain hanya dihitung di atas');
  });

  it('shows no whole NIK: the paper is passed around', async () => {
    const text = pageTexts(await printFindingRecap(recap, fonts)).join('\n');
    expect(text).not.toMatch(/31710117\d{8}/);
    expect(text).toContain('3171 •••• •••• 0007');
  });
});
