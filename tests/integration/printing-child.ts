/**
 * A program of its own that opens an office, prints a form as far as it is told and then waits to be
 * killed. Run by `printing-kill.test.ts`: node printing-child.ts <data folder> <case> noted|made|sent
 */
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { createClient, password } from './office.ts';

const [dataDir = '', caseId = '', step = ''] = process.argv.slice(2);
const office = await createOffice({
  dataDir,
  resourcesDir: 'resources',
  clock: { now: () => new Date('2026-11-10T02:00:00.000Z') },
  log: createLog('silent'),
  programVersion: '0.0.0',
  argon2: { memoryCost: 64, timeCost: 1, parallelism: 1 },
});
const fetchOffice = (request: Request) => office.fetch(request);
const login = { username: 'petugas_verifikasi1', password };
const { token } = await createClient(fetchOffice, null).session.login.mutate(login);
const { verification, printing } = createClient(fetchOffice, token);
const { jobId, runId } = await verification.startPrint.mutate({
  caseIds: [caseId],
  enumerator: 'Rina Kusumawati',
  paper: 'F4',
});
if (step !== 'noted')
  while ((await printing.progress.query({ jobId })).state !== 'selesai')
    await new Promise((resolve) => setTimeout(resolve, 10));
if (step === 'sent') await printing.sent.mutate({ runId });
console.log(`${step} ${runId}`);
setInterval(() => {}, 1_000);
