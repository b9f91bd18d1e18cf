import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenSheet } from '../../shared/contract/verification.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { maskNumber } from '../../shared/domain/nik.ts';
import type { VisitEntry } from '../../shared/domain/visit-entry.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerFamily } from './households.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';
import { fittingAnswers, fullEntry, printForms, workAt } from './visits.ts';

let t: TestOffice;
let officer: Client;
let lurah: Client;
let caseId: string;
let code: string;
let sheet: OpenSheet;
const listed = family(0);
const [father, mother, child] = listed.members;
const joined = uuid();

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
  const uploadId = await uploadList(
    t,
    await t.tokenOf('petugas_verifikasi'),
    'daftar',
    dtksCsv(...dtksRows(listed)),
  );
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS Gambir',
    listDate: '2025-12-31',
  });
  await ended(officer, job);
  // At the counter the couple alone came.
  const couple = { ...listed, members: listed.members.slice(0, 2) };
  ({ caseId } = await registerFamily(await t.as('petugas_loket'), draftOfHousehold(couple, null)));
  const proposal = await officer.identification.proposal.query({ caseId });
  const pairs = proposal.sources.flatMap(({ members }) =>
    members.flatMap(({ memberId, askedId }) =>
      askedId === null ? [] : [{ memberId, personId: askedId, verdict: 'sama' as const, reason: null }],
    ),
  );
  await officer.identification.decide.mutate({
    caseId,
    version: proposal.version,
    pairs,
    result: proposal.proposed.result,
    overrideReason: null,
  });
  const step = { caseId, version: proposal.version };
  await officer.cases.takeStep.mutate({ ...step, action: 'masukkan_daftar_sasaran', reason: null });
  await officer.cases.takeStep.mutate({ ...step, action: 'lewati_muskel', reason: 'Sudah diadakan' });
  await printForms(t, [caseId]);
  const work = await workAt(officer, 'lapangan');
  code = work[0]?.sheet?.code ?? '';
  sheet = await officer.verification.openSheet.query({ code });
});
afterAll(() => t.close());

const caseNow = () => officer.cases.get.query({ caseId });

/** The couple as printed but for a digit of the RT, and their child, who was not printed. */
function corrected(): VisitEntry {
  const plain = fullEntry(sheet);
  const fields = {
    'address.rt': '9',
    [`members.${joined}.name`]: child?.name ?? '',
    [`members.${joined}.nik`]: child?.nik ?? '',
    [`members.${joined}.sex`]: child?.sex ?? '',
    [`members.${joined}.birthDate`]: child?.birthDate ?? '',
    [`members.${joined}.relation`]: '3',
    [`members.${joined}.familyNo`]: '1',
  };
  const subject = { age: 25, sex: child?.sex ?? null };
  const answers = fittingAnswers(sheet.instrument.member, subject, {
    Sta_keberadaan_art: '4',
    Sta_kawin: '1',
  });
  const members = { ...plain.members, [joined]: answers };
  const passes = { ...plain.passes };
  return { ...plain, members, passes, corrections: { fields, added: [joined] } };
}

async function save(entry: VisitEntry): Promise<number> {
  const { version } = await officer.verification.openSheet.query({ code });
  return (await officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry })).version;
}

async function finish(entry: VisitEntry) {
  return officer.verification.finish.mutate({ sheetId: sheet.sheetId, version: await save(entry) });
}

async function sendBack() {
  const { item } = await lurah.approval.detail.query({ caseId });
  await lurah.approval.decide.mutate({
    caseId,
    seen: item.seen,
    decision: 'kembalikan',
    reason: 'Periksa lagi',
  });
}

it('keeps half-typed corrections and holds them back at the end', async () => {
  const half = { ...corrected(), corrections: { fields: { 'address.rt': '4x' }, added: [] } };
  const version = await save(half);
  expect((await officer.verification.openSheet.query({ code })).entry.corrections).toEqual(half.corrections);
  expect(await codeOf(officer.verification.finish.mutate({ sheetId: sheet.sheetId, version }))).toBe(
    'answers_incomplete',
  );
  expect((await caseNow()).case.household.address.rt).toBe(listed.address.rt);
});

