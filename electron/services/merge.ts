import type { MergeComparison, MergeInput } from '../../shared/contract/merge.ts';
import { absorbableStates } from '../../shared/domain/case-detours.ts';
import { editableStates } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { headOf, type Household, inspectHousehold } from '../../shared/domain/household.ts';
import { diffReported } from '../../shared/domain/household-diff.ts';
import { applyMerge, changesNothing, type MergePlan } from '../../shared/domain/merge.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { briefOf } from '../matching/brief.ts';
import { matchHousehold } from '../matching/match-household.ts';
import { defaultModel } from '../matching/model.ts';
import { normalisePerson } from '../matching/normalise.ts';
import { findAccount } from '../store/accounts.ts';
import { addEnterer, listEnterers, replaceHousehold } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { deleteCaseVerdict, insertVerdict } from '../store/duplicates.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import { KeyIndex } from '../store/matching.ts';
import { caseCandidates } from '../store/matching-sources.ts';
import { insertMerge, type MergeMemory } from '../store/merge.ts';
import { getCase, lastEditorName, takeStep } from './case-steps.ts';
import { declinedOf, reportedOf } from './merge-candidates.ts';
import { mergeConsent } from './merge-consent.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { tellWordOfTold } from './sync-consent.ts';

/** Two cases side by side, their members paired as far as the program is fairly sure. */
export function compareCases(
  register: Register,
  { keptId, otherId }: { keptId: string; otherId: string },
): MergeComparison {
  if (keptId === otherId) throw new AppError('merge_same_case');
  const [kept, other] = [getCase(register, keptId), getCase(register, otherId)];
  return {
    kept: toSide(register, kept),
    other: toSide(register, other),
    same: pairMembers(register, kept, other),
    editable: editableStates.includes(kept.state),
    obstacle: obstacleOf(kept, other),
  };
}

/**
 * Puts one case into another: the kept one gets what the plan says, the other goes to DIGABUNG and
 * keeps everything it had. Both steps, their events and the memory of how it was are one transaction.
 *
 * @throws AppError `merge_same_case`, `version_conflict`, `merge_not_possible`, `merge_breaks_household`
 * where the result is no household, `case_not_editable` where a plan would change a case that is past
 * correction, and what `takeStep` throws.
 */
export function mergeCases(
  register: Register,
  actor: ServiceActor,
  { kept: keptRef, other: otherRef, plan, reason }: MergeInput,
): { mergeId: string } {
  return transaction(register.db, () => {
    if (actor.id === null) throw new AppError('not_logged_in');
    if (keptRef.caseId === otherRef.caseId) throw new AppError('merge_same_case');
    const [kept, other] = [getUnchanged(register, keptRef), getUnchanged(register, otherRef)];
    const obstacle = obstacleOf(kept, other);
    if (obstacle !== null) throw new AppError('merge_not_possible', { why: obstacle });
    const at = instant(register.clock);
    const { after, joined } = planned(kept, other, plan);
    const consent = mergeConsent(register, { keptId: kept.id, otherId: other.id });
    const memory: MergeMemory = {
      rencana: plan,
      sebelum: kept.household,
      sesudah: after,
      bergabung: joined,
      ...(consent === undefined ? {} : { persetujuan: consent }),
    };
    const changes = diffReported(
      { household: kept.household, passive: kept.passive },
      { household: after, passive: kept.passive },
    );
    if (changes.length > 0)
      replaceHousehold(register.db, { ...kept, household: after, version: kept.version + 1, updatedAt: at });
    const eventId = appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'berkas_digabung',
      caseId: kept.id,
      fromState: kept.state,
      toState: kept.state,
      payload: {
        ...memory,
        berkas: other.id,
        perubahan: changes,
        alasan: reason,
        keterangan: `Berkas ${other.number} masuk ke sini: ${changes.length} isian berubah, ${joined.length} anggota bergabung${consent === undefined ? '' : ', penolakannya ikut'}.`,
      },
    });
    tellWordOfTold(register, kept.id, { eventId });
    const mergeId = newId();
    insertMerge(register.db, {
      id: mergeId,
      keptId: kept.id,
      absorbedId: other.id,
      absorbedState: other.state,
      eventId,
      mergedBy: actor.id,
      mergedAt: at,
    });
    takeStep(register, actor, {
      caseId: other.id,
      action: 'gabungkan',
      reason,
      payload: { berkas: kept.id, keterangan: `Masuk ke berkas ${kept.number}.` },
    });
    // Whoever typed in either may approve neither.
    for (const accountId of [actor.id, ...listEnterers(register.db, other.id)])
      addEnterer(register.db, kept.id, accountId);
    forgetScans(register.db, [kept.id, other.id]);
    return { mergeId };
  });
}

/**
 * Remembers "bukan keluarga yang sama" of two cases, with the reason, in both histories.
 *
 * @throws AppError `not_found`, `merge_same_case`.
 */
