import type { Draft, DraftSummary, IntakeOptions, LastAddress } from '../../shared/contract/intake.ts';
import {
  copyOfDraft,
  DraftHousehold,
  draftOfHousehold,
  draftTitle,
  emptyDraft,
} from '../../shared/domain/draft.ts';
import { correctableStates, editableStates } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import type { RegistrationMode } from '../../shared/domain/registration.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import { sameValue } from '../../shared/provincial/merge.ts';
import { nikAreasOf } from '../areas.ts';
import { instant } from '../clock.ts';
import { findAccount } from '../store/accounts.ts';
import { deleteLinksOfDraft, listAttachmentsOfCase, listAttachmentsOfDraft } from '../store/attachments.ts';
import { findCase } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { findConsent } from '../store/consent.ts';
import {
  type DraftRecord,
  deleteUntouchedDrafts,
  emptyDiscardedDrafts,
  findDraft,
  findLastAddress,
  findOpenCorrection,
  insertDraft,
  listOpenDrafts,
  setDraftDiscarded,
  updateDraft,
} from '../store/intake.ts';
import { listCaseEvents } from '../store/journal.ts';
import { getOffice } from '../store/office.ts';
import {
  countWithoutNik,
  listProvisional,
  listWithoutNik,
  type PersonWithoutNik,
} from '../store/without-nik.ts';
import { getCase } from './case-steps.ts';
import { getOpenDraft } from './intake-drafts.ts';
import { holdDraft, leaseOfOther, refuseLeased } from './intake-lease.ts';
import { batchOfDraft } from './paper-batch-entry.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** A week to change one's mind; then what was typed is erased. */
const undoDays = 7;

export function intakeOptions(register: Register): IntakeOptions {
  const { area } = getOffice(register.db);
  return {
    passiveReasons: currentSettings(register).passiveReasons,
    kelurahan: register.areas.all
      .filter(({ code, level }) => level === 'kelurahan' && liesIn(code, area))
      .map(({ code, name }) => ({ code, name })),
    nikAreas: nikAreasOf(register.areas),
  };
}

/** What is being typed in the office; one's own first, last touched first. */
export function openDrafts(register: Register, actor: ServiceActor): DraftSummary[] {
  const drafts = listOpenDrafts(register.db).map((draft): DraftSummary => {
    const { body } = draft;
    return {
      id: draft.id,
      version: draft.version,
      title: draftTitle(body),
      mode: body.mode,
      street: body.address.street,
      rt: body.address.rt,
      rw: body.address.rw,
      members: body.members.length,
      ownerName: draft.ownerName,
      mine: draft.ownerId === actor.id,
      fork: body.forkOf !== null,
      lease: leaseOfOther(register, actor, draft.id),
      updatedAt: draft.updatedAt,
      corrects: body.corrects === null ? null : (findCase(register.db, body.corrects.caseId)?.number ?? null),
    };
  });
  return [...drafts.filter((draft) => draft.mine), ...drafts.filter((draft) => !draft.mine)];
}

export function createDraft(register: Register, actor: ServiceActor, mode: RegistrationMode): Draft {
  const kelurahan = intakeOptions(register).kelurahan;
  const onlyOne = kelurahan.length === 1 ? kelurahan[0] : undefined;
  deleteUntouchedDrafts(register.db, daysAgo(register, 1));
  return insertNewDraft(register, actor, { ...emptyDraft(newId(), onlyOne?.code ?? ''), mode });
}

/** @throws AppError `draft_gone`. */
export function openDraft(register: Register, actor: ServiceActor, draftId: string): Draft {
  return toDraft(register, actor, getOpenDraft(register, draftId));
}

/**
 * Saves what was typed. No event is written for it: a draft is nobody's statement yet. Asked once more for what the same
 * person saved last, it answers as it did: the answer before was lost.
 *
 * @throws AppError `draft_gone`, `version_conflict` when a colleague saved in between, `draft_leased`
 * while one types in it.
 */
