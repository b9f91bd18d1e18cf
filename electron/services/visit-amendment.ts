import type { z } from 'zod';
import type { verificationContract } from '../../shared/contract/verification.ts';
import { correctableStates } from '../../shared/domain/case-flow.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import type { FieldChange } from '../../shared/domain/household-diff.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import {
  amendedVisit,
  readVisit,
  visitChanges,
  VisitEdit,
  visitEdits,
  withVisitEdits,
} from '../../shared/domain/visit-amendment.ts';
import { differencesOf, unexplained } from '../../shared/domain/visit-differences.ts';
import {
  holdingBack,
  inspectVisit,
  type VisitEntry,
  withoutSkipped,
} from '../../shared/domain/visit-entry.ts';
import { householdBeforeVisit, membersAtVisit } from '../../shared/domain/visit-household.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import {
  amendVisit,
  findFinishedVisit,
  findSheet,
  type SheetRecord,
  type VisitRecord,
} from '../store/verification.ts';
import { putAmendment } from '../store/visit-amendment.ts';
import { getCase } from './case-steps.ts';
import { proposeEdits } from './correction-records.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import type { Register, ServiceActor } from './register.ts';

/** What a finished visit is judged on: the questions of its sheet, put to those whom it found. */
interface Ground {
  visit: VisitRecord;
  sheet: SheetRecord;
  instrument: Instrument;
  members: Member[];
}

function groundOf(register: Register, current: Case): Ground | null {
  const visit = findFinishedVisit(register.db, current.id);
  const sheet = visit === null ? null : findSheet(register.db, visit.sheetId);
  if (visit === null || sheet === null) return null;
  const instrument = loadInstrument(shelfOf(register), sheet.instrument, sheet.instrumentVersion);
  const before = householdBeforeVisit(current.household, visit.applied);
  return { visit, sheet, instrument, members: membersAtVisit(before, visit.entry, instrument) };
}

/**
 * Keeps what a person types over the visit of a legalised case, until they put it before the lurah or leave it.
 *
 * @throws AppError `sheet_unknown`, `step_not_possible` where the case is none that is mended by a correction.
 */
export function keepAmendment(
  register: Register,
  actor: ServiceActor,
  { sheetId, edits }: z.infer<typeof verificationContract.keepAmendment.input>,
): { savedAt: string } {
  const accountId = actor.id;
  if (accountId === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const sheet = findSheet(register.db, sheetId);
    if (sheet === null) throw new AppError('sheet_unknown', { code: sheetId });
    if (edits.length > 0) refuseOther(getCase(register, sheet.caseId));
    const at = instant(register.clock);
    putAmendment(register.db, { sheetId, accountId, edits, at });
    return { savedAt: at };
  });
}

function refuseOther({ state }: Case): void {
  if (!correctableStates.includes(state))
    throw new AppError('step_not_possible', {
      action: caseActionLabel.sahkan_perbaikan,
      state: caseStateLabel[state],
    });
}

/**
 * A correction of what the visit of a legalised case found: as one of the household, it changes nothing
 * until a lurah who did not type it approves it, and then goes to the province as a record of its own.
 *
 * @throws AppError `sheet_unknown`, `sheet_void` where a later visit is what counts, `step_not_possible`, `version_conflict`,
 * `answers_incomplete`, `differences_unexplained`, `correction_empty`.
 */
export function proposeVisitCorrection(
  register: Register,
  actor: ServiceActor,
  input: z.infer<typeof verificationContract.proposeCorrection.input>,
): { id: string } {
  return transaction(register.db, () => {
    const asked = findSheet(register.db, input.sheetId);
    if (asked === null) throw new AppError('sheet_unknown', { code: input.sheetId });
    const current = getCase(register, asked.caseId);
    const ground = groundOf(register, current);
    if (!correctableStates.includes(current.state) || ground === null)
      throw new AppError('step_not_possible', {
        action: caseActionLabel.sahkan_perbaikan,
        state: caseStateLabel[current.state],
      });
    const { visit, sheet, instrument, members } = ground;
    if (sheet.id !== asked.id) throw new AppError('sheet_void', { print: sheet.printNo });
    if (visit.version !== input.version) throw new AppError('version_conflict', { by: visit.enteredByName });
    const day = today(register.clock);
    const after = withoutSkipped(
      amendedVisit(visit.entry, input.entry, instrument),
      instrument,
      members,
      day,
    );
    const held = heldBack(after, ground, day);
    if (held > 0) throw new AppError('answers_incomplete', { count: held });
    const differences = differencesOf(after, instrument, members, sheet.content.recorded, day);
    const open = unexplained(differences, after.reasons);
    if (open.length > 0) throw new AppError('differences_unexplained', { count: open.length });
    const edits = visitEdits(visit.entry, after);
    const changes = visitChanges(edits, instrument, members);
    if (changes.length === 0) throw new AppError('correction_empty');
    const id = proposeEdits(register, actor, current, { edits, changes, reason: input.reason, draft: null });
    if (actor.id !== null)
      putAmendment(register.db, {
        sheetId: sheet.id,
        accountId: actor.id,
        edits: [],
        at: instant(register.clock),
      });
    return { id };
  });
}

/**
 * Sets approved answers, in the caller's transaction.
 *
 * @returns the changes in words
 * @throws AppError `correction_outdated` where an answer is no longer what was corrected, or does not go
 * with what was corrected since.
 */
export function carryOutVisitEdits(
  register: Register,
  current: Case,
  edits: readonly VisitEdit[],
): FieldChange[] {
  const ground = groundOf(register, current);
  if (ground === null) throw new AppError('correction_outdated', { field: 'hasil kunjungan' });
  const { visit, instrument, members } = ground;
  for (const edit of edits) {
    const now = readVisit(visit.entry, edit.path);
    if (now === edit.before || now === edit.after) continue;
    const [change] = visitChanges([edit], instrument, members);
    throw new AppError('correction_outdated', { field: change?.label ?? 'hasil kunjungan' });
  }
  const after = withVisitEdits(visit.entry, edits);
  if (heldBack(after, ground, today(register.clock)) > 0)
    throw new AppError('correction_outdated', { field: 'hasil kunjungan' });
  amendVisit(register.db, visit.id, { entry: after, updatedAt: instant(register.clock) });
  return visitChanges(edits, instrument, members);
}

function heldBack(entry: VisitEntry, { instrument, members }: Ground, day: string): number {
  return holdingBack(inspectVisit(entry, instrument, members, day), entry.passes).length;
}
