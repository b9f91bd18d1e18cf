import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder to the processes of the run. */
const variable = 'MUTAKHIR_TEST_RUN';

/** Held in memory, where the system has such a folder. */
const memory = '/dev/shm';

/** Bytes that the folder may come to need there, and what the programs of a run need beside it. */
const roomNeeded = 4 * 1024 ** 3;

/** The folder of the run that this process belongs to, or null where it is no part of one. */
export function runFolder(): string | null {
  return process.env[variable] ?? null;
}

/**
 * Gives a run of tests a folder of its own for all that they write, which goes when it ends. In memory, nobody waits
 * for a disk: what the tests kill are processes, never the machine's power. What a run that was killed left there
 * goes with the next.
 *
 * @param parent where runs have their folders; left out, in memory where there is room, else among the system's own
 */
export function beginRun(parent = hasRoom() ? memory : tmpdir()): string {
  const known = runFolder();
  if (known !== null) return known;
  removeDead(parent);
  const folder = mkdtempSync(join(parent, `mutakhir-${process.pid}-`));
  // PostgreSQL has an account of its own, which must come to its folder through this one.
  chmodSync(folder, 0o755);
  process.env[variable] = folder;
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/**
 * What costs much to make and comes out the same for whoever needs it: the first process of the run that asks makes
 * it, all others find it there.
 *
 * @param make makes the folder that it is given
 * @returns where it lies; null where this process belongs to no run
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string | null> {
  const run = runFolder();
  if (run === null) return null;
  const made = join(run, name);
  if (existsSync(made)) return made;
  const own = `${made}-${randomUUID()}`;
  await make(own);
  try {
    renameSync(own, made);
  } catch (cause) {
    rmSync(own, { recursive: true, force: true });
    // Another process of the run may have been quicker.
    if (!existsSync(made)) throw cause;
  }
  return made;
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= roomNeeded && process.availableMemory() >= 2 * roomNeeded;
}

function removeDead(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^mutakhir-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH');
  }
}
