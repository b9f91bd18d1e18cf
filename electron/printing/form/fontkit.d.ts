/** fontkit 2 brings no types. This is what the forms use of it, in pdf-lib's own words. */
declare module 'fontkit' {
  type PdfLibFont = ReturnType<Parameters<import('pdf-lib').PDFDocument['registerFontkit']>[0]['create']>;
  type PdfLibSubset = ReturnType<PdfLibFont['createSubset']>;

  export interface FontkitSubset {
    includeGlyph: PdfLibSubset['includeGlyph'];
    encode(): Uint8Array;
  }

  export type FontkitFont = Omit<PdfLibFont, 'createSubset'> & { createSubset(): FontkitSubset };

  export function create(bytes: Uint8Array): FontkitFont;
}
