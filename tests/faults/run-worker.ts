import { once } from 'node:events';
import { simulate } from './simulate.ts';
import { playSeed } from './sum.ts';
import { WorkerOrder } from './worker-order.ts';
import { openWorld } from './world.ts';

/** Plays the seeds that `run.ts` hands it, as many at once as it was ordered to. */
const [said] = await once(process, 'message');
const { url, key, damage, lanes, ...office } = WorkerOrder.parse(said);
const worlds = await Promise.all(
  Array.from(
    { length: lanes },
    async () => await openWorld(url, { ...office, key: Buffer.from(key, 'hex') }),
  ),
);
const free = [...worlds];

process.on('message', (seed) => void play(Number(seed)));
process.on('disconnect', () => {
  void Promise.all(worlds.map((world) => world.close())).then(() => process.exit(0));
});
process.send?.('ready');

async function play(seed: number): Promise<void> {
  const made = free.pop();
  if (made === undefined) throw new Error(`Seed ${seed} came while all lanes played.`);
  const world = damage ? { ...made, beforeVerdict: () => made.province.loseRecord() } : made;
  const played = await playSeed(seed, () => simulate(seed, office.caseIds.length, world));
  free.push(made);
  process.send?.(played);
}
