import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg, { type Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DownPage } from '../../shared/provincial/down.ts';
import { FamilyPage } from '../../shared/provincial/read.ts';
import { wireVersion } from '../../shared/provincial/wire.ts';
import { openPool } from './database.ts';
import { fill, older } from './filled.ts';
import { migrate, migrations } from './migrate.ts';
import { readProven } from '../../electron/sync/signatures.ts';
import { KeyVoucher } from '../../shared/provincial/wire.ts';
import { announceKey, listKeys, loadServerKey, readVouchers } from './server-keys.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { createReadToken } from './read-tokens.ts';
import { startProvincialServer } from './start.ts';
import { corrected, gambir } from './testing.ts';

/** Columns that a later migration sets anew on purpose, with what must stand there. */
const setAnew = new Map([['province_case', ['member_names', 'name_words']]]);
const newest = migrations.at(-1);

describe('the schema of the province', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(join(tmpdir(), `mutakhir-provinsi-${randomUUID()}`), {
      persistent: false,
      inMemory: true,
    });
  });
  afterAll(() => postgres.stop());

  /** A database of its own in the same cluster, as its address. */
  async function emptyDatabase(): Promise<string> {
    const name = `db_${randomUUID().replaceAll('-', '')}`;
    const client = new pg.Client(postgres.url);
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    const url = new URL(postgres.url);
    url.pathname = name;
    return url.href;
  }

  it.each(older.map((name, index) => [name, older.slice(0, index + 1)] as const))(
    'as of %s, filled, comes to today: nothing is lost, and the server works on it',
    async (_, known) => {
      const url = await emptyDatabase();
      const pool = openPool(url);
      expect(await migrate(pool, known)).toEqual(known);
      const filled = await fill(pool, known);
      const before = await contentOf(pool);
      const empty = [...before].filter(([, rows]) => rows.length === 0).map(([table]) => table);
      expect(empty).toEqual([]);
      const again = await migrate(pool);
      expect(again).toEqual(migrations.slice(known.length));

      const after = await contentOf(pool);
      for (const [table, rows] of before)
        expect(kept(table, after.get(table) ?? [], rows), table).toEqual(kept(table, rows, rows));
      expect(await brokenChecks(pool)).toEqual([]);

      const server = await startProvincialServer(url);
      const { office, standing, withdrawn, refusing, receipts, parent, held, rejected } = filled;
      const read = { reader: 'Situs', role: 'provinsi', area: gambir, days: 1 } as const;
      const { token } = await createReadToken(pool, read, new Date());
      const isShown = !known.includes('0014-family-consent.sql');
      for (const name of ['yusuf', 'siti']) {
        const families = await found(server.address, token, name);
        expect(families).toContain(standing.caseId);
        expect(families.includes(refusing.caseId)).toBe(isShown);
      }
      const mended = corrected(standing, [['household.address.rt', 9]], { baseVersion: 2, version: 3 });
      expect(
        await office.answers(server, [standing, withdrawn, rejected, parent, held, mended]),
      ).toMatchObject([
        { status: 'duplicate', receipt: receipts.get(standing.key) },
        { status: 'duplicate', receipt: receipts.get(withdrawn.key) },
        { status: 'rejected', code: 'invalid_record', field: 'body.members.0.nik' },
        { status: 'accepted' },
        { status: 'duplicate' },
        { status: 'accepted' },
      ]);
      const down = await fetch(`${server.address}/v1/down?after=0`, {
        headers: { authorization: `Bearer ${office.credential}` },
      });
      expect(DownPage.parse(await down.json()).items).toHaveLength(known.length > 1 ? 2 : 0);
      await server.close();
      await pool.end();
    },
  );

  it('is brought to today by one of two servers that start at once, on a filled database and on none', async () => {
    for (const known of [[], older.slice(0, 1)]) {
      const url = await emptyDatabase();
      const pool = openPool(url);
      if (known.length > 0) {
        await migrate(pool, known);
        await fill(pool, known);
      }
      const servers = await Promise.all([startProvincialServer(url), startProvincialServer(url)]);
      for (const { address } of servers) expect((await fetch(`${address}/v1/health`)).status).toBe(200);
      const { rows } = await pool.query('SELECT name FROM schema_migration ORDER BY name');
      expect(rows.map(({ name }) => name)).toEqual(migrations);
      const keys = await pool.query('SELECT 1 FROM signing_key WHERE retired_at IS NULL');
      expect(keys.rowCount).toBe(1);
      for (const server of servers) await server.close();
      await pool.end();
    }
  });

  it('vouches for no key without its relation, and announces anew what was announced so', async () => {
    const pool = openPool(await emptyDatabase());
    await migrate(pool, migrations.slice(0, migrations.indexOf('0012-keys-got-out.sql')));
    const signing = await loadServerKey(pool);
    await pool.query(
      `INSERT INTO signing_key (kid, private_jwk, active_at, vouchers) VALUES ('baru', '{}', NULL, '{x.y.z}')`,
    );
    await migrate(pool);
    expect(await readVouchers(pool)).toEqual({});
    expect((await listKeys(pool)).map(({ kid }) => kid)).toEqual([signing.kid]);
    const { publicJwk } = await announceKey(pool, new Date());
    const { keys = [] } = await readVouchers(pool);
    expect(keys.map((jws) => readProven(jws, KeyVoucher)?.key.x)).toEqual([publicJwk.x, signing.publicJwk.x]);
    await pool.end();
  });

  it('keeps to a case the numbers that it bore before', async () => {
    const pool = openPool(await emptyDatabase());
    const before = migrations.slice(0, migrations.indexOf('0016-case-numbers.sql'));
    await migrate(pool, before);
    const { standing, withdrawn } = await fill(pool, before);
    await pool.query(
      `UPDATE record SET body = jsonb_set(body, '{case,provinceNumber}', '"JKT-00000001"') WHERE case_id = $1`,
      [standing.caseId],
    );
    await pool.query(`UPDATE province_case SET province_number = 'JKT-00000002' WHERE case_id = $1`, [
      standing.caseId,
    ]);
    await migrate(pool);
    const { rows } = await pool.query('SELECT number, case_id AS "caseId" FROM case_number ORDER BY number');
    const { caseId } = standing;
    expect(rows).toEqual([
      { number: 'JKT-00000001', caseId },
      { number: 'JKT-00000002', caseId },
    ]);
    await expect(
      pool.query(`UPDATE province_case SET province_number = 'JKT-00000001' WHERE case_id = $1`, [
        withdrawn.caseId,
      ]),
    ).rejects.toMatchObject({ code: '23505', constraint: 'case_number_pkey' });
    await pool.end();
  });

  it('writes ids small that were issued, or are about to be, in capitals', async () => {
    const pool = openPool(await emptyDatabase());
    await migrate(pool, migrations.slice(0, migrations.indexOf('0015-small-ids.sql')));
    const [caseId, memberId] = [randomUUID(), randomUUID()];
    const bodyOf = (write: (id: string) => string) => ({
      sentence: 'NIK MEMBER A-1 salah.',
      caseId: write(caseId),
      field: `members.${write(memberId)}.nik`,
    });
    const [capitals, small] = [bodyOf((id) => id.toUpperCase()), bodyOf((id) => id)];
    const issue = (kind: string) =>
      pool.query(
        `INSERT INTO down_item (id, area, kind, issued_at, body) VALUES (gen_random_uuid(), '31', $1, now(), $2)`,
        [kind, capitals],
      );
    for (const kind of ['record.rejected', 'reference.list']) await issue(kind);
    await pool.query(
      `WITH who AS (INSERT INTO operator (id, name, password_hash, created_at) VALUES (gen_random_uuid(), 'o', 'x', now()) RETURNING id)
       INSERT INTO publication (id, operator_id, kind, items, prepared_at)
       SELECT gen_random_uuid(), id, 'record.rejected', $1, now() FROM who`,
      [JSON.stringify([{ body: capitals }])],
    );
    await migrate(pool);
    const { rows } = await pool.query('SELECT body FROM down_item ORDER BY cursor');
    expect(rows.map(({ body }) => body)).toEqual([small, capitals]);
    const { rows: publications } = await pool.query('SELECT items FROM publication');
    expect(publications).toEqual([{ items: [{ body: small }] }]);
    await pool.end();
  });

  it('holds nothing any more that it has refused', async () => {
    const pool = openPool(await emptyDatabase());
    const known = migrations.slice(0, migrations.indexOf('0009-refused-while-held.sql'));
    await migrate(pool, known);
    const { office, held, rejected } = await fill(pool, known);
    await pool.query(
      `INSERT INTO held_record (office_id, key, parent, identity, record, received_at)
       SELECT office_id, $2, parent, identity, record, received_at FROM held_record WHERE office_id = $1`,
      [office.id, rejected.key],
    );
    await migrate(pool);
    expect((await pool.query('SELECT key FROM held_record')).rows).toEqual([{ key: held.key }]);
    await pool.end();
  });

  it('stays as it was where a migration fails half way', async () => {
    const pool = openPool(await emptyDatabase());
    await migrate(pool, older.slice(0, 2));
    await pool.query('ALTER TABLE office ADD COLUMN later integer; CREATE TABLE period_recap (x integer)');
    const before = await contentOf(pool);
    await expect(migrate(pool)).rejects.toThrow('period_recap');
    expect(await contentOf(pool)).toEqual(before);
    await pool.query('DROP TABLE period_recap');
    expect((await migrate(pool)).at(-1)).toBe(newest);
    await pool.end();
  });
});

