import { z } from 'zod';
import { fits } from '../../app/use-kept-state.ts';

/** Rows that were ticked, and under which filter: under another they would be decided on unseen. */
export const Ticked = z.object({ filter: z.string(), rows: z.array(z.string()) });
export type Ticked = z.infer<typeof Ticked>;

export const isTicked = fits(Ticked);
export const nothingTicked: Ticked = { filter: '', rows: [] };

export function tickedUnder(filter: string, ticked: Ticked): ReadonlySet<string> {
  return new Set(ticked.filter === filter ? ticked.rows : []);
}
