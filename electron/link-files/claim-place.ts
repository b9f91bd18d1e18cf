import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from './refusal.ts';

/**
 * Takes the place of a result for this process alone: two that keep what they have come to in one file would spoil it.
 * It is a name that the operating system gives to one process at a time and takes back when it ends, however it ends,
 * so nothing is left on the disk. Where there are no such names (macOS), nobody is kept away.
 *
 * @returns gives the place back before the process ends.
 * @throws Refusal where another task of this computer writes its result there.
 */
export async function claimPlace(out: string): Promise<() => Promise<void>> {
  const folder = await realpath(dirname(out)).catch(() => resolve(dirname(out)));
  const place = createHash('sha256')
    .update(join(folder, basename(out)))
    .digest('hex');
  const name =
    process.platform === 'win32' ? `\\\\.\\pipe\\mutakhir-link-${place}` : `\0mutakhir-link-${place}`;
  const server = createServer((socket) => socket.destroy());
  // It keeps no task from ending.
  server.unref();
  const problem = await new Promise<NodeJS.ErrnoException | null>((settle) => {
    server.once('error', settle);
    server.listen(name, () => settle(null));
  });
  if (problem?.code === 'EADDRINUSE')
    throw new Refusal(
      `padanan lain sedang menulis hasilnya ke ${out}; tunggu sampai selesai atau sebut nama lain pada --out.`,
    );
  return async () => {
    await new Promise((done) => server.close(done));
  };
}
