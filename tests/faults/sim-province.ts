import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Random } from '../../electron/training/random.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { PublicKey } from '../../shared/provincial/wire.ts';
import { kelurahan } from '../integration/area.ts';
import { acceptBatch } from '../provincial-server/accept-batch.ts';
import { createApp } from '../provincial-server/app.ts';
import { type CourierRead, CourierRefusal, readCourier } from '../provincial-server/courier.ts';
import { migrate } from '../provincial-server/migrate.ts';
import { createEnrolmentCode, revokeOffice } from '../provincial-server/offices.ts';
import { announceKey, changeKey, loadServerKey } from '../provincial-server/server-keys.ts';
import { type ServerKey } from '../provincial-server/signing.ts';
import { withoutKinds } from './older-server.ts';
import { readServerKeys } from './signing-keys.ts';

type App = ReturnType<typeof createApp>;

/** A trouble of the province's own machine, at the n-th statement from now of those that count. */
interface Trouble {
  kind: 'killed_before' | 'killed_after' | 'disk_full' | 'deadlock';
  left: number;
  counts: () => boolean;
}

/**
 * The real provincial server (its routes, rules, SQL) on a real PostgreSQL database of this worker's
 * own; requests are handed to it without a socket, and its connections break on command.
 */
export class SimProvince {
  readonly pool: pg.Pool;
  /** Now, by the province's clock; a run sets it. */
  now: () => Date = () => new Date();
  /** Called when the server was killed over a request; a run sets it. */
  onKill: () => void = () => {};
  /** Whether the server is one from before, which knows no corrections yet. */
  older = false;
  readonly #cleaner: pg.Client;
  /** That every run begins with. */
  readonly #firstKey: ServerKey;
  readonly #take: typeof acceptBatch;
  readonly #troubles: Troubles;
  #key: ServerKey;
  #app: App;
  /** A process that runs on with the key of before a change, and whether it gets the next request. */
  #before: { app: App; isNext: () => boolean } | null = null;

  private constructor(pool: pg.Pool, cleaner: pg.Client, serverKey: ServerKey, troubles: Troubles) {
    this.pool = pool;
    this.#cleaner = cleaner;
    this.#firstKey = serverKey;
    this.#key = serverKey;
    this.#troubles = troubles;
    const takeBefore = withoutKinds(acceptBatch, ['case.corrected', 'family.consent']);
    this.#take = async (...asked) => await (this.older ? takeBefore : acceptBatch)(...asked);
    this.#app = this.#start();
  }

  #start(): App {
    return createApp({ pool: this.pool, serverKey: this.#key, now: () => this.now(), take: this.#take });
  }

  /** @param clusterUrl connection string of the PostgreSQL that all workers share */
  static async create(clusterUrl: string): Promise<SimProvince> {
    const database = `uji_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: clusterUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${database}`);
    // PostgreSQL itself is never killed in these runs; `--real` does that with everything durable.
    await admin.query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
    // Planned once for all runs: what a plan costs is more than what it saves on so few rows.
    await admin.query(`ALTER DATABASE ${database} SET plan_cache_mode = force_generic_plan`);
    await admin.end();
    const url = new URL(clusterUrl);
    url.pathname = database;

    const troubles = new Troubles();
    // What a connection has prepared goes with it, so none goes for being idle.
    const pool = new pg.Pool({ connectionString: url.href, max: 4, idleTimeoutMillis: 0 });
    pool.on('error', () => {});
    pool.on('connect', (client) => troubles.watch(client));
    await migrate(pool);
    await keepWhole(pool);
    return new SimProvince(pool, await makeCleaner(url.href), await loadServerKey(pool), troubles);
  }

