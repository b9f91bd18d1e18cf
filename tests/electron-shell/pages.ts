import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request as PageRequest,
  type Route,
} from '@playwright/test';
import { chromiumLaunch } from '../chromium.ts';
import type { Protocols } from './protocols.ts';
import type { ShellSession } from './session.ts';

/** Chromium opens no app:// page, so it is shown this one and the handler is asked for the other. */
const shown = 'https://mutakhir.test';
const real = 'app://mutakhir';

/** Electron's names of permissions beside those of the web. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  media: 'camera',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
} as const;

/** May a frame go there? Asked before each navigation that a page starts itself. */
export type NavigationGuard = (url: string, mainFrame: boolean) => boolean;

/** The one Chromium behind all windows of the program. */
export class Pages {
  readonly #protocols: Protocols;
  readonly #session: ShellSession;
  readonly #profile = mkdtempSync(join(tmpdir(), 'mutakhir-shell-'));
  readonly #guards = new Map<Page, NavigationGuard>();
  /** Addresses that the program itself loads, which no guard is asked about. */
  readonly #loading = new Set<string>();
  #context: BrowserContext | null = null;
  #closing = false;
  /** Where the newest popup wants to go. */
  #popup = '';
  onPopup: (url: string) => boolean = () => true;

  constructor(protocols: Protocols, session: ShellSession) {
    this.#protocols = protocols;
    this.#session = session;
  }

  /** @returns the port on which a test may join the same Chromium */
  async launch(): Promise<number> {
    const { executablePath, args } = chromiumLaunch();
    const context = await chromium.launchPersistentContext(this.#profile, {
      executablePath,
      args: [...args, '--remote-debugging-port=0'],
      viewport: { width: 1366, height: 768 },
      locale: 'id-ID',
    });
    this.#context = context;
    await context.route('**/*', (route) =>
      this.#answer(route).catch((cause: unknown) => {
        // An answer that comes after the windows are closed has nowhere to go.
        if (!this.#closing) throw cause;
      }),
    );
    context.on('page', (page) => void this.#receivePopup(page));
    return Number(readFileSync(join(this.#profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
  }

  async open(preload: string | null, guard: NavigationGuard): Promise<Page> {
    const context = this.#running();
    // A persistent context starts with one blank page of its own.
    const page =
      context.pages().find((candidate) => candidate.url() === 'about:blank') ?? (await context.newPage());
    if (preload !== null) await page.addInitScript(sandboxed(readFileSync(preload, 'utf8')));
    await this.#setPermissions(page);
    this.#guards.set(page, guard);
    return page;
  }

  async load(page: Page, url: string): Promise<void> {
    const address = url.replace(real, shown);
    this.#loading.add(address);
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    this.#loading.delete(address);
  }

  askPermission(permission: string): { checked: boolean; requested: boolean } {
    return { checked: this.#session.check(permission), requested: this.#session.request(permission) };
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#context?.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #running(): BrowserContext {
    if (this.#context === null) throw new Error('A window before the app is ready.');
    return this.#context;
  }

  async #answer(route: Route): Promise<void> {
    const asked = route.request();
    const url = asked.url().replace(shown, real);
    if (asked.isNavigationRequest() && !this.#loading.has(asked.url())) {
      const frame = frameOf(asked);
      const guard = frame === null ? undefined : this.#guards.get(frame.page());
      if (frame === null || guard === undefined) {
        // A new window, which is asked about as soon as it is there.
        this.#popup = url;
        return route.abort('blockedbyclient');
      }
      // As a cancelled navigation: the page stays where it is.
      if (!guard(url, frame.parentFrame() === null)) return route.abort('aborted');
    }
    if (!url.startsWith(`${real}/`)) return route.abort('blockedbyclient');
    const headers = new Headers();
    for (const { name, value } of await asked.headersArray()) {
      if (!name.startsWith(':')) headers.append(name, value.replace(shown, real));
    }
    const body = asked.postDataBuffer();
    const response = await this.#protocols.ask(
      new Request(url, {
        method: asked.method(),
        headers,
        body: body === null ? null : new Uint8Array(body),
      }),
    );
    const answer = await response.arrayBuffer().catch(() => null);
    // An answer that breaks off, because its office died, is an error of the network to the page.
    if (answer === null) return route.abort('failed');
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(answer),
    });
  }

  async #receivePopup(page: Page): Promise<void> {
    const opener = await page.opener();
    if (opener === null) return;
    if (!this.onPopup(this.#popup)) await page.close();
  }

  /** What the handlers refuse, Chromium refuses to the pages, for as long as this session lasts. */
  async #setPermissions(page: Page): Promise<void> {
    const devtools = await this.#running().newCDPSession(page);
    for (const [permission, name] of Object.entries(permissions)) {
      const setting = this.#session.check(permission) ? 'granted' : 'denied';
      await devtools.send('Browser.setPermission', { permission: { name }, setting, origin: shown });
    }
  }
}

/** The frame a request comes from; null for a page so new that it has none yet. */
function frameOf(request: PageRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** A sandboxed preload: one CommonJS file with Electron's few renderer modules and nothing of Node. */
function sandboxed(script: string): string {
  return `((require, exports, module, process) => {${script}
  })((name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return { contextBridge: { exposeInMainWorld: (key, api) => { window[key] = Object.freeze(api); } } };
  }, {}, { exports: {} }, undefined);`;
}
