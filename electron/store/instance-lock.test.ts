import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder, type InstanceLock } from './instance-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function claim(): InstanceLock {
  const result = claimFolder(folder);
  if (!('held' in result)) throw new Error('The folder is taken.');
  return result.held;
}

test('one process holds the folder; the second learns where it is reached', () => {
  const lock = claim();
  expect(claimFolder(folder)).toEqual({ heldBy: { address: null } });
  lock.announce('http://127.0.0.1:4321/');
  expect(claimFolder(folder)).toEqual({ heldBy: { address: 'http://127.0.0.1:4321/' } });
  lock.release();
  claim().release();
});

test('a killed holder leaves neither lock nor address behind', async () => {
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { claimFolder } from ${JSON.stringify(new URL('./instance-lock.ts', import.meta.url).href)};
     claimFolder(${JSON.stringify(folder)}).held.announce('http://127.0.0.1:1/');
     console.log('held');
     setInterval(() => {}, 1000);`,
  ]);
  await once(holder.stdout, 'data');
  expect(claimFolder(folder)).toEqual({ heldBy: { address: 'http://127.0.0.1:1/' } });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = claim();
  expect(claimFolder(folder)).toEqual({ heldBy: { address: null } });
  lock.release();
});
