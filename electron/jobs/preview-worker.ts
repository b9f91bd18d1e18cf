import { previewList } from '../importing/preview.ts';
import { sealedSource } from '../security/sealed-file.ts';
import { PreviewOrder, type PreviewOutcome } from './reference-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

async function work(input: unknown, tools: WorkerTools): Promise<PreviewOutcome> {
  const order = PreviewOrder.parse(input);
  const sheets = await previewList(sealedSource(order.file), order.headerRow, order.learned, {
    signal: tools.signal,
    onProgress: (done, total) => tools.progress(done, total, 'Melihat kolom berkas'),
  });
  return { sheets };
}

await runWorker(work);
