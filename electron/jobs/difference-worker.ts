import { emptyReport, type ImportReport } from '../../shared/contract/reference.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import { profiles } from '../importing/profiles.ts';
import { openConnection, type WritableDb } from '../store/connection.ts';
import { acceptedHouseholds } from '../store/difference-accept.ts';
import { computeDifference, dropDifferenceSteps, type NewDifference } from '../store/difference-compute.ts';
import {
  type Difference,
  differenceFigures,
  findDifference,
  goneByList,
  hideStaged,
} from '../store/difference.ts';
import { earlierLists } from '../store/earlier-lists.ts';
import { countStill, findReplacement } from '../store/identification.ts';
import { PartedList, personsAtOnceInWorker } from '../store/list-rows.ts';
import { appendImport } from '../store/import-event.ts';
import {
  dropListSteps,
  type IncomingList,
  type NewList,
  ReferenceStaging,
} from '../store/reference-staging.ts';
import { moveRefused } from '../store/refused-rows.ts';
import { findListRecord, findNewestVersion } from '../store/reference.ts';
import { moveDecisions } from '../store/staged-decisions.ts';
import { StagedList } from '../store/staged-list.ts';
import { DifferenceOrder, type DifferenceOutcome } from './difference-order.ts';
import { follow, learnOrTell, takeOut } from './list-work.ts';
import { readList } from './read-list.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

type Order<Task extends DifferenceOrder['task']> = Extract<DifferenceOrder, { task: Task }>;

async function work(input: unknown, tools: WorkerTools): Promise<DifferenceOutcome> {
  const order = DifferenceOrder.parse(input);
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  try {
    switch (order.task) {
      case 'compare':
        await compute(db, order, { listId: order.listId, complete: true, replaces: null }, tools);
        return { differenceId: order.differenceId, list: null };
      case 'stage':
        return await stage(db, order, tools);
      case 'again':
        return await compareAgain(db, order, tools);
      case 'discard':
        await takeOut(dropListSteps(db, order.listId));
        return { differenceId: null, list: null };
      case 'accept':
        return await accept(db, order, tools);
      default:
        return assertNever(order);
    }
  } finally {
    db.close();
  }
}

async function compute(
  db: WritableDb,
  order: Pick<Order<'compare'>, 'differenceId' | 'baseListId' | 'at'>,
  {
    listId,
    replaces,
    ...how
  }: Pick<NewDifference, 'complete' | 'insteadOf'> & { listId: string; replaces: Difference['replaces'] },
  tools: WorkerTools,
): Promise<void> {
  const [base, list] = [findListRecord(db, order.baseListId), findListRecord(db, listId)];
  if (base === null || list === null) throw new AppError('not_found');
  const columns = profiles.find((profile) => profile.source === list.source)?.columns ?? [];
  const labels = new Map(columns.map(({ field, header }) => [field, header]));
  const { baseListId: baseList } = order;
  const steps = computeDifference(db, {
    id: order.differenceId,
    baseList,
    earlier: earlierLists(db, { baseList, replaces: replaces ?? [], listDate: list.listDate }),
    replacesOthers: replaces !== null,
    list: listId,
    labelOf: (field) => labels.get(field) ?? field,
    at: order.at,
    ...how,
  });
  await follow(steps, tools, 'Membandingkan');
}

/** The file lies in the register as a list that nobody sees, beside what stands. */
async function stage(db: WritableDb, order: Order<'stage'>, tools: WorkerTools): Promise<DifferenceOutcome> {
  const { read, listId, complete, replaces } = order;
  const list: NewList = {
    id: listId,
    source: read.source,
    name: order.name,
    listDate: order.listDate,
    areaCodes: read.areaCodes,
    fileName: order.fileName,
    fileHash: read.file.sha256,
    report: emptyReport,
    importedAt: order.at,
    importedBy: order.actor.id,
    basedOn: order.baseListId,
  };
  const staged = new StagedList(db, list);
  try {
    const report = await readList(read, tools, staged);
    if (report.persons === 0) throw new AppError('import_all_refused', { count: report.refusedCount });
    staged.finish(report);
    await compute(db, order, { listId, complete, replaces }, tools);
    staged.keep();
  } catch (error) {
    staged.drop();
    throw error;
  }
  return { differenceId: order.differenceId, list: null };
}

/** The list that waits lies beside another version from now on; what it said beside the earlier one goes. */
async function compareAgain(
  db: WritableDb,
  order: Order<'again'>,
  tools: WorkerTools,
): Promise<DifferenceOutcome> {
  const { differenceId, insteadOf, replaces } = order;
  const { list, complete } = findStaged(db, insteadOf);
  await compute(db, order, { listId: list.id, complete, replaces, insteadOf }, tools);
  await takeOut(dropDifferenceSteps(db, 'id = @insteadOf', { insteadOf }));
  return { differenceId, list: null };
}

