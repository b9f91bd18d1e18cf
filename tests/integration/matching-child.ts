/**
 * A program of its own that opens an office, begins to match everything and says when the first
 * cases are done; then it waits to be killed. Run by `match-all.test.ts`: node matching-child.ts <data folder>
 */
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { cheap, createClient, password } from './office.ts';

const [dataDir = ''] = process.argv.slice(2);
const office = await createOffice({
  dataDir,
  resourcesDir: 'resources',
  clock: systemClock,
  log: createLog('silent'),
  programVersion: '0.0.0',
  argon2: cheap,
});
const fetchOffice = (request: Request) => office.fetch(request);
const { token } = await createClient(fetchOffice, null).session.login.mutate({
  username: 'petugas_verifikasi1',
  password,
});
const officer = createClient(fetchOffice, token);
await officer.identification.matchAll.mutate();
while ((await officer.identification.matchAllState.query()).ranked === 0) await pause(1);
console.log('sebagian');
setInterval(() => {}, 1_000);
