import type { Registered } from '../../shared/contract/intake.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { correctableStates, editableStates, findEdge } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { formatCaseNumber } from '../../shared/domain/case-number.ts';
import { readDraft } from '../../shared/domain/draft-check.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { diffReported } from '../../shared/domain/household-diff.ts';
import type { Case, PassiveGrounds } from '../../shared/domain/registration.ts';
import { roleLabel } from '../../shared/domain/role.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { listAttachmentsOfCase, listAttachmentsOfDraft, moveLinksToCase } from '../store/attachments.ts';
import { addEnterer, insertCase, replaceHousehold } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { type DraftRecord, findDraft, replacePassiveGrounds, setDraftRegistered } from '../store/intake.ts';
import { appendEvent } from '../store/journal.ts';
import { getOffice, nextNumber } from '../store/office.ts';
import { recordChange } from './case-change.ts';
import { getCase, lastEditorName, takeStep } from './case-steps.ts';
import { recordConsent } from './consent.ts';
import { recordBeside, typedConsent } from './intake-beside.ts';
import { proposeDataCorrection } from './correction-records.ts';
import { lastEditorOf } from './intake.ts';
import { recordInBatch } from './paper-batch-entry.ts';
import { runningPeriod } from './periods.ts';
import { takeProvinceNumber } from './province-numbers.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * Makes a draft a case, or applies it to the case that it corrects. The number is taken in the same
 * transaction, so a refusal leaves no gap; a draft that was registered before gives the same case
 * again, so that a second Ctrl+Enter or a lost answer registers nobody twice.
 *
 * @throws AppError `draft_gone`, `version_conflict`, `invalid_household`, `outside_area`,
 * `evidence_needed`, `case_not_editable`, `correction_empty`, and what `takeStep` throws.
 */
export function registerDraft(
  register: Register,
  actor: ServiceActor,
  input: { draftId: string; version: number },
): Registered {
  return transaction(register.db, () => {
    const draft = findDraft(register.db, input.draftId);
    if (draft?.caseId) return toRegistered(getCase(register, draft.caseId), false, null);
    if (draft === null || draft.discardedAt !== null) throw new AppError('draft_gone');
    if (draft.version !== input.version)
      throw new AppError('version_conflict', { by: lastEditorOf(register, draft) });
    return draft.body.corrects === null
      ? registerNew(register, actor, draft)
      : applyCorrection(register, actor, draft, draft.body.corrects);
  });
}

function registerNew(register: Register, actor: ServiceActor, draft: DraftRecord): Registered {
  const settings = currentSettings(register);
  const { household, passive } = readOrRefuse(register, settings, draft.body, false);
  const action = passive === null ? 'daftarkan' : 'ajukan_ke_lurah';
  const edge = findEdge('DRAF', action);
  if (edge === null || actor.id === null || !edge.by.includes(actor.role)) {
    throw new AppError('step_not_yours', {
      roles: (edge?.by ?? []).map((role) => (role === 'sistem' ? 'sistem' : roleLabel[role])).join(', '),
    });
  }
  if (passive !== null && listAttachmentsOfDraft(register.db, draft.id).length === 0)
    throw new AppError('evidence_needed');
  const at = instant(register.clock);
  const day = today(register.clock);
  const serial = nextNumber(register.db, 'case');
  const provinceNumber = takeProvinceNumber(register);
  // Ids typed into a draft are the screen's; a case's members get the office's own.
  const idOf = new Map(household.members.map(({ id }) => [id, newId()]));
  const registered: Case = {
    id: newId(),
    serial,
    number:
      provinceNumber ??
      formatCaseNumber(settings.caseNumberFormat, {
        kelurahan: household.address.kelurahan,
        year: day.slice(0, 4),
        serial,
      }),
    provinceNumber,
    mode: draft.body.mode,
    passive,
    state: edge.to,
    result: null,
    household: withIds(household, idOf),
    periodId: runningPeriod(register, settings).id,
    version: 1,
    registeredAt: at,
    registeredBy: actor.id,
    updatedAt: at,
  };
  insertCase(register.db, registered);
  consume(register, actor, draft, registered.id);
  const beside = recordBeside(register, actor, registered.id, {
    draft: draft.body,
    household: registered.household,
    idOf,
  });
  appendEvent(register.db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: action,
    caseId: registered.id,
    fromState: 'DRAF',
    toState: edge.to,
    payload: {
      ...(passive === null ? {} : { alasan: passive.reason }),
      nomor: registered.number,
      laporan: registered.household,
      ...beside,
      ...recordInBatch(register, draft.body.paperBatchId, registered.id),
    },
  });
  return toRegistered(registered, false, draft.body.paperBatchId);
}

