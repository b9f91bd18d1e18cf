import { simulate } from './simulate.ts';
import { playSeed } from './sum.ts';
import { makeWorld } from './world.ts';

/** Plays the seeds that `run.ts` hands it, one after the other: node run-worker.ts <url> <cases> [damage] */
const [url = '', cases = '', damage] = process.argv.slice(2);
const made = await makeWorld(url, Number(cases));
const world = damage === undefined ? made : { ...made, beforeVerdict: () => made.province.loseRecord() };

process.on('message', (seed) => void play(Number(seed)));
process.on('disconnect', () => void world.close().then(() => process.exit(0)));
process.send?.('ready');

async function play(seed: number): Promise<void> {
  process.send?.(await playSeed(seed, () => simulate(seed, Number(cases), world)));
}
