import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm start`'s file without a screen until it has said where it is, then ends it. */
async function start(...flags: string[]): Promise<{ code: number | null; lines: string[] }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(process.execPath, ['electron/start.ts', '--data', folder, '--port', '0', ...flags], {
    env,
  });
  let written = '';
  child.stdout.on('data', (piece: Buffer) => {
    written += piece.toString();
    if (written.includes('http://')) child.kill('SIGTERM');
  });
  child.stderr.resume();
  await once(child, 'close');
  return { code: child.exitCode, lines: written.trimEnd().split('\n') };
}

const ready = expect.stringMatching(/^Mutakhir siap di http:\/\/127\.0\.0\.1:\d+\/$/);

test.skipIf(process.platform !== 'linux')(
  'where no window can be had, the program says so in one sentence',
  async () => {
    expect(await start()).toEqual({
      code: 0,
      lines: ['Electron tidak tersedia di komputer ini, jadi Mutakhir dibuka di peramban.', ready],
    });
  },
);

test('with --no-open the address is all it says', async () => {
  expect(await start('--no-open')).toEqual({ code: 0, lines: [ready] });
});

test('a flag it does not know ends it before anything is made', async () => {
  const { code, lines } = await start('--terbang');
  expect(code).toBe(2);
  expect(lines).toEqual(['']);
});
