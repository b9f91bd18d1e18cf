import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DifferenceProgress } from '../../shared/contract/difference.ts';
import type { Register } from '../../electron/services/register.ts';
import { csv, rowsOfWorkbook, table, type CellValue } from '../fixtures/reference-files.ts';
import { exportedBook } from './exporting.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { ended, over as overJob, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;
let officer: Client;
let base: string;

type Row = Record<string, CellValue>;

const families = [family(1), family(2), family(3)];

beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  const list = { source: 'DTSEN', areaCodes: null, name: 'DTSEN', listDate: '2026-06-30' } as const;
  const uploadId = await upload(families);
  base = (await ended(officer, await officer.reference.import.mutate({ uploadId, ...list }))).list?.id ?? '';
});
afterEach(() => t.close());

/** A family of one. */
function family(no: number, own: Row = {}): Row {
  return {
    nomor_kartu_keluarga: `317101010120000${no}`,
    nomor_induk_kependudukan: `31710141018000${no}1`,
    nama: `ORANG ${no}`,
    tanggal_lahir: '1980-01-01',
    nama_kelurahan: 'GAMBIR',
    alamat: `Jl. ${no}`,
    rt: 1,
    rw: 1,
    desil: 2,
    ...own,
  };
}

async function upload(rows: Row[]): Promise<string> {
  const token = await t.tokenOf('petugas_verifikasi');
  return uploadList(t, token, 'dtsen.csv', Buffer.from(csv(table(rows))));
}

function over(job: { jobId: string | null }): Promise<DifferenceProgress> {
  return overJob({ jobId: job.jobId ?? '' }, officer.difference.progress.query);
}

async function staging(rows: Row[], baseListId = base, complete = true, listDate = '2026-09-30') {
  const list = { source: 'DTSEN', areaCodes: null, listDate } as const;
  return { uploadId: await upload(rows), ...list, baseListId, complete };
}

async function stage(rows: Row[], baseListId = base, complete = true): Promise<string> {
  const job = await officer.difference.stage.mutate(await staging(rows, baseListId, complete));
  return (await over(job)).differenceId ?? '';
}

async function accept(id: string) {
  const { list, problem } = await over(await officer.difference.accept.mutate({ id }));
  return { listId: list?.id ?? '', version: list?.version, problem: problem?.code };
}

async function compareAgain(id: string): Promise<string> {
  const { differenceId, jobId } = await officer.difference.compareAgain.mutate({ id });
  return differenceId ?? (await over({ jobId })).differenceId ?? '';
}

async function refuse(id: string, names: string[]): Promise<void> {
  const { rows } = await officer.difference.rows.query({ id, filter: {}, offset: 0, limit: 100 });
  const which = { rows: rows.filter(({ headName }) => names.includes(headName)).map((row) => row.id) };
  await officer.difference.decide.mutate({ id, accepted: false, which });
}

async function changes(id: string): Promise<string[]> {
  const { rows } = await officer.difference.rows.query({ id, filter: {}, offset: 0, limit: 100 });
  return rows
    .filter(({ kind }) => kind !== 'sama')
    .map(({ kind, headName, accepted }) => `${headName} ${kind}${accepted ? '' : ', ditolak'}`)
    .toSorted();
}

/** Who stands in the newest version, with the address. */
function standing(): unknown[] {
  return register()
    .db.prepare(
      `SELECT person.name || ', ' || street FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id
       WHERE list_id = (SELECT id FROM finished_list ORDER BY version DESC LIMIT 1) ORDER BY 1`,
    )
    .pluck()
    .all();
}

it('nothing is lost of what another file brought in meanwhile: the file is compared anew, and what was refused stays so', async () => {
  const mine = await stage([
    family(1, { alamat: 'Jl. Mawar' }),
    family(2, { alamat: 'Jl. Melati' }),
    family(4),
  ]);
  await refuse(mine, ['ORANG 2', 'ORANG 3']);
  const other = await stage([family(5)], base, false);
  expect(await accept(other)).toMatchObject({ version: 2 });

  expect(await accept(mine)).toMatchObject({ version: undefined, problem: 'difference_base_replaced' });
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 3, Jl. 3', 'ORANG 5, Jl. 5']);
  const again = await compareAgain(mine);
  expect(await changes(again)).toEqual([
    'ORANG 1 berubah',
    'ORANG 2 berubah, ditolak',
    'ORANG 3 hilang, ditolak',
    'ORANG 4 baru',
    'ORANG 5 hilang',
  ]);
  expect(await officer.difference.waiting.query()).toMatchObject([{ differenceId: again }]);
  expect(await codeOf(officer.difference.info.query({ id: mine }))).toBe('not_found');
  await officer.difference.decide.mutate({
    id: again,
    accepted: false,
    which: { filter: { kinds: ['hilang'] } },
  });
  expect(await compareAgain(again)).toBe(again);
  expect(await accept(again)).toMatchObject({ version: 3 });
  expect(standing()).toEqual([
    'ORANG 1, Jl. Mawar',
    'ORANG 2, Jl. 2',
    'ORANG 3, Jl. 3',
    'ORANG 4, Jl. 4',
    'ORANG 5, Jl. 5',
  ]);
});

