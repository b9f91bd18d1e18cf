import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { isSqliteError } from './connection.ts';

const Notice = z.object({ address: z.string() });

/** Held by the one process that has the register of a folder open. */
export interface InstanceLock {
  /** Writes down where this process is reached, for whoever is started second. */
  announce(address: string): void;
  release(): void;
}

export type Claim = { held: InstanceLock } | { heldBy: { address: string | null } };

/**
 * Lets one process at a time open the register of a folder. The lock is SQLite's own exclusive file
 * lock on an empty file: the operating system drops it when its holder ends, however it ends, so
 * there is no process number to check and none that another program can have taken over since.
 *
 * @param folder the data folder; must exist
 */
export function claimFolder(folder: string): Claim {
  const notice = join(folder, 'berjalan.json');
  const db = new Database(join(folder, 'kunci.db'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (!isSqliteError(cause, 'SQLITE_BUSY')) throw cause;
    return { heldBy: { address: readAddress(notice) } };
  }
  // What an earlier process announced before it was killed is no longer true.
  rmSync(notice, { force: true });
  return {
    held: {
      announce(address) {
        writeFileSync(notice, JSON.stringify({ address } satisfies z.infer<typeof Notice>), { mode: 0o600 });
      },
      release() {
        rmSync(notice, { force: true });
        db.close();
      },
    },
  };
}

/** Null while the holder is still starting, or when it is a window without an address. */
function readAddress(notice: string): string | null {
  try {
    return Notice.parse(JSON.parse(readFileSync(notice, 'utf8'))).address;
  } catch {
    return null;
  }
}
