import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { familyDraft, registerFamily } from './households.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { requestDocument } from './visits.ts';

let t: TestOffice;
let clerk: Client;
beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
});
afterAll(() => t.close());

/** Siti and her child Budi, who has no NIK; `noNik` is the code of the reason that is typed for him. */
function withChild(nth: number, noNik: string): DraftHousehold {
  const body = familyDraft(nth);
  return { ...body, members: body.members.map((member, at) => (at === 1 ? { ...member, noNik } : member)) };
}

async function correct(caseId: string, change: (body: DraftHousehold) => DraftHousehold) {
  const draft = await clerk.intake.correct.mutate({ caseId });
  const { version } = await clerk.intake.save.mutate({
    draftId: draft.id,
    version: draft.version,
    body: change(draft.body),
  });
  await clerk.intake.register.mutate({ draftId: draft.id, version });
  return draft;
}

describe('a person without NIK', () => {
  it('gets a provisional identity where the clerk asks for one, and only there', async () => {
    const asked = await registerFamily(clerk, withChild(1, '1'));
    const silent = await registerFamily(clerk, withChild(2, ''));
    const detail = await clerk.cases.get.query({ caseId: asked.caseId });
    expect(detail.provisional).toHaveLength(1);
    expect(detail.provisional[0]?.code).toMatch(/^BN-[A-Z]{4}-[A-Z]{4}$/);
    expect(detail.provisional[0]?.memberId).toBe(detail.case.household.members[1]?.id);
    expect(detail.case.household.members[1]?.nik).toBeNull();
    expect((await clerk.cases.get.query({ caseId: silent.caseId })).provisional).toEqual([]);
    const { total, rows } = await clerk.intake.withoutNik.query({ offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(rows.map(({ caseId, code }) => [caseId, code])).toEqual([
      [asked.caseId, detail.provisional[0]?.code],
      [silent.caseId, null],
    ]);
    expect((await clerk.cases.counts.query()).withoutNik).toBe(2);
  });

  it('waits since it was registered, and a draft since it was begun', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body: familyDraft(30) });
    t.clock.advance(3 * 86_400_000);
    // Nobody stays logged in that long.
    await t.restart();
    clerk = await t.as('petugas_loket');
    const { oldestDays, corrections } = await clerk.cases.counts.query();
    expect(oldestDays).toEqual({ drafts: 3, withoutNik: 3, corrections: null });
    expect(corrections).toBe(0);
  });

  it('is refused an unknown reason', async () => {
    expect(await codeOf(registerFamily(clerk, withChild(3, '9')))).toBe('invalid_household');
  });

  it('keeps its identity through a correction, and loses it with the NIK', async () => {
    const { caseId } = await registerFamily(clerk, withChild(4, '2'));
    const [before] = (await clerk.cases.get.query({ caseId })).provisional;
    const draft = await correct(caseId, (body) => ({ ...body, phone: '0813 1111 1111' }));
    expect(draft.body.members[1]?.noNik).toBe('2');
    expect((await clerk.cases.get.query({ caseId })).provisional).toEqual([before]);
    await correct(caseId, (body) => ({
      ...body,
      members: body.members.map((member, at) => (at === 1 ? { ...member, nik: '3171010501120044' } : member)),
    }));
    const after = await clerk.cases.get.query({ caseId });
    expect(after.provisional).toEqual([]);
    const { rows } = await clerk.intake.withoutNik.query({ offset: 0, limit: 50 });
    expect(rows.map((row) => row.caseId)).not.toContain(caseId);
  });
});

describe('consent', () => {
  it('is recorded once with who and when, and its absence is no refusal', async () => {
    const given = await registerFamily(clerk, { ...familyDraft(5), consent: '1' });
    const silent = await registerFamily(clerk, familyDraft(6));
    expect((await clerk.cases.get.query({ caseId: given.caseId })).consent).toBe('1');
    expect((await clerk.cases.get.query({ caseId: silent.caseId })).consent).toBeNull();
    await correct(silent.caseId, (body) => ({ ...body, consent: '3' }));
    const later = await clerk.cases.get.query({ caseId: silent.caseId });
    expect(later.consent).toBe('3');
    expect(later.case.version).toBe(1);
    expect(later.history.at(-1)?.type).toBe('data_diubah');
    expect(await codeOf(registerFamily(clerk, { ...familyDraft(7), consent: '8' }))).toBe(
      'invalid_household',
    );
  });
});

describe('the registration form that the family signs', () => {
  it('says of its consent what was recorded, and nothing else', async () => {
    const { caseId } = await registerFamily(clerk, familyDraft(9));
    expect(await printedForm(caseId)).toContain('belum dicatat: [ ] setuju [ ] tidak setuju.');
    for (const [consent, words] of [
      ['1', 'benar, dan menyetujui datanya dipakai untuk'],
      ['2', 'benar, dan telah menyetujui secara lisan, di hadapan petugas, datanya dipakai untuk'],
      ['3', 'benar. Wali atau wakil yang sah telah menyetujui datanya dipakai untuk'],
      ['4', 'benar, dan tidak menyetujui datanya dibagikan.'],
    ] as const) {
      await correct(caseId, (body) => ({ ...body, consent }));
      const form = await printedForm(caseId);
      expect(form).toContain(words);
      expect(form).not.toContain('belum dicatat');
      expect(form.includes('datanya dipakai')).toBe(consent !== '4');
    }
  });
});

async function printedForm(caseId: string): Promise<string> {
  const response = await requestDocument(t, await t.tokenOf('petugas_loket'), 'formulir_pendaftaran', {
    caseId,
  });
  expect(response.status).toBe(200);
  return pageTexts(new Uint8Array(await response.arrayBuffer()))
    .join(' ')
    .replaceAll(/\s+/g, ' ');
}

describe('a duplicated record', () => {
  it('brings address and members along, tinted, and no number, consent or verdict', async () => {
    const { caseId } = await registerFamily(clerk, { ...familyDraft(8), consent: '1' });
    const copy = await clerk.intake.duplicate.mutate({ caseId });
    const original = (await clerk.cases.get.query({ caseId })).case.household;
    expect(copy.body.address.street).toBe(original.address.street);
    expect(copy.body.members.map(({ name }) => name)).toEqual(original.members.map(({ name }) => name));
    expect(copy.body.members.every(({ nik, unseen }) => nik === '' && unseen.includes('name'))).toBe(true);
    expect(copy.body.families.every(({ kk }) => kk === '')).toBe(true);
    expect([copy.body.consent, copy.body.corrects]).toEqual(['', null]);
    expect(copy.body.members.map(({ id }) => id)).not.toContain(original.members[0]?.id);
  });
});
