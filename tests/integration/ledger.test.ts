import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttachmentInfo } from '../../shared/contract/attachments.ts';
import { displaySheetCode } from '../../shared/domain/sheet-code.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import type { Register } from '../../electron/services/register.ts';
import { png, problemCode, upload, withFilesLost } from './households.ts';
import { codeOf, noted, openKnownOffice, type Client, type TestOffice } from './office.ts';
import { fullEntry, printForms, readyCase, requestDocument, sheetsIn } from './visits.ts';

let t: TestOffice;
let register: () => Register;
let officer: Client;
beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

async function printed(nth: number) {
  const caseId = await readyCase(t, nth);
  await printForms(t, [caseId]);
  return { caseId, entry: await entryOf(caseId) };
}

async function entryOf(caseId: string) {
  const entries = await sheetsIn(officer, null);
  const found = entries.filter((entry) => entry.caseId === caseId).at(-1);
  if (found === undefined) throw new Error('The case has no sheet.');
  return found;
}

async function sendScan(sheetId: string, content: Uint8Array<ArrayBuffer>): Promise<Response> {
  const body = new FormData();
  body.set('sheetId', sheetId);
  body.set('file', new File([content], 'lembar.png'));
  return t.office.fetch(
    new Request('http://mutakhir.test/files/sheet-scan', {
      method: 'POST',
      headers: { authorization: `Bearer ${await t.tokenOf('petugas_verifikasi')}` },
      body,
    }),
  );
}

const image = new Uint8Array(readFileSync('resources/training/surat-rt.png'));