it('what was undone does not come back with a file that lay beside it', async () => {
  const { listId } = await accept(await stage([family(5)], base, false));
  const late = await stage([family(6)], listId, false);
  await officer.difference.withdraw.mutate({ listId, reason: 'berkas yang salah' });
  expect(await accept(late)).toMatchObject({ problem: 'difference_base_replaced' });
  await officer.difference.withdraw.mutate({ listId: base, reason: 'semuanya salah' });
  expect(await codeOf(officer.difference.compareAgain.mutate({ id: late }))).toBe('difference_no_base');
  await officer.difference.restore.mutate({ listId: base, reason: 'ternyata benar' });
  expect(await accept(await compareAgain(late))).toMatchObject({ version: 3 });
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 3, Jl. 3', 'ORANG 6, Jl. 6']);
});

it('a file is laid beside the newest version that stands, and nothing is compared with one that was undone', async () => {
  const { listId } = await accept(await stage([family(5)], base, false));
  expect(await codeOf(officer.difference.stage.mutate(await staging([family(6)], base)))).toBe(
    'difference_base_replaced',
  );
  await officer.difference.withdraw.mutate({ listId, reason: 'berkas yang salah' });
  expect(await codeOf(officer.difference.stage.mutate(await staging([family(6)], listId)))).toBe('not_found');
  const { listId: third } = await accept(await stage([family(6)], base, false));
  expect(await codeOf(officer.difference.compare.mutate({ baseListId: listId, listId: third }))).toBe(
    'not_found',
  );
});

it('a file of an earlier date than the list beside it is refused: what it makes would not count', async () => {
  const early = await staging([family(5)], base, false, '2026-06-29');
  expect(await codeOf(officer.difference.stage.mutate(early))).toBe('difference_too_early');
  const mine = await stage([family(5)], base, false);
  const { listId } = await accept(await stage([family(6)], base, false));
  // As a version of this program stored it that looked at no dates.
  register().db.prepare('UPDATE reference_list SET list_date = ? WHERE id = ?').run('2026-10-31', listId);
  expect(await codeOf(officer.difference.compareAgain.mutate({ id: mine }))).toBe('difference_too_early');
  register().db.prepare('UPDATE reference_list SET list_date = ? WHERE id = ?').run('2026-10-31', base);
  expect(await codeOf(officer.difference.accept.mutate({ id: mine }))).toBe('difference_too_early');
  expect(await officer.difference.waiting.query()).toMatchObject([{ differenceId: mine }]);
  register().db.prepare('UPDATE reference_list SET list_date = ?').run('2026-09-30');
  expect(await accept(await compareAgain(mine))).toMatchObject({ version: 3 });
});

it('of two versions the one of the later date is the one to compare with, whichever came last', async () => {
  const { listId } = await accept(await stage([family(5)], base, false));
  register().db.prepare('UPDATE reference_list SET list_date = ? WHERE id = ?').run('2026-03-31', listId);
  const lists = await officer.reference.lists.query();
  expect(lists.filter(({ current }) => current).map(({ id }) => id)).toEqual([base]);
  expect(await codeOf(officer.difference.stage.mutate(await staging([family(6)], listId)))).toBe(
    'difference_base_replaced',
  );
  expect(await accept(await stage([family(6)], base, false))).toMatchObject({ version: 3 });
});

it('a version that replaced the base while the list was being stored keeps it from standing', async () => {
  const mine = await stage([family(5)], base, false);
  // As if the other one came to stand between the first look and the last step.
  register().db.exec(`CREATE TRIGGER meanwhile AFTER INSERT ON reference_pending BEGIN
    UPDATE reference_list SET withdrawn_at = '2026-11-10', withdrawn_by = imported_by WHERE id = '${base}'; END`);
  expect(await accept(mine)).toMatchObject({ problem: 'difference_base_replaced' });
  register().db.exec('DROP TRIGGER meanwhile');
  expect(standing()).toEqual([]);
  expect(await officer.difference.waiting.query()).toHaveLength(1);
});

it('a file that was accepted is not accepted once more, though taking it out was cut off', async () => {
  const mine = await stage([family(5)], base, false);
  register().db.exec(
    `CREATE TRIGGER full BEFORE DELETE ON reference_change BEGIN SELECT raise(ABORT, 'cut off'); END`,
  );
  await accept(mine);
  expect(await officer.difference.waiting.query()).toEqual([]);
  expect(await codeOf(officer.difference.accept.mutate({ id: mine }))).toBe('not_found');
  register().db.exec('DROP TRIGGER full');
  await t.restart();
  // What was left is taken out beside the work of others.
  const versions = register().db.prepare('SELECT version FROM reference_list ORDER BY 1').pluck();
  await vi.waitFor(() => expect(versions.all()).toEqual([1, 2]), { timeout: 60_000 });
});

