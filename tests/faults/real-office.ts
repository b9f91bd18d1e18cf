import { join } from 'node:path';
import { TRPCClientError } from '@trpc/client';
import type { Role } from '../../shared/domain/role.ts';
import { type Client, createClient, password } from '../integration/office.ts';
import { RealProcess } from './real-process.ts';

const startFile = join(import.meta.dirname, '../../electron/start.ts');

/** The program as `npm start -- --no-open` runs it, on a folder of its own, spoken to by HTTP. */
export class RealOffice {
  readonly #folder: string;
  #running: { process: RealProcess; address: string } | null = null;
  #clients = new Map<Role, Client>();
  kills = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** Starts it and unlocks the register, so that the push goes on. */
  async start(): Promise<void> {
    const { process, said } = await RealProcess.start(
      [startFile, '--data', this.#folder, '--port', '0', '--no-open'],
      /^Mutakhir siap di (\S+)$/,
    );
    this.#running = { process, address: said };
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
