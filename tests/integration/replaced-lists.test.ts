import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CellValue } from '../fixtures/reference-files.ts';
import { csv, table } from '../fixtures/reference-files.ts';
import type { Register } from '../../electron/services/register.ts';
import { registerActive } from './families.ts';
import { family } from './listed-families.ts';
import { type Client, codeOf, noted, openKnownOffice, type TestOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';

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

const dtsen = { source: 'DTSEN', areaCodes: null } as const;

/** Somebody of family `kk`, whose NIK ends in `no`. */
function person(kk: number, no: number, own: Record<string, CellValue> = {}): Record<string, CellValue> {
  return {
    nomor_kartu_keluarga: `317101010120000${kk}`,
    nomor_induk_kependudukan: `317101410180000${no}`,
    nama: `ORANG ${no}`,
    tanggal_lahir: '1980-01-01',
    nama_kelurahan: 'GAMBIR',
    alamat: `Jl. ${kk}`,
    rt: 1,
    rw: kk,
    desil: 2,
    ...own,
  };
}

async function bring(name: string, listDate: string, rows: Record<string, CellValue>[]): Promise<string> {
  const uploadId = await uploadList(t, token, 'daftar.csv', Buffer.from(csv(table(rows))));
  const job = await officer.reference.import.mutate({ ...dtsen, uploadId, name, listDate });
  return (await ended(officer, job)).list?.id ?? '';
}

it('a whole list that replaces lists of other names erases by its blank cells nothing of any of them', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const cideng = await bring('DTSEN Cideng', '2026-06-30', [
    person(2, 2, { desil: 4 }),
    person(3, 3),
    person(4, 4),
  ]);
  const blank = { alamat: '', desil: '', tanggal_lahir: '' };
  const file = [
    person(1, 1, blank),
    person(2, 2, blank),
    // Moved to a card of their own, and one whose address is emptied on purpose.
    person(5, 3, blank),
    person(4, 4, { ...blank, alamat: '[HAPUS]' }),
  ];
  const staged = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'semua.csv', Buffer.from(csv(table(file)))),
    listDate: '2026-09-30',
    baseListId: gambir,
    complete: true,
    replacesOthers: true,
  });
  const { differenceId } = await over(staged, officer.difference.progress.query);
  const accepting = await officer.difference.accept.mutate({ id: differenceId ?? '' });
  const { list } = await over(accepting, officer.difference.progress.query);
  const rows = register()
    .db.prepare(
      `SELECT name, birth_date, household.kk, street, desil, rank_list_id FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id WHERE list_id = ? ORDER BY name`,
    )
    .raw()
    .all(list?.id ?? '');
  const kk = (no: number) => `317101010120000${no}`;
  expect(rows).toEqual([
    ['ORANG 1', '1980-01-01', kk(1), 'Jl. 1', 2, gambir],
    ['ORANG 2', '1980-01-01', kk(2), 'Jl. 2', 4, cideng],
    ['ORANG 3', '1980-01-01', kk(5), 'Jl. 3', 2, cideng],
    ['ORANG 4', '1980-01-01', kk(4), null, 2, cideng],
  ]);
  const current = (await officer.reference.lists.query()).filter((one) => one.current);
  expect(current.map(({ name, version }) => [name, version])).toEqual([['DTSEN Gambir', 2]]);
  expect(noted(register(), 'impor_acuan').at(-1)).toMatchObject({ menggantikanDaftarLain: true });
});

it('is filled from the latest list that has them alone: what that one left blank may have been emptied on purpose', async () => {
  const blank = { alamat: '', desil: '' };
  const gambir = await bring('DTSEN Gambir', '2026-05-31', [person(1, 1, { desil: 4 }), person(2, 2)]);
  await bring('DTSEN Cideng', '2026-06-30', [person(1, 1, blank), person(3, 3, { desil: 7 })]);
  const staged = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(
      t,
      token,
      'semua.csv',
      Buffer.from(csv(table([person(1, 1, blank), person(2, 2, blank), person(3, 3, blank)]))),
    ),
    listDate: '2026-09-30',
    baseListId: gambir,
    complete: true,
    replacesOthers: true,
  });
  const { differenceId } = await over(staged, officer.difference.progress.query);
  const accepting = await officer.difference.accept.mutate({ id: differenceId ?? '' });
  const { list } = await over(accepting, officer.difference.progress.query);
  const rows = register()
    .db.prepare(
      `SELECT name, street, desil FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id WHERE list_id = ? ORDER BY name`,
    )
    .raw()
    .all(list?.id);
  expect(rows).toEqual([
    ['ORANG 1', null, null],
    ['ORANG 2', 'Jl. 2', 2],
    ['ORANG 3', 'Jl. 3', 7],
  ]);
});

