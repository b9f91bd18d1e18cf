import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRow } from './cell.ts';
import { CsvRecords } from './csv-records.ts';

/** The records of a text that comes in pieces of so many bytes. */
function read(text: string, size: number, delimiter = ',', skip = 0): SourceRow[] {
  const bytes = Buffer.from(text);
  const records = new CsvRecords(delimiter, skip);
  const rows: SourceRow[] = [];
  for (let at = 0; at < bytes.length; at += size) rows.push(...records.add(bytes.subarray(at, at + size)));
  return [...rows, ...records.end()];
}

const cell = fc.oneof(
  fc.constantFrom('', 'SITI', 'RENÉ', '3171010101010001', ' ', 'a;b'),
  fc.constantFrom('JL. MAWAR, NO 3', 'baris\nbaru', 'dua\r\nbaris', 'kata "asing"', '"'),
);
const quoted = (value: string, always: boolean, delimiter: string) =>
  always || /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;

describe('a CSV in pieces', () => {
  it('has the records that csv-parse finds in the whole, wherever it is broken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', ';'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (table, ending, delimiter, isEnded, size) => {
          const lines = table.map((row) =>
            row.map(([value, always]) => quoted(value, always, delimiter)).join(delimiter),
          );
          // How records end is told by the first that has an end, and it is none of what stands in quotes.
          const text = `kolom${ending}${lines.join(ending)}${isEnded ? ending : ''}`;
          const whole = parse(text, {
            delimiter,
            record_delimiter: ending,
            relax_column_count: true,
            skip_empty_lines: true,
          });
          expect(read(text, size, delimiter).map(({ cells }) => cells)).toEqual(whole);
        },
      ),
    );
  });

  it('numbers each record by the line on which it begins', () => {
    const text = 'a,b\n\n1,2\n"3\n4",5\n\n"6",7\n8,9';
    const numbered = [
      { number: 1, cells: ['a', 'b'] },
      { number: 3, cells: ['1', '2'] },
      { number: 4, cells: ['3\n4', '5'] },
      { number: 7, cells: ['6', '7'] },
      { number: 8, cells: ['8', '9'] },
    ];
    for (const size of [1, 3, 1000]) expect(read(text, size)).toEqual(numbered);
    expect(read(`sep=,\n${text}`, 4, ',', 1)).toEqual(
      numbered.map(({ number, cells }) => ({ number: number + 1, cells })),
    );
  });

  it('takes a record that is too long for a quote that was left open, where there is one', () => {
    const long = `a,b\n${'x'.repeat(200_001)},2\n`;
    for (const text of [long, `${long}1,2\n`, long.trimEnd(), 'x'.repeat(2_000_000)]) {
      expect(() => read(text, 65_536)).toThrow(expect.objectContaining({ code: 'import_broken_csv' }));
      expect(() => read(text.replace('x', '"'), 65_536)).toThrow(
        expect.objectContaining({ code: 'import_open_quote' }),
      );
    }
  });
});
