import { setImmediate as breath } from 'node:timers/promises';
import type {
  CheckInput,
  NewReferenceList,
  OfficialRank,
  ReferenceListInfo,
  ReferenceProgress,
  StoredReport,
  UploadInfo,
} from '../../shared/contract/reference.ts';
import { uploadLimit } from '../../shared/contract/reference.ts';
import { type CodeList, editionOf } from '../../shared/domain/code-list.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { AppError } from '../../shared/errors.ts';
import { loadAreaData } from '../area-names.ts';
import { instant, today } from '../clock.ts';
import { loadCodeLists } from '../code-lists.ts';
import { profiles } from '../importing/profiles.ts';
import { type Job, progressOf } from '../jobs/job-pool.ts';
import {
  PreviewOutcome,
  type ReadOrder,
  type ReferenceOrder,
  ReferenceOutcome,
} from '../jobs/reference-order.ts';
import type { Upload } from '../security/uploads.ts';
import { listNikBearers, listOfficialRanks } from '../store/official-ranks.ts';
import { hasRefused } from '../store/refused-rows.ts';
import { dropUnfinishedSteps } from '../store/reference-staging.ts';
import { findImportReport, findListOfFile, isNameTaken, listReferenceLists } from '../store/reference.ts';
import { plainName } from './attachments.ts';
import { getCase } from './case-steps.ts';
import { demandKeys } from './key-renewal.ts';
import { rememberedNotSame } from './not-same.ts';
import { currentInstruments, shelfOf } from './instruments.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

const checkWorker = new URL('../jobs/check-worker.ts', import.meta.url);
const importWorker = new URL('../jobs/reference-worker.ts', import.meta.url);

export function referenceLists(register: Register): ReferenceListInfo[] {
  return listReferenceLists(register.db);
}

/** What each list says of the official rank of a case's family. @throws AppError `not_found`, and what `demandKeys` throws. */
export function officialRanks(register: Register, caseId: string): OfficialRank[] {
  const current = getCase(register, caseId);
  demandKeys(register, { lists: 'all' });
  const remembered = rememberedNotSame(register, current);
  const refused = listNikBearers(register.db, caseId)
    .filter(({ memberId, personId }) => remembered.find(memberId, personId) !== null)
    .map(({ personId }) => personId);
  return listOfficialRanks(register.db, caseId, refused);
}

/** @throws AppError `not_found`. */
export function importReport(register: Register, listId: string): StoredReport {
  const report = findImportReport(register.db, listId);
  if (report === null) throw new AppError('not_found');
  return { ...report, refusedKept: hasRefused(register.db, listId) };
}

/**
 * Takes a list in, sealed on the disk until it is stored or given up.
 *
 * @throws AppError `file_empty`, `file_too_large`.
 */