/** @throws AppError `not_found`. */
function findStaged(db: WritableDb, differenceId: string): Difference {
  const difference = findDifference(db, differenceId);
  if (difference === null || !difference.staged) throw new AppError('not_found');
  return difference;
}

/**
 * What another file brought in meanwhile would be lost, and what was undone would come back: of the list that it lies
 * beside, and of those that it replaces.
 *
 * @throws AppError `difference_base_replaced`, `difference_replaced_changed`.
 */
function demandNewest(db: WritableDb, { baseList, replaces }: Difference, coming: string): void {
  if (findNewestVersion(db, baseList, coming) !== baseList.id) throw new AppError('difference_base_replaced');
  const by = findReplacement(db, baseList.id);
  if (by !== null) throw new AppError('difference_base_superseded', { name: by });
  if (replaces !== null && !countStill(db, replaces, baseList.name))
    throw new AppError('difference_replaced_changed');
}

/** What was accepted becomes the next version of the list; what was looked at goes. */
async function accept(
  db: WritableDb,
  order: Order<'accept'>,
  tools: WorkerTools,
): Promise<DifferenceOutcome> {
  const difference = findStaged(db, order.differenceId);
  demandNewest(db, difference, order.listId);
  const record = findListRecord(db, difference.list.id);
  if (record === null) throw new AppError('not_found');
  const { report: read, ...file } = record;
  const list: IncomingList = {
    ...file,
    id: order.listId,
    importedAt: order.at,
    importedBy: order.actor.id,
    basedOn: difference.baseList.id,
    ...(difference.replaces !== null && { replaces: { lists: difference.replaces, at: difference.at } }),
  };
  const staging = new ReferenceStaging(db, list);
  try {
    const version = await store(db, { order, difference, read, list }, staging, tools);
    await takeOut(dropListSteps(db, difference.list.id));
    learnOrTell(db, { id: list.id, at: order.at }, tools);
    return { differenceId: null, list: { id: list.id, name: list.name, version } };
  } finally {
    staging.drop();
  }
}

interface Accepted {
  order: Order<'accept'>;
  difference: Difference;
  /** What was found in the file as it was read. */
  read: ImportReport;
  list: IncomingList;
}

/** Answers the version that the list became. */
async function store(
  db: WritableDb,
  { order, difference, read, list }: Accepted,
  staging: ReferenceStaging,
  tools: WorkerTools,
): Promise<number> {
  const parted = new PartedList((rows) => staging.write(rows), personsAtOnceInWorker);
  let households = 0;
  let persons = 0;
  let withoutNik = 0;
  for (const { household, persons: members } of acceptedHouseholds(db, {
    id: difference.id,
    earlier: earlierLists(db, {
      baseList: difference.baseList.id,
      replaces: difference.replaces ?? [],
      listDate: list.listDate,
    }),
    complete: difference.complete,
  })) {
    parted.household(households, household);
    for (const person of members) parted.person(households, person);
    households += 1;
    persons += members.length;
    withoutNik += members.filter(({ nik }) => nik === null).length;
    if (tools.signal.aborted) throw new AppError('import_cancelled');
  }
  if (persons === 0) throw new AppError('import_nothing_accepted');
  const { counts, unread } = differenceFigures(db, difference.id);
  const gone = goneByList(db, difference.id);
  const report = { ...read, households, persons, withoutNik };
  parted.finish();
  const steps = staging.commitSteps(report, (version) => {
    demandNewest(db, difference, list.id);
    // Cut off here it is taken out at the next start, and cannot be accepted once more.
    hideStaged(db, difference.list.id);
    moveRefused(db, difference.list.id, list.id);
    moveDecisions(db, difference.list.id, list.id);
    appendImport(
      db,
      list,
      { actor: order.actor, report, version },
      {
        dibandingkanDengan: difference.baseList.id,
        diterima: {
          baru: counts.baru.accepted,
          berubah: counts.berubah.accepted,
          hilang: counts.hilang.accepted,
        },
        ...(unread.persons > 0 && { belumTerbaca: unread.persons }),
        ...(difference.replaces !== null && {
          menggantikan: difference.replaces.map((other) => ({
            daftar: other,
            tidakAdaLagi: gone.get(other) ?? 0,
          })),
        }),
        tidakDiterima: {
          baru: counts.baru.households - counts.baru.accepted,
          berubah: counts.berubah.households - counts.berubah.accepted,
          hilang: counts.hilang.households - counts.hilang.accepted,
        },
      },
    );
  });
  return follow(steps, tools, 'Menyimpan daftar');
}

await runWorker(work);
