import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DifferenceProgress } from '../../shared/contract/difference.ts';
import { csv, table, type CellValue } from '../fixtures/reference-files.ts';
import { registerActive, syntheticFamily } from './families.ts';
import type { Register } from '../../electron/services/register.ts';
import { type Client, codeOf, noted, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, over as overJob, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;
let officer: Client;
let token: string;

beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  token = await t.tokenOf('petugas_verifikasi');
});
afterEach(() => t.close());

type Row = Record<string, CellValue>;

function person(kk: number, no: number, own: Row = {}): Row {
  return {
    nomor_kartu_keluarga: `317101010120000${kk}`,
    nomor_induk_kependudukan: `31710141018000${kk}${no}`,
    nama: `ORANG ${kk}${no}`,
    tanggal_lahir: '1980-01-01',
    status_hubungan_keluarga: no === 1 ? 1 : 3,
    nama_kelurahan: 'GAMBIR',
    alamat: `Jl. ${kk}`,
    rt: 1,
    rw: kk,
    desil: 2,
    ...own,
  };
}

const before = [person(1, 1), person(1, 2), person(2, 1), person(3, 1), person(4, 1)];
const now = [
  person(1, 1, { desil: 3, alamat: '' }),
  person(1, 2, { desil: 3, alamat: '' }),
  person(1, 3, { desil: 3, alamat: '' }),
  person(2, 1, { nama: 'ORANG DUA SATU', desil: '' }),
  person(4, 1),
  person(5, 1, { rw: 1 }),
];
const dtsen = { source: 'DTSEN', areaCodes: null, name: 'DTSEN' } as const;
const quarter = { before: { ...dtsen, listDate: '2026-06-30' }, now: { ...dtsen, listDate: '2026-09-30' } };
/** A list by itself, whose blank cells took nothing over. */
const apart = { ...quarter.now, name: 'DTSEN September' };
const later = { source: 'DTSEN', areaCodes: null, listDate: '2026-09-30' } as const;

function bytesOf(rows: Row[]): Buffer {
  return Buffer.from(csv(table(rows)));
}

async function importRows(
  rows: Row[],
  how: { source: 'DTSEN'; areaCodes: null; name: string; listDate: string },
) {
  const uploadId = await uploadList(t, token, 'dtsen.csv', bytesOf(rows));
  return bringList(officer, { uploadId, ...how });
}

function over(job: { jobId: string }): Promise<DifferenceProgress> {
  return overJob(job, officer.difference.progress.query);
}

async function stage(rows: Row[], baseListId: string, complete = true): Promise<string> {
  const uploadId = await uploadList(t, token, 'dtsen-baru.csv', bytesOf(rows));
  const job = await officer.difference.stage.mutate({ uploadId, ...later, baseListId, complete });
  return (await over(job)).differenceId ?? '';
}

/** Who stands in the newest version, with what an officer would look at. */
async function standing() {
  const [list] = (await officer.reference.lists.query()).filter(({ current }) => current);
  return { version: list?.version, households: list?.households, persons: list?.persons };
}

function page(id: string, filter = {}) {
  return officer.difference.rows.query({ id, filter, offset: 0, limit: 100 });
}

