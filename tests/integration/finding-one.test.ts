import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FindingFilter } from '../../shared/contract/finding.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family, type Row } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

let t: TestOffice;
let clerk: Client;
let officer: Client;

/** The child stands with a grandmother as well. */
const twice = family(5);
const elsewhere = { nomor_kk: '3171019999120002', id_dtks: 'D-10', rt: '9', rw: '9' };

beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  await importList([...dtksRows(twice), { ...dtksRows(twice)[2], ...elsewhere }]);
});
afterAll(() => t.close());

async function importList(rows: Row[]) {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'dtks', dtksCsv(...rows));
  const given = { uploadId, source: 'DTKS', areaCodes: null, name: 'DTKS', listDate: '2026-10-31' } as const;
  await bringList(officer, given);
}

async function list(filter: FindingFilter) {
  for (;;) {
    const { rows, pending } = await officer.finding.list.query({ filter, offset: 0, limit: 200 });
    if (pending === 0) return rows;
  }
}

const settled = async (id: string) => (await list({ state: 'selesai' })).find((row) => row.id === id);
const reopen = (id: string) => officer.finding.reopen.mutate({ id });

/** The finding that a family stands in two cases, which it does from now on. */
async function registeredTwice(n: number): Promise<{ id: string; caseId: string; otherId: string }> {
  const first = await registerActive(clerk, family(n));
  const second = await registerActive(clerk, { ...family(n), phone: '0812' });
  const found = (await list({ kind: 'berkas_ganda' })).find(({ caseId }) => caseId === second.caseId);
  return { id: found?.id ?? '', caseId: second.caseId, otherId: first.caseId };
}

/** Puts a case into the other. */
async function mergeInto(keptId: string, caseId: string): Promise<void> {
  const { kept, other, same } = await officer.merge.compare.query({ keptId, otherId: caseId });
  await officer.merge.merge.mutate({
    kept: { caseId: keptId, version: kept.version },
    other: { caseId, version: other.version },
    plan: { choices: {}, same, joining: [] },
    reason: 'Terdaftar dua kali',
  });
}

it('"bukan keluarga yang sama" is taken back with the finding, or the pair would never be asked about again', async () => {
  const { id, caseId, otherId } = await registeredTwice(0);
  const outcome = 'keluarga_lain' as const;
  await officer.finding.resolve.mutate({ id, outcome, note: 'Adiknya, satu alamat' });
  expect(await list({ kind: 'berkas_ganda' })).toEqual([]);
  expect(await settled(id)).toMatchObject({ outcome, gone: true });
  await reopen(id);
  expect((await officer.merge.ofCase.query({ caseId })).declined).toEqual([]);
  expect(await list({ kind: 'berkas_ganda' })).toMatchObject([
    { id, caseId, otherCaseId: otherId, outcome: null, gone: false },
  ]);
  const { history } = await officer.cases.get.query({ caseId });
  expect(history.slice(-2).map(({ type }) => type)).toEqual(['bukan_sama_ditarik', 'temuan_dibuka_lagi']);
});

it('a verdict that was taken back elsewhere already is no hindrance', async () => {
  const { id, caseId } = await registeredTwice(1);
  await officer.finding.resolve.mutate({ id, outcome: 'keluarga_lain', note: 'Adiknya' });
  const { declined } = await officer.merge.ofCase.query({ caseId });
  await officer.merge.restore.mutate({
    caseId,
    verdictId: declined[0]?.verdictId ?? '',
    reason: 'Satu dapur',
  });
  await reopen(id);
  expect((await list({ kind: 'berkas_ganda' })).map((row) => row.id)).toContain(id);
});

it('of a case that went into the other nothing is opened, and outcome and note stay', async () => {
  const { id, caseId, otherId } = await registeredTwice(2);
  await officer.finding.resolve.mutate({ id, outcome: 'digabung', note: 'Satu keluarga' });
  await mergeInto(otherId, caseId);
  expect(await codeOf(reopen(id))).toBe('finding_gone');
  expect(await settled(id)).toMatchObject({ outcome: 'digabung', outcomeNote: 'Satu keluarga', gone: true });
});

it('of two cases that are one meanwhile nothing is opened, and "bukan keluarga yang sama" stays', async () => {
  const { id, caseId, otherId } = await registeredTwice(3);
  await officer.finding.resolve.mutate({ id, outcome: 'keluarga_lain', note: 'Adiknya' });
  await mergeInto(otherId, caseId);
  expect(await codeOf(reopen(id))).toBe('finding_gone');
  expect((await officer.merge.ofCase.query({ caseId })).declined).toMatchObject([{ otherId }]);
  expect(await settled(id)).toMatchObject({ outcome: 'keluarga_lain', gone: true });
});

