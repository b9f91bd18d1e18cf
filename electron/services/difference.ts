import { setImmediate as breath } from 'node:timers/promises';
import type {
  ChangeFilter,
  ChangePlace,
  ChangeRow,
  DifferenceInfo,
  DifferenceProgress,
  NamedList,
  StageInput,
} from '../../shared/contract/difference.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { type Job, progressOf } from '../jobs/job-pool.ts';
import { DifferenceOrder, DifferenceOutcome } from '../jobs/difference-order.ts';
import { findAccount } from '../store/accounts.ts';
import { transaction } from '../store/connection.ts';
import {
  type Difference,
  differenceFigures,
  findDifference,
  findDifferenceOf,
  findNamedList,
  goneByList,
  hideStaged,
  listChanges,
  listWaiting,
  setWithdrawn,
  takesAnybodyOut,
} from '../store/difference.ts';
import { appendEvent } from '../store/journal.ts';
import { listDecisions } from '../store/staged-decisions.ts';
import { findReplacement, listReplacedBy } from '../store/identification.ts';
import { getOffice } from '../store/office.ts';
import { hasRefusedWho } from '../store/refused-rows.ts';
import { dropUnfinishedSteps } from '../store/reference-staging.ts';
import { findListRecord, findNewestVersion, findVersionMadeOf, isStanding } from '../store/reference.ts';
import { demandKeys } from './key-renewal.ts';
import { orderFor, ownerOf } from './reference.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

const worker = new URL('../jobs/difference-worker.ts', import.meta.url);

/**
 * Two snapshots beside each other, the earlier first: the difference where it is known, else the job.
 *
 * @throws AppError `not_found`, `difference_other_source`.
 */
export function compareLists(
  register: Register,
  actor: ServiceActor,
  { baseListId, listId }: { baseListId: string; listId: string },
): { differenceId: string | null; jobId: string | null } {
  const known = findDifferenceOf(register.db, baseListId, listId);
  if (known !== null) return { differenceId: known, jobId: null };
  const [base, list] = [getStandingList(register, baseListId), getStandingList(register, listId)];
  if (base.source !== list.source || base.id === list.id) throw new AppError('difference_other_source');
  const jobId = start(register, ownerOf(actor), 'difference:compare', {
    task: 'compare',
    ...common(register),
    differenceId: newId(),
    baseListId,
    listId,
  });
  return { differenceId: null, jobId };
}

/**
 * Reads an uploaded list into the register where nobody sees it, beside the list that stands, whose
 * name it takes: what is accepted is its next version. Answers the id of the job.
 *
 * @throws AppError `not_found`, `difference_other_source`, `difference_base_replaced`, `difference_too_early`, `upload_gone`.
 */
export function stageReference(register: Register, actor: ServiceActor, input: StageInput): string {
  if (actor.role === 'sistem') throw new AppError('not_allowed', { roles: '' });
  const owner = ownerOf(actor);
  const upload = register.uploads.get(owner, input.uploadId);
  const base = getStandingList(register, input.baseListId);
  if (base.source !== input.source) throw new AppError('difference_other_source');
  if (findNewestVersion(register.db, base) !== base.id) throw new AppError('difference_base_replaced');
  demandCounting(register, base.id);
  demandNotBefore(base, input.listDate);
  return start(
    register,
    owner,
    'difference:stage',
    {
      task: 'stage',
      ...common(register),
      differenceId: newId(),
      baseListId: base.id,
      complete: input.complete,
      replaces: input.replacesOthers ? replacedNow(register, { ...base, listDate: input.listDate }) : null,
      read: orderFor(register, upload, input),
      listId: newId(),
      name: base.name,
      listDate: input.listDate,
      fileName: upload.name,
      actor: { id: owner, role: actor.role },
    },
    () => register.uploads.discard(upload.id),
  );
}

