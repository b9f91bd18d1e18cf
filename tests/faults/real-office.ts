import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import type { Role } from '../../shared/domain/role.ts';
import { type Client, createClient, password } from '../integration/office.ts';
import { RealProcess } from './real-process.ts';

const startFile = join(import.meta.dirname, '../../electron/start.ts');
const secondFile = join(import.meta.dirname, 'second-sender.ts');

/** The program as `npm start -- --no-open` runs it, on a folder of its own, spoken to by HTTP. */
export class RealOffice {
  readonly #folder: string;
  #running: { process: RealProcess; address: string } | null = null;
  #clients = new Map<Role, Client>();
  #second: RealProcess | null = null;
  #clockOff = 0;
  #isDiskFull = false;
  kills = 0;
  clockJumps = 0;
  fullDisks = 0;
  secondSenders = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** There while the disk of its register takes no new pages. */
  get #fullWhile(): string {
    return join(this.#folder, 'cakram-penuh');
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** Starts it and unlocks the register, so that the push goes on. */
  async start(): Promise<void> {
    const started = await RealProcess.start(
      [startFile, '--data', this.#folder, '--port', '0', '--no-open'],
      /^Mutakhir siap di (\S+)$/,
      {
        NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${import.meta.resolve('./afflicted-machine.ts')}`,
        CLOCK_OFF: String(this.#clockOff),
        DISK_FULL_WHILE: this.#fullWhile,
      },
    );
    this.#running = { process: started.process, address: started.said };
    await this.as('lurah');
  }

  async as(role: Role): Promise<Client> {
    const known = this.#clients.get(role);
    if (known !== undefined) return known;
    const anonymous = createClient(this.#fetch, null);
    const { token } = await anonymous.session.login.mutate({ username: `${role}1`, password });
    const client = createClient(this.#fetch, token);
    this.#clients.set(role, client);
    return client;
  }

  async kill(): Promise<void> {
    this.kills += 1;
    const running = this.#running;
    this.#forget();
    await running?.process.kill();
  }

  /** The power goes, and with it the time: when it is back, the clock is off by so many milliseconds. */
  async jumpClock(milliseconds: number): Promise<void> {
    this.#clockOff = milliseconds;
    this.clockJumps += 1;
    await this.kill();
    await this.start();
  }

  get isDiskFull(): boolean {
    return this.#isDiskFull;
  }

  /** Its disk takes no new pages until told otherwise. */
  setDiskFull(full: boolean): void {
    this.#isDiskFull = full;
    if (full) {
      this.fullDisks += 1;
      writeFileSync(this.#fullWhile, '');
    } else rmSync(this.#fullWhile, { force: true });
  }

  /**
   * Another sender begins on the same register, as a forgotten process would.
   *
   * @param key of the register
   */
  async startSecond(key: Buffer): Promise<void> {
    await this.killSecond();
    this.secondSenders += 1;
    const second = await RealProcess.start([secondFile, this.#folder], /^Pengirim kedua: (\d+)$/, {
      REGISTER_KEY: key.toString('hex'),
    });
    this.#second = second.process;
  }

  async killSecond(): Promise<void> {
    const second = this.#second;
    this.#second = null;
    await second?.kill();
  }

  /** @throws Error where it does not end the proper way */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#forget();
    const code = await running?.process.stop();
    if (running !== null && code !== 0) throw new Error(`The office ended with ${String(code)}.`);
  }

  #forget(): void {
    this.#running = null;
    this.#clients.clear();
  }

  readonly #fetch = (request: Request): Promise<Response> => {
    if (this.#running === null) return Promise.reject(new TypeError('The office is shut.'));
    return fetch(new Request(request.url.replace('http://mutakhir.test/', this.#running.address), request));
  };
}

/** Whether a call found no office to answer it, as opposed to one that was refused. */
export function isUnanswered(cause: unknown): boolean {
  return cause instanceof TRPCClientError && cause.data === undefined;
}

const Internal = z.object({ problem: z.object({ code: z.literal('internal') }) });

/** Whether the program said that it could not do it for a reason that lies in none of what was typed. */
export function isUnsaved(cause: unknown): boolean {
  return cause instanceof TRPCClientError && Internal.safeParse(cause.data).success;
}