describe('two snapshots', () => {
  it('differ by household: new, gone, changed with the fields, desil moved; the same is worked out once', async () => {
    const baseListId = await importRows(before, quarter.before);
    const listId = await importRows(now, apart);
    const lurah = await t.as('lurah');
    const { jobId } = await officer.difference.compare.mutate({ baseListId, listId });
    const { differenceId } = await over({ jobId: jobId ?? '' });
    const id = differenceId ?? '';
    expect(await lurah.difference.compare.mutate({ baseListId, listId })).toEqual({
      differenceId: id,
      jobId: null,
    });
    expect(await lurah.difference.info.query({ id })).toMatchObject({
      base: { version: 1, listDate: '2026-06-30' },
      list: { version: 1, listDate: '2026-09-30' },
      staged: false,
      counts: {
        baru: { households: 1 },
        berubah: { households: 2 },
        hilang: { households: 1 },
        sama: { households: 1 },
      },
      moves: [{ from: 2, to: 3, households: 1 }],
      rws: [1, 2, 3, 4],
      kelurahan: [{ code: '31.71.01.1001', name: 'Gambir', households: 5 }],
      ownKelurahan: '31.71.01.1001',
    });
    // RW 3 lost its only household; its figures are its own, and every RW is still offered.
    const none = { households: 0, accepted: 0 };
    expect(await lurah.difference.info.query({ id, rw: 3 })).toMatchObject({
      counts: { baru: none, berubah: none, hilang: { households: 1 }, sama: none },
      moves: [],
      rws: [1, 2, 3, 4],
    });
    const { rows, total } = await page(id);
    expect(total).toBe(5);
    expect(rows.map(({ kind, headName, changes }) => [kind, headName, changes])).toEqual([
      ['baru', 'ORANG 51', { fields: [], persons: [] }],
      ['hilang', 'ORANG 31', { fields: [], persons: [] }],
      [
        'berubah',
        'ORANG 11',
        {
          fields: [{ field: 'desil', label: 'Desil', before: '2', after: '3' }],
          persons: [
            {
              kind: 'masuk',
              name: 'ORANG 13',
              nik: '3171 •••• •••• 0013',
              fields: [],
              elsewhere: null,
              case: null,
            },
          ],
        },
      ],
      [
        'berubah',
        'ORANG DUA SATU',
        {
          fields: [],
          persons: [
            expect.objectContaining({
              kind: 'berubah',
              fields: [{ field: 'name', label: 'Nama', before: 'ORANG 21', after: 'ORANG DUA SATU' }],
            }),
          ],
        },
      ],
      ['sama', 'ORANG 41', { fields: [], persons: [] }],
    ]);
    expect(
      (await page(id, { rankMoved: true })).rows.map(({ rankBefore, rankAfter }) => [rankBefore, rankAfter]),
    ).toEqual([[2, 3]]);
    expect(
      (await page(id, { kinds: ['baru', 'hilang'], rw: 3 })).rows.map(({ headName }) => headName),
    ).toEqual(['ORANG 31']);
  });

  it('are told for one kelurahan of several: new, dropped, desil moved', async () => {
    const elsewhere = { nama_kelurahan: 'CIDENG' };
    const household = syntheticFamily(1);
    const known = await registerActive(await t.as('petugas_loket'), household);
    const newcomer = person(5, 1, { rw: 1, nomor_induk_kependudukan: household.members[1]?.nik ?? '' });
    const baseListId = await importRows([...before, person(8, 1, elsewhere)], quarter.before);
    const listId = await importRows(
      [...now.slice(0, -1), newcomer, person(8, 1, { ...elsewhere, desil: 1 }), person(9, 1, elsewhere)],
      apart,
    );
    const { jobId } = await officer.difference.compare.mutate({ baseListId, listId });
    const id = (await over({ jobId: jobId ?? '' })).differenceId ?? '';
    const own = await officer.difference.info.query({ id, kelurahan: '31.71.01.1001' });
    expect(own).toMatchObject({
      counts: { baru: { households: 1 }, hilang: { households: 1 } },
      moves: [{ from: 2, to: 3, households: 1 }],
      rws: [1, 2, 3, 4],
      ownKelurahan: '31.71.01.1001',
    });
    expect(own.kelurahan.map(({ name }) => name)).toEqual(['Gambir', 'Cideng']);
    // A name that has a case opens it; the others have none.
    const cases = (await page(id, { kelurahan: '31.71.01.1001' })).rows.map((row) => [row.kind, row.case]);
    expect(cases).toContainEqual(['baru', { id: known.caseId, number: known.number }]);
    expect(cases.filter(([, found]) => found === null)).toHaveLength(cases.length - 1);
    expect(await officer.difference.info.query({ id })).toMatchObject({
      counts: { baru: { households: 2 }, hilang: { households: 1 } },
      moves: [
        { from: 2, to: 1 },
        { from: 2, to: 3 },
      ],
    });
    expect((await page(id, { kelurahan: own.kelurahan[1]?.code })).rows.map(({ kind }) => kind)).toEqual([
      'baru',
      'berubah',
    ]);
  });

  it('of different kinds, or one with itself, are no pair', async () => {
    const listId = await importRows(before, quarter.before);
    const nobody = '019a0000-0000-7000-8000-000000000000';
    expect(await codeOf(officer.difference.compare.mutate({ baseListId: listId, listId }))).toBe(
      'difference_other_source',
    );
    expect(await codeOf(officer.difference.compare.mutate({ baseListId: nobody, listId }))).toBe('not_found');
    expect(await codeOf(officer.difference.info.query({ id: nobody }))).toBe('not_found');
  });
});

