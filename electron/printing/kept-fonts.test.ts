import { describe, expect, it } from 'vitest';
import { fonts, frame } from '../../tests/fixtures/papers.ts';
import { pageTexts } from '../../tests/fixtures/pdf.ts';
import { renderDocument } from './document.ts';
import { KeptFonts } from './kept-fonts.ts';

async function print(content: string): Promise<Uint8Array> {
  return await renderDocument({ title: 'Uji', paper: 'F4', frame, content }, fonts);
}

const plain = 'AVA Wakaf: 12.000 – 15.000 Rupiah, (RT 003) dan 3×4';

describe('a font that stays open', () => {
  it('makes the same bytes of the same paper, whatever was printed before it', async () => {
    const first = await print(plain);
    await print('AVAVA\u00a0Wakaf 12:30 → fi ffi ½ (RT) -- "kutip" ÀÉ');
    expect(Buffer.compare(await print(plain), first)).toBe(0);
  });

  it('lets the text be copied in the characters of each paper, where another used the same letter for others', async () => {
    const [ohm, omega] = ['\u2126', '\u03a9'];
    for (const character of [ohm, omega, ohm]) {
      const [text] = pageTexts(await print(`Hambatan ${character}`));
      expect(text).toContain(`Hambatan ${character}`);
    }
  });

  it('serves papers that are printed at the same time', async () => {
    const alone = [await print(plain), await print('Lain')];
    const together = await Promise.all([print(plain), print('Lain')]);
    expect(together.map((pdf, at) => Buffer.compare(pdf, alone[at] ?? new Uint8Array()))).toEqual([0, 0]);
  });

  it('is read once, and there is no other file', () => {
    const kept = new KeptFonts();
    kept.open([fonts.regular]);
    const piece = kept.readFileSync(fonts.regular);
    kept.open([fonts.regular, fonts.bold]);
    expect(kept.readFileSync(fonts.regular)).toBe(piece);
    expect(kept.readFileSync(fonts.bold)).not.toBe(piece);
    expect(kept.existsSync(new URL(import.meta.url).pathname)).toBe(false);
  });

  it('leaves no other file of the computer to a paper', async () => {
    const content = { image: new URL(import.meta.url).pathname };
    await expect(renderDocument({ title: 'Uji', paper: 'F4', frame, content }, fonts)).rejects.toThrow(
      /denied/,
    );
  });
});
