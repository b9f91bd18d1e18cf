import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report, type ShellCommand } from './channel.ts';
import type { Pages } from './pages.ts';
import type { Protocols } from './protocols.ts';
import { endUtilityProcesses } from './utility.ts';
import type { ShellWindow } from './window.ts';

/** `app`: the life of the program, from ready to the last window and the way out. */
export class Application extends EventEmitter {
  readonly isPackaged = false;
  readonly #pages: Pages;
  readonly #protocols: Protocols;
  readonly #windows = new Set<ShellWindow>();
  readonly #paths = new Map<string, string>();
  #ready: Promise<void> | null = null;
  #lock: string | null = null;

  constructor(pages: Pages, protocols: Protocols) {
    super();
    this.#pages = pages;
    this.#protocols = protocols;
    // Electron ends by the same way when the system asks.
    process.on('SIGTERM', () => this.quit());
    process.on('message', (command: ShellCommand) => void this.#obey(command));
    process.on('disconnect', () => this.exit(0));
  }

  whenReady(): Promise<void> {
    this.#ready ??= this.#launch();
    return this.#ready;
  }

  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`No path for ${name}.`);
    return path;
  }

  requestSingleInstanceLock(): boolean {
    const lock = join(this.getPath('userData'), 'SingletonLock');
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : null;
    if (holder !== null && isAlive(holder)) {
      process.kill(holder, 'SIGUSR2');
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#lock = lock;
    process.on('SIGUSR2', () => this.emit('second-instance'));
    return true;
  }

  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (prevented) return;
    for (const window of this.#windows) window.emit('close');
    this.exit(0);
  }

  exit(code: number): void {
    endUtilityProcesses();
    if (this.#lock !== null) rmSync(this.#lock, { force: true });
    void this.#pages.close().finally(() => process.exit(code));
  }

  adopt(window: ShellWindow): void {
    this.#windows.add(window);
    this.emit('web-contents-created', {}, window.webContents);
  }

  release(window: ShellWindow): void {
    this.#windows.delete(window);
    if (this.#windows.size === 0) this.emit('window-all-closed');
  }

  async #launch(): Promise<void> {
    const debuggingPort = await this.#pages.launch();
    this.#protocols.ready = true;
    report({ event: 'ready', debuggingPort });
  }

  async #obey(command: ShellCommand): Promise<void> {
    switch (command.command) {
      case 'fetch': {
        const { id, url, method, headers, body } = command;
        const response = await this.#protocols.ask(
          new Request(url, { method, headers, body: body && new Uint8Array(body) }),
        );
        const answer = new Uint8Array(await response.arrayBuffer());
        report({
          event: 'answer',
          id,
          status: response.status,
          headers: [...response.headers],
          body: answer,
        });
        break;
      }
      case 'permission': {
        const { permission } = command;
        const { checked, requested } = this.#pages.askPermission(permission);
        report({ event: 'permission', permission, checked, requested });
        break;
      }
      case 'attach-webview':
        for (const { webContents } of this.#windows) {
          if (webContents.refuses('will-attach-webview', { url: 'https://example.com/' }, {}, {})) {
            report({ event: 'refused', what: 'webview', url: 'https://example.com/' });
          }
        }
        break;
      case 'run':
        for (const window of this.#windows) await window.run(command.script);
        break;
      case 'close-window':
        for (const window of this.#windows) window.close();
        break;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