describe('official ranks', () => {
  it('stand list by list on the case, and each keeps the list that stated it', async () => {
    const household = syntheticFamily(1);
    const [father] = household.members;
    const row = (desil: CellValue) =>
      person(1, 1, { nomor_induk_kependudukan: father?.nik ?? '', nama: 'BAPAK', desil });
    const base = await importRows([row(2), person(2, 1)], quarter.before);
    // Blank in the quarter that comes: the earlier rank stands, and names its list.
    await over(
      await officer.difference.accept.mutate({
        id: await stage([row(''), person(2, 1, { desil: 9 })], base),
      }),
    );
    await importRows([row(5)], { ...dtsen, listDate: '2026-10-31' });
    const { caseId } = await registerActive(await t.as('petugas_loket'), household);
    const lurah = await t.as('lurah');
    const ranks = await lurah.reference.ranks.query({ caseId });
    expect(
      ranks.map(({ version, listDate, desil, current, statedBy }) => [
        version,
        listDate,
        desil,
        current,
        statedBy?.version ?? null,
      ]),
    ).toEqual([
      [3, '2026-10-31', 5, true, null],
      [2, '2026-09-30', 2, false, 1],
      [1, '2026-06-30', 2, false, null],
    ]);
    expect(ranks[0]).toMatchObject({ headName: 'BAPAK', source: 'DTSEN', listName: 'DTSEN' });
    // An undone list says nothing any more.
    const [newest] = await officer.reference.lists.query();
    await officer.difference.withdraw.mutate({ listId: newest?.id ?? '', reason: 'berkas yang salah' });
    expect((await lurah.reference.ranks.query({ caseId })).map(({ version }) => version)).toEqual([2, 1]);
    const other = await registerActive(await t.as('petugas_loket'), syntheticFamily(2));
    expect(await lurah.reference.ranks.query({ caseId: other.caseId })).toEqual([]);
    expect(await codeOf(lurah.reference.ranks.query({ caseId: base }))).toBe('not_found');
  });

  it('of a person who was said to be another stay away in the next snapshot too', async () => {
    const household = syntheticFamily(1);
    const nik = household.members[0]?.nik ?? '';
    const row = person(1, 1, { nomor_induk_kependudukan: nik, nama: 'ORANG LAIN' });
    await importRows([row], quarter.before);
    const { caseId } = await registerActive(await t.as('petugas_loket'), household);
    expect(await officer.reference.ranks.query({ caseId })).toHaveLength(1);
    const { version, sources } = await officer.identification.proposal.query({ caseId });
    const pairs = sources.flatMap(({ members }) =>
      members.flatMap(({ memberId, candidates }) =>
        candidates.map(({ personId }) => ({
          memberId,
          personId,
          verdict: 'bukan' as const,
          reason: 'NIK-nya dipakai orang lain',
        })),
      ),
    );
    expect(pairs.length).toBeGreaterThan(0);
    await officer.identification.decide.mutate({
      caseId,
      version,
      pairs,
      result: 'baru',
      overrideReason: null,
    });
    expect(await officer.reference.ranks.query({ caseId })).toEqual([]);
    await importRows([row], quarter.now);
    expect(await officer.reference.ranks.query({ caseId })).toEqual([]);
  });
});

