import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
// Makes the bundles, as whatever starts a worker.
import '../../electron/services/exports.ts';
import { pointToBundles } from '../bundled-workers.ts';

/** What a thread of the program starts from, as it is written in a source and as it stands in a test. */
const inSource = /new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g;
const inTest = /new URL\("(file:[^"]+\/(\S+)\.mjs)"\)/g;

const starting = globSync('electron/{jobs,services}/*.ts', { exclude: ['**/*.test.ts'] })
  .map((file) => ({ file: resolve(file), code: readFileSync(file, 'utf8') }))
  .filter(({ file, code }) =>
    [...code.matchAll(inSource)].some(([, path]) => existsSync(resolve(dirname(file), path ?? ''))),
  );

describe('a worker that a test starts', () => {
  it('is a bundle, whichever it is', () => {
    expect(starting.length).toBeGreaterThan(5);
    const left = starting.flatMap(({ file, code }) => pointToBundles(code, file).match(inSource) ?? []);
    expect(left).toEqual([]);
  });

  it('works as the program of its sources: reads what it is told, and refuses what it does not know', async () => {
    const urls = starting.flatMap(({ file, code }) =>
      [...pointToBundles(code, file).matchAll(inTest)].map(([, url, name]) => ({ url, name })),
    );
    const read = urls.filter(({ name }) => name !== 'list-reader');
    expect(read.length).toBeGreaterThan(5);
    for (const { url, name } of read) {
      const worker = new Worker(new URL(url ?? ''));
      worker.postMessage({ kind: 'no such word' });
      await expect(once(worker, 'exit'), name).rejects.toMatchObject({
        stack: expect.stringContaining('ZodError'),
      });
    }
  });
});
