import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  familyDraft,
  passiveDraft,
  png,
  printReceipt,
  problemCode,
  registerFamily,
  registerPassive,
  upload,
} from './households.ts';
import { type Client, codeOf, openTestOffice, setUpTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
beforeEach(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
});
afterEach(() => t.close());

describe('a draft', () => {
  it('keeps what was typed as it was typed, and stands in the list', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    expect(draft.body.address.kelurahan).toBe('31.71.01.1001');
    const body = {
      ...familyDraft(),
      phone: '0812-',
      members: familyDraft().members.map((member) => ({ ...member, nik: '3171 01' })),
    };
    const saved = await clerk.intake.save.mutate({ draftId: draft.id, version: 1, body });
    expect(saved).toEqual({ version: 2, savedAt: '2026-11-10T02:00:00.000Z' });
    const opened = await clerk.intake.open.query({ draftId: draft.id });
    expect(opened.body.phone).toBe('0812-');
    expect(opened.body.members[0]?.nik).toBe('3171 01');
    expect(await clerk.intake.drafts.query()).toMatchObject([
      { id: draft.id, title: 'Siti Aminah B', mine: true, rt: '003', members: 2 },
    ]);
  });

  it('is saved whatever stands in its fields', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const odd = 'Bukan kode, bukan angka, dan terlalu panjang untuk isian apa pun. '.repeat(20);
    const members = familyDraft().members.map((member) => ({
      ...member,
      name: odd,
      nik: odd,
      sex: odd,
      birthDate: odd,
      relation: odd,
      familyNo: odd,
    }));
    const body = {
      ...familyDraft(),
      phone: odd,
      members,
      address: { ...familyDraft().address, rt: odd, kelurahan: odd },
    };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: 1, body });
    expect((await clerk.intake.open.query({ draftId: draft.id })).body.members[0]?.sex).toBe(odd);
    expect(await codeOf(clerk.intake.register.mutate({ draftId: draft.id, version }))).toBe(
      'invalid_household',
    );
  });

  it('is no event: the journal says nothing of it', async () => {
    const { caseId } = await registerFamily(clerk);
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.map((entry) => entry.type)).toEqual(['daftarkan']);
  });

  it("is the counter's: lurah and administrator neither see nor type it", async () => {
    for (const role of ['lurah', 'administrator'] as const) {
      const client = await t.as(role);
      expect(await codeOf(client.intake.drafts.query())).toBe('not_allowed');
      expect(await codeOf(client.intake.create.mutate({ mode: 'aktif' }))).toBe('not_allowed');
    }
  });

  it('refuses to overwrite a colleague, by name, and loses neither', async () => {
    const other = await t.as('petugas_verifikasi');
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    await other.intake.save.mutate({ draftId: draft.id, version: 1, body: familyDraft(2) });
    const late = clerk.intake.save.mutate({ draftId: draft.id, version: 1, body: familyDraft(3) });
    await expect(late).rejects.toMatchObject({
      data: { problem: { code: 'version_conflict', details: { by: 'petugas_verifikasi 1' } } },
    });
    expect((await clerk.intake.open.query({ draftId: draft.id })).body.address.street).toBe(
      'Jl. Kebun Jahe 2',
    );
    expect((await clerk.intake.drafts.query())[0]).toMatchObject({ mine: true });
    expect((await other.intake.drafts.query())[0]).toMatchObject({
      mine: false,
      ownerName: 'petugas_loket 1',
    });
  });

  it('is nothing to come back to until something was typed or attached, and is cleared away by itself', async () => {
    const opened = await clerk.intake.create.mutate({ mode: 'pasif' });
    expect(await clerk.intake.drafts.query()).toEqual([]);
    expect((await clerk.cases.counts.query()).drafts).toBe(0);
    const attached = await clerk.intake.create.mutate({ mode: 'pasif' });
    await upload(t, await t.tokenOf('petugas_loket'), attached.id, png());
    expect((await clerk.intake.drafts.query()).map((draft) => draft.id)).toEqual([attached.id]);
    t.clock.advance(2 * 86_400_000);
    clerk = await loginAgain();
    await clerk.intake.create.mutate({ mode: 'aktif' });
    expect(await codeOf(clerk.intake.open.query({ draftId: opened.id }))).toBe('draft_gone');
    expect((await clerk.intake.open.query({ draftId: attached.id })).attachments).toHaveLength(1);
  });

  it('can be thrown away and taken back for a week, then what was typed is gone', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    await clerk.intake.save.mutate({ draftId: draft.id, version: 1, body: familyDraft() });
    await clerk.intake.discard.mutate({ draftId: draft.id });
    expect(await clerk.intake.drafts.query()).toEqual([]);
    expect(await codeOf(clerk.intake.open.query({ draftId: draft.id }))).toBe('draft_gone');
    expect(
      await codeOf(clerk.intake.save.mutate({ draftId: draft.id, version: 2, body: familyDraft() })),
    ).toBe('draft_gone');
    await clerk.intake.restore.mutate({ draftId: draft.id });
    expect((await clerk.intake.open.query({ draftId: draft.id })).body.members).toHaveLength(2);
    await clerk.intake.discard.mutate({ draftId: draft.id });
    t.clock.advance(8 * 86_400_000);
    clerk = await loginAgain();
    const next = await clerk.intake.create.mutate({ mode: 'aktif' });
    await clerk.intake.discard.mutate({ draftId: next.id });
    expect(await codeOf(clerk.intake.restore.mutate({ draftId: draft.id }))).toBe('draft_gone');
  });

  it('offers the address that was typed last', async () => {
    const first = await clerk.intake.create.mutate({ mode: 'aktif' });
    expect(await clerk.intake.lastAddress.query({ draftId: first.id })).toBeNull();
    await registerFamily(clerk, familyDraft(4));
    expect(await clerk.intake.lastAddress.query({ draftId: first.id })).toEqual({
      street: 'Jl. Kebun Jahe 4',
      rt: '3',
      rw: '7',
      kelurahan: '31.71.01.1001',
    });
    t.clock.advance(1_000);
    const second = await clerk.intake.create.mutate({ mode: 'aktif' });
    await clerk.intake.save.mutate({ draftId: second.id, version: 1, body: familyDraft(5) });
    expect(await clerk.intake.lastAddress.query({ draftId: first.id })).toMatchObject({
      street: 'Jl. Kebun Jahe 5',
      rt: '003',
    });
    expect(await clerk.intake.lastAddress.query({ draftId: second.id })).toMatchObject({
      street: 'Jl. Kebun Jahe 4',
    });
  });
});

