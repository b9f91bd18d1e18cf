import { z } from 'zod';
import { transaction, type WritableDb } from './connection.ts';

/** What a case is looked at for, again and again: findings, its place in the queue of identification. */
export type LookedFor = 'temuan' | 'urutan';

/**
 * Notes with which lists and rules the cases are looked at; where these are others than before,
 * `startAgain` makes every case due.
 */
export function lookWith(db: WritableDb, task: LookedFor, stamp: string, startAgain: () => void): void {
  const known = z
    .string()
    .optional()
    .parse(db.prepare('SELECT stamp FROM looked_with WHERE task = ?').pluck().get(task));
  if (known === stamp) return;
  transaction(db, () => {
    startAgain();
    db.prepare(
      'INSERT INTO looked_with (task, stamp) VALUES (?, ?) ON CONFLICT (task) DO UPDATE SET stamp = excluded.stamp',
    ).run(task, stamp);
  });
}
