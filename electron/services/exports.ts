import { readFile, rm } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportEntry, ExportProgress, ExportSubject, NewExport } from '../../shared/contract/exports.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { findingRules } from '../../shared/domain/finding.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { changeKindLabel } from '../../shared/domain/reference-change.ts';
import { identificationResultLabel, registrationModeLabel } from '../../shared/domain/registration.ts';
import { dayOf } from '../../shared/domain/period.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { type ExportOrder, ExportOutcome } from '../jobs/export-order.ts';
import { progressOf } from '../jobs/job-pool.ts';
import { findDifference, findNamedList } from '../store/difference.ts';
import { listExports } from '../store/exports.ts';
import { listFinishedInstruments } from '../store/verification.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import { getOffice } from '../store/office.ts';
import { titleOfFindings } from './finding-papers.ts';
import { scanAll } from './finding-scan.ts';
import { orderFor, ownerOf } from './reference.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { officeNameOf } from './setup.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

const worker = new URL('../jobs/export-worker.ts', import.meta.url);
/** How long a finished file waits to be fetched. */
const keptFor = 30 * 60_000;

/**
 * Writes a locked workbook and puts it on record. Answers the id of the job.
 *
 * @throws AppError `not_found`, `upload_gone`.
 */
export async function beginExport(
  register: Register,
  actor: ServiceActor,
  input: NewExport,
): Promise<string> {
  if (actor.role === 'sistem') throw new AppError('not_allowed', { roles: '' });
  const owner = ownerOf(actor);
  const { subject } = input;
  const upload =
    subject.kind === 'ditolak' && !('listId' in subject.of)
      ? { how: subject.of, file: register.uploads.get(owner, subject.of.uploadId) }
      : null;
  const title = upload === null ? titleOf(register, subject) : `Baris ditolak ${upload.file.name}`;
  if (subject.kind === 'temuan') await scanAll(register);
  const exportId = newId();
  const at = instant(register.clock);
  mkdirSync(register.scratchDir, { recursive: true, mode: 0o700 });
  const path = join(register.scratchDir, `ekspor-${exportId}`);
  return register.jobs.start({
    kind: 'exports:write',
    worker,
    ownerId: owner,
    input: {
      ...input,
      register: register.file,
      registerKey: register.key,
      exportId,
      path,
      fileName: `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')}-${dayOf(at)}.xlsx`,
      title,
      about: [
        ['Isi', title],
        ...filterInWords(register, subject),
        ['Keperluan', input.purpose],
        ['Penerima', input.recipient],
        ...(input.basis === null ? [] : [['Dasar', input.basis] satisfies [string, string]]),
        ['Dibuat oleh', `${actor.name}, ${officeNameOf(register.areas, getOffice(register.db).area)}`],
        ['Tanggal', dayOf(at)],
      ],
      at,
      actor: { id: owner, role: actor.role },
      instruments: subject.kind === 'kunjungan' ? versionsOf(register, subject.instrument) : [],
      read: upload === null ? null : orderFor(register, upload.file, upload.how),
      areas: areaNames(register),
    } satisfies ExportOrder,
    stopped: 'export_stopped',
    onEnd: async (state) => {
      if (state !== 'selesai') await rm(path, { force: true });
      else setTimeout(() => void rm(path, { force: true }), keptFor).unref();
    },
  }).id;
}

/** @throws AppError `not_found`. */
export function exportProgress(register: Register, actor: ServiceActor, jobId: string): ExportProgress {
  const job = register.jobs.get(ownerOf(actor), 'exports:', jobId);
  const outcome = job.state === 'selesai' ? ExportOutcome.parse(job.result) : null;
  return {
    ...progressOf(job),
    file:
      outcome === null
        ? null
        : {
            exportId: outcome.exportId,
            fileName: outcome.fileName,
            rows: outcome.rows,
            sha256: outcome.sha256,
          },
  };
}

/** @throws AppError `not_found`. */
export function cancelExport(register: Register, actor: ServiceActor, jobId: string): void {
  register.jobs.cancel(register.jobs.get(ownerOf(actor), 'exports:', jobId));
}

/**
 * The locked file of one's own export.
 *
 * @throws AppError `not_found`, `export_gone`.
 */
export async function readExport(
  register: Register,
  actor: ServiceActor,
  jobId: string,
): Promise<{ content: Buffer; fileName: string }> {
  const job = register.jobs.get(ownerOf(actor), 'exports:', jobId);
  if (job.state !== 'selesai') throw new AppError('not_found');
  const { path, fileName } = ExportOutcome.parse(job.result);
  try {
    return { content: await readFile(path), fileName };
  } catch {
    throw new AppError('export_gone');
  }
}

export function exportLog(register: Register): ExportEntry[] {
  return listExports(register.db);
}

function titleOf(register: Register, subject: ExportSubject): string {
  switch (subject.kind) {
    case 'acuan': {
      const list = findNamedList(register.db, subject.listId);
      if (list === null || list.version === 0) throw new AppError('not_found');
      return `${list.name} versi ${list.version}`;
    }
    case 'ditolak': {
      const list = 'listId' in subject.of ? findNamedList(register.db, subject.of.listId) : null;
      if (list === null || list.version === 0) throw new AppError('not_found');
      return `Baris ditolak ${list.name} versi ${list.version}`;
    }
    case 'perbedaan': {
      const difference = findDifference(register.db, subject.differenceId);
      if (difference === null) throw new AppError('not_found');
      const { baseList, list } = difference;
      return `Perbedaan ${list.name} ${list.listDate} dengan ${baseList.listDate}`;
    }
    case 'berkas':
      return titleOfCases('Berkas', subject);
    case 'kunjungan':
      return titleOfCases(`Jawaban ${instrumentTitle(register, subject.instrument)}`, subject);
    case 'temuan':
      return titleOfFindings(subject.filter);
  }
}

