import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { SpotCheckDetail, spotCheckContract } from '../../shared/contract/spot-check.ts';
import { type QuestionGroup, questionsOf } from '../../shared/domain/instrument.ts';
import type { Answers } from '../../shared/domain/answers.ts';
import {
  countConfirmations,
  emptySpotCheck,
  inspectConfirmation,
  officerRatingLabel,
  type SpotCheckEntry,
} from '../../shared/domain/spot-check.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import {
  findSpotCheck,
  insertSpotCheck,
  listDrawable,
  listSpotChecks,
  type SpotCheckRecord,
  updateSpotCheck,
} from '../store/spot-check.ts';
import { getCase } from './case-steps.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

export function listChecks(register: Register): z.infer<typeof spotCheckContract.list.output> {
  const drawable = new Map<string, number>();
  for (const { enumerator } of listDrawable(register.db))
    drawable.set(enumerator, (drawable.get(enumerator) ?? 0) + 1);
  return {
    checks: listSpotChecks(register.db),
    drawable: [...drawable]
      .map(([enumerator, visits]) => ({ enumerator, visits }))
      .toSorted((left, right) => left.enumerator.localeCompare(right.enumerator, 'id')),
  };
}

/**
 * Draws visits to be made again. The program draws, not the supervisor, so that nobody can be spared
 * or picked on; the draw stands in the history of each case.
 *
 * @throws AppError `spot_check_nobody` where no visit is left to draw.
 */
export function drawChecks(
  register: Register,
  actor: ServiceActor,
  input: { count: number; enumerator: string | null },
): { drawn: number } {
  const drawnBy = accountOf(actor);
  return transaction(register.db, () => {
    const left = listDrawable(register.db).filter(
      ({ enumerator }) => input.enumerator === null || enumerator === input.enumerator,
    );
    if (left.length === 0) throw new AppError('spot_check_nobody');
    const drawn = Math.min(input.count, left.length);
    const drawnAt = instant(register.clock);
    for (let turn = 0; turn < drawn; turn += 1) {
      const [visit] = left.splice(randomInt(left.length), 1);
      if (visit === undefined) break;
      insertSpotCheck(register.db, { id: newId(), ...visit, drawnAt, drawnBy, entry: emptySpotCheck });
      note(register, actor, 'uji_petik_diundi', visit.caseId, `petugas ${visit.enumerator}`);
    }
    return { drawn };
  });
}

/** @throws AppError `not_found`. */
export function readCheck(register: Register, checkId: string): SpotCheckDetail {
  const check = getCheck(register, checkId);
  return { check, lines: linesOf(register, check) };
}

/**
 * Saves a second visit as typed so far; finished, it stands in the history of the case with how many
 * answers agreed, for whoever approves the result.
 *
 * @throws AppError `not_found`, `version_conflict`, `spot_check_done`, `spot_check_own` where the
 * checker made or typed the first visit, `spot_check_incomplete`.
 */
export function saveCheck(
  register: Register,
  actor: ServiceActor,
  input: { checkId: string; version: number; entry: SpotCheckEntry; done: boolean },
): { version: number } {
  const by = accountOf(actor);
  return transaction(register.db, () => {
    const check = getCheck(register, input.checkId);
    if (check.finishedAt !== null) throw new AppError('spot_check_done');
    if (check.version !== input.version) throw new AppError('version_conflict', { by: 'rekan lain' });
    const at = instant(register.clock);
    if (input.done) {
      if (check.enteredBy === by || sameName(input.entry.checker, check.enumerator))
        throw new AppError('spot_check_own');
      refuseIncomplete(linesOf(register, check), input.entry);
      const { agreed, corrected } = countConfirmations(input.entry);
      const rating = input.entry.rating === null ? '' : officerRatingLabel[input.entry.rating].toLowerCase();
      note(
        register,
        actor,
        'uji_petik_selesai',
        check.caseId,
        `${agreed} sesuai, ${corrected} perbaikan; petugas ${check.enumerator}: ${rating}`,
        { kunjungan_ulang: input.entry },
      );
    }
    updateSpotCheck(register.db, check.id, input.entry, input.done ? { at, by } : null);
    return { version: check.version + 1 };
  });
}

/** @throws AppError `not_found`. */
export function getCheck(register: Register, checkId: string): SpotCheckRecord {
  const check = findSpotCheck(register.db, checkId);
  if (check === null) throw new AppError('not_found');
  return check;
}

/** What the first visit answered, in the order of the paper; nothing while it is sent back. */
export function linesOf(register: Register, check: SpotCheckRecord): SpotCheckDetail['lines'] {
  const visit = findFinishedVisit(register.db, check.caseId);
  // Sent back to the officer, the first visit is nobody's statement until it is finished again.
  if (visit === null || check.state === 'DITUGASKAN') return [];
  const instrument = loadInstrument(shelfOf(register), visit.instrument, visit.instrumentVersion);
  const { members } = getCase(register, check.caseId).household;
  const families = Object.entries(visit.families).toSorted(([left], [right]) => left.localeCompare(right));
  return [
    ...answered(instrument.household, 'household', null, visit.household),
    ...families.flatMap(([no, answers]) =>
      answered(instrument.family, `families.${no}`, families.length > 1 ? `Keluarga ${no}` : null, answers),
    ),
    ...members.flatMap(({ id, name }) =>
      answered(instrument.member, `members.${id}`, name, visit.members[id] ?? {}),
    ),
  ];
}

function answered(
  groups: readonly QuestionGroup[],
  path: string,
  person: string | null,
  answers: Answers,
): SpotCheckDetail['lines'] {
  return groups.flatMap((group) =>
    questionsOf([group]).flatMap((question) => {
      const recorded = answers[question.id] ?? '';
      return recorded === ''
        ? []
        : [{ field: `${path}.${question.id}`, group: person ?? group.title, question, recorded }];
    }),
  );
}

function refuseIncomplete(lines: SpotCheckDetail['lines'], entry: SpotCheckEntry): void {
  const open = lines.filter((line) => inspectConfirmation(line, entry.confirmations[line.field]) !== null);
  const missing = [
    // Sent back meanwhile, there is nothing to confirm.
    lines.length === 0 ? 'hasil kunjungan pertama' : null,
    open.length === 0 ? null : `${open.length} jawaban`,
    entry.checkedOn === null ? 'tanggal kunjungan ulang' : null,
    entry.checker === '' ? 'nama pemeriksa' : null,
    entry.rating === null ? 'penilaian petugas' : null,
  ].filter((part) => part !== null);
  if (missing.length > 0) throw new AppError('spot_check_incomplete', { missing: missing.join(', ') });
}

function sameName(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

function note(
  register: Register,
  actor: ServiceActor,
  type: string,
  caseId: string,
  keterangan: string,
  more: Record<string, unknown> = {},
): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type,
    caseId,
    payload: { keterangan, ...more },
  });
}

function accountOf(actor: ServiceActor): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  return actor.id;
}
