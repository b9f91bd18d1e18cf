import { expect, it } from 'vitest';
import { pageTexts } from '../fixtures/pdf.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { exportedRows } from './exporting.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { openTestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';
import { requestDocument } from './visits.ts';

it('the recap and the workbook of findings leave out no case that nobody had looked at yet', async () => {
  const t = await openTestOffice();
  try {
    const clerk = await t.as('petugas_loket');
    const officer = await t.as('petugas_verifikasi');
    const token = await t.tokenOf('petugas_verifikasi');
    const families = Array.from({ length: 8 }, (_, index) => family(index + 1));
    // The list writes each second member otherwise.
    const rows = families.flatMap((one) =>
      dtksRows(one, (row, index) => (index === 1 ? { ...row, nama: `${row.nama} BINTARO` } : row)),
    );
    const uploadId = await uploadList(t, token, 'dtks.csv', dtksCsv(...rows));
    const how = { source: 'DTKS', areaCodes: null, name: 'DTKS', listDate: '2026-10-31' } as const;
    await ended(officer, await officer.reference.import.mutate({ uploadId, ...how }));
    const numbers: string[] = [];
    const register = async (one: (typeof families)[number]) =>
      numbers.push((await registerActive(clerk, one)).number);
    for (const one of families.slice(0, 7)) await register(one);

    const pdf = await requestDocument(t, token, 'rekap_temuan', {});
    const paper = pageTexts(new Uint8Array(await pdf.arrayBuffer())).join(' ');
    for (const number of numbers) expect(paper).toContain(number);

    for (const one of families.slice(7)) await register(one);
    const book = await exportedRows(t, officer, token, { kind: 'temuan', filter: {} });
    expect(book.slice(1).map(([number]) => number)).toEqual(expect.arrayContaining(numbers));
  } finally {
    await t.close();
  }
});
