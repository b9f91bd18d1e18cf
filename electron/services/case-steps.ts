import {
  type CaseAction,
  type CaseState,
  type Edge,
  findEdge,
  type Need,
} from '../../shared/domain/case-flow.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { isStepAfterClosing } from '../../shared/domain/period-close.ts';
import { periodNamed } from '../../shared/domain/period.ts';
import { roleLabel } from '../../shared/domain/role.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { findAccount } from '../store/accounts.ts';
import { findCase, isEnterer, setCaseResult, setCaseState } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { listOpenTasksOfCase, setTaskDone } from '../store/down.ts';
import { revokeIdentification } from '../store/identification.ts';
import { appendEvent } from '../store/journal.ts';
import { clearVerdict, findVerdictMeeting, hasOpenObjection } from '../store/muskel.ts';
import { isPeriodClosed } from '../store/periods.ts';
import { refuseUndecided } from './clashes.ts';
import type { Register, ServiceActor } from './register.ts';
import { type ApprovedCorrection, enqueue, toldBy } from './sync-queue.ts';

export interface Step {
  caseId: string;
  action: CaseAction;
  reason?: string | null;
  /** Which of the edges that return; the calling service knows where the case came from. */
  to?: CaseState;
  /** The version the actor saw; left out by services that read the case in the same transaction. */
  version?: number;
  /** Needs of the edge that the calling service has made sure of. */
  met?: readonly Need[];
  /** The correction record that the step carries out. */
  correction?: ApprovedCorrection;
  /** The objection by whose answer a verdict is revoked that was legalised before. */
  objection?: string;
  /** Further facts for the history; JSON-safe, may hold personal data. */
  payload?: Record<string, unknown>;
}

export interface StepTaken {
  case: Case;
  eventId: string;
}

const needLabel: Record<Need, string> = {
  pencocokan_diputuskan: 'pencocokan dengan daftar acuan belum diputuskan',
  petugas_lapangan: 'petugas lapangan belum dipilih',
  hasil_kunjungan: 'hasil kunjungan belum lengkap',
};

/**
 * Takes one step of a case along the table of edges: checks who, why and what is needed, moves the
 * case and writes the event, all in one transaction. Every change of state goes through here.
 *
 * @throws AppError `not_found`, `version_conflict`, `step_not_possible`, `step_not_yours`,
 * `step_by_enterer`, `reason_needed`, `step_needs`, `period_closed`,
 * `objection_open`, `muskel_legalised`, `clash_open`.
 */
export function takeStep(register: Register, actor: ServiceActor, step: Step): StepTaken {
  return transaction(register.db, () => {
    const current = getCase(register, step.caseId);
    if (step.version !== undefined && step.version !== current.version) {
      throw new AppError('version_conflict', { by: lastEditorName(register, current) });
    }
    const edge = checkStep(register, actor, current, step);
    const at = instant(register.clock);
    setCaseState(register.db, current.id, edge.to, at);
    if (step.action === 'batalkan_identifikasi') {
      setCaseResult(register.db, current.id, null);
      revokeIdentification(register.db, current.id, at);
    }
    if (step.action === 'batalkan_muskel') revokeVerdict(register, current.id, step.objection);
    const eventId = appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: step.action,
      caseId: current.id,
      fromState: current.state,
      toState: edge.to,
      payload: { ...step.payload, ...(step.reason ? { alasan: step.reason } : {}) },
    });
    // Read again only where more than the state was moved.
    const moved = revokes.includes(step.action)
      ? getCase(register, current.id)
      : { ...current, state: edge.to, updatedAt: at };
    const told = toldBy(register, moved, step.action, step.reason ?? '', step.correction ?? null);
    if (told?.kind === 'case.retracted') refuseUndecided(register, current.id);
    if (told !== null) {
      enqueue(register, moved, eventId, told);
      if (step.action !== 'selesaikan_pertentangan') answerTasks(register, current.id, at);
    }
    return { case: told === null ? moved : getCase(register, moved.id), eventId };
  });
}

/** What the province asked to be mended is answered by what a person has sent, and by no choice between two values. */
function answerTasks({ db }: Register, caseId: string, at: string): void {
  for (const task of listOpenTasksOfCase(db, caseId))
    setTaskDone(db, task, { by: null, at, note: 'Dijawab dengan catatan baru' });
}

/** Steps that take back more of a case than its state. */
const revokes: readonly CaseAction[] = ['batalkan_identifikasi', 'batalkan_muskel'];

/** @throws AppError `not_found`. */
export function getCase(register: Pick<Register, 'db'>, caseId: string): Case {
  const found = findCase(register.db, caseId);
  if (found === null) throw new AppError('not_found');
  return found;
}

function checkStep(
  register: Register,
  actor: ServiceActor,
  current: Pick<Case, 'id' | 'state' | 'periodId' | 'result'>,
  step: Step,
): Edge {
  const edge = findEdge(current.state, step.action, step.to);
  if (edge === null) {
    throw new AppError('step_not_possible', {
      action: caseActionLabel[step.action],
      state: caseStateLabel[current.state],
    });
  }
  if (!edge.by.includes(actor.role)) {
    throw new AppError('step_not_yours', {
      roles: edge.by.map((role) => (role === 'sistem' ? 'sistem' : roleLabel[role])).join(', '),
    });
  }
  if (
    actor.role !== 'sistem' &&
    !isStepAfterClosing(step.action) &&
    isPeriodClosed(register.db, current.periodId)
  ) {
    throw new AppError('period_closed', { period: periodNamed(current.periodId, []).name });
  }
  if (heldByObjection.includes(step.action) && hasOpenObjection(register.db, current.id))
    throw new AppError('objection_open');
  if (
    step.action === 'tugaskan' &&
    (findVerdictMeeting(register.db, current.id)?.state ?? 'disahkan') !== 'disahkan'
  )
    throw new AppError('step_needs', { need: 'hasil muskel belum disahkan lurah' });
  if (edge.notByEnterer && actor.id !== null && isEnterer(register.db, current.id, actor.id))
    throw new AppError('step_by_enterer');
  if (edge.reason && (step.reason ?? '').trim() === '') throw new AppError('reason_needed');
  // Closed before it was ever identified: it goes back to where it was, and not beyond.
  if (step.action === 'buka_kembali' && current.result === null)
    throw new AppError('step_needs', { need: 'penutupannya karena peristiwa keluarga dibatalkan di berkas' });
  if (edge.needs !== undefined && !(step.met ?? []).includes(edge.needs)) {
    throw new AppError('step_needs', { need: needLabel[edge.needs] });
  }
  return edge;
}

/** What a case may not do while somebody's objection to its verdict waits for an answer. */
const heldByObjection: readonly CaseAction[] = ['tugaskan', 'tutup', 'sahkan'];

/** A verdict leaves its agenda with the step; once the meeting is over, only an objection revokes it. */
function revokeVerdict(register: Register, caseId: string, objection: string | undefined): void {
  const meeting = findVerdictMeeting(register.db, caseId);
  if (meeting === null) return;
  if (meeting.state !== 'berlangsung' && objection === undefined) throw new AppError('muskel_legalised');
  clearVerdict(register.db, meeting.muskelId, caseId);
}

/** Who changed the case last; the reported data's last event names them. */
export function lastEditorName(register: Register, current: Case): string {
  return findAccount(register.db, current.registeredBy)?.name ?? 'rekan lain';
}
