import { describe, expect, it } from 'vitest';
import { cursorWithin, moveCursor, toggled } from './list-cursor.ts';

describe('the cursor of a list', () => {
  it('moves by one and stays inside', () => {
    expect(moveCursor('ArrowDown', -1, 3, 10)).toBe(0);
    expect(moveCursor('ArrowDown', 2, 3, 10)).toBe(2);
    expect(moveCursor('ArrowUp', 0, 3, 10)).toBe(0);
  });

  it('moves by pages and to the ends', () => {
    expect(moveCursor('PageDown', 5, 100, 20)).toBe(25);
    expect(moveCursor('PageDown', 95, 100, 20)).toBe(99);
    expect(moveCursor('PageUp', 5, 100, 20)).toBe(0);
    expect(moveCursor('Home', 50, 100, 20)).toBe(0);
    expect(moveCursor('End', 50, 100, 20)).toBe(99);
  });

  it('leaves other keys and empty lists alone', () => {
    expect(moveCursor('a', 0, 3, 10)).toBeNull();
    expect(moveCursor('ArrowDown', -1, 0, 10)).toBeNull();
  });

  it('stays on a row where the list became shorter', () => {
    expect(cursorWithin(2, 3)).toBe(2);
    expect(cursorWithin(19, 3)).toBe(2);
    expect(cursorWithin(0, 0)).toBe(-1);
    expect(cursorWithin(-1, 3)).toBe(-1);
  });

  it('selects and unselects without touching the set it was given', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });
});
