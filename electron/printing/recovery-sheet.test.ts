import { describe, expect, it } from 'vitest';
import { fonts, frame, letterhead } from '../../tests/fixtures/papers.ts';
import { pageSizes, pageTexts, rasterise, readQr } from '../../tests/fixtures/pdf.ts';
import { printRecoverySheet, type RecoverySheet } from './recovery-sheet.ts';

const sheet: RecoverySheet = {
  letterhead,
  frame,
  paper: 'F4',
  code: '7K3QF-M2XHT-9BRWD-4VNPC-6ZJ8A',
  place: 'Jakarta',
  lurah: { name: 'Drs. H. Ahmad Sanusi', nip: '197001011995031001' },
  administrator: { name: 'Budi Santoso', nip: null },
};

/** A 1 × 1 PNG. */
const emblem =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function darkPixels(grey: Uint8Array = new Uint8Array()): number {
  return grey.filter((value) => value < 128).length;
}

describe('the recovery sheet', () => {
  it.each([
    ['F4', { width: 215, height: 330 }],
    ['A4', { width: 210, height: 297 }],
  ] as const)('is one page of %s whose QR code reads the code', async (paper, size) => {
    const pdf = await printRecoverySheet({ ...sheet, paper }, fonts);
    expect(await pageSizes(pdf)).toEqual([size]);
    const [box] = rasterise(pdf, 200, { left: 130, top: 60, width: 80, height: 90 });
    expect(box && readQr(box)?.text).toBe(sheet.code);
  });

  it('shows the code in groups, what it is for, how to keep it, and who signs', async () => {
    const [text = ''] = pageTexts(await printRecoverySheet(sheet, fonts));
    for (const group of sheet.code.split('-')) expect(text).toContain(group);
    for (const part of [
      'RAHASIA',
      'Kapan dipakai',
      'Cara memakai',
      'Cara menyimpan',
      'Suku Dinas Sosial',
      'Budi Santoso',
      'NIP 197001011995031001',
      'KELURAHAN PETOJO SELATAN',
      'Jakarta, 22 November 2026',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('is signed by the head of a kecamatan where the office is one', async () => {
    const [text = ''] = pageTexts(
      await printRecoverySheet({ ...sheet, letterhead: { ...letterhead, kelurahan: null } }, fonts),
    );
    expect(text).toContain('KECAMATAN GAMBIR');
    expect(text).not.toContain('KELURAHAN');
  });

  it("prints the office's coat of arms where one is set, else an empty shield", async () => {
    const corner = { left: 14, top: 14, width: 19, height: 23 };
    const [shield] = rasterise(await printRecoverySheet(sheet, fonts), 100, corner);
    const [image] = rasterise(
      await printRecoverySheet({ ...sheet, letterhead: { ...letterhead, emblem } }, fonts),
      100,
      corner,
    );
    expect(darkPixels(shield?.grey)).toBeGreaterThan(50);
    expect(Array.from(image?.grey ?? [])).not.toEqual(Array.from(shield?.grey ?? []));
  });
});
