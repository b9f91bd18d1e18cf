import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What must not stay on a machine when the program that made it is ended in the middle. */

export interface TemporaryFolder {
  path: string;
  remove(): void;
}

/** A folder that goes with this program at the latest. */
export function temporaryFolder(parent: string, prefix: string): TemporaryFolder {
  const path = mkdtempSync(join(parent, prefix));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', remove);
  return { path, remove };
}

/**
 * Lets `end` be called when this program goes, before any folder does.
 *
 * @returns what calls that off
 */
export function atExit(end: () => void): () => void {
  process.prependOnceListener('exit', end);
  return () => void process.off('exit', end);
}
