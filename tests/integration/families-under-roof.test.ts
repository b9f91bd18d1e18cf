import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenSheet } from '../../shared/contract/verification.ts';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { ownBodyOf } from '../../electron/services/sync-body.ts';
import type { LifeEvent } from '../../shared/domain/life-event.ts';
import { Member } from '../../shared/domain/person.ts';
import { passKey } from '../../shared/domain/visit-entry.ts';
import { householdAfterVisit } from '../../shared/domain/visit-household.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { readList } from '../fixtures/read-list.ts';
import { exportedBook, rowsOf } from './exporting.ts';
import { familyDraft } from './households.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { fullEntry, printForms, readyCase, workAt } from './visits.ts';

let t: TestOffice;
let officer: Client;
let register: () => Register;

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

/** A roof with a second family, whose head and wife came to live with the first. */
function twoFamilies(nth: number): DraftHousehold {
  const one = familyDraft(nth);
  const guest = (name: string, familyRelation: string, more: object) => ({
    ...one.members[1],
    id: uuid(),
    name,
    relation: '8',
    familyNo: '2',
    familyRelation,
    ...more,
  });
  return DraftHousehold.parse({
    ...one,
    families: [...one.families, { no: 2, kk: `317101130416${String(nth).padStart(4, '0')}` }],
    members: [
      ...one.members,
      guest('Dodi Hartono', '1', { birthDate: '1985-02-03' }),
      guest('Rini Hartono', '3', { birthDate: '2015-04-05', sex: 'P' }),
    ],
  });
}

async function printed(body: DraftHousehold, nth: number) {
  const caseId = await readyCase(t, nth, body);
  const pdf = await printForms(t, [caseId], 'Rina', 'F4', 'regsosek22k');
  const item = (await workAt(officer, 'lapangan')).find((one) => one.caseId === caseId);
  return {
    caseId,
    pdf,
    sheet: await officer.verification.openSheet.query({ code: item?.sheet?.code ?? '' }),
  };
}

async function save(sheet: OpenSheet, version: number, entry: OpenSheet['entry']) {
  return officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry });
}

it('two families under a roof: a block each on paper, answers of their own wherever they are read', async () => {
  const { caseId, pdf, sheet } = await printed(twoFamilies(1), 1);
  const text = (await pageTexts(pdf)).join(' ');
  expect(text).toContain('KELUARGA 1: Siti Aminah');
  expect(text).toContain('KELUARGA 2: Dodi Hartono');

  const full = fullEntry(sheet);
  const two = { ...full.families['2'], '303': '8', '502i': 'ya' };
  const headId = sheet.household.members[0]?.id ?? '';
  // Sums of what was ticked, one that stands alone, and a difficulty that asks for a companion.
  const summed = { '411': '5', '431a': '3', '431f': '99', '428b': '2', '429': '2' };
  const entry = {
    ...full,
    families: { ...full.families, '2': two },
    members: { ...full.members, [headId]: { ...full.members[headId], ...summed } },
  };
  let { version } = await save(sheet, 0, { ...entry, families: { '1': full.families['1'] ?? {} } });
  const finish = () => officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
  expect(await codeOf(finish())).toBe('answers_incomplete');
  ({ version } = await save(sheet, version, entry));
  expect(await finish()).toMatchObject({ state: 'DICACAH' });

  const lurah = await t.as('lurah');
  const detail = await lurah.approval.detail.query({ caseId });
  expect(
    detail.visit?.answers.filter(({ no }) => no === '303').map(({ group, answer }) => [group, answer]),
  ).toEqual([
    ['Keluarga 1, Siti Aminah B', 'Lainnya'],
    ['Keluarga 2, Dodi Hartono', 'Tanah'],
  ]);

  await lurah.spotCheck.draw.mutate({ count: 1, enumerator: null });
  const [check] = (await lurah.spotCheck.list.query()).checks;
  const { lines } = await lurah.spotCheck.read.query({ checkId: check?.id ?? '' });
  expect(
    lines.filter(({ question }) => question.id === '303').map(({ field, group }) => [field, group]),
  ).toEqual([
    ['families.1.303', 'Keluarga 1'],
    ['families.2.303', 'Keluarga 2'],
  ]);

  const subject = { kind: 'kunjungan', filter: {}, instrument: 'regsosek22k' } as const;
  const book = await exportedBook(t, officer, await t.tokenOf('petugas_verifikasi'), subject);
  const [headers = [], ...rows] = await rowsOf(book);
  const column = headers.indexOf('kd_jenis_lantai_terluas');
  expect(rows.map((row) => row[column])).toEqual(['9', '9', '8', '8']);

  // Read back as a list of its kind: each family by its card, placed by name, its codes as they went.
  const { report, households } = await readList(book, { source: 'REGSOSEK', areaCodes: null });
  expect(report).toMatchObject({ households: 2, persons: 4, refusedCount: 0 });
  expect(report.warnings.map(({ code }) => code)).toEqual(['assets_shifted']);
  const asked = sheet.household.families.map(({ kk }) => kk);
  expect(households.map(({ household }) => [household.kk, household.kelurahan])).toEqual(
    asked.map((kk) => [kk, '31.71.01.1001']),
  );
  expect(households[0]?.persons[0]).toMatchObject({
    nik: sheet.household.members[0]?.nik,
    relation: '1',
    answers: {
      kd_punya_kartuid: '5',
      kd_jamkes_setahun: '3',
      jumlah_jamket_kerja: '99',
      kd_sulit_pendengaran: '2',
      kd_memiliki_perawat: '2',
    },
  });
  expect(households.map(({ household }) => household.answers['kd_sepeda_motor'])).toEqual(['2', '1']);

  const { visit } = ownBodyOf(register(), getCase(register(), caseId));
  expect(visit?.families).toMatchObject({
    '1': { '303': '9', '502i': '2' },
    '2': { '303': '8', '502i': '1' },
  });
});

