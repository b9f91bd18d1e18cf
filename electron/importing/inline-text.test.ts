import { describe, expect, test } from 'vitest';
import { dtksRow, readList } from '../../tests/fixtures/read-list.ts';
import { table, withParts, workbook } from '../../tests/fixtures/reference-files.ts';
import { withoutPrefixes } from './element-prefixes.ts';
import { wholeInlineTexts } from './inline-text.ts';

async function whole(xml: string, pieceLength: number): Promise<string> {
  return Buffer.from((await piecesOf(xml, pieceLength)).join(''), 'latin1').toString();
}

async function piecesOf(xml: string, pieceLength: number): Promise<string[]> {
  const bytes = Buffer.from(xml);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, at) =>
    bytes.subarray(at * pieceLength, (at + 1) * pieceLength),
  );
  const made: Uint8Array[] = [];
  for await (const piece of wholeInlineTexts(stream(pieces))) made.push(piece);
  return made.map((piece) => Buffer.from(piece).toString('latin1'));
}

async function* stream(pieces: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

describe('a text that stands in its cell', () => {
  const cell = (inside: string) =>
    `<row r="1"><c r="A1" t="inlineStr"><is>${inside}</is></c></row><row r="2"/>`;

  test.each([1, 2, 3, 7, 1000])('is one text however many runs it has, in pieces of %i', async (length) => {
    const runs =
      '<r><rPr><color rgb="FFFF0000"/></rPr><t xml:space="preserve">SITI </t></r><r><t/></r><r><t>RENÉ &amp; B</t></r>';
    expect(await whole(cell(runs), length)).toBe(cell('<t xml:space="preserve">SITI RENÉ &amp; B</t>'));
    const plain = cell('<t>SITI</t>');
    expect(await whole(plain + plain, length)).toBe(plain + plain);
  });

  test('is no piece of its own where it is plain: a list has millions of them', async () => {
    const plain = cell('<t>SITI</t>');
    const coloured = cell('<r><t>SI</t></r><r><t>TI</t></r>');
    const one = cell('<t xml:space="preserve">SITI</t>');
    expect(await piecesOf(plain.repeat(3), 1000)).toEqual([plain.repeat(3)]);
    expect(await piecesOf(plain.repeat(2) + coloured + plain.repeat(2), 1000)).toEqual([
      plain.repeat(2) + cell('').split('<is>')[0],
      one.slice(one.indexOf('<is>'), one.indexOf('</is>') + '</is>'.length),
      (cell('').split('</is>')[1] ?? '') + plain.repeat(2),
    ]);
  });

  test('is left without how it is spoken', async () => {
    expect(await whole(cell('<r><t>A</t></r><rPh sb="0" eb="1"><t>B</t></rPh>'), 5)).toBe(
      cell('<t xml:space="preserve">A</t>'),
    );
  });

  test('and does not end is no workbook, and is not held in memory', async () => {
    await expect(whole(`<is><r><t>${'A'.repeat(10_000_001)}`, 1_000_000)).rejects.toMatchObject({
      code: 'import_not_workbook',
    });
    expect(await whole('<row><c><is><t>A', 4)).toBe('<row><c><is><t>A');
  });
});

/** The workbook with its shared strings in the cells themselves, in runs as two colours make them. */
async function inColours(book: Buffer): Promise<Buffer> {
  const strings: string[] = [];
  await withParts(book, (name, text) => {
    if (name === 'xl/sharedStrings.xml')
      strings.push(...[...text.matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/g)].map(([, value = '']) => value));
    return { name, text };
  });
  const runs = (text: string) =>
    [text.slice(0, 5), text.slice(5)].map(
      (part) => `<r><rPr><b/></rPr><t xml:space="preserve">${part}</t></r>`,
    );
  return withParts(book, (name, text) => ({
    name,
    text: name.startsWith('xl/worksheets/')
      ? text.replace(
          /t="s"><v>(\d+)<\/v>/g,
          (_, at) => `t="inlineStr"><is>${runs(strings[Number(at)] ?? '').join('')}</is>`,
        )
      : text,
  }));
}