type Row = Record<string, unknown>;

/** Every row of every table, by table, without what a migration notes of itself. */
async function contentOf(pool: Pool): Promise<Map<string, Row[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'schema_migration' ORDER BY relname`,
  );
  const content = new Map<string, Row[]>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: Row }>(
      `SELECT to_jsonb(held) AS row FROM ${name} AS held ORDER BY to_jsonb(held)::text`,
    );
    content.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return content;
}

/** Rows in the columns that they had before, but for those that are set anew on purpose; in an order of their own. */
function kept(table: string, rows: readonly Row[], before: readonly Row[]): string[] {
  const columns = Object.keys(before[0] ?? {}).filter((name) => !setAnew.get(table)?.includes(name));
  return rows.map((row) => JSON.stringify(columns.map((name) => [name, row[name]]))).toSorted();
}

/** Checks of the schema that some row does not pass. */
async function brokenChecks(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ table: string; rule: string }>(
    `SELECT conrelid::regclass::text AS table, pg_get_expr(conbin, conrelid) AS rule FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype = 'c'`,
  );
  const broken: string[] = [];
  for (const { table, rule } of rows) {
    const { rowCount } = await pool.query(`SELECT 1 FROM ${table} WHERE NOT (${rule}) LIMIT 1`);
    if (rowCount !== 0) broken.push(`${table}: ${rule}`);
  }
  return broken;
}

async function found(address: string, token: string, name: string): Promise<string[]> {
  const response = await fetch(`${address}/v1/read/families`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ wire: wireVersion, name }),
  });
  return FamilyPage.parse(await response.json()).families.map(({ caseId }) => caseId);
}
