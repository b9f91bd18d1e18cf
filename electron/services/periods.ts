import type { ClosingPlan, PeriodInfo } from '../../shared/contract/period.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { deadlinesOf, type FixedDeadlines, inspectDeadlines } from '../../shared/domain/calendar.ts';
import { type Period, periodAfter, periodNamed, periodOf } from '../../shared/domain/period.ts';
import { settledStates } from '../../shared/domain/period-close.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { listMuskel } from '../store/muskel.ts';
import {
  carryCases,
  countStatesOfPeriod,
  findPeriod,
  isPeriodClosed,
  listClosedPeriodIds,
  markClosed,
  writeDeadlines,
} from '../store/periods.ts';
import { countRecapCells, listPeriodIds } from '../store/recap.ts';
import { findRecapReceivedAt, findRecapRefusal } from '../store/recap-receipts.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** The period that work of today belongs to: the calendar's, or the next one once that was closed. */
export function runningPeriod(
  register: Register,
  { periodMonths }: Pick<Settings, 'periodMonths'> = currentSettings(register),
): Period {
  let period = periodOf(today(register.clock), periodMonths);
  while (isPeriodClosed(register.db, period.id)) period = periodAfter(period, periodMonths);
  return period;
}

/** The running period, those that hold a case and those that were closed; newest first. */
export function knownPeriods(register: Register): Period[] {
  const { periodMonths } = currentSettings(register);
  const ids = new Set([
    runningPeriod(register).id,
    ...listPeriodIds(register.db),
    ...listClosedPeriodIds(register.db),
  ]);
  return [...ids]
    .sort()
    .reverse()
    .map((id) => periodNamed(id, periodMonths));
}

export function listPeriods(register: Register): PeriodInfo[] {
  return knownPeriods(register).map((period) => describePeriod(register, period));
}

export function describePeriod(register: Register, period: Period): PeriodInfo {
  const kept = findPeriod(register.db, period.id);
  return {
    period,
    running: period.id === runningPeriod(register).id,
    deadlines: deadlinesOf(period, currentSettings(register).calendar, kept?.deadlines ?? {}),
    cases: countStatesOfPeriod(register.db, period.id).reduce((sum, { count }) => sum + count, 0),
    closed:
      kept?.closed == null
        ? null
        : {
            at: kept.closed.at,
            byName: kept.closed.byName,
            carried: kept.closed.closing.carried,
            carriedTo: kept.closed.closing.carriedTo,
            reportedAt: findRecapReceivedAt(register.db, period.id),
            recapRefusal: findRecapRefusal(register.db, period.id),
          },
  };
}

/**
 * Gives a period last days of its own; a stage that is left out follows the calendar again.
 *
 * @throws AppError `period_closed`, `deadline_wrong`.
 */
export function setDeadlines(
  register: Register,
  actor: ServiceActor,
  input: { periodId: string; deadlines: FixedDeadlines },
): PeriodInfo {
  const { calendar, periodMonths } = currentSettings(register);
  const period = periodNamed(input.periodId, periodMonths);
  refuseClosed(register, period);
  const [wrong] = inspectDeadlines(period, deadlinesOf(period, calendar, input.deadlines));
  if (wrong !== undefined) throw new AppError('deadline_wrong', { message: wrong.message });
  return transaction(register.db, () => {
    writeDeadlines(register.db, period.id, input.deadlines);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'kalender_diubah',
      payload: { periode: period.id, batas: input.deadlines },
    });
    return describePeriod(register, period);
  });
}

export function closingPlan(register: Register, periodId: string): ClosingPlan {
  const { periodMonths } = currentSettings(register);
  const period = periodNamed(periodId, periodMonths);
  const counts = countStatesOfPeriod(register.db, periodId);
  return {
    period,
    next: periodAfter(period, periodMonths),
    settled: counts
      .filter(({ state }) => settledStates.includes(state))
      .reduce((sum, { count }) => sum + count, 0),
    carried: counts.filter(({ state }) => !settledStates.includes(state)),
    obstacles: obstaclesOf(register, period),
  };
}

/**
 * Closes a period for good. What is unfinished is carried on into the next period, each case with an
 * event of its own; what is finished stays as it is, and the period keeps its numbers.
 *
 * @throws AppError `period_closed`, `period_not_closable`, `not_logged_in`.
 */
export function closePeriod(register: Register, actor: ServiceActor, periodId: string): PeriodInfo {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const { period, next, obstacles } = closingPlan(register, periodId);
    refuseClosed(register, period);
    const [obstacle] = obstacles;
    if (obstacle !== undefined) throw new AppError('period_not_closable', { obstacle });
    const at = instant(register.clock);
    const carried = carryCases(register.db, {
      from: period.id,
      to: next.id,
      settled: settledStates,
      at,
    });
    for (const caseId of carried) {
      appendEvent(register.db, {
        at,
        actor: { id: by, role: actor.role },
        type: 'dibawa_ke_periode',
        caseId,
        payload: { keterangan: `Dari ${period.name} ke ${next.name}` },
      });
    }
    const cells = countRecapCells(register.db, period.id);
    markClosed(register.db, {
      id: period.id,
      at,
      by,
      closing: { cells, carried: carried.length, carriedTo: next.id },
    });
    appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: 'periode_ditutup',
      payload: { periode: period.id, rekap: cells, dibawa: carried.length },
    });
    return describePeriod(register, period);
  });
}

/** @throws AppError `period_closed`. */
export function refuseClosed(register: Register, period: Period): void {
  if (isPeriodClosed(register.db, period.id)) throw new AppError('period_closed', { period: period.name });
}

function obstaclesOf(register: Register, period: Period): string[] {
  const open = knownPeriods(register).find(
    (other) => other.id < period.id && !isPeriodClosed(register.db, other.id),
  );
  const meetings = listMuskel(register.db).filter(({ periodId }) => periodId === period.id);
  const unfinished = meetings.filter(({ state }) => state !== 'disahkan').length;
  const objections = meetings.reduce((sum, { openObjections }) => sum + openObjections, 0);
  return [
    unfinished === 0 ? null : `${unfinished} muskel belum disahkan.`,
    objections === 0 ? null : `${objections} sanggahan belum dijawab.`,
    period.start > today(register.clock) ? `${period.name} belum dimulai.` : null,
    open === undefined ? null : `${open.name} belum ditutup; tutup dahulu yang lebih lama.`,
  ].filter((sentence) => sentence !== null);
}
