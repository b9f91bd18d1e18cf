import { EventEmitter } from 'node:events';
import type { Page } from '@playwright/test';
import type { Application } from './application.ts';
import { report } from './channel.ts';
import type { Pages } from './pages.ts';

interface WindowOptions {
  width: number;
  height: number;
  x?: number;
  y?: number;
  webPreferences?: Record<string, unknown> & { preload?: string };
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** `webContents`: what its page does is announced, and what main.ts refuses does not happen. */
export class ShellContents extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  /** Emits an event that may be refused; whether it was. */
  refuses(event: string, details: { url: string }, ...more: object[]): boolean {
    let refused = false;
    this.emit(event, { ...details, preventDefault: () => (refused = true) }, ...more);
    return refused;
  }
}

/** `BrowserWindow`: a page of Chromium, with as much of a window as main.ts asks about. */
export class ShellWindow extends EventEmitter {
  readonly webContents = new ShellContents();
  readonly #app: Application;
  readonly #pages: Pages;
  readonly #options: WindowOptions;
  #page: Page | null = null;
  #maximised = false;
  #minimised = false;

  constructor(app: Application, pages: Pages, options: WindowOptions) {
    super();
    this.#app = app;
    this.#pages = pages;
    this.#options = options;
    const { width, height, webPreferences = {} } = options;
    report({ event: 'window', webPreferences, width, height });
    app.adopt(this);
  }

  async loadURL(url: string): Promise<void> {
    this.#page ??= await this.#open();
    await this.#pages.load(this.#page, url);
    report({ event: 'loaded' });
    this.emit('ready-to-show');
  }

  show(): void {
    report({ event: 'shown' });
  }

  focus(): void {
    report({ event: 'focused' });
  }

  maximize(): void {
    this.#maximised = true;
  }

  restore(): void {
    this.#minimised = false;
  }

  isMinimized(): boolean {
    return this.#minimised;
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  getNormalBounds() {
    const { x = 0, y = 0, width, height } = this.#options;
    return { x, y, width, height };
  }

  async run(script: string): Promise<void> {
    await this.#page?.evaluate(script);
  }

  close(): void {
    this.emit('close');
    this.#app.release(this);
  }

  async #open(): Promise<Page> {
    const contents = this.webContents;
    const page = await this.#pages.open(this.#options.webPreferences?.preload ?? null, (url, mainFrame) => {
      const refused =
        contents.refuses('will-frame-navigate', { url }) ||
        (mainFrame && contents.refuses('will-navigate', { url }));
      if (refused) report({ event: 'refused', what: mainFrame ? 'navigation' : 'frame', url });
      return !refused;
    });
    this.#pages.onPopup = (url) => {
      const denied = contents.openHandler({ url }).action === 'deny';
      if (denied) report({ event: 'refused', what: 'window', url });
      return !denied;
    };
    page.on('crash', () => {
      this.#page = null;
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    return page;
  }
}