it('a family that came later is asked under the newer sheet; what was typed of the first stays', async () => {
  const { caseId, sheet } = await printed(familyDraft(2), 2);
  expect(sheet.household.families).toHaveLength(1);
  const entry = fullEntry(sheet);
  const id = uuid();
  const newcomer = {
    'members.ID.name': 'Dodi Hartono',
    'members.ID.relation': '8',
    'members.ID.sex': 'L',
    'members.ID.familyNo': '2',
    'members.ID.birthDate': '1985-02-03',
  };
  const fields = Object.fromEntries(
    Object.entries(newcomer).map(([field, text]) => [field.replace('ID', id), text]),
  );
  const { version } = await save(sheet, 0, { ...entry, corrections: { added: [id], fields } });
  expect(await codeOf(officer.verification.finish.mutate({ sheetId: sheet.sheetId, version }))).toBe(
    'answers_incomplete',
  );
  await printForms(t, [caseId], 'Rina', 'F4', 'regsosek22k');
  const item = (await workAt(officer, 'lapangan')).find((one) => one.caseId === caseId);
  const again = await officer.verification.openSheet.query({ code: item?.sheet?.code ?? '' });
  expect(again.entry.families).toEqual(entry.families);
  expect(again.entry.corrections.added).toEqual([id]);

  // Everybody answers, the newcomer as the second family; what was written on paper goes along.
  const [first] = again.household.members;
  const dodi = Member.parse({
    ...first,
    id,
    name: 'Dodi Hartono',
    nik: null,
    sex: 'L',
    relation: '8',
    familyNo: 2,
    familyRelation: '1',
    birthDate: '1985-02-03',
  });
  const household = { ...again.household, members: [...again.household.members, dodi] };
  const whole = { ...fullEntry({ ...again, household }), corrections: { added: [id], fields } };
  const odd = householdAfterVisit(again.household, whole, again.instrument, {
    today: '2026-11-10',
    areaName: () => 'Gambir',
  }).findings;
  const passes = Object.fromEntries(odd.map((finding) => [passKey(finding), 'Benar begitu']));
  const typed = await save(again, again.version, { ...whole, passes: { ...whole.passes, ...passes } });
  await officer.verification.finish.mutate({ sheetId: again.sheetId, version: typed.version });
  const { visit, members } = ownBodyOf(register(), getCase(register(), caseId));
  const found = members.find(({ name }) => name === 'Dodi Hartono')?.id ?? '';
  expect(visit?.corrections).toMatchObject({ found: [found], notFound: [] });
  expect(visit?.corrections?.fields[`members.${found}.birthDate`]).toBe('1985-02-03');
  expect(Object.keys(visit?.families ?? {})).toEqual(['1', '2']);
  expect(visit).not.toHaveProperty('duplicateOf');
});

