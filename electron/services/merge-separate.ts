import { editableStates } from '../../shared/domain/case-flow.ts';
import { consentChange } from '../../shared/domain/consent.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import type { Household } from '../../shared/domain/household.ts';
import { diffReported } from '../../shared/domain/household-diff.ts';
import { givenBack, withoutMerge } from '../../shared/domain/merge.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { replaceHousehold } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import {
  findMerge,
  findMergeMemory,
  listMergesInto,
  type MergeMemory,
  type MergeRecord,
  setSeparated,
} from '../store/merge.ts';
import { recordChange } from './case-change.ts';
import { getCase, takeStep } from './case-steps.ts';
import { refuseBroken } from './merge.ts';
import { separateConsent, type WordChange } from './merge-consent.ts';
import type { Register, ServiceActor } from './register.ts';
import { tellWordOfTold } from './sync-consent.ts';

/**
 * Undoes a merge: the kept case stands as before, save what was changed in it since, and the other
 * returns to the state it came from. What was changed of a member who joined goes back with them.
 *
 * @throws AppError `not_found`, `merge_forgotten` where the memory was erased, `case_not_editable`
 * where the kept case is past correction, `merge_breaks_household` where one of the two would be no
 * household, and what `takeStep` throws.
 */
export function separateCases(
  register: Register,
  actor: ServiceActor,
  { mergeId, reason }: { mergeId: string; reason: string },
): { otherId: string } {
  return transaction(register.db, () => {
    const merge = findMerge(register.db, mergeId);
    if (merge === null) throw new AppError('not_found');
    const memory = findMergeMemory(register.db, merge.eventId);
    if (memory === null) throw new AppError('merge_forgotten');
    const { goneSince, stillLater } = mergesBeside(register, merge);
    const [kept, other] = [getCase(register, merge.keptId), getCase(register, merge.absorbedId)];
    const at = instant(register.clock);
    const before = withoutMerges(goneSince, memory.sebelum);
    const changes = restoreKept(register, kept, { ...memory, sebelum: before }, at);
    const words = separateConsent(register, merge);
    const eventId = appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'berkas_dipisahkan',
      caseId: kept.id,
      fromState: kept.state,
      toState: kept.state,
      payload: {
        berkas: other.id,
        perubahan: changes,
        alasan: reason,
        keterangan: `Berkas ${other.number} dipisahkan lagi: ${changes.length} isian kembali seperti semula.`,
      },
    });
    tellWordOfTold(register, kept.id, { eventId });
    for (const word of words)
      if (word.caseId !== kept.id)
        tellOnward(register, actor, word, `Berkas ${other.number} dipisahkan dari ${kept.number}`);
    restoreOther(register, actor, withoutMerges(stillLater, kept.household), other, memory, at);
    takeStep(register, actor, {
      caseId: other.id,
      action: 'pisahkan',
      to: merge.absorbedState,
      reason,
      payload: { berkas: kept.id, keterangan: `Dipisahkan dari berkas ${kept.number}.` },
    });
    setSeparated(register.db, merge.id, at);
    forgetScans(register.db, [kept.id, other.id]);
    return { otherId: other.id };
  });
}

/** The kept case lies in another one itself, which said what the separated one had brought. */
function tellOnward(
  register: Register,
  actor: ServiceActor,
  { caseId, before, after }: WordChange,
  reason: string,
): void {
  const eventId = appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type: 'persetujuan_dicatat',
    caseId,
    payload: {
      semula: before.kind,
      menjadi: after?.kind ?? null,
      keterangan: consentChange(before.kind, after?.kind ?? null),
      alasan: reason,
    },
  });
  tellWordOfTold(register, caseId, { eventId });
}

/** Of the other merges into the same case: the earlier ones that were separated meanwhile, and the later ones that hold. */
function mergesBeside(
  register: Register,
  merge: MergeRecord,
): { goneSince: MergeMemory[]; stillLater: MergeMemory[] } {
  const all = listMergesInto(register.db, merge.keptId);
  const own = all.findIndex(({ id }) => id === merge.id);
  const memoriesOf = (some: readonly MergeRecord[]) =>
    some.flatMap(({ eventId }) => findMergeMemory(register.db, eventId) ?? []);
  return {
    goneSince: memoriesOf(
      all.slice(0, own).filter(({ separatedAt }) => separatedAt !== null && separatedAt > merge.mergedAt),
    ),
    stillLater: memoriesOf(all.slice(own + 1).filter(({ separatedAt }) => separatedAt === null)),
  };
}

/** As the household would have been without these merges, the last undone first: what one of them brought is nobody's own value. */
function withoutMerges(merges: readonly MergeMemory[], household: Household): Household {
  return merges.reduceRight((left, { sebelum, sesudah }) => withoutMerge(sebelum, sesudah, left), household);
}

function restoreKept(register: Register, kept: Case, memory: MergeMemory, at: string) {
  const household = withoutMerge(memory.sebelum, memory.sesudah, kept.household);
  const changes = diffReported(
    { household: kept.household, passive: kept.passive },
    { household, passive: kept.passive },
  );
  if (changes.length === 0) return changes;
  if (!editableStates.includes(kept.state))
    throw new AppError('case_not_editable', { state: caseStateLabel[kept.state] });
  refuseBroken(kept.number, household);
  replaceHousehold(register.db, { ...kept, household, version: kept.version + 1, updatedAt: at });
  return changes;
}

/** The other case was never touched; only corrections made since, to members who joined and their families, come with them. */
function restoreOther(
  register: Register,
  actor: ServiceActor,
  keptNow: Household,
  other: Case,
  memory: MergeMemory,
  at: string,
): void {
  const household = givenBack(
    {
      before: memory.sebelum,
      after: memory.sesudah,
      plan: memory.rencana,
      joined: memory.bergabung.map(({ id, asal }) => ({ id, otherId: asal })),
    },
    other.household,
    keptNow,
  );
  const changes = diffReported(
    { household: other.household, passive: other.passive },
    { household, passive: other.passive },
  );
  if (changes.length === 0) return;
  refuseBroken(other.number, household);
  replaceHousehold(register.db, { ...other, household, version: other.version + 1, updatedAt: at });
  recordChange(register, actor, other, {
    at,
    payload: { perubahan: changes, keterangan: `${changes.length} isian diubah selama digabung` },
  });
}