export function saveDraft(
  register: Register,
  actor: ServiceActor,
  input: { draftId: string; version: number; body: DraftHousehold },
): { version: number; savedAt: string } {
  return transaction(register.db, () => {
    const current = getOpenDraft(register, input.draftId);
    const savedAt = instant(register.clock);
    const body: DraftHousehold = {
      ...input.body,
      // Which case is corrected, and who typed, is not for a screen to say.
      corrects: current.body.corrects,
      forkOf: current.body.forkOf,
      paperBatchId: current.body.paperBatchId,
      mode: current.body.corrects === null ? input.body.mode : current.body.mode,
      editors: withEditor(current.body.editors, actor),
    };
    const isRepeated = current.version === input.version + 1 && sameValue(body, current.body);
    if (current.version !== input.version && !isRepeated)
      throw new AppError('version_conflict', { by: lastEditorOf(register, current) });
    holdDraft(register, actor, current.id);
    if (isRepeated) return { version: current.version, savedAt: current.updatedAt };
    updateDraft(register.db, { id: current.id, version: current.version, body, updatedAt: savedAt });
    return { version: current.version + 1, savedAt };
  });
}

/** @throws AppError `draft_gone`, `draft_leased` while a colleague types in it. */
export function discardDraft(register: Register, actor: ServiceActor, draftId: string): void {
  transaction(register.db, () => {
    const draft = getOpenDraft(register, draftId);
    refuseLeased(register, actor, draft.id);
    setDraftDiscarded(register.db, draft.id, instant(register.clock));
    for (const id of emptyDiscardedDrafts(register.db, daysAgo(register, undoDays)))
      deleteLinksOfDraft(register.db, id);
  });
}

/** @throws AppError `draft_gone` when its week is over. */
export function restoreDraft(register: Register, draftId: string): void {
  transaction(register.db, () => {
    const draft = findDraft(register.db, draftId);
    const undoEnds = daysAgo(register, undoDays);
    if (draft === null || draft.caseId !== null || draft.discardedAt === null || draft.discardedAt < undoEnds)
      throw new AppError('draft_gone');
    setDraftDiscarded(register.db, draftId, null);
  });
}

export function lastAddress(register: Register, actor: ServiceActor, draftId: string): LastAddress | null {
  return actor.id === null ? null : findLastAddress(register.db, actor.id, draftId);
}

/**
 * Opens the correction of what a family reported: a draft like any other, so it is saved as it is
 * typed and survives. Whoever asks for the same case meanwhile gets the same draft.
 *
 * @throws AppError `not_found`, `case_not_editable`.
 */
export function correctCase(register: Register, actor: ServiceActor, caseId: string): Draft {
  return transaction(register.db, () => {
    const current = getCase(register, caseId);
    if (!editableStates.includes(current.state) && !correctableStates.includes(current.state))
      throw new AppError('case_not_editable', { state: caseStateLabel[current.state] });
    const begun = findOpenCorrection(register.db, caseId);
    if (begun !== null && begun.body.corrects?.version === current.version)
      return toDraft(register, actor, begun);
    const body = draftOfHousehold(current.household, current.passive);
    const without = new Map(listProvisional(register.db, caseId).map((one) => [one.memberId, one.reason]));
    const consent = findConsent(register.db, caseId)?.kind ?? '';
    const anew = insertNewDraft(register, actor, {
      ...body,
      members: body.members.map((member) => ({ ...member, noNik: without.get(member.id) ?? '' })),
      consent,
      corrects: { caseId, version: current.version, consent },
    });
    if (begun !== null) branchOff(register, begun, anew.id);
    return anew;
  });
}

/**
 * A correction of a version that is no more cannot be registered: what was typed in it stands as a branch of
 * `draftId`, begun anew, until somebody has looked; one that nobody typed in goes.
 */
function branchOff(register: Register, begun: DraftRecord, draftId: string): void {
  const at = instant(register.clock);
  const { id, version, body } = begun;
  if (version === 1 && listAttachmentsOfDraft(register.db, id).length === 0)
    setDraftDiscarded(register.db, id, at);
  else updateDraft(register.db, { id, version, body: { ...body, forkOf: { draftId, at } }, updatedAt: at });
}

/**
 * A registration begun from another: the branch of a family that now lives apart, the neighbour under
 * the same number. Numbers belong to one person and one family and are not copied; all else is
 * tinted until somebody has looked at it.
 *
 * @throws AppError `not_found`.
 */
