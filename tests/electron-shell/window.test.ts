import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../electron/packaging/build-app.ts';
import { claimFolder } from '../../electron/store/instance-lock.ts';
import type { ShellEvent } from './channel.ts';
import { Shell, windowUrl } from './shell.ts';

const app = resolve(`tests/.output/app-${process.pid}`);
let folder: string;
let shells: Shell[];

beforeAll(() => buildApp(app));
afterAll(() => rmSync(app, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-window-'));
  shells = [];
});
afterEach(async () => {
  for (const shell of shells) await shell.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(...flags: string[]): Shell {
  const shell = new Shell(app, '--data', folder, ...flags);
  shells.push(shell);
  return shell;
}

/** The HTTP status of the one call that the first screen makes before anybody has logged in. */
function callStatus(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const response = await fetch('/rpc/session.status', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    return response.status;
  });
}

describe('the window', () => {
  let shell: Shell;
  /** Joined by the first test: Chromium holds a new window back from a second client. */
  let page: Page;

  beforeAll(async () => {
    shell = new Shell(app, '--data', mkdtempSync(join(tmpdir(), 'mutakhir-window-')));
    await shell.waitFor('shown');
  });
  afterAll(() => shell.stop());

  /** The next thing that main.ts refuses, once `attempt` is made. */
  async function refusedAfter(attempt: () => unknown): Promise<ShellEvent> {
    const before = shell.seen('refused').length;
    await attempt();
    return shell.waitFor('refused', before + 1);
  }

  test('opens no second one', async () => {
    shell.send({ command: 'run', script: "void window.open('https://evil.example/')" });
    expect(await shell.waitFor('refused')).toEqual({
      event: 'refused',
      what: 'window',
      url: 'https://evil.example/',
    });
    page = await shell.page();
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  test('shows the first screen, sandboxed, with nothing of Node or Electron in it', async () => {
    expect(page.url()).toBe(windowUrl);
    await expect.poll(() => page.title()).toContain('Mutakhir');
    expect(shell.seen('window')).toMatchObject([
      {
        width: 1366,
        height: 768,
        webPreferences: {
          contextIsolation: true,
          sandbox: true,
          nodeIntegration: false,
          webSecurity: true,
          webviewTag: false,
        },
      },
    ]);
    const leaked = await page.evaluate(() =>
      ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer'].filter((name) => name in window),
    );
    expect(leaked).toEqual([]);
  });

  test('reaches the office by relative addresses, as through every door', async () => {
    expect(await callStatus(page)).toBe(200);
  });

  test('stays where it is: no page leaves the program', async () => {
    const refused = await refusedAfter(() =>
      page.evaluate(() => void (location.href = 'https://evil.example/')),
    );
    expect(refused).toEqual({ event: 'refused', what: 'navigation', url: 'https://evil.example/' });
    expect(page.url()).toBe(windowUrl);
  });

  test('embeds no foreign page, as a frame or as a webview', async () => {
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://evil.example/';
      document.body.append(frame);
    });
    // The content security policy is asked before Electron is.
    expect(page.frames().map((frame) => frame.url())).not.toContain('https://evil.example/');
    expect(await refusedAfter(() => shell.send({ command: 'attach-webview' }))).toMatchObject({
      what: 'webview',
    });
  });

  test('gets no permission but to copy', async () => {
    for (const permission of ['geolocation', 'media', 'notifications', 'clipboard-read', 'device']) {
      shell.send({ command: 'permission', permission });
    }
    await shell.waitFor('permission', 5);
    for (const { permission, checked, requested } of shell.seen('permission')) {
      expect([permission, checked, requested]).toEqual([permission, false, false]);
    }
    const state = (name: PermissionName) =>
      page.evaluate(async (asked) => (await navigator.permissions.query({ name: asked })).state, name);
    expect(await state('geolocation')).toBe('denied');
    expect(await state('camera')).toBe('denied');
    await page.bringToFront();
    await page.evaluate(() => navigator.clipboard.writeText('7K3QF'));
  });

  test('has a menu in Indonesian', async () => {
    const { labels } = await shell.waitFor('menu');
    expect(labels).toContain('Berkas');
    expect(labels).not.toContain('File');
  });

  test('comes back after its page has crashed', async () => {
    const devtools = await page.context().newCDPSession(page);
    void devtools.send('Page.crash').catch(() => undefined);
    await shell.waitFor('loaded', 2);
    expect(await callStatus(await shell.page())).toBe(200);
  });
});

describe('the program', () => {
  test('started twice shows the window of the first', async () => {
    const first = start();
    await first.page();
    const second = start();
    expect(await second.ended()).toBe(0);
    await first.waitFor('focused');
    expect(second.seen('window')).toEqual([]);
  });

  test('closes the office when its last window closes', async () => {
    const shell = start();
    await shell.page();
    expect(claimFolder(folder)).toHaveProperty('heldBy');
    shell.send({ command: 'close-window' });
    expect(await shell.ended()).toBe(0);
    const claim = claimFolder(folder);
    if ('held' in claim) claim.held.release();
    expect(claim).toHaveProperty('held');
  });

  test('closes the office when the system asks it to end', async () => {
    const shell = start();
    await shell.page();
    shell.process.kill('SIGTERM');
    expect(await shell.ended()).toBe(0);
  });

  test('says so when another process has the folder open, and opens nothing', async () => {
    const claim = claimFolder(folder);
    if (!('held' in claim)) throw new Error('The folder is taken.');
    claim.held.announce('http://127.0.0.1:4321/');
    const shell = start();
    const box = await shell.waitFor('error-box');
    expect(box.title).toContain('sudah berjalan');
    expect(box.content).toContain('http://127.0.0.1:4321/');
    expect(await shell.ended()).toBe(1);
    expect(shell.seen('window')).toEqual([]);
    claim.held.release();
  });

  test('survives the death of its office: the next request starts a new one', async () => {
    const shell = start();
    const page = await shell.page();
    const { pid } = await shell.waitFor('office-process');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => callStatus(page), { timeout: 50_000 }).toBe(200);
    expect(shell.seen('office-process')).toHaveLength(2);
  });
});
