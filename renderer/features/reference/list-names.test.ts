import { expect, it } from 'vitest';
import { storedList as list } from '../../../tests/fixtures/stored-list.ts';
import { isNewest, isTaken, likelyBase, otherNames } from './list-names.ts';

const first = list('first', {});
const second = list('second', { version: 2, current: true });
const undone = list('undone', { version: 3, withdrawnAt: '2026-11-11T02:00:00.000Z' });
const cideng = list('cideng', { name: 'DTSEN Cideng', current: true });
const gone = list('gone', { name: 'DTSEN Duri Pulo', withdrawnAt: '2026-11-11T02:00:00.000Z' });
const padan = list('padan', { source: 'DUKCAPIL', name: 'Padan', current: true });
const lists = [first, second, undone, cideng, gone, padan];

it('a file may be laid beside the newest version of a name that stands', () => {
  expect(lists.filter((one) => isNewest(one, lists))).toEqual([second, cideng, padan]);
  // Its date goes before its version, as for what counts.
  const early = list('early', { version: 4, listDate: '2026-03-31' });
  expect([...lists, early].filter((one) => isNewest(one, [...lists, early]))).toEqual([
    second,
    cideng,
    padan,
  ]);
});

it('a name that stands is stored by comparing alone; one that was undone is free, and padan comes in parts', () => {
  expect(isTaken(lists, 'DTSEN', ' DTSEN Gambir ')).toBe(true);
  expect(isTaken(lists, 'DTSEN', 'DTSEN Duri Pulo')).toBe(false);
  expect(isTaken(lists, 'DTKS', 'DTSEN Gambir')).toBe(false);
  expect(isTaken(lists, 'DUKCAPIL', 'Padan')).toBe(false);
});

it('lists of other names may cease to count, of a register alone', () => {
  expect(otherNames(lists, 'DTSEN', 'DTSEN Gambir ')).toEqual([cideng]);
  expect(otherNames(lists, 'DTSEN', 'DTSEN')).toEqual([second, cideng]);
  expect(otherNames(lists, 'DUKCAPIL', 'Padan 2')).toEqual([]);
});

it('a file is laid beside the latest list that counts and may be of its area, never of another', () => {
  const [gambir, petojo] = ['31.71.01.1001', '31.71.01.1002'];
  const older = list('older', { current: true, kelurahan: [gambir], listDate: '2026-03-31' });
  const newer = list('newer', { name: 'B', current: true, kelurahan: [gambir, petojo] });
  const past = list('past', { name: 'C', kelurahan: [petojo], listDate: '2026-09-30' });
  const other = list('other', {
    name: 'D',
    current: true,
    kelurahan: ['31.73.01.1001'],
    listDate: '2026-09-30',
  });
  const all = [other, past, older, newer];
  expect(likelyBase(all, [gambir])).toBe(newer);
  expect(likelyBase([other, past, older], [gambir])).toBe(older);
  expect(likelyBase([other, past], [gambir])).toBeNull();
  // Whoever names no kelurahan may be of any.
  expect(likelyBase(all, [])).toBe(other);
  const silent = list('silent', { name: 'E', current: true });
  expect(likelyBase([other, silent], [gambir])).toBe(silent);
});
