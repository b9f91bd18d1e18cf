import { afterEach, beforeEach, expect, it } from 'vitest';
import { csv, table } from '../fixtures/reference-files.ts';
import type { Register } from '../../electron/services/register.ts';
import { type Client, codeOf, noted, openKnownOffice, type TestOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;
let officer: Client;
let token: string;
let base: string;

beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  token = await t.tokenOf('petugas_verifikasi');
  const uploadId = await uploadList(t, token, 'juni.csv', listOf([1, 2, 3, 4, 5]));
  const { list } = await ended(
    officer,
    await officer.reference.import.mutate({ ...dtsen, uploadId, name: 'DTSEN', listDate: '2026-06-30' }),
  );
  base = list?.id ?? '';
});
afterEach(() => t.close());

const dtsen = { source: 'DTSEN', areaCodes: null } as const;

/** A family of one in each of these RW. */
function listOf(families: readonly number[], desil = 2): Buffer {
  const rows = families.map((no) => ({
    nomor_kartu_keluarga: `317101010120000${no}`,
    nomor_induk_kependudukan: `317101410180000${no}`,
    nama: `ORANG ${no}`,
    nama_kelurahan: 'GAMBIR',
    rw: no,
    desil,
  }));
  return Buffer.from(csv(table(rows)));
}

async function stage(baseListId: string, families: readonly number[], desil = 2): Promise<string> {
  const uploadId = await uploadList(t, token, 'september.csv', listOf(families, desil));
  const job = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId,
    listDate: '2026-09-30',
    baseListId,
    complete: true,
  });
  return (await over(job, officer.difference.progress.query)).differenceId ?? '';
}

const journal = (type: string) => noted(register(), type) as Record<string, unknown>[];

it('of a waiting file the journal holds who decided on which rows of which file, how many, and what was taken back', async () => {
  const id = await stage(base, [1, 2, 3, 6, 7, 8]);
  const { list } = await officer.difference.info.query({ id });
  const decide = (which: Parameters<typeof officer.difference.decide.mutate>[0]['which']) =>
    officer.difference.decide.mutate({ id, accepted: false, which });
  const gone = await decide({ filter: { kinds: ['hilang'] } });
  const added = (
    await officer.difference.rows.query({ id, filter: { kinds: ['baru'] }, offset: 0, limit: 9 })
  ).rows;
  const ticked = added.filter(({ headName }) => headName !== 'ORANG 7').map((row) => row.id);
  const few = await decide({ rows: ticked });
  await officer.difference.takeBack.mutate({ id, decision: gone.decision ?? 0 });

  const households = register()
    .db.prepare('SELECT id FROM reference_household WHERE list_id = ? ORDER BY id')
    .pluck()
    .all(base) as number[];
  const about = {
    daftar: list.id,
    sumber: 'DTSEN',
    nama: 'DTSEN',
    tanggal: '2026-09-30',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    dibandingkanDengan: base,
    versi: 1,
  };
  const those = {
    keputusan: gone.decision,
    jumlah: { baru: 0, berubah: 0, hilang: 2 },
    rumahTanggaLama: `${households[3]}-${households[4]}`,
    urutanBaruDiBerkas: '',
  };
  expect(journal('perbedaan_acuan_ditolak')).toEqual([
    { ...about, ...those, saringan: { kinds: ['hilang'] } },
    {
      ...about,
      keputusan: few.decision,
      jumlah: { baru: 2, berubah: 0, hilang: 0 },
      rumahTanggaLama: '',
      // The fourth and the sixth household of the file.
      urutanBaruDiBerkas: '4,6',
      saringan: null,
    },
  ]);
  expect(journal('keputusan_acuan_diurungkan')).toEqual([{ ...about, ...those }]);
  const actors = register()
    .db.prepare(`SELECT DISTINCT actor_role FROM event WHERE type LIKE '%_acuan_di%'`)
    .pluck()
    .all();
  expect(actors).toEqual(['petugas_verifikasi']);
  // Nothing of a person.
  const said = JSON.stringify([
    ...journal('perbedaan_acuan_ditolak'),
    ...journal('keputusan_acuan_diurungkan'),
  ]);
  expect(said).not.toMatch(/ORANG|31710/);

  // What turned nothing is no decision.
  expect(await decide({ rows: ticked })).toEqual({ changed: 0, decision: null });
  expect(journal('perbedaan_acuan_ditolak')).toHaveLength(2);
});

it('taken back turn nothing that a later decision turned', async () => {
  const id = await stage(base, [1, 2, 3, 6]);
  const colleague = await t.as('petugas_verifikasi', 2);
  const gone = { filter: { kinds: ['hilang' as const] } };
  const first = await officer.difference.decide.mutate({ id, accepted: false, which: gone });
  await officer.difference.decide.mutate({ id, accepted: true, which: gone });
  await colleague.difference.decide.mutate({ id, accepted: false, which: gone });
  const late = officer.difference.takeBack.mutate({ id, decision: first.decision ?? 0 });
  expect(await codeOf(late)).toBe('decision_overtaken');
  const { counts, decisions } = await officer.difference.info.query({ id });
  expect(counts.hilang).toEqual({ households: 2, accepted: 0 });
  // Nor does the journal, or the screen, say that it was taken back.
  expect(decisions.filter(({ withdrawn }) => withdrawn !== null)).toEqual([]);
  expect(journal('keputusan_acuan_diurungkan')).toEqual([]);
});

