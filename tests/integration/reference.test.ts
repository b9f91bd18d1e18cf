import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uploadLimit } from '../../shared/contract/reference.ts';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import { bdtRow, bdtWorkbook, dtksCsv, dtksRow } from '../fixtures/read-list.ts';
import { zip } from '../fixtures/reference-files.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { bringList, ended, sendList, uploadList } from './reference-office.ts';

let t: TestOffice;
let officer: Client;
let token: string;

beforeEach(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  token = await t.tokenOf('petugas_verifikasi');
});
afterEach(() => t.close());

const bdt = { source: 'BDT2015', areaCodes: 'bps' } as const;
const dtks = { source: 'DTKS', areaCodes: null } as const;
const named = { name: 'BDT Gambir', listDate: '2024-05-31' };

function scratch(): string[] {
  return readdirSync(join(t.dataDir, 'sementara'));
}

async function importList(bytes: Uint8Array, how: typeof bdt | typeof dtks, what = named) {
  const uploadId = await uploadList(t, token, 'daftar.xlsx', bytes);
  return ended(officer, await officer.reference.import.mutate({ uploadId, ...how, ...what }));
}

/** A list that takes long enough to be stopped half-way. */
let many: Buffer;
beforeAll(async () => {
  many = await bdtWorkbook(
    ...Array.from({ length: 6000 }, (_, index) => bdtRow({ 'ID rumah tangga': `R${index}`, NIK: null })),
  );
});

describe('a list comes in', () => {
  it('is checked first, which stores nothing, and then kept as a dated, versioned snapshot', async () => {
    const bytes = await bdtWorkbook(
      bdtRow(),
      bdtRow({ 'Nama ART': 'BUDI', NIK: '3.17E+15', HubKRT: 3 }),
      bdtRow({ 'ID rumah tangga': 'R2', 'Nama ART': 'JOKO', NIK: null, Catatan: 'x' }),
    );
    const uploadId = await uploadList(t, token, 'C:\\Unduhan\\BDT Gambir.xlsx', bytes);
    const checked = await ended(officer, await officer.reference.check.mutate({ uploadId, ...bdt }));
    expect(checked).toMatchObject({
      state: 'selesai',
      problem: null,
      list: null,
      sameFile: null,
      report: {
        rows: 3,
        households: 2,
        persons: 2,
        withoutNik: 1,
        refusedCount: 1,
        unknownColumns: ['Catatan'],
      },
    });
    expect(checked.report?.refused).toEqual([
      { row: 3, reason: 'nik_damaged', message: expect.stringContaining('3.17E+15'), columns: ['NIK'] },
    ]);
    expect(await officer.reference.lists.query()).toEqual([]);

    const stored = await ended(
      officer,
      await officer.reference.import.mutate({ uploadId, ...bdt, ...named }),
    );
    expect(stored).toMatchObject({ state: 'selesai', list: { name: 'BDT Gambir', version: 1 } });
    const lists = await officer.reference.lists.query();
    expect(lists).toEqual([
      {
        id: stored.list?.id,
        source: 'BDT2015',
        name: 'BDT Gambir',
        listDate: '2024-05-31',
        version: 1,
        areaCodes: 'bps',
        fileName: 'BDT Gambir.xlsx',
        fileHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        households: 2,
        persons: 2,
        refusedCount: 1,
        kelurahan: ['31.71.01.1001'],
        importedAt: '2026-11-10T02:00:00.000Z',
        importedByName: 'petugas_verifikasi 1',
        current: true,
        withdrawnAt: null,
        basedOn: null,
      },
    ]);
    expect(await officer.reference.report.query({ listId: lists[0]?.id ?? '' })).toEqual({
      ...checked.report,
      refusedKept: true,
    });
  });

  it('becomes the next version when it comes again, and says so before', async () => {
    const bytes = dtksCsv(dtksRow());
    await importList(bytes, dtks, { name: 'DTKS', listDate: '2025-12-31' });
    const uploadId = await uploadList(t, token, 'dtks.csv', bytes);
    const checked = await ended(officer, await officer.reference.check.mutate({ uploadId, ...dtks }));
    expect(checked.sameFile).toEqual({ name: 'DTKS', version: 1, importedAt: '2026-11-10T02:00:00.000Z' });
    t.clock.advance(1000);
    await bringList(officer, { uploadId, ...dtks, name: 'DTKS', listDate: '2025-12-31' });
    const lists = await officer.reference.lists.query();
    expect(lists.map(({ version, current }) => ({ version, current }))).toEqual([
      { version: 2, current: true },
      { version: 1, current: false },
    ]);
  });

  it('is not stored beside nothing under the name of one that stands, nor are two that come in at once', async () => {
    const given = { ...dtks, name: 'DTKS', listDate: '2025-12-31' };
    const colleague = await t.as('petugas_verifikasi', 2);
    const bytes = dtksCsv(dtksRow());
    const upload = async (no: number) =>
      uploadList(t, await t.tokenOf('petugas_verifikasi', no), 'dtks.csv', bytes);
    // Neither stands as they are taken on.
    const mine = await officer.reference.import.mutate({ uploadId: await upload(1), ...given });
    const theirs = await colleague.reference.import.mutate({ uploadId: await upload(2), ...given });
    const first = await ended(officer, mine);
    expect(first).toMatchObject({ state: 'selesai', list: { version: 1 } });
    expect(await ended(colleague, theirs)).toMatchObject({
      state: 'gagal',
      list: null,
      problem: { code: 'import_name_taken' },
    });
    const uploadId = await upload(1);
    expect(await codeOf(officer.reference.import.mutate({ uploadId, ...given }))).toBe('import_name_taken');
    expect((await officer.reference.lists.query()).map(({ version }) => version)).toEqual([1]);
    // Once it is undone, nothing is there to be compared with.
    await officer.difference.withdraw.mutate({ listId: first.list?.id ?? '', reason: 'Salah berkas' });
    const again = await ended(officer, await officer.reference.import.mutate({ uploadId, ...given }));
    expect(again).toMatchObject({ state: 'selesai', list: { version: 2 } });
  });

  it('is found by the hint of the counter at once, the newest version alone', async () => {
    await importList(dtksCsv(dtksRow({ nama: 'SITI AMINNAH' })), dtks, {
      name: 'DTKS',
      listDate: '2025-12-31',
    });
    const uploadId = await uploadList(t, token, 'dtks.csv', dtksCsv(dtksRow()));
    await bringList(officer, { uploadId, ...dtks, name: 'DTKS', listDate: '2025-12-31' });
    const clerk = await t.as('petugas_loket');
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const member = {
      relation: '1',
      familyNo: '1',
      familyRelation: '1',
      name: 'Siti',
      nik: '3171014101800001',
    };
    const body = DraftHousehold.parse({
      address: { kelurahan: '31.71.01.1001' },
      families: [{ no: 1, kk: '' }],
      members: [{ id: draft.id, ...member }],
    });
    const { families } = await clerk.duplicates.hint.query({ draftId: draft.id, body });
    expect(families.map(({ kind, headName }) => ({ kind, headName }))).toEqual([
      { kind: 'acuan', headName: 'SITI AMINAH' },
    ]);
  });
});

