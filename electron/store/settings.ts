import { z } from 'zod';
import { Settings } from '../../shared/contract/settings.ts';
import { frozen } from '../frozen.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

const stored = 'SELECT json_group_object(key, json(value)) FROM setting';
const Stored = z.string();

/**
 * The settings as they were last read. Every call asks for them: what is stored is looked at each time, whoever wrote it,
 * and is taken apart where it is not what it was.
 */
export class KnownSettings {
  #stored = '';
  #settings: Settings | null = null;

  /** The settings as they stand, frozen; what was never set has its default. */
  read(db: ReadableDb): Settings {
    const text = Stored.parse(db.prepare(stored).pluck().get());
    if (this.#settings !== null && text === this.#stored) return this.#settings;
    const settings = frozen(Settings.parse(JSON.parse(text)));
    this.#stored = text;
    this.#settings = settings;
    return settings;
  }
}

export function writeSettings(db: WritableDb, changes: Partial<Settings>): void {
  const upsert = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  for (const [key, value] of Object.entries(changes))
    if (value !== undefined) upsert.run(key, JSON.stringify(value));
}
