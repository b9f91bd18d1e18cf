import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
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

/**
 * Plays `runs` seeds from `seed` on, one more at once than the machine has cores: a run that waits for
 * PostgreSQL leaves its core to another.
 *
 * @param asked with `damage`, the province loses a record before both ends are compared
 */
export async function runSimulated(
  { runs, seed, cases, damage }: { runs: number; seed: number; cases: number; damage: boolean },
  tell: (result: Played) => void,
): Promise<void> {
  const postgres = await startPostgres(join(scratch, `mutakhir-gangguan-${randomUUID()}`), {
    persistent: false,
    socket: true,
    inMemory: true,
  });
  try {
    const office = await makeFolderTemplate(cases, {}, scratch);
    const { folder, key, caseIds } = office;
    const order: WorkerOrder = { url: postgres.url, folder, key: key.toString('hex'), caseIds, damage };
    try {
      let next = seed;
      const take = (): number | null => (next < seed + runs ? next++ : null);
      const workers = Math.min(runs, availableParallelism() + 1);
      await Promise.all(Array.from({ length: workers }, async () => await work(order, take, tell)));
    } finally {
      office.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function work(
  order: WorkerOrder,
  take: () => number | null,
  tell: (result: Played) => void,
): Promise<void> {
  const child = fork(join(import.meta.dirname, 'run-worker.ts'), {
    execArgv: [...process.execArgv, `--max-semi-space-size=${youngMegabytes}`],
  });
  child.send(order);
  const exited = once(child, 'exit');
  let underWay: number | null = null;
  child.on('message', (message) => {
    const result = Result.safeParse(message);
    if (result.success) tell(result.data);
    underWay = take();
    if (underWay === null) child.disconnect();
    else child.send(underWay);
  });
  await exited;
  if (child.exitCode !== 0)
    throw new Error(`A worker ended with ${child.exitCode ?? child.signalCode} over seed ${underWay}.`);
}
