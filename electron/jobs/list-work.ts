import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { WritableDb } from '../store/connection.ts';
import { learnOfList } from '../store/list-model.ts';
import type { WorkerTools } from './run-worker.ts';

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

/** Takes out what nobody shall find any more, whatever comes: between the steps the register is free for others. */
export async function takeOut(steps: Iterable<unknown>): Promise<void> {
  for (const _ of steps) await pause(1);
}

function closeEarly(steps: Iterator<number>): void {
  steps.return?.();
}

/** Learns of a list that stands now. It stands whatever comes of it: what cannot be learnt is logged, and the shipped model judges. */
export function learnOrTell(
  db: WritableDb,
  { id, at }: { id: string; at: string },
  tools: Pick<WorkerTools, 'progress' | 'report'>,
): void {
  tools.progress(1, 1, 'Mempelajari daftar dari berkas yang ada');
  try {
    learnOfList(db, id, at);
  } catch (cause) {
    tools.report(cause);
  }
}
