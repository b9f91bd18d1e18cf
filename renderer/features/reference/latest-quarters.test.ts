import { expect, it } from 'vitest';
import { storedList as list } from '../../../tests/fixtures/stored-list.ts';
import { earlierList, latestQuarters } from './latest-quarters.ts';

const march = list('march', { listDate: '2026-03-31' });
const june = list('june', { version: 2 });
const undone = list('undone', { version: 3, withdrawnAt: '2026-11-11T02:00:00.000Z' });
const september = list('september', { listDate: '2026-09-30', version: 4, current: true });
const other = list('other', { name: 'DTSEN Kebon Kelapa', listDate: '2026-08-31' });

it('a list is laid beside the latest before it, of its own name first, never beside an undone one', () => {
  const lists = [september, undone, june, march];
  expect(earlierList(september, lists)).toBe(june);
  expect(earlierList(september, [other, ...lists])).toBe(june);
  expect(earlierList(september, [other])).toBe(other);
  expect(earlierList(march, lists)).toBeNull();
});

it('the latest two quarters are those of the newest register list that has an earlier one', () => {
  const dtks = list('dtks', { source: 'DTKS', listDate: '2026-10-31', current: true });
  const padan = list('padan', { source: 'DUKCAPIL', listDate: '2026-10-31', current: true });
  expect(latestQuarters([dtks, padan, september, june])).toEqual({
    baseListId: 'june',
    listId: 'september',
  });
  expect(latestQuarters([dtks, september])).toBeNull();
});
