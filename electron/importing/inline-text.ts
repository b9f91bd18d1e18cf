import { AppError } from '../../shared/errors.ts';

/** No text of a cell is longer in bytes: 32,767 characters, each with fonts and colours of its own. */
const longestText = 10_000_000;
const [opening, closing, run] = ['<is', '</is>', '<r'].map((tag) => Buffer.from(tag)) as [
  Buffer,
  Buffer,
  Buffer,
];
const nothing = Buffer.alloc(0);

/**
 * The XML of a sheet, in which a text that stands in its cell in several runs (`<is><r><t>SITI </t></r><r>…`,
 * as of two colours) is one: ExcelJS keeps the last run alone, of a NIK its tail.
 *
 * @throws AppError `import_not_workbook` for a text that does not end.
 */
export async function* wholeInlineTexts(xml: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = nothing;
  for await (const piece of xml) {
    const bytes = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    // Cut at texts of several runs alone: a million rows have thirty million plain ones.
    let from = 0;
    let next = 0;
    let end = bytes.length;
    for (let at = bytes.indexOf(opening); at >= 0; at = bytes.indexOf(opening, next)) {
      const close = bytes.indexOf(closing, at);
      if (close < 0) {
        end = at;
        break;
      }
      next = close + closing.length;
      const text = bytes.subarray(at, next);
      if (!text.includes(run)) continue;
      yield bytes.subarray(from, at);
      yield asOneRun(text);
      from = next;
    }
    // What may be the beginning of a text waits for the rest of it.
    if (end === bytes.length) end -= brokenOff(bytes.subarray(next));
    if (end > from) yield bytes.subarray(from, end);
    rest = bytes.subarray(end);
    if (rest.length > longestText) throw new AppError('import_not_workbook');
  }
  if (rest.length > 0) yield rest;
}

/** How many bytes at the end begin the opening tag. */
function brokenOff(bytes: Buffer): number {
  for (let length = opening.length - 1; length > 0; length -= 1)
    if (bytes.subarray(-length).equals(opening.subarray(0, length))) return length;
  return 0;
}

/** The text without its runs; how it is spoken (`rPh`) is no part of it. Bytes are left as they are. */
function asOneRun(inline: Buffer): Buffer {
  const xml = inline.toString('latin1').replace(/<rPh\b[^>]*>.*?<\/rPh>/gs, '');
  const texts = [...xml.matchAll(/<t(?:\s[^>]*)?(?<!\/)>(.*?)<\/t>/gs)].map(([, text]) => text);
  return Buffer.from(`<is><t xml:space="preserve">${texts.join('')}</t></is>`, 'latin1');
}
