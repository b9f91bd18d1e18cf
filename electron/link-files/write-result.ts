import { type Checkpoint, isFull } from './checkpoint.ts';
import { Refusal } from './refusal.ts';
import { writeCsvFile } from './write-csv.ts';

type Rows = Iterable<readonly (string | number)[]>;

/**
 * Writes the result; what had been kept to reach it is not needed then. Where the disk is full the checkpoint makes
 * room: a run that fits without must not fail for it. After any other refusal it stays, to go on from.
 */
export async function writeResult(
  path: string,
  header: readonly string[],
  checkpoint: Checkpoint,
  rows: () => Rows,
): Promise<void> {
  try {
    await writeCsvFile(path, header, rows());
  } catch (error) {
    if (!(error instanceof Refusal && isFull(error.cause) && checkpoint.remove())) throw error;
    await writeCsvFile(path, header, rows());
  }
  checkpoint.remove();
}