describe('the ledger of sheets', () => {
  it('follows a sheet: printed, out with whom, back, typed in, its image kept', async () => {
    const { caseId, entry } = await printed(1);
    expect(entry).toMatchObject({ state: 'dicetak', outAt: null });
    await officer.ledger.handOut.mutate({ sheetIds: [entry.sheetId], enumerator: 'Budi Santoso' });
    t.clock.advance(300_000);
    expect(await entryOf(caseId)).toMatchObject({ state: 'keluar', enumerator: 'Budi Santoso' });
    expect(await officer.ledger.takeBack.mutate({ code: entry.code })).toMatchObject({
      state: 'kembali',
      outAt: '2026-11-10T02:00:00.000Z',
      returnedAt: '2026-11-10T02:05:00.000Z',
    });
    expect(await codeOf(officer.ledger.takeBack.mutate({ code: entry.code }))).toBe('sheet_back_already');
    expect(await problemCode(await sendScan(entry.sheetId, image))).toBe('sheet_not_entered');

    const sheet = await officer.verification.openSheet.query({ code: entry.code });
    const { version } = await officer.verification.save.mutate({
      sheetId: sheet.sheetId,
      version: 0,
      entry: fullEntry(sheet),
    });
    await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
    expect(await entryOf(caseId)).toMatchObject({ state: 'dientri' });
    expect((await sendScan(entry.sheetId, image)).status).toBe(200);
    expect(await entryOf(caseId)).toMatchObject({ state: 'dipindai' });
    const { history } = await officer.cases.get.query({ caseId });
    const told = history.filter(({ type }) => type.startsWith('lembar_')).map(({ label }) => label);
    expect(told).toEqual(['Lembar dibawa petugas', 'Lembar kembali', 'Gambar lembar disimpan']);
    expect((await officer.ledger.counts.query()).dipindai).toBe(1);
  });

  it('shows the image to who may read the case, and takes nothing that is none', async () => {
    const entries = await sheetsIn(officer, 'dipindai');
    const sheetId = entries[0]?.sheetId ?? '';
    const ask = async (id: string) =>
      t.office.fetch(
        new Request('http://mutakhir.test/files/sheet-scan/content', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${await t.tokenOf('lurah')}`,
          },
          body: JSON.stringify({ sheetId: id }),
        }),
      );
    await withFilesLost(register(), async () => {
      expect((await ask(sheetId)).ok).toBe(false);
    });
    expect(noted(register(), 'dokumen_dibuka')).toEqual([]);
    const shown = await ask(sheetId);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(image);
    const { history } = await officer.cases.get.query({ caseId: entries[0]?.caseId ?? '' });
    expect(history.at(-1)).toMatchObject({
      label: 'Dokumen dibuka',
      actorName: 'Lutfi Lurah',
      detail: expect.stringContaining('Lembar'),
    });
    expect(await problemCode(await ask('tidak-ada'))).toBe('not_found');
    expect(await problemCode(await sendScan(sheetId, new Uint8Array([1, 2, 3])))).toBe('file_not_accepted');
    expect(await problemCode(await sendScan(sheetId, new Uint8Array()))).toBe('file_empty');
  });

  it('keeps the image while a file of a draft goes', async () => {
    const [entry] = await sheetsIn(officer, 'dipindai');
    const { id: draftId } = await officer.intake.create.mutate({ mode: 'aktif' });
    const added = await upload(t, await t.tokenOf('petugas_verifikasi'), draftId, png());
    const { id: attachmentId } = AttachmentInfo.parse(await added.json());
    const kept = () => register().db.prepare('SELECT hash FROM attachment').pluck().all();
    const [scan] = register()
      .db.prepare('SELECT scan_hash FROM sheet WHERE id = ?')
      .pluck()
      .all(entry?.sheetId);
    expect(kept()).toHaveLength(2);
    await officer.attachments.detach.mutate({ attachmentId });
    expect(kept()).toEqual([scan]);
  });

  it('lets a sheet out only while it is here: all of a choice or none', async () => {
    const { entry: here } = await printed(2);
    const { entry: out } = await printed(3);
    await officer.ledger.handOut.mutate({ sheetIds: [out.sheetId], enumerator: 'Rina' });
    const both = { sheetIds: [here.sheetId, out.sheetId], enumerator: 'Budi' };
    expect(await codeOf(officer.ledger.handOut.mutate(both))).toBe('sheet_not_here');
    expect((await entryOf(here.caseId)).state).toBe('dicetak');
    expect(await codeOf(officer.ledger.handOut.mutate({ ...both, enumerator: ' ' }))).toBe('invalid_input');
  });

  it('voids the older sheet when a form is printed again, wherever it was', async () => {
    const { caseId, entry: first } = await printed(4);
    await officer.ledger.handOut.mutate({ sheetIds: [first.sheetId], enumerator: 'Rina' });
    await printForms(t, [caseId]);
    expect((await entryOf(caseId)).printNo).toBe(2);
    expect(await codeOf(officer.ledger.takeBack.mutate({ code: first.code }))).toBe('sheet_void');
    const again = { sheetIds: [first.sheetId], enumerator: 'Rina' };
    expect(await codeOf(officer.ledger.handOut.mutate(again))).toBe('sheet_not_here');
  });

  it('notes the return by itself when somebody types from the sheet', async () => {
    const { caseId, entry } = await printed(5);
    const sheet = await officer.verification.openSheet.query({ code: entry.code });
    await officer.verification.save.mutate({ sheetId: sheet.sheetId, version: 0, entry: sheet.entry });
    expect((await entryOf(caseId)).state).toBe('kembali');
  });

  it('prints a cover in walking order with a slip for each family, without void sheets', async () => {
    const entries = await sheetsIn(officer, null);
    const good = entries.filter(({ state }) => state !== 'batal');
    const token = await t.tokenOf('petugas_verifikasi');
    const sheetIds = entries.map(({ sheetId }) => sheetId);
    const answer = await requestDocument(t, token, 'daftar_sampul', { sheetIds });
    const text = pageTexts(new Uint8Array(await answer.arrayBuffer())).join(' ');
    expect(text).toContain(`${good.length} rumah tangga, menurut urutan jalan`);
    for (const { number } of good) expect(text).toContain(`Nomor ${number}`);
    for (const { code, state } of entries)
      expect(text.includes(displaySheetCode(code)), state).toBe(state !== 'batal');
    const none = await requestDocument(t, token, 'daftar_sampul', { sheetIds: ['tidak-ada'] });
    expect(await problemCode(none)).toBe('nothing_to_print');
  });

  it('is for verification officers', async () => {
    for (const role of ['petugas_loket', 'lurah', 'administrator'] as const) {
      const other = await t.as(role);
      expect(await codeOf(sheetsIn(other, null)), role).toBe('not_allowed');
      expect(await codeOf(other.ledger.takeBack.mutate({ code: '1' })), role).toBe('not_allowed');
    }
  });
});
