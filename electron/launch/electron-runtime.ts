import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from './data-folder.ts';

/**
 * The executable of the Electron runtime, or null where it is not installed. Read from the package's
 * own files: `require('electron')` in plain Node would start a download of a hundred megabytes.
 *
 * @param folder node_modules/electron
 */
export function findElectron(folder: string): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

export interface Attempt {
  /** The electron package's own installer, `node_modules/electron/install.js`. */
  installer: string;
  /** Version wanted; another version is another attempt. */
  version: string;
  /** File that remembers a failed attempt on this machine. */
  memory: string;
  /** Milliseconds; a closed network often answers with silence. */
  patience: number;
}

/**
 * Tries to fetch the runtime, once a machine and version and not for long: on a closed network it
 * cannot be had, and the program runs in the browser as well.
 *
 * @returns whether it was fetched
 */
export async function fetchElectronOnce({ installer, version, memory, patience }: Attempt): Promise<boolean> {
  if (readMemory(memory) === version) return false;
  const child = spawn(process.execPath, [installer], { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await once(child, 'exit');
  clearTimeout(timer);
  if (child.exitCode === 0) return true;
  remember(memory, version);
  return false;
}

/** Where a machine's user keeps what can be made again. */
export function cacheFolder({ platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Mutakhir', 'Cache');
    case 'darwin':
      return join(home, 'Library', 'Caches', 'Mutakhir');
    default:
      return join(
        env['XDG_CACHE_HOME']?.startsWith('/') ? env['XDG_CACHE_HOME'] : join(home, '.cache'),
        'mutakhir',
      );
  }
}

function readMemory(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

function remember(file: string, version: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${version}\n`);
  } catch {
    // A machine that cannot remember tries again next time; nothing else is lost.
  }
}
