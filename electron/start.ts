import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { hasScreen } from './launch/browser.ts';
import { cacheFolder, fetchElectronOnce, findElectron } from './launch/electron-runtime.ts';
import { FlagError, type Flags, readFlags, writeFlags } from './launch/flags.ts';
import { appSources, isStale, screenSources } from './launch/freshness.ts';

/**
 * `npm start`: builds what is not built, then opens the program in the best way this machine has:
 * an Electron window, or the same program in the browser.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const electronFolder = join(root, 'node_modules/electron');

/** Milliseconds that fetching the Electron runtime may take, once. */
const patience = 15_000;

await main();

async function main(): Promise<void> {
  try {
    const flags = readFlags(process.argv.slice(2));
    await buildScreen();
    const electron = flags.open && canShowWindow() ? await prepareElectron() : null;
    if (electron !== null) {
      openWindow(electron, flags);
      return;
    }
    if (flags.open) console.log('Electron tidak tersedia di komputer ini, jadi Mutakhir dibuka di peramban.');
    // The plain Node door reads the same flags.
    await import('./serve.ts');
  } catch (cause) {
    if (!(cause instanceof FlagError)) throw cause;
    console.error(cause.message);
    process.exitCode = 2;
  }
}

async function buildScreen(): Promise<void> {
  if (!isStale(join(root, 'dist/renderer/index.html'), root, screenSources)) return;
  // To stderr: with --no-open the address is the only line on stdout.
  console.error('Menyiapkan layar, sebentar …');
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
}

/** Electron refuses to run as root (and its sandbox is not given up for that), or without a screen. */
function canShowWindow(): boolean {
  return hasScreen() && !(process.platform === 'linux' && process.getuid?.() === 0);
}

/** The runtime with the program laid out for it, or null where there is none to be had. */
async function prepareElectron(): Promise<string | null> {
  let electron = findElectron(electronFolder);
  if (electron === null) {
    console.error('Mencari Electron, paling lama seperempat menit …');
    const machine = { platform: process.platform, env: process.env, home: homedir() };
    await fetchElectronOnce({
      installer: join(electronFolder, 'install.js'),
      version: packageJson.devDependencies.electron,
      memory: join(cacheFolder(machine), 'electron-tidak-terunduh'),
      patience,
    });
    electron = findElectron(electronFolder);
  }
  if (electron !== null && isStale(join(root, 'dist/app/package.json'), root, appSources)) {
    const { buildApp } = await import('./packaging/build-app.ts');
    await buildApp(join(root, 'dist/app'));
  }
  return electron;
}

function openWindow(electron: string, flags: Flags): void {
  const window = spawn(electron, [join(root, 'dist/app'), ...writeFlags(flags)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => window.kill(signal));
  window.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