describe('active registration', () => {
  it('gives a numbered case at TERDAFTAR, in its period, and uses the draft up', async () => {
    const registered = await registerFamily(clerk);
    expect(registered).toMatchObject({
      number: '3171011001/2026/000001',
      state: 'TERDAFTAR',
      mode: 'aktif',
      corrected: false,
    });
    const detail = await clerk.cases.get.query({ caseId: registered.caseId });
    expect(detail.case).toMatchObject({
      serial: 1,
      periodId: '2026-11',
      version: 1,
      passive: null,
      household: { address: { rt: 3, rw: 7 } },
    });
    expect(detail.case.household.members.map((member) => member.name)).toEqual([
      'Siti Aminah B',
      'Budi Santoso',
    ]);
    expect(detail.enteredByMe).toBe(true);
    expect(await clerk.intake.drafts.query()).toEqual([]);
  });

  it('gives one case for one draft, however often it is sent', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: 1,
      body: familyDraft(),
    });
    const send = () => clerk.intake.register.mutate({ draftId: draft.id, version });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.caseId).toBe(first.caseId);
    expect((await send()).caseId).toBe(first.caseId);
    expect((await clerk.cases.list.query({ filter: {}, offset: 0, limit: 10 })).total).toBe(1);
  });

  it('leaves no gap in the numbers when a registration is refused', async () => {
    await registerFamily(clerk, familyDraft(1));
    expect(await codeOf(registerFamily(clerk, { ...familyDraft(2), members: [] }))).toBe('invalid_household');
    const outside = familyDraft(2);
    outside.address.kelurahan = '31.71.01.1002';
    expect(await codeOf(registerFamily(clerk, outside))).toBe('outside_area');
    expect((await registerFamily(clerk, familyDraft(3))).number).toBe('3171011001/2026/000002');
  });

  it('refuses with the first thing that holds it, and keeps the draft', async () => {
    const body = familyDraft();
    for (const member of body.members) member.relation = '3';
    await expect(registerFamily(clerk, body)).rejects.toMatchObject({
      data: { problem: { message: expect.stringContaining('kepala rumah tangga') } },
    });
    expect(await clerk.intake.drafts.query()).toHaveLength(1);
  });

  it('registers what the clerk last saved, not what a colleague changed since', async () => {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: 1,
      body: familyDraft(),
    });
    const other = await t.as('petugas_verifikasi');
    await other.intake.takeOver.mutate({ draftId: draft.id, reason: 'Siti dipanggil lurah' });
    await other.intake.save.mutate({ draftId: draft.id, version, body: familyDraft(2) });
    expect(await codeOf(clerk.intake.register.mutate({ draftId: draft.id, version }))).toBe(
      'version_conflict',
    );
  });

  it('refuses an unknown draft', async () => {
    expect(await codeOf(clerk.intake.register.mutate({ draftId: uuid(), version: 1 }))).toBe('draft_gone');
  });

  it('follows the number format of the settings', async () => {
    const administrator = await t.as('administrator');
    await administrator.settings.update.mutate({ caseNumberFormat: 'MPM/{serial:4}/{year}' });
    expect((await registerFamily(clerk)).number).toBe('MPM/0001/2026');
  });
});

