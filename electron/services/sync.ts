import type { ConnectionState, OutboxItem, OutboxPart, SyncStatus } from '../../shared/contract/sync.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { makeFilesDue, readAttachmentTotals } from '../store/attachment-push.ts';
import { forgetRecapRefusals } from '../store/recap-receipts.ts';
import { countNumbersLeft, hasPools } from '../store/province-numbers.ts';
import { findLinkRecord } from '../store/office-link.ts';
import { makeAllDue, makeDue } from '../store/sync.ts';
import { listOutbox, listOutboxOfCase, type OutboxView, readTotals } from '../store/sync-views.ts';
import type { Connection } from '../sync/push.ts';
import { countAttention, patientSince } from './attention.ts';
import { labelOfField } from './attention-place.ts';
import { standingTrouble } from './down-trouble.ts';
import { countFailing, lookAtDamaged } from './failing-files.ts';
import { proofMark } from './proof.ts';
import type { Register } from './register.ts';
import { holdingOf } from './settings.ts';
import { countFailed, isDownRefused, tryFailedAgain } from './sync-news.ts';
import { sentenceOfConnection, sentenceOfItem } from './sync-sentences.ts';

/** Clocks may differ this much before anyone is told. */
const clockTolerance = 5 * 60_000;

export function syncStatus(register: Register): SyncStatus {
  const link = findLinkRecord(register.db);
  const connection = connectionOf(register);
  const clockOff = connection.clockOff ?? 0;
  return {
    province: link === null ? null : { address: link.address, enrolledAt: link.enrolledAt },
    connection: stateOf(connection),
    sentence: sentenceOfConnection(connection),
    lastContactAt: connection.lastContactAt,
    ...readTotals(register.db),
    files: {
      ...readAttachmentTotals(register.db),
      failing: countFailing(register, patientSince(register)).files,
    },
    numbersLeft: hasPools(register.db) ? countNumbersLeft(register.db) : null,
    downRefused: isDownRefused(register),
    downFailed: countFailed(register),
    downTrouble: standingTrouble(register),
    proof: proofMark(register),
    attention: countAttention(register),
    clockOffMinutes: Math.abs(clockOff) > clockTolerance ? -Math.round(clockOff / 60_000) : null,
  };
}

export function pageOfOutbox(
  register: Register,
  part: OutboxPart,
  offset: number,
  limit: number,
): { total: number; rows: OutboxItem[] } {
  const { total, rows } = listOutbox(register.db, part, { ...holdingOf(register), offset, limit });
  const connection = connectionOf(register);
  return { total, rows: rows.map((row) => toItem(register, row, connection)) };
}

export function outboxOfCase(register: Register, caseId: string): OutboxItem[] {
  const connection = connectionOf(register);
  return listOutboxOfCase(register.db, caseId, holdingOf(register)).map((row) =>
    toItem(register, row, connection),
  );
}

/** Sends what waits now, whatever wait was under way, and tries once more what was refused, or came down and failed. @throws AppError `not_enrolled`. */
export function retryNow(register: Register): SyncStatus {
  if (findLinkRecord(register.db) === null) throw new AppError('not_enrolled');
  transaction(register.db, () => {
    makeAllDue(register.db, instant(register.clock));
    makeFilesDue(register.db, instant(register.clock));
    forgetRecapRefusals(register.db);
  });
  tryFailedAgain(register);
  for (const _ of lookAtDamaged(register));
  register.push?.retryNow();
  return syncStatus(register);
}

/** As {@link retryNow}, of one item; the others keep their turn. @throws AppError `not_enrolled`, `not_found` where it waits no more. */
export function retryItem(register: Register, itemId: string): SyncStatus {
  if (findLinkRecord(register.db) === null) throw new AppError('not_enrolled');
  if (!transaction(register.db, () => makeDue(register.db, itemId, instant(register.clock))))
    throw new AppError('not_found');
  register.push?.retryNow();
  return syncStatus(register);
}

export function connectionOf(register: Register): Connection {
  return (
    register.push?.connection() ?? {
      state: 'checking',
      lastContactAt: null,
      silence: null,
      refusal: null,
      clockOff: null,
    }
  );
}

function stateOf(connection: Connection): ConnectionState {
  switch (connection.state) {
    case 'not_enrolled':
      return 'belum_terdaftar';
    case 'checking':
      return 'memeriksa';
    case 'online':
      return 'tersambung';
    case 'offline':
      return 'terputus';
    case 'refused':
      return 'ditolak';
    default:
      return assertNever(connection.state);
  }
}

function toItem(register: Register, view: OutboxView, connection: Connection): OutboxItem {
  const { id, caseId, number, headName, rt, rw, state, tries, updatedAt, hash, receipt } = view;
  const waits = state === 'menunggu' || state === 'ditahan';
  return {
    id,
    caseId,
    number,
    headName,
    rt,
    rw,
    state,
    sentence: sentenceOfItem(view, connection),
    field: labelOfField(register, caseId, view.problem?.field ?? null),
    tries,
    toMend: view.awaitsMend,
    queuedAt: view.createdAt,
    updatedAt,
    hash,
    mayRetry: waits && !view.held,
    courier: waits ? view.courier : null,
    receipt,
    sharing: view.sharing,
  };
}