describe('a list of unknown columns', () => {
  const bytes = Buffer.from(
    'Data warga\nNama Warga;NIK Warga;No. Kartu;Tgl. Lahir;Ekonomi\nSiti;3171014101800001;3171010101200001;01/01/1980;Pra\nBudi;;3171010101200001;02/02/2010;Pra\n',
  );
  const columns = [
    { header: 'Nama Warga', role: 'name' },
    { header: 'NIK Warga', role: 'nik' },
    { header: 'No. Kartu', role: 'kk' },
    { header: 'Tgl. Lahir', role: 'birth_date' },
    { header: 'Ekonomi', role: 'answer' },
  ] as const;
  const carik = { source: 'CARIK', areaCodes: null, kelurahan: '31.71.01.1001' } as const;

  it('is looked into, mapped by hand, and the mapping is known the next time', async () => {
    const uploadId = await uploadList(t, token, 'carik.csv', bytes);
    expect(
      (await ended(officer, await officer.reference.check.mutate({ uploadId, ...carik }))).problem?.code,
    ).toBe('import_mapping_needed');
    const look = async (headerRow: number | null) =>
      (await ended(officer, await officer.reference.preview.mutate({ uploadId, headerRow }))).sheets;
    expect(await look(null)).toEqual([
      {
        name: null,
        headerRow: 2,
        columns: [
          { header: 'Nama Warga', at: 0, role: 'name', samples: ['Siti', 'Budi'] },
          { header: 'NIK Warga', at: 1, role: 'nik', samples: ['3171014101800001'] },
          { header: 'No. Kartu', at: 2, role: 'answer', samples: ['3171010101200001', '3171010101200001'] },
          { header: 'Tgl. Lahir', at: 3, role: 'birth_date', samples: ['01/01/1980', '02/02/2010'] },
          { header: 'Ekonomi', at: 4, role: 'answer', samples: ['Pra', 'Pra'] },
        ],
      },
    ]);
    const saved = await officer.reference.saveMapping.mutate({
      name: 'Carik 2026',
      source: 'CARIK',
      columns: [...columns],
    });
    expect((await look(2))?.[0]?.columns[2]?.role).toBe('kk');
    expect(await officer.reference.mappings.query()).toEqual([saved]);
    const mapping = { sheet: null, headerRow: 2, columns: [...columns] };
    const stored = await ended(
      officer,
      await officer.reference.import.mutate({
        uploadId,
        ...carik,
        mapping,
        name: 'Carik',
        listDate: '2026-09-30',
      }),
    );
    expect(stored.report).toMatchObject({
      rows: 2,
      households: 1,
      persons: 2,
      refusedCount: 0,
      warnings: [],
    });
    expect(await officer.reference.lists.query()).toMatchObject([{ source: 'CARIK', current: true }]);
    await officer.reference.deleteMapping.mutate({ id: saved.id });
    expect(await codeOf(officer.reference.deleteMapping.mutate({ id: saved.id }))).toBe('not_found');
    expect(await officer.reference.mappings.query()).toEqual([]);
  });

  it('a mapping that cannot be used says why, and is not kept', async () => {
    const given = { name: 'x', source: 'CARIK' } as const;
    const name = { header: 'Nama Warga', role: 'name' } as const;
    for (const wrong of [
      [{ header: 'NIK Warga', role: 'nik' as const }],
      [name, { ...name, header: 'Ekonomi' }],
    ])
      expect(await codeOf(officer.reference.saveMapping.mutate({ ...given, columns: wrong }))).toBe(
        'import_mapping_wrong',
      );
    const uploadId = await uploadList(t, token, 'rusak', Buffer.from('PK\u0003\u0004'));
    const broken = await ended(
      officer,
      await officer.reference.preview.mutate({ uploadId, headerRow: null }),
    );
    expect(broken).toMatchObject({ state: 'gagal', sheets: null, problem: { code: 'import_not_workbook' } });
    expect(await officer.reference.mappings.query()).toEqual([]);
  });

  it('does not make anybody registered: identification searches the register lists alone', async () => {
    const uploadId = await uploadList(t, token, 'carik.csv', bytes);
    const mapping = { sheet: null, headerRow: 2, columns: [...columns] };
    await ended(
      officer,
      await officer.reference.import.mutate({
        uploadId,
        ...carik,
        mapping,
        name: 'Carik',
        listDate: '2026-09-30',
      }),
    );
    expect((await officer.identification.queue.query({ offset: 0, limit: 10 })).lists).toBe(0);
  });
});

