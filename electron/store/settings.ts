import { z } from 'zod';
import { Settings } from '../../shared/contract/settings.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const Rows = z.array(z.object({ key: z.string(), value: z.string() }));

/** The settings as they stand; what was never set has its default. */
export function readSettings(db: ReadableDb): Settings {
  const rows = Rows.parse(db.prepare('SELECT key, value FROM setting').all());
  return Settings.parse(Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)])));
}

export function writeSettings(db: WritableDb, changes: Partial<Settings>): void {
  const upsert = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  for (const [key, value] of Object.entries(changes))
    if (value !== undefined) upsert.run(key, JSON.stringify(value));
}
