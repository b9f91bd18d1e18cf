import { describe, expect, it } from 'vitest';
import type { ApprovalItem } from '../../../shared/contract/approval.ts';
import { afterDecision, nextOf, pageCount, pageSize, planBatch } from './inbox.ts';

function item(caseId: string, overrides: Partial<ApprovalItem> = {}): ApprovalItem {
  return {
    caseId,
    seen: 'x',
    kind: 'pendaftaran',
    number: caseId,
    state: 'MENUNGGU_LURAH',
    mode: 'pasif',
    result: null,
    headName: 'Siti',
    street: 'Jl. A',
    rt: 1,
    rw: 1,
    members: 2,
    waitingSince: '2026-11-22T03:00:00.000Z',
    seenBefore: false,
    news: '',
    enteredByMe: false,
    ...overrides,
  };
}
const items = [item('a'), item('b'), item('c')];

describe('the inbox', () => {
  it('goes on to the next one after a decision', () => {
    expect(afterDecision(items, 'a')).toBe('b');
    expect(afterDecision(items, 'c')).toBe('b');
    expect(afterDecision([item('a')], 'a')).toBeNull();
    expect(afterDecision(items, 'gone')).toBe('a');
  });

  it('goes round with F8', () => {
    expect(nextOf(items, 'a')).toBe('b');
    expect(nextOf(items, 'c')).toBe('a');
    expect(nextOf(items, null)).toBe('a');
    expect(nextOf([], 'a')).toBeNull();
  });

  it('has a page even where nothing waits, and one more where one is full', () => {
    expect(pageCount(0)).toBe(1);
    expect(pageCount(pageSize)).toBe(1);
    expect(pageCount(pageSize + 1)).toBe(2);
  });

  it('says what a batch would do, and what it could not', () => {
    const chosen = [
      item('a', { state: 'DICACAH' }),
      item('b', { state: 'DIPERIKSA' }),
      item('c', { state: 'DICACAH' }),
      item('d', { enteredByMe: true }),
    ];
    expect(planBatch(chosen)).toEqual({
      states: [
        { state: 'DICACAH', count: 2 },
        { state: 'DIPERIKSA', count: 1 },
      ],
      own: 1,
    });
  });
});