describe('what is refused', () => {
  it.each([
    ['no workbook', async () => Buffer.from('%PDF-1.7\n\u0000\u0001'), bdt, 'import_not_workbook'],
    ['another list', async () => dtksCsv(dtksRow()), bdt, 'import_other_list'],
    [
      'a header without rows',
      async () => dtksCsv(dtksRow()).subarray(0, dtksCsv(dtksRow()).indexOf('\r\n')),
      dtks,
      'import_no_rows',
    ],
    ['undeclared codes', () => bdtWorkbook(bdtRow()), { ...bdt, areaCodes: null }, 'import_area_code_system'],
    [
      'an open quote',
      async () =>
        Buffer.from(
          dtksCsv(dtksRow(), dtksRow({ id_dtks: 'D-2' }))
            .toString()
            .replace('D-2', '"D-2'),
        ),
      dtks,
      'import_open_quote',
    ],
    [
      'a zip bomb',
      async () => zip([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(40_000_000, ' ') }]),
      bdt,
      'import_zip_bomb',
    ],
  ])('%s ends the check in a clear sentence', async (_, make, how, code) => {
    const uploadId = await uploadList(t, token, 'daftar', await make());
    const checked = await ended(officer, await officer.reference.check.mutate({ uploadId, ...how }));
    expect(checked).toMatchObject({ state: 'gagal', report: null, problem: { code } });
    expect(checked.problem?.message).toMatch(/^[A-Z].*\.$/);
  });

  it('a list of which every row is refused is not stored', async () => {
    const progress = await importList(dtksCsv(dtksRow({ nomor_nik: '3.17E+15' })), dtks);
    expect(progress).toMatchObject({ state: 'gagal', problem: { code: 'import_all_refused' } });
    expect(await officer.reference.lists.query()).toEqual([]);
  });

  it('a file as large as the screen says goes through the door, a larger one is told before it is read', async () => {
    const sent = (length: number) => sendList(t, token, 'besar.csv', new Uint8Array([78]), length);
    expect((await sent(uploadLimit)).status).toBe(200);
    const larger = await sent(uploadLimit + 1);
    expect(larger.status).toBe(413);
    expect(await larger.json()).toMatchObject({ problem: { code: 'body_too_large' } });
  });

  it('an empty file is told at once', async () => {
    const response = await sendList(t, token, 'kosong.csv', new Uint8Array());
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ problem: { code: 'file_empty' } });
    expect(scratch()).toEqual([]);
  });
});

