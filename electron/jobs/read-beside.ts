import { resourceLimits, Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { ImportReport } from '../../shared/contract/reference.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import type { SortedKeys } from '../store/gathered-keys.ts';
import type { ListRows } from '../store/gathered-list.ts';
import { FromWorker } from './messages.ts';
import { ReadOrder } from './reference-order.ts';
import type { WorkerTools } from './run-worker.ts';

/** What the thread that reads is told: what to read, and on which day the ages in it were true. */
export const BesideOrder = z.object({ read: ReadOrder, listDate: z.string() });
export type BesideOrder = z.infer<typeof BesideOrder>;

/** What it is told while it reads. */
export const ToReader = z.object({ kind: z.enum(['cancel', 'written']) });
export type ToReader = z.infer<typeof ToReader>;

/** What it tells; rows and keys are our own, and too many to be looked at one by one. */
const FromReader = z.discriminatedUnion('kind', [
  ...FromWorker.options,
  z.object({ kind: z.literal('rows'), rows: z.custom<ListRows>((rows) => rows instanceof Object) }),
]);
export type FromReader = z.infer<typeof FromReader>;

/** What it answers in the end. */
export interface Reading {
  report: ImportReport;
  keys: SortedKeys;
}
const Reading = z.custom<Reading>((reading) => reading instanceof Object);

/**
 * Reads a list in a thread of its own, which is some rows ahead, while this one writes what came: reading
 * and making keys takes as long as sealing pages does.
 *
 * @throws AppError as `readReference`.
 */
export async function readBeside(
  { read, listDate }: BesideOrder,
  tools: WorkerTools,
  write: (rows: ListRows) => void,
): Promise<Reading> {
  const { maxOldGenerationSizeMb, maxYoungGenerationSizeMb } = resourceLimits;
  const reader = new Worker(new URL('./list-reader.ts', import.meta.url), {
    workerData: { read, listDate } satisfies BesideOrder,
    resourceLimits: {
      ...(maxOldGenerationSizeMb !== undefined && { maxOldGenerationSizeMb }),
      ...(maxYoungGenerationSizeMb !== undefined && { maxYoungGenerationSizeMb }),
    },
  });
  const tell = (kind: ToReader['kind']) => reader.postMessage({ kind } satisfies ToReader);
  const cancel = () => tell('cancel');
  tools.signal.addEventListener('abort', cancel);
  try {
    return await new Promise<Reading>((resolve, reject) => {
      reader.on('error', reject);
      reader.on('exit', () => reject(new Error('Who reads the list fell silent.')));
      reader.on('message', (raw: unknown) => {
        try {
          const message = FromReader.parse(raw);
          if (message.kind === 'rows') {
            write(message.rows);
            tell('written');
          } else take(message, tools, resolve);
        } catch (error) {
          reject(asError(error));
        }
      });
    });
  } finally {
    tools.signal.removeEventListener('abort', cancel);
    await reader.terminate();
  }
}

/** @throws AppError that the reading ended with. */
function take(message: FromWorker, tools: WorkerTools, resolve: (reading: Reading) => void): void {
  switch (message.kind) {
    case 'progress':
      return tools.progress(message.done, message.total, message.message);
    case 'trouble':
      return tools.report(Object.assign(new Error(message.name), { stack: message.stack }));
    case 'done':
      return resolve(Reading.parse(message.result));
    case 'failed':
      throw new AppError(message.code, message.details);
    default:
      return assertNever(message);
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('not an error');
}
