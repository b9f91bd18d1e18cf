import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { AppError } from '../shared/errors.ts';
import { systemClock } from './clock.ts';
import { prepareDataFolder } from './launch/data-folder.ts';
import { createLog, type Log, logFailure } from './log.ts';
import { createOffice, type Office } from './office.ts';
import { claimFolder } from './store/instance-lock.ts';

export interface RunningOffice extends Office {
  log: Log;
  /** Tells a second start of the program where this one is reached. */
  announce(address: string): void;
}

/**
 * Opens the office of a data folder for this process alone. Both doors start theirs here.
 *
 * @param dataFolder absolute path; made when missing, for its owner alone
 * @throws AppError `folder_in_use` with the other process's `address`, or '' where it has none
 */
export async function runOffice(dataFolder: string, training: boolean): Promise<RunningOffice> {
  prepareDataFolder(dataFolder);
  const claim = claimFolder(dataFolder);
  if ('heldBy' in claim) throw new AppError('folder_in_use', { address: claim.heldBy.address ?? '' });
  const lock = claim.held;
  const log = createLog();
  try {
    const office = await createOffice({
      dataDir: dataFolder,
      resourcesDir: fileURLToPath(new URL('../resources', import.meta.url)),
      clock: systemClock,
      log,
      training,
      programVersion: packageJson.version,
    });
    return {
      log,
      fetch: (request) => office.fetch(request),
      announce: (address) => lock.announce(address),
      async close() {
        await office.close();
        lock.release();
      },
    };
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

/**
 * Ends the process on a mistake nobody caught. Node would print the error itself, and its message
 * may repeat what a person typed; the log keeps only where it happened. SQLite has committed or
 * rolled back whatever was under way.
 */
export function endOnUncaught(log: Log): void {
  process.on('uncaughtException', (cause) => {
    logFailure(log, cause);
    process.exit(70);
  });
}
