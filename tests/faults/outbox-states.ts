import type { ReadableDb } from '../../electron/store/connection.ts';
import { z } from 'zod';
import { OutboxState } from '../../shared/domain/outbox.ts';

/** The side that a kill struck. */
export type Side = 'office' | 'province';

/** Counts a kill of one side under each state in which items of the office's outbox stand just now. */
export function noteKill(hits: Record<string, number>, side: Side, db: ReadableDb): void {
  const states = z.array(OutboxState).parse(db.prepare('SELECT DISTINCT state FROM outbox').pluck().all());
  for (const state of states) hits[`${side} ${state}`] = (hits[`${side} ${state}`] ?? 0) + 1;
}
