import { expect, it } from 'vitest';
import { letGo } from './let-go.ts';

it('empties bytes that are all of their buffer, and leaves alone what others share', () => {
  const own = new Uint8Array([1, 2, 3]);
  letGo(own);
  expect(own).toHaveLength(0);
  const shared = new Uint8Array([1, 2, 3, 4]);
  letGo(shared.subarray(0, 2));
  expect([...shared]).toEqual([1, 2, 3, 4]);
});
