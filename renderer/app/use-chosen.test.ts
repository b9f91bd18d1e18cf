import { describe, expect, it } from 'vitest';
import { stillThere } from './use-chosen.ts';

interface Row {
  id: string;
  state: string;
}

const row = (id: string, state = 'lama'): Row => ({ id, state });
const mapOf = (rows: readonly Row[]) => new Map(rows.map((one) => [one.id, one]));

describe('what is chosen of a list by pages', () => {
  it('stays chosen while its page is not loaded, and is as the list says while it is', () => {
    const picked = mapOf([row('a'), row('b')]);
    const loaded = [row('a', 'baru'), undefined, undefined];
    expect(stillThere(picked, mapOf([row('a', 'baru')]), loaded)).toEqual([row('a', 'baru'), row('b')]);
  });

  it('is not chosen any more once the whole list is here without it', () => {
    const picked = mapOf([row('a'), row('b')]);
    expect(stillThere(picked, mapOf([row('a')]), [row('a')])).toEqual([row('a')]);
  });
});
