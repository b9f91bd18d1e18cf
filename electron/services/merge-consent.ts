import { refusal } from '../../shared/domain/consent.ts';
import { deleteConsent, findConsent, type SaidConsent, writeConsent } from '../store/consent.ts';
import { findMergeMemory, listMergesInto, type MergeMemory, type MergeRecord } from '../store/merge.ts';
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

/**
 * Takes the refusal that a case brought out of the kept one again: that says what its own family said, and what goes
 * along from the cases that are merged into it still. Where its word came from elsewhere it stands.
 */
export function separateConsent({ db }: Register, merge: MergeRecord): void {
  const current = findConsent(db, merge.keptId);
  const merges = listMergesInto(db, merge.keptId);
  const remembered = (one: MergeRecord) => findMergeMemory(db, one.eventId)?.persetujuan;
  const memories = merges.flatMap((one) => remembered(one) ?? []);
  const last = memories.at(-1);
  // Brought as they were merged, or by another separation since.
  const brought = [remembered(merge)?.sesudah, findConsent(db, merge.absorbedId)];
  if (last === undefined || !brought.some((word) => word != null && isSame(current, word))) return;
  const own = memories.reduceRight<SaidConsent | null>(
    (word, { sebelum, sesudah }) => (isSame(word, sesudah) ? sebelum : word),
    last.sesudah,
  );
  const held = merges.filter(({ id, separatedAt }) => id !== merge.id && separatedAt === null);
  const word = held
    .flatMap(({ absorbedId }) => findConsent(db, absorbedId) ?? [])
    .reduce((before, others) => (goesAlong(before, others) ? others : before), own);
  deleteConsent(db, merge.keptId);
  if (word !== null) writeConsent(db, { caseId: merge.keptId, ...word });
}

function isSame(one: SaidConsent | null, other: SaidConsent): boolean {
  return one?.kind === other.kind && one.at === other.at;
}