export function duplicateCase(register: Register, actor: ServiceActor, caseId: string): Draft {
  const { household, passive } = getCase(register, caseId);
  return insertNewDraft(register, actor, copyOfDraft(draftOfHousehold(household, passive), newId));
}

/**
 * What somebody typed into a draft that is no longer theirs to save, as a branch of it: nothing is
 * thrown away, and whoever reviews it decides. Asked again under the same `branchId`, it is the branch as it was made.
 *
 * @throws AppError `draft_gone`, `version_conflict` where somebody has gone on with that branch since.
 */
export function forkDraft(
  register: Register,
  actor: ServiceActor,
  { branchId, draftId, body }: { branchId: string; draftId: string; body: DraftHousehold },
): Draft {
  return transaction(register.db, () => {
    if (findDraft(register.db, branchId) !== null) {
      const made = getOpenDraft(register, branchId);
      if (made.version > 1 || made.body.forkOf?.draftId !== draftId)
        throw new AppError('version_conflict', { by: lastEditorOf(register, made) });
      return toDraft(register, actor, made);
    }
    const origin = findDraft(register.db, draftId)?.body;
    const branch = {
      ...body,
      corrects: origin?.corrects ?? null,
      paperBatchId: origin?.paperBatchId ?? null,
      // What they typed stands in the branch too: none of them may approve it.
      editors: origin?.editors ?? [],
      forkOf: { draftId, at: instant(register.clock) },
    };
    return insertNewDraft(register, actor, branch, branchId);
  });
}

/** Who still has to get a NIK. */
export function personsWithoutNik(
  register: Register,
  page: { offset: number; limit: number },
): { total: number; rows: PersonWithoutNik[] } {
  return { total: countWithoutNik(register.db), rows: listWithoutNik(register.db, page) };
}

/** Who saved the draft last, as the message of a version conflict names them. */
export function lastEditorOf(register: Register, draft: DraftRecord): string {
  const last = draft.body.editors.at(-1);
  return (last === undefined ? null : findAccount(register.db, last)?.name) ?? draft.ownerName;
}

/** A draft of the person who asks, as it is opened for typing. */
export function insertNewDraft(
  register: Register,
  actor: ServiceActor,
  body: DraftHousehold,
  id = newId(),
): Draft {
  if (actor.id === null) throw new AppError('not_logged_in');
  const now = instant(register.clock);
  insertDraft(register.db, {
    id,
    ownerId: actor.id,
    body: { ...body, editors: withEditor(body.editors, actor) },
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  return openDraft(register, actor, id);
}

function daysAgo(register: Register, days: number): string {
  return new Date(register.clock.now().getTime() - days * 86_400_000).toISOString();
}

function withEditor(editors: readonly string[], actor: ServiceActor): string[] {
  return actor.id === null ? [...editors] : [...editors.filter((id) => id !== actor.id), actor.id];
}

function toDraft(register: Register, actor: ServiceActor, draft: DraftRecord): Draft {
  const { corrects } = draft.body;
  return {
    id: draft.id,
    version: draft.version,
    body: draft.body,
    ownerName: draft.ownerName,
    savedBy: lastEditorOf(register, draft),
    updatedAt: draft.updatedAt,
    attachments: listAttachmentsOfDraft(register.db, draft.id),
    lease: leaseOfOther(register, actor, draft.id),
    paperBatch: batchOfDraft(register, actor, draft.body.paperBatchId),
    correction: corrects === null ? null : describeCorrection(register, corrects.caseId),
  };
}

function describeCorrection(register: Register, caseId: string): Draft['correction'] {
  const current = getCase(register, caseId);
  const returned = listCaseEvents(register.db, caseId).findLast((event) => event.toState === 'DIKEMBALIKAN');
  const reason = returned?.payload?.['alasan'];
  return {
    caseId,
    number: current.number,
    state: current.state,
    returnedWith: current.state === 'DIKEMBALIKAN' && typeof reason === 'string' ? reason : null,
    attachments: listAttachmentsOfCase(register.db, caseId),
  };
}