export async function takeUpload(
  register: Register,
  actor: ServiceActor,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<UploadInfo> {
  const upload = await register.uploads.take(ownerOf(actor), plainName(name, 'Daftar'), limited(content));
  if (upload.file.size === 0) {
    await register.uploads.discard(upload.id);
    throw new AppError('file_empty');
  }
  return { uploadId: upload.id, name: upload.name, size: upload.file.size };
}

export async function discardUpload(
  register: Register,
  actor: ServiceActor,
  uploadId: string,
): Promise<void> {
  await register.uploads.discard(register.uploads.get(ownerOf(actor), uploadId).id);
}

/** Dry run: reads the whole list and stores nothing. Answers the id of the job. */
export function checkReference(register: Register, actor: ServiceActor, input: CheckInput): string {
  const upload = register.uploads.get(ownerOf(actor), input.uploadId);
  return register.jobs.start({
    kind: 'reference:check',
    worker: checkWorker,
    ownerId: upload.ownerId,
    input: orderFor(register, upload, input),
  }).id;
}

/**
 * Reads the list again and stores it as a list of its own, all or nothing. Answers the id of the job.
 *
 * @throws AppError `import_name_taken`, `upload_gone`; the job as well, where the name was taken meanwhile.
 */
export function importReference(register: Register, actor: ServiceActor, input: NewReferenceList): string {
  if (actor.role === 'sistem') throw new AppError('not_allowed', { roles: '' });
  const upload = register.uploads.get(ownerOf(actor), input.uploadId);
  if (isNameTaken(register.db, input)) throw new AppError('import_name_taken', { name: input.name });
  const listId = newId();
  const job = register.jobs.start({
    kind: 'reference:import',
    worker: importWorker,
    ownerId: upload.ownerId,
    // Kept while it may be tried again, gone as soon as it is stored.
    onEnd: async (state) => {
      if (state === 'selesai') await register.uploads.discard(upload.id);
      // A worker that had to be ended could not clean up after itself.
      else for (const _ of dropUnfinishedSteps(register.db, { listId })) await breath();
    },
    input: {
      read: orderFor(register, upload, input),
      register: register.file,
      registerKey: register.key,
      listId,
      name: input.name,
      listDate: input.listDate,
      fileName: upload.name,
      at: instant(register.clock),
      actor: { id: upload.ownerId, role: actor.role },
    } satisfies ReferenceOrder,
  });
  return job.id;
}

/** @throws AppError `not_found`. */
export function referenceProgress(register: Register, actor: ServiceActor, jobId: string): ReferenceProgress {
  const job = findJob(register, actor, jobId);
  const isOver = job.state === 'selesai';
  const preview = isOver && job.kind === 'reference:preview' ? PreviewOutcome.parse(job.result) : null;
  const outcome = isOver && preview === null ? ReferenceOutcome.parse(job.result) : null;
  return {
    ...progressOf(job),
    report: outcome?.report ?? null,
    sheets: preview?.sheets ?? null,
    list: outcome?.list ?? null,
    sameFile:
      outcome === null || outcome.list !== null ? null : findListOfFile(register.db, outcome.fileHash),
  };
}

/** @throws AppError `not_found`. */
export function cancelReference(register: Register, actor: ServiceActor, jobId: string): void {
  register.jobs.cancel(findJob(register, actor, jobId));
}

function findJob(register: Register, actor: ServiceActor, jobId: string): Job {
  return register.jobs.get(ownerOf(actor), 'reference:', jobId);
}

export function orderFor(
  register: Register,
  { file }: Upload,
  { source, areaCodes, mapping, kelurahan }: CheckInput,
): ReadOrder {
  const areas = loadAreaData(register.areas, register.resourcesDir);
  // Columns that somebody mapped by hand are not those of an instrument.
  const instrument =
    mapping === null
      ? (currentInstruments(shelfOf(register), today(register.clock)).find(({ lists }) =>
          lists.includes(source),
        ) ?? null)
      : null;
  return {
    file,
    source,
    areaCodes,
    mapping,
    kelurahan,
    instrument,
    readBy: editionsFor(register, { areaCodes, mapping, source, instrument }),
    areas: {
      ...areas,
      wilayah: [...areas.wilayah],
      aliases: [...areas.aliases],
      bpsKabkota: [...areas.bpsKabkota],
    },
    today: today(register.clock),
  };
}

/** The code lists that the program brings along, and the questionnaires of the day, each with its edition. */
export function codeLists(register: Register): CodeList[] {
  const instruments = currentInstruments(shelfOf(register), today(register.clock));
  return [...loadCodeLists(register.resourcesDir), ...instruments.map(listOfInstrument)];
}

function listOfInstrument({ id, version, validFrom, title, source }: Instrument): CodeList {
  return { id, version, dated: validFrom, title: `Kuesioner ${title}`, source };
}

/** Those that a list is read by: its areas by name always, what else it says by what it is. */
function editionsFor(
  register: Register,
  {
    areaCodes,
    mapping,
    source,
    instrument,
  }: Pick<CheckInput, 'areaCodes' | 'mapping' | 'source'> & { instrument: Instrument | null },
): string[] {
  const columns = mapping?.columns ?? profiles.find((profile) => profile.source === source)?.columns ?? [];
  const used = new Set([
    'wilayah-kemendagri',
    ...(areaCodes === 'bps' ? ['wilayah-bps'] : []),
    ...(columns.some(({ role }) => role === 'ppks') ? ['ppks'] : []),
  ]);
  const lists = loadCodeLists(register.resourcesDir).filter(({ id }) => used.has(id));
  return [...lists, ...(instrument === null ? [] : [listOfInstrument(instrument)])].map(editionOf);
}

export function ownerOf(actor: ServiceActor): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  return actor.id;
}

/** A body may be longer than it said: what is taken is counted. */
async function* limited(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > uploadLimit) {
      const limit = `${uploadLimit / 1_048_576} MB`;
      throw new AppError('file_too_large', { size: `lebih dari ${limit}`, limit });
    }
    yield chunk;
  }
}
