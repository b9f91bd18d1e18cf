import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { findCase } from '../../electron/store/cases.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import type { LifeEvent } from '../../shared/domain/life-event.ts';
import type { Member } from '../../shared/domain/person.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { registerPassive } from './households.ts';
import { type Client, codeOf, kelurahan, openKnownOffice, type TestOffice } from './office.ts';
import { legaliseCase } from './legalise.ts';
import { readyCase } from './visits.ts';

let t: TestOffice;
let register: () => Register;
let clerk: Client;
let lurah: Client;
let caseId: string;

beforeEach(async () => {
  ({ t, register } = await openKnownOffice());
  clerk = await t.as('petugas_loket');
  lurah = await t.as('lurah');
  ({ caseId } = await registerActive(clerk, syntheticFamily(1)));
});
afterEach(() => t.close());

const on = '2026-11-02';
const words = { reason: 'Surat keterangan RT', letter: '' };

function membersOf(): Member[] {
  return findCase(register().db, caseId)?.household.members ?? [];
}

function idOf(position: number): string {
  return membersOf()[position]?.id ?? '';
}

function birth(provisional = true): LifeEvent {
  return {
    kind: 'lahir',
    on,
    provisional,
    member: {
      id: '0190a000-0000-7000-8000-000000000001',
      name: 'Bayi Uji',
      nik: null,
      sex: 'P',
      birthPlace: 'Jakarta',
      relation: '3',
      familyNo: 1,
      familyRelation: '3',
      motherName: 'Aminah Uji',
    },
  };
}

function death(position: number, newHead: number | null): LifeEvent {
  return {
    kind: 'meninggal',
    on,
    memberIds: [idOf(position)],
    newHeadId: newHead === null ? null : idOf(newHead),
  };
}

function wholeMove(): LifeEvent {
  return {
    kind: 'pindah',
    on,
    memberIds: membersOf().map(({ id }) => id),
    newHeadId: null,
    to: null,
    place: 'Kota Bekasi',
  };
}

async function propose(event: LifeEvent): Promise<string> {
  return (await clerk.lifeEvent.propose.mutate({ caseId, event, ...words })).id;
}

async function approve(event: LifeEvent): Promise<void> {
  await lurah.period.decide.mutate({ correctionId: await propose(event), approve: true, answer: '' });
}

async function historyTypes(): Promise<string[]> {
  return (await clerk.cases.get.query({ caseId })).history.map(({ type }) => type);
}

