import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideOnCorrection } from '../../electron/services/corrections.ts';
import type { Register } from '../../electron/services/register.ts';
import { findNumberItWentInto } from '../../electron/store/merge.ts';
import type { Correction } from '../../shared/contract/period.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { AppError } from '../../shared/errors.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { legaliseCase } from './legalise.ts';
import { type Client, openKnownOffice, type TestOffice } from './office.ts';

describe('a correction that waits where its case stands', () => {
  let t: TestOffice;
  let register: () => Register;
  let clerk: Client;
  let lurah: Client;
  beforeEach(async () => {
    ({ t, register } = await openKnownOffice());
    clerk = await t.as('petugas_loket');
    lurah = await t.as('lurah');
  });
  afterEach(() => t.close());

  async function legalised(n: number): Promise<string> {
    const { caseId } = await registerActive(clerk, syntheticFamily(n));
    legaliseCase(register(), caseId);
    return caseId;
  }

  async function correct(caseId: string): Promise<void> {
    const draft = await clerk.intake.correct.mutate({ caseId });
    const body = { ...draft.body, phone: '0215551111', correctionNote: 'Surat dilihat' };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
  }

  const waiting = (caseId: string): Promise<Correction[]> => lurah.period.corrections.query({ caseId });
  const stand = (caseId: string, state: CaseState) =>
    register().db.prepare('UPDATE case_file SET state = ? WHERE id = ?').run(state, caseId);

  async function step(
    caseId: string,
    action: 'tarik_kembali' | 'batalkan_penarikan' | 'tutup' | 'buka_kembali',
  ) {
    const { version } = (await lurah.cases.get.query({ caseId })).case;
    await lurah.cases.takeStep.mutate({ caseId, action, reason: 'Terdaftar dua kali', version });
  }

  it('is offered for approval exactly where that can be carried out', async () => {
    const caseId = await legalised(1);
    await correct(caseId);
    await clerk.lifeEvent.propose.mutate({
      caseId,
      event: {
        kind: 'lahir',
        on: '2026-11-02',
        provisional: false,
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
      },
      reason: 'Surat RT',
      letter: '',
    });
    await clerk.period.propose.mutate({
      caseId,
      subject: 'Nama jalan',
      before: 'Lama',
      after: 'Baru',
      reason: 'Salah tulis',
    });
    const { account } = await lurah.session.current.query();

    /** Of the lurah's approval, which is taken back again. */
    function refusalOf({ id }: Correction): string | null {
      let refusal: string | null = null;
      const undo = register().db.transaction(() => {
        try {
          decideOnCorrection(register(), account, { correctionId: id, approve: true, answer: '' });
        } catch (cause) {
          if (!(cause instanceof AppError)) throw cause;
          refusal = cause.code;
        }
        throw new Error('taken back');
      });
      expect(undo).toThrow('taken back');
      return refusal;
    }

    for (const state of CaseState.exclude(['DRAF']).options) {
      stand(caseId, state);
      const all = await waiting(caseId);
      expect(all).toHaveLength(3);
      for (const correction of all) {
        const refusal = refusalOf(correction);
        expect([state, correction.subject, correction.ended === null]).toEqual([
          state,
          correction.subject,
          refusal === null,
        ]);
        expect([null, 'step_not_possible', 'life_event_not_now']).toContain(refusal);
      }
    }
  });

  it('says that the case is taken back, and is approved once that is undone', async () => {
    const caseId = await legalised(1);
    await correct(caseId);
    await step(caseId, 'tarik_kembali');
    expect(await waiting(caseId)).toMatchObject([{ ended: { why: 'ditarik' } }]);
    await step(caseId, 'batalkan_penarikan');
    const [correction] = await waiting(caseId);
    expect(correction).toMatchObject({ ended: null });
    await lurah.period.decide.mutate({ correctionId: correction?.id ?? '', approve: true, answer: '' });
    expect(await waiting(caseId)).toMatchObject([{ state: 'disetujui', ended: null }]);
  });

  it('says that the case is not legalised again since it was opened anew', async () => {
    const caseId = await legalised(1);
    await correct(caseId);
    stand(caseId, 'DITOLAK');
    register().db.prepare(`UPDATE case_file SET result = 'baru' WHERE id = ?`).run(caseId);
    await step(caseId, 'tutup');
    expect(await waiting(caseId)).toMatchObject([{ ended: { why: 'ditutup' } }]);
    await step(caseId, 'buka_kembali');
    expect(await waiting(caseId)).toMatchObject([{ ended: { why: 'belum_sah', state: 'TERIDENTIFIKASI' } }]);
  });

  it('names the last of the cases that its own went into, one after the other', async () => {
    const [first, second, third] = [await legalised(1), await legalised(2), await legalised(3)];
    await correct(first);
    const officer = await t.as('petugas_verifikasi');
    for (const [from, into] of [
      [first, second],
      [second, third],
    ] as const) {
      await step(from, 'tarik_kembali');
      const seen = await officer.merge.compare.query({ keptId: into, otherId: from });
      await officer.merge.merge.mutate({
        kept: { caseId: into, version: seen.kept.version },
        other: { caseId: from, version: seen.other.version },
        plan: { choices: {}, same: [], joining: [] },
        reason: 'Keluarga yang sama',
      });
    }
    const { number } = (await lurah.cases.get.query({ caseId: third })).case;
    expect(await waiting(first)).toMatchObject([{ ended: { why: 'digabung', into: number } }]);
    expect(findNumberItWentInto(register().db, third)).toBeNull();
  });
});
