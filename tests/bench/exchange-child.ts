import { readFile } from 'node:fs/promises';
import { openTestOffice } from '../integration/office.ts';
import { ended, over, uploadList } from '../integration/reference-office.ts';
import type { ExchangeMeasured } from './exchange.ts';

/** Imports the list named on the command line, lays its next quarter beside it, accepts that, and exports it. */
const [before = '', now = ''] = process.argv.slice(2);
const test = await openTestOffice();
const officer = await test.as('petugas_verifikasi');
const token = await test.tokenOf('petugas_verifikasi');
const dtsen = { source: 'DTSEN', areaCodes: null, name: 'DTSEN' } as const;

const importing = await timed(async () => {
  const uploadId = await uploadList(test, token, 'dtsen.csv', await readFile(before));
  const job = await officer.reference.import.mutate({ uploadId, ...dtsen, listDate: '2026-06-30' });
  const { list, report, problem } = await ended(officer, job, 400);
  if (list === null || report === null) throw new Error(problem?.message ?? 'The import did not end well.');
  return { listId: list.id, persons: report.persons };
});
const staging = await timed(async () => {
  const uploadId = await uploadList(test, token, 'dtsen.csv', await readFile(now));
  const given = {
    uploadId,
    source: dtsen.source,
    areaCodes: dtsen.areaCodes,
    listDate: '2026-09-30',
    baseListId: importing.value.listId,
    complete: true,
  };
  const { differenceId } = await over(
    await officer.difference.stage.mutate(given),
    officer.difference.progress.query,
    400,
  );
  if (differenceId === null) throw new Error('The list was not staged.');
  return differenceId;
});
const accepting = await timed(async () => {
  const { list } = await over(
    await officer.difference.accept.mutate({ id: staging.value }),
    officer.difference.progress.query,
    400,
  );
  if (list === null) throw new Error('Nothing was accepted.');
  return list.id;
});
const exporting = await timed(async () => {
  const reason = {
    purpose: 'Pengukuran',
    recipient: 'Bangku ukur',
    basis: null,
    password: 'kuda laut makan bubur',
  };
  const subject = { kind: 'acuan' as const, listId: accepting.value };
  const { file } = await over(
    await officer.exports.begin.mutate({ subject, ...reason }),
    officer.exports.progress.query,
    400,
  );
  if (file === null) throw new Error('Nothing was exported.');
  return file.rows;
});
const measured: ExchangeMeasured = {
  persons: importing.value.persons,
  exportedRows: exporting.value,
  importSeconds: importing.seconds,
  stageSeconds: staging.seconds,
  acceptSeconds: accepting.seconds,
  exportSeconds: exporting.seconds,
  importPeakMb: importing.peakMb,
  peakMb: exporting.peakMb,
};
await test.close();
console.log(JSON.stringify(measured));

/** The peak is that of the process so far: it only grows. */
async function timed<Value>(work: () => Promise<Value>) {
  const begun = performance.now();
  const value = await work();
  return {
    value,
    seconds: (performance.now() - begun) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}
