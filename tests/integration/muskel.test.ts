import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MuskelVerdict } from '../../shared/domain/muskel.ts';
import { capable, facts, gone, onTargetList, poor, twin } from './meetings.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { printForms } from './visits.ts';

let t: TestOffice;
let clerk: Client;
let verifier: Client;
let lurah: Client;
/** Five families on the target list, RW 1; one more in RW 2. */
let families: string[];
let muskelId: string;

function at(index: number): string {
  return families[index] ?? '';
}

async function session() {
  return verifier.muskel.get.query({ muskelId });
}

async function decide(index: number, verdict: MuskelVerdict) {
  return (await verifier.muskel.decide.mutate({ muskelId, caseId: at(index), verdict })).state;
}

beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
  families = [];
  for (const n of [1, 2, 3, 4, 5]) families.push(await onTargetList(t, n, 1));
  families.push(await onTargetList(t, 6, 2));
});
afterAll(() => t.close());

describe('a meeting', () => {
  it('has the waiting families of its part on its agenda, numbered as they are walked', async () => {
    expect(await codeOf(clerk.muskel.create.mutate(facts))).toBe('not_allowed');
    const elsewhere = { ...facts, areas: [{ rw: 9, rt: null }] };
    expect(await codeOf(verifier.muskel.create.mutate(elsewhere))).toBe('muskel_nobody');
    expect((await verifier.muskel.list.query()).sessions).toEqual([]);
    ({ id: muskelId } = await verifier.muskel.create.mutate(facts));
    const { items, muskel, waiting } = await session();
    expect(items.map(({ no, rt, rw }) => [no, rt, rw])).toEqual([1, 2, 3, 4, 5].map((n) => [n, n, 1]));
    expect(items[0]).toMatchObject({ spouseName: 'Aminah Uji Dua', verdict: null });
    expect(muskel).toMatchObject({ no: 1, state: 'berlangsung', periodId: '2026-11' });
    expect(waiting).toBe(0);
    families.push(await onTargetList(t, 7, 1));
    expect((await session()).waiting).toBe(1);
    expect(await verifier.muskel.refreshAgenda.mutate({ muskelId })).toEqual({ added: 1 });
    expect((await session()).items.at(-1)).toMatchObject({ no: 6, rt: 7 });
  });

  it('moves each family along the way with its verdict, and takes one back with a reason', async () => {
    expect(await decide(0, poor)).toBe('MUSKEL_LAYAK');
    expect(await decide(1, capable)).toBe('MUSKEL_TIDAK_LAYAK');
    expect(await decide(2, gone)).toBe('MUSKEL_TIDAK_DITEMUKAN');
    expect(await decide(3, twin)).toBe('MUSKEL_GANDA');
    const { history } = await clerk.cases.get.query({ caseId: at(2) });
    expect(history.at(-1)?.reason).toBe('Tidak ditemukan, pindah (Muskel 1, MPM November 2026)');
    // Said again: the earlier word is revoked, both stand in the history.
    expect(await decide(3, poor)).toBe('MUSKEL_LAYAK');
    const changed = await clerk.cases.get.query({ caseId: at(3) });
    expect(changed.history.slice(-3).map(({ toState }) => toState)).toEqual([
      'MUSKEL_GANDA',
      'DAFTAR_SASARAN',
      'MUSKEL_LAYAK',
    ]);
    const undo = { muskelId, caseId: at(3), reason: 'Salah tekan' };
    expect((await verifier.muskel.undo.mutate(undo)).state).toBe('DAFTAR_SASARAN');
    expect((await session()).items[3]?.verdict).toBeNull();
    await decide(3, twin);
  });

  it('refuses a verdict that says half, and a family that is not on the agenda', async () => {
    const half = { ...poor, capable: null };
    expect(await codeOf(verifier.muskel.decide.mutate({ muskelId, caseId: at(4), verdict: half }))).toBe(
      'invalid_input',
    );
    expect(await codeOf(decide(5, poor))).toBe('not_on_agenda');
  });

  it('keeps columns 10 and 11 of a line, and refuses a code the paper does not have', async () => {
    const traits = { work: '4' as const, disability: '2' as const };
    await verifier.muskel.saveTraits.mutate({ muskelId, caseId: at(0), traits });
    expect((await session()).items[0]?.traits).toEqual(traits);
    const wrong = { ...traits, work: '9' as never };
    expect(await codeOf(verifier.muskel.saveTraits.mutate({ muskelId, caseId: at(0), traits: wrong }))).toBe(
      'invalid_input',
    );
    expect(await codeOf(verifier.muskel.saveTraits.mutate({ muskelId, caseId: at(5), traits }))).toBe(
      'not_on_agenda',
    );
    expect(await codeOf(clerk.muskel.saveTraits.mutate({ muskelId, caseId: at(0), traits }))).toBe(
      'not_allowed',
    );
  });

  it('keeps attendance and the monitoring form, guarded by the version', async () => {
    const attendees = [
      { name: 'Pak RW', sex: 'L' as const, group: 'rw' as const, represents: 'RW 001', present: true },
      { name: '', sex: 'P' as const, group: 'rt' as const, represents: '', present: false },
    ];
    const { version } = (await session()).muskel;
    expect(await codeOf(verifier.muskel.finish.mutate({ muskelId, version }))).toBe('muskel_incomplete');
    const saved = await verifier.muskel.saveAttendees.mutate({ muskelId, version, attendees });
    expect(await codeOf(verifier.muskel.saveAttendees.mutate({ muskelId, version, attendees }))).toBe(
      'version_conflict',
    );
    const wrong = { muskelId, version: saved.version, form: { MK02: '3', MK03: '4' } };
    expect(await codeOf(verifier.muskel.saveForm.mutate(wrong))).toBe('mk_wrong');
    await verifier.muskel.saveForm.mutate({ ...wrong, form: { MK01: 'Lutfi Lurah, Lurah', MK09: '1' } });
    const { muskel } = await session();
    expect(muskel.attendees).toHaveLength(1);
    expect(muskel.form).toEqual({ MK01: 'Lutfi Lurah, Lurah', MK09: '1' });
  });

  it('begins the registration of a household it proposes, once, unless it is well-off', async () => {
    const proposal = {
      name: 'Mbah Uji',
      sex: 'P' as const,
      spouse: '',
      street: 'Gang Buntu 3',
      rt: 2,
      rw: 1,
      nik: '',
      proposer: 'Pak RW',
      capable: '2' as const,
    };
    const { id } = await verifier.muskel.propose.mutate({ muskelId, proposal });
    const rich = await verifier.muskel.propose.mutate({ muskelId, proposal: { ...proposal, capable: '1' } });
    expect(await codeOf(clerk.muskel.draftProposal.mutate({ proposalId: rich.id }))).toBe('proposal_capable');
    const { draftId } = await clerk.muskel.draftProposal.mutate({ proposalId: id });
    expect(await clerk.muskel.draftProposal.mutate({ proposalId: id })).toEqual({ draftId });
    const draft = await clerk.intake.open.query({ draftId });
    expect(draft.body).toMatchObject({
      mode: 'pasif',
      address: { street: 'Gang Buntu 3', rt: '2', rw: '1' },
      members: [{ name: 'Mbah Uji', sex: 'P' }],
      passive: { proposer: 'Pak RW', proposerRole: 'Musyawarah kelurahan' },
    });
    expect(await codeOf(verifier.muskel.removeProposal.mutate({ proposalId: id }))).toBe('proposal_drafted');
    await verifier.muskel.removeProposal.mutate({ proposalId: rich.id });
    expect((await session()).proposals.map(({ name }) => name)).toEqual(['Mbah Uji']);
  });

  it('holds eligible families until the lurah has legalised it', async () => {
    const refused = printForms(t, [at(0)]).catch((error: unknown) => String(error));
    expect(await refused).toContain('hasil muskel belum disahkan lurah');
    const { version } = (await session()).muskel;
    await verifier.muskel.finish.mutate({ muskelId, version });
    expect(await codeOf(decide(4, poor))).toBe('muskel_closed');
    const { version: caseVersion } = (await verifier.cases.get.query({ caseId: at(0) })).case;
    const around = { caseId: at(0), action: 'batalkan_muskel' as const, reason: 'Uji', version: caseVersion };
    expect(await codeOf(verifier.cases.takeStep.mutate(around))).toBe('muskel_legalised');
    expect((await lurah.cases.counts.query()).muskelForLurah).toBe(1);
    const plan = await lurah.period.closingPlan.query({ periodId: '2026-11' });
    expect(plan.obstacles).toEqual(['1 muskel belum disahkan.']);
    const finished = (await session()).muskel;
    expect(await codeOf(verifier.muskel.legalise.mutate({ muskelId, version: finished.version }))).toBe(
      'not_allowed',
    );
    await verifier.muskel.reopen.mutate({ muskelId, version: finished.version, reason: 'Kurang satu' });
    expect(await codeOf(lurah.muskel.legalise.mutate({ muskelId, version: finished.version + 1 }))).toBe(
      'muskel_not_finished',
    );
    await verifier.muskel.finish.mutate({ muskelId, version: finished.version + 1 });
    await lurah.muskel.legalise.mutate({ muskelId, version: finished.version + 2 });
    expect((await session()).muskel).toMatchObject({
      state: 'disahkan',
      legalisedByName: 'Lutfi Lurah',
      objectionUntil: '2026-11-17',
    });
  });

  it('leaves who had no verdict for the next meeting', async () => {
    const { id } = await verifier.muskel.create.mutate(facts);
    const next = await verifier.muskel.get.query({ muskelId: id });
    expect(next.muskel.no).toBe(2);
    expect(next.items.map(({ caseId }) => caseId)).toEqual([at(4), at(6)]);
  });
});

