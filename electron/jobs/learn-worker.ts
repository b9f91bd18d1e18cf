import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { openConnection } from '../store/connection.ts';
import { learnOrTell } from './list-work.ts';
import { Key } from './reference-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

/** Lists of which nothing was learnt yet. */
export const LearnOrder = z.object({
  register: z.string(),
  registerKey: Key,
  listIds: z.array(z.string()),
  at: z.string(),
});
export type LearnOrder = z.infer<typeof LearnOrder>;

/** Learns of lists one after the other, while no other job runs. */
async function work(input: unknown, tools: WorkerTools): Promise<null> {
  const order = LearnOrder.parse(input);
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  try {
    for (const id of order.listIds) {
      await tools.turn();
      if (tools.signal.aborted) throw new AppError('match_stopped');
      learnOrTell(db, { id, at: order.at }, tools);
    }
    return null;
  } finally {
    db.close();
  }
}

await runWorker(work);
