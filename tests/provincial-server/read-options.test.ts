import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('a command of the province', () => {
  it.each([
    ['provincial-keys', 'keys-main.ts'],
    ['provincial-courier', 'courier-main.ts'],
    ['provincial-server', 'main.ts'],
    ['provincial-operators', 'operators-main.ts'],
    ['provincial-conformance', 'conformance/main.ts'],
  ])('%s says in one line how it is used where it does not know an option', (name, file) => {
    for (const given of [['--ganti'], ['sesuatu'], ['--name']]) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, file), ...given],
        { encoding: 'utf8' },
      );
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(new RegExp(`^Pakai: .*npm run ${name}.*\\n$`));
    }
  });
});
