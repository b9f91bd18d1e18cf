import type { Register } from '../../electron/services/register.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberInput } from '../../shared/contract/team.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { syntheticFamily } from './families.ts';
import { problemCode } from './households.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { printForms, readyCase, requestDocument, workAt } from './visits.ts';

let t: TestOffice;
let verifier: Client;
let register: () => Register;
let lurah: Client;

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
});
afterAll(() => t.close());

const rina: MemberInput = {
  name: 'Rina Wulandari',
  origin: 'PSM',
  position: 'anggota',
  phone: '',
  decreeId: null,
  areas: [{ rw: 7, rt: null }],
  training: [{ level: 'tot_kota', heldOn: '2026-08-12', trainer: 'Dinas Sosial' }],
  active: true,
};
const budi: MemberInput = { ...rina, name: 'Budi Hartono', origin: 'TKSK', areas: [{ rw: 8, rt: null }] };

async function add(member: MemberInput): Promise<string> {
  return (await verifier.team.saveMember.mutate({ memberId: null, version: 0, member })).id;
}

async function letter(memberId: string, token?: string): Promise<Response> {
  return requestDocument(t, token ?? (await t.tokenOf('petugas_verifikasi')), 'surat_tugas', {
    memberId,
    periodId: '2026-11',
    startsOn: '2026-11-10',
    endsOn: '2026-11-16',
  });
}

let rinaId: string;
let budiId: string;

