import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      gypfile: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      resolved: z.string().optional(),
    }),
  ),
});
const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** The package's name in an address such as node_modules/a/node_modules/@b/c. */
function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

test('`npm ci` compiles nothing: the SQLite library comes ready-made', () => {
  // npm up to 10 reads this from the lock file, npm 11 reads allowScripts. npm drops the first
  // whenever it writes the lock file: put `"gypfile": false` back after adding a dependency.
  expect(packages['node_modules/better-sqlite3']).toMatchObject({ gypfile: false });
  expect(packageJson.allowScripts).toMatchObject({ 'better-sqlite3-multiple-ciphers': false });
});

test('every package that wants to run a script at install has been decided about', () => {
  const wanting = Object.keys(packages)
    .filter((place) => packages[place]?.hasInstallScript)
    .map(nameOf);
  expect(wanting.filter((name) => !(name in packageJson.allowScripts))).toEqual([]);
});

test('the lock file names no registry, so that it installs from any', () => {
  const tied = Object.entries(packages).filter(
    ([, { resolved }]) => resolved !== undefined && /^https?:/.test(resolved),
  );
  expect(tied.map(([place]) => place)).toEqual([]);
});
