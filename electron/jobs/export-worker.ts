import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { RefusedOf } from '../../shared/contract/exports.ts';
import type { PrintFindings } from '../../shared/contract/finding.ts';
import { dayOf } from '../../shared/domain/period.ts';
import { AppError } from '../../shared/errors.ts';
import { caseHeaders, caseRows } from '../exporting/case-table.ts';
import { changeHeaders, changeRow } from '../exporting/change-table.ts';
import { findingHeaders, findingRow } from '../exporting/finding-table.ts';
import { listTable } from '../exporting/list-table.ts';
import { type VisitTable, visitTable } from '../exporting/visit-table.ts';
import {
  lockWorkbook,
  WorkbookFile,
  type WorkbookTable,
  writeWorkbook,
} from '../exporting/protected-workbook.ts';
import { RefusedBook } from '../exporting/refused-table.ts';
import type { TakeRefused } from '../importing/refused-rows.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { openConnection, snapshot, transaction, type WritableDb } from '../store/connection.ts';
import { countListedMembers, listCases } from '../store/case-list.ts';
import { findCase } from '../store/cases.ts';
import { viewOf } from '../store/difference-compute.ts';
import { listChanges } from '../store/difference.ts';
import { insertExport, listAnswerFields } from '../store/exports.ts';
import { countFindings, listFindings, totalOfFindings } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import { findLastVerdict } from '../store/muskel.ts';
import { eachRefused } from '../store/refused-rows.ts';
import { eachHousehold } from '../store/reference-rows.ts';
import { findListRecord } from '../store/reference.ts';
import { readList } from './read-list.ts';
import { ExportOrder, type ExportOutcome } from './export-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

/** Rows read in one query. */
const rowsAtOnce = 500;

const findingStates = ['terbuka', 'selesai'] as const;

/** What is written, with how many rows it will have. */
interface Exported extends WorkbookTable {
  total: number;
}

async function work(input: unknown, tools: WorkerTools): Promise<ExportOutcome> {
  const order = ExportOrder.parse(input);
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  try {
    const { plain, rows } = await written(db, order, tools);
    if (rows === 0) throw new AppError('export_nothing');
    const locked = lockWorkbook(plain, order.password);
    const sha256 = createHash('sha256').update(locked).digest('hex');
    await refuseStopped(tools);
    await writeFile(order.path, locked, { flag: 'wx', mode: 0o600 });
    await refuseStopped(tools);
    record(db, order, { rows, sha256 });
    return { exportId: order.exportId, path: order.path, fileName: order.fileName, rows, sha256 };
  } finally {
    db.close();
  }
}

async function written(
  db: WritableDb,
  order: ExportOrder,
  tools: WorkerTools,
): Promise<{ plain: Buffer; rows: number }> {
  const { subject } = order;
  if (subject.kind === 'ditolak') return refusedRows(db, order, subject.of, tools);
  let rows = 0;
  const plain = await snapshot(db, () => {
    const table = tableOf(db, order, subject);
    return writeWorkbook(table, {
      about: (count) => aboutOf(order, count),
      onRows: (count) => {
        rows = count;
        tools.progress(count, table.total, 'Menulis buku kerja');
        if (tools.signal.aborted) throw new AppError('export_stopped');
      },
    });
  });
  return { plain, rows };
}

function aboutOf(order: ExportOrder, count: number): [string, string][] {
  return [...order.about, ['Jumlah baris', String(count)]];
}

/** Those that a list kept; of a file that is only being checked those that are found as it is read once more. */
async function refusedRows(
  db: WritableDb,
  order: ExportOrder,
  of: RefusedOf,
  tools: WorkerTools,
): Promise<{ plain: Buffer; rows: number }> {
  const book = new WorkbookFile();
  const refused = new RefusedBook(book);
  if ('listId' in of) {
    const total = findListRecord(db, of.listId)?.report.refusedCount ?? 0;
    await snapshot(db, async () => {
      for (const [sheet, row] of eachRefused(db, of.listId)) {
        refused.add(sheet, row);
        if (refused.count % rowsAtOnce !== 0) continue;
        tools.progress(refused.count, total, 'Menulis buku kerja');
        await refuseStopped(tools);
      }
    });
  } else if (order.read !== null) {
    const sink = {
      household: () => {},
      person: () => {},
      refused: (...found: Parameters<TakeRefused>) => refused.add(...found),
    };
    await readList(order.read, tools, sink).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'import_cancelled')
        throw new AppError('export_stopped');
      // It was stored or given up meanwhile.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new AppError('upload_gone');
      throw error;
    });
  }
  if (refused.count === 0) throw new AppError('export_nothing');
  return { plain: await book.finish(aboutOf(order, refused.count)), rows: refused.count };
}

/**
 * What was stopped while it was locked leaves nothing, and nothing on record: the word is heard only between
 * two steps.
 */
async function refuseStopped(tools: WorkerTools): Promise<void> {
  await tools.turn();
  if (tools.signal.aborted) throw new AppError('export_stopped');
}