it('changes the household when finished, on record from which sheet, and compares it again', async () => {
  expect((await caseNow()).case.result).toBe('berubah');
  await finish(corrected());
  const { case: now, history } = await caseNow();
  expect(now.household).toMatchObject({
    address: { rt: 9 },
    members: [{ name: father?.name }, { name: mother?.name }, { name: child?.name }],
  });
  const found = now.household.members[2];
  expect(found?.nik).toBe(maskNumber(child?.nik ?? ''));
  expect(found?.id).not.toBe(joined);
  expect(history.slice(-3)).toMatchObject([
    { type: 'data_diubah', detail: expect.stringMatching(/^Dari lembar \d{4} \d{4} \d{4}.*: 2 isian$/) },
    { type: 'identifikasi_diulang', label: 'Dibandingkan lagi dengan daftar acuan' },
    { type: 'catat_hasil_kunjungan' },
  ]);
  const view = await officer.identification.view.query({ caseId });
  expect(view?.links.map(({ memberId }) => memberId)).toContain(found?.id);
});

it('is shown to the lurah as it was and as it is, before it is legalised', async () => {
  const { rows } = await lurah.approval.inbox.query({ kind: 'hasil', offset: 0, limit: 10 });
  expect(rows[0]?.news).toMatch(/; 2 isian keluarga diperbaiki$/);
  const { visit, changes } = await lurah.approval.detail.query({ caseId });
  expect(visit?.corrections).toMatchObject([
    { field: 'address.rt', before: '001', after: '009' },
    { label: 'Anggota baru', group: child?.name },
  ]);
  expect(visit?.identifiedAgain).not.toBeNull();
  expect(changes).toBeNull();
});

it('sent back, goes on from the paper, and finished anew changes what is otherwise now', async () => {
  const people = (await caseNow()).case.household.members.map(({ id }) => id);
  await sendBack();
  const again = await officer.verification.openSheet.query({ code });
  expect(again.printed).toEqual(sheet.printed);
  expect(again.household).toEqual(sheet.household);
  const [added] = again.entry.corrections.added;
  expect(again.entry.members[added ?? '']).toBeDefined();
  const kept = { ...again.entry, corrections: { ...again.entry.corrections } };
  await finish({
    ...kept,
    corrections: { ...kept.corrections, fields: { ...kept.corrections.fields, 'address.rt': '8' } },
  });
  const { case: now } = await caseNow();
  expect(now.household.address.rt).toBe(8);
  expect(now.household.members.map(({ id }) => id)).toEqual(people);
  expect(people).toHaveLength(3);
  const { visit } = await lurah.approval.detail.query({ caseId });
  expect(visit?.corrections[0]).toMatchObject({ field: 'address.rt', before: '001', after: '008' });
});

it('printed anew, shows what was carried out as printed', async () => {
  await sendBack();
  await printForms(t, [caseId]);
  const [item] = await workAt(officer, 'lapangan');
  code = item?.sheet?.code ?? '';
  sheet = await officer.verification.openSheet.query({ code });
  expect(sheet.printed.members).toHaveLength(3);
  expect(sheet.entry.corrections).toEqual({ fields: {}, added: [] });
  expect(Object.keys(sheet.entry.members)).toHaveLength(3);
});

it('loses whom the visit did not find', async () => {
  const [, , third] = sheet.household.members;
  const entry = {
    ...sheet.entry,
    members: { ...sheet.entry.members, [third?.id ?? '']: { Sta_keberadaan_art: '3' } },
  };
  await finish(entry);
  expect((await caseNow()).case.household.members.map(({ name }) => name)).toEqual([
    father?.name,
    mother?.name,
  ]);
  // It is done with: a finding of somebody who is no member could be cleared by nothing.
  const { rows, pending } = await officer.finding.list.query({ filter: {}, offset: 0, limit: 200 });
  expect(pending).toBe(0);
  expect(rows.filter(({ source }) => source === 'Kunjungan')).toEqual([]);
});
