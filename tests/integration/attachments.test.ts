import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachmentLimit, AttachmentInfo } from '../../shared/contract/attachments.ts';
import type { Register } from '../../electron/services/register.ts';
import { photo } from '../fixtures/photo.ts';
import {
  familyDraft,
  png,
  problemCode,
  registerFamily,
  registerPassive,
  upload,
  withFilesLost,
} from './households.ts';
import { type Client, codeOf, noted, openKnownOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let register: () => Register;
let clerk: Client;
let token: string;
let draftId: string;
beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
  clerk = await t.as('petugas_loket');
  token = await t.tokenOf('petugas_loket');
  draftId = (await clerk.intake.create.mutate({ mode: 'pasif' })).id;
});
afterEach(() => t.close());

function content(attachmentId: string, bearer: string): Promise<Response> {
  return t.office.fetch(
    new Request('http://mutakhir.test/files/attachment/content', {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ attachmentId }),
    }),
  );
}

describe('evidence', () => {
  it.each([
    ['foto.jpg', photo(), 'image/jpeg'],
    ['foto.png', png(), 'image/png'],
    ['surat.pdf', Buffer.from('%PDF-1.7 …'), 'application/pdf'],
  ])('takes %s in and gives the same bytes back', async (name, bytes, mediaType) => {
    const response = await upload(t, token, draftId, bytes, name);
    const info = AttachmentInfo.parse(await response.json());
    expect(info).toMatchObject({
      name,
      mediaType,
      size: bytes.length,
      slot: 'bukti',
      addedBy: 'petugas_loket 1',
    });
    const shown = await content(info.id, token);
    expect(shown.headers.get('content-type')).toBe(mediaType);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes);
    expect((await clerk.intake.open.query({ draftId })).attachments).toMatchObject([{ id: info.id }]);
  });

  it.each([
    ['a program named as a photo', Buffer.from('MZ\u0090\u0000 gambar'), 415, 'file_not_accepted'],
    ['a page', Buffer.from('<html><script>'), 415, 'file_not_accepted'],
    ['a JPEG cut off in its head', photo().subarray(0, 60), 415, 'image_broken'],
    ['a photo nobody scaled down', photo({ width: 4_000 }), 413, 'image_too_detailed'],
    ['nothing at all', Buffer.alloc(0), 422, 'file_empty'],
    ['a PNG cut off in its signature', png().subarray(0, 6), 415, 'file_not_accepted'],
    ['a file over the limit', Buffer.concat([png(), Buffer.alloc(attachmentLimit)]), 413, 'file_too_large'],
    [
      'a file far over the limit',
      Buffer.concat([png(), Buffer.alloc(attachmentLimit + 200_000)]),
      413,
      'file_too_large',
    ],
  ])('refuses %s', async (_, bytes, status, code) => {
    const response = await upload(t, token, draftId, bytes, 'foto.png');
    expect(response.status).toBe(status);
    expect(await problemCode(response)).toBe(code);
    expect((await clerk.intake.open.query({ draftId })).attachments).toEqual([]);
  });

  it('refuses strangers, roles that do not type, unknown drafts and broken forms', async () => {
    expect(await problemCode(await upload(t, 'tidak-ada', draftId, png()))).toBe('not_logged_in');
    expect(await problemCode(await upload(t, await t.tokenOf('lurah'), draftId, png()))).toBe('not_allowed');
    expect(await problemCode(await upload(t, token, uuid(), png()))).toBe('draft_gone');
    const broken = await t.office.fetch(
      new Request('http://mutakhir.test/files/attachment', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new FormData(),
      }),
    );
    expect(await problemCode(broken)).toBe('invalid_input');
  });

  it("shows a draft's file only to those who type, a case's file to everyone in the office", async () => {
    const info = AttachmentInfo.parse(await (await upload(t, token, draftId, png())).json());
    const lurahToken = await t.tokenOf('lurah');
    expect(await problemCode(await content(info.id, lurahToken))).toBe('not_found');
    const { caseId } = await registerPassive(t, 2);
    const [evidence] = (await (await t.as('lurah')).cases.get.query({ caseId })).attachments;
    expect((await content(evidence?.id ?? '', lurahToken)).status).toBe(200);
    expect(await problemCode(await content(evidence?.id ?? '', 'tidak-ada'))).toBe('not_logged_in');
    expect(await problemCode(await content(uuid(), lurahToken))).toBe('not_found');
  });

  it('of a case is noted for who opened it, once an opening, also by a clock that was put back', async () => {
    const { caseId } = await registerPassive(t, 2);
    const photoOf = async (slot: string) =>
      AttachmentInfo.parse(
        await (await upload(t, token, draftId, photo(), `${slot}.jpg`, { caseId, slot })).json(),
      ).id;
    const [ktp, kk] = [await photoOf('F-KTP'), await photoOf('F-KK')];
    const lurah = await t.tokenOf('lurah');
    const openings = async () =>
      (await clerk.cases.get.query({ caseId })).history
        .filter(({ type }) => type === 'dokumen_dibuka')
        .map(({ label, actorName, detail }) => [label, actorName, detail]);
    const told = (who: string, ...what: string[]) => ['Dokumen dibuka', who, what.join(', ')];
    const [ofKtp, ofKk] = ['KTP responden (F-KTP.jpg)', 'Kartu Keluarga (F-KK.jpg)'];
    // The screen shows them small, and then one of them large.
    for (const id of [ktp, kk, ktp]) await content(id, lurah);
    await content(ktp, token);
    const first = [told('Lutfi Lurah', ofKtp, ofKk), told('petugas_loket 1', ofKtp)];
    expect(await openings()).toEqual(first);
    // Who works on stays logged in.
    for (let minutes = 0; minutes < 20; minutes += 10) {
      t.clock.advance(10 * 60_000);
      await clerk.cases.get.query({ caseId });
    }
    await content(ktp, token);
    expect(await openings()).toEqual([...first, told('petugas_loket 1', ofKtp)]);
    t.clock.advance(-60 * 60_000);
    await content(ktp, token);
    expect(await openings()).toEqual([...first, ...Array(2).fill(told('petugas_loket 1', ofKtp))]);
    expect((await content(uuid(), token)).status).toBe(404);
    expect(await openings()).toHaveLength(4);
  });

  it('that cannot be read was opened by nobody', async () => {
    const { caseId } = await registerPassive(t, 2);
    const [evidence] = (await clerk.cases.get.query({ caseId })).attachments;
    const openings = () => noted(register(), 'dokumen_dibuka').length;
    await withFilesLost(register(), async () => {
      expect((await content(evidence?.id ?? '', token)).ok).toBe(false);
    });
    expect(openings()).toBe(0);
    expect((await content(evidence?.id ?? '', token)).status).toBe(200);
    expect(openings()).toBe(1);
  });

  it('comes off a draft, but stays with a registered case', async () => {
    const info = AttachmentInfo.parse(await (await upload(t, token, draftId, png())).json());
    await clerk.attachments.detach.mutate({ attachmentId: info.id });
    expect((await clerk.intake.open.query({ draftId })).attachments).toEqual([]);
    expect(await codeOf(clerk.attachments.detach.mutate({ attachmentId: info.id }))).toBe('upload_gone');
    const { caseId } = await registerPassive(t, 2);
    const [evidence] = (await clerk.cases.get.query({ caseId })).attachments;
    expect(await codeOf(clerk.attachments.detach.mutate({ attachmentId: evidence?.id ?? '' }))).toBe(
      'upload_gone',
    );
  });

  it('keeps the same photo once, for as long as one family needs it', async () => {
    const other = await clerk.intake.create.mutate({ mode: 'pasif' });
    const first = AttachmentInfo.parse(await (await upload(t, token, draftId, png())).json());
    const second = AttachmentInfo.parse(await (await upload(t, token, other.id, png())).json());
    await clerk.attachments.detach.mutate({ attachmentId: first.id });
    expect((await content(second.id, token)).status).toBe(200);
  });

  it('lies on disk only in the encrypted register, and names no folders', async () => {
    const secret = Buffer.concat([png(), Buffer.from('RAHASIA-BUKTI-KELUARGA')]);
    const info = AttachmentInfo.parse(
      await (await upload(t, token, draftId, secret, 'C:\\Users\\siti\\surat\u0007 keterangan.png')).json(),
    );
    expect(info.name).toBe('surat keterangan.png');
    await clerk.intake.save.mutate({ draftId, version: 1, body: familyDraft() });
    await t.office.close();
    const bytes = readFileSync(join(t.dataDir, 'register.db'));
    expect(bytes.includes('RAHASIA-BUKTI-KELUARGA')).toBe(false);
    await t.restart();
  });
});