describe('the receipt', () => {
  it('prints as a PDF, counts its prints and stands in the history', async () => {
    const { caseId } = await registerFamily(clerk);
    const token = await t.tokenOf('petugas_loket');
    const response = await printReceipt(t, token, caseId);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe(
      'inline; filename="tanda-terima-3171011001-2026-000001.pdf"',
    );
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await printReceipt(t, token, caseId);
    const detail = await clerk.cases.get.query({ caseId });
    expect(detail.prints.map((print) => print.printNo)).toEqual([1, 2]);
    expect(detail.history.slice(1)).toMatchObject([
      { detail: 'Tanda terima, cetakan ke-1' },
      { detail: 'Tanda terima, cetakan ke-2' },
    ]);
  });

  it('is refused to strangers and for a case that does not exist', async () => {
    expect(await problemCode(await printReceipt(t, 'tidak-ada', uuid()))).toBe('not_logged_in');
    expect(await problemCode(await printReceipt(t, await t.tokenOf('petugas_loket'), uuid()))).toBe(
      'not_found',
    );
  });
});

describe('passive registration', () => {
  it('needs evidence, then waits for the lurah with its reason in the history', async () => {
    expect(await codeOf(registerFamily(clerk, passiveDraft()))).toBe('evidence_needed');
    const registered = await registerPassive(t);
    expect(registered).toMatchObject({
      state: 'MENUNGGU_LURAH',
      mode: 'pasif',
      number: '3171011001/2026/000001',
    });
    const detail = await clerk.cases.get.query({ caseId: registered.caseId });
    expect(detail.case.passive).toEqual({
      reason: 'Lansia tunggal',
      proposer: 'Amat',
      proposerRole: 'Ketua RT 003',
      note: null,
    });
    expect(detail.attachments).toHaveLength(1);
    expect(detail.history).toMatchObject([
      { type: 'ajukan_ke_lurah', reason: 'Lansia tunggal', fromState: 'DRAF', toState: 'MENUNGGU_LURAH' },
    ]);
  });

  it('refuses a reason that is not in the settings', async () => {
    const body = passiveDraft();
    body.passive.reason = 'Karena saya mau';
    expect(await codeOf(registerFamily(clerk, body))).toBe('invalid_household');
  });
});

describe('the office of a kecamatan', () => {
  it('registers families of each of its kelurahan, chosen by the clerk, and of no other', async () => {
    const kecamatan = await setUpTestOffice({}, '31.71.01');
    try {
      const client = await kecamatan.as('petugas_loket');
      const { kelurahan, nikAreas, passiveReasons } = await client.intake.options.query();
      expect(kelurahan).toHaveLength(6);
      expect(kelurahan[0]).toEqual({ code: '31.71.01.1001', name: 'Gambir' });
      expect(nikAreas['317101']).toBe('Gambir, Kota Administrasi Jakarta Pusat');
      expect(passiveReasons[0]).toBe('Lansia tunggal');
      expect((await client.intake.create.mutate({ mode: 'aktif' })).body.address.kelurahan).toBe('');
      const home = familyDraft();
      const elsewhere = (code: string) => ({ ...home, address: { ...home.address, kelurahan: code } });
      expect(await codeOf(registerFamily(client, elsewhere('')))).toBe('invalid_household');
      expect(await codeOf(registerFamily(client, elsewhere('31.72.01.1001')))).toBe('outside_area');
      expect(await codeOf(registerFamily(client, elsewhere('31.71.01.9999')))).toBe('outside_area');
      expect((await registerFamily(client, elsewhere('31.71.01.1002'))).number).toBe(
        '3171011002/2026/000001',
      );
    } finally {
      await kecamatan.close();
    }
  });
});

async function loginAgain(): Promise<Client> {
  await t.restart();
  return t.as('petugas_loket');
}
