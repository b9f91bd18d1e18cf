import type { ApprovalItem } from '../../../shared/contract/approval.ts';

/** Where the eye goes after `caseId` was decided: the one below it, at the end the one above. */
export function afterDecision(items: readonly ApprovalItem[], caseId: string): string | null {
  const place = items.findIndex((item) => item.caseId === caseId);
  if (place < 0) return items[0]?.caseId ?? null;
  return (items[place + 1] ?? items[place - 1])?.caseId ?? null;
}

/** F8: the next one, from the last back to the first. */
export function nextOf(items: readonly ApprovalItem[], caseId: string | null): string | null {
  const place = items.findIndex((item) => item.caseId === caseId);
  return (items[place + 1] ?? items[0])?.caseId ?? null;
}

/** So many stand on one page of the inbox; a batch is never larger. */
export const pageSize = 50;

export function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** What a batch would do, counted by what each case waits for; own entries are told apart. */
export function planBatch(items: readonly ApprovalItem[]): {
  states: { state: ApprovalItem['state']; count: number }[];
  own: number;
} {
  const able = items.filter((item) => !item.enteredByMe);
  const states = [...new Set(able.map((item) => item.state))];
  return {
    states: states.map((state) => ({ state, count: able.filter((item) => item.state === state).length })),
    own: items.length - able.length,
  };
}
