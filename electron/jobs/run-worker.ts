import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { type FromWorker, ToWorker } from './messages.ts';

export interface WorkerTools {
  /** Aborts when somebody stops the job. */
  signal: AbortSignal;
  /** Between two steps of a job in the background: hears what it is told, and waits while another job runs. */
  turn(): Promise<void>;
  /** Told at most ten times a second, however often it is called. */
  progress(done: number, total: number, message: string): void;
  /** Logs what went wrong where the work goes on all the same. */
  report(cause: unknown): void;
}

const between = 100;

/**
 * The body of a worker file: takes the input, does the work, answers. An `AppError` reaches the screen
 * as it is; anything else ends the worker, and the pool logs it.
 */
export async function runWorker(
  work: (input: unknown, tools: WorkerTools) => Promise<unknown>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker of the job pool only.');
  const stop = new AbortController();
  let rest: PromiseWithResolvers<void> | null = null;
  port.on('message', (raw: unknown) => {
    const { kind } = ToWorker.parse(raw);
    if (kind === 'cancel') stop.abort();
    if (kind === 'pause') {
      rest ??= Promise.withResolvers<void>();
      return;
    }
    rest?.resolve();
    rest = null;
  });
  let last = 0;
  const send = (message: FromWorker): void => port.postMessage(message);
  const tools: WorkerTools = {
    signal: stop.signal,
    turn: async () => {
      await pause(1);
      await rest?.promise;
    },
    progress: (done, total, message) => {
      const now = performance.now();
      if (now - last < between) return;
      last = now;
      send({ kind: 'progress', done, total, message });
    },
    report: (cause) => {
      const { name, stack = '' } = cause instanceof Error ? cause : new Error('not an error');
      send({ kind: 'trouble', name, stack });
    },
  };
  try {
    send({ kind: 'done', result: await work(workerData, tools) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ kind: 'failed', code: error.code, details: error.details });
  } finally {
    port.close();
  }
}
