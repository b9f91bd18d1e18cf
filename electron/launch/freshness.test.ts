import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isStale } from './freshness.ts';

test('what is missing, or older than one of its sources, is stale', () => {
  const root = mkdtempSync(join(tmpdir(), 'mutakhir-fresh-'));
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  const source = join(root, 'src', 'deep', 'a.ts');
  const built = join(root, 'built.html');
  writeFileSync(source, '');
  const stale = () => isStale(built, root, ['src/**/*.*']);
  expect(stale()).toBe(true);
  writeFileSync(built, '');
  utimesSync(source, 1000, 1000);
  utimesSync(built, 2000, 2000);
  expect(stale()).toBe(false);
  utimesSync(source, 3000, 3000);
  expect(stale()).toBe(true);
  rmSync(root, { recursive: true });
});