it('families of a replaced list that the file lacks are told before it is saved, and who is refused stays as they were', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const cideng = await bring('DTSEN Cideng', '2026-06-30', [
    person(2, 2, { desil: 4 }),
    person(3, 3),
    person(4, 4),
    person(4, 6),
    person(7, 7),
  ]);
  // Of family 3 nobody is left; 6 went to a card of their own, 7 as well, which is refused.
  const file = [person(1, 1), person(2, 2, { desil: 9 }), person(4, 4), person(6, 6), person(8, 7)];
  const staged = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'semua.csv', Buffer.from(csv(table(file)))),
    listDate: '2026-09-30',
    baseListId: gambir,
    complete: true,
    replacesOthers: true,
  });
  const id = (await over(staged, officer.difference.progress.query)).differenceId ?? '';
  const { replaces } = await officer.difference.info.query({ id });
  expect(replaces).toMatchObject([{ id: cideng, name: 'DTSEN Cideng', gone: 1 }]);
  // What comes in while the file waits is not put out by it: nobody was told.
  await bring('DTSEN Duri Pulo', '2026-06-30', [person(9, 9)]);
  const { rows } = await officer.difference.rows.query({ id, filter: {}, offset: 0, limit: 20 });
  const refused = rows.filter(({ kk }) => ['2', '8'].some((end) => kk?.endsWith(`0${end}`)));
  expect(refused).toHaveLength(2);
  await officer.difference.decide.mutate({
    id,
    accepted: false,
    which: { rows: refused.map((row) => row.id) },
  });
  const accepting = await officer.difference.accept.mutate({ id });
  const { list, problem } = await over(accepting, officer.difference.progress.query);
  expect(problem).toBeNull();
  const stand = register()
    .db.prepare(
      `SELECT name, household.kk, desil FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id WHERE list_id = ? ORDER BY name`,
    )
    .raw()
    .all(list?.id ?? '');
  const kk = (no: number) => `317101010120000${no}`;
  expect(stand).toEqual([
    ['ORANG 1', kk(1), 2],
    ['ORANG 2', kk(2), 4],
    ['ORANG 4', kk(4), 2],
    ['ORANG 6', kk(6), 2],
    ['ORANG 7', kk(7), 2],
  ]);
  const current = (await officer.reference.lists.query()).filter((one) => one.current);
  expect(current.map(({ name }) => name).toSorted()).toEqual(['DTSEN Duri Pulo', 'DTSEN Gambir']);
  expect(noted(register(), 'impor_acuan').at(-1)).toMatchObject({
    menggantikan: [{ daftar: cideng, tidakAdaLagi: 1 }],
  });
});

/** A file of everyone's, which is laid beside a list and replaces the others. */
async function stage(baseListId: string, rows: Record<string, CellValue>[]): Promise<string> {
  const staged = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'semua.csv', Buffer.from(csv(table(rows)))),
    listDate: '2026-09-30',
    baseListId,
    complete: true,
    replacesOthers: true,
  });
  return (await over(staged, officer.difference.progress.query)).differenceId ?? '';
}

it('a list that is replaced got a newer version while the file waited: the file is laid beside that one, and what was refused stays so', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const cideng = await bring('DTSEN Cideng', '2026-06-30', [person(2, 2), person(3, 3)]);
  const id = await stage(gambir, [person(1, 1), person(2, 2, { desil: 9 })]);
  await officer.difference.decide.mutate({ id, accepted: false, which: { filter: { kinds: ['berubah'] } } });
  expect(await officer.difference.compareAgain.mutate({ id })).toEqual({ differenceId: id, jobId: null });
  const later = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'cideng.csv', Buffer.from(csv(table([person(2, 2), person(4, 4)])))),
    listDate: '2026-07-31',
    baseListId: cideng,
    complete: true,
  });
  const { differenceId } = await over(later, officer.difference.progress.query);
  const saved = await over(
    await officer.difference.accept.mutate({ id: differenceId ?? '' }),
    officer.difference.progress.query,
  );
  const accept = async (one: string) => {
    const { list, problem } = await over(
      await officer.difference.accept.mutate({ id: one }),
      officer.difference.progress.query,
    );
    return list?.id ?? problem?.code;
  };
  expect(await accept(id)).toBe('difference_replaced_changed');
  const { jobId } = await officer.difference.compareAgain.mutate({ id });
  const again = await over({ jobId: jobId ?? '' }, officer.difference.progress.query);
  const second = again.differenceId ?? '';
  const { replaces, counts } = await officer.difference.info.query({ id: second });
  expect(replaces).toMatchObject([{ id: saved.list?.id, version: 2, gone: 1 }]);
  expect(counts.berubah).toEqual({ households: 1, accepted: 0 });
  const list = await accept(second);
  expect(namesIn(list ?? '')).toEqual(['ORANG 1', 'ORANG 2']);
  const current = (await officer.reference.lists.query()).filter((one) => one.current);
  expect(current.map(({ name, version }) => [name, version])).toEqual([['DTSEN Gambir', 2]]);
});