it('the number of the case that is the same family goes along with result 6', async () => {
  const { caseId, sheet } = await printed(familyDraft(3), 3);
  const same = (await workAt(officer, 'kembali'))[0]?.number ?? '';
  const entry = { ...fullEntry(sheet), result: '6' as const, note: 'Sama', duplicateOf: same };
  const { version } = await save(sheet, 0, entry);
  await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
  const { visit } = ownBodyOf(register(), getCase(register(), caseId));
  expect(visit).toMatchObject({ result: '6', duplicateOf: same });
  expect(visit).not.toHaveProperty('corrections');
});

it('a sheet tells what changed of each family since it was printed, and asks those who are there now', async () => {
  const { caseId, sheet } = await printed(twoFamilies(4), 4);
  const { members } = sheet.household;
  const rini = members.find(({ name }) => name === 'Rini Hartono')?.id ?? '';
  const baby = uuid();
  const happened = async (event: LifeEvent) => {
    const clerk = await t.as('petugas_loket');
    const told = { caseId, event, reason: 'Diberitahukan keluarga', letter: '' };
    const { id } = await clerk.lifeEvent.propose.mutate(told);
    await (await t.as('lurah')).period.decide.mutate({ correctionId: id, approve: true, answer: '' });
  };
  await happened({
    kind: 'lahir',
    on: '2026-11-02',
    provisional: false,
    member: {
      id: baby,
      name: 'Bayi Hartono',
      nik: null,
      sex: 'P',
      birthPlace: 'Jakarta',
      relation: '8',
      familyNo: 2,
      familyRelation: '3',
      motherName: null,
    },
  });
  const kk = '3171011304169994';
  const split = { memberIds: [rini], newHeadId: null, kk, headId: rini, sameRoof: true };
  await happened({ kind: 'pecah_kk', on: '2026-11-03', ...split });

  const stale = await officer.verification.openSheet.query({ code: sheet.code });
  expect(stale.changes.map(({ group, label, before, after }) => [group, label, before, after])).toEqual([
    ['Keluarga 3', 'No KK', null, kk],
    ['Rini Hartono', 'Nomor urut keluarga', '2', '3'],
    ['Rini Hartono', 'Hubungan dengan kepala keluarga', 'Anak', 'Kepala'],
    ['Bayi Hartono', 'Anggota baru', null, 'Bayi Hartono, Anak di keluarga 2'],
  ]);
  // The paper has no block for the third family: the screen asks it, and the next print has it.
  const whole = fullEntry(stale);
  const { '3': third, ...known } = whole.families;
  expect(third).toBeDefined();
  const { version } = await save(stale, 0, { ...whole, families: known });
  const finish = { sheetId: sheet.sheetId, version };
  expect(await codeOf(officer.verification.finish.mutate(finish))).toBe('answers_incomplete');
  const text = (await pageTexts(await printForms(t, [caseId], 'Rina', 'F4', 'regsosek22k'))).join(' ');
  expect(text).toContain('KELUARGA 3: Rini Hartono');
  const item = (await workAt(officer, 'lapangan')).find((one) => one.caseId === caseId);
  const again = await officer.verification.openSheet.query({ code: item?.sheet?.code ?? '' });
  expect(again.changes).toEqual([]);
  const typed = await save(again, again.version, { ...again.entry, families: whole.families });
  expect(
    await officer.verification.finish.mutate({ sheetId: again.sheetId, version: typed.version }),
  ).toMatchObject({ state: 'DICACAH' });
});
