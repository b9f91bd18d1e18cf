import type {
  ApprovalDetail,
  ApprovalInbox,
  ApprovalItem,
  VisitFindings,
} from '../../shared/contract/approval.ts';
import type { StepOutcome } from '../../shared/contract/cases.ts';
import {
  type ApprovalKind,
  type Decision,
  decisionLabel,
  needsReason,
  stepsOfDecision,
  waitingForLurah,
} from '../../shared/domain/approval.ts';
import { CaseAction, CaseState } from '../../shared/domain/case-flow.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import { FieldChange, foldChanges } from '../../shared/domain/household-diff.ts';
import { AppError } from '../../shared/errors.ts';
import { findWaiting, listWaiting, type WaitingCase } from '../store/approval.ts';
import { listAttachmentsOfCase } from '../store/attachments.ts';
import { findAccount } from '../store/accounts.ts';
import { countByState } from '../store/case-list.ts';
import { transaction } from '../store/connection.ts';
import { type JournalEntry, listCaseEvents } from '../store/journal.ts';
import {
  type InstrumentSource,
  instrumentSource,
  isVisitCorrection,
  visitFindings,
} from './approval-visit.ts';
import { noteOpened, requireSampleOpened } from './approval-sample.ts';
import { getCase, takeStep } from './case-steps.ts';
import type { Register, ServiceActor } from './register.ts';

/**
 * One page of what waits for the lurah, longest waiting first: of the kind that is asked for, else of
 * the first of which something waits.
 */
export function approvalInbox(
  register: Register,
  actor: ServiceActor,
  page: { kind: ApprovalKind | null; offset: number; limit: number },
): ApprovalInbox {
  const byState = countByState(register.db);
  const totalOf = (kind: ApprovalKind) =>
    statesOfKind(kind).reduce((sum, state) => sum + (byState[state] ?? 0), 0);
  const totals = { pendaftaran: totalOf('pendaftaran'), hasil: totalOf('hasil') };
  const kind = page.kind ?? (totals.pendaftaran === 0 && totals.hasil > 0 ? 'hasil' : 'pendaftaran');
  const instruments = instrumentSource(register);
  const rows = listWaiting(register.db, statesOfKind(kind), { ...page, accountId: actor.id ?? '' }).map(
    (waiting) => toItem(register, waiting, readSince(register, waiting.caseId), instruments),
  );
  return { kind, totals, rows };
}

function statesOfKind(kind: ApprovalKind): CaseState[] {
  return CaseState.options.filter((state) => waitingForLurah[state]?.kind === kind);
}

/** @throws AppError `not_found`, also where the case does not wait for the lurah (any more). */
export function approvalDetail(register: Register, actor: ServiceActor, caseId: string): ApprovalDetail {
  const waiting = findWaiting(register.db, caseId, actor.id ?? '');
  if (waiting === null || waitingForLurah[waiting.state] === undefined) throw new AppError('not_found');
  noteOpened(register, actor, waiting.lastEventId);
  const since = readSince(register, caseId);
  const instruments = instrumentSource(register);
  const current = getCase(register, caseId);
  return {
    item: toItem(register, waiting, since, instruments),
    case: current,
    registeredByName: findAccount(register.db, current.registeredBy)?.name ?? '',
    kelurahanName:
      register.areas.find(current.household.address.kelurahan)?.name ?? current.household.address.kelurahan,
    changes: since.decision === null ? null : since.changes,
    lastDecision: since.decision === null ? null : describeDecision(since.decision),
    answer: since.answer,
    attachments: listAttachmentsOfCase(register.db, caseId).map((file) => ({
      ...file,
      isNew: since.decision !== null && since.files.has(file.id),
    })),
    visit: visitFindings(register, current, since.events, instruments),
  };
}

/**
 * Takes the steps of a decision, all or none, each as an event of its own.
 *
 * @throws AppError `version_conflict` when the case is no longer what was seen, `step_not_possible`,
 * `reason_needed`, and what `takeStep` throws (`step_by_enterer` above all).
 */
export function decide(
  register: Register,
  actor: ServiceActor,
  input: { caseId: string; seen: string; decision: Decision; reason: string | null },
): CaseState {
  return transaction(register.db, () => {
    const current = getCase(register, input.caseId);
    const last = listCaseEvents(register.db, current.id).findLast((event) => event.fromState !== null);
    if (last !== undefined && last.id !== input.seen)
      throw new AppError('version_conflict', { by: last.actorName ?? 'rekan lain' });
    const steps = stepsOfDecision(current.state, input.decision);
    if (steps === null) {
      throw new AppError('step_not_possible', {
        action: decisionLabel(current.state, input.decision),
        state: caseStateLabel[current.state],
      });
    }
    const reason = input.reason?.trim() ?? '';
    if (needsReason(input.decision) && reason === '') throw new AppError('reason_needed');
    return steps.reduce(
      (_, action) => takeStep(register, actor, { caseId: current.id, action, reason }).case.state,
      current.state,
    );
  });
}

