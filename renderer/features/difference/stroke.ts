import { z } from 'zod';
import { rowsAtOnce } from '../../../shared/contract/difference.ts';

/** A decision that Ctrl+Z takes back: the rows that it turned, and to what. */
export const Stroke = z.object({ accepted: z.boolean(), rows: z.array(z.int()) });
export type Stroke = z.infer<typeof Stroke>;

/**
 * Turns its rows back, as many a call as the office takes; no other row is touched.
 *
 * @param decide one call to the office.
 */
export async function takeBack(
  { accepted, rows }: Stroke,
  decide: (accepted: boolean, rows: number[]) => Promise<{ changed: number[] }>,
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const answer = await decide(!accepted, rows.slice(from, from + rowsAtOnce));
    changed += answer.changed.length;
  }
  return changed;
}