function tableOf(
  db: WritableDb,
  order: ExportOrder,
  subject: Exclude<ExportOrder['subject'], { kind: 'ditolak' }>,
): Exported {
  const { areas, instruments } = order;
  switch (subject.kind) {
    case 'acuan': {
      const list = findListRecord(db, subject.listId);
      if (list === null) throw new AppError('not_found');
      const table = listTable(
        list.source,
        listAnswerFields(db, subject.listId),
        (code) => areas[code] ?? null,
      );
      return {
        sheet: 'Daftar',
        headers: table.headers,
        rows: rowsOfList(db, subject.listId, table),
        total: list.report.persons,
      };
    }
    case 'perbedaan': {
      const { total } = listChanges(db, subject.differenceId, subject.filter, { offset: 0, limit: 1 });
      return { sheet: 'Perbedaan', headers: changeHeaders, rows: rowsOfChanges(db, subject, areas), total };
    }
    case 'berkas': {
      const total = countListedMembers(db, subject);
      return { sheet: 'Berkas', headers: caseHeaders, rows: rowsOfCases(db, subject, areas), total };
    }
    case 'kunjungan': {
      const table = visitTable(instruments);
      const total = countListedMembers(db, subject);
      return {
        sheet: 'Jawaban',
        headers: table.headers,
        rows: rowsOfVisits(db, subject, order, table),
        total,
      };
    }
    case 'temuan': {
      const tallies = countFindings(db);
      const total = findingStates.reduce(
        (sum, state) => sum + totalOfFindings(tallies, { ...subject.filter, state }),
        0,
      );
      return { sheet: 'Temuan', headers: findingHeaders, rows: rowsOfFindings(db, subject.filter), total };
    }
  }
}

function* rowsOfList(
  db: WritableDb,
  listId: string,
  table: ReturnType<typeof listTable>,
): Generator<(string | null)[]> {
  for (const found of eachHousehold(db, listId)) {
    const { household, persons } = viewOf(found);
    yield* table.rowsOf(household, persons);
  }
}

function* rowsOfChanges(
  db: WritableDb,
  { differenceId, filter }: Extract<ExportOrder['subject'], { kind: 'perbedaan' }>,
  areas: ExportOrder['areas'],
): Generator<(string | null)[]> {
  const page = (offset: number) => listChanges(db, differenceId, filter, { offset, limit: rowsAtOnce }).rows;
  for (const { kelurahan, case: known, ...row } of eachRow(page))
    yield changeRow({
      ...row,
      kelurahanName: kelurahan === null ? null : (areas[kelurahan]?.name ?? kelurahan),
      caseNumber: known?.number ?? null,
    });
}

function* rowsOfCases(
  db: WritableDb,
  { filter, text }: Extract<ExportOrder['subject'], { kind: 'berkas' }>,
  areas: ExportOrder['areas'],
): Generator<(string | null)[]> {
  const page = (offset: number) => listCases(db, { filter, text, offset, limit: rowsAtOnce }).rows;
  for (const { id } of eachRow(page)) {
    const current = findCase(db, id);
    if (current === null) continue;
    const { kelurahan } = current.household.address;
    yield* caseRows(current, areas[kelurahan]?.name ?? kelurahan);
  }
}

function* rowsOfVisits(
  db: WritableDb,
  { filter, text, instrument: wanted }: Extract<ExportOrder['subject'], { kind: 'kunjungan' }>,
  { areas, instruments }: ExportOrder,
  table: VisitTable,
): Generator<(string | null)[]> {
  const page = (offset: number) => listCases(db, { filter, text, offset, limit: rowsAtOnce }).rows;
  for (const { id } of eachRow(page)) {
    const visit = findFinishedVisit(db, id);
    const current = findCase(db, id);
    const instrument = instruments.find(({ version }) => version === visit?.instrumentVersion);
    if (visit === null || current === null || visit.instrument !== wanted || instrument === undefined)
      continue;
    const { address } = current.household;
    const area = areas[address.kelurahan];
    const verdict = findLastVerdict(db, id);
    yield* table.rowsOf({
      instrument,
      caseNumber: current.number,
      household: current.household,
      answers: visit,
      kept: {
        provinsi: area?.provinsi,
        kabkota: area?.kabkota,
        kecamatan: area?.kecamatan,
        kelurahan: area?.name ?? address.kelurahan,
        address: address.street,
        visitResult: visit.result,
        visitDate: visit.visitedOn,
        enumerator: visit.enumerator,
        muskelStatus: verdict?.status,
        muskelReason: verdict?.reason,
        muskelAble: verdict?.capable,
      },
      day: visit.visitedOn ?? dayOf(current.updatedAt),
    });
  }
}

function* rowsOfFindings(db: WritableDb, filter: PrintFindings): Generator<(string | null)[]> {
  for (const state of findingStates) {
    const page = (offset: number) => listFindings(db, { ...filter, state }, { offset, limit: rowsAtOnce });
    for (const found of eachRow(page)) yield findingRow(found);
  }
}

/** Page after page of a list. */
function* eachRow<Row>(page: (offset: number) => Row[]): Generator<Row> {
  for (let offset = 0; ; offset += rowsAtOnce) {
    const rows = page(offset);
    yield* rows;
    if (rows.length < rowsAtOnce) return;
  }
}

/** What left, why and to whom: on record before anybody can fetch the file. */
function record(
  db: WritableDb,
  order: ExportOrder,
  { rows, sha256 }: { rows: number; sha256: string },
): void {
  const { exportId: id, title, purpose, recipient, basis, fileName, at, actor, subject } = order;
  transaction(db, () => {
    insertExport(db, {
      id,
      kind: subject.kind,
      title,
      purpose,
      recipient,
      basis,
      fileName,
      fileHash: sha256,
      rows,
      madeAt: at,
      madeBy: actor.id,
    });
    appendEvent(db, {
      at,
      actor,
      type: 'ekspor_data',
      payload: {
        ekspor: id,
        isi: title,
        keperluan: purpose,
        penerima: recipient,
        dasar: basis,
        saringan: 'filter' in subject ? subject.filter : null,
        pencarian: 'text' in subject ? (subject.text ?? null) : null,
        baris: rows,
        berkas: fileName,
        sha256,
      },
    });
  });
}

await runWorker(work);
