import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import pg from 'pg';
import { startPostgres } from '../provincial-server/postgres.ts';
import { codeOf, openTestOffice, password, setUpTestOffice, type TestOffice } from './office.ts';

const module = pathToFileURL('tests/run-folder.ts').href;

describe('the folder of a run of tests', () => {
  let parent: string;
  const runs: ChildProcess[] = [];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'uji-lari-'));
  });
  afterEach(() => {
    for (const run of runs.splice(0)) run.kill('SIGKILL');
    rmSync(parent, { recursive: true });
  });

  /** Begins a run that lasts until it is ended, or ends by itself. */
  async function begin({ lasts }: { lasts: boolean }): Promise<{ folder: string; run: ChildProcess }> {
    const program = `import { tmpdir } from 'node:os';
      import { beginRun } from ${JSON.stringify(module)};
      const folder = beginRun(${JSON.stringify(parent)});
      console.log(JSON.stringify([folder, beginRun(), tmpdir()]));
      ${lasts ? 'setInterval(() => {}, 1_000);' : ''}`;
    const { MUTAKHIR_TEST_RUN: _, ...env } = process.env;
    const run = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    runs.push(run);
    const ended = lasts ? null : once(run, 'close');
    const [said] = await once(run.stdout, 'data');
    await ended;
    const folders: unknown = JSON.parse(String(said));
    const [folder] = readFolders(folders);
    expect(folders).toEqual([folder, folder, folder]);
    return { folder, run };
  }

  it('is where all that it writes goes, and goes when it ends', async () => {
    const { folder } = await begin({ lasts: false });
    expect(folder.startsWith(join(parent, 'mutakhir-'))).toBe(true);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('goes with the next run where a killed one left it; that of a run beside stays, and what is no run’s', async () => {
    const killed = await begin({ lasts: true });
    const beside = await begin({ lasts: true });
    mkdirSync(join(parent, 'mutakhir-lari-Abc123'));
    writeFileSync(join(killed.folder, 'register.db'), '');
    const ended = once(killed.run, 'close');
    killed.run.kill('SIGKILL');
    await ended;
    expect(existsSync(killed.folder)).toBe(true);
    await begin({ lasts: false });
    expect(readdirSync(parent).map((name) => join(parent, name))).toEqual(
      [beside.folder, join(parent, 'mutakhir-lari-Abc123')].toSorted(),
    );
  });
});

describe('the clusters of a run of tests', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are made once and copied, also where two want theirs at once, and know nothing of each other', async () => {
    const run = mkdtempSync(join(tmpdir(), 'uji-lari-'));
    chmodSync(run, 0o755);
    vi.stubEnv('MUTAKHIR_TEST_RUN', run);
    const options = { persistent: false, inMemory: true };
    const clusters = await Promise.all(['a', 'b'].map((name) => startPostgres(join(run, name), options)));
    expect(readdirSync(run).toSorted()).toEqual(['a', 'b', 'cluster']);
    const [one, other] = clusters.map(({ url }) => new pg.Client({ connectionString: url }));
    await Promise.all([one?.connect(), other?.connect()]);
    await one?.query('CREATE TABLE only_here ()');
    const there = await other?.query(`SELECT to_regclass('only_here') AS found`);
    expect(there?.rows).toEqual([{ found: null }]);
    await Promise.all([one?.end(), other?.end()]);
    for (const { stop } of clusters) await stop();
    expect(readdirSync(run)).toEqual(['cluster']);
    rmSync(run, { recursive: true });
  });

  it('begin with what filled the first of them, and have it each for itself', async () => {
    const run = mkdtempSync(join(tmpdir(), 'uji-lari-'));
    chmodSync(run, 0o755);
    vi.stubEnv('MUTAKHIR_TEST_RUN', run);
    const fill = vi.fn((url: string) =>
      ask(url, 'CREATE TABLE filled AS SELECT 1 AS n').then(() => undefined),
    );
    const start = (name: string) =>
      startPostgres(join(run, name), { persistent: false, inMemory: true, fill });
    const one = await start('a');
    await ask(one.url, 'UPDATE filled SET n = 2');
    const other = await start('b');
    expect(await ask(other.url, 'SELECT n FROM filled')).toEqual([{ n: 1 }]);
    expect(fill).toHaveBeenCalledTimes(1);
    for (const { stop } of [one, other]) await stop();
    expect(readdirSync(run).toSorted()).toEqual(['cluster', 'filled-cluster']);
    rmSync(run, { recursive: true });
  });
});

describe('the offices of a run of tests', () => {
  it('begin as their set-up left them, each for itself; one that is set up has a key of its own', async () => {
    const one = await openTestOffice();
    await one.as('petugas_loket');
    const other = await openTestOffice();
    const own = await setUpTestOffice();
    const administrator = await other.as('administrator');
    expect((await administrator.accounts.list.query()).map(({ username }) => username).toSorted()).toEqual([
      'administrator1',
      'lurah1',
    ]);
    const recover = (t: TestOffice, code: string) =>
      codeOf(t.anonymous.session.recover.mutate({ code, username: 'administrator1', password }));
    expect(one.recoveryCode).toBe(other.recoveryCode);
    expect(await recover(own, other.recoveryCode)).toBe('recovery_code_wrong');
    for (const t of [one, other, own]) await t.close();
  });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

function readFolders(value: unknown): [string] {
  if (!Array.isArray(value) || typeof value[0] !== 'string')
    throw new Error('The run did not say its folder.');
  return [value[0]];
}