describe('a file beside the list that stands', () => {
  it('counts for nobody until it is accepted, and then as the next version, whole', async () => {
    const base = await importRows(before, quarter.before);
    const id = await stage(now, base);
    expect(await standing()).toEqual({ version: 1, households: 4, persons: 5 });
    expect(await officer.difference.waiting.query()).toMatchObject([
      { differenceId: id, list: { name: 'DTSEN', version: 0 } },
    ]);
    const { list } = await over(await officer.difference.accept.mutate({ id }));
    expect(list).toMatchObject({ name: 'DTSEN', version: 2 });
    expect(await standing()).toEqual({ version: 2, households: 4, persons: 6 });
    expect(await officer.difference.waiting.query()).toEqual([]);
    const [newest] = await officer.reference.lists.query();
    expect(newest).toMatchObject({ basedOn: base, listDate: '2026-09-30', fileName: 'dtsen-baru.csv' });
    // Blank cells erased nothing: only what the file said differs, and the blank desil stays its old list's.
    const { jobId } = await officer.difference.compare.mutate({ baseListId: base, listId: list?.id ?? '' });
    const compared = (await over({ jobId: jobId ?? '' })).differenceId ?? '';
    const fields = (await page(compared, { kinds: ['berubah'] })).rows.flatMap(({ changes }) =>
      changes.fields.map(({ field }) => field),
    );
    expect(fields).toEqual(['desil']);
    expect(await officer.difference.info.query({ id: compared })).toMatchObject({
      moves: [{ from: 2, to: 3, households: 1 }],
    });
  });

  it('is accepted in parts: by kind, by RW, by row', async () => {
    const base = await importRows(before, quarter.before);
    const id = await stage(now, base);
    const decide = (
      which: Parameters<typeof officer.difference.decide.mutate>[0]['which'],
      accepted = false,
    ) => officer.difference.decide.mutate({ id, accepted, which });
    expect((await decide({ filter: { kinds: ['hilang'] } })).changed).toBe(1);
    expect((await decide({ filter: { rw: 1 } })).changed).toBe(2);
    // A decision alone is turned back, and what it turned: what stood so before stays.
    const refused = (await page(id, { accepted: false })).rows.map((row) => row.id);
    const { changed, decision } = await decide({ filter: {} });
    expect(changed).toBe(1);
    const undo = () => officer.difference.takeBack.mutate({ id, decision: decision ?? 0 });
    expect(await undo()).toMatchObject({ changed: 1, left: { rows: 0 } });
    expect((await page(id, { accepted: false })).rows.map((row) => row.id)).toEqual(refused);
    expect(await codeOf(undo())).toBe('not_found');
    const [added] = (await page(id, { kinds: ['baru'] })).rows;
    const again = { rows: [added?.id ?? 0] };
    expect(await decide(again, true)).toMatchObject({ changed: 1 });
    expect(await decide(again, true)).toEqual({ changed: 0, decision: null });
    expect((await page(id, { accepted: false })).rows.map(({ headName }) => headName)).toEqual([
      'ORANG 31',
      'ORANG 11',
    ]);
    expect((await officer.difference.info.query({ id })).counts.hilang).toEqual({
      households: 1,
      accepted: 0,
    });
    await over(await officer.difference.accept.mutate({ id }));
    // Family 3 stays, family 1 stays as it was with two members, family 5 is new.
    expect(await standing()).toEqual({ version: 2, households: 5, persons: 6 });
  });

  it('that holds a part only leaves the others alone', async () => {
    const base = await importRows(before, quarter.before);
    const id = await stage([person(2, 1, { alamat: '[HAPUS]', rt: 9 })], base, false);
    expect((await officer.difference.info.query({ id })).counts).toMatchObject({
      berubah: { households: 1 },
      hilang: { households: 0 },
      sama: { households: 3 },
    });
    const [row] = (await page(id, { kinds: ['berubah'] })).rows;
    expect(row?.changes.fields).toEqual([
      { field: 'street', label: 'Alamat', before: 'Jl. 2', after: null },
      { field: 'rt', label: 'RT', before: '1', after: '9' },
    ]);
    await over(await officer.difference.accept.mutate({ id }));
    expect(await standing()).toEqual({ version: 2, households: 4, persons: 5 });
  });

  it('is thrown away without a trace but its entry in the journal', async () => {
    const base = await importRows(before, quarter.before);
    const id = await stage(now, base);
    await officer.difference.discard.mutate({ id });
    expect(await officer.difference.waiting.query()).toEqual([]);
    for (const call of [officer.difference.accept.mutate({ id }), officer.difference.info.query({ id })])
      expect(await codeOf(call)).toBe('not_found');
    expect(await standing()).toEqual({ version: 1, households: 4, persons: 5 });
    expect(noted(register(), 'impor_acuan_dibuang')).toEqual([
      { sumber: 'DTSEN', nama: 'DTSEN', tanggal: '2026-09-30' },
    ]);
  });

  it('waits over a restart; nothing stays of one that was broken or stopped', async () => {
    const base = await importRows(before, quarter.before);
    const id = await stage(now, base);
    const uploadId = await uploadList(t, token, 'rusak.csv', bytesOf(now).subarray(0, 60));
    const broken = await over(
      await officer.difference.stage.mutate({ uploadId, ...later, baseListId: base, complete: true }),
    );
    expect(broken).toMatchObject({ state: 'gagal', differenceId: null });
    await t.restart();
    officer = await t.as('petugas_verifikasi');
    expect(await officer.difference.waiting.query()).toMatchObject([{ differenceId: id }]);
    expect((await officer.reference.lists.query()).map(({ version }) => version)).toEqual([1]);
  });

  it('of which nothing is accepted leaves nobody, and is not stored', async () => {
    const base = await importRows([person(1, 1)], quarter.before);
    const id = await stage([person(2, 1)], base);
    await officer.difference.decide.mutate({ id, accepted: false, which: { filter: { kinds: ['baru'] } } });
    const { problem } = await over(await officer.difference.accept.mutate({ id }));
    expect(problem?.code).toBe('import_nothing_accepted');
    expect(await officer.difference.waiting.query()).toHaveLength(1);
  });

  it('must be of the kind of the list it is laid beside, and only who imports may do it', async () => {
    const base = await importRows(before, quarter.before);
    const uploadId = await uploadList(t, token, 'x.csv', bytesOf(now));
    const given = { uploadId, ...later, baseListId: base, complete: true };
    expect(await codeOf(officer.difference.stage.mutate({ ...given, source: 'DTKS' }))).toBe(
      'difference_other_source',
    );
    const clerk = await t.as('petugas_loket');
    expect(await codeOf(clerk.difference.stage.mutate(given))).toBe('not_allowed');
    expect(await codeOf(clerk.difference.withdraw.mutate({ listId: base, reason: 'x' }))).toBe('not_allowed');
  });
});

describe('undoing', () => {
  it('takes the newest version out in one step, and back again', async () => {
    await importRows(before, quarter.before);
    const listId = await importRows(now, quarter.before);
    expect(await standing()).toMatchObject({ version: 2 });
    await officer.difference.withdraw.mutate({ listId, reason: 'berkas yang salah' });
    expect(await standing()).toMatchObject({ version: 1 });
    const [undone] = await officer.reference.lists.query();
    expect(undone).toMatchObject({ version: 2, current: false, withdrawnAt: '2026-11-10T02:00:00.000Z' });
    expect(await codeOf(officer.difference.withdraw.mutate({ listId, reason: 'lagi' }))).toBe('not_found');
    await officer.difference.restore.mutate({ listId, reason: 'ternyata benar' });
    expect(await standing()).toMatchObject({ version: 2 });
    const list = { daftar: listId, nama: 'DTSEN', versi: 2 };
    expect(noted(register(), 'impor_acuan_diurungkan')).toEqual([{ ...list, alasan: 'berkas yang salah' }]);
    expect(noted(register(), 'impor_acuan_dipakai_lagi')).toEqual([{ ...list, alasan: 'ternyata benar' }]);
  });
});
