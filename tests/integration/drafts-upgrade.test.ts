import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { migrations } from '../../electron/store/migrate.ts';
import { backTo59 } from '../fixtures/migrations-back.ts';
import { familyDraft, png, registerFamily, upload } from './households.ts';
import { openKnownOffice, type TestOffice } from './office.ts';
import { fullEntry, printForms, readyCase, workAt } from './visits.ts';

/** What drafts did not hold at first; a program of before wrote none of it. */
const younger = ['consent', 'unseen', 'paperBatchId', 'editors', 'correctionNote'];

describe('an update over drafts of every kind', () => {
  let t: TestOffice;
  let register: () => Register;
  beforeAll(async () => {
    ({ t, register } = await openKnownOffice());
  });
  afterAll(() => t.close());

  it('leaves each as it was typed, to be opened, saved and registered', async () => {
    const siti = await t.as('petugas_loket');
    const officer = await t.as('petugas_verifikasi');
    const typed = familyDraft(1);
    const own = await siti.intake.create.mutate({ mode: 'aktif' });
    await siti.intake.save.mutate({ draftId: own.id, version: own.version, body: typed });
    await upload(t, await t.tokenOf('petugas_loket'), own.id, png());
    const { id: branchId } = await siti.intake.fork.mutate({
      branchId: uuid(),
      draftId: own.id,
      body: { ...typed, phone: '0811 0000 0001' },
    });
    const { caseId } = await registerFamily(siti, familyDraft(2));
    const correction = await siti.intake.correct.mutate({ caseId });
    await siti.intake.save.mutate({
      draftId: correction.id,
      version: correction.version,
      body: { ...correction.body, phone: '0811 0000 0002' },
    });
    await printForms(t, [await readyCase(t, 3)]);
    const [out] = await workAt(officer, 'lapangan');
    const code = out?.sheet?.code ?? '';
    const sheet = await officer.verification.openSheet.query({ code });
    const entry = { ...fullEntry(sheet), note: 'Pagar biru' };
    await officer.verification.save.mutate({ sheetId: sheet.sheetId, version: sheet.version, entry });

    const { db } = register();
    const paths = younger.map((field) => `'$.${field}'`).join(', ');
    db.exec(`UPDATE draft SET body = json_remove(body, ${paths}, '$.corrects.consent') WHERE id = '${own.id}'
      OR id = '${branchId}' OR id = '${correction.id}'; ${backTo59}`);
    await t.restart();

    expect(register().db.pragma('user_version', { simple: true })).toBe(migrations.length);
    const again = await t.as('petugas_loket');
    const opened = async (draftId: string) => await again.intake.open.query({ draftId });
    expect((await again.intake.drafts.query()).map(({ id }) => id).toSorted()).toEqual(
      [own.id, branchId, correction.id].toSorted(),
    );
    const first = await opened(own.id);
    expect(first).toMatchObject({ body: { phone: typed.phone }, attachments: [{ name: 'surat.png' }] });
    expect(first.body.members.map(({ name }) => name)).toEqual(typed.members.map(({ name }) => name));
    expect(await opened(branchId)).toMatchObject({
      body: { phone: '0811 0000 0001', forkOf: { draftId: own.id } },
    });
    expect(await opened(correction.id)).toMatchObject({
      body: { phone: '0811 0000 0002', corrects: { caseId } },
    });
    const visit = await (await t.as('petugas_verifikasi')).verification.openSheet.query({ code });
    expect(visit.entry).toMatchObject({ note: 'Pagar biru', household: entry.household });

    for (const draft of [first, await opened(correction.id)]) {
      const { version } = await again.intake.save.mutate({
        draftId: draft.id,
        version: draft.version,
        body: draft.body,
      });
      await again.intake.register.mutate({ draftId: draft.id, version });
    }
    const { case: corrected } = await again.cases.get.query({ caseId });
    expect(corrected.household.phone).toContain('0002');
  });
});
