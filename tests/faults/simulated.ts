import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { compiled } from '../compiled.ts';
import { startPostgres } from '../provincial-server/postgres.ts';
import { makeFolderTemplate } from './office-template.ts';
import type { Played } from './sum.ts';
import type { WorkerOrder } from './worker-order.ts';
import { scratch } from './world.ts';

const Result = z.object({
  seed: z.number(),
  counts: z.record(z.string(), z.number()),
  fates: z.record(z.string(), z.number()),
  hits: z.record(z.string(), z.number()),
  problems: z.array(z.string()),
  trace: z.string().optional(),
});

/** A young generation in which a run's litter dies without being moved about, in MB. */
const youngMegabytes = 64;

/** Runs of one worker: while one waits for PostgreSQL, another works. */
const lanes = 3;

/**
 * Memory that a worker gives back is asked for again the next moment, and the system clears each of its pages
 * anew: so glibc, where that is what allocates, keeps it; what is small, in lists of the thread's own.
 */
const keptMemory = [
  'glibc.malloc.tcache_count=1024',
  `glibc.malloc.trim_threshold=${256 << 20}`,
  `glibc.malloc.mmap_threshold=${256 << 20}`,
  `glibc.malloc.top_pad=${16 << 20}`,
].join(':');

/**
 * Plays `runs` seeds from `seed` on, with a worker for each core: one of them needs forty runs until all its code
 * is compiled well, so few play many.
 *
 * @param asked with `damage`, the province loses a record before both ends are compared
 */
export async function runSimulated(
  { runs, seed, cases, damage }: { runs: number; seed: number; cases: number; damage: boolean },
  tell: (result: Played) => void,
): Promise<void> {
  const [postgres, office] = await Promise.allSettled([
    startPostgres(join(scratch, `mutakhir-gangguan-${randomUUID()}`), {
      persistent: false,
      socket: true,
      inMemory: true,
    }),
    makeFolderTemplate(cases, {}, scratch),
  ]);
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (office.status === 'rejected') throw office.reason;
    const { folder, key, caseIds } = office.value;
    const order: WorkerOrder = {
      url: postgres.value.url,
      folder,
      key: key.toString('hex'),
      caseIds,
      damage,
      lanes,
    };
    let next = seed;
    const take = (): number | null => (next < seed + runs ? next++ : null);
    const workers = Math.min(Math.ceil(runs / lanes), availableParallelism());
    await Promise.all(Array.from({ length: workers }, async () => await work(order, take, tell)));
  } finally {
    if (office.status === 'fulfilled') office.value.close();
    if (postgres.status === 'fulfilled') await postgres.value.stop();
  }
}

async function work(
  order: WorkerOrder,
  take: () => number | null,
  tell: (result: Played) => void,
): Promise<void> {
  const child = fork(join(import.meta.dirname, 'run-worker.ts'), {
    execArgv: [
      ...process.execArgv,
      `--min-semi-space-size=${youngMegabytes}`,
      `--max-semi-space-size=${youngMegabytes}`,
    ],
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, GLIBC_TUNABLES: keptMemory },
  });
  child.send(order);
  const exited = once(child, 'exit');
  const underWay = new Set<number>();
  child.on('message', (message) => {
    const result = Result.safeParse(message);
    if (result.success) {
      underWay.delete(result.data.seed);
      tell(result.data);
    }
    while (underWay.size < order.lanes) {
      const next = take();
      if (next === null) break;
      underWay.add(next);
      child.send(next);
    }
    if (underWay.size === 0) child.disconnect();
  });
  await exited;
  if (child.exitCode !== 0)
    throw new Error(
      `A worker ended with ${child.exitCode ?? child.signalCode} over seed ${[...underWay].join(', ')}.`,
    );
}
