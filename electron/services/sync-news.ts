import type { AttentionItem, FailedNews } from '../../shared/contract/attention.ts';
import { findCaseLine } from '../store/attention.ts';
import { findCaseState } from '../store/cases.ts';
import { listPendingOf, readDownMark } from '../store/down.ts';
import type { Register } from './register.ts';
import { standingTrouble } from './down-trouble.ts';
import { applyPending } from './sync-down.ts';
import { moveListsIn } from './sync-lists.ts';

/** What came down and stands in no case yet, as a person must hear of it. */

/** Whether the last page was refused whole, since it did not prove to be the province's own. */
export function isDownRefused({ db }: Register): boolean {
  return readDownMark(db).refusedAt !== null;
}

/** How many items and lists threw as they were applied, since the program started. */
export function countFailed({ db, failedItems, heldLists }: Register): number {
  return (
    listPendingOf(db, [...failedItems.keys()]).length +
    [...heldLists.values()].filter(({ why }) => why === 'failed').length
  );
}

/**
 * What threw, or the register did not take, is tried once more, also without the line; lists beside the caller, who must not
 * be in a transaction. Where the register still does not take it, the rest of what a person asked for goes on.
 */
export function tryFailedAgain(register: Register): void {
  register.beside.run((stop) => moveListsIn(register, stop, { again: true }));
  if (register.failedItems.size === 0 && !register.downTroubles.has('menunggu')) return;
  try {
    applyPending(register, { again: true });
  } catch (cause) {
    register.logFailure(cause);
  }
}

/** One item of "Perlu perhatian" for all of a kind: what is to be done is the same for each. */
export function newsItems(register: Register): AttentionItem[] {
  const count = countFailed(register);
  const why = standingTrouble(register);
  return [
    ...(why === null ? [] : [{ kind: 'berita_tertahan', id: 'buku', why } as const]),
    ...(isDownRefused(register) ? [{ kind: 'berita_ditolak', id: 'halaman' } as const] : []),
    ...(count > 0
      ? [{ kind: 'berita_gagal', id: 'butir', count, cases: casesOfFailed(register) } as const]
      : []),
  ];
}

/** How many {@link newsItems} there are. */
export function countNews(register: Register): number {
  const told = [standingTrouble(register) !== null, isDownRefused(register), countFailed(register) > 0];
  return told.filter(Boolean).length;
}

/** Cases that are named at most. */
const most = 20;

function casesOfFailed({ db, failedItems }: Register): FailedNews['cases'] {
  const waiting = listPendingOf(db, [...failedItems.keys()]);
  const ids = new Set(waiting.map((id) => failedItems.get(id) ?? null).filter((caseId) => caseId !== null));
  return [...ids]
    .filter((caseId) => findCaseState(db, caseId) !== null)
    .slice(0, most)
    .map((caseId) => ({ caseId, ...findCaseLine(db, caseId) }));
}
