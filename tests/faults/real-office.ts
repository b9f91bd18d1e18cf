import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import { AttachmentInfo, type AttachmentSlot } from '../../shared/contract/attachments.ts';
import type { Role } from '../../shared/domain/role.ts';
import { type Client, createClient, password } from '../integration/office.ts';
import { loading, RealProcess } from './real-process.ts';

const startFile = join(import.meta.dirname, '../../electron/start.ts');
const secondFile = join(import.meta.dirname, 'second-sender.ts');

/** The program as `npm start -- --no-open` runs it, on a folder of its own, spoken to by HTTP. */
export class RealOffice {
  readonly #folder: string;
  #running: { process: RealProcess; address: string } | null = null;
  #tokens = new Map<Role, string>();
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
        ...loading('./afflicted-machine.ts'),
        CLOCK_OFF: String(this.#clockOff),
        DISK_FULL_WHILE: this.#fullWhile,
      },
    );
    this.#running = { process: started.process, address: started.said };
    await this.as('lurah');
  }

  async as(role: Role): Promise<Client> {
    return createClient(this.#fetch, await this.#tokenOf(role));
  }

  async #tokenOf(role: Role): Promise<string> {
    const known = this.#tokens.get(role);
    if (known !== undefined) return known;
    const anonymous = createClient(this.#fetch, null);
    const { token } = await anonymous.session.login.mutate({ username: `${role}1`, password });
    this.#tokens.set(role, token);
    return token;
  }

  /**
   * Hangs a file on a case.
   *
   * @returns its id
   * @throws UploadRefused where the office does not take it
   */
  async attach(
    role: Role,
    { caseId, slot, name, content }: { caseId: string; slot: AttachmentSlot; name: string; content: Buffer },
  ): Promise<string> {
    const form = new FormData();
    form.set('caseId', caseId);
    form.set('slot', slot);
    form.set('file', new File([new Uint8Array(content)], name));
    const headers = { authorization: `Bearer ${await this.#tokenOf(role)}` };
    const response = await this.#fetch(
      new Request('http://mutakhir.test/files/attachment', { method: 'POST', headers, body: form }),
    );
    const answer: unknown = await response.json();
    if (!response.ok) throw new UploadRefused(Refusal.parse(answer).problem.code);
    return AttachmentInfo.parse(answer).id;
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
    this.#tokens.clear();
  }

  readonly #fetch = (request: Request): Promise<Response> => {
    if (this.#running === null) return Promise.reject(new TypeError('The office is shut.'));
    return fetch(new Request(request.url.replace('http://mutakhir.test/', this.#running.address), request));
  };
}

const Refusal = z.object({ problem: z.object({ code: z.string() }) });

class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

/**
 * Why a call came to nothing: the code by which the office refused it; null where no office answered.
 *
 * @throws the cause, where it is neither
 */
export function refusalOf(cause: unknown): string | null {
  if (cause instanceof UploadRefused) return cause.message;
  // Of what the connection was for when it went.
  if (cause instanceof TypeError && /fetch failed|terminated|is shut/.test(cause.message)) return null;
  if (!(cause instanceof TRPCClientError)) throw cause;
  if (cause.data === undefined) return null;
  const refused = Refusal.safeParse(cause.data);
  if (!refused.success) throw cause;
  return refused.data.problem.code;
}
