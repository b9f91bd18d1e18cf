import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { Refusal } from './refusal.ts';

/** Writes beside the file and puts it in place when it is whole: nobody finds half a result. */
export async function writeCsvFile(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  const unfinished = `${path}.sebagian`;
  const file = createWriteStream(unfinished);
  try {
    await once(file, 'open');
    file.write(`${header.join(',')}\n`);
    for (const row of rows) {
      if (!file.write(`${row.map((value) => csvValue(String(value))).join(',')}\n`))
        await once(file, 'drain');
    }
    file.end();
    await finished(file);
    await rename(unfinished, path);
  } catch (cause) {
    // What was on its way to the disk fails as well, and has been said.
    file.on('error', () => {});
    file.destroy();
    await rm(unfinished, { force: true });
    throw new Refusal(`berkas ${path} tidak dapat ditulis.`, { cause });
  }
}

function csvValue(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