describe('the team', () => {
  it('has a decree, members with areas and training, and refuses what is there twice', async () => {
    const decree = {
      number: '21/SK/2026',
      dated: '2026-06-02',
      about: 'Pembentukan Tim Masyarakat Peduli',
      startsOn: '2026-06-02',
      endsOn: '2026-12-31',
    };
    const { id: decreeId } = await lurah.team.addDecree.mutate(decree);
    expect(await codeOf(lurah.team.addDecree.mutate(decree))).toBe('decree_known');
    expect(await codeOf((await t.as('petugas_loket')).team.addDecree.mutate(decree))).toBe('not_allowed');
    rinaId = await add({ ...rina, decreeId });
    budiId = await add({ ...budi, decreeId });
    expect(await codeOf(add({ ...rina, name: ' rina wulandari ' }))).toBe('member_known');
    const { members } = await verifier.team.read.query();
    expect(members.map(({ name, version }) => [name, version])).toEqual([
      ['Budi Hartono', 1],
      ['Rina Wulandari', 1],
    ]);
    expect(
      await codeOf(verifier.team.saveMember.mutate({ memberId: budiId, version: 7, member: budi })),
    ).toBe('version_conflict');
  });

  it('shares families out by area and load, with the reason in each history', async () => {
    for (const [n, rw] of [
      [11, 7],
      [12, 7],
      [13, 8],
      [14, 9],
    ] as const)
      await readyCase(t, n, draftOfHousehold(syntheticFamily(n, 1, rw), null));
    expect((await verifier.team.read.query()).unassigned).toBe(4);
    const plan = await verifier.team.plan.query();
    expect(
      plan.map(({ rw, memberName, ground, caseIds }) => [rw, memberName, ground, caseIds.length]),
    ).toEqual([
      [7, 'Rina Wulandari', 'wilayah', 2],
      [8, 'Budi Hartono', 'wilayah', 1],
      [9, 'Budi Hartono', 'di_luar_wilayah', 1],
    ]);
    const parts = plan.map(({ memberId, caseIds }) => ({ memberId, caseIds, why: 'bertugas di RW' }));
    expect(await codeOf(lurah.team.assign.mutate({ parts }))).toBe('not_allowed');
    await verifier.team.assign.mutate({ parts });
    const [first] = plan[0]?.caseIds ?? [];
    const { history } = await verifier.cases.get.query({ caseId: first ?? '' });
    expect(history.at(-1)).toMatchObject({
      label: 'Petugas lapangan ditetapkan',
      detail: 'Rina Wulandari: bertugas di RW',
    });
    const { members, unassigned } = await verifier.team.read.query();
    expect(unassigned).toBe(0);
    expect(members.find(({ id }) => id === rinaId)?.progress).toEqual({
      waiting: 2,
      out: 0,
      back: 0,
      done: 0,
    });
  });

  it('follows a form to whoever took it out, and offers the team for printing', async () => {
    const [one] = await verifier.team.casesOf.query({ memberId: rinaId });
    const caseId = one?.caseId ?? '';
    const { enumerators } = await verifier.verification.options.query();
    expect(enumerators.slice(0, 2)).toEqual(['Budi Hartono', 'Rina Wulandari']);
    await printForms(t, [caseId], 'Budi Hartono');
    const { members } = await verifier.team.read.query();
    expect(members.find(({ id }) => id === budiId)?.progress).toMatchObject({ waiting: 2, out: 1 });
    const parts = [{ memberId: rinaId, caseIds: [caseId], why: '' }];
    expect(await codeOf(verifier.team.assign.mutate({ parts }))).toBe('case_not_assignable');
  });

  it('prints a stack for each family’s own officer, and says who has none', async () => {
    const mine = await verifier.team.casesOf.query({ memberId: rinaId });
    const theirs = await verifier.team.casesOf.query({ memberId: budiId });
    const ready = [...mine, ...theirs].filter(({ state }) => state === 'MUSKEL_LAYAK');
    const stranger = await readyCase(t, 15, draftOfHousehold(syntheticFamily(15, 1, 7), null));
    const print = (caseIds: string[]) => printForms(t, caseIds, null);
    await expect(print([...ready.map(({ caseId }) => caseId), stranger])).rejects.toThrow(
      'belum dibagi kepada petugas',
    );
    const [one, other] = [mine.find(({ state }) => state === 'MUSKEL_LAYAK'), ready.at(-1)];
    await print([other?.caseId ?? '', one?.caseId ?? '']);
    const out = await workAt(verifier, 'lapangan');
    const nameOf = (caseId: string | undefined) =>
      out.find((item) => item.caseId === caseId)?.sheet?.enumerator;
    expect([nameOf(one?.caseId), nameOf(other?.caseId)]).toEqual(['Rina Wulandari', 'Budi Hartono']);
    const back = async (caseId: string, action: 'batalkan_muskel' | 'batalkan_penugasan') => {
      const { version } = (await verifier.cases.get.query({ caseId })).case;
      await verifier.cases.takeStep.mutate({ caseId, action, reason: 'Uji', version });
    };
    await back(stranger, 'batalkan_muskel');
    for (const { caseId } of [one, other].filter((family) => family !== undefined))
      await back(caseId, 'batalkan_penugasan');
  });

  it('lets the families of whoever leaves wait for somebody else', async () => {
    const leaving = { memberId: rinaId, version: 1, member: { ...rina, active: false } };
    await verifier.team.saveMember.mutate(leaving);
    const { unassigned } = await verifier.team.read.query();
    expect(unassigned).toBe(1);
    const [waiting] = await verifier.team.plan.query();
    expect(waiting?.memberName).toBe('Budi Hartono');
    const parts = [{ memberId: rinaId, caseIds: waiting?.caseIds ?? [], why: '' }];
    expect(await codeOf(verifier.team.assign.mutate({ parts }))).toBe('member_inactive');
  });
});

