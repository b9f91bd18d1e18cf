import { expect, it } from 'vitest';
import { OfferedFamilies } from './offered-families.ts';

it('forgets the draft that nobody looked beside for longest', () => {
  const offered = new OfferedFamilies();
  const family = { kind: 'berkas', id: 'a' } as const;
  for (let n = 0; n < 200; n += 1) offered.note(`draf ${n}`, [family]);
  // Looked beside once more, also where nobody is found.
  offered.note('draf 0', []);
  offered.note('draf 200', [family]);
  const known = (draftId: string) => offered.includes(draftId, 'berkas', 'a');
  expect(['draf 0', 'draf 1', 'draf 2', 'draf 200'].map(known)).toEqual([true, false, true, true]);
});
