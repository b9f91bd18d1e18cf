import { refusal } from '../../shared/domain/consent.ts';
import { deleteConsent, findConsent, type SaidConsent, writeConsent } from '../store/consent.ts';
import type { MergeMemory } from '../store/merge.ts';
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
  if (others?.kind !== refusal || own?.kind === refusal) return undefined;
  if (own !== null && own.at > others.at) return undefined;
  writeConsent(db, { caseId: keptId, ...others });
  return { sebelum: own, sesudah: others };
}

/**
 * Gives the kept case its own word back, unless another was recorded since.
 *
 * @param gone merges into it of before that were separated since: what they brought is nobody's own word
 */
export function separateConsent(
  { db }: Register,
  keptId: string,
  { persetujuan }: MergeMemory,
  gone: readonly MergeMemory[],
): void {
  if (persetujuan === undefined || !isSame(findConsent(db, keptId), persetujuan.sesudah)) return;
  const own = gone.reduceRight<SaidConsent | null>(
    (word, { persetujuan: earlier }) =>
      earlier !== undefined && isSame(word, earlier.sesudah) ? earlier.sebelum : word,
    persetujuan.sebelum,
  );
  deleteConsent(db, keptId);
  if (own !== null) writeConsent(db, { caseId: keptId, ...own });
}

function isSame(one: SaidConsent | null, other: SaidConsent): boolean {
  return one?.kind === other.kind && one.at === other.at;
}
