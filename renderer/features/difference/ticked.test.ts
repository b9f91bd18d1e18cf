import { expect, it } from 'vitest';
import { isTicked, nothingTicked, tickedUnder } from './ticked.ts';

it('rows ticked under one filter are ticked under it again, and under no other', () => {
  const ticked = { filter: '{"rw":7}', rows: ['4', '9'] };
  expect([...tickedUnder('{"rw":7}', ticked)]).toEqual(['4', '9']);
  expect(tickedUnder('{}', ticked).size).toBe(0);
  expect([isTicked(ticked), isTicked(nothingTicked), isTicked(['4'])]).toEqual([true, true, false]);
});