/**
 * Lays a waiting file beside the version that is the newest by now, and the lists that it replaces by now, in one step; what
 * was refused stays refused where it still fits. Answers the difference itself where it lies there already.
 *
 * @throws AppError `not_found`, `difference_no_base`, `difference_too_early`, `difference_busy`.
 */
export function compareAgain(
  register: Register,
  actor: ServiceActor,
  id: string,
): { differenceId: string | null; jobId: string | null } {
  const { baseList, list, replaces } = getStaged(register, id);
  const busy = busyWith(register, id);
  if (busy?.again === true && busy.job.ownerId === actor.id)
    return { differenceId: null, jobId: busy.job.id };
  refuseWhileBusy(register, id);
  const newest = findNewestVersion(register.db, baseList);
  if (newest === null) throw new AppError('difference_no_base');
  demandCounting(register, newest);
  demandNotBefore(getStandingList(register, newest), list.listDate);
  const others = replaces === null ? null : replacedNow(register, list);
  if (newest === baseList.id && isSameSet(others, replaces)) return { differenceId: id, jobId: null };
  const order = {
    task: 'again' as const,
    ...common(register),
    differenceId: newId(),
    insteadOf: id,
    baseListId: newest,
    replaces: others,
  };
  return { differenceId: null, jobId: start(register, ownerOf(actor), againKind(id), order) };
}

/** A file becomes the next version of a list that counts: of one that another replaced it would count beside that. */
function demandCounting({ db }: Register, listId: string): void {
  const name = findReplacement(db, listId);
  if (name !== null) throw new AppError('difference_base_superseded', { name });
}

/** Which lists of other names count no more once a whole one of this name and date is saved. */
function replacedNow({ db }: Register, list: Pick<NamedList, 'source' | 'name' | 'listDate'>): string[] {
  return listReplacedBy(db, list).map(({ id }) => id);
}

function isSameSet(some: readonly string[] | null, others: readonly string[] | null): boolean {
  return JSON.stringify(some?.toSorted()) === JSON.stringify(others?.toSorted());
}

/**
 * Makes what was accepted the next version of the list, if the version it was compared with is still the
 * newest. Answers the id of the job: a second press finds the one that works already.
 *
 * @throws AppError `not_found`, `difference_too_early`, `difference_busy` where a colleague's press was first,
 * `difference_unread` where somebody would be taken out who may stand in a row that was refused and not kept.
 */
export function acceptStaged(register: Register, actor: ServiceActor, id: string): string {
  if (actor.role === 'sistem') throw new AppError('not_allowed', { roles: '' });
  const owner = ownerOf(actor);
  const { baseList, list, complete } = getStaged(register, id);
  demandNotBefore(baseList, list.listDate);
  if (complete && !refusedOf(register, list.id).refusedRead && takesAnybodyOut(register.db, id))
    throw new AppError('difference_unread');
  const open = register.jobs.open(acceptKind(id));
  if (open?.ownerId === owner) return open.id;
  refuseWhileBusy(register, id);
  return start(register, owner, acceptKind(id), {
    task: 'accept',
    ...common(register),
    differenceId: id,
    listId: newId(),
    actor: { id: owner, role: actor.role },
  });
}

/** One job a difference: while it is open, nothing of the difference may be decided or thrown away. */
function acceptKind(id: string): string {
  return `difference:accept:${id}`;
}

function againKind(id: string): string {
  return `difference:again:${id}`;
}

/** The job that saves what is accepted, or compares all again. */
function busyWith(register: Register, id: string): { again: boolean; job: Job } | null {
  for (const again of [false, true]) {
    const job = register.jobs.open(again ? againKind(id) : acceptKind(id));
    if (job !== null) return { again, job };
  }
  return null;
}

/** @throws AppError `difference_busy`. */
export function refuseWhileBusy(register: Register, id: string): void {
  const busy = busyWith(register, id);
  if (busy !== null) throw new AppError('difference_busy', { by: nameOf(register, busy.job.ownerId) });
}

