import { resourceLimits, Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { ImportReport } from '../../shared/contract/reference.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import type { ListRows } from '../store/list-rows.ts';
import { FromWorker } from './messages.ts';
import type { ReadAheadOrder } from './reference-order.ts';
import type { WorkerTools } from './run-worker.ts';

/** What the thread that reads is told while it reads. */
export const ToReader = z.object({ kind: z.enum(['cancel', 'written']) });
export type ToReader = z.infer<typeof ToReader>;

/** What it tells; its rows are our own, and too many to be looked at one by one. */
const FromReader = z.discriminatedUnion('kind', [
  ...FromWorker.options,
  z.object({ kind: z.literal('rows'), rows: z.custom<ListRows>((rows) => rows instanceof Object) }),
]);
export type FromReader = z.infer<typeof FromReader>;

/** What it answers in the end. */
const Report = z.custom<ImportReport>((report) => report instanceof Object);

/**
 * Reads a list in a thread of its own, which is some rows ahead, while this one writes what came and
 * gathers its keys, of which the other makes as many as let the two take about as long.
 *
 * @throws AppError as `readReference`.
 */
export async function readBeside(
  order: ReadAheadOrder,
  tools: WorkerTools,
  write: (rows: ListRows) => void,
): Promise<ImportReport> {
  const { maxOldGenerationSizeMb, maxYoungGenerationSizeMb } = resourceLimits;
  const reader = new Worker(new URL('./list-reader.ts', import.meta.url), {
    workerData: order,
    resourceLimits: {
      ...(maxOldGenerationSizeMb !== undefined && { maxOldGenerationSizeMb }),
      ...(maxYoungGenerationSizeMb !== undefined && { maxYoungGenerationSizeMb }),
    },
  });
  const tell = (kind: ToReader['kind']) => reader.postMessage({ kind } satisfies ToReader);
  const cancel = () => tell('cancel');
  tools.signal.addEventListener('abort', cancel);
  try {
    return await new Promise<ImportReport>((resolve, reject) => {
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
function take(message: FromWorker, tools: WorkerTools, resolve: (report: ImportReport) => void): void {
  switch (message.kind) {
    case 'progress':
      return tools.progress(message.done, message.total, message.message);
    case 'trouble':
      return tools.report(Object.assign(new Error(message.name), { stack: message.stack }));
    case 'done':
      return resolve(Report.parse(message.result));
    case 'failed':
      throw new AppError(message.code, message.details);
    default:
      return assertNever(message);
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('not an error');
}
