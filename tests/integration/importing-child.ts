/**
 * A program of its own that opens an office and brings a list in, twice under two names; it is stopped and
 * killed meanwhile. Run by `import-kill.test.ts`: node importing-child.ts <data folder> <list> <name> <name>
 */
import { openAsBlob } from 'node:fs';
import { systemClock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { cheap, createClient, password } from './office.ts';
import { importDtks } from './reference-office.ts';

const [dataDir = '', file = '', ...names] = process.argv.slice(2);
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
for (const name of names) {
  const { state } = await importDtks({ office, officer, token }, name, await openAsBlob(file));
  if (state !== 'selesai') throw new Error(`${name}: ${state}`);
}
setInterval(() => {}, 1_000);
