import { describe, expect, it } from 'vitest';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { countCells, type RecapCell } from '../../shared/domain/recap.ts';
import { fonts, frame, letterhead } from '../../tests/fixtures/papers.ts';
import { pageSizes, pageTexts } from '../../tests/fixtures/pdf.ts';
import { printRecap, type RecapPaper } from './recap.ts';

/** Nine RW of ten RT, in every state, with numbers that are easy to tell apart. */
const cells: RecapCell[] = Array.from({ length: 90 }, (_, index) => ({
  kelurahan: '31.71.01.1003',
  rw: 1 + Math.floor(index / 10),
  rt: 1 + (index % 10),
  mode: index % 3 === 0 ? 'pasif' : 'aktif',
  state: CaseState.options[1 + (index % 18)] ?? 'TERDAFTAR',
  result: (['tetap', 'berubah', 'baru', null] as const)[index % 4] ?? null,
  count: 7 + index,
}));

const recap: RecapPaper = {
  letterhead,
  frame: { ...frame, number: 'Rekapitulasi 2026-11', printNo: 2 },
  paper: 'F4',
  period: { id: '2026-11', name: 'MPM November 2026', start: '2026-06-01', end: '2026-11-30' },
  cells,
  kelurahan: new Map([['31.71.01.1003', 'Petojo Selatan']]),
  place: 'Jakarta',
  preparedBy: { role: 'Petugas verifikasi', name: 'Rina Kusumawati', nip: null },
  head: { role: 'Lurah Petojo Selatan', name: 'Drs. H. Ahmad Sanusi', nip: '197001011995031001' },
};

describe('the recap', () => {
  it.each([
    ['F4', { width: 330, height: 215 }],
    ['A4', { width: 297, height: 210 }],
  ] as const)('lies across %s, its table head on every page of the table', async (paper, size) => {
    const pdf = await printRecap({ ...recap, paper }, fonts);
    const sizes = await pageSizes(pdf);
    expect(sizes.length).toBeGreaterThan(2);
    for (const page of sizes) expect(page).toEqual(size);
    for (const text of pageTexts(pdf).filter((page) => /Jumlah RW/.test(page)))
      expect(text).toMatch(/RW\s+RT\s+Aktif\s+Pasif/);
  });

  it('shows the sums of its cells: per RW, in all, and per state', async () => {
    const text = pageTexts(await printRecap(recap, fonts)).join('\n');
    const total = new Intl.NumberFormat('id-ID').format(countCells(cells, {}));
    const rw5 = new Intl.NumberFormat('id-ID').format(countCells(cells, { rw: 5 }));
    expect(text).toMatch(new RegExp(`Jumlah RW 005.*\\s${rw5.replace('.', '\\.')}\\s*$`, 'm'));
    expect(text).toMatch(new RegExp(`^\\s*Jumlah\\s.*\\s${total.replace('.', '\\.')}\\s*$`, 'm'));
    expect(text).toMatch(new RegExp(`Jumlah seluruhnya.*\\s${total.replace('.', '\\.')}\\s*$`, 'm'));
    expect(text).toContain(`Ditutup`);
  });

  it('keeps the signatures on a page with the second table', async () => {
    for (const rts of [1, 12, 25, 40, 90]) {
      const last = pageTexts(await printRecap({ ...recap, cells: cells.slice(0, rts) }, fonts)).at(-1) ?? '';
      expect(last).toContain('Tabel 2.');
      expect(last).toContain('NIP 197001011995031001');
    }
  });

  it('names the period, the day and the print', async () => {
    const [first = ''] = pageTexts(await printRecap(recap, fonts));
    expect(first).toContain('Periode MPM November 2026, 1 Jun 2026 – 30 Nov 2026 · keadaan 22 November 2026');
    expect(first).toContain('Cetakan ke-2');
  });

  it('of an empty period says that nothing was counted', async () => {
    const texts = pageTexts(await printRecap({ ...recap, cells: [] }, fonts));
    expect(texts[0]).toMatch(/^\s*Jumlah(\s+–){13}\s*$/m);
  });

  it('parts the kelurahan of a kecamatan', async () => {
    const other = cells.slice(0, 3).map((cell) => ({ ...cell, kelurahan: '31.71.01.1001' }));
    const names = new Map([...recap.kelurahan, ['31.71.01.1001', 'Gambir']]);
    const text = pageTexts(
      await printRecap({ ...recap, cells: [...cells.slice(0, 3), ...other], kelurahan: names }, fonts),
    ).join('\n');
    expect(text).toContain('Seluruhnya');
    for (const name of names.values()) expect(text).toContain(name);
  });
});
