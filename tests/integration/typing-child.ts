/**
 * A program of its own that opens an office, types one draft and then waits to be killed. Run by
 * `crash.test.ts`: node typing-child.ts <data folder> <street>
 */
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { systemClock } from '../../electron/clock.ts';
import { familyDraft } from './households.ts';
import { createClient, password } from './office.ts';

const [dataDir = '', street = ''] = process.argv.slice(2);
const office = await createOffice({
  dataDir,
  resourcesDir: 'resources',
  clock: systemClock,
  log: createLog('silent'),
  programVersion: '0.0.0',
  argon2: { memoryCost: 64, timeCost: 1, parallelism: 1 },
});
const fetchOffice = (request: Request) => office.fetch(request);
const { token } = await createClient(fetchOffice, null).session.login.mutate({
  username: 'petugas_loket1',
  password,
});
const client = createClient(fetchOffice, token);
const draft = await client.intake.create.mutate({ mode: 'aktif' });
const body = { ...familyDraft(), address: { ...familyDraft().address, street } };
const { version } = await client.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
console.log(`tersimpan ${draft.id} ${version}`);
setInterval(() => {}, 1_000);
