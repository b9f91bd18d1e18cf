import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { inTransaction } from './database.ts';

const folder = join(import.meta.dirname, 'migrations');

/** Every migration, in its order. */
export const migrations: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();

/**
 * Brings the database to the newest schema: forward only, in one transaction, under a lock, so that
 * several processes may start at once.
 *
 * @param known the migrations there are; to a test, those of an older version
 * @returns names of the migrations that were applied.
 */
export async function migrate(pool: Pool, known: readonly string[] = migrations): Promise<string[]> {
  return await inTransaction(pool, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_migration'))`);
    await tx.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await tx.query<{ name: string }>('SELECT name FROM schema_migration');
    const applied = new Set(rows.map((row) => row.name));
    const pending = known.filter((name) => !applied.has(name));
    for (const name of pending) {
      await tx.query(readFileSync(join(folder, name), 'utf8'));
      await tx.query('INSERT INTO schema_migration (name) VALUES ($1)', [name]);
    }
    return pending;
  });
}
