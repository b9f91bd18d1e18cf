import { runWorker, type WorkerTools } from '../jobs/run-worker.ts';
import { openConnection } from '../store/connection.ts';
import { renewIn, RenewalOrder } from './key-renewal.ts';

async function work(input: unknown, tools: WorkerTools): Promise<null> {
  const order = RenewalOrder.parse(input);
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  try {
    await renewIn(db, tools);
    return null;
  } finally {
    db.close();
  }
}

await runWorker(work);
