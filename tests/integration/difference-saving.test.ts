import { expect, it } from 'vitest';
import { csv, table } from '../fixtures/reference-files.ts';
import { codeOf, openKnownOffice } from './office.ts';
import { ended, over, uploadList } from './reference-office.ts';

const dtsen = { source: 'DTSEN', areaCodes: null } as const;

/** One family in one kelurahan, with this desil. */
function listOf(desil: number): Buffer {
  const siti = {
    nomor_kartu_keluarga: '3171010101200001',
    nomor_induk_kependudukan: '3171014101800001',
    nama: 'SITI',
    nama_kelurahan: 'GAMBIR',
    desil,
  };
  return Buffer.from(csv(table([siti])));
}

it('what is accepted is saved once: a second press finds the first, and nothing is decided or thrown away meanwhile', async () => {
  const { t, register } = await openKnownOffice();
  const officer = await t.as('petugas_verifikasi');
  const colleague = await t.as('petugas_verifikasi', 2);
  const token = await t.tokenOf('petugas_verifikasi');
  const first = await uploadList(t, token, 'juni.csv', listOf(2));
  const { list } = await ended(
    officer,
    await officer.reference.import.mutate({
      ...dtsen,
      uploadId: first,
      name: 'DTSEN',
      listDate: '2026-06-30',
    }),
  );
  const staged = await officer.difference.stage.mutate({
    ...dtsen,
    uploadId: await uploadList(t, token, 'september.csv', listOf(3)),
    listDate: '2026-09-30',
    baseListId: list?.id ?? '',
    complete: true,
  });
  const id = (await over(staged, officer.difference.progress.query)).differenceId ?? '';

  // Another job is at work: the saving waits behind it.
  const { jobs } = register();
  const worker = new URL('../fixtures/job-worker.ts', import.meta.url);
  const ahead = jobs.start({ kind: 'uji', worker, ownerId: 'penguji', input: { do: 'wait' } });
  const job = await officer.difference.accept.mutate({ id });
  expect(await officer.difference.accept.mutate({ id })).toEqual(job);
  const everything = { id, accepted: false, which: { filter: {} } };
  for (const press of [
    () => colleague.difference.accept.mutate({ id }),
    () => colleague.difference.decide.mutate(everything),
    () => officer.difference.decide.mutate(everything),
    () => officer.difference.discard.mutate({ id }),
    () => officer.difference.compareAgain.mutate({ id }),
  ])
    expect(await codeOf(press())).toBe('difference_busy');
  const byName = 'petugas_verifikasi 1';
  expect((await officer.difference.info.query({ id })).busy).toEqual({
    again: false,
    jobId: job.jobId,
    byName,
  });
  expect((await colleague.difference.info.query({ id })).busy).toEqual({ again: false, jobId: null, byName });

  jobs.cancel(ahead);
  expect((await over(job, officer.difference.progress.query)).list).toMatchObject({ version: 2 });
  expect((await officer.reference.lists.query()).map(({ version }) => version)).toEqual([2, 1]);
  await t.close();
});
