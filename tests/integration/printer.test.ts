import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageSizes, pageTexts, rasterise } from '../fixtures/pdf.ts';
import { problemCode } from './households.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { readyCase, requestDocument } from './visits.ts';

let t: TestOffice;
let administrator: Client;
let caseId: string;
const laser = { name: 'Laser depan', paper: 'A4' as const, offsetX: 2.5, offsetY: -1, edge: 0 };

beforeAll(async () => {
  t = await openTestOffice();
  administrator = await t.as('administrator');
  caseId = await readyCase(t);
});
afterAll(() => t.close());

async function receipt(): Promise<Uint8Array> {
  const response = await requestDocument(t, await t.tokenOf('petugas_loket'), 'tanda_terima', { caseId });
  return new Uint8Array(await response.arrayBuffer());
}

/** How far from the left and the upper edge of the paper the firm lines of the ruler page lie, in millimetres. */
function firmLines(pdf: Uint8Array): { left: number; top: number } {
  const dpi = 300;
  const dark = (region: { left: number; top: number; width: number; height: number }, along: 'x' | 'y') => {
    const [picture] = rasterise(pdf, dpi, region);
    if (picture === undefined) throw new Error('No page.');
    const { width, height, grey } = picture;
    const at: number[] = [];
    for (let step = 0; step < (along === 'x' ? width : height); step += 1) {
      const pixel =
        along === 'x'
          ? grey[Math.floor(height / 2) * width + step]
          : grey[step * width + Math.floor(width / 2)];
      if ((pixel ?? 255) < 128) at.push(step);
    }
    const middle = at.reduce((sum, step) => sum + step, 0) / at.length;
    return (middle * 25.4) / dpi;
  };
  return {
    left: 12 + dark({ left: 12, top: 102, width: 18, height: 2 }, 'x'),
    top: 12 + dark({ left: 102, top: 12, width: 2, height: 18 }, 'y'),
  };
}

async function rulerPage(name: string): Promise<Uint8Array> {
  const token = await t.tokenOf('administrator');
  const response = await requestDocument(t, token, 'halaman_uji', { printer: name });
  return new Uint8Array(await response.arrayBuffer());
}

describe('a printer', () => {
  it('has a ruler page whose firm lines lie at 20 mm, moved by what the profile says', async () => {
    const straight = { ...laser, name: 'Lurus', paper: 'F4' as const, offsetX: 0, offsetY: 0 };
    await administrator.settings.update.mutate({ printers: [straight, laser] });
    const plain = await rulerPage('Lurus');
    expect(pageTexts(plain).join(' ')).toContain('HALAMAN UJI PENCETAK');
    expect(await pageSizes(plain)).toEqual([{ width: 215, height: 330 }]);
    expect(firmLines(plain).left).toBeCloseTo(20, 0);
    expect(firmLines(plain).top).toBeCloseTo(20, 0);
    const moved = await rulerPage('Laser depan');
    expect(await pageSizes(moved)).toEqual([{ width: 210, height: 297 }]);
    expect(firmLines(moved).left - firmLines(plain).left).toBeCloseTo(2.5, 1);
    expect(firmLines(moved).top - firmLines(plain).top).toBeCloseTo(-1, 1);
  });

  it('is for the administrator, and not found by another name', async () => {
    const input = { printer: 'Laser depan' };
    const clerk = await requestDocument(t, await t.tokenOf('petugas_loket'), 'halaman_uji', input);
    expect(await problemCode(clerk)).toBe('not_allowed');
    const token = await t.tokenOf('administrator');
    const other = await requestDocument(t, token, 'halaman_uji', { printer: 'Tidak ada' });
    expect(await problemCode(other)).toBe('not_found');
    const far = { ...laser, offsetX: 40 };
    expect(await codeOf(administrator.settings.update.mutate({ printers: [far] }))).toBe('invalid_input');
  });

  it('in use decides on paper and place of all that is printed; a wide edge makes it smaller', async () => {
    const before = await receipt();
    expect((await pageSizes(before))[0]).toEqual({ width: 215, height: 330 });
    // What is not named stays as it was.
    const { printers } = await administrator.settings.update.mutate({ printer: 'Laser depan' });
    expect(printers.map(({ name }) => name)).toEqual(['Lurus', 'Laser depan']);
    const moved = await receipt();
    expect((await pageSizes(moved))[0]).toEqual({ width: 210, height: 297 });
    expect(firstInk(moved) - 15).toBeCloseTo(2.5, 0);
    await administrator.settings.update.mutate({
      printers: [{ ...laser, offsetX: 0, offsetY: 0, edge: 12 }],
    });
    // 15 mm from the edge, scaled by 186/196 about the middle of 210 mm.
    expect(firstInk(await receipt())).toBeCloseTo(105 - (90 * 186) / 196, 0);
    await administrator.settings.update.mutate({ printer: '' });
    expect((await pageSizes(await receipt()))[0]).toEqual({ width: 215, height: 330 });
  });
});

/** Where the ink begins, in millimetres from the left edge of the paper. */
function firstInk(pdf: Uint8Array): number {
  const dpi = 150;
  const [page] = rasterise(pdf, dpi);
  if (page === undefined) throw new Error('No page.');
  for (let x = 0; x < page.width; x += 1)
    for (let y = 0; y < page.height; y += 1)
      if ((page.grey[y * page.width + x] ?? 255) < 128) return (x * 25.4) / dpi;
  throw new Error('No ink.');
}
