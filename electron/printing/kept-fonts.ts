import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What is used here of a font that fontkit opened; fontkit brings no types. */
interface Font {
  getGlyph(id: number, codePoints?: readonly number[]): Glyph;
}

interface Glyph {
  codePoints: readonly number[];
}

interface Fontkit {
  create(bytes: Uint8Array): Font;
  /** @param format a constructor, asked by `probe` before it is called with a stream of the bytes */
  registerFormat(format: {
    new (stream: { buffer: Uint8Array }): object;
    probe(bytes: Uint8Array): boolean;
  }): void;
}

/**
 * Fonts for pdfmake, in the place of its virtual files: each is read and taken apart once, not once a paper, which is
 * three quarters of what a paper costs. pdfmake hands over what it finds under the name of a file as bytes: here that is
 * an empty piece, which fontkit is told to know for the font that is open.
 */
export class KeptFonts {
  readonly #pieces = new Map<string, Uint8Array>();
  readonly #fontkit: Fontkit;
  readonly #opened: WeakMap<Uint8Array, Font>;

  constructor() {
    const opened = new WeakMap<Uint8Array, Font>();
    this.#opened = opened;
    this.#fontkit = fontkitOfPdfmake();
    this.#fontkit.registerFormat(
      class {
        static probe(bytes: Uint8Array): boolean {
          return opened.has(bytes);
        }

        constructor({ buffer }: { buffer: Uint8Array }) {
          const font = opened.get(buffer);
          if (font !== undefined) return font;
        }
      },
    );
  }

  /** Opens what of these is not open yet; pdfmake finds no other file. */
  open(files: readonly string[]): void {
    for (const file of files) {
      if (this.#pieces.has(file)) continue;
      const piece = new Uint8Array();
      this.#opened.set(piece, withOwnCodes(this.#fontkit.create(readFileSync(file))));
      this.#pieces.set(file, piece);
    }
  }

  existsSync(file: string): boolean {
    return this.#pieces.has(file);
  }

  readFileSync(file: string): Uint8Array | undefined {
    return this.#pieces.get(file);
  }
}

/**
 * fontkit remembers of a glyph the characters that it was first asked for with, and copied text is made of those. Some
 * glyphs stand for several (a space that may break, and one that may not): what one paper says is none of the next one's.
 */
function withOwnCodes(font: Font): Font {
  const getGlyph = font.getGlyph.bind(font);
  return Object.assign(font, {
    getGlyph(id: number, codePoints?: readonly number[]): Glyph {
      const glyph = getGlyph(id, codePoints);
      if (codePoints === undefined || String(glyph.codePoints) === String(codePoints)) return glyph;
      return Object.assign(Object.create(Object.getPrototypeOf(glyph)), glyph, { codePoints });
    },
  });
}

/** The very one that pdfmake's own library calls: others would not know of the format. */
function fontkitOfPdfmake(): Fontkit {
  const requireHere = createRequire(import.meta.url);
  const requirePdfkit = createRequire(createRequire(requireHere.resolve('pdfmake')).resolve('pdfkit'));
  return requirePdfkit('fontkit');
}
