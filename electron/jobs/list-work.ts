import { setTimeout as pause } from 'node:timers/promises';
import type { ImportReport } from '../../shared/contract/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { readReference, type ReferenceSink } from '../importing/read-reference.ts';
import { sealedSource } from '../security/sealed-file.ts';
import type { ReferenceOrder } from './reference-order.ts';
import type { WorkerTools } from './run-worker.ts';

/** Reads the list that an order names, and hands it to `sink`. */
export function readList(
  order: ReferenceOrder,
  tools: WorkerTools,
  sink: ReferenceSink,
): Promise<ImportReport> {
  return readReference(
    sealedSource(order.file),
    {
      source: order.source,
      areaCodes: order.areaCodes,
      mapping: order.mapping,
      kelurahan: order.kelurahan,
      instrument: order.instrument,
      areas: order.areas,
      today: order.today,
      signal: tools.signal,
      onProgress: (done, total) => tools.progress(done, total, 'Membaca berkas'),
    },
    sink,
  );
}

/** Between the steps this thread hears whether it shall stop, and the register is free for others. */
export async function follow<Result>(
  steps: Generator<number, Result>,
  tools: WorkerTools,
  message: string,
): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    tools.progress(step.value, 1, message);
    await pause(1);
    if (!tools.signal.aborted) continue;
    // Closing it makes it take back what it did.
    closeEarly(steps);
    throw new AppError('import_cancelled');
  }
}

function closeEarly(steps: Iterator<number>): void {
  steps.return?.();
}
