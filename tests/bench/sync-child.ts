import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import type { Role } from '../../shared/domain/role.ts';
import { systemClock } from '../../electron/clock.ts';
import { loopbackAddresses } from '../../electron/door/address.ts';
import { createDoor } from '../../electron/door/door.ts';
import { listenOnLoopback } from '../../electron/launch/listen.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import { lookPause, tellPause } from '../../electron/sync/network-watch.ts';
import { type Client, createClient, password } from '../integration/office.ts';
import { Cable } from './cable.ts';
import { SyncOrder, type SyncMeasured } from './sync-wire.ts';

/**
 * The office of the bench in a process of its own, behind its HTTP door as the program runs: enrols, pushes what is
 * queued and its files, pushes again, and is cut off and connected again. Its order comes as a line of JSON on its
 * standard input.
 */
const [line] = await once(createInterface({ input: process.stdin }), 'line');
const { folder, address, code, later } = SyncOrder.parse(JSON.parse(String(line)));

const log = createLog();
const cable = new Cable();
const office = await createOffice({
  dataDir: folder,
  resourcesDir: 'resources',
  clock: systemClock,
  log,
  programVersion: '0.0.0',
  startBackground: (register) => startPush(register, { log, fetch: cable.fetch, watchNetwork: cable.watch }),
});
const door = createDoor({ office, assets: folder, addresses: loopbackAddresses, clock: systemClock, log });
const server = createServer(getRequestListener((request) => door.fetch(request)));
const here = `http://127.0.0.1:${await listenOnLoopback(server, 0)}/`;
const [administrator, lurah] = [await logIn('administrator'), await logIn('lurah')];

const first = performance.now();
await administrator.sync.enrol.mutate({ address, code });
const { confirmed } = await until(({ waiting }) => waiting === 0);
const pushSeconds = secondsSince(first);
const peakMb = peak();

// The comparison that follows a push belongs to it, however long the office itself reckons before it asks; so do the files.
await until(({ proof, files }) => proof !== null && files.waiting === 0);
const filesSeconds = secondsSince(first);
const filesPeakMb = peak();

await quiet();
const sent = cable.batches;
const second = performance.now();
await administrator.sync.retryNow.mutate();
while (cable.lastEnded <= second) await pause(20);
await quiet();
if (cable.batches !== sent) throw new Error(`${cable.batches - sent} batches went a second time.`);
const secondSeconds = (cable.lastEnded - second) / 1000;

const reconnectSeconds: number[] = [];
const hangingSeconds: number[] = [];
for (const [nth, caseId] of later.entries()) {
  const hangs = nth % 2 === 1;
  // A network that flaps is told of once in so long.
  if (hangs) await pause(tellPause + lookPause);
  cable.takeOut(!hangs);
  if (!hangs) await until(({ connection }) => connection === 'terputus');
  await legalise(caseId);
  if (hangs) while (cable.hanging === 0) await pause(20);
  // At another point of the sender's rhythm each time; long enough for the address to be missed.
  await pause(lookPause + 700 * nth);
  cable.putIn();
  const back = performance.now();
  await until(({ waiting }) => waiting === 0);
  (hangs ? hangingSeconds : reconnectSeconds).push((cable.lastBatchAt - back) / 1000);
}
const ended = await administrator.sync.status.query();
await new Promise((resolve) => server.close(resolve).closeAllConnections());
await office.close();
const measured: SyncMeasured = {
  pushSeconds,
  peakMb,
  filesSeconds,
  filesPeakMb,
  secondSeconds,
  reconnectSeconds,
  hangingSeconds,
  confirmed: [confirmed, ended.confirmed],
  proof: ended.proof?.state ?? null,
};
console.log(JSON.stringify(measured));

async function logIn(role: Role): Promise<Client> {
  const { token } = await speak(null).session.login.mutate({ username: `${role}1`, password });
  return speak(token);
}

function speak(token: string | null): Client {
  return createClient(
    async (request) => await fetch(new Request(request.url.replace('http://mutakhir.test/', here), request)),
    token,
  );
}

async function legalise(caseId: string): Promise<void> {
  const { rows } = await lurah.approval.inbox.query({ kind: null, offset: 0, limit: 100 });
  const found = rows.find((row) => row.caseId === caseId);
  if (found === undefined) throw new Error('A case waits for no lurah.');
  await lurah.approval.decide.mutate({ caseId, seen: found.seen, decision: 'setujui', reason: null });
}

/** The most memory that the process held so far, in MB. */
function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}

/** Waits until nothing has been under way for a while. */
async function quiet(): Promise<void> {
  while (cable.underWay > 0 || performance.now() - cable.lastEnded <= 300) await pause(50);
}

/** Waits until the foot of the screen says so; nobody asks so often that the office has no quiet moment. */
async function until(holds: (status: SyncStatus) => boolean): Promise<SyncStatus> {
  for (;;) {
    const status = await administrator.sync.status.query();
    if (holds(status)) return status;
    await pause(1_200);
  }
}
