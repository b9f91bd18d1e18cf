import type { AttentionItem, FailedNews } from '../../shared/contract/attention.ts';
import { findCaseLine } from '../store/attention.ts';
import { findCaseState } from '../store/cases.ts';
import { countPendingOf, readDownMark } from '../store/down.ts';
import type { Register } from './register.ts';
import { applyPending } from './sync-down.ts';

/** What came down and stands in no case yet, as a person must hear of it. */

/** Whether the last page was refused whole, since it did not prove to be the province's own. */
export function isDownRefused({ db }: Register): boolean {
  return readDownMark(db).refusedAt !== null;
}

/** How many items and lists threw as they were applied, since the program started. */
export function countFailed({ db, failedItems, heldLists }: Register): number {
  const items = failedItems.size === 0 ? 0 : countPendingOf(db, [...failedItems.keys()]);
  return items + [...heldLists.values()].filter(({ why }) => why === 'failed').length;
}

/** What threw is tried once more, in the caller's transaction; the lists with the next errands. */
export function tryFailedAgain(register: Register): void {
  if (register.failedItems.size > 0) applyPending(register, { again: true });
  for (const [listId, { why }] of register.heldLists) if (why === 'failed') register.heldLists.delete(listId);
}

/** One item of "Perlu perhatian" for all that failed: what is to be done is the same for each. */
export function newsItems(register: Register): AttentionItem[] {
  const count = countFailed(register);
  return [
    ...(isDownRefused(register) ? [{ kind: 'berita_ditolak', id: 'halaman' } as const] : []),
    ...(count > 0
      ? [{ kind: 'berita_gagal', id: 'butir', count, cases: casesOfFailed(register) } as const]
      : []),
  ];
}

/** How many {@link newsItems} there are. */
export function countNews(register: Register): number {
  return Number(isDownRefused(register)) + Number(countFailed(register) > 0);
}

/** Cases that are named at most. */
const most = 20;

function casesOfFailed({ db, failedItems }: Register): FailedNews['cases'] {
  const ids = new Set([...failedItems.values()].filter((caseId) => caseId !== null));
  return [...ids]
    .filter((caseId) => findCaseState(db, caseId) !== null)
    .slice(0, most)
    .map((caseId) => ({ caseId, ...findCaseLine(db, caseId) }));
}
