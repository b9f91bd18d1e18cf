import { describe, expect, it } from 'vitest';
import { displaySheetCode } from '../../shared/domain/sheet-code.ts';
import { batch, fonts, form } from '../../tests/fixtures/papers.ts';
import { pageSizes, pageTexts, type Picture, rasterise, readQr } from '../../tests/fixtures/pdf.ts';
import { papers } from './paper.ts';
import { printVerificationForms } from './verification-form.ts';

describe('a printed form', () => {
  it.each([
    ['F4', { width: 215, height: 330 }],
    ['A4', { width: 210, height: 297 }],
  ] as const)('measures %s on every page', async (paper, size) => {
    const pdf = await printVerificationForms(batch([form(9)], { paper }), fonts);
    for (const page of await pageSizes(pdf)) expect(page).toEqual(size);
  });

  it.each(['F4', 'A4'] as const)(
    'carries on every page of %s a QR code that reads the sheet code, at least 18 mm, quiet around',
    async (paper) => {
      const sheet = form(9, 4711, {
        families: [
          { no: 1, kk: '3171012508090012', head: 'Siti Aminah', recorded: {} },
          { no: 2, kk: null, head: null, recorded: {} },
        ],
      });
      const corner = { left: papers[paper].width - 60, top: 0, width: 60, height: 60 };
      const pages = rasterise(
        await printVerificationForms(batch([sheet], { paper, training: true }), fonts),
        200,
        corner,
      );
      expect(pages.length).toBeGreaterThan(4);
      for (const page of pages) {
        const qr = readQr(page);
        expect(qr?.text).toBe(sheet.sheetCode);
        expect(((qr?.side ?? 0) * 25.4) / 200).toBeGreaterThanOrEqual(18);
        expect(darkestAround(page, qr)).toBeGreaterThan(200);
      }
    },
  );

  it('shows under the QR code the same digits for a person, and head, foot and page number', async () => {
    const sheet = form(4);
    const texts = pageTexts(await printVerificationForms(batch([sheet]), fonts));
    expect(texts[0]).toContain('KELURAHAN PETOJO SELATAN');
    expect(texts[0]).toContain('PEMERINTAH PROVINSI DAERAH KHUSUS JAKARTA');
    for (const [index, text] of texts.entries()) {
      expect(text).toContain(displaySheetCode(sheet.sheetCode));
      expect(text).toContain('FORMULIR VERIFIKASI RUMAH TANGGA');
      expect(text).toContain(sheet.caseNumber);
      expect(text).toContain(`Halaman ${index + 1} dari ${texts.length}`);
      expect(text).toContain('Cetakan ke-1 · 22 Nov 2026 14.05 · Mutakhir');
    }
  });

  it('fills in what is on record', async () => {
    const text = pageTexts(await printVerificationForms(batch([form(4)]), fonts)).join('\n');
    for (const value of [
      'Siti Aminah',
      '3171 0125 0809 0012',
      '3171 0157 0880 0001',
      '17 Agu 1980',
      'belum ada',
      '0012345678',
      'Rina Kusumawati',
    ])
      expect(text).toContain(value);
    expect(text).toContain('Jl. Petojo Contoh IV Gg. Mawar No. 12, Kel. Petojo Selatan, Kec. Gambir');
  });

  it('marks every page of the training office', async () => {
    const plain = await printVerificationForms(batch([form(2)]), fonts);
    const training = await printVerificationForms(batch([form(2)], { training: true }), fonts);
    for (const text of pageTexts(training, 'raw')) expect(text.replace(/\s/g, '')).toContain('LATIHAN');
    for (const text of pageTexts(plain)) expect(text).not.toContain('LATIHAN');
    // Grey of the mark: visible, and at most 15 % ink.
    const [page] = rasterise(training, 60);
    const marked = Array.from(page?.grey ?? []).filter((grey) => grey >= 216 && grey < 250);
    expect(marked.length).toBeGreaterThan(1000);
  });
});

describe('a batch of forms', () => {
  const mixed = Array.from({ length: 12 }, (_, index) => form(1 + (index % 4), 1000 + index));

  it('prints each household with its own code, in the order asked for', async () => {
    const pdf = await printVerificationForms(batch(mixed), fonts);
    const codes = pageTexts(pdf).map((text) => /\d{4} \d{4} \d{4}(?=\s*\n)/.exec(text)?.[0]);
    const inOrder = codes.filter((code, index) => code !== codes[index - 1]);
    expect(inOrder).toEqual(mixed.map((one) => displaySheetCode(one.sheetCode)));
  });

  it('shares the fixed part: ten more of a shape add little', async () => {
    const one = await printVerificationForms(batch([form(4)]), fonts);
    const eleven = await printVerificationForms(
      batch(Array.from({ length: 11 }, (_, index) => form(4, index + 1))),
      fonts,
    );
    expect((eleven.length - one.length) / 10).toBeLessThan(12_000);
  });

  it('tells how far it is, and gives way to other work meanwhile', async () => {
    const steps: string[] = [];
    let otherWork = 0;
    const timer = setInterval(() => (otherWork += 1), 0);
    await printVerificationForms(batch(mixed), fonts, {
      onProgress: (done, total) => steps.push(`${done}/${total}`),
    });
    clearInterval(timer);
    expect(steps).toEqual(mixed.map((_, index) => `${index + 1}/12`));
    expect(otherWork).toBeGreaterThan(0);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    let last = 0;
    const printing = printVerificationForms(batch(mixed), fonts, {
      signal: stop.signal,
      onProgress: (done) => {
        last = done;
        if (done === 3) stop.abort();
      },
    });
    await expect(printing).rejects.toMatchObject({ name: 'AbortError' });
    expect(last).toBe(3);
  });
});

/** The darkest pixel of the four modules of white that must surround a QR code. */
function darkestAround(page: Picture, qr: ReturnType<typeof readQr>): number {
  if (qr === null) return 0;
  const module = qr.side / 21;
  const [left, top, side] = [Math.round(qr.left), Math.round(qr.top), Math.round(qr.side)];
  let darkest = 255;
  for (let step = Math.ceil(module / 2); step < module * 3.9; step += 1) {
    for (let along = -Math.round(module * 3); along < side + module * 3; along += 1) {
      for (const [x, y] of [
        [left - step, top + along],
        [left + side + step, top + along],
        [left + along, top - step],
        [left + along, top + side + step],
      ] as const) {
        darkest = Math.min(darkest, page.grey[Math.round(y) * page.width + Math.round(x)] ?? 255);
      }
    }
  }
  return darkest;
}
