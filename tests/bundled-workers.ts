import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/** The files that the program starts in threads of their own. */
const workers = [
  ...globSync('electron/**/*-worker.ts', { exclude: ['electron/jobs/run-worker.ts'] }),
  'electron/jobs/list-reader.ts',
].map((file) => resolve(file));

/** Each finds its files from where it lies: a native part, fonts. */
const whereTheyLie = [/^better-sqlite3$/, /^@node-rs\//, /^pdfmake$/];

/** Among the packages: the bundles find those that are left out of them, and what they bring along warns of nothing. */
const ofWorkers = resolve('node_modules/.cache/workers');
const ofDoor = resolve('node_modules/.cache/door');

/** The program behind the plain Node door, as {@link bundleDoor} makes it. */
export const bundledDoor = join(ofDoor, 'serve.mjs');

/** `new URL('./some-worker.ts', import.meta.url)` */
const ownAddress = /new URL\((['"])(\.{1,2}\/[^'"\n]+)\1, import\.meta\.url\)/g;

/**
 * Tests whose offices run in the test's own process start the program's workers from bundles, made of
 * the very sources as a run begins: some hundred modules that are looked for, read and linked
 * one by one are most of what a short job costs. So it is with the offices of the journeys. What the tests
 * of the doors start (`serve-process.ts`), the package and its window load their files as they stand.
 */
export function bundledWorkers(): Plugin {
  return {
    name: 'bundled-workers',
    // Once in each run: who starts a worker may be kept from an earlier run, though the worker has changed since.
    configureServer: () => (made ??= bundle(workers, ofWorkers)),
    transform: {
      filter: { id: /\/electron\/.*\.ts$/, code: 'import.meta.url' },
      handler(code, file) {
        const written = pointToBundles(code, file);
        return written === code ? null : { code: written, map: null };
      },
    },
  };
}

let made: Promise<void> | null = null;

/** Makes {@link bundledDoor}, and the workers that it starts. */
export async function bundleDoor(): Promise<void> {
  await bundle(workers, ofWorkers);
  await bundle([resolve('electron/serve.ts')], ofDoor);
}

async function bundle(entries: readonly string[], folder: string): Promise<void> {
  const { output } = await outputOf(entries);
  mkdirSync(folder, { recursive: true });
  for (const file of output) {
    if (file.type === 'chunk') write(join(folder, file.fileName), file.code);
  }
}

/** Also for another run at this moment: a bundle is there whole, and stays where nothing has changed. */
function write(file: string, code: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === code) return;
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, file);
}

async function outputOf(entries: readonly string[]) {
  const { build } = await import('vite');
  const made = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'kept-addresses',
        enforce: 'pre',
        transform: {
          filter: { code: /import\.meta\./ },
          handler: (code, file) => ({ code: keepAddresses(code, file), map: null }),
        },
      },
    ],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: Object.fromEntries(entries.map((file) => [nameOf(file), file])),
        external: whereTheyLie,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  if (!('output' in made)) throw new Error('Vite made more than one bundle, or watches.');
  return made;
}

/** What lies beside a source is found from its bundle as well. */
function keepAddresses(code: string, file: string): string {
  return pointToBundles(code, file)
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(file)));
}

/** A source's code, with the addresses of its workers those of their bundles. */
export function pointToBundles(code: string, file: string): string {
  return code.replace(ownAddress, (whole, _: string, path: string) => {
    const named = resolve(dirname(file), path);
    if (!workers.includes(named)) return whole;
    return `new URL(${JSON.stringify(pathToFileURL(join(ofWorkers, `${nameOf(named)}.mjs`)).href)})`;
  });
}

/** `match-worker` */
function nameOf(source: string): string {
  return basename(source, '.ts');
}