it('a file that waits beside a list which another replaces meanwhile becomes no version of that', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const cideng = await bring('DTSEN Cideng', '2026-06-30', [person(2, 2)]);
  const file = async () => ({
    ...dtsen,
    uploadId: await uploadList(t, token, 'gambir.csv', Buffer.from(csv(table([person(1, 1), person(3, 3)])))),
    listDate: '2026-07-31',
    baseListId: gambir,
    complete: true,
  });
  const waiting = await over(
    await officer.difference.stage.mutate(await file()),
    officer.difference.progress.query,
  );
  const id = waiting.differenceId ?? '';
  const whole = await stage(cideng, [person(2, 2), person(1, 1)]);
  await over(await officer.difference.accept.mutate({ id: whole }), officer.difference.progress.query);
  const { problem } = await over(
    await officer.difference.accept.mutate({ id }),
    officer.difference.progress.query,
  );
  expect(problem).toMatchObject({ code: 'difference_base_superseded' });
  expect(problem?.message).toContain('DTSEN Cideng');
  const refused = 'difference_base_superseded';
  expect(await codeOf(officer.difference.compareAgain.mutate({ id }))).toBe(refused);
  expect(await codeOf(officer.difference.stage.mutate(await file()))).toBe(refused);
});

it('a list that is replaced was undone while the file waited: nobody of it comes back with what was refused', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const cideng = await bring('DTSEN Cideng', '2026-06-30', [person(2, 2), person(3, 3)]);
  const id = await stage(gambir, [person(1, 1), person(2, 2, { desil: 9 })]);
  await officer.difference.decide.mutate({ id, accepted: false, which: { filter: {} } });
  await officer.difference.withdraw.mutate({ listId: cideng, reason: 'salah berkas' });
  const refused = await over(
    await officer.difference.accept.mutate({ id }),
    officer.difference.progress.query,
  );
  expect(refused.problem?.code).toBe('difference_replaced_changed');
  const { jobId } = await officer.difference.compareAgain.mutate({ id });
  const again = await over({ jobId: jobId ?? '' }, officer.difference.progress.query);
  const second = again.differenceId ?? '';
  // New beside what stands now, and still refused.
  const { replaces, counts } = await officer.difference.info.query({ id: second });
  expect([replaces, counts.baru, counts.hilang.households]).toEqual([[], { households: 1, accepted: 0 }, 0]);
  const { list } = await over(
    await officer.difference.accept.mutate({ id: second }),
    officer.difference.progress.query,
  );
  expect(namesIn(list?.id ?? '')).toEqual(['ORANG 1']);
});

it('who is gone of a household that two lists have opens their case, whichever list has them', async () => {
  const household = family(0);
  const { caseId, number } = await registerActive(await t.as('petugas_loket'), household);
  const [, , child] = household.members;
  const known = {
    nomor_induk_kependudukan: child?.nik ?? '',
    nama: child?.name ?? '',
    tanggal_lahir: child?.birthDate ?? '',
  };
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  await bring('DTSEN Cideng', '2026-06-30', [person(1, 1), person(1, 2, known)]);
  const id = await stage(gambir, [person(1, 1)]);
  const { rows } = await officer.difference.rows.query({ id, filter: {}, offset: 0, limit: 9 });
  expect(rows.map(({ changes }) => changes.persons)).toMatchObject([
    [{ kind: 'keluar', case: { id: caseId, number } }],
  ]);
});

it('a file that holds a part only replaces no other list', async () => {
  const gambir = await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  const stageHalf = officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'sebagian.csv', Buffer.from(csv(table([person(1, 1)])))),
    listDate: '2026-09-30',
    baseListId: gambir,
    complete: false,
    replacesOthers: true,
  });
  expect(await codeOf(stageHalf)).toBe('invalid_input');
});

function namesIn(listId: string): unknown[] {
  return register()
    .db.prepare(
      `SELECT name FROM reference_person AS person
       JOIN reference_household AS household ON household.id = household_id WHERE list_id = ? ORDER BY name`,
    )
    .pluck()
    .all(listId);
}

it('a list that is compared with nothing replaces nothing, and says which kelurahan its file named', async () => {
  await bring('DTSEN Gambir', '2026-06-30', [person(1, 1)]);
  await bring('DTSEN lain', '2026-09-30', [person(1, 1, { alamat: '' })]);
  const lists = await officer.reference.lists.query();
  expect(lists.map(({ name, current, kelurahan }) => [name, current, kelurahan])).toEqual([
    ['DTSEN lain', true, ['31.71.01.1001']],
    ['DTSEN Gambir', true, ['31.71.01.1001']],
  ]);
});
