import { describe, expect, it } from 'vitest';
import { PageShelf, type ShelvedPage } from './page-shelf.ts';

const page = (first: number, last = first + 9, bytes = 4000): ShelvedPage => ({
  first,
  last,
  view: new DataView(new ArrayBuffer(bytes)),
});
/** Puts pages of a list there, each of ten keys, and answers its row. */
function filled(shelf: PageShelf, listId: string, firsts: readonly number[]) {
  const row = shelf.row('keys', listId);
  for (const first of firsts) shelf.put(row, page(first));
  return row;
}
const tens = (count: number) => Array.from({ length: count }, (_, nth) => 10 * nth);

describe('the shelf', () => {
  it('finds the page that holds a key, in whatever order they came', () => {
    const row = filled(new PageShelf(), 'a', [40, 0, 80, 20, 60]);
    expect([0, 9, 20, 45, 89].map((at) => row.find(at)?.first)).toEqual([0, 0, 20, 40, 80]);
  });

  it('says nothing of keys that lie in none, or between two', () => {
    const row = filled(new PageShelf(), 'a', [10, 40]);
    expect([9, 20, 39, 50].map((at) => row.find(at))).toEqual([null, null, null, null]);
  });

  it('keeps the pages of lists apart, and a page that came twice once', () => {
    const shelf = new PageShelf();
    const one = filled(shelf, 'a', [0]);
    const before = one.find(0);
    expect(filled(shelf, 'a', [0]).find(0)).toBe(before);
    expect(filled(shelf, 'b', [0]).find(0)).not.toBe(before);
    expect(shelf.row('briefs', 'a').find(0)).toBe(null);
  });

  it('lets go of lists that count no more', () => {
    const shelf = new PageShelf();
    filled(shelf, 'a', [0]);
    filled(shelf, 'b', [0]);
    shelf.keepOnly(new Set(['b']));
    expect(shelf.row('keys', 'a').find(0)).toBe(null);
    expect(shelf.row('keys', 'b').find(0)).not.toBe(null);
  });

  it('stays within its room, and keeps what was asked for of late', () => {
    const shelf = new PageShelf();
    shelf.room = 1;
    const row = filled(shelf, 'a', tens(240));
    expect(shelf.hasRoom(1)).toBe(true);
    expect(shelf.hasRoom(10)).toBe(false);
    for (const at of tens(60)) expect(row.find(at)?.first).toBe(at);
    for (const first of tens(300).slice(240)) shelf.put(row, page(first));
    expect(tens(60).map((at) => row.find(at)?.first)).toEqual(tens(60));
    expect(row.find(2000)).toBe(null);
    expect(row.find(2990)?.first).toBe(2990);
  });

  it('begins anew where all that is there was asked for', () => {
    const shelf = new PageShelf();
    shelf.room = 1;
    const row = filled(shelf, 'a', tens(240));
    for (const at of tens(240)) row.find(at);
    for (const first of tens(300).slice(240)) {
      shelf.put(row, page(first));
      row.find(first);
    }
    expect(row.find(0)).toBe(null);
    expect(row.find(2990)?.first).toBe(2990);
  });

  it('gives up what a smaller room does not hold', () => {
    const shelf = new PageShelf();
    const row = filled(shelf, 'a', tens(400));
    expect(row.find(0)?.first).toBe(0);
    shelf.room = 1;
    expect(row.find(0)?.first).toBe(0);
    expect(row.find(10)).toBe(null);
  });
});