describe('stopping', () => {
  it('leaves nothing, and the list can be stored afterwards', async () => {
    const uploadId = await uploadList(t, token, 'besar.xlsx', many);
    const { jobId } = await officer.reference.import.mutate({ uploadId, ...bdt, ...named });
    await officer.reference.cancel.mutate({ jobId });
    const progress = await ended(officer, { jobId });
    expect(progress).toMatchObject({
      state: 'dihentikan',
      list: null,
      problem: { code: 'import_cancelled' },
    });
    expect(await officer.reference.lists.query()).toEqual([]);
    const again = await ended(officer, await officer.reference.import.mutate({ uploadId, ...bdt, ...named }));
    expect(again.list).toMatchObject({ version: 1 });
  });

  it('closing the office in the middle leaves nothing', async () => {
    const uploadId = await uploadList(t, token, 'besar.xlsx', many);
    await officer.reference.import.mutate({ uploadId, ...bdt, ...named });
    await t.restart();
    const back = await t.as('petugas_verifikasi');
    expect(await back.reference.lists.query()).toEqual([]);
    expect(scratch()).toEqual([]);
  });

  it('others save while a list is being read', async () => {
    const uploadId = await uploadList(t, token, 'besar.xlsx', many);
    const { jobId } = await officer.reference.import.mutate({ uploadId, ...bdt, ...named });
    const clerk = await t.as('petugas_loket');
    const states: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      await clerk.intake.create.mutate({ mode: 'aktif' });
      states.push((await officer.reference.progress.query({ jobId })).state);
    }
    expect(states).toContain('berjalan');
    expect((await ended(officer, { jobId })).state).toBe('selesai');
  });
});

describe('who and what', () => {
  it('only those who may import, and each only their own', async () => {
    expect((await sendList(t, null, 'x.csv', new Uint8Array([65]))).status).toBe(401);
    const clerkToken = await t.tokenOf('petugas_loket');
    expect((await sendList(t, clerkToken, 'x.csv', new Uint8Array([65]))).status).toBe(403);
    const uploadId = await uploadList(t, token, 'dtks.csv', dtksCsv(dtksRow()));
    const { jobId } = await officer.reference.check.mutate({ uploadId, ...dtks });
    const colleague = await t.as('petugas_verifikasi', 2);
    expect(await codeOf(colleague.reference.check.mutate({ uploadId, ...dtks }))).toBe('upload_gone');
    expect(await codeOf(colleague.reference.progress.query({ jobId }))).toBe('job_lost');
    expect(await codeOf((await t.as('petugas_loket')).reference.progress.query({ jobId }))).toBe(
      'not_allowed',
    );
    await ended(officer, { jobId });
    expect(await (await t.as('petugas_loket')).reference.lists.query()).toEqual([]);
  });

  it('what does not exist is told', async () => {
    const nobody = '019a0000-0000-7000-8000-000000000000';
    expect(await codeOf(officer.reference.check.mutate({ uploadId: nobody, ...dtks }))).toBe('upload_gone');
    expect(await codeOf(officer.reference.report.query({ listId: nobody }))).toBe('not_found');
    expect(await codeOf(officer.reference.cancel.mutate({ jobId: nobody }))).toBe('job_lost');
  });

  it('nothing of an upload is readable on the disk, and nothing stays', async () => {
    const bytes = dtksCsv(dtksRow({ nama: 'NAMA YANG MUDAH DICARI' }));
    const uploadId = await uploadList(t, token, 'dtks.csv', bytes);
    const [file = ''] = scratch();
    const raw = readFileSync(join(t.dataDir, 'sementara', file));
    expect(raw.length).toBeGreaterThanOrEqual(bytes.length);
    expect(raw.includes('MUDAH DICARI') || raw.includes('3171010101200001')).toBe(false);
    await officer.reference.discard.mutate({ uploadId });
    expect(scratch()).toEqual([]);
    await importList(bytes, dtks, { name: 'DTKS', listDate: '2025-12-31' });
    expect(scratch()).toEqual([]);
  });
});
