import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, today } from '../clock.ts';

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
