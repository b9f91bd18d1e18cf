import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PublicKey } from '../../shared/provincial/wire.ts';
import { openPool } from '../provincial-server/database.ts';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import { announceKey, changeKey } from '../provincial-server/server-keys.ts';
import { EndedEarly, loading, RealProcess } from './real-process.ts';
import { readServerKeys } from './signing-keys.ts';

const serverFile = join(import.meta.dirname, '../provincial-server/main.ts');
const olderFile = join(import.meta.dirname, 'older-server-child.ts');

/** Two minutes: after many kills PostgreSQL recovers from a long log, on a machine that does other work. */
const mostTries = 1_200;

/** The province's server as `npm run provincial-server` runs it, on a database of its own. */
export class RealProvince {
  readonly pool: pg.Pool;
  readonly #url: string;
  readonly #port: number;
  #process: RealProcess | null = null;
  #clockOff: number;
  kills = 0;
  keyChanges = 0;
  clockJumps = 0;
  updates = 0;

  private constructor(url: string, port: number, clockOff: number) {
    this.#url = url;
    this.#port = port;
    this.#clockOff = clockOff;
    this.pool = openPool(url);
  }

  /**
   * @param clusterUrl connection string of the PostgreSQL, which is durable as it comes
   * @param clockOff milliseconds by which the clock of its server is ahead
   */
  static async create(clusterUrl: string, port: number, clockOff = 0): Promise<RealProvince> {
    const database = `uji_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: clusterUrl });
    await admin.connect();
    try {
      await admin.query(`CREATE DATABASE ${database}`);
    } finally {
      await admin.end();
    }
    const url = new URL(clusterUrl);
    url.pathname = database;
    return new RealProvince(url.href, port, clockOff);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it in the place of what runs, as a service manager would: again and again while the database is not there. */
  async start(): Promise<void> {
    await this.#stop();
    await this.#run(serverFile, '--port', String(this.#port));
  }

  /** The server of before the last update takes its place for a while, which knows less (`older-server.ts`). */
  async goBack(): Promise<void> {
    this.updates += 1;
    await this.#stop();
    await this.#run(olderFile, String(this.#port));
  }

  /** Its machine goes down, and comes back with its clock off by so many milliseconds. */
  async jumpClock(milliseconds: number): Promise<void> {
    this.#clockOff = milliseconds;
    this.clockJumps += 1;
    await this.kill();
    await this.start();
  }

  async #run(...args: string[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const { process } = await RealProcess.start(args, /^Server provinsi: (\S+)$/, {
          ...loading('./shifted-clock.ts'),
          CLOCK_OFF: String(this.#clockOff),
          DATABASE_URL: this.#url,
        });
        this.#process = process;
        return;
      } catch (cause) {
        if (!(cause instanceof EndedEarly) || tries === 20) throw cause;
        await pause(250);
      }
    }
  }

  async kill(): Promise<void> {
    this.kills += 1;
    const running = this.#process;
    this.#process = null;
    await running?.kill();
  }

  /** SIGKILL of one of PostgreSQL's own processes: the whole cluster recovers from its log. */
  async killDatabase(): Promise<void> {
    this.kills += 1;
    const { rows } = await this.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    if (rows[0] !== undefined) process.kill(rows[0].pid, 'SIGKILL');
    await this.whenThere();
  }

  /** Waits until the database answers again. */
  async whenThere(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.pool.query('SELECT 1');
        return;
      } catch (cause) {
        if (tries === mostTries) throw cause;
        await pause(100);
      }
    }
  }

  now(): Date {
    return new Date(Date.now() + this.#clockOff);
  }

  /** Work of the run itself on the database. */
  async aside<Result>(work: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
    await this.whenThere();
    return await work(this.pool);
  }

  /** The only office, as the province knows it. */
  async officeId(): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>('SELECT id FROM office');
    return rows[0]?.id ?? '';
  }

  /** Cursor of the last item that was issued; 0 where none was. */
  async lastIssued(): Promise<number> {
    const { rows } = await this.pool.query<{ last: number }>(
      'SELECT coalesce(max(cursor), 0)::int AS last FROM down_item',
    );
    return rows[0]?.last ?? 0;
  }

  async enrolmentCode(area: string): Promise<string> {
    return await createEnrolmentCode(this.pool, area, this.now());
  }

  /** As `npm run provincial-keys` does it: announced, changed, and the server started anew. */
  async changeKey(): Promise<void> {
    await this.aside(async (pool) => await announceKey(pool, this.now()));
    await this.aside(async (pool) => await changeKey(pool, this.now()));
    this.keyChanges += 1;
    await this.start();
  }

  async #stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await running?.stop();
  }

  /** While it holds the office for one of another area, it rejects what that sends. */
  async moveOffice(area: string): Promise<void> {
    await this.aside((pool) => pool.query('UPDATE office SET area = $1', [area]));
  }

  async serverKeys(): Promise<PublicKey[]> {
    return await readServerKeys(this.pool);
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.pool.end();
  }
}