function applyCorrection(
  register: Register,
  actor: ServiceActor,
  draft: DraftRecord,
  corrects: { caseId: string; version: number },
): Registered {
  const current = getCase(register, corrects.caseId);
  const proposes = correctableStates.includes(current.state);
  if (!editableStates.includes(current.state) && !proposes)
    throw new AppError('case_not_editable', { state: caseStateLabel[current.state] });
  if (current.version !== corrects.version)
    throw new AppError('version_conflict', { by: lastEditorName(register, current) });
  const resubmits = current.state === 'DIKEMBALIKAN';
  const settings = currentSettings(register);
  const { household, passive } = readOrRefuse(register, settings, draft.body, resubmits || proposes);
  const known = new Set(current.household.members.map((member) => member.id));
  const idOf = new Map(household.members.map(({ id }) => [id, known.has(id) ? id : newId()]));
  const after = withIds(household, idOf);
  const changes = diffReported(
    { household: current.household, passive: current.passive },
    { household: after, passive },
  );
  const files = listAttachmentsOfDraft(register.db, draft.id);
  const reason = draft.body.correctionNote.trim();
  if (proposes) {
    // What the family says of its consent waits for no lurah.
    const consent = typedConsent(register, current.id, draft.body);
    if (consent !== null) recordConsent(register, actor, { caseId: current.id, kind: consent, reason });
    // A file comes with something that the lurah decides on, or not at all.
    if (consent === null || changes.length > 0 || files.length > 0)
      proposeDataCorrection(register, actor, current, {
        household: after,
        changes,
        reason,
        draft: { id: draft.id, files: files.length },
      });
    // The files stay on the draft until the lurah has decided.
    retire(register, actor, draft, current.id);
    return toRegistered(current, true, draft.body.paperBatchId);
  }
  if (passive !== null && files.length + listAttachmentsOfCase(register.db, current.id).length === 0)
    throw new AppError('evidence_needed');
  const at = instant(register.clock);
  const beside = recordBeside(register, actor, current.id, { draft: draft.body, household: after, idOf });
  const changed = changes.length > 0 || files.length > 0;
  if (changed)
    replaceHousehold(register.db, {
      ...current,
      household: after,
      version: current.version + 1,
      updatedAt: at,
    });
  if (changed || Object.keys(beside).length > 0) {
    if (passive !== null) replacePassiveGrounds(register.db, current.id, passive);
    recordChange(register, actor, current, {
      at,
      payload: {
        perubahan: changes,
        lampiran: files.map(({ id }) => id),
        ...(changed ? { keterangan: describeChanges(changes.length, files.length) } : {}),
        ...beside,
        ...(reason === '' ? {} : { alasan: reason }),
      },
    });
  }
  consume(register, actor, draft, current.id);
  if (resubmits) takeStep(register, actor, { caseId: current.id, action: 'ajukan_ulang', reason });
  return toRegistered(getCase(register, current.id), true, draft.body.paperBatchId);
}

function withIds(household: Household, idOf: ReadonlyMap<string, string>): Household {
  return {
    ...household,
    members: household.members.map((member) => ({ ...member, id: idOf.get(member.id) ?? member.id })),
  };
}

function readOrRefuse(
  register: Register,
  { passiveReasons }: Settings,
  body: DraftHousehold,
  resubmits: boolean,
): { household: Household; passive: PassiveGrounds | null } {
  const { household, passive, findings } = readDraft(body, {
    today: today(register.clock),
    areaName: (code) => register.areas.nameOfNikArea(code),
    passiveReasons,
    resubmits,
  });
  if (household === null) {
    throw new AppError('invalid_household', {
      message: findings.find((finding) => finding.level !== 'warning')?.message ?? '',
    });
  }
  const area = household.address.kelurahan;
  if (!liesIn(area, getOffice(register.db).area) || register.areas.find(area) === null)
    throw new AppError('outside_area');
  return { household, passive };
}

/** The draft is used up, and its files hang on the case now. */
function consume(register: Register, actor: ServiceActor, draft: DraftRecord, caseId: string): void {
  moveLinksToCase(register.db, draft.id, caseId);
  retire(register, actor, draft, caseId);
}

/** The draft is used up: what was typed lives on elsewhere, and whoever typed in it is known at the case. */
function retire(register: Register, actor: ServiceActor, draft: DraftRecord, caseId: string): void {
  setDraftRegistered(register.db, draft.id, caseId, instant(register.clock));
  for (const editor of new Set([...draft.body.editors, ...(actor.id === null ? [] : [actor.id])]))
    addEnterer(register.db, caseId, editor);
}

function describeChanges(fields: number, files: number): string {
  const parts = [
    fields === 0 ? null : `${fields} isian diubah`,
    files === 0 ? null : `${files} lampiran ditambah`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function toRegistered(registered: Case, corrected: boolean, paperBatchId: string | null): Registered {
  return {
    caseId: registered.id,
    number: registered.number,
    state: registered.state,
    mode: registered.mode,
    corrected,
    paperBatchId,
  };
}