it('a job that is stopped before it began leaves the differences of others alone', async () => {
  const { listId } = await accept(await stage([family(5)], base, false));
  const count = () => register().db.prepare('SELECT count(*) FROM reference_difference').pluck().get();
  const compared = await officer.difference.compare.mutate({ baseListId: base, listId });
  await over(compared);
  // As one that is being worked out.
  register().db.exec('UPDATE reference_difference SET finished_at = NULL');
  const file = await staging([family(6)], listId);
  const running = await officer.difference.stage.mutate(file);
  const waiting = await officer.difference.stage.mutate(file);
  await officer.difference.cancel.mutate(waiting);
  expect(await over(waiting)).toMatchObject({ state: 'dihentikan' });
  expect((await over(running)).problem).toBeNull();
  expect(count()).toBe(2);
});

it('a version that another was made of is not undone while that one stands: what it brought lives on there', async () => {
  const { listId: second } = await accept(await stage([family(4)], base, false));
  const { listId: third } = await accept(await stage([family(5)], second, false));
  const { listId: fourth } = await accept(await stage([family(6)], third, false));
  const undo = (listId: string) => officer.difference.withdraw.mutate({ listId, reason: 'salah' });
  for (const listId of [base, second, third]) expect(await codeOf(undo(listId))).toBe('difference_made_of');
  // One that was undone under its successor by an older program.
  register()
    .db.prepare(`UPDATE reference_list SET withdrawn_at = '', withdrawn_by = imported_by WHERE id = ?`)
    .run(third);
  expect(await codeOf(undo(second))).toBe('difference_made_of');
  for (const listId of [fourth, second]) await undo(listId);
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 3, Jl. 3']);
});

it('who stands in the file in a row that was refused is not gone, is told of, and stays', async () => {
  const damaged = '3,17101E+15';
  const id = await stage([
    family(1, { nomor_induk_kependudukan: damaged, alamat: 'Jl. Mawar' }),
    family(2, { nomor_kartu_keluarga: damaged }),
    family(4),
  ]);
  expect(await changes(id)).toEqual(['ORANG 3 hilang', 'ORANG 4 baru']);
  const info = await officer.difference.info.query({ id });
  expect(info).toMatchObject({ refusedRows: 2, refusedRead: true, unread: { households: 2, persons: 2 } });
  const unread = { kind: 'perbedaan', differenceId: id, filter: { unread: true } } as const;
  const book = await exportedBook(t, officer, await t.tokenOf('petugas_verifikasi'), unread);
  expect(await rowsOfWorkbook(book, 'Keterangan')).toContainEqual([
    'Belum terbaca',
    'hanya yang barisnya ditolak',
  ]);

  const { rows } = await officer.difference.rows.query({ id, filter: { unread: true }, offset: 0, limit: 9 });
  expect(rows.map(({ kind, changes: { persons } }) => [kind, persons.map((one) => one.kind)])).toEqual([
    ['sama', ['belum_terbaca']],
    ['sama', ['belum_terbaca']],
  ]);
  await accept(id);
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 4, Jl. 4']);
});

it.each([
  ['before it kept refused rows', 'DELETE FROM reference_refused_row; DELETE FROM reference_refused_sheet'],
  ['before it looked whom they tell of', 'UPDATE reference_refused_row SET who = NULL'],
])('a file that the program read %s takes nobody out', async (_, asItWas) => {
  const id = await stage([family(1, { nomor_induk_kependudukan: '3,17101E+15' }), family(2)]);
  register().db.exec(asItWas);
  expect(await officer.difference.info.query({ id })).toMatchObject({ refusedRows: 1, refusedRead: false });
  expect(await codeOf(officer.difference.accept.mutate({ id }))).toBe('difference_unread');
  const which = { filter: { kinds: ['hilang' as const] } };
  await officer.difference.decide.mutate({ id, accepted: false, which });
  await accept(id);
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 3, Jl. 3']);
});

it('a file of which every row was read takes out who is gone, and one that holds a part nobody', async () => {
  const whole = await stage([family(1), family(2)]);
  expect(await officer.difference.info.query({ id: whole })).toMatchObject({
    refusedRows: 0,
    refusedRead: true,
  });
  await officer.difference.discard.mutate({ id: whole });
  const part = await stage([family(1, { nomor_induk_kependudukan: '3,17101E+15' }), family(2)], base, false);
  register().db.exec('DELETE FROM reference_refused_row; DELETE FROM reference_refused_sheet');
  await accept(part);
  expect(standing()).toEqual(['ORANG 1, Jl. 1', 'ORANG 2, Jl. 2', 'ORANG 3, Jl. 3']);
});
