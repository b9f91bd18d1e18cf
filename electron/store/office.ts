import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

const OfficeRow = z.object({ area: z.string(), training: z.number() });

export interface OfficeRecord {
  area: string;
  training: boolean;
}

export function getOffice(db: ReadableDb): OfficeRecord {
  const row = OfficeRow.parse(db.prepare('SELECT area, training FROM office WHERE id = 1').get());
  return { area: row.area, training: row.training === 1 };
}

export function insertOffice(db: WritableDb, office: OfficeRecord & { createdAt: string }): void {
  db.prepare('INSERT INTO office (id, area, training, created_at) VALUES (1, ?, ?, ?)').run(
    office.area,
    office.training ? 1 : 0,
    office.createdAt,
  );
}

const CounterRow = z.object({ value: z.number() });

/** What `nextNumber` would give, without taking it. */
export function peekNumber(db: ReadableDb, counter: string): number {
  const row = db.prepare('SELECT value FROM counter WHERE name = ?').get(counter);
  return row === undefined ? 1 : CounterRow.parse(row).value + 1;
}

/** The next number of a counter, from 1; taken in the transaction that uses it, so none is lost. */
export function nextNumber(db: WritableDb, counter: string): number {
  const row = db
    .prepare(
      'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
    )
    .get(counter);
  return CounterRow.parse(row).value;
}

/** Numbers up to this one are given out, whoever gave them. */
export function raiseNumber(db: WritableDb, counter: string, to: number): void {
  db.prepare(
    'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)',
  ).run(counter, to);
}
