import { readFile } from 'node:fs/promises';
import { create, type FontkitSubset } from 'fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';
import type { FontFiles, Weight } from '../fonts.ts';

/** Inter inside one PDF: measures text and turns it into the font's own codes. */
export interface Typeface {
  /** Width of a text in millimetres, at a size in points. */
  width(text: string, weight: Weight, size: number): number;
  /** The text as hexadecimal glyph codes of the embedded font. */
  encode(text: string, weight: Weight): string;
  /** Name of the font among the resources of a page. */
  resource(weight: Weight): string;
  fonts: Record<Weight, PDFFont>;
}

const resourceNames: Record<Weight, string> = { regular: 'F1', medium: 'F2', semiBold: 'F3', bold: 'F4' };

/**
 * Embeds the four weights, each cut down to the glyphs that get used. Letters are looked up once a
 * batch and set one by one (without kerning): a form is mostly digits in boxes.
 */
export async function embedTypeface(document: PDFDocument, files: FontFiles): Promise<Typeface> {
  document.registerFontkit({ create: (bytes) => withStream(create(bytes)) });
  const embed = async (file: string) =>
    document.embedFont(await readFile(file), { subset: true, features: { calt: false } });
  const fonts: Record<Weight, PDFFont> = {
    regular: await embed(files.regular),
    medium: await embed(files.medium),
    semiBold: await embed(files.semiBold),
    bold: await embed(files.bold),
  };
  const letters: Record<Weight, Map<string, { code: string; advance: number }>> = {
    regular: new Map(),
    medium: new Map(),
    semiBold: new Map(),
    bold: new Map(),
  };

  function letter(character: string, weight: Weight): { code: string; advance: number } {
    const known = letters[weight].get(character);
    if (known !== undefined) return known;
    const font = fonts[weight];
    const found = {
      code: font.encodeText(character).asString(),
      advance: font.widthOfTextAtSize(character, 1),
    };
    letters[weight].set(character, found);
    return found;
  }

  return {
    fonts,
    resource: (weight) => resourceNames[weight],
    encode: (text, weight) => Array.from(text, (character) => letter(character, weight).code).join(''),
    width: (text, weight, size) => {
      let advance = 0;
      for (const character of text) advance += letter(character, weight).advance;
      return (advance * size * 25.4) / 72;
    },
  };
}

/**
 * pdf-lib was written for fontkit 1, whose subsets came as a stream; fontkit 2 (the one pdfmake
 * brings) gives the bytes at once. The fork made for pdf-lib loses glyphs of Inter when it subsets.
 */
function withStream(font: ReturnType<typeof create>) {
  const createSubset = font.createSubset.bind(font);
  return Object.assign(font, { createSubset: () => streamed(createSubset()) });
}

function streamed(subset: FontkitSubset) {
  const stream = {
    on(event: 'data' | 'end', callback: (bytes: Uint8Array) => void) {
      callback(event === 'data' ? subset.encode() : new Uint8Array());
      return stream;
    },
  };
  return { includeGlyph: subset.includeGlyph.bind(subset), encodeStream: () => stream };
}
