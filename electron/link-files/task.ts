import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, today } from '../clock.ts';
import { Refusal } from './refusal.ts';

const root = join(import.meta.dirname, '..', '..');
/** What decides how a file is read and its persons are compared, the libraries' versions with it. */
const program = '{electron/{link-files,importing,matching},shared,resources/matching}/**/*.{ts,json}';
const libraries = 'package-lock.json';

/**
 * Tells a run from every other that might come to something else: what is asked, the bytes of the files, the program
 * with its parameters, the machine's arithmetic, and the day, before which everybody was born. A hash: it says nothing
 * of what is in the files.
 */
export async function taskOf(kind: string, files: readonly (string | null)[]): Promise<string> {
  const sources: string[] = [];
  for await (const path of glob(program, { cwd: root })) sources.push(join(root, path));
  const hashes: string[] = [];
  for (const path of [...files, ...sources.sort(), join(root, libraries)])
    hashes.push(path === null ? '' : await hashOf(path));
  const told = [kind, process.version, process.arch, process.platform, today(systemClock), ...hashes];
  return createHash('sha256').update(told.join('\n')).digest('hex');
}

/**
 * Looks at files that are about to be read. What was read of one that was replaced or written meanwhile is not what
 * the task was told by: pieces kept for it would be another's.
 *
 * @returns to be called once all is read. @throws Refusal where one of them is not what it was.
 */
export async function unchanging(files: readonly (string | null)[]): Promise<() => Promise<void>> {
  const before = await Promise.all(files.map(standing));
  return async () => {
    for (const [at, file] of files.entries())
      if ((await standing(file)) !== before[at])
        throw new Refusal(
          `berkas ${file} berubah selagi dibaca; jalankan lagi setelah berkas itu selesai ditulis.`,
        );
  };
}

/** Which file it is and when it was written; of none, or one that cannot be looked at, nothing. */
async function standing(file: string | null): Promise<string> {
  const found = file === null ? null : await stat(file, { bigint: true }).catch(() => null);
  return found === null ? '' : [found.dev, found.ino, found.size, found.mtimeNs].join(' ');
}

/** Of a file that cannot be read too: whoever reads it after that says why not. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch {
    return 'tidak terbaca';
  }
  return hash.digest('hex');
}
