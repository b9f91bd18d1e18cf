/**
 * A program of its own that opens an office, begins to match everything and says when the first
 * cases are done; then it waits to be killed. Run by `match-all.test.ts`: node matching-child.ts <data folder>
 */
import { openInChild } from './child-office.ts';
import { setTimeout as pause } from 'node:timers/promises';

const [dataDir = ''] = process.argv.slice(2);
const { client: officer } = await openInChild(dataDir, 'petugas_verifikasi1');
await officer.identification.matchAll.mutate();
while ((await officer.identification.matchAllState.query()).ranked === 0) await pause(1);
console.log('sebagian');
setInterval(() => {}, 1_000);
