import type { VirtualItem } from '@tanstack/react-virtual';
import { describe, expect, it } from 'vitest';
import { drawnSight, placedRows, type Sight } from './use-whole-rows.ts';

/** A list of a hundred, scrolled to `first`; loaded is what `loaded` names, each row its own number. */
function sightAt(first: number, loaded: readonly number[], count = 100): Sight<number> {
  const wanted = [first, first + 1].map((index) => ({ index, start: index * 10 }) as VirtualItem);
  const rows = Array.from({ length: count }, (_, at) => (loaded.includes(at) ? at : undefined));
  return { wanted, rows, placed: placedRows(wanted, rows), offset: first * 10 };
}

const rowsOf = (sight: Sight<number>) => sight.placed.map(({ row }) => row);

describe('the rows that a long list draws', () => {
  const start = sightAt(0, [0, 1]);

  it('are those in sight once all of them are loaded', () => {
    expect(rowsOf(drawnSight(sightAt(50, [50, 51]), start))).toEqual([50, 51]);
  });

  it('are those of before until then, also where those are no longer among the loaded', () => {
    expect(drawnSight(sightAt(50, [50]), start)).toBe(start);
    // Jumped on before what the first jump asked for was drawn: it has come, and the start is gone.
    expect(drawnSight(sightAt(80, [50, 51]), start)).toBe(start);
  });

  it('are none of another list', () => {
    expect(rowsOf(drawnSight(sightAt(50, [50], 90), start))).toEqual([50]);
    expect(rowsOf(drawnSight(sightAt(50, [50]), null))).toEqual([50]);
  });
});