describe('a surat tugas', () => {
  it('has a number from the register, once, and says who goes where on what ground', async () => {
    const response = await letter(budiId);
    expect(response.status).toBe(200);
    const text = pageTexts(new Uint8Array(await response.arrayBuffer())).join('\n');
    expect(text).toContain('Nomor 001/ST/XI/2026');
    expect(text).toContain('Keputusan Lurah Nomor 21/SK/2026');
    expect(text).toContain('3 keluarga, daftarnya terlampir');
    expect(text).toContain('10 Nov 2026 sampai dengan 16 Nov 2026');
    expect(text).toContain('Lutfi Lurah');
    expect(text).toMatch(/NIK\s*:\s*…{10,}/);
    expect(text).not.toMatch(/\d{16}/);
    const again = pageTexts(new Uint8Array(await (await letter(budiId)).arrayBuffer())).join('\n');
    expect(again).toContain('Nomor 001/ST/XI/2026');
    expect(again).toContain('Cetakan ke-2');
    const { letters, years } = await verifier.documents.letters.query({ year: 2026 });
    expect(years).toEqual([2026]);
    expect(letters).toMatchObject([{ serial: 1, kind: 'surat_tugas', title: 'Surat tugas Budi Hartono' }]);
    const archive = await verifier.documents.archive.query({ periodId: '2026-11' });
    expect(archive).toMatchObject([{ version: 1, newest: true, prints: 2 }]);
  });

  it('is not made for whoever no longer goes out, nor for everybody to print', async () => {
    expect(await problemCode(await letter(rinaId))).toBe('member_inactive');
    expect(await problemCode(await letter(budiId, await t.tokenOf('petugas_loket')))).toBe('not_allowed');
  });

  it('bears the NIK of its bearer where the office knows it: whole on paper, masked wherever it is read', async () => {
    const read = async () => (await verifier.team.read.query()).members.find(({ id }) => id === budiId);
    const save = async (member: MemberInput) =>
      verifier.team.saveMember.mutate({ memberId: budiId, version: (await read())?.version ?? 0, member });
    // No date, but sixteen digits: the office may know better.
    await save({ ...budi, nik: '3171019911990001' });
    await save({ ...budi, phone: '0812' });
    expect(await read()).toMatchObject({ phone: '0812', nik: '3171 •••• •••• 0001' });
    expect(await codeOf(save({ ...budi, nik: '317101' }))).toBe('invalid_input');
    const texts = pageTexts(new Uint8Array(await (await letter(budiId)).arrayBuffer())).join('\n');
    expect(texts).toMatch(/NIK\s*:\s*3171019911990001/);
    await save({ ...budi, nik: null });
    expect(await read()).toMatchObject({ nik: null });
    const { db } = register();
    const noted = db.prepare(`SELECT json_group_array(body) FROM event_payload`).pluck().get();
    expect(noted).toContain('3171 •••• •••• 0001');
    expect(noted).not.toContain('3171019911990001');
  });

  it('is kept in each state; a closed period prints the last of them, whatever is true now', async () => {
    const [waiting] = await verifier.team.plan.query();
    await verifier.team.assign.mutate({
      parts: [{ memberId: budiId, caseIds: waiting?.caseIds ?? [], why: '' }],
    });
    const more = pageTexts(new Uint8Array(await (await letter(budiId)).arrayBuffer())).join('\n');
    expect(more).toContain('4 keluarga');
    const [newest, , first] = await verifier.documents.archive.query({ periodId: '2026-11' });
    expect([newest?.version, first?.version]).toEqual([3, 1]);
    const old = await requestDocument(t, await t.tokenOf('petugas_loket'), 'cetak_ulang', {
      documentId: first?.id,
    });
    const oldText = pageTexts(new Uint8Array(await old.arrayBuffer())).join('\n');
    expect(oldText).toContain('3 keluarga');
    await lurah.period.close.mutate({ periodId: '2026-11' });
    const { members } = await verifier.team.read.query();
    const version = members.find(({ id }) => id === budiId)?.version ?? 0;
    await verifier.team.saveMember.mutate({
      memberId: budiId,
      version,
      member: { ...budi, name: 'Budi Lain' },
    });
    // The unfinished families were carried on, so that the letter would have nobody on it now.
    const reprint = await requestDocument(t, await t.tokenOf('petugas_verifikasi'), 'cetak_ulang', {
      documentId: newest?.id,
    });
    const text = pageTexts(new Uint8Array(await reprint.arrayBuffer())).join('\n');
    expect(text).toContain('Budi Hartono');
    expect(text).toContain('4 keluarga');
  });

  it('is not found where nothing was kept', async () => {
    const missing = await requestDocument(t, await t.tokenOf('lurah'), 'cetak_ulang', {
      documentId: '0198a000-0000-7000-8000-000000000000',
    });
    expect(await problemCode(missing)).toBe('not_found');
  });
});
