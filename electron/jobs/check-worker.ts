import { readList } from './read-list.ts';
import { ReadOrder, type ReferenceOutcome } from './reference-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

/** A dry run: reads a list and stores nothing. */
async function work(input: unknown, tools: WorkerTools): Promise<ReferenceOutcome> {
  const order = ReadOrder.parse(input);
  const report = await readList(order, tools, { household: () => {}, person: () => {} });
  return { report, fileHash: order.file.sha256, list: null };
}

await runWorker(work);
