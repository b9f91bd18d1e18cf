import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the screen in dist/renderer is built from. */
export const screenSources = ['renderer/**/*.*', 'shared/**/*.ts', 'vite.config.ts', 'package-lock.json'];

/** What the program in dist/app is laid out from. */
export const appSources = [
  'electron/**/*.ts',
  'shared/**/*.ts',
  'resources/**/*.*',
  'dist/renderer/index.html',
  'package.json',
];

/**
 * Whether something built is missing or older than any of its sources.
 *
 * @param built absolute path of a file that every build writes
 * @param root absolute path that the patterns start from
 * @param sources glob patterns, relative to `root`
 */
export function isStale(built: string, root: string, sources: readonly string[]): boolean {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  if (builtAt === undefined) return true;
  return globSync([...sources], { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > builtAt);
}
