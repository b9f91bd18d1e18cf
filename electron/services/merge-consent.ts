import { refusal } from '../../shared/domain/consent.ts';
import { deleteConsent, findConsent, type SaidConsent, writeConsent } from '../store/consent.ts';
import {
  findMergeMemory,
  listMergesInto,
  listMergesOfCase,
  type MergeMemory,
  type MergeRecord,
} from '../store/merge.ts';
import type { Register } from './register.ts';

/** What a merge does to what the families of both cases said of being shown (ADR 27). */

/**
 * A refusal goes along into the case that is kept, where that says nothing newer: it is the same family, which would
 * be shown again under the other number. An agreement does not: who refused is asked.
 *
 * @returns what the merge remembers of it; undefined where nothing goes along
 */
export function mergeConsent(
  { db }: Register,
  { keptId, otherId }: { keptId: string; otherId: string },
): MergeMemory['persetujuan'] {
  const [own, others] = [findConsent(db, keptId), findConsent(db, otherId)];
  if (others === null || !goesAlong(own, others)) return undefined;
  writeConsent(db, { caseId: keptId, ...others });
  return { sebelum: own, sesudah: others };
}

function goesAlong(own: SaidConsent | null, others: SaidConsent): boolean {
  return others.kind === refusal && own?.kind !== refusal && (own === null || own.at <= others.at);
}

/** What became of what a case says. */
export interface WordChange {
  caseId: string;
  before: SaidConsent;
  after: SaidConsent | null;
}

/**
 * Takes the refusal that a case brought out of the kept one again: that says what its own family said, and what goes
 * along from the cases that are merged into it still. Where its word came from elsewhere it stands. Where the kept case
 * is merged into another itself, so it is there, and on to the end.
 *
 * @returns what changed, from the kept case on
 */
export function separateConsent(register: Register, merge: MergeRecord): WordChange[] {
  return withoutWord(register, merge, findConsent(register.db, merge.absorbedId), merge.id);
}

/**
 * @param brought what the absorbed case says, or said until now: it may have brought that by another separation
 * @param parting the merge that is undone; null where it holds, and what the absorbed case says now goes along
 */
function withoutWord(
  register: Register,
  merge: MergeRecord,
  brought: SaidConsent | null,
  parting: string | null,
): WordChange[] {
  const { db } = register;
  const { keptId } = merge;
  const before = findConsent(db, keptId);
  const merges = listMergesInto(db, keptId);
  const remembered = (one: MergeRecord) => findMergeMemory(db, one.eventId)?.persetujuan;
  const memories = merges.flatMap((one) => remembered(one) ?? []);
  const last = memories.at(-1);
  // Brought as they were merged, or by another separation since.
  const words = [remembered(merge)?.sesudah, brought];
  if (before === null || last === undefined || !words.some((word) => word != null && isSame(before, word)))
    return [];
  const own = memories.reduceRight<SaidConsent | null>(
    (word, { sebelum, sesudah }) => (isSame(word, sesudah) ? sebelum : word),
    last.sesudah,
  );
  const after = merges
    .filter(({ id, separatedAt }) => id !== parting && separatedAt === null)
    .flatMap(({ absorbedId }) => findConsent(db, absorbedId) ?? [])
    .reduce((word, others) => (goesAlong(word, others) ? others : word), own);
  if (isSame(after, before)) return [];
  deleteConsent(db, keptId);
  if (after !== null) writeConsent(db, { caseId: keptId, ...after });
  const onward = listMergesOfCase(db, keptId).find(({ absorbedId }) => absorbedId === keptId);
  const change = { caseId: keptId, before, after };
  return [change, ...(onward === undefined ? [] : withoutWord(register, onward, before, null))];
}

function isSame(one: SaidConsent | null, other: SaidConsent): boolean {
  return one?.kind === other.kind && one.at === other.at;
}
