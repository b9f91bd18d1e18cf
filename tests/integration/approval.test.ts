import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  familyDraft,
  passiveDraft,
  png,
  printReceipt,
  registerFamily,
  registerPassive,
  upload,
} from './households.ts';
import { type Client, codeOf, createClient, openTestOffice, password, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
let lurah: Client;
beforeEach(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  lurah = await t.as('lurah');
});
afterEach(() => t.close());

describe('the inbox', () => {
  it('shows what waits, longest first, with what is new in one line', async () => {
    const first = await registerPassive(t, 1);
    t.clock.advance(60_000);
    const second = await registerPassive(t, 2);
    await registerFamily(clerk, familyDraft(3));
    const inbox = await inboxOf(lurah);
    expect(inbox.map((item) => item.caseId)).toEqual([first.caseId, second.caseId]);
    expect(inbox[0]).toMatchObject({
      kind: 'pendaftaran',
      state: 'MENUNGGU_LURAH',
      headName: 'Siti Aminah B',
      members: 2,
      waitingSince: '2026-11-10T02:00:00.000Z',
      seenBefore: false,
      news: 'Lansia tunggal, diusulkan Amat (Ketua RT 003)',
      enteredByMe: false,
    });
  });

  it("is the lurah's alone: nobody else sees or decides", async () => {
    const { caseId } = await registerPassive(t);
    for (const role of ['petugas_loket', 'petugas_verifikasi', 'administrator'] as const) {
      const client = await t.as(role);
      expect(await codeOf(inboxOf(client)), role).toBe('not_allowed');
      expect(await codeOf(client.approval.detail.query({ caseId })), role).toBe('not_allowed');
      expect(
        await codeOf(client.approval.decide.mutate({ caseId, seen: 'x', decision: 'setujui', reason: null })),
        role,
      ).toBe('not_allowed');
      expect(await codeOf(client.approval.approveAll.mutate({ items: [{ caseId, seen: 'x' }] })), role).toBe(
        'not_allowed',
      );
    }
    expect(
      await codeOf(
        clerk.cases.takeStep.mutate({ caseId, action: 'setujui_pendaftaran', reason: null, version: 1 }),
      ),
    ).toBe('step_not_yours');
  });

  it('opens a case with its evidence and grounds; one that does not wait is not found', async () => {
    const { caseId } = await registerPassive(t);
    const detail = await lurah.approval.detail.query({ caseId });
    expect(detail).toMatchObject({
      registeredByName: 'petugas_loket 1',
      kelurahanName: 'Gambir',
      changes: null,
      lastDecision: null,
      answer: null,
      visit: null,
    });
    expect(detail.attachments).toMatchObject([{ name: 'surat.png', isNew: false }]);
    const active = await registerFamily(clerk, familyDraft(2));
    expect(await codeOf(lurah.approval.detail.query({ caseId: active.caseId }))).toBe('not_found');
  });
});

