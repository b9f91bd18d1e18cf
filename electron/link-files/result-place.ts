import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from './refusal.ts';

/**
 * Looked at before anything is read: linking takes minutes, and a result that has no place would be lost after them.
 *
 * @param inputs files that are read; the result must not take the place of one.
 * @throws Refusal where the result cannot stand at `path`.
 */
export async function refusePlace(path: string, inputs: readonly (string | null)[]): Promise<void> {
  const there = await fileAt(path);
  if (there?.isDirectory() === true)
    throw new Refusal(`${path} adalah folder; sebut nama berkas pada --out.`);
  for (const input of inputs) {
    const read = input === null ? null : await fileAt(input);
    if (read !== null && there !== null && read.dev === there.dev && read.ino === there.ino)
      throw new Refusal(`berkas ${path} dibaca sebagai masukan; sebut nama lain pada --out.`);
  }
  const folder = dirname(path);
  if ((await fileAt(folder))?.isDirectory() !== true)
    throw new Refusal(`folder ${folder} tidak ada; buat dahulu atau sebut folder lain pada --out.`);
  await access(folder, constants.W_OK).catch(() => {
    throw new Refusal(`folder ${folder} tidak dapat ditulisi.`);
  });
}

function fileAt(path: string) {
  return stat(path, { bigint: true }).catch(() => null);
}
