import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkStage } from '../../shared/contract/verification.ts';
import { emptyVisit } from '../../shared/domain/visit-entry.ts';
import { displaySheetCode } from '../../shared/domain/sheet-code.ts';
import { pageTexts, rasterise, readQr } from '../fixtures/pdf.ts';
import { familyDraft, png, problemCode, registerFamily, upload } from './households.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { fullEntry, photoLabels, printForms, readyCase, requestDocument, workAt } from './visits.ts';

/** One office for all; each test has families of its own. */
let t: TestOffice;
let officer: Client;
beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

let families = 0;
function nextFamily(): number {
  families += 1;
  return families;
}

async function workOn(caseId: string, stage: WorkStage) {
  return (await workAt(officer, stage)).find((item) => item.caseId === caseId);
}

async function sheetOf(caseId: string): Promise<string> {
  return (await workOn(caseId, 'lapangan'))?.sheet?.code ?? '';
}

/** A case out in the field, and the sheet as it opens. */
async function assigned() {
  const caseId = await readyCase(t, nextFamily());
  await printForms(t, [caseId]);
  const code = await sheetOf(caseId);
  return { caseId, code, sheet: await officer.verification.openSheet.query({ code }) };
}

describe('printing forms', () => {
  it('sends the case out with the named officer, and notes sheet, print and event', async () => {
    const caseId = await readyCase(t, nextFamily());
    const pdf = await printForms(t, [caseId]);
    const [page] = rasterise(pdf, 200, { left: 155, top: 0, width: 60, height: 60 });
    const code = await sheetOf(caseId);
    expect(page && readQr(page)?.text).toBe(code);
    expect(code).toMatch(/^00000001001\d$/);
    const detail = await officer.cases.get.query({ caseId });
    expect(detail.case.state).toBe('DITUGASKAN');
    expect(detail.prints).toMatchObject([{ kind: 'formulir_verifikasi', printNo: 1 }]);
    expect(detail.history.at(-1)).toMatchObject({
      type: 'tugaskan',
      fromState: 'MUSKEL_LAYAK',
      toState: 'DITUGASKAN',
      detail: `Lembar ${displaySheetCode(code)}, cetakan ke-1, petugas Rina Kusumawati`,
    });
  });

  it('is for verification officers with a session, and is never stored by anyone', async () => {
    const caseId = await readyCase(t, nextFamily());
    const input = { caseIds: [caseId], enumerator: 'Rina', paper: 'A4' };
    for (const role of ['petugas_loket', 'lurah', 'administrator'] as const) {
      const refused = await requestDocument(t, await t.tokenOf(role), 'formulir_verifikasi', input);
      expect(await problemCode(refused), role).toBe('not_allowed');
    }
    expect(await problemCode(await requestDocument(t, null, 'formulir_verifikasi', input))).toBe(
      'not_logged_in',
    );
    const answer = await requestDocument(
      t,
      await t.tokenOf('petugas_verifikasi'),
      'formulir_verifikasi',
      input,
    );
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const files = readdirSync(t.dataDir, { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of files.filter((entry) => entry.isFile()))
      expect(readFileSync(join(parentPath, name)).includes('%PDF'), name).toBe(false);
  });

  it('prints a selection in walking order, each once, in one PDF', async () => {
    const bodies = [
      { rw: '009', rt: '001' },
      { rw: '002', rt: '005' },
      { rw: '002', rt: '001' },
    ].map((place) => {
      const body = familyDraft(nextFamily());
      return { ...body, address: { ...body.address, ...place } };
    });
    const ids: string[] = [];
    for (const body of bodies) ids.push(await readyCase(t, 0, body));
    const texts = pageTexts(await printForms(t, [...ids, ids[0] ?? '']));
    const codes = texts.map((text) => /\d{4} \d{4} \d{4}(?=\s*\n)/.exec(text)?.[0] ?? '');
    const order = codes.filter((code, index) => code !== codes[index - 1]);
    const expected = await Promise.all(
      [ids[2], ids[1], ids[0]].map(async (id) => displaySheetCode(await sheetOf(id ?? ''))),
    );
    expect(order).toEqual(expected);
  });

  it('prints all of a selection or nothing', async () => {
    const ready = await readyCase(t, nextFamily());
    const { caseId: tooEarly } = await registerFamily(await t.as('petugas_loket'), familyDraft(nextFamily()));
    const refused = await requestDocument(t, await t.tokenOf('petugas_verifikasi'), 'formulir_verifikasi', {
      caseIds: [ready, tooEarly],
      enumerator: 'Rina',
      paper: 'F4',
    });
    expect(await problemCode(refused)).toBe('step_not_possible');
    const detail = await officer.cases.get.query({ caseId: ready });
    expect(detail.case.state).toBe('MUSKEL_LAYAK');
    expect(detail.prints).toEqual([]);
  });

  it('wants the name of the officer, and cases that exist', async () => {
    const token = await t.tokenOf('petugas_verifikasi');
    const caseId = await readyCase(t, nextFamily());
    const nameless = await requestDocument(t, token, 'formulir_verifikasi', {
      caseIds: [caseId],
      enumerator: '  ',
      paper: 'F4',
    });
    expect(await problemCode(nameless)).toBe('invalid_input');
    const unknown = await requestDocument(t, token, 'formulir_verifikasi', {
      caseIds: ['019a0000-0000-7000-8000-000000000000'],
      enumerator: 'Rina',
      paper: 'F4',
    });
    expect(await problemCode(unknown)).toBe('not_found');
  });

  it('printed again, makes the older sheet void and says which one counts', async () => {
    const { caseId, code: first } = await assigned();
    await printForms(t, [caseId], 'Budi Santoso');
    const second = await sheetOf(caseId);
    expect(second).not.toBe(first);
    await expect(officer.verification.openSheet.query({ code: first })).rejects.toMatchObject({
      data: { problem: { code: 'sheet_void', details: { print: 2 } } },
    });
    expect((await officer.verification.openSheet.query({ code: second })).entry.enumerator).toBe(
      'Budi Santoso',
    );
    const { history, case: current } = await officer.cases.get.query({ caseId });
    expect(current.state).toBe('DITUGASKAN');
    expect(history.at(-1)).toMatchObject({ type: 'lembar_dicetak_ulang', label: 'Formulir dicetak ulang' });
  });
});

describe('the work list', () => {
  it('shows what is ready, what is out and what was typed in, with counts', async () => {
    const before = (await officer.verification.options.query()).counts;
    const ready = await readyCase(t, nextFamily());
    const { caseId: out } = await assigned();
    expect(await workOn(ready, 'siap')).toMatchObject({ sheet: null, members: 2 });
    expect(await workOn(out, 'lapangan')).toMatchObject({
      sheet: { printNo: 1, enumerator: 'Rina Kusumawati' },
    });
    expect([await workOn(out, 'siap'), await workOn(ready, 'lapangan')]).toEqual([undefined, undefined]);
    expect(await officer.verification.options.query()).toEqual({
      counts: { ...before, siap: before.siap + 1, lapangan: before.lapangan + 1 },
      enumerators: expect.arrayContaining(['Rina Kusumawati']),
      paper: 'F4',
      instruments: [
        { id: 'bdt-2015', title: 'BDT 2015', version: '1' },
        { id: 'regsosek22k', title: 'Regsosek22-K', version: '2' },
      ],
    });
  });

  it('is closed to those who neither print nor type', async () => {
    for (const role of ['petugas_loket', 'lurah', 'administrator'] as const) {
      expect(await codeOf(workAt(await t.as(role), 'siap')), role).toBe('not_allowed');
    }
  });
});

describe('opening a sheet', () => {
  it('takes the code as scanned or as read aloud', async () => {
    const { caseId, code } = await assigned();
    for (const typed of [code, displaySheetCode(code), ` ${code} `]) {
      expect((await officer.verification.openSheet.query({ code: typed })).caseId).toBe(caseId);
    }
  });

  it('tells a mistyped code from one that this office never printed', async () => {
    const { code } = await assigned();
    const wrong = code.slice(0, 11) + String((Number(code[11]) + 1) % 10);
    expect(await codeOf(officer.verification.openSheet.query({ code: wrong }))).toBe('sheet_code_wrong');
    expect(await codeOf(officer.verification.openSheet.query({ code: '123' }))).toBe('sheet_code_wrong');
    expect(await codeOf(officer.verification.openSheet.query({ code: '000999990011' }))).toBe(
      'sheet_unknown',
    );
  });

  it('refuses a sheet whose assignment was taken back', async () => {
    const { caseId, code } = await assigned();
    await officer.cases.takeStep.mutate({
      caseId,
      action: 'batalkan_penugasan',
      reason: 'Petugas sakit',
      version: 1,
    });
    expect(await codeOf(officer.verification.openSheet.query({ code }))).toBe('step_not_possible');
  });
});

describe('typing a visit in', () => {
  it('keeps what is typed, through a restart too, and writes no event for it but the return of the sheet', async () => {
    const { caseId, code, sheet } = await assigned();
    const before = (await officer.cases.get.query({ caseId })).history.length;
    const entry = { ...fullEntry(sheet), household: { lantai: '6' } };
    expect(await officer.verification.save.mutate({ sheetId: sheet.sheetId, version: 0, entry })).toEqual({
      version: 1,
      savedAt: '2026-11-10T02:00:00.000Z',
    });
    await t.restart();
    officer = await t.as('petugas_verifikasi');
    const again = await officer.verification.openSheet.query({ code });
    expect(again).toMatchObject({ version: 1, editable: true, entry, enteredByName: 'petugas_verifikasi 1' });
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.slice(before).map(({ type }) => type)).toEqual(['lembar_kembali']);
    expect((await workOn(caseId, 'lapangan'))?.draftSavedAt).toBe('2026-11-10T02:00:00.000Z');
  });

  it('never writes over what a colleague typed meanwhile', async () => {
    const { code, sheet } = await assigned();
    const entry = fullEntry(sheet);
    const first = { sheetId: sheet.sheetId, version: 0, entry };
    const saved = await officer.verification.save.mutate(first);
    // The answer was lost, and the same is sent once more; what somebody else sends so is not the same.
    expect(await officer.verification.save.mutate(first)).toEqual(saved);
    const colleague = await t.as('petugas_verifikasi', 2);
    const other = { ...first, version: 1, entry: { ...entry, note: 'Rumah di ujung gang' } };
    await colleague.verification.save.mutate(other);
    expect(await codeOf(officer.verification.save.mutate(first))).toBe('version_conflict');
    await expect(officer.verification.save.mutate({ ...first, version: 1 })).rejects.toMatchObject({
      data: { problem: { code: 'version_conflict', details: { by: 'petugas_verifikasi 2' } } },
    });
    // What was saved last is what is opened, on a version of its own.
    expect(await officer.verification.openSheet.query({ code })).toMatchObject({
      version: 2,
      entry: { note: 'Rumah di ujung gang' },
      enteredByName: 'petugas_verifikasi 2',
    });
  });

  it('is finished: the case is DICACAH, the history says how, and who typed may not approve', async () => {
    const { caseId, code, sheet } = await assigned();
    const { version } = await officer.verification.save.mutate({
      sheetId: sheet.sheetId,
      version: 0,
      entry: fullEntry(sheet),
    });
    expect(await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version })).toMatchObject({
      state: 'DICACAH',
    });
    const detail = await officer.cases.get.query({ caseId });
    expect(detail.enteredByMe).toBe(true);
    expect(detail.history.at(-1)).toMatchObject({
      type: 'catat_hasil_kunjungan',
      toState: 'DICACAH',
      detail: `Selesai dicacah; petugas Rina Kusumawati, lembar ${displaySheetCode(code)}`,
    });
    expect(
      await codeOf(
        officer.cases.takeStep.mutate({
          caseId,
          action: 'setujui_pemeriksaan',
          reason: null,
          version: detail.case.version,
        }),
      ),
    ).toBe('step_by_enterer');
    expect(await workOn(caseId, 'kembali')).toMatchObject({
      result: '1',
      visitedOn: '2026-11-09',
      draftSavedAt: null,
    });
    expect(await officer.verification.openSheet.query({ code })).toMatchObject({
      editable: false,
      state: 'DICACAH',
    });
    expect(
      await codeOf(
        officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry: fullEntry(sheet) }),
      ),
    ).toBe('step_not_possible');
  });

  it('is refused while answers do not fit the instrument, and stays a draft', async () => {
    const { caseId, sheet } = await assigned();
    const full = fullEntry(sheet);
    const bad = [
      { ...full, household: { ...full.household, lantai: '99' } },
      { ...full, household: { ...full.household, kloset: '1', fasbab: '4' } },
      { ...full, members: {} },
      { ...full, result: null },
      { ...full, visitedOn: '2026-11-11' },
      { ...full, visitedOn: null },
      { ...full, enumerator: ' ' },
      { ...full, result: '2' as const },
    ];
    let version = 0;
    for (const entry of bad) {
      ({ version } = await officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry }));
      expect(await codeOf(officer.verification.finish.mutate({ sheetId: sheet.sheetId, version }))).toBe(
        'answers_incomplete',
      );
    }
    expect((await officer.cases.get.query({ caseId })).case.state).toBe('DITUGASKAN');
  });

  it('needs only a note where the family was not asked', async () => {
    const { sheet } = await assigned();
    const entry = {
      result: '3' as const,
      visitedOn: '2026-11-09',
      enumerator: 'Rina',
      note: 'Pindah ke Depok',
      household: {},
      members: {},
    };
    const { version } = await officer.verification.save.mutate({ sheetId: sheet.sheetId, version: 0, entry });
    expect(await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version })).toEqual({
      state: 'DICACAH',
      missingPhotos: [],
    });
  });

  it('tells which photos the visit did not bring, and is finished all the same', async () => {
    const { caseId, code, sheet } = await assigned();
    const token = await t.tokenOf('petugas_verifikasi');
    await upload(t, token, '', png(1), 'rumah.png', { caseId, slot: 'F-RUMAH' });
    const again = await officer.verification.openSheet.query({ code });
    expect(again.files).toMatchObject([{ slot: 'F-RUMAH' }]);
    const { version } = await officer.verification.save.mutate({
      sheetId: sheet.sheetId,
      version: 0,
      entry: fullEntry(sheet),
    });
    const { state, missingPhotos } = await officer.verification.finish.mutate({
      sheetId: sheet.sheetId,
      version,
    });
    expect(state).toBe('DICACAH');
    expect(missingPhotos).toEqual(photoLabels.filter((label) => label !== 'Tampak depan rumah'));
    const { visit } = await (await t.as('lurah')).approval.detail.query({ caseId });
    expect(visit?.missingPhotos).toEqual(missingPhotos);
  });

  it('found in another case names that one, which must be there', async () => {
    const body = familyDraft(nextFamily());
    const other = await registerFamily(await t.as('petugas_loket'), body);
    const { caseId, sheet } = await assigned();
    const own = (await officer.cases.get.query({ caseId })).case.number;
    let version = 0;
    async function finishAs(duplicateOf: string) {
      const entry = {
        ...emptyVisit('Rina'),
        visitedOn: '2026-11-09',
        result: '6' as const,
        note: 'Sama keluarganya',
        duplicateOf,
      };
      ({ version } = await officer.verification.save.mutate({ sheetId: sheet.sheetId, version, entry }));
      return officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
    }
    expect(await codeOf(finishAs(''))).toBe('answers_incomplete');
    expect(await codeOf(finishAs('31.71/0'))).toBe('duplicate_case_unknown');
    expect(await codeOf(finishAs(own))).toBe('duplicate_case_unknown');
    expect(await officer.verification.findCase.query({ number: other.number })).toMatchObject({
      caseId: other.caseId,
      headName: body.members[0]?.name,
    });
    await finishAs(` ${other.number} `);
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.at(-1)?.detail).toContain(`Data ganda dengan ${other.number}`);
    const { visit } = await (await t.as('lurah')).approval.detail.query({ caseId });
    expect(visit?.duplicateOf).toMatchObject({ caseId: other.caseId, number: other.number });
  });

  it('cannot be finished before anything was typed', async () => {
    const { sheet } = await assigned();
    expect(await codeOf(officer.verification.finish.mutate({ sheetId: sheet.sheetId, version: 0 }))).toBe(
      'answers_incomplete',
    );
    expect(await codeOf(officer.verification.finish.mutate({ sheetId: 'tidak-ada', version: 0 }))).toBe(
      'sheet_unknown',
    );
  });

  it('goes on where it was left when the lurah sends it back, on the old sheet or a new one', async () => {
    const { caseId, code, sheet } = await assigned();
    const { version } = await officer.verification.save.mutate({
      sheetId: sheet.sheetId,
      version: 0,
      entry: fullEntry(sheet),
    });
    await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
    const lurah = await t.as('lurah');
    const caseVersion = (await lurah.cases.get.query({ caseId })).case.version;
    await lurah.cases.takeStep.mutate({
      caseId,
      action: 'kembalikan_ke_petugas',
      reason: 'Lantai belum jelas',
      version: caseVersion,
    });
    const reopened = await officer.verification.openSheet.query({ code });
    expect(reopened).toMatchObject({ editable: true, version: 1, entry: fullEntry(sheet) });
    await printForms(t, [caseId]);
    const next = await officer.verification.openSheet.query({ code: await sheetOf(caseId) });
    expect(next).toMatchObject({ editable: true, version: 0, entry: fullEntry(sheet) });
    const saved = await officer.verification.save.mutate({
      sheetId: next.sheetId,
      version: 0,
      entry: next.entry,
    });
    expect(
      await officer.verification.finish.mutate({ sheetId: next.sheetId, version: saved.version }),
    ).toEqual({ state: 'DICACAH', missingPhotos: photoLabels });
  });
});
