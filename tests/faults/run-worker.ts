import { once } from 'node:events';
import { simulate } from './simulate.ts';
import { playSeed } from './sum.ts';
import { WorkerOrder } from './worker-order.ts';
import { openWorld } from './world.ts';

/** Plays the seeds that `run.ts` hands it, one after the other. */
const [said] = await once(process, 'message');
const { url, key, damage, ...office } = WorkerOrder.parse(said);
const made = await openWorld(url, { ...office, key: Buffer.from(key, 'hex') });
const world = damage ? { ...made, beforeVerdict: () => made.province.loseRecord() } : made;

process.on('message', (seed) => void play(Number(seed)));
process.on('disconnect', () => void world.close().then(() => process.exit(0)));
process.send?.('ready');

async function play(seed: number): Promise<void> {
  process.send?.(await playSeed(seed, () => simulate(seed, office.caseIds.length, world)));
}
