import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { Random } from '../training/random.ts';
import { CsvFaultError, type CsvRecord, CsvRecords } from './csv-records.ts';

/** The rows of a text, handed in by pieces of so many bytes; or what is wrong with it. */
function rowsOf(text: string, pieceSize: () => number, skip = 0): CsvRecord[] | string {
  const bytes = Buffer.from(text);
  const records = new CsvRecords(',', skip);
  const rows: CsvRecord[] = [];
  try {
    for (let at = 0; at < bytes.length;) {
      const size = pieceSize();
      rows.push(...records.read(bytes.subarray(at, at + size)));
      at += size;
    }
    return [...rows, ...records.end()];
  } catch (error) {
    if (!(error instanceof CsvFaultError)) throw error;
    return error.fault;
  }
}

/** The same by a parser that is used the world over. */
function peerRowsOf(text: string): string[][] | string {
  try {
    return parse(Buffer.from(text), { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return ['CSV_QUOTE_NOT_CLOSED', 'CSV_INVALID_CLOSING_QUOTE'].includes(error.code)
      ? 'open_quote'
      : 'stray_quote';
  }
}

test('reads and refuses what csv-parse does, however the file comes in pieces', () => {
  const random = new Random(5);
  const pick = (items: readonly string[]) => random.pick(items);
  const parts = [
    'a',
    'bé',
    '"',
    '"',
    '""',
    ',',
    ',',
    '\n',
    '\n',
    ' ',
    '"x,y"',
    '"p\nq"',
    '"r""s"',
    ';',
    '\n\n',
  ];
  for (let run = 0; run < 20_000; run += 1) {
    const lineEnd = pick(['\n', '\r\n', '\r']);
    // Some files mix their line ends.
    const written = (part: string) => (random.chance(0.9) ? part.replaceAll('\n', lineEnd) : part);
    const text = Array.from({ length: random.int(1, 14) }, () => written(pick(parts))).join('');
    const rows = rowsOf(text, () => random.int(1, 12));
    expect(typeof rows === 'string' ? rows : rows.map(({ cells }) => cells), JSON.stringify(text)).toEqual(
      peerRowsOf(text),
    );
  }
});

describe('the line of a row is where it begins', () => {
  test.each([
    ['below empty lines', 'a,b\r\n\r\n\r\nc,d\r\ne,f', [1, 4, 5]],
    ['below a value of several lines', 'a,"b\r\nc\r\nd"\r\ne,f', [1, 4]],
    ['below a mark', '\ufeffa,b\nc,d', [1, 2]],
  ])('%s', (_, text, lines) => {
    const rows = rowsOf(text, () => 3);
    expect(typeof rows === 'string' ? rows : rows.map(({ line }) => line)).toEqual(lines);
  });

  test('below lines that are skipped', () => {
    expect(rowsOf('sep=,\r\na,b\r\nc,d\r\n', () => 4, 1)).toEqual([
      { line: 2, cells: ['a', 'b'] },
      { line: 3, cells: ['c', 'd'] },
    ]);
  });
});