function nameOf(register: Register, accountId: string): string {
  return findAccount(register.db, accountId)?.name ?? '';
}

/** @throws AppError `not_found`. */
export function differenceProgress(
  register: Register,
  actor: ServiceActor,
  jobId: string,
): DifferenceProgress {
  const job = register.jobs.get(ownerOf(actor), 'difference:', jobId);
  const outcome = job.state === 'selesai' ? DifferenceOutcome.parse(job.result) : null;
  return {
    ...progressOf(job),
    differenceId: outcome?.differenceId ?? null,
    list: outcome?.list ?? null,
  };
}

/** @throws AppError `not_found`. */
export function cancelDifference(register: Register, actor: ServiceActor, jobId: string): void {
  register.jobs.cancel(register.jobs.get(ownerOf(actor), 'difference:', jobId));
}

/** @throws AppError `not_found`. */
export function differenceInfo(
  register: Register,
  actor: ServiceActor,
  { id, ...place }: { id: string } & ChangePlace,
): DifferenceInfo {
  const difference = getDifference(register, id);
  const { kelurahan, ...figures } = differenceFigures(register.db, id, place);
  const { area: own } = getOffice(register.db);
  const busy = busyWith(register, id);
  return {
    id,
    base: difference.baseList,
    list: difference.list,
    complete: difference.complete,
    staged: difference.staged,
    replaces: replacedLists(register, difference),
    busy:
      busy === null
        ? null
        : {
            again: busy.again,
            jobId: busy.job.ownerId === actor.id ? busy.job.id : null,
            byName: nameOf(register, busy.job.ownerId),
          },
    decisions: difference.staged ? listDecisions(register.db, difference.list.id) : [],
    ...figures,
    ...refusedOf(register, difference.list.id),
    kelurahan: kelurahan.map((area) => ({
      ...area,
      name: register.areas.find(area.code)?.name ?? area.code,
    })),
    ownKelurahan: kelurahan.some(({ code }) => code === own) ? own : null,
  };
}

function replacedLists({ db }: Register, { id, replaces }: Difference): DifferenceInfo['replaces'] {
  if (replaces === null || replaces.length === 0) return [];
  const gone = goneByList(db, id);
  return replaces.flatMap((other) => {
    const list = findNamedList(db, other);
    return list === null ? [] : [{ ...list, gone: gone.get(other) ?? 0 }];
  });
}

/** How many rows of a list were refused, and whether it could be looked whom they tell of. */
function refusedOf(register: Register, listId: string): Pick<DifferenceInfo, 'refusedRows' | 'refusedRead'> {
  const refusedRows = findListRecord(register.db, listId)?.report.refusedCount ?? 0;
  return { refusedRows, refusedRead: refusedRows === 0 || hasRefusedWho(register.db, listId) };
}

/** @throws AppError `not_found`, and what `demandKeys` throws: cases of the households are found in every list. */
export function differenceRows(
  register: Register,
  { id, filter, offset, limit }: { id: string; filter: ChangeFilter; offset: number; limit: number },
): { total: number; rows: ChangeRow[] } {
  getDifference(register, id);
  demandKeys(register, { lists: 'all' });
  const { total, rows } = listChanges(register.db, id, filter, { offset, limit });
  return {
    total,
    rows: rows.map(({ kelurahan, ...row }) => ({
      ...row,
      kelurahanName: kelurahan === null ? null : (register.areas.find(kelurahan)?.name ?? kelurahan),
    })),
  };
}

export function waitingLists(
  register: Register,
): { differenceId: string; list: NamedList; importedAt: string; importedByName: string }[] {
  return listWaiting(register.db);
}

