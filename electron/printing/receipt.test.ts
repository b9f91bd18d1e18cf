import { describe, expect, it } from 'vitest';
import { fonts, frame, letterhead } from '../../tests/fixtures/papers.ts';
import { pageSizes, pageTexts, rasterise } from '../../tests/fixtures/pdf.ts';
import { printReceipt, type Receipt } from './receipt.ts';

const receipt: Receipt = {
  letterhead,
  frame,
  paper: 'F4',
  registeredAt: frame.printedAt,
  mode: 'aktif',
  head: 'Siti Aminah',
  kk: '3171012508090012',
  nik: '3171015708800003',
  street: 'Jl. Petojo Contoh IV Gg. Mawar No. 12',
  rt: 3,
  rw: 7,
  kelurahan: 'Petojo Selatan',
  members: 5,
  place: 'Jakarta',
  clerk: { name: 'Rina Kusumawati', nip: '198503122010012004' },
};

const long = 'Raden Ajeng Siti Nurhaliza Kusumawardhani Notonegoro Suryodiningrat binti Kartodikromo';

async function letters(training: boolean): Promise<string> {
  const pdf = await printReceipt({ ...receipt, frame: { ...frame, training } }, fonts);
  return pageTexts(pdf, 'raw').join('').replace(/\s/g, '');
}

describe('the receipt', () => {
  it.each([
    ['F4', { width: 215, height: 330 }],
    ['A4', { width: 210, height: 297 }],
  ] as const)('is one page of %s with the same receipt twice, even with long names', async (paper, size) => {
    const pdf = await printReceipt(
      { ...receipt, paper, head: long, street: `${receipt.street}, ${receipt.street}` },
      fonts,
    );
    expect(await pageSizes(pdf)).toEqual([size]);
    const [text = ''] = pageTexts(pdf);
    expect(text.match(/TANDA TERIMA PENDAFTARAN/g)).toHaveLength(2);
    expect(text.match(/NIP 198503122010012004/g)).toHaveLength(2);
    expect(text).toContain('Lembar untuk keluarga');
    expect(text).toContain('Lembar untuk kantor');
  });

  it('says who, where and what happens next, and masks the numbers', async () => {
    const [text = ''] = pageTexts(await printReceipt(receipt, fonts));
    for (const part of [
      'Nomor 31710110003/2026/000123',
      '22 November 2026',
      'Aktif',
      'Siti Aminah',
      '3171 •••• •••• 0012',
      '3171 •••• •••• 0003',
      'RT 003/RW 007',
      '5 orang',
      'dicocokkan dengan daftar acuan',
      'Petugas pendaftaran',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('3171012508090012');
    expect(text).not.toContain('3171015708800003');
    expect(text).toContain('Halaman 1 dari 1');
  });

  it('says what a passive registration waits for, and that numbers are missing', async () => {
    const [text = ''] = pageTexts(
      await printReceipt({ ...receipt, mode: 'pasif', kk: null, nik: null }, fonts),
    );
    expect(text).toContain('menunggu persetujuan lurah');
    expect(text).toContain('Belum ada');
  });

  it('bears LATIHAN only in training', async () => {
    expect(await letters(true)).toContain('LATIHAN');
    expect(await letters(false)).not.toContain('LATIHAN');
  });

  it('leaves the margins white', async () => {
    const [page] = rasterise(await printReceipt({ ...receipt, head: long }, fonts), 50);
    const margin = Math.floor((14 * 50) / 25.4);
    const edge = Array.from(page?.grey ?? []).filter((_, index) => index % (page?.width ?? 1) < margin);
    expect(edge.length).toBeGreaterThan(0);
    expect(Math.min(...edge)).toBe(255);
  });
});
