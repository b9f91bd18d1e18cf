import type { ImportReport } from '../../shared/contract/reference.ts';
import { readReference, type ReferenceSink } from '../importing/read-reference.ts';
import type { ByteSource } from '../importing/source.ts';
import { sealedSource } from '../security/sealed-file.ts';
import type { ReadOrder } from './reference-order.ts';
import type { WorkerTools } from './run-worker.ts';

/**
 * Reads the list that an order names, and hands it to `sink`.
 *
 * @param file what is read where it is not the sealed file itself.
 */
export function readList(
  { file: sealed, ...how }: ReadOrder,
  { signal, progress }: Pick<WorkerTools, 'signal' | 'progress'>,
  sink: ReferenceSink,
  file: ByteSource = sealedSource(sealed),
): Promise<ImportReport> {
  return readReference(
    file,
    { ...how, signal, onProgress: (done, total) => progress(done, total, 'Membaca berkas') },
    sink,
  );
}