/** Throws the list away that was being looked at; nothing of it ever counted. @throws AppError `not_found`, `difference_busy`. */
export function discardStaged(register: Register, actor: ServiceActor, id: string): void {
  const { list } = getStaged(register, id);
  refuseWhileBusy(register, id);
  transaction(register.db, () => {
    hideStaged(register.db, list.id);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor,
      type: 'impor_acuan_dibuang',
      payload: { sumber: list.source, nama: list.name, tanggal: list.listDate },
    });
  });
  // Many rows: taken out beside the work of others.
  start(register, ownerOf(actor), 'difference:discard', {
    task: 'discard',
    ...common(register),
    listId: list.id,
  });
}

/**
 * Undoes an import in one step: the version before counts again.
 *
 * @throws AppError `not_found`, `difference_made_of` where a version that stands was made of this one.
 */
export function withdrawList(
  register: Register,
  actor: ServiceActor,
  { listId, reason }: { listId: string; reason: string },
): void {
  const at = instant(register.clock);
  setStanding(register, actor, {
    listId,
    reason,
    type: 'impor_acuan_diurungkan',
    withdrawn: { at, by: ownerOf(actor) },
    demand: () => {
      const version = findVersionMadeOf(register.db, listId);
      if (version !== null) throw new AppError('difference_made_of', { version });
    },
  });
}

/** Takes the undoing back. @throws AppError `not_found`. */
export function restoreList(
  register: Register,
  actor: ServiceActor,
  { listId, reason }: { listId: string; reason: string },
): void {
  setStanding(register, actor, { listId, reason, type: 'impor_acuan_dipakai_lagi', withdrawn: null });
}

function setStanding(
  register: Register,
  actor: ServiceActor,
  {
    listId,
    reason,
    type,
    withdrawn,
    demand,
  }: {
    listId: string;
    reason: string;
    type: string;
    withdrawn: { at: string; by: string } | null;
    /** Throws where it must not be. */
    demand?: () => void;
  },
): void {
  transaction(register.db, () => {
    demand?.();
    if (!setWithdrawn(register.db, listId, withdrawn)) throw new AppError('not_found');
    const list = findNamedList(register.db, listId);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor,
      type,
      payload: { daftar: listId, nama: list?.name ?? '', versi: list?.version ?? 0, alasan: reason },
    });
  });
}

function getDifference(register: Register, id: string): Difference {
  const difference = findDifference(register.db, id);
  if (difference === null) throw new AppError('not_found');
  return difference;
}

/** @throws AppError `not_found`. */
export function getStaged(register: Register, id: string): Difference {
  const difference = getDifference(register, id);
  if (!difference.staged) throw new AppError('not_found');
  return difference;
}

/**
 * A version of an earlier date than the one that it is made of would not count.
 *
 * @throws AppError `difference_too_early`.
 */
function demandNotBefore(base: NamedList, listDate: string): void {
  if (listDate < base.listDate) throw new AppError('difference_too_early');
}

function getStandingList(register: Register, id: string): NamedList {
  const list = findNamedList(register.db, id);
  if (list === null || !isStanding(register.db, id)) throw new AppError('not_found');
  return list;
}

function common(register: Register): { register: string; registerKey: Buffer; at: string } {
  return { register: register.file, registerKey: register.key, at: instant(register.clock) };
}

function start(
  register: Register,
  ownerId: string,
  kind: string,
  order: DifferenceOrder,
  afterwards: () => Promise<void> = () => Promise.resolve(),
): string {
  return register.jobs.start({
    kind,
    worker,
    ownerId,
    input: order,
    onEnd: async (state) => {
      if (state === 'selesai') await afterwards();
      // A worker that had to be ended could not clean up after itself.
      else for (const _ of dropUnfinishedSteps(register.db, leftBy(order))) await breath();
    },
  }).id;
}

/** What a job that did not end may have left: its list, its difference. One that is only looked up is another's. */
function leftBy(order: DifferenceOrder): { listId?: string; differenceId?: string } {
  switch (order.task) {
    case 'compare':
    case 'again':
      return { differenceId: order.differenceId };
    case 'stage':
    case 'discard':
    case 'accept':
      return { listId: order.listId };
    default:
      return assertNever(order);
  }
}
