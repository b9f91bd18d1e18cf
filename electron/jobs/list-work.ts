import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
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

function closeEarly(steps: Iterator<number>): void {
  steps.return?.();
}