describe('an objection', () => {
  const words = {
    objector: 'Bu Uji',
    relation: 'keluarga sendiri',
    grounds: 'Sudah tidak bekerja',
    lateReason: '',
  };
  const object = (index: number, lateReason = '') =>
    clerk.muskel.object.mutate({ muskelId, caseId: at(index), ...words, lateReason });

  it('stops the case until the lurah has answered, and may be turned down', async () => {
    const { id } = await object(1);
    expect(await codeOf(object(1))).toBe('objection_twice');
    const { version } = (await verifier.cases.get.query({ caseId: at(1) })).case;
    const close = { caseId: at(1), action: 'tutup' as const, reason: 'Uji', version };
    expect(await codeOf(verifier.cases.takeStep.mutate(close))).toBe('objection_open');
    const answer = { objectionId: id, verdict: null, answer: 'Tetap mampu menurut musyawarah' };
    expect(await codeOf(verifier.muskel.answerObjection.mutate(answer))).toBe('not_allowed');
    await lurah.muskel.answerObjection.mutate(answer);
    expect(await codeOf(lurah.muskel.answerObjection.mutate(answer))).toBe('objection_decided');
    expect((await clerk.cases.get.query({ caseId: at(1) })).case.state).toBe('MUSKEL_TIDAK_LAYAK');
    const [kept] = (await session()).objections;
    expect(kept).toMatchObject({ state: 'ditolak', answerDue: '2026-11-24', decidedByName: 'Lutfi Lurah' });
  });

  it('that is upheld puts the new verdict in place, along the table of edges', async () => {
    const { id } = await object(1);
    await lurah.muskel.answerObjection.mutate({
      objectionId: id,
      verdict: poor,
      answer: 'Benar, sudah berhenti',
    });
    const { case: current, history } = await clerk.cases.get.query({ caseId: at(1) });
    expect(current.state).toBe('MUSKEL_LAYAK');
    expect(history.slice(-3).map(({ label }) => label)).toEqual([
      'Sanggahan diterima',
      'Batalkan hasil muskel',
      'Catat muskel: layak',
    ]);
    expect((await session()).items[1]?.verdict).toEqual(poor);
  });

  it('calls back a form that was out', async () => {
    await printForms(t, [at(0)]);
    const { id } = await object(0);
    await lurah.muskel.answerObjection.mutate({ objectionId: id, verdict: capable, answer: 'Punya mobil' });
    expect((await clerk.cases.get.query({ caseId: at(0) })).case.state).toBe('MUSKEL_TIDAK_LAYAK');
  });

  it('has its time: not before the result is official, late only with a reason', async () => {
    const { sessions } = await verifier.muskel.list.query();
    const open = sessions.find(({ state }) => state === 'berlangsung')?.id ?? '';
    expect(await codeOf(clerk.muskel.object.mutate({ muskelId: open, caseId: at(4), ...words }))).toBe(
      'objection_too_early',
    );
    t.clock.advance(8 * 24 * 3_600_000);
    await t.restart();
    clerk = await t.as('petugas_loket');
    expect(await codeOf(object(2))).toBe('objection_late');
    await object(2, 'Baru pulang dari rumah sakit');
  });
});