describe('a photo', () => {
  it('keeps where and when it was taken as evidence, in the slot it was taken for', async () => {
    const response = await upload(t, token, draftId, photo(), 'rumah.jpg', { slot: 'F-RUMAH' });
    const info = AttachmentInfo.parse(await response.json());
    expect(info).toMatchObject({ slot: 'F-RUMAH', takenAt: '2026-11-05T09:12:44' });
    expect(info.latitude).toBeCloseTo(-6.175, 6);
    expect(info.longitude).toBeCloseTo(106.82, 6);
  });

  it('comes to a registered case with an event, until the lurah legalised it', async () => {
    const { caseId } = await registerFamily(clerk);
    const response = await upload(t, token, draftId, photo(), 'dapur.jpg', { caseId, slot: 'F-DAPUR' });
    expect(response.status).toBe(200);
    const detail = await clerk.cases.get.query({ caseId });
    expect(detail.attachments).toMatchObject([{ slot: 'F-DAPUR', takenAt: '2026-11-05T09:12:44' }]);
    expect(detail.history.at(-1)).toMatchObject({ type: 'lampiran_ditambah', detail: 'Dapur' });
    expect(
      await problemCode(await upload(t, token, draftId, photo(), 'x.jpg', { caseId: uuid(), slot: 'F-KK' })),
    ).toBe('not_found');
  });
});
