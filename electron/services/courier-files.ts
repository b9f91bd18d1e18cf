import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import type { CourierFile, CourierPiece } from '../../shared/provincial/courier.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import { instant } from '../clock.ts';
import { listFilesToCarry, setArrived } from '../store/attachment-push.ts';
import type { OutboxRecord } from '../store/sync.ts';
import { readPiece } from './failing-files.ts';
import type { Register } from './register.ts';
import { holdingOf } from './settings.ts';

/** Files that travel with a courier: in pieces, under the hash of the whole, after the records that name them. */

const Named = z.looseObject({ attachments: z.array(z.looseObject({ hash: z.string() })).optional() });

/**
 * What is left of the files of these records, and of those whose record went before, from where the
 * province last said they stand. The small ones first; what is too much waits for the next bundle.
 *
 * @param most bytes of files in one bundle
 */
export async function piecesFor(
  register: Register,
  records: readonly Pick<OutboxRecord, 'body'>[],
  most: number,
): Promise<CourierPiece[]> {
  const { db } = register;
  const named = records.flatMap(({ body }) => Named.parse(JSON.parse(body)).attachments ?? []);
  const pieces: CourierPiece[] = [];
  let left = most;
  for (const { hash, size, sent } of listFilesToCarry(
    db,
    named.map(({ hash }) => hash),
    holdingOf(register),
  ))
    // A piece is never cut short: where an answer was lost, the next bundle repeats the very same ones.
    for (let offset = sent; offset < size && Math.min(chunkBytes, size - offset) <= left;) {
      const bytes = readPiece(register, hash, offset, chunkBytes);
      if (bytes === null) break;
      pieces.push({ hash, offset, bytes: bytes.toString('base64url') });
      offset += bytes.length;
      left -= bytes.length;
      await breath();
    }
  return pieces;
}

/** Notes how much of each file of a bundle the province says it holds, in the caller's transaction. */
export function noteFiles(register: Register, files: readonly CourierFile[]): void {
  for (const { hash, received, complete } of files)
    setArrived(register.db, hash, {
      received,
      complete,
      problem: received === 0 && !complete ? keptNothing : null,
      at: instant(register.clock),
    });
}

const keptNothing = 'Paket kurir memuatnya, tetapi provinsi tidak menyimpannya.';
