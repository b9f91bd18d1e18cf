const nothing = Buffer.alloc(0);
/** What the part of a workbook that holds rows or shared strings is, and what stands before its name. */
const root = /<(?:([\w.-]+):)?(?:worksheet|sst)(?=[\s/>])/;
/** The root stands behind no more than a declaration and some comments. */
const furthestRoot = 65_536;

/**
 * The XML of a sheet or of the shared strings, its elements without the prefix that the root has (`<x:row>` as some
 * programs write it; ExcelJS knows `<row>` alone). Each element stays as long as it was, by blanks, since the archive
 * has told how long the part is.
 */
export async function* withoutPrefixes(xml: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Buffer = nothing;
  let known = false;
  let prefix: string | undefined;
  for await (const piece of xml) {
    const bytes = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    rest = nothing;
    if (!known) {
      const found = root.exec(bytes.subarray(0, furthestRoot).toString('latin1'));
      prefix = found?.[1];
      known = found !== null || bytes.length >= furthestRoot;
      if (!known) {
        rest = bytes;
        continue;
      }
    }
    if (prefix === undefined) {
      yield bytes;
      continue;
    }
    // An element that is broken off waits for the rest of it.
    const last = bytes.lastIndexOf('<');
    const end = last < 0 || bytes.indexOf('>', last) >= 0 ? bytes.length : last;
    if (end > 0) yield stripped(bytes.subarray(0, end), prefix);
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

/** Blanks go into a tag that opens, behind its name, and behind one that closes: never into a text. */
function stripped(xml: Buffer, prefix: string): Buffer {
  const blanks = ' '.repeat(prefix.length + 1);
  const name = prefix.replaceAll('.', String.raw`\.`);
  const tag = new RegExp(String.raw`<${name}:([\w.-]+)|</${name}:([\w.-]+\s*>)`, 'g');
  const text = xml
    .toString('latin1')
    .replace(tag, (_, opening: string | undefined, closing: string | undefined) =>
      opening === undefined ? `</${closing}${blanks}` : `<${opening}${blanks}`,
    );
  return Buffer.from(text, 'latin1');
}
