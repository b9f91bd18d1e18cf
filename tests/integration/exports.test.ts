import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import officeCrypto from 'officecrypto-tool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { memorySource } from '../../electron/importing/source.ts';
import { readZipDirectory, readZipEntry } from '../../electron/importing/zip-directory.ts';
import { readList } from '../fixtures/read-list.ts';
import { csv, table } from '../fixtures/reference-files.ts';
import {
  exportedBook,
  exportedRows,
  exportReason,
  fetchExport,
  makeExport,
  openExport,
  rowsOf,
} from './exporting.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { type Client, codeOf, noted, openKnownOffice, type TestOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';
import { fullEntry, printForms, readyCase, workAt } from './visits.ts';

let t: TestOffice;
let officer: Client;
let token: string;
let register: () => Register;
let listId: string;
/** The first export: locking takes seconds, so most tests look at this one. */
let jobId: string;
let locked: Buffer;
let workbook: Buffer;

const { password } = exportReason;
const niks = ['3171014101800001', '3171010202100002', '3171015503950010'];
const rows = niks.map((nik, index) => ({
  nomor_kartu_keluarga: '3171010101200001',
  nomor_induk_kependudukan: nik,
  nama: index === 2 ? '=HYPERLINK("x")' : `ORANG ${index}`,
  tanggal_lahir: '1980-01-01',
  jenis_kelamin: 'P',
  nama_kelurahan: 'GAMBIR',
  alamat: 'Jl. A',
  rt: 3,
  rw: 2,
  desil: 4,
  mobil: 0,
}));

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  token = await t.tokenOf('petugas_verifikasi');
  const how = { source: 'DTSEN', areaCodes: null, name: 'DTSEN', listDate: '2026-09-30' } as const;
  const uploadId = await uploadList(t, token, 'dtsen.csv', Buffer.from(csv(table(rows))));
  listId = (await ended(officer, await officer.reference.import.mutate({ uploadId, ...how }))).list?.id ?? '';
  ({ jobId } = await makeExport(officer, { kind: 'acuan', listId }));
  locked = Buffer.from(await (await fetchExport(t, jobId, token)).arrayBuffer());
  workbook = await officeCrypto.decrypt(locked, { password });
});
afterAll(() => t.close());

