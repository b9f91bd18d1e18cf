import { readFile } from 'node:fs/promises';
import { ended, uploadList } from '../integration/reference-office.ts';
import { openTestOffice } from '../integration/office.ts';
import type { ImportMeasured } from './import.ts';

/** Imports the list named on the command line into a new office and prints what it took. */
const [file = ''] = process.argv.slice(2);
const test = await openTestOffice();
const officer = await test.as('petugas_verifikasi');
const token = await test.tokenOf('petugas_verifikasi');
const clerk = await test.as('petugas_loket');

const begun = performance.now();
const cpuBefore = process.cpuUsage();
const uploadId = await uploadList(test, token, 'bdt-2015.xlsx', await readFile(file));
const job = await officer.reference.import.mutate({
  uploadId,
  source: 'BDT2015',
  areaCodes: 'bps',
  name: 'BDT 2015',
  listDate: '2024-05-31',
});
const over = new AbortController();
const [progress, longestWaitMs] = await Promise.all([
  ended(officer, job, 400).finally(() => {
    over.abort();
  }),
  workOfOthers(),
]);
const cpu = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - begun) / 1000;
if (progress.report === null) throw new Error(progress.problem?.message ?? 'The import did not end well.');
const measured: ImportMeasured = {
  seconds,
  households: progress.report.households,
  persons: progress.report.persons,
  longestWaitMs,
  cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
await test.close();
console.log(JSON.stringify(measured));

/** A clerk begins drafts all the while; how long the longest of them had to wait. */
async function workOfOthers(): Promise<number> {
  let longest = 0;
  while (!over.signal.aborted) {
    const asked = performance.now();
    await clerk.intake.create.mutate({ mode: 'aktif' });
    longest = Math.max(longest, performance.now() - asked);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return longest;
}
