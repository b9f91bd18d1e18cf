import { describe, expect, it } from 'vitest';
import { endLink, nextLink } from './table-keys.ts';

const grid = [
  [true, false, true],
  [false, false, true],
  [true, true, true],
];

describe('the arrow keys in a table of numbers', () => {
  it('go to the next number in their direction, past the dashes', () => {
    expect(nextLink(grid, { row: 0, column: 0 }, 'ArrowRight')).toEqual({ row: 0, column: 2 });
    expect(nextLink(grid, { row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 2, column: 0 });
    expect(nextLink(grid, { row: 2, column: 2 }, 'ArrowUp')).toEqual({ row: 1, column: 2 });
    expect(nextLink(grid, { row: 2, column: 1 }, 'ArrowLeft')).toEqual({ row: 2, column: 0 });
  });

  it('stay where nothing follows', () => {
    expect(nextLink(grid, { row: 0, column: 0 }, 'ArrowUp')).toBeNull();
    expect(nextLink(grid, { row: 1, column: 2 }, 'ArrowLeft')).toBeNull();
    expect(nextLink(grid, { row: 0, column: 0 }, 'x')).toBeNull();
  });

  it('reach the ends of the table', () => {
    expect(endLink(grid, 'Home')).toEqual({ row: 0, column: 0 });
    expect(endLink(grid, 'End')).toEqual({ row: 2, column: 2 });
    expect(endLink([[false]], 'End')).toBeNull();
  });
});