  /** Hands a request to the server; one that is killed over it answers nothing. */
  async handle(request: Request): Promise<Response> {
    const app = this.#before?.isNext() === true ? this.#before.app : this.#app;
    const response = await app.fetch(request);
    if (!this.#wasKilled()) return response;
    return new Response('', { status: 502, headers: { 'content-type': 'text/html' } });
  }

  /**
   * An operator reads the bundle that a courier brought.
   *
   * @returns the answer, or why the file is refused; null where the machine failed over it
   */
  async readBundle(file: string): Promise<CourierRead | string | null> {
    const { struck } = this.#troubles;
    try {
      const read = await readCourier(this.pool, this.#key, file, this.now());
      return this.#wasKilled() ? null : read;
    } catch (cause) {
      if (cause instanceof CourierRefusal) return cause.message;
      if (!this.#wasKilled() && this.#troubles.struck === struck) throw cause;
      return null;
    }
  }

  #wasKilled(): boolean {
    if (!this.#troubles.killed) return false;
    this.#troubles.killed = false;
    this.onKill();
    this.#before = null;
    this.#app = this.#start();
    return true;
  }

  /** Something goes wrong within the next statements. */
  trouble(random: Random): void {
    const kind = random.pick(['killed_before', 'killed_after', 'disk_full', 'deadlock'] as const);
    this.#troubles.next = { kind, left: random.int(1, 60), counts: () => true };
  }

  /** The server is killed within the next statements during which this holds. */
  kill(random: Random, counts: () => boolean): void {
    const kind = random.pick(['killed_before', 'killed_after'] as const);
    this.#troubles.next = { kind, left: random.int(1, 20), counts };
  }

  calm(): void {
    this.older = false;
    this.#before = null;
    this.#troubles.next = null;
  }

  /** An operator makes the key that is to sign next; every office learns it with what comes down. */
  async announceKey(): Promise<void> {
    await this.aside(async (pool) => await announceKey(pool, this.now()));
  }

  /**
   * The announced key signs from now on. One process runs on with the key before it, until it is killed or
   * {@link endBefore}.
   *
   * @param isNext whether that one gets the next request
   */
  async changeKey(isNext: () => boolean): Promise<void> {
    const changed = await this.aside(async (pool) => await changeKey(pool, this.now()));
    if (changed === null) return;
    this.#before = { app: this.#app, isNext };
    this.#key = changed;
    this.#app = this.#start();
  }

  /** The process that ran on is started anew. */
  endBefore(): void {
    this.#before = null;
  }

  async serverKeys(): Promise<PublicKey[]> {
    return await readServerKeys(this.pool);
  }

  /** An operator revokes the office; it is to enrol anew. */
  async revoke(officeId: string): Promise<void> {
    await this.aside(async (pool) => {
      // Whoever revokes it looks at its area, too.
      await pool.query('UPDATE office SET area = $1', [kelurahan]);
      await revokeOffice(pool, officeId, this.now());
    });
  }

  /** Work of the run itself on the database, which no trouble strikes. */
  async aside<Result>(work: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
    const { next } = this.#troubles;
    this.#troubles.next = null;
    try {
      return await work(this.pool);
    } finally {
      this.#troubles.next = next;
    }
  }

  /**
   * Forgets everything but the first signing key, also what the server itself only ever adds to. Row by row:
   * of the few that a run leaves, that is quicker than new files for every table and index.
   */
  async empty(): Promise<void> {
    this.calm();
    await this.#cleaner.query({
      name: 'empty',
      text: 'SELECT empty_province($1)',
      values: [this.#firstKey.kid],
    });
    if (this.#key === this.#firstKey) return;
    this.#key = this.#firstKey;
    this.#app = this.#start();
  }

  /** Takes one of the newest records away, with all that leans on it. */
  async loseRecord(): Promise<void> {
    await this.pool.query(
      `DELETE FROM province_case;
       DELETE FROM family_consent;
       DELETE FROM case_version;
       DELETE FROM record WHERE key = (SELECT key FROM record WHERE key NOT IN (SELECT parent FROM record WHERE parent IS NOT NULL) LIMIT 1)`,
    );
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

  async close(): Promise<void> {
    await this.#cleaner.end();
    await this.pool.end();
  }
}

/**
 * A connection that may empty every table by `empty_province`, whatever leans on what. One of its own: a change of
 * this setting throws away all that a connection has planned.
 */
async function makeCleaner(connectionString: string): Promise<pg.Client> {
  const cleaner = new pg.Client({ connectionString });
  await cleaner.connect();
  await cleaner.query('SET session_replication_role = replica');
  const { rows } = await cleaner.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND relname NOT IN ('schema_migration', 'signing_key')`,
  );
  // Counted from 1 again: how many digits a cursor has is how long an answer takes.
  await cleaner.query(`
    CREATE FUNCTION empty_province(first_key text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      ${rows.map(({ name }) => `DELETE FROM ${name};`).join('\n')}
      DELETE FROM signing_key WHERE kid <> first_key;
      UPDATE signing_key SET retired_at = NULL WHERE retired_at IS NOT NULL;
      PERFORM setval(oid::regclass, 1, false) FROM pg_class
      WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
    END $$`);
  return cleaner;
}

/**
 * Records are read as often as they are written, and soon forgotten: packing them costs a sixth of what the database does,
 * and to lay those beside the table that fill no page of it as much again.
 */
async function keepWhole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ text: string }>(
    `SELECT format('ALTER TABLE %I ALTER %I SET STORAGE EXTERNAL', relname, attname) AS text
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attstorage = 'x' AND NOT attisdropped
     UNION ALL
     SELECT format('ALTER TABLE %I SET (toast_tuple_target = 8160)', relname) FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltoastrelid <> 0`,
  );
  for (const { text } of rows) await pool.query(text);
}

/** One statement that PostgreSQL plans. */
const planned = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b[^;]*$/;

class Troubles {
  next: Trouble | null = null;
  readonly #names = new Map<string, string>();
  killed = false;
  /** How often one struck. */
  struck = 0;

  /** Lets statements and connections of this client fail when it is their turn. */
  watch(client: pg.PoolClient): void {
    const query = client.query.bind(client);
    const watched = (...given: unknown[]): unknown => {
      const args = this.#prepared(given);
      const kind = this.#strike();
      if (kind === null) return Reflect.apply(query, client, args);
      const failing = fail(
        kind,
        client,
        async () => await Reflect.apply(query, client, withoutCallback(args)),
      );
      const callback = args.at(-1);
      if (typeof callback !== 'function') return failing;
      return void failing.catch((cause: unknown) => Reflect.apply(callback, undefined, [cause]));
    };
    Object.defineProperty(client, 'query', { value: watched });
  }

  /** Under a name of its own, so that PostgreSQL parses and plans each statement of a run only once. */
  #prepared(given: unknown[]): unknown[] {
    const [text, values = [], ...rest] = given;
    if (typeof text !== 'string' || !Array.isArray(values) || !planned.test(text)) return given;
    const name = this.#names.get(text) ?? `s${this.#names.size}`;
    this.#names.set(text, name);
    return [{ name, text, values }, ...rest];
  }

  #strike(): Trouble['kind'] | null {
    if (this.next === null || !this.next.counts()) return null;
    this.next.left -= 1;
    if (this.next.left > 0) return null;
    const { kind } = this.next;
    this.next = null;
    this.struck += 1;
    if (kind.startsWith('killed')) this.killed = true;
    return kind;
  }
}

async function fail(
  kind: Trouble['kind'],
  client: pg.PoolClient,
  query: () => Promise<unknown>,
): Promise<never> {
  switch (kind) {
    case 'killed_after':
      await query();
      await hangUp(client);
      break;
    case 'killed_before':
      await hangUp(client);
      break;
    case 'disk_full':
      throw databaseError('could not extend file: No space left on device', '53100');
    case 'deadlock':
      throw databaseError('deadlock detected', '40P01');
    default:
      assertNever(kind);
  }
  throw new Error('Connection terminated unexpectedly');
}

/** PostgreSQL sees the connection gone and rolls back what was open on it. */
async function hangUp(client: pg.PoolClient): Promise<void> {
  if (client instanceof pg.Client) await client.end();
}

function withoutCallback(args: readonly unknown[]): unknown[] {
  return args.filter((argument) => typeof argument !== 'function');
}

function databaseError(message: string, code: string): pg.DatabaseError {
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  return error;
}
