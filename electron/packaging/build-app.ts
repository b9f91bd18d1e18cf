import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import packageJson from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is there for building and developing only. */
const left = ['electron/packaging/**', 'electron/start.ts', 'electron/preload.ts', '**/*.test.ts'];

/**
 * Builds the program as Electron runs it: the source tree again, each file with its types taken out
 * (see docs/adr/0006-package-keeps-the-tree.md). Relative addresses of workers and resources hold
 * as they stand, and a line of a stack trace is the line of the source.
 *
 * @param target absolute path of the folder to make; an older one is replaced
 */
export async function buildApp(target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  for (const file of globSync(['electron/**/*.*', 'shared/**/*.*'], { cwd: root, exclude: left })) {
    copyScript(join(root, file), join(target, file));
  }
  await bundlePreload(join(target, 'electron'));
  cpSync(join(root, 'resources'), join(target, 'resources'), { recursive: true });
  cpSync(join(root, 'dist/renderer'), join(target, 'dist/renderer'), { recursive: true });
  const { name, version, description, author } = packageJson;
  const manifest = { name, version, description, author, type: 'module', main: 'electron/main.js' };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function copyScript(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  if (!source.endsWith('.ts')) {
    cpSync(source, target);
    return;
  }
  const script = stripTypeScriptTypes(readFileSync(source, 'utf8'), { mode: 'strip' });
  writeFileSync(target.replace(/\.ts$/, '.js'), nameScripts(script));
}

/** Imports, and addresses of workers, name their file with its ending: './journal.ts' is now '.js'. */
function nameScripts(script: string): string {
  return script.replace(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1');
}

/** A sandboxed preload must be one CommonJS file. */
async function bundlePreload(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      lib: { entry: join(root, 'electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome140',
      minify: false,
      rolldownOptions: { external: ['electron'] },
    },
  });
}

if (import.meta.main) {
  const target = join(root, 'dist/app');
  await buildApp(target);
  console.log(`${target} siap dikemas.`);
}