async function partOf(workbook: Uint8Array, name: string): Promise<string> {
  const source = memorySource(workbook);
  const entry = (await readZipDirectory(source)).find((candidate) => candidate.name === name);
  if (entry === undefined) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(source, entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe('a list leaves the program', () => {
  it('locked, as text to the last digit, on record with purpose and recipient', async () => {
    const { file } = await officer.exports.progress.query({ jobId });
    expect(file).toMatchObject({ rows: 3, fileName: 'DTSEN-versi-1-2026-11-10.xlsx' });
    const response = await fetchExport(t, jobId, token);
    expect(response.headers.get('content-disposition')).toContain('DTSEN-versi-1');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(createHash('sha256').update(locked).digest('hex')).toBe(file?.sha256);

    // Nothing of it can be read without the password: not a name, not a header, not that it is a zip.
    expect(locked.subarray(0, 8).toString('hex')).toBe('d0cf11e0a1b11ae1');
    for (const clear of ['ORANG 0', 'nomor_induk_kependudukan', niks[0] ?? '', 'xl/worksheets'])
      expect(locked.includes(clear)).toBe(false);
    await expect(officeCrypto.decrypt(locked, { password: 'kata sandi lain' })).rejects.toThrow(/password/i);

    const sheet = await partOf(workbook, 'xl/worksheets/sheet1.xml');
    const strings = await partOf(workbook, 'xl/sharedStrings.xml');
    const cells = [...sheet.matchAll(/<c [^>]*>/g)].map(([cell]) => cell);
    expect(cells.length).toBeGreaterThan(30);
    // Each cell that holds something is a shared string; a number could lose digits, a formula could run.
    expect(cells.filter((cell) => !cell.endsWith('/>') && !cell.includes('t="s"'))).toEqual([]);
    expect(sheet).not.toContain('<f>');
    for (const nik of niks) expect(strings).toContain(`>${nik}<`);
    const styles = await partOf(workbook, 'xl/styles.xml');
    expect(styles).toContain('numFmtId="49"');

    const entry = (await officer.exports.log.query())[0];
    expect(entry).toMatchObject({
      kind: 'acuan',
      title: 'DTSEN versi 1',
      purpose: exportReason.purpose,
      recipient: exportReason.recipient,
      basis: exportReason.basis,
      rows: 3,
      fileHash: file?.sha256,
      madeByName: 'petugas_verifikasi 1',
    });
    expect(JSON.stringify(entry)).not.toContain(password);
  });

  it('comes back as it went: every digit of every number', async () => {
    const { report, households } = await readList(workbook, {
      source: 'DTSEN',
      areaCodes: null,
    });
    expect(report).toMatchObject({
      rows: 3,
      households: 1,
      refusedCount: 0,
      warnings: [],
      unknownColumns: [],
    });
    expect(households[0]?.persons.map(({ nik }) => nik)).toEqual(niks);
    expect(households[0]?.persons[2]?.name).toBe('=HYPERLINK("x")');
    expect(households[0]?.household).toMatchObject({
      kk: '3171010101200001',
      rt: 3,
      rw: 2,
      desil: 4,
      kelurahan: '31.71.01.1001',
      answers: { mobil: '0' },
    });
  });

  it('a difference leaves too, as its filter lets it', async () => {
    const how = { source: 'DTSEN', areaCodes: null, name: 'DTSEN Desember', listDate: '2026-12-31' } as const;
    const later = rows.map((row) => ({ ...row, desil: 5 }));
    const uploadId = await uploadList(t, token, 'dtsen.csv', Buffer.from(csv(table(later))));
    const next = await ended(officer, await officer.reference.import.mutate({ uploadId, ...how }));
    const compared = await officer.difference.compare.mutate({
      baseListId: listId,
      listId: next.list?.id ?? '',
    });
    const { differenceId } = await over({ jobId: compared.jobId ?? '' }, officer.difference.progress.query);
    if (differenceId === null) throw new Error('Two lists of one source can be compared.');
    const subject = { kind: 'perbedaan' as const, differenceId, filter: { rankMoved: true } };
    const job = await makeExport(officer, subject);
    expect(job.file).toMatchObject({ rows: 1 });
    const opened = await openExport(t, job.jobId, token);
    const strings = await partOf(opened, 'xl/sharedStrings.xml');
    expect(strings).toContain('Desil: 4 → 5');
    expect(strings).toContain('>3171010101200001<');
    const nothing = await makeExport(officer, { ...subject, filter: { kinds: ['baru'] } });
    expect(nothing.problem?.code).toBe('export_nothing');
  });
});

describe('cases leave the program', () => {
  it('as they are shown, a row a member, every NIK whole; what nobody needs stays here', async () => {
    const clerk = await t.as('petugas_loket');
    const [first, second] = [syntheticFamily(1, 1, 2), syntheticFamily(2, 1, 3)];
    const { caseId } = await registerActive(clerk, first);
    await registerActive(clerk, second);
    const { case: current } = await officer.cases.get.query({ caseId });
    const subject = { kind: 'berkas' as const, filter: { rw: 2 } };
    const [headers = [], ...members] = await exportedRows(t, officer, token, subject);
    const column = (header: string) => members.map((row) => row[headers.indexOf(header)]);
    expect(column('NIK')).toEqual(first.members.map(({ nik }) => nik));
    expect(column('No KK')).toEqual(first.members.map(() => first.families[0]?.kk));
    expect(column('Nama')).toEqual(first.members.map(({ name }) => name));
    expect(column('Nomor berkas')).toEqual(first.members.map(() => current.number));
    expect(column('RW')).toEqual(['002', '002', '002']);
    expect(column('Kelurahan')).toEqual(['Gambir', 'Gambir', 'Gambir']);
    expect(headers.filter((header) => /ibu|telepon/i.test(String(header)))).toEqual([]);
    expect((await officer.exports.log.query())[0]).toMatchObject({
      kind: 'berkas',
      title: 'Berkas RW 002',
      rows: 3,
    });
  });

  it('with a sheet that says what it is; what was searched for stands neither in its name nor in its title', async () => {
    const searched = { kind: 'berkas' as const, filter: { mode: 'aktif' as const }, text: 'gang 2' };
    const { jobId: job, file, done, total } = await makeExport(officer, searched);
    // Rows against rows: three members of one case.
    expect({ done, total, rows: file?.rows }).toEqual({ done: 3, total: 3, rows: 3 });
    expect(file?.fileName).toBe('Berkas-pilihan-hasil-pencarian-2026-11-10.xlsx');
    expect((await officer.exports.log.query())[0]?.title).toBe('Berkas pilihan hasil pencarian');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(await openExport(t, job, token)).buffer);
    const [sheet, about] = book.worksheets;
    expect([sheet?.name, about?.name, book.worksheets.length]).toEqual(['Berkas', 'Keterangan', 2]);
    const lines: unknown[] = [];
    about?.eachRow((row) => lines.push([row.getCell(1).value, row.getCell(2).value]));
    expect(lines).toEqual([
      ['Isi', 'Berkas pilihan hasil pencarian'],
      ['Pencarian', 'gang 2'],
      ['Cara pendaftaran', 'Aktif'],
      ['Keperluan', exportReason.purpose],
      ['Penerima', exportReason.recipient],
      ['Dasar', exportReason.basis],
      ['Dibuat oleh', 'petugas_verifikasi 1, Kelurahan Gambir'],
      ['Tanggal', '2026-11-10'],
      ['Jumlah baris', '3'],
    ]);
    expect(noted(register(), 'ekspor_data').at(-1)).toMatchObject({
      saringan: searched.filter,
      pencarian: 'gang 2',
    });
    const none = await makeExport(officer, { kind: 'berkas', filter: { rw: 9 } });
    expect(none.problem?.code).toBe('export_nothing');
  });
});

describe('the answers of visits leave', () => {
  it('in the columns of their questionnaire, one row a member, as its lists are read', async () => {
    const caseId = await readyCase(t, 31);
    await printForms(t, [caseId]);
    const code =
      (await workAt(officer, 'lapangan')).find((item) => item.caseId === caseId)?.sheet?.code ?? '';
    const sheet = await officer.verification.openSheet.query({ code });
    const { sheetId } = sheet;
    expect(await officer.exports.instruments.query()).toEqual([]);
    const full = fullEntry(sheet);
    const headId = sheet.household.members[0]?.id ?? '';
    // Tuna rungu, which SIKS-Droid lost; a sum of papers; Ya of an asset printed 1/2 and of one printed 3/4.
    const head = { ...full.members[headId], Jenis_cacat: '03', Ada_kartu_identitas: '5' };
    const household = { ...full.household, ada_ac: 'tidak', ada_motor: 'ya', ada_mobil: 'ya' };
    const entry = { ...full, household, members: { ...full.members, [headId]: head } };
    const { version } = await officer.verification.save.mutate({ sheetId, version: 0, entry });
    await officer.verification.finish.mutate({ sheetId, version });
    expect(await officer.exports.instruments.query()).toEqual([{ id: 'bdt-2015', title: 'BDT 2015' }]);

    const subject = { kind: 'kunjungan', filter: {}, instrument: 'bdt-2015' } as const;
    const book = await exportedBook(t, officer, token, subject);
    const [headers = [], ...written] = await rowsOf(book);
    expect(headers.length).toBe(new Set(headers).size);
    expect(written).toHaveLength(sheet.household.members.length);
    const filled = written.map((row) =>
      Object.fromEntries(headers.map((header, at) => [String(header), String(row[at] ?? '')])),
    );
    const { households } = await readList(book, { areaCodes: null });
    expect(households).toHaveLength(1);
    expect(households[0]?.household.answers).toMatchObject({ ada_ac: '2', ada_motor: '3', ada_mobil: '1' });
    expect(households[0]?.persons[0]?.answers).toMatchObject({ Jenis_cacat: '03', Ada_kartu_identitas: '5' });
    expect(households[0]?.persons.map(({ nik }) => nik)).toEqual(
      sheet.household.members.map(({ nik }) => nik),
    );
    expect(households[0]?.household.answers['lantai']).toBe(full.household['lantai']);
    expect(filled[0]?.['hasil_verivali']).toBe('1');
    for (const { motherName } of sheet.household.members)
      expect(JSON.stringify(written)).not.toContain(motherName ?? 'tanpa nama ibu');
    expect((await officer.exports.log.query())[0]).toMatchObject({
      kind: 'kunjungan',
      purpose: exportReason.purpose,
      recipient: exportReason.recipient,
      rows: written.length,
    });
  });

  it('under no questionnaire that nothing was finished under', async () => {
    const subject = { kind: 'kunjungan', filter: {}, instrument: 'regsosek22k' } as const;
    expect(await codeOf(officer.exports.begin.mutate({ subject, ...exportReason }))).toBe('not_found');
  });
});

describe('an export that is stopped', () => {
  const onDisk = () => readdirSync(register().scratchDir).filter((name) => name.startsWith('ekspor-'));

  it.each([
    ['before it began', () => true],
    ['while its rows are written or locked', ({ done }: { done: number }) => done > 0],
  ] as const)('%s leaves nothing on the disk, and nothing on record', async (_, isTime) => {
    const before = [onDisk(), noted(register(), 'ekspor_data'), await officer.exports.log.query()];
    const subject = { kind: 'acuan' as const, listId };
    const begun = await officer.exports.begin.mutate({ subject, ...exportReason });
    while (!isTime(await officer.exports.progress.query(begun)))
      await new Promise((resolve) => setImmediate(resolve));
    await officer.exports.cancel.mutate(begun);
    expect(await over(begun, officer.exports.progress.query)).toMatchObject({
      state: 'dihentikan',
      file: null,
      problem: { code: 'export_stopped' },
    });
    expect([onDisk(), noted(register(), 'ekspor_data'), await officer.exports.log.query()]).toEqual(before);
    expect((await fetchExport(t, begun.jobId, token)).status).toBe(404);
  });

  it('is not stopped by a colleague, nor any more once it has ended', async () => {
    const other = await t.as('petugas_verifikasi', 2);
    expect(await codeOf(other.exports.cancel.mutate({ jobId }))).toBe('job_lost');
    await officer.exports.cancel.mutate({ jobId });
    expect(await officer.exports.progress.query({ jobId })).toMatchObject({ state: 'selesai' });
    expect((await fetchExport(t, jobId, token)).status).toBe(200);
  });
});

describe('what is refused', () => {
  it('no purpose, no recipient, a short password, a list that is not there', async () => {
    const subject = { kind: 'acuan' as const, listId };
    for (const wrong of [{ purpose: ' ' }, { recipient: '' }, { password: 'pendek' }])
      expect(await codeOf(officer.exports.begin.mutate({ subject, ...exportReason, ...wrong }))).toBe(
        'invalid_input',
      );
    const nobody = '019a0000-0000-7000-8000-000000000000';
    expect(
      await codeOf(
        officer.exports.begin.mutate({ subject: { kind: 'acuan', listId: nobody }, ...exportReason }),
      ),
    ).toBe('not_found');
  });

  it('others: neither to export nor to fetch what a colleague exported', async () => {
    const subject = { kind: 'acuan' as const, listId };
    const clerk = await t.as('petugas_loket');
    expect(await codeOf(clerk.exports.begin.mutate({ subject, ...exportReason }))).toBe('not_allowed');
    expect(await codeOf(clerk.exports.log.query())).toBe('not_allowed');
    expect((await fetchExport(t, jobId, null)).status).toBe(401);
    expect((await fetchExport(t, jobId, await t.tokenOf('petugas_verifikasi', 2))).status).toBe(404);
    expect((await fetchExport(t, jobId, await t.tokenOf('petugas_loket'))).status).toBe(403);
  });

  it('nothing stays on the disk after the office closed, and nothing of it lay there in the clear', async () => {
    await t.restart();
    expect(readdirSync(join(t.dataDir, 'sementara')).filter((name) => name.startsWith('ekspor-'))).toEqual(
      [],
    );
  });
});
