import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { hasScreen } from '../../electron/launch/browser.ts';
import { findElectron } from '../../electron/launch/electron-runtime.ts';
import { Shell, windowUrl } from '../electron-shell/shell.ts';

/** The program that `npm run build` lays out. */
const app = resolve('dist/app');

export interface ProgramWindow {
  page: Page;
  /** Where the page is to be found again after it has been elsewhere. */
  address: string;
  /** Closes the program and removes its data. */
  close(): Promise<void>;
}

/** Opens the program's window: Electron's own where its runtime is installed, else the stand-in's. */
export async function openWindow(...flags: string[]): Promise<ProgramWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-window-'));
  const electron = findElectron(resolve('node_modules/electron'));
  const mayRun = hasScreen() && !(process.platform === 'linux' && process.getuid?.() === 0);
  const window =
    electron !== null && mayRun
      ? await openReal(electron, '--data', folder, ...flags)
      : await openStandIn('--data', folder, ...flags);
  return {
    ...window,
    async close() {
      await window.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openReal(executablePath: string, ...flags: string[]): Promise<ProgramWindow> {
  const program = await _electron.launch({ executablePath, args: [app, ...flags] });
  const page = await program.firstWindow();
  return { page, address: page.url(), close: () => program.close() };
}

async function openStandIn(...flags: string[]): Promise<ProgramWindow> {
  const shell = new Shell(app, ...flags);
  return { page: await shell.page(), address: windowUrl, close: () => shell.stop() };
}