describe('a life event', () => {
  it('changes nothing until the lurah approves it, then adds the child with a provisional identity', async () => {
    const plan = await clerk.lifeEvent.preview.query({ caseId, event: birth() });
    expect(plan).toMatchObject({
      ends: null,
      splitOff: [],
      changes: [{ label: 'Anggota baru', group: 'Bayi Uji' }],
    });
    const id = await propose(birth());
    expect(await lurah.cases.counts.query()).toMatchObject({
      corrections: 1,
      oldestDays: { corrections: 0 },
    });
    expect(membersOf()).toHaveLength(3);
    const [waiting] = await lurah.period.corrections.query({ caseId: null });
    expect(waiting).toMatchObject({ id, lifeEvent: 'lahir', subject: 'Kelahiran, 02-11-2026' });
    await lurah.period.decide.mutate({ correctionId: id, approve: true, answer: '' });
    expect(membersOf().at(-1)).toMatchObject({ name: 'Bayi Uji', birthDate: on });
    const { provisional, case: current } = await clerk.cases.get.query({ caseId });
    expect(current.version).toBe(2);
    expect(provisional).toMatchObject([{ memberId: membersOf().at(-1)?.id, reason: '1' }]);
    expect(await historyTypes()).toEqual([
      'daftarkan',
      'peristiwa_diajukan',
      'peristiwa_disetujui',
      'data_diubah',
    ]);
    expect(verifyJournal(register().db).intact).toBe(true);
    expect((await clerk.cases.search.query({ text: 'bayi uji' })).map((row) => row.id)).toEqual([caseId]);
  });

  it('gives no provisional identity where none was asked for, and none of a refused birth', async () => {
    await approve(birth(false));
    expect((await clerk.cases.get.query({ caseId })).provisional).toEqual([]);
    const id = await propose({ ...birth(), on: '2026-11-03' });
    await lurah.period.decide.mutate({ correctionId: id, approve: false, answer: 'Akta belum ada' });
    expect(membersOf()).toHaveLength(4);
    expect((await clerk.cases.get.query({ caseId })).provisional).toEqual([]);
    expect((await historyTypes()).at(-1)).toBe('peristiwa_ditolak');
  });

  it('lets somebody join as their papers say: a wrong NIK is refused, an odd one needs its reason', async () => {
    const newborn = birth();
    if (newborn.kind !== 'lahir') throw new Error('A birth is a birth.');
    const { member } = newborn;
    const joins = (nik: string | null, nikNote: string | null): LifeEvent => ({
      kind: 'masuk',
      on,
      cause: '1',
      from: 'Bogor',
      member: { ...member, name: 'Dewi Uji', nik, nikNote, birthDate: '1999-11-02', relation: '4' },
    });
    const refused = (event: LifeEvent) => codeOf(clerk.lifeEvent.preview.query({ caseId, event }));
    expect(await refused(joins('3171019911990001', null))).toBe('life_event_refused');
    expect(await refused(joins('3171010211990001', null))).toBe('life_event_refused');
    await approve(joins('3171010211990001', 'Sesuai KTP'));
    expect(membersOf().at(-1)).toMatchObject({
      name: 'Dewi Uji',
      birthDate: '1999-11-02',
      nikNote: 'Sesuai KTP',
    });
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.find(({ type }) => type === 'peristiwa_diajukan')?.detail).toBe('Anggota masuk (menikah)');
  });

  it('is decided by the lurah alone, once, and asked for by the counter alone', async () => {
    const id = await propose(birth());
    const decision = { correctionId: id, approve: true, answer: '' };
    expect(await codeOf(clerk.period.decide.mutate(decision))).toBe('not_allowed');
    expect(await codeOf(lurah.lifeEvent.propose.mutate({ caseId, event: birth(), ...words }))).toBe(
      'not_allowed',
    );
    await lurah.period.decide.mutate(decision);
    expect(await codeOf(lurah.period.decide.mutate(decision))).toBe('correction_decided');
  });

  it('makes the widow the head, and is refused where nobody follows', async () => {
    expect(await codeOf(clerk.lifeEvent.propose.mutate({ caseId, event: death(0, null), ...words }))).toBe(
      'life_event_refused',
    );
    await approve(death(0, 1));
    expect(membersOf().map(({ name, relation }) => `${name.split(' ')[0]} ${relation}`)).toEqual([
      'Aminah 1',
      'Joko 3',
    ]);
  });

  it('is carried out on the case as it is then: what no longer fits is refused', async () => {
    const first = await propose(death(2, null));
    const second = await propose(death(2, null));
    await lurah.period.decide.mutate({ correctionId: first, approve: true, answer: '' });
    const again = { correctionId: second, approve: true, answer: '' };
    expect(await codeOf(lurah.period.decide.mutate(again))).toBe('life_event_refused');
    expect(membersOf()).toHaveLength(2);
    const waiting = await lurah.period.corrections.query({ caseId: null });
    expect(waiting.map(({ id }) => id)).toEqual([second]);
  });

  it('closes a case whose family left, and takes that back to where it was', async () => {
    await approve(wholeMove());
    const closed = await clerk.cases.get.query({ caseId });
    expect(closed.case.state).toBe('DITUTUP');
    expect(closed.history.at(-1)).toMatchObject({ type: 'tutup_peristiwa' });
    expect(await lurah.period.corrections.query({ caseId })).toMatchObject([{ closesCase: true }]);
    const version = closed.case.version;
    expect(
      await codeOf(
        lurah.cases.takeStep.mutate({ caseId, action: 'buka_kembali', reason: 'Kembali', version }),
      ),
    ).toBe('step_needs');
    const back = { caseId, reason: 'Tidak jadi pindah' };
    expect(await codeOf(clerk.lifeEvent.revoke.mutate(back))).toBe('not_allowed');
    await lurah.lifeEvent.revoke.mutate(back);
    expect((await clerk.cases.get.query({ caseId })).case.state).toBe('TERDAFTAR');
    expect(await codeOf(lurah.lifeEvent.revoke.mutate(back))).toBe('not_found');
    expect(await lurah.period.corrections.query({ caseId })).toMatchObject([{ closesCase: false }]);
  });

  it('moves a family within the area, and not out of it', async () => {
    const to = { street: 'Gg. Baru 9', rt: 4, rw: 5, kelurahan };
    await approve({ ...wholeMove(), kind: 'pindah', to } as LifeEvent);
    expect(findCase(register().db, caseId)?.household.address).toEqual(to);
    const elsewhere = { ...to, kelurahan: '31.74.01.1001' };
    expect(
      await codeOf(
        clerk.lifeEvent.preview.query({ caseId, event: { ...wholeMove(), to: elsewhere } as LifeEvent }),
      ),
    ).toBe('outside_area');
  });

  it('begins a registration of their own for those who split off', async () => {
    const event: LifeEvent = {
      kind: 'pecah_kk',
      on,
      memberIds: [idOf(2)],
      newHeadId: null,
      kk: null,
      headId: idOf(2),
      sameRoof: false,
    };
    await approve(event);
    expect(membersOf()).toHaveLength(2);
    const [draft] = await clerk.intake.drafts.query();
    expect(draft).toMatchObject({ title: 'Joko Uji Dua', mine: true, members: 1, corrects: null });
    const open = await clerk.intake.open.query({ draftId: draft?.id ?? '' });
    expect(open.body.members[0]).toMatchObject({ relation: '1', familyRelation: '1' });
    const registered = await clerk.intake.register.mutate({ draftId: open.id, version: open.version });
    expect(registered.state).toBe('TERDAFTAR');
  });

  it('of a case on its way to the visit keeps its state, and makes the printed sheet stale', async () => {
    caseId = await readyCase(t, 7);
    await approve(birth());
    const { case: current } = await clerk.cases.get.query({ caseId });
    expect(current).toMatchObject({ state: 'MUSKEL_LAYAK', version: 2 });
  });

  it('of a legalised case goes to the province as a correction, or takes the case back', async () => {
    legaliseCase(register(), caseId);
    await approve(birth());
    expect(await historyTypes()).toContain('sahkan_perbaikan');
    expect(membersOf()).toHaveLength(4);
    await approve({ kind: 'lulus', on, grounds: 'Penghasilan tetap di atas garis kemiskinan' });
    const { case: current, history } = await clerk.cases.get.query({ caseId });
    expect(current.state).toBe('DITARIK');
    expect(history.at(-1)).toMatchObject({ type: 'tarik_kembali' });
    expect(history.at(-1)?.reason).toContain('Lulus dari kemiskinan');
  });

  it('waits while the lurah has the case, is not of tomorrow, and needs a reason', async () => {
    const passive = await registerPassive(t, 5);
    const event = birth();
    expect(await codeOf(clerk.lifeEvent.preview.query({ caseId: passive.caseId, event }))).toBe(
      'life_event_not_now',
    );
    const tomorrow = { ...birth(), on: '2026-11-11' } as LifeEvent;
    expect(await codeOf(clerk.lifeEvent.preview.query({ caseId, event: tomorrow }))).toBe(
      'life_event_refused',
    );
    expect(await codeOf(clerk.lifeEvent.propose.mutate({ caseId, event, reason: ' ', letter: '' }))).toBe(
      'invalid_input',
    );
  });

  it('names the letter that proves it', async () => {
    await clerk.lifeEvent.propose.mutate({ caseId, event: birth(), reason: 'Akta', letter: 'No. 12/2026' });
    expect((await clerk.cases.get.query({ caseId })).history.at(-1)?.reason).toBe('Akta (No. 12/2026)');
  });
});