it('what no longer holds stays settled, and what holds still is opened', async () => {
  await registerActive(clerk, twice);
  const [found] = await list({ kind: 'tercatat_ganda' });
  const id = found?.id ?? '';
  const outcome = { outcome: 'daftar_diusulkan' as const, note: 'Surat ke Dinas Sosial' };
  await officer.finding.resolve.mutate({ id, ...outcome });
  await reopen(id);
  expect(await list({ kind: 'tercatat_ganda' })).toMatchObject([{ id }]);
  await officer.finding.resolve.mutate({ id, ...outcome });
  await importList(dtksRows(twice));
  // Nobody has looked at the case since: it is looked at now, and what that look found stays.
  expect(await codeOf(reopen(id))).toBe('finding_gone');
  expect(await officer.finding.get.query({ id })).toMatchObject({ gone: true });
  expect(await settled(id)).toMatchObject({
    outcome: 'daftar_diusulkan',
    outcomeNote: outcome.note,
    gone: true,
  });
});

it('of two numbers tell in how many digits they differ, and show them whole only where that is noted', async () => {
  const moved = family(7);
  const [other, typed] = ['3171019999120007', moved.families[0]?.kk ?? ''];
  const rows = dtksRows(moved).map((row) => ({ ...row, nomor_kk: other }));
  await importList([...dtksRows(twice), ...rows]);
  const { caseId } = await registerActive(clerk, moved);
  const found = (await list({ kind: 'kk_berbeda' })).find((row) => row.caseId === caseId);
  const id = found?.id ?? '';
  const differing = [...typed].filter((digit, at) => digit !== other[at]).length;
  expect(found).toMatchObject({ differing, reported: expect.stringContaining('•') });
  expect(await officer.finding.get.query({ id })).toEqual(found);
  expect(await codeOf(clerk.finding.reveal.mutate({ id }))).toBe('not_allowed');
  expect(await officer.finding.reveal.mutate({ id })).toEqual({
    reported: typed,
    listed: other,
    mark: found?.mark,
  });
  expect((await officer.cases.get.query({ caseId })).history.at(-1)).toMatchObject({
    type: 'nomor_ditampilkan',
    detail: `No KK lain, ${found?.subject} (DTKS)`,
  });
  const nobody = '0198a000-0000-7000-8000-000000000000';
  expect(await codeOf(officer.finding.reveal.mutate({ id: nobody }))).toBe('not_found');
});

it('an open one that no longer holds is known still, and says so, once its case was looked at', async () => {
  const grown = { ...family(8), families: [{ no: 1, kk: '3171019999120008' }] };
  await importList(dtksRows(family(8)));
  const { caseId } = await registerActive(clerk, grown);
  const found = (await list({ kind: 'kk_berbeda' })).find((row) => row.caseId === caseId);
  const id = found?.id ?? '';
  await importList(dtksRows(grown));
  while ((await clerk.finding.look.query()).pending > 0);
  expect((await list({})).map((row) => row.id)).not.toContain(id);
  expect(await clerk.finding.get.query({ id })).toMatchObject({ id, gone: true, resolvedAt: null });
  // What was done about it may still be noted.
  await officer.finding.resolve.mutate({ id, outcome: 'daftar_diusulkan', note: 'Daftar sudah diperbaiki' });
  expect(await settled(id)).toMatchObject({ outcomeNote: 'Daftar sudah diperbaiki', gone: true });
});

it('one of the household stays settled when the name of its head is corrected', async () => {
  const helped = family(9);
  const uploadId = await uploadList(
    t,
    await t.tokenOf('petugas_verifikasi'),
    'pkh.csv',
    Buffer.from(`NIK,NAMA,Penerima PKH\n${helped.members[1]?.nik},${helped.members[1]?.name},Ya\n`),
  );
  const columns = [
    { header: 'NIK', role: 'nik' as const },
    { header: 'NAMA', role: 'name' as const },
    { header: 'Penerima PKH', role: 'answer' as const },
  ];
  await bringList(officer, {
    uploadId,
    source: 'LAIN',
    areaCodes: null,
    mapping: { sheet: null, headerRow: 1, columns },
    name: 'Penerima PKH',
    listDate: '2026-10-31',
  });
  const { caseId } = await registerActive(clerk, helped);
  const [found] = (await list({ kind: 'program_tanpa_daftar' })).filter((row) => row.caseId === caseId);
  const id = found?.id ?? '';
  expect(found).toMatchObject({ subject: helped.members[0]?.name, source: 'PKH' });
  await officer.finding.resolve.mutate({ id, outcome: 'dibiarkan', note: 'Kartunya dilihat' });
  const draft = await clerk.intake.correct.mutate({ caseId });
  const members = draft.body.members.map((member, at) =>
    at === 0 ? { ...member, name: `${member.name} Santoso` } : member,
  );
  const body = { ...draft.body, members };
  const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
  await clerk.intake.register.mutate({ draftId: draft.id, version });
  expect((await list({ kind: 'program_tanpa_daftar' })).filter((row) => row.caseId === caseId)).toEqual([]);
  expect(await settled(id)).toMatchObject({
    subject: `${helped.members[0]?.name} Santoso`,
    outcomeNote: 'Kartunya dilihat',
    gone: false,
  });
});