export function declineCase(
  register: Register,
  actor: ServiceActor,
  { caseId, otherId, reason }: { caseId: string; otherId: string; reason: string },
): void {
  transaction(register.db, () => {
    const by = actor.id;
    if (by === null) throw new AppError('not_logged_in');
    if (caseId === otherId) throw new AppError('merge_same_case');
    const [current, other] = [getCase(register, caseId), getCase(register, otherId)];
    const at = instant(register.clock);
    insertVerdict(register.db, {
      id: newId(),
      draftId: null,
      caseId,
      otherKind: 'berkas',
      otherId,
      otherLabel: `Berkas ${other.number}`,
      reason,
      decidedBy: by,
      decidedAt: at,
    });
    forgetScans(register.db, [caseId, otherId]);
    for (const [one, another] of [
      [current, other],
      [other, current],
    ] as const) {
      appendEvent(register.db, {
        at,
        actor: { id: by, role: actor.role },
        type: 'bukan_keluarga_sama',
        caseId: one.id,
        payload: { berkas: another.id, alasan: reason, keterangan: `Berkas ${another.number}` },
      });
    }
  });
}

/**
 * Takes "bukan keluarga yang sama" of two cases back; null where another step says why.
 *
 * @throws AppError `not_found`.
 */
export function restoreCase(
  register: Register,
  actor: ServiceActor,
  { caseId, verdictId, reason }: { caseId: string; verdictId: string; reason: string | null },
): void {
  transaction(register.db, () => {
    const said = declinedOf(register, caseId).find((one) => one.verdictId === verdictId);
    if (said === undefined || !deleteCaseVerdict(register.db, verdictId)) throw new AppError('not_found');
    forgetScans(register.db, [caseId, said.otherId]);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'bukan_sama_ditarik',
      caseId,
      payload: {
        berkas: said.otherId,
        keterangan: said.label,
        alasan: reason,
        alasan_semula: said.reason,
      },
    });
  });
}

/** The kept household after the plan, and who of it came from the other case. */
function planned(
  kept: Case,
  other: Case,
  plan: MergePlan,
): { after: Household; joined: MergeMemory['bergabung'] } {
  if (changesNothing(plan)) return { after: kept.household, joined: [] };
  if (!editableStates.includes(kept.state))
    throw new AppError('case_not_editable', { state: caseStateLabel[kept.state] });
  const joined: MergeMemory['bergabung'] = [];
  const after = applyMerge(kept.household, other.household, plan, (asal) => {
    const id = newId();
    joined.push({ id, asal });
    return id;
  });
  refuseBroken(kept.number, after);
  return { after, joined };
}

/** @throws AppError `merge_breaks_household` with the first rule that is broken. */
export function refuseBroken(number: string, household: Household): void {
  const error = inspectHousehold(household).find((finding) => finding.level === 'error');
  if (error !== undefined) throw new AppError('merge_breaks_household', { number, message: error.message });
}

function obstacleOf(kept: Case, other: Case): string | null {
  if (!absorbableStates.some((state) => state === other.state))
    return `berkas ${other.number} ada di tahap "${caseStateLabel[other.state]}"`;
  if (['DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH'].includes(kept.state))
    return `berkas ${kept.number} ada di tahap "${caseStateLabel[kept.state]}"`;
  return null;
}

function getUnchanged(register: Register, seen: { caseId: string; version: number }): Case {
  const current = getCase(register, seen.caseId);
  if (current.version !== seen.version)
    throw new AppError('version_conflict', { by: lastEditorName(register, current) });
  return current;
}

function pairMembers(register: Register, kept: Case, other: Case): MergeComparison['same'] {
  const source = caseCandidates(register.db, new KeyIndex(register.db, register.names), kept.id);
  const { links } = matchHousehold(reportedOf(kept), onlyOf(source, other.id), { model: defaultModel });
  return links
    .filter((link) => link.proposes)
    .map((link) => ({
      memberId: link.memberId,
      otherId: link.candidate.id,
      sure: link.decision.outcome === 'auto',
    }));
}

/** The people of one case, whoever of them is found: the two are compared whole. */
function onlyOf(source: ReturnType<typeof caseCandidates>, caseId: string): typeof source {
  const persons = source.household(caseId);
  const glimpses = persons.map(({ id, input }) => ({
    id,
    list: '',
    briefs: briefOf(normalisePerson(input)),
    at: 0,
  }));
  return { ...source, find: (keysOf) => ({ glimpses: keysOf.map(() => glimpses), capped: [] }) };
}

function toSide(register: Register, current: Case): MergeComparison['kept'] {
  return {
    caseId: current.id,
    number: current.number,
    version: current.version,
    state: current.state,
    headName: headOf(current.household)?.name ?? '',
    registeredAt: current.registeredAt,
    registeredByName: findAccount(register.db, current.registeredBy)?.name ?? '',
    household: current.household,
  };
}