test('a workbook whose texts stand in the cells in two colours is read whole', async () => {
  const rows = Array.from({ length: 300 }, (_, at) =>
    dtksRow({
      id_dtks: `D-${at}`,
      nama: `SITI RENÉ ${at}`,
      nomor_nik: `317101410180${String(at + 1).padStart(4, '0')}`,
    }),
  );
  const { report, households } = await readList(await inColours(await workbook({ Data: table(rows) })), {
    source: 'DTKS',
    areaCodes: null,
  });
  expect(report).toMatchObject({ persons: 300, refusedCount: 0, withoutNik: 0, warnings: [] });
  expect(households.flatMap(({ persons }) => persons.map(({ name, nik }) => [name, nik]))).toEqual(
    rows.map(({ nama, nomor_nik: nik }) => [nama, nik]),
  );
});

test('letters of more than one byte are whole, wherever the file is cut into pieces', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) =>
    dtksRow({
      id_dtks: `D-${at}`,
      nama: `${'RENÉ'.repeat(5)}${'X'.repeat(at % 7)} ${at}`,
      nomor_nik: null,
    }),
  );
  const names = async (bytes: Buffer) =>
    (await readList(bytes, { source: 'DTKS', areaCodes: null })).households.flatMap(({ persons }) =>
      persons.map(({ name }) => name),
    );
  const book = await workbook({ Data: table(rows) });
  const wanted = rows.map(({ nama }) => nama);
  expect(await names(book)).toEqual(wanted);
  expect(await names(await inColours(book))).toEqual(wanted);
});

/** The workbook as some programs write it: each element of its parts with a prefix. */
function prefixed(book: Buffer, prefix: string): Promise<Buffer> {
  return withParts(book, (name, text) => ({
    name,
    text: /^xl\/(worksheets\/sheet|sharedStrings|workbook\.xml$)/.test(name)
      ? text.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}:`).replaceAll('</x:c>', '</x:c >')
      : text,
  }));
}

test.each(['x', 'ns0', 'my-sheet.1'])(
  'a workbook whose elements bear the prefix %s is read like any other',
  async (prefix) => {
    const rows = Array.from({ length: 900 }, (_, at) =>
      dtksRow({
        id_dtks: `D-${at}`,
        nama: `RENÉ < "x:is" ${at}`,
        nomor_nik: `317101410180${String(at + 1).padStart(4, '0')}`,
      }),
    );
    const book = await workbook({ Data: table(rows) });
    for (const one of [book, await inColours(book)]) {
      const list = { source: 'DTKS', areaCodes: null } as const;
      const { report, households } = await readList(await prefixed(one, prefix), list);
      expect(report).toMatchObject({ persons: 900, refusedCount: 0, withoutNik: 0, warnings: [] });
      expect(households).toEqual((await readList(one, list)).households);
      expect(households[0]?.persons[7]?.name).toBe('RENÉ < "x:is" 7');
    }
  },
);

test.each([1, 2, 3, 7, 1000])(
  'elements lose their prefix and nothing else, in pieces of %i',
  async (length) => {
    const bytes = Buffer.from(
      '<?xml version="1.0"?><x:worksheet a="x:b"><x:row r="1"/><x:t>x:t RENÉ</x:t ></x:worksheet>',
    );
    const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
      bytes.subarray(at * length, (at + 1) * length),
    );
    const made: Uint8Array[] = [];
    for await (const piece of withoutPrefixes(stream(pieces))) made.push(piece);
    const text = Buffer.concat(made).toString();
    expect(text).toBe(
      '<?xml version="1.0"?><worksheet   a="x:b"><row   r="1"/><t  >x:t RENÉ</t >  </worksheet>  ',
    );
    expect(Buffer.concat(made)).toHaveLength(bytes.length);
  },
);
