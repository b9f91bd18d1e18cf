import { expect, it } from 'vitest';
import type { LinkCandidate } from '../matching/bulk/link.ts';
import { linkRows } from './link-rows.ts';

const candidate = (reference: number, probability: number, decision: LinkCandidate['decision']) => ({
  reference,
  probability,
  decision,
});

it('names a reference only where it is linked or proposed; of who is not found there is one row that names nobody', () => {
  const links = [
    [candidate(0, 0.999, 'auto'), candidate(1, 0.0009, 'none')],
    [candidate(2, 0.6, 'review'), candidate(1, 0.2, 'review'), candidate(0, 0.01, 'none')],
    [candidate(1, 0.04, 'none'), candidate(0, 0.001, 'none')],
    [],
  ];
  expect([...linkRows(['a', 'b', 'c', 'd'], ['1', '2', '3'], links)]).toEqual([
    ['a', '1', '0.999000', 'auto', 1],
    ['b', '3', '0.600000', 'review', 1],
    ['b', '2', '0.200000', 'review', 2],
    ['c', '', 0, 'none', 1],
    ['d', '', 0, 'none', 1],
  ]);
});
