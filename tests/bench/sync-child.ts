import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../electron/log.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { enrolOffice } from '../../electron/services/enrolment.ts';
import { retryNow, syncStatus } from '../../electron/services/sync.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import { settledOutboxStates } from '../../shared/domain/outbox.ts';
import { findProofRun } from '../../electron/store/proof.ts';
import { openBareRegister } from '../faults/bare-register.ts';
import { SyncOrder, type SyncMeasured } from './sync-wire.ts';

/**
 * The office of the bench in a process of its own: enrols, pushes what is queued, pushes again, and is
 * cut off and connected again. Its order comes as a line of JSON on its standard input.
 */
const [line] = await once(createInterface({ input: process.stdin }), 'line');
const { folder, key, address, code, later } = SyncOrder.parse(JSON.parse(String(line)));
const register = openBareRegister(folder, Buffer.from(key, 'hex'));

let cableOut = false;
let underWay = 0;
let lastEnded = 0;
let batches = 0;
let lastBatchAt = 0;
const push = startPush(register, {
  log: createLog(),
  fetch: async (input, init) => {
    if (cableOut) throw new TypeError('fetch failed');
    if (String(input).endsWith('/v1/batches')) {
      batches += 1;
      lastBatchAt = performance.now();
    }
    underWay += 1;
    try {
      return await fetch(input, init);
    } finally {
      underWay -= 1;
      lastEnded = performance.now();
    }
  },
});

const first = performance.now();
await enrolOffice(register, { id: null, name: 'Administrator', role: 'administrator' }, { address, code });
await until(() => countWaiting() === 0);
const pushSeconds = secondsSince(first);
const peakMb = process.resourceUsage().maxRSS / 1024;

// The comparison that follows a push belongs to it, however long the office itself reckons before it asks.
await until(() => findProofRun(register.db) !== null);
await quiet();
const sent = batches;
const second = performance.now();
retryNow(register);
await until(() => lastEnded > second);
await quiet();
if (batches !== sent) throw new Error(`${batches - sent} batches went a second time.`);
const secondSeconds = (lastEnded - second) / 1000;

const reconnectSeconds: number[] = [];
for (const [nth, caseId] of later.entries()) {
  cableOut = true;
  await until(() => syncStatus(register).connection === 'terputus');
  takeStep(register, { id: null, name: 'Lurah', role: 'lurah' }, { caseId, action: 'sahkan' });
  // At another point of the sender's rhythm each time.
  await pause(700 * nth);
  cableOut = false;
  const back = performance.now();
  await until(() => countWaiting() === 0);
  reconnectSeconds.push((lastBatchAt - back) / 1000);
}
const measured: SyncMeasured = {
  pushSeconds,
  peakMb,
  secondSeconds,
  reconnectSeconds,
  confirmed: syncStatus(register).confirmed,
};
await push.stop();
register.db.close();
console.log(JSON.stringify(measured));

/** Items that have not come to their end; a rejected one has, and is missed among the confirmed. */
function countWaiting(): number {
  return Number(
    register.db
      .prepare('SELECT count(*) FROM outbox WHERE state NOT IN (SELECT value FROM json_each(?))')
      .pluck()
      .get(JSON.stringify(settledOutboxStates)),
  );
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}

/** Waits until nothing has been under way for a while. */
async function quiet(): Promise<void> {
  await until(() => underWay === 0 && performance.now() - lastEnded > 300);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(100);
}
