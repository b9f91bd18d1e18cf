import type { Correction } from '../../shared/contract/period.ts';
import { stepOfCorrection } from '../../shared/domain/case-flow.ts';
import { Household, inspectHousehold } from '../../shared/domain/household.ts';
import { type FieldChange, diffReported } from '../../shared/domain/household-diff.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { isVisitPath, VisitEdit } from '../../shared/domain/visit-amendment.ts';
import { AppError } from '../../shared/errors.ts';
import { describeField } from '../../shared/provincial/field-words.ts';
import {
  diffFields,
  type FieldEdit,
  readField,
  sameValue,
  writeField,
} from '../../shared/provincial/merge.ts';
import { instant } from '../clock.ts';
import { replaceHousehold } from '../store/cases.ts';
import { findCorrectionEdits, insertCorrection } from '../store/corrections.ts';
import { appendEvent } from '../store/journal.ts';
import { getCase, takeStep } from './case-steps.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { carryOutVisitEdits } from './visit-amendment.ts';

/**
 * A correction of what was legalised, field by field: it changes nothing until a lurah who did not
 * type it approves it, and then goes to the province as a record of its own.
 *
 * @throws AppError `correction_empty`, `reason_needed`.
 */
export function proposeDataCorrection(
  register: Register,
  actor: ServiceActor,
  current: Case,
  { household, ...proposal }: { household: Household } & Omit<Proposal, 'edits'>,
): void {
  const edits = diffFields(rootOf(current.household), rootOf(household));
  proposeEdits(register, actor, current, { ...proposal, edits });
}

interface Proposal {
  edits: readonly FieldEdit[];
  changes: readonly FieldChange[];
  reason: string;
  /** The draft it was typed in, whose files (so many) wait for the decision as it does; null where it was none. */
  draft: { id: string; files: number } | null;
}

/** Puts a correction before the lurah, in the caller's transaction. @throws AppError as {@link proposeDataCorrection}. */
export function proposeEdits(
  register: Register,
  actor: ServiceActor,
  current: Case,
  { edits, changes, reason, draft }: Proposal,
): string {
  const proposedBy = actor.id;
  if (proposedBy === null) throw new AppError('not_logged_in');
  if (edits.length === 0) throw new AppError('correction_empty');
  if (reason === '') throw new AppError('reason_needed');
  const id = newId();
  const proposedAt = instant(register.clock);
  insertCorrection(register.db, {
    id,
    caseId: current.id,
    subject: subjectOf(changes),
    before: textOf(changes, 'before'),
    after: textOf(changes, 'after'),
    reason,
    edits,
    lifeEvent: null,
    draftId: draft?.id ?? null,
    proposedAt,
    proposedBy,
  });
  appendEvent(register.db, {
    at: proposedAt,
    actor: { id: proposedBy, role: actor.role },
    type: 'perbaikan_diajukan',
    caseId: current.id,
    payload: {
      perbaikan: id,
      perubahan: changes,
      alasan: reason,
      keterangan: `${changes.length} isian${draft === null || draft.files === 0 ? '' : `, ${draft.files} lampiran`}`,
    },
  });
  return id;
}

/**
 * Carries an approved correction out: sets the fields and puts the record into the outbox, in the
 * caller's transaction. A note in words changes nothing.
 *
 * @throws AppError `correction_outdated` where a field is no longer what was corrected.
 */
export function carryOut(register: Register, actor: ServiceActor, correction: Correction): void {
  const all = findCorrectionEdits(register.db, correction.id);
  if (all === null) return;
  const current = getCase(register, correction.caseId);
  const changes = all.some(({ path }) => isVisitPath(path))
    ? carryOutVisitEdits(register, current, VisitEdit.array().parse(all))
    : carryOutEdits(register, current, all);
  takeStep(register, actor, {
    caseId: current.id,
    action: stepOfCorrection(current.state),
    reason: correction.reason,
    correction: { id: correction.id, proposedAt: correction.proposedAt },
    payload: { perbaikan: correction.id, perubahan: changes },
  });
}

/** Sets fields of the household; returns the changes in words. */
function carryOutEdits(register: Register, current: Case, edits: readonly FieldEdit[]): FieldChange[] {
  const root = rootOf(current.household);
  const stale = edits.find(({ path, before, after }) => {
    const now = readField(root, path) ?? null;
    return !sameValue(now, before ?? null) && !sameValue(now, after ?? null);
  });
  if (stale)
    throw new AppError('correction_outdated', { field: describeField(stale.path, current.household) });
  const household = householdOf(
    edits.reduce<unknown>((value, { path, after }) => writeField(value, path, after), root),
  );
  const wrong = inspectHousehold(household).find(({ level }) => level === 'error');
  if (wrong) throw new AppError('invalid_household', { message: wrong.message });
  const changes = diffReported({ household: current.household, passive: null }, { household, passive: null });
  replaceHousehold(register.db, {
    ...current,
    household,
    version: current.version + 1,
    updatedAt: instant(register.clock),
  });
  return changes;
}

/** The household in the shape of the wire, so that a path means the same in both. */
function rootOf({ members, ...household }: Household): unknown {
  return { household, members };
}

function householdOf(root: unknown): Household {
  return Household.parse({
    ...Object(readField(root, 'household')),
    members: readField(root, 'members'),
  });
}

function subjectOf(changes: readonly FieldChange[]): string {
  const [first, ...others] = changes;
  if (first === undefined) return 'Data keluarga';
  return (others.length === 0 ? `${first.label}, ${first.group}` : `${changes.length} isian`).slice(0, 80);
}

/** One side of the changes in words; what was not there on it, or is no more, is left out. */
export function textOf(changes: readonly FieldChange[], side: 'before' | 'after'): string {
  return changes
    .flatMap((change) => (change[side] === null ? [] : [`${change.label}: ${change[side]}`]))
    .join('; ')
    .slice(0, 500);
}