describe('a decision', () => {
  it('approves a registration, with a name and a time in the history', async () => {
    const { caseId } = await registerPassive(t);
    expect(await decide(caseId, 'setujui')).toEqual({ state: 'TERDAFTAR' });
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.at(-1)).toMatchObject({
      type: 'setujui_pendaftaran',
      actorName: 'Lutfi Lurah',
      fromState: 'MENUNGGU_LURAH',
      toState: 'TERDAFTAR',
    });
    expect(await inboxOf(lurah)).toEqual([]);
  });

  it('wants a reason for sending back and for refusing, and a rejection can be reopened', async () => {
    const { caseId } = await registerPassive(t);
    expect(await codeOf(decide(caseId, 'kembalikan', '  '))).toBe('reason_needed');
    expect(await codeOf(decide(caseId, 'tolak'))).toBe('reason_needed');
    expect(await decide(caseId, 'tolak', 'Sudah pindah')).toEqual({ state: 'DITOLAK_LURAH' });
    await lurah.cases.takeStep.mutate({
      caseId,
      action: 'buka_kembali_penolakan',
      reason: 'Ternyata belum pindah',
      version: 1,
    });
    expect((await clerk.cases.get.query({ caseId })).case.state).toBe('DIKEMBALIKAN');
  });

  it('shows only what changed when a case comes back, and the new evidence as new', async () => {
    const { caseId } = await registerPassive(t);
    await decide(caseId, 'kembalikan', 'Foto KTP buram');
    const draft = await clerk.intake.correct.mutate({ caseId });
    await upload(t, await t.tokenOf('petugas_loket'), draft.id, png(9), 'ktp.png');
    const body = {
      ...draft.body,
      address: { ...draft.body.address, rt: '004' },
      correctionNote: 'KTP difoto ulang, RT dibetulkan',
    };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: 1, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    expect(await inboxOf(lurah)).toMatchObject([
      { seenBefore: true, news: 'Diajukan ulang: 1 isian diubah, 1 lampiran baru' },
    ]);
    const detail = await lurah.approval.detail.query({ caseId });
    expect(detail).toMatchObject({
      lastDecision: { label: 'Kembalikan', by: 'Lutfi Lurah', reason: 'Foto KTP buram' },
      answer: 'KTP difoto ulang, RT dibetulkan',
      changes: [{ field: 'address.rt', label: 'RT', before: '003', after: '004' }],
    });
    expect(detail.attachments.map((file) => [file.name, file.isNew])).toEqual([
      ['surat.png', false],
      ['ktp.png', true],
    ]);
    expect(await decide(caseId, 'setujui')).toEqual({ state: 'TERDAFTAR' });
  });

  it('is on what was seen: after a change in between it is refused, by name', async () => {
    const { caseId } = await registerPassive(t);
    const [item] = await inboxOf(lurah);
    const seen = item?.seen ?? '';
    await lurah.approval.decide.mutate({ caseId, seen, decision: 'kembalikan', reason: 'Foto buram' });
    const stale = lurah.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null });
    await expect(stale).rejects.toMatchObject({
      data: { problem: { code: 'version_conflict', details: { by: 'Lutfi Lurah' } } },
    });
  });

  it('is not disturbed by a receipt printed meanwhile', async () => {
    const { caseId } = await registerPassive(t);
    const { item } = await lurah.approval.detail.query({ caseId });
    expect((await printReceipt(t, await t.tokenOf('petugas_loket'), caseId)).status).toBe(200);
    expect(
      await lurah.approval.decide.mutate({ caseId, seen: item.seen, decision: 'setujui', reason: null }),
    ).toEqual({ state: 'TERDAFTAR' });
  });

  it('cannot be taken where nothing waits', async () => {
    const { caseId } = await registerFamily(clerk);
    const history = (await clerk.cases.get.query({ caseId })).history;
    const seen = history.at(-1)?.id ?? '';
    expect(
      await codeOf(lurah.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null })),
    ).toBe('step_not_possible');
  });
});

describe('who typed in a case', () => {
  it('may not approve it, alone or in a batch, even after becoming lurah; but may send it back', async () => {
    const { caseId } = await registerPassive(t, 1, 2);
    const administrator = await t.as('administrator');
    const typist = (await administrator.accounts.list.query()).find(
      (account) => account.username === 'petugas_loket2',
    );
    await administrator.accounts.update.mutate({
      id: typist?.id ?? '',
      name: 'Tuti',
      nip: null,
      role: 'lurah',
    });
    const promoted = createClient(
      (request) => t.office.fetch(request),
      (await t.anonymous.session.login.mutate({ username: 'petugas_loket2', password })).token,
    );
    const [item] = await inboxOf(promoted);
    expect(item).toMatchObject({ caseId, enteredByMe: true });
    const seen = item?.seen ?? '';
    expect(
      await codeOf(promoted.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null })),
    ).toBe('step_by_enterer');
    expect(
      await codeOf(promoted.approval.decide.mutate({ caseId, seen, decision: 'tolak', reason: 'x' })),
    ).toBe('step_by_enterer');
    await promoted.approval.detail.query({ caseId });
    expect(await promoted.approval.approveAll.mutate({ items: [{ caseId, seen }] })).toMatchObject([
      { done: false, problem: 'Yang memasukkan data tidak boleh menyetujuinya sendiri.' },
    ]);
    expect(
      await promoted.approval.decide.mutate({
        caseId,
        seen,
        decision: 'kembalikan',
        reason: 'Saya yang mengetik',
      }),
    ).toEqual({ state: 'DIKEMBALIKAN' });
  });

  it('counts whoever saved into the draft, not only who registered it', async () => {
    const draft = await (await t.as('petugas_loket', 2)).intake.create.mutate({ mode: 'pasif' });
    await (
      await t.as('petugas_loket', 2)
    ).intake.save.mutate({ draftId: draft.id, version: 1, body: passiveDraft(4) });
    await upload(t, await t.tokenOf('petugas_loket'), draft.id, png(4));
    const { caseId } = await clerk.intake.register.mutate({ draftId: draft.id, version: 2 });
    expect((await (await t.as('petugas_loket', 2)).cases.get.query({ caseId })).enteredByMe).toBe(true);
  });
});