/**
 * Approves each on its own: one that is refused says why and holds up none of the others.
 *
 * @throws AppError `sample_unopened` before anything is approved.
 */
export function approveAll(
  register: Register,
  actor: ServiceActor,
  items: readonly { caseId: string; seen: string }[],
): StepOutcome[] {
  requireSampleOpened(register, actor, items);
  return items.map(({ caseId, seen }) => {
    const number = findWaiting(register.db, caseId, actor.id ?? '')?.number ?? '';
    try {
      return {
        caseId,
        number,
        done: true,
        state: decide(register, actor, { caseId, seen, decision: 'setujui', reason: null }),
        problem: null,
      };
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      return { caseId, number, done: false, state: null, problem: cause.message };
    }
  });
}

/** What happened on a case since a lurah last decided on it. */
interface Since {
  /** The whole history, oldest first. */
  events: JournalEntry[];
  decision: JournalEntry | null;
  changes: FieldChange[];
  files: Set<string>;
  answer: string | null;
}

/** Events that change what the family reported; each holds its list of changes. */
const dataEvents = ['data_diubah', 'berkas_digabung', 'berkas_dipisahkan'];

function readSince(register: Register, caseId: string): Since {
  const events = listCaseEvents(register.db, caseId);
  const decided = events.findLastIndex(
    (event) => event.actorRole === 'lurah' && event.fromState !== event.toState,
  );
  const later = events.slice(decided + 1);
  // What a visit corrected is shown with the visit.
  const edits = later.filter((event) => dataEvents.includes(event.type) && !isVisitCorrection(event));
  return {
    events,
    decision: events[decided] ?? null,
    changes: foldChanges(
      edits.map((event) => FieldChange.array().safeParse(event.payload?.['perubahan']).data ?? []),
    ),
    files: new Set(edits.flatMap((event) => readFiles(event))),
    answer: textOf(
      later.findLast((event) => event.type === 'ajukan_ulang'),
      'alasan',
    ),
  };
}

function readFiles(event: JournalEntry): string[] {
  const files = event.payload?.['lampiran'];
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}

function textOf(event: JournalEntry | undefined, key: string): string | null {
  const value = event?.payload?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function describeDecision(event: JournalEntry): ApprovalDetail['lastDecision'] {
  const action = CaseAction.safeParse(event.type);
  return {
    label: action.success ? caseActionLabel[action.data] : event.type,
    at: event.at,
    by: event.actorName,
    reason: textOf(event, 'alasan'),
  };
}

function toItem(
  register: Register,
  waiting: WaitingCase,
  since: Since,
  instruments: InstrumentSource,
): ApprovalItem {
  const kind = waitingForLurah[waiting.state]?.kind ?? 'hasil';
  return {
    caseId: waiting.caseId,
    seen: waiting.lastEventId,
    kind,
    number: waiting.number,
    state: waiting.state,
    mode: waiting.mode,
    result: waiting.result,
    headName: waiting.headName,
    street: waiting.street,
    rt: waiting.rt,
    rw: waiting.rw,
    members: waiting.members,
    waitingSince: waiting.waitingSince,
    seenBefore: since.decision !== null,
    news:
      kind === 'pendaftaran'
        ? registrationNews(waiting, since)
        : resultNews(register, waiting, since, instruments),
    enteredByMe: waiting.enteredByAsker,
  };
}

function registrationNews(waiting: WaitingCase, since: Since): string {
  const grounds =
    waiting.passive === null
      ? ''
      : `${waiting.passive.reason}, diusulkan ${waiting.passive.proposer} (${waiting.passive.proposerRole})`;
  if (since.decision === null) return grounds;
  const parts = [
    since.changes.length === 0 ? null : `${since.changes.length} isian diubah`,
    since.files.size === 0 ? null : `${since.files.size} lampiran baru`,
  ].filter((part) => part !== null);
  return `Diajukan ulang: ${parts.length === 0 ? 'tanpa perubahan data' : parts.join(', ')}`;
}

function resultNews(
  register: Register,
  waiting: WaitingCase,
  since: Since,
  instruments: InstrumentSource,
): string {
  const visit = visitFindings(register, getCase(register, waiting.caseId), since.events, instruments);
  if (visit === null) return 'Hasil kunjungan tidak ditemukan';
  const corrected =
    visit.corrections.length === 0 ? '' : `; ${visit.corrections.length} isian keluarga diperbaiki`;
  return `${visit.resultLabel}, ${answerNews(visit)}${corrected}`;
}

function answerNews({
  changes,
  compared,
  differences,
}: Pick<VisitFindings, 'changes' | 'compared' | 'differences'>): string {
  if (changes !== null) return `${changes.length} jawaban diubah sejak kunjungan sebelumnya`;
  if (!compared) return 'tidak ada di daftar acuan';
  return differences.length === 0
    ? 'sama dengan daftar acuan'
    : `${differences.length} jawaban berbeda dari daftar acuan`;
}
