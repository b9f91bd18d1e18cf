import { setTimeout as pause } from 'node:timers/promises';
import { type MessagePort, parentPort } from 'node:worker_threads';
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

type Work = (input: unknown, tools: WorkerTools) => Promise<unknown>;

/** What a job under way is told by the pool. */
interface UnderWay {
  stop: AbortController;
  rest: PromiseWithResolvers<void> | null;
}

/**
 * The body of a worker file: takes the input, does the work, answers; and again where the pool keeps
 * the worker for more. An `AppError` reaches the screen as it is; anything else ends the worker, and
 * the pool logs it.
 */
export async function runWorker(work: Work): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker of the job pool only.');
  const over = Promise.withResolvers<void>();
  let current: UnderWay | null = null;
  port.on('message', (raw: unknown) => {
    const message = ToWorker.parse(raw);
    if (message.kind !== 'work') {
      if (current !== null) hear(current, message.kind);
      return;
    }
    current = { stop: new AbortController(), rest: null };
    const done = answer(port, work, message.input, current);
    done.then(() => {
      if (message.stays) return;
      port.close();
      over.resolve();
    }, over.reject);
  });
  await over.promise;
}

function hear(current: UnderWay, word: 'cancel' | 'pause' | 'resume'): void {
  if (word === 'cancel') current.stop.abort();
  if (word === 'pause') {
    current.rest ??= Promise.withResolvers<void>();
    return;
  }
  current.rest?.resolve();
  current.rest = null;
}

async function answer(port: MessagePort, work: Work, input: unknown, current: UnderWay): Promise<void> {
  let last = 0;
  const send = (message: FromWorker): void => port.postMessage(message);
  const tools: WorkerTools = {
    signal: current.stop.signal,
    turn: async () => {
      await pause(1);
      await current.rest?.promise;
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
    send({ kind: 'done', result: await work(input, tools) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ kind: 'failed', code: error.code, details: error.details });
  }
}