it('taken back in part say how much was left, and who decided on it again', async () => {
  const id = await stage(base, [1, 2, 3, 6]);
  const colleague = await t.as('petugas_verifikasi', 2);
  const all = await officer.difference.decide.mutate({ id, accepted: false, which: { filter: {} } });
  const which = { filter: { kinds: ['baru' as const] } };
  const again = await colleague.difference.decide.mutate({ id, accepted: true, which });
  const back = await officer.difference.takeBack.mutate({ id, decision: all.decision ?? 0 });
  expect(back).toEqual({ changed: 2, left: { rows: 1, byNames: ['petugas_verifikasi 2'] } });
  const { counts } = await officer.difference.info.query({ id });
  expect([counts.baru.accepted, counts.hilang.accepted]).toEqual([1, 2]);
  // What it had turned back from is said by nobody any more.
  const last = await colleague.difference.takeBack.mutate({ id, decision: again.decision ?? 0 });
  expect(last).toEqual({ changed: 0, left: { rows: 0, byNames: [] } });
  expect((await officer.difference.info.query({ id })).counts.baru.accepted).toBe(1);
});

it('are shown while the file waits, and stay with the version that comes of it', async () => {
  const id = await stage(base, [1, 2, 3, 6]);
  const colleague = await t.as('petugas_verifikasi', 2);
  const first = await colleague.difference.decide.mutate({
    id,
    accepted: false,
    which: { filter: { kinds: ['hilang'], rw: 4 } },
  });
  await officer.difference.takeBack.mutate({ id, decision: first.decision ?? 0 });
  await officer.difference.decide.mutate({ id, accepted: false, which: { filter: {} } });
  const shown = [
    {
      accepted: false,
      counts: { baru: 1, berubah: 0, hilang: 2 },
      filter: {},
      byName: 'petugas_verifikasi 1',
      withdrawn: null,
    },
    {
      accepted: false,
      counts: { baru: 0, berubah: 0, hilang: 1 },
      filter: { kinds: ['hilang'], rw: 4 },
      byName: 'petugas_verifikasi 2',
      withdrawn: { byName: 'petugas_verifikasi 1' },
    },
  ];
  expect((await officer.difference.info.query({ id })).decisions).toMatchObject(shown);
  const { list } = await over(
    await officer.difference.accept.mutate({ id }),
    officer.difference.progress.query,
  );
  const clerk = await t.as('petugas_loket');
  expect(await clerk.difference.decisions.query({ listId: list?.id ?? '' })).toMatchObject(shown);
  expect(await clerk.difference.decisions.query({ listId: base })).toEqual([]);
  const kept = register().db.prepare('SELECT count(turned) FROM reference_decision').pluck().get();
  expect(kept).toBe(0);
});

it('stand beside a newer version too, but what they turned cannot be turned back there; they go with a file that is thrown away', async () => {
  const id = await stage(base, [1, 2, 3, 6]);
  const { decision } = await officer.difference.decide.mutate({
    id,
    accepted: false,
    which: { filter: { kinds: ['baru'] } },
  });
  const other = await stage(base, [1, 2, 3, 4, 5], 3);
  await over(await officer.difference.accept.mutate({ id: other }), officer.difference.progress.query);
  const again = await officer.difference.compareAgain.mutate({ id });
  const second =
    (await over({ jobId: again.jobId ?? '' }, officer.difference.progress.query)).differenceId ?? '';
  const info = await officer.difference.info.query({ id: second });
  expect(info.decisions).toMatchObject([{ id: decision, accepted: false }]);
  expect(info.counts.baru).toEqual({ households: 1, accepted: 0 });
  expect(await codeOf(officer.difference.takeBack.mutate({ id: second, decision: decision ?? 0 }))).toBe(
    'not_found',
  );
  const discarded = await officer.difference.discard.mutate({ id: second });
  expect(discarded).toBeUndefined();
  await expect
    .poll(() => register().db.prepare('SELECT count(*) FROM reference_decision').pluck().get(), {
      timeout: 30_000,
    })
    .toBe(0);
});

it('nothing is decided while the file is compared again: what is refused then would not be seen', async () => {
  const id = await stage(base, [1, 2, 3, 6]);
  const other = await stage(base, [1, 2, 3, 4, 5], 3);
  await over(await officer.difference.accept.mutate({ id: other }), officer.difference.progress.query);
  const { jobs } = register();
  const worker = new URL('../fixtures/job-worker.ts', import.meta.url);
  const ahead = jobs.start({ kind: 'uji', worker, ownerId: 'penguji', input: { do: 'wait' } });
  const again = await officer.difference.compareAgain.mutate({ id });
  expect(await officer.difference.compareAgain.mutate({ id })).toEqual(again);
  const colleague = await t.as('petugas_verifikasi', 2);
  for (const press of [
    () => officer.difference.decide.mutate({ id, accepted: false, which: { filter: {} } }),
    () => officer.difference.takeBack.mutate({ id, decision: 1 }),
    () => officer.difference.accept.mutate({ id }),
    () => colleague.difference.compareAgain.mutate({ id }),
    () => officer.difference.discard.mutate({ id }),
  ])
    expect(await codeOf(press())).toBe('difference_busy');
  const byName = 'petugas_verifikasi 1';
  expect((await colleague.difference.info.query({ id })).busy).toEqual({ again: true, jobId: null, byName });
  jobs.cancel(ahead);
  const { differenceId } = await over({ jobId: again.jobId ?? '' }, officer.difference.progress.query);
  expect((await officer.difference.info.query({ id: differenceId ?? '' })).busy).toBeNull();
});
