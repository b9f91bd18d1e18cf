import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readList } from '../../tests/fixtures/read-list.ts';
import { exported, families } from '../../tests/fixtures/resaved/list.ts';

/*
 * The files are what LibreOffice 7.4 made of `exported()`, of rows that are nobody's:
 *   soffice --headless --convert-to xlsx daftar.xlsx            → saved.xlsx
 *   soffice --headless --convert-to csv daftar.xlsx             → saved.csv
 *   soffice --headless --convert-to ods daftar.xlsx, and from there to xlsx → through-ods.xlsx
 * Make them anew where the exported columns change.
 */
const folder = join(import.meta.dirname, '../../tests/fixtures/resaved');

describe('the round trip through LibreOffice keeps every digit', () => {
  it.each([
    ['of the workbook as it was exported', exported],
    ['saved as a workbook', () => readFile(join(folder, 'saved.xlsx'))],
    ['saved as its own format, and as a workbook again', () => readFile(join(folder, 'through-ods.xlsx'))],
    ['saved as CSV', () => readFile(join(folder, 'saved.csv'))],
  ])('%s', async (_, file) => {
    const { report, households } = await readList(await file(), { source: 'DTKS', areaCodes: null });
    expect(report).toMatchObject({ persons: families.length, refusedCount: 0, warnings: [] });
    expect(households.map(({ household, persons }) => ({ household, person: persons[0] }))).toEqual(families);
  });
});
