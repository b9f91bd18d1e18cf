import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { familyDraft, png, registerFamily, registerPassive, upload } from './households.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
beforeEach(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
});
afterEach(() => t.close());

describe('the correction of a case', () => {
  it('changes the reported data, records the difference, and raises the version', async () => {
    const { caseId, number } = await registerFamily(clerk);
    const draft = await clerk.intake.correct.mutate({ caseId });
    expect(draft.correction).toMatchObject({ number, state: 'TERDAFTAR', returnedWith: null });
    const members = draft.body.members.map((member, index) =>
      index === 1 ? { ...member, name: 'Budi Setiawan' } : member,
    );
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: { ...draft.body, members },
    });
    const before = await clerk.cases.get.query({ caseId });
    expect(await clerk.intake.register.mutate({ draftId: draft.id, version })).toMatchObject({
      caseId,
      number,
      corrected: true,
      state: 'TERDAFTAR',
    });
    const after = await clerk.cases.get.query({ caseId });
    expect(after.case.version).toBe(2);
    expect(after.case.household.members[1]).toMatchObject({
      id: before.case.household.members[1]?.id,
      name: 'Budi Setiawan',
    });
    expect(after.history.at(-1)).toMatchObject({ type: 'data_diubah', detail: '1 isian diubah' });
    expect((await clerk.cases.search.query({ text: 'Setiawan' })).map((row) => row.id)).toEqual([caseId]);
  });

  it('is one draft for everybody, and writes nothing when nothing changed', async () => {
    const { caseId } = await registerFamily(clerk);
    const draft = await clerk.intake.correct.mutate({ caseId });
    const other = await t.as('petugas_verifikasi');
    expect((await other.intake.correct.mutate({ caseId })).id).toBe(draft.id);
    await clerk.intake.register.mutate({ draftId: draft.id, version: draft.version });
    const detail = await clerk.cases.get.query({ caseId });
    expect(detail.case.version).toBe(1);
    expect(detail.history).toHaveLength(1);
  });

  it("cannot turn into another case's by what the screen sends", async () => {
    const first = await registerFamily(clerk, familyDraft(1));
    const second = await registerFamily(clerk, familyDraft(2));
    const draft = await clerk.intake.correct.mutate({ caseId: first.caseId });
    const body = { ...draft.body, corrects: { caseId: second.caseId, version: 1 }, editors: [] };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    expect(await clerk.intake.register.mutate({ draftId: draft.id, version })).toMatchObject({
      caseId: first.caseId,
    });
  });

  it('is refused where the way has gone on, and for a case that does not exist', async () => {
    const { caseId } = await registerPassive(t);
    expect(await codeOf(clerk.intake.correct.mutate({ caseId }))).toBe('case_not_editable');
    expect(await codeOf(clerk.intake.correct.mutate({ caseId: uuid() }))).toBe('not_found');
  });

  it('is refused when the case moved on while it was typed', async () => {
    const { caseId, lurah } = await returned();
    const draft = await clerk.intake.correct.mutate({ caseId });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: { ...draft.body, correctionNote: 'KTP dilampirkan' },
    });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    expect(await codeOf(clerk.intake.correct.mutate({ caseId }))).toBe('case_not_editable');
    const detail = await lurah.cases.get.query({ caseId });
    expect(detail.case.state).toBe('MENUNGGU_LURAH');
  });

  it('brings a returned case back to the lurah, with what was mended and new evidence', async () => {
    const { caseId } = await returned();
    const draft = await clerk.intake.correct.mutate({ caseId });
    expect(draft.correction).toMatchObject({
      state: 'DIKEMBALIKAN',
      returnedWith: 'Foto KTP buram',
      attachments: [{ name: 'surat.png' }],
    });
    await upload(t, await t.tokenOf('petugas_loket'), draft.id, png(9), 'ktp.png');
    expect(await codeOf(clerk.intake.register.mutate({ draftId: draft.id, version: 1 }))).toBe(
      'invalid_household',
    );
    const body = { ...draft.body, phone: '0813 1111 1111', correctionNote: 'KTP difoto ulang' };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    const detail = await clerk.cases.get.query({ caseId });
    expect(detail.case).toMatchObject({
      state: 'MENUNGGU_LURAH',
      version: 2,
      household: { phone: '0813 1111 1111' },
    });
    expect(detail.history.slice(-2)).toMatchObject([
      { type: 'data_diubah', detail: '1 isian diubah, 1 lampiran ditambah', reason: 'KTP difoto ulang' },
      { type: 'ajukan_ulang', reason: 'KTP difoto ulang' },
    ]);
    expect(detail.attachments.map((file) => file.name)).toEqual(['surat.png', 'ktp.png']);
  });
});

/** A passive registration that the lurah sent back. */
async function returned() {
  const { caseId } = await registerPassive(t);
  const lurah = await t.as('lurah');
  await lurah.cases.takeStep.mutate({
    caseId,
    action: 'kembalikan_pendaftaran',
    reason: 'Foto KTP buram',
    version: 1,
  });
  return { caseId, lurah };
}
