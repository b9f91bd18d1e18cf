import type { ReadableDb } from '../../electron/store/connection.ts';
import { z } from 'zod';
import { OutboxState } from '../../shared/domain/outbox.ts';

/** The side that a kill struck. */
export type Side = 'office' | 'province';

const sides: readonly Side[] = ['office', 'province'];

/** All that kills can find: either side, each state. */
export const allHits: readonly string[] = sides.flatMap((side) =>
  OutboxState.options.map((state) => `${side} ${state}`),
);

/** Counts a kill of one side under each state in which items of the office's outbox stand just now. */
export function noteKill(hits: Record<string, number>, side: Side, db: ReadableDb): void {
  const states = z.array(OutboxState).parse(db.prepare('SELECT DISTINCT state FROM outbox').pluck().all());
  for (const state of states) hits[`${side} ${state}`] = (hits[`${side} ${state}`] ?? 0) + 1;
}