describe('the inbox', () => {
  it('comes by pages, longest waiting first, with how many wait of each kind', async () => {
    const cases: string[] = [];
    for (let nth = 1; nth <= 5; nth += 1) {
      cases.push((await registerPassive(t, nth)).caseId);
      t.clock.advance(60_000);
    }
    const first = await lurah.approval.inbox.query({ kind: null, offset: 0, limit: 2 });
    expect(first).toMatchObject({ kind: 'pendaftaran', totals: { pendaftaran: 5, hasil: 0 } });
    const pages = [first, ...(await Promise.all([2, 4].map((offset) => pageAt(offset))))];
    expect(pages.flatMap(({ rows }) => rows.map(({ caseId }) => caseId))).toEqual(cases);
    expect((await pageAt(6)).rows).toEqual([]);
    // Sent back and in again, it waits since then, behind the others.
    await decide(cases[0] ?? '', 'kembalikan', 'Foto buram');
    expect((await pageAt(0)).rows[0]?.caseId).toBe(cases[1]);
  });

  it('says how long the queues wait, and what is overdue by the settings', async () => {
    for (const nth of [1, 2]) {
      await registerPassive(t, nth);
      t.clock.advance(2 * 86_400_000);
      // Nobody stays logged in that long.
      await t.restart();
    }
    lurah = await t.as('lurah');
    expect((await lurah.cases.counts.query()).ages).toEqual({
      MENUNGGU_LURAH: { oldestDays: 4, overdue: 1, limitDays: 3 },
    });
    const { queueDays } = await lurah.settings.read.query();
    const administrator = await t.as('administrator');
    await administrator.settings.update.mutate({ queueDays: { ...queueDays, MENUNGGU_LURAH: 1 } });
    expect((await lurah.cases.counts.query()).ages.MENUNGGU_LURAH).toMatchObject({ overdue: 2 });
    expect(
      await codeOf(administrator.settings.update.mutate({ queueDays: { ...queueDays, MENUNGGU_LURAH: 0 } })),
    ).toBe('invalid_input');
  });

  function pageAt(offset: number) {
    return lurah.approval.inbox.query({ kind: 'pendaftaran', offset, limit: 2 });
  }
});

describe('a batch', () => {
  it('has as many opened as the settings say', async () => {
    for (let nth = 1; nth <= 5; nth += 1) await registerPassive(t, nth);
    const items = (await inboxOf(lurah)).map(({ caseId, seen }) => ({ caseId, seen }));
    await (await t.as('administrator')).settings.update.mutate({ approvalSample: 100 });
    expect(await lurah.approval.sample.query({ items })).toHaveLength(5);
  });

  it('waits until the sample that the office drew was opened as it stands, and draws the same again', async () => {
    for (let nth = 1; nth <= 5; nth += 1) await registerPassive(t, nth);
    const items = (await inboxOf(lurah)).map(({ caseId, seen }) => ({ caseId, seen }));
    const drawn = await lurah.approval.sample.query({ items });
    expect(drawn).toHaveLength(3);
    expect(await lurah.approval.sample.query({ items: items.toReversed() })).toEqual(drawn);
    expect(await codeOf(lurah.approval.approveAll.mutate({ items }))).toBe('sample_unopened');
    for (const { caseId } of drawn.slice(1)) await lurah.approval.detail.query({ caseId });
    expect(await codeOf(lurah.approval.approveAll.mutate({ items }))).toBe('sample_unopened');
    const { case: first } = await clerk.cases.get.query({ caseId: drawn[0]?.caseId ?? '' });
    expect(first.state).toBe('MENUNGGU_LURAH');
    await lurah.approval.detail.query({ caseId: first.id });
    const outcomes = await lurah.approval.approveAll.mutate({ items });
    expect(outcomes.every(({ done }) => done)).toBe(true);
  });

  it('approves what it can, each on its own, and says why the rest could not be', async () => {
    const cases = [await registerPassive(t, 1), await registerPassive(t, 2), await registerPassive(t, 3)];
    const inbox = await inboxOf(lurah);
    for (const { caseId: opened } of inbox) await lurah.approval.detail.query({ caseId: opened });
    const sentBack = inbox[1]?.caseId ?? '';
    await decide(sentBack, 'kembalikan', 'Foto buram');
    const outcomes = await lurah.approval.approveAll.mutate({
      items: inbox.map(({ caseId, seen }) => ({ caseId, seen })),
    });
    expect(outcomes.map((outcome) => [outcome.number, outcome.done, outcome.state])).toEqual([
      ['3171011001/2026/000001', true, 'TERDAFTAR'],
      ['3171011001/2026/000002', false, null],
      ['3171011001/2026/000003', true, 'TERDAFTAR'],
    ]);
    expect(outcomes[1]?.problem).toContain('sudah diubah oleh Lutfi Lurah');
    expect((await clerk.cases.get.query({ caseId: cases[1]?.caseId ?? '' })).case.state).toBe('DIKEMBALIKAN');
  });
});

async function decide(
  caseId: string,
  decision: 'setujui' | 'kembalikan' | 'tolak',
  reason: string | null = null,
) {
  const { item } = await lurah.approval.detail.query({ caseId });
  return lurah.approval.decide.mutate({ caseId, seen: item.seen, decision, reason });
}

async function inboxOf(client: Client, kind: 'pendaftaran' | 'hasil' | null = null) {
  return (await client.approval.inbox.query({ kind, offset: 0, limit: 50 })).rows;
}
