import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { listAttachmentsOfCase } from '../../electron/store/attachments.ts';
import type { Draft } from '../../shared/contract/intake.ts';
import type { Consent } from '../../shared/domain/consent.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { png, upload } from './households.ts';
import { type Client, codeOf } from './office.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';

describe('the consent in the draft of a correction', () => {
  let o: PushingOffice;
  lendOffice(
    (lent) => {
      o = lent.o;
    },
    { enrolled: false },
  );

  const clerk = (): Promise<Client> => o.t.as('petugas_loket');
  const consentOf = async (caseId: string) => (await (await clerk()).cases.get.query({ caseId })).consent;

  /** Later, so that no order of events hangs on one millisecond. */
  async function say(caseId: string, kind: Consent): Promise<void> {
    o.t.clock.advance(1_000);
    await (await clerk()).cases.recordConsent.mutate({ caseId, kind });
    o.t.clock.advance(1_000);
  }

  async function register(draft: Draft, typed: Partial<DraftHousehold>): Promise<void> {
    const { intake } = await clerk();
    const body = { ...draft.body, correctionNote: 'Nomor baru', ...typed };
    const { version } = await intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await intake.register.mutate({ draftId: draft.id, version });
  }

  const cases = [
    ['before it is verified', async () => (await o.registered(1)).caseId],
    ['once it is legalised', () => o.legalise(1)],
  ] as const;

  it.each(cases)(
    'takes no refusal back that came before it was branched off: a case %s',
    async (_, begin) => {
      const caseId = await begin();
      await say(caseId, '1');
      const { intake } = await clerk();
      const draft = await intake.correct.mutate({ caseId });
      await say(caseId, '4');
      const body = { ...draft.body, phone: '0215551234' };
      const branch = await intake.fork.mutate({ branchId: uuid(), draftId: draft.id, body });
      await register(branch, {});
      expect(await consentOf(caseId)).toBe('4');
    },
  );

  it.each(cases)(
    'takes none back that was typed into what it was branched off: a case %s',
    async (_, begin) => {
      const caseId = await begin();
      await say(caseId, '1');
      const { intake } = await clerk();
      const draft = await intake.correct.mutate({ caseId });
      const branch = await intake.fork.mutate({ branchId: uuid(), draftId: draft.id, body: draft.body });
      o.t.clock.advance(1_000);
      await register(draft, { consent: '4' });
      expect(await consentOf(caseId)).toBe('4');
      o.t.clock.advance(1_000);
      await register(branch, { phone: '0215551234' });
      expect(await consentOf(caseId)).toBe('4');
    },
  );

  it('takes back none that a merge brought, nor the word that a separation gave back', async () => {
    const caseId = await o.legalise(1);
    await say(caseId, '1');
    const { intake } = await clerk();
    const begun = await intake.correct.mutate({ caseId });
    const { caseId: other } = await registerActive(await clerk(), syntheticFamily(2));
    await say(other, '4');
    const { merge } = await o.t.as('petugas_verifikasi');
    const beside = await merge.compare.query({ keptId: caseId, otherId: other });
    const { mergeId } = await merge.merge.mutate({
      kept: { caseId, version: beside.kept.version },
      other: { caseId: other, version: beside.other.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    await register(begun, { phone: '0215551234' });
    expect(await consentOf(caseId)).toBe('4');
    const whileMerged = await intake.correct.mutate({ caseId });
    expect(whileMerged.body.consent).toBe('4');
    o.t.clock.advance(1_000);
    await merge.separate.mutate({ mergeId, reason: 'Ternyata dua keluarga' });
    await register(whileMerged, { phone: '0215559999' });
    expect(await consentOf(caseId)).toBe('1');
  });

  it('counts where it was typed: also into a branch, and over what was said since', async () => {
    const caseId = await o.legalise(1);
    await say(caseId, '4');
    const { intake } = await clerk();
    const draft = await intake.correct.mutate({ caseId });
    const branch = await intake.fork.mutate({
      branchId: uuid(),
      draftId: draft.id,
      body: { ...draft.body, consent: '2' },
    });
    await say(caseId, '3');
    await register(branch, {});
    expect(await consentOf(caseId)).toBe('2');
  });

  it.each(cases)(
    'leaves a refusal that came since, whatever is typed over it: a case %s',
    async (_, begin) => {
      const caseId = await begin();
      const { intake } = await clerk();
      o.register().db.prepare('DELETE FROM case_consent WHERE case_id = ?').run(caseId);
      const draft = await intake.correct.mutate({ caseId });
      expect(draft.body.corrects?.consent).toBe('');
      await say(caseId, '4');
      await register(draft, { consent: '2', phone: '0215551234' });
      expect(await consentOf(caseId)).toBe('4');
      // Begun now, it knows of the refusal: what is typed counts.
      await register(await intake.correct.mutate({ caseId }), { consent: '2', phone: '0215559999' });
      expect(await consentOf(caseId)).toBe('2');
    },
  );

  it('leaves a refusal where it does not know what it was begun with, and is heard else', async () => {
    for (const [n, said, typed, holds] of [
      [1, '4', '1', '4'],
      [2, '1', '4', '4'],
      [3, '1', '2', '2'],
    ] as const) {
      const { caseId } = await o.registered(n);
      await say(caseId, said);
      const draft = await (await clerk()).intake.correct.mutate({ caseId });
      o.register()
        .db.prepare(`UPDATE draft SET body = json_remove(body, '$.corrects.consent') WHERE id = ?`)
        .run(draft.id);
      await register(draft, { consent: typed });
      expect(await consentOf(caseId)).toBe(holds);
    }
  });

  it('is recorded with the reason of a correction that says nothing else of a legalised case', async () => {
    const caseId = await o.legalise(1);
    const { intake, cases: read } = await clerk();
    await register(await intake.correct.mutate({ caseId }), {
      consent: '4',
      correctionNote: 'Keluarga datang sendiri ke loket',
    });
    const { history } = await read.get.query({ caseId });
    expect(history.find(({ type }) => type === 'persetujuan_dicatat')).toMatchObject({
      reason: 'Keluarga datang sendiri ke loket',
      detail: expect.stringContaining('Tidak setuju datanya dibagikan'),
    });
  });

  it('hangs no file on a legalised case past the lurah; what was typed stays in the draft', async () => {
    const caseId = await o.legalise(1);
    const { intake } = await clerk();
    const draft = await intake.correct.mutate({ caseId });
    await upload(o.t, await o.t.tokenOf('petugas_loket'), draft.id, png());
    expect(await codeOf(register(draft, { consent: '4' }))).toBe('correction_empty');
    expect(listAttachmentsOfCase(o.register().db, caseId)).toEqual([]);
    expect(await consentOf(caseId)).not.toBe('4');
    const kept = await intake.open.query({ draftId: draft.id });
    expect([kept.body.consent, kept.attachments.length]).toEqual(['4', 1]);
  });
});
