import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { ShellCommand, ShellEvent } from './channel.ts';

const register = fileURLToPath(new URL('./register.ts', import.meta.url));

/** Where the window's page is found in Chromium, which opens no app:// page. */
export const windowUrl = 'https://mutakhir.test/';

type EventOf<Name extends ShellEvent['event']> = Extract<ShellEvent, { event: Name }>;

/** A running program in the stand-in for Electron, from a test's side. */
export class Shell {
  readonly process: ChildProcess;
  readonly #events: ShellEvent[] = [];
  readonly #arrivals = new EventEmitter();
  #browser: Browser | null = null;
  #lastId = 0;

  /**
   * @param app folder that `buildApp` made
   * @param flags of the program, such as `--data`
   */
  constructor(app: string, ...flags: string[]) {
    this.#arrivals.setMaxListeners(0);
    this.process = fork(join(app, 'electron/main.js'), flags, {
      serialization: 'advanced',
      execArgv: ['--import', register],
    });
    this.process.setMaxListeners(0);
    this.process.on('message', (event: ShellEvent) => {
      this.#events.push(event);
      this.#arrivals.emit('event');
    });
  }

  /** Everything of one kind so far. */
  seen<Name extends ShellEvent['event']>(name: Name): EventOf<Name>[] {
    return this.#events.filter((event): event is EventOf<Name> => event.event === name);
  }

  /** Waits until there are `count` events of one kind; the last of them. */
  async waitFor<Name extends ShellEvent['event']>(name: Name, count = 1): Promise<EventOf<Name>> {
    for (;;) {
      const event = this.seen(name)[count - 1];
      if (event !== undefined) return event;
      if (this.process.exitCode !== null) throw new Error(`The program ended before "${name}".`);
      await Promise.race([once(this.#arrivals, 'event'), once(this.process, 'exit')]);
    }
  }

  /** The window's page, once it is shown. */
  async page(): Promise<Page> {
    await this.waitFor('shown');
    const { debuggingPort } = await this.waitFor('ready');
    this.#browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
    const page = this.#browser
      .contexts()
      .flatMap((context) => context.pages())
      // A crashed page stays in the list; its window shows the newest one.
      .findLast((candidate) => candidate.url().startsWith(windowUrl));
    if (page === undefined) throw new Error('The window shows no page of the program.');
    return page;
  }

  /** What any page of the program would get for this request. */
  async fetch(request: Request): Promise<Response> {
    const id = ++this.#lastId;
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const { url, method } = request;
    this.send({ command: 'fetch', id, url, method, headers: [...request.headers], body });
    for (let count = 1; ; count++) {
      const answer = await this.waitFor('answer', count);
      if (answer.id !== id) continue;
      const bytes = answer.body.byteLength === 0 ? null : new Uint8Array(answer.body);
      return new Response(bytes, { status: answer.status, headers: answer.headers });
    }
  }

  send(command: ShellCommand): void {
    this.process.send(command);
  }

  /** Waits for the end of the program; its exit code. */
  async ended(): Promise<number | null> {
    await this.#browser?.close();
    if (this.process.exitCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Ends the program as the system does, if it still runs. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGTERM');
    await this.ended();
  }
}