/** Questionnaires under which visits were finished, each in words. */
export function exportInstruments(register: Register): { id: string; title: string }[] {
  const ids = new Set(listFinishedInstruments(register.db).map(({ id }) => id));
  return [...ids].map((id) => ({ id, title: instrumentTitle(register, id) }));
}

/** @throws AppError `not_found` where no visit was finished under it. */
function instrumentTitle(register: Register, id: string): string {
  const newest = versionsOf(register, id).at(-1);
  if (newest === undefined) throw new AppError('not_found');
  return newest.title;
}

/** The versions of a questionnaire under which visits were finished, the oldest first. */
function versionsOf(register: Register, id: string): Instrument[] {
  return listFinishedInstruments(register.db)
    .filter((made) => made.id === id)
    .map(({ version }) => loadInstrument(shelfOf(register), id, version));
}

/** Names the file too, so what was searched for is not in it: that may be somebody's name or number. */
function titleOfCases(
  what: string,
  { filter, text }: Extract<ExportSubject, { kind: 'berkas' | 'kunjungan' }>,
): string {
  const { periodId, rw, rt, kelurahan, states, mode, result } = filter;
  const place = [
    rt === undefined ? null : `RT ${threeDigits(rt)}`,
    rw === undefined ? null : `RW ${threeDigits(rw)}`,
    kelurahan ?? null,
    periodId === undefined ? null : `periode ${periodId}`,
  ].filter((part) => part !== null);
  const partial = [states, mode, result].some((value) => value !== undefined);
  const searched = (text ?? '').trim() !== '';
  return [what, ...(partial ? ['pilihan'] : []), ...(searched ? ['hasil pencarian'] : []), ...place].join(
    ' ',
  );
}

const forSender =
  'Perbaiki setiap baris menurut kolom "Yang perlu dilakukan" dan biarkan judul kolomnya, lalu kirim kembali buku kerja ini. Angka seperti 3.17E+15 sudah rusak: tulis ulang dari sumbernya.';

/** Which part of the whole it is, for the sheet "Keterangan". */
function filterInWords(register: Register, subject: ExportSubject): [string, string][] {
  const lines: [string, string | null | undefined][] = [];
  const kelurahan = (code: string | undefined) =>
    code === undefined ? null : (register.areas.find(code)?.name ?? code);
  switch (subject.kind) {
    case 'acuan':
      break;
    case 'ditolak':
      return [['Petunjuk', forSender]];
    case 'perbedaan': {
      const { kinds, rankMoved, accepted, unread, ...place } = subject.filter;
      lines.push(
        ['Perbedaan', kinds?.map((kind) => changeKindLabel[kind]).join(', ')],
        ['Kelurahan', kelurahan(place.kelurahan)],
        ['RW', wardNumber(place.rw)],
        ['Belum terbaca', unread === true ? 'hanya yang barisnya ditolak' : null],
        ['Peringkat', rankMoved === true ? 'hanya yang berubah' : null],
        ['Keputusan', accepted === undefined ? null : accepted ? 'diterima' : 'ditolak'],
      );
      break;
    }
    case 'berkas':
    case 'kunjungan': {
      const { states, mode, result, periodId, ...place } = subject.filter;
      lines.push(
        ['Pencarian', subject.text],
        ['Tahap', states?.map((state) => caseStateLabel[state]).join(', ')],
        ['Cara pendaftaran', mode === undefined ? null : registrationModeLabel[mode]],
        [
          'Hasil',
          result === undefined ? null : result === 'belum' ? 'belum ada' : identificationResultLabel[result],
        ],
        ['Periode', periodId],
        ['Kelurahan', kelurahan(place.kelurahan)],
        ['RW', wardNumber(place.rw)],
        ['RT', wardNumber(place.rt)],
      );
      break;
    }
    case 'temuan': {
      const { kind, rw } = subject.filter;
      lines.push(['Temuan', kind === undefined ? null : findingRules[kind].label], ['RW', wardNumber(rw)]);
    }
  }
  const said = lines.flatMap(([label, value]): [string, string][] =>
    value === null || value === undefined || value === '' ? [] : [[label, value]],
  );
  return said.length === 0 ? [['Saringan', 'tidak ada: seluruhnya']] : said;
}

function wardNumber(value: number | undefined): string | undefined {
  return value?.toString().padStart(3, '0');
}

function areaNames(register: Register): ExportOrder['areas'] {
  const nameOf = (code: string) => register.areas.find(code)?.name ?? '';
  return Object.fromEntries(
    register.areas.all
      .filter(({ level }) => level === 'kelurahan')
      .map(({ code, name }) => [
        code,
        {
          name,
          kecamatan: nameOf(code.slice(0, 8)),
          kabkota: nameOf(code.slice(0, 5)),
          provinsi: nameOf(code.slice(0, 2)),
        },
      ]),
  );
}
