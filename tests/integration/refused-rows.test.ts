import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ReferenceProgress } from '../../shared/contract/reference.ts';
import type { Register } from '../../electron/services/register.ts';
import { dtksCsv, dtksRow } from '../fixtures/read-list.ts';
import { rowsOfWorkbook, table, workbook } from '../fixtures/reference-files.ts';
import { exportReason, makeExport, openExport } from './exporting.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
let token: string;
let register: () => Register;

/** More than a report shows. */
const refusedCount = 1_200;
const broken = Array.from({ length: refusedCount }, (_, at) =>
  dtksRow({ nama: `ORANG ${at}`, nomor_nik: '3.17101E+15', nomor_kk: kkOf(at) }),
);
const first = dtksCsv(dtksRow({ nomor_kk: kkOf(5_000) }), ...broken);
const how = { source: 'DTKS', areaCodes: null } as const;
const sheet = 'Baris ditolak';

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  token = await t.tokenOf('petugas_verifikasi');
});
afterAll(() => t.close());

function kkOf(at: number): string {
  return `31710101012${String(at + 1).padStart(4, '0')}1`;
}

async function imported(name: string, bytes: Uint8Array): Promise<ReferenceProgress> {
  const uploadId = await uploadList(t, token, 'dtks.csv', bytes);
  const list = { uploadId, ...how, name, listDate: '2026-06-30' };
  return ended(officer, await officer.reference.import.mutate(list));
}

function keptRows(): unknown {
  return register().db.prepare('SELECT count(*) FROM reference_refused_row').pluck().get();
}

/** The workbook as it comes back, each NIK written out. */
async function mended(left: Uint8Array): Promise<Buffer> {
  const [headers = [], ...rows] = await rowsOfWorkbook(left, sheet);
  const at = headers.indexOf('nomor_nik');
  return workbook({
    [sheet]: [headers, ...rows.map((cells, no) => cells.with(at, `31710141018${String(no + 1001)}1`))],
  });
}

it('all of them leave before the list is stored, also where nothing of it can come in', async () => {
  const uploadId = await uploadList(t, token, 'dtks rusak.csv', dtksCsv(...broken));
  const check = { uploadId, ...how };
  const { report } = await ended(officer, await officer.reference.check.mutate(check));
  expect(report).toMatchObject({ persons: 0, refusedCount });
  expect(report?.refused).toHaveLength(1_000);
  const of = { ...check, mapping: null, kelurahan: null };
  const { file, jobId } = await makeExport(officer, { kind: 'ditolak', of });
  expect(file).toMatchObject({
    rows: refusedCount,
    fileName: 'Baris-ditolak-dtks-rusak-csv-2026-11-10.xlsx',
  });
  expect(await rowsOfWorkbook(await openExport(t, jobId, token), sheet)).toHaveLength(refusedCount + 1);
  expect((await officer.exports.log.query())[0]).toMatchObject({
    kind: 'ditolak',
    title: 'Baris ditolak dtks rusak.csv',
    purpose: exportReason.purpose,
    recipient: exportReason.recipient,
    rows: refusedCount,
  });
  await officer.reference.discard.mutate({ uploadId });
  const subject = { kind: 'ditolak' as const, of };
  expect(await codeOf(officer.exports.begin.mutate({ subject, ...exportReason }))).toBe('upload_gone');
});

it('are kept with the list that stands, leave whole, and come in as its next version once they are mended', async () => {
  const { list } = await imported('DTKS Juni', first);
  const listId = list?.id ?? '';
  expect(keptRows()).toBe(refusedCount);
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount, refusedKept: true });
  const { file, jobId } = await makeExport(officer, { kind: 'ditolak', of: { listId } });
  expect(file).toMatchObject({ rows: refusedCount });
  const left = await openExport(t, jobId, token);
  const [headers, row] = await rowsOfWorkbook(left, sheet);
  expect(row?.[headers?.indexOf('nomor_kk') ?? -1]).toBe(kkOf(0));
  expect(row?.[0]).toBe('3');
  expect((await rowsOfWorkbook(left, 'Keterangan')).map(([label]) => label)).toContain('Petunjuk');

  const uploadId = await uploadList(t, token, 'kembali.xlsx', await mended(left));
  const staging = { uploadId, ...how, mapping: null, kelurahan: null, listDate: '2026-07-31' };
  const staged = await over(
    await officer.difference.stage.mutate({ ...staging, baseListId: listId, complete: false }),
    officer.difference.progress.query,
  );
  expect(staged.problem).toBeNull();
  const accepted = await over(
    await officer.difference.accept.mutate({ id: staged.differenceId ?? '' }),
    officer.difference.progress.query,
  );
  const next = await officer.reference.lists.query();
  expect(next.find(({ id }) => id === accepted.list?.id)).toMatchObject({
    persons: refusedCount + 1,
    refusedCount: 0,
  });
});

it('follow what was accepted of the file they stand in, and go with a file that is given up', async () => {
  const { list } = await imported('DTKS Gambir', dtksCsv(dtksRow()));
  const before = keptRows();
  const stage = async (): Promise<string> => {
    const uploadId = await uploadList(t, token, 'dtks.csv', first);
    const job = await officer.difference.stage.mutate({
      uploadId,
      ...how,
      mapping: null,
      kelurahan: null,
      listDate: '2026-07-31',
      baseListId: list?.id ?? '',
      complete: false,
    });
    return (await over(job, officer.difference.progress.query)).differenceId ?? '';
  };
  const differenceId = await stage();
  expect(keptRows()).toBe(Number(before) + refusedCount);
  await officer.difference.discard.mutate({ id: differenceId });
  await vi.waitFor(() => expect(keptRows()).toBe(before), { timeout: 20_000 });
  const job = await officer.difference.accept.mutate({ id: await stage() });
  const listId = (await over(job, officer.difference.progress.query)).list?.id ?? '';
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount, refusedKept: true });
  expect(keptRows()).toBe(Number(before) + refusedCount);
});

it('of a list of an older program are not there, and nothing leaves', async () => {
  const { list } = await imported('DTKS lama', dtksCsv(dtksRow({ nomor_nik: '3.17101E+15' }), dtksRow()));
  const listId = list?.id ?? '';
  register().db.exec(
    `DELETE FROM reference_refused_row WHERE sheet_id IN (SELECT id FROM reference_refused_sheet WHERE list_id = '${listId}');
     DELETE FROM reference_refused_sheet WHERE list_id = '${listId}'`,
  );
  expect(await officer.reference.report.query({ listId })).toMatchObject({
    refusedCount: 1,
    refusedKept: false,
  });
  expect((await makeExport(officer, { kind: 'ditolak', of: { listId } })).problem?.code).toBe(
    'export_nothing',
  );
  const unknown = { kind: 'ditolak' as const, of: { listId: '00000000-0000-7000-8000-000000000000' } };
  expect(await codeOf(officer.exports.begin.mutate({ subject: unknown, ...exportReason }))).toBe('not_found');
});

it('of workbooks keep the names of their sheets', async () => {
  const rows = table([dtksRow({ nomor_nik: '3.17101E+15' }), dtksRow()]);
  const { list } = await imported('DTKS lembar', await workbook({ 'RW 01': rows }));
  const { jobId } = await makeExport(officer, { kind: 'ditolak', of: { listId: list?.id ?? '' } });
  expect(await rowsOfWorkbook(await openExport(t, jobId, token), 'RW 01')).toHaveLength(2);
});
