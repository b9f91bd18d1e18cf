import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataFolder, prepareDataFolder } from './data-folder.ts';

test('each system has its usual place', () => {
  expect(defaultDataFolder({ platform: 'linux', env: {}, home: '/home/siti' })).toBe(
    '/home/siti/.local/share/mutakhir',
  );
  expect(defaultDataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: '/home/siti' })).toBe(
    '/data/mutakhir',
  );
  expect(defaultDataFolder({ platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home: '/home/siti' })).toBe(
    '/home/siti/.local/share/mutakhir',
  );
  expect(defaultDataFolder({ platform: 'darwin', env: {}, home: '/Users/siti' })).toBe(
    '/Users/siti/Library/Application Support/Mutakhir',
  );
  expect(defaultDataFolder({ platform: 'win32', env: { APPDATA: '/roaming' }, home: '/siti' })).toBe(
    join('/roaming', 'Mutakhir'),
  );
});

test.skipIf(process.platform === 'win32')(
  'the folder is for its owner alone, also one that was open to all',
  () => {
    const parent = mkdtempSync(join(tmpdir(), 'mutakhir-data-'));
    const fresh = join(parent, 'a', 'b');
    prepareDataFolder(fresh);
    expect(statSync(fresh).mode & 0o777).toBe(0o700);
    const open = join(parent, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    prepareDataFolder(open);
    expect(statSync(open).mode & 0o777).toBe(0o700);
    rmSync(parent, { recursive: true });
  },
);
