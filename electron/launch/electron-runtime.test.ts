import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheFolder, fetchElectronOnce, findElectron } from './electron-runtime.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An installer that notes each run and ends as told. */
function installer(ending: string): string {
  const file = join(folder, 'install.cjs');
  const log = JSON.stringify(join(folder, 'runs'));
  writeFileSync(file, `require('node:fs').appendFileSync(${log}, 'x'); ${ending}`);
  return file;
}
const runs = () => (existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8').length : 0);
const attempt = (file: string, version = '45.4.1') =>
  fetchElectronOnce({ installer: file, version, memory: join(folder, 'cache', 'failed'), patience: 2000 });

test('the runtime is there only when its package says where and the file exists', () => {
  expect(findElectron(folder)).toBeNull();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(findElectron(folder)).toBeNull();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'electron'), '');
  expect(findElectron(folder)).toBe(join(folder, 'dist', 'electron'));
});

test('a fetch that fails is not tried again for this version', async () => {
  const failing = installer('process.exit(1)');
  expect(await attempt(failing)).toBe(false);
  expect(await attempt(failing)).toBe(false);
  expect(runs()).toBe(1);
  expect(await attempt(failing, '46.0.0')).toBe(false);
  expect(runs()).toBe(2);
});

test('a network that never answers does not hold the start', async () => {
  const started = Date.now();
  expect(await attempt(installer('setInterval(() => {}, 1000)'))).toBe(false);
  expect(Date.now() - started).toBeLessThan(10_000);
});

test('a fetch that works is no failure to remember', async () => {
  expect(await attempt(installer('process.exit(0)'))).toBe(true);
  expect(existsSync(join(folder, 'cache'))).toBe(false);
});

test('each system has its place for what can be made again', () => {
  expect(cacheFolder({ platform: 'linux', env: {}, home: '/home/siti' })).toBe('/home/siti/.cache/mutakhir');
  expect(cacheFolder({ platform: 'darwin', env: {}, home: '/Users/siti' })).toBe(
    '/Users/siti/Library/Caches/Mutakhir',
  );
  expect(cacheFolder({ platform: 'win32', env: { LOCALAPPDATA: '/local' }, home: '/siti' })).toBe(
    join('/local', 'Mutakhir', 'Cache'),
  );
});
