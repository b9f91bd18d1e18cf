import { describe, expect, it, vi } from 'vitest';
import type { CourierView } from '../../shared/contract/courier.ts';
import { makeCourier } from '../../electron/services/courier.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { readCourier } from '../provincial-server/courier.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { png, upload } from './households.ts';
import { altering, cut, onBatches } from './line.ts';
import { codeOf } from './office.ts';
import { lendOffice, patient, provinceTime, type PushingOffice } from './pushing.ts';

describe('a family that refuses to share its data', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  async function refuse(caseId: string): Promise<void> {
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind: '4' });
  }
  async function setSending(sendRefusing: boolean): Promise<void> {
    await (await o.t.as('administrator')).settings.update.mutate({ sendRefusing });
  }
  async function timesHeld(caseId: string): Promise<number> {
    const { rowCount } = await province.server.pool.query(
      `SELECT 1 FROM record WHERE case_id = $1 AND kind <> 'family.consent'`,
      [caseId],
    );
    return rowCount ?? 0;
  }

  /** Corrects the address of a legalised case, as the counter asks and the lurah decides. */
  async function correct(caseId: string): Promise<void> {
    const clerk = await o.t.as('petugas_loket');
    const lurah = await o.t.as('lurah');
    const draft = await clerk.intake.correct.mutate({ caseId });
    const address = { ...draft.body.address, rt: '009' };
    const body = { ...draft.body, address, correctionNote: 'Salah tulis' };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    const [correction] = await lurah.period.corrections.query({ caseId });
    await lurah.period.decide.mutate({ correctionId: correction?.id ?? '', approve: true, answer: '' });
  }
  async function takeBack(caseId: string): Promise<void> {
    const lurah = await o.t.as('lurah');
    const { case: current } = await lurah.cases.get.query({ caseId });
    const back = { caseId, reason: 'Keluarga mencabut persetujuannya', version: current.version };
    await lurah.cases.takeStep.mutate({ ...back, action: 'tarik_kembali' });
  }
  /** What the province was sent of a case, and how it holds it. */
  async function records(caseId: string): Promise<unknown[]> {
    const { rows } = await province.server.pool.query(
      `SELECT record.kind, retracted_at IS NOT NULL AS retracted, rt FROM record
       JOIN province_case USING (case_id) WHERE case_id = $1 AND kind <> 'family.consent' ORDER BY record.version`,
      [caseId],
    );
    return rows.map(({ kind, retracted, rt }) => [kind, retracted, rt]);
  }

  it('is sent like any other unless the office keeps it back: then the outbox says why', async () => {
    const { caseId: sent } = await o.registered(1);
    await refuse(sent);
    o.legaliseRegistered(sent);
    await o.until(({ waiting }) => waiting === 0);

    await setSending(false);
    const { caseId: kept } = await o.registered(2);
    await refuse(kept);
    o.legaliseRegistered(kept);
    const other = await o.accepted(3);
    expect(await timesHeld(kept)).toBe(0);
    expect(await timesHeld(other)).toBe(1);
    expect(o.item(kept)).toMatchObject({
      state: 'menunggu',
      tries: 0,
      sentence: expect.stringContaining('keluarga menolak datanya dibagikan'),
    });
    const officer = await o.t.as('petugas_verifikasi');
    const courier: CourierView = await officer.courier.view.query();
    expect(courier.waiting).toBe(0);

    // The family says otherwise, or the office does: it goes by itself.
    const clerk = await o.t.as('petugas_loket');
    await clerk.cases.recordConsent.mutate({ caseId: kept, kind: '2' });
    await o.until(({ waiting }) => waiting === 0);
    const { consent, history } = await clerk.cases.get.query({ caseId: kept });
    expect(consent).toBe('2');
    expect(history.filter(({ type }) => type === 'persetujuan_dicatat').at(-1)?.detail).toBe(
      'Tidak setuju datanya dibagikan → Lisan, di hadapan petugas',
    );

    const { caseId: later } = await o.registered(4);
    await refuse(later);
    o.legaliseRegistered(later);
    await setSending(true);
    await o.until(({ waiting }) => waiting === 0);
    expect(await timesHeld(later)).toBe(1);
  });

  it('is taken back from the province past a correction that stays here, which is sent at no time', async () => {
    await setSending(false);
    const caseId = await o.accepted(1);
    await refuse(caseId);
    await correct(caseId);
    expect(o.item(caseId)).toMatchObject({ state: 'menunggu', tries: 0 });

    await takeBack(caseId);
    await o.until(({ waiting }) => waiting === 0);
    expect(await records(caseId)).toEqual([
      ['case.legalised', true, 1],
      ['case.retracted', true, 1],
    ]);
    const clerk = await o.t.as('petugas_loket');
    const { history } = await clerk.cases.get.query({ caseId });
    expect(history.map(({ type }) => type)).toContain('kiriman_gugur');

    // Neither the family's word nor the office's sends what nobody was to see.
    await clerk.cases.recordConsent.mutate({ caseId, kind: '2' });
    await setSending(true);
    expect(await o.accepted(2)).not.toBe(caseId);
    expect(await timesHeld(caseId)).toBe(2);
  });

  it('is taken back past a correction that was on its way, whether it came or not; nothing waits for it', async () => {
    await setSending(false);
    // One came, and its answer proved nothing; the other was lost with the program that sent it.
    const came = await o.accepted(1);
    const lost = await o.accepted(2);
    o.line.fault = onBatches(altering(() => ({ answers: [] })));
    await correct(came);
    await vi.waitFor(() => expect(o.item(came)?.tries).toBeGreaterThan(0), patient);
    await refuse(came);
    await vi.waitFor(() => expect(o.item(came)?.state).toBe('menunggu'), patient);
    await refuse(lost);
    await correct(lost);
    o.register().db.prepare('UPDATE outbox SET tries = 1 WHERE id = ?').run(o.item(lost)?.id);
    o.line.fault = null;
    expect(o.item(lost)?.sentence).toContain('penarikan itu tetap dikirim');
    for (const caseId of [came, lost]) await takeBack(caseId);
    await o.until(({ waiting }) => waiting === 0);
    expect(await records(came)).toEqual([
      ['case.legalised', true, 9],
      ['case.corrected', true, 9],
      ['case.retracted', true, 9],
    ]);
    expect(await records(lost)).toEqual([
      ['case.legalised', true, 1],
      ['case.retracted', true, 1],
    ]);
    for (const caseId of [came, lost]) {
      expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
      expect(o.stateOf(caseId)).toBe('DITARIK');
      const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
      expect(history.map(({ type }) => type)).toContain('kiriman_gugur');
    }
  });

  it('is taken back past a correction of which the answer could not be written down, once nobody waits for it', async () => {
    await setSending(false);
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await correct(caseId);
    await refuse(caseId);
    const { db } = o.register();
    const lease = o.t.clock.now().getTime() + 60_000;
    db.prepare(`UPDATE outbox SET state = 'dikirim', lease_until = ? WHERE id = ?`).run(
      new Date(lease).toISOString(),
      o.item(caseId)?.id,
    );
    await takeBack(caseId);
    o.line.fault = null;
    o.t.clock.advance(61_000);
    o.register().push?.wake();
    await o.until(({ waiting }) => waiting === 0);
    expect(await records(caseId)).toEqual([
      ['case.legalised', true, 1],
      ['case.retracted', true, 1],
    ]);
  });

  it('counts where it stood for the proof of both sides, once it is taken back though its only record is gone', async () => {
    await setSending(false);
    const { caseId } = await o.registered(1);
    // It came, and its answer proved nothing.
    o.line.fault = onBatches(altering(() => ({ answers: [] })));
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.item(caseId)?.tries).toBeGreaterThan(0), patient);
    await refuse(caseId);
    await vi.waitFor(() => expect(o.item(caseId)?.state).toBe('menunggu'), patient);
    o.line.fault = null;
    await takeBack(caseId);
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    const { mark } = await (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
    expect(mark).toMatchObject({ state: 'cocok', differences: 0 });
  });

  it('has no file carried by a courier either, though the record before it went out', async () => {
    await setSending(false);
    await o.until(() => findCourierKeys(o.register().db) !== null);
    o.line.fault = async (request, pass) =>
      request.url.includes('/v1/attachments/') ? await cut(request, pass) : await pass();
    const { caseId } = await o.registered(1);
    await upload(o.t, await o.t.tokenOf('petugas_loket'), '', png(), 'rumah.png', { caseId });
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await refuse(caseId);

    const { pool } = province.server;
    const { account } = await (await o.t.as('petugas_verifikasi')).session.current.query();
    const carry = async (): Promise<number | null> => {
      const { content } = await makeCourier(o.register(), account);
      await readCourier(pool, await loadServerKey(pool), content, provinceTime);
      o.t.clock.advance(60_000);
      return (await pool.query('SELECT 1 FROM attachment_chunk WHERE office_id = $1', [o.officeId()]))
        .rowCount;
    };
    expect(await carry()).toBe(0);
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind: '2' });
    expect(await carry()).toBe(1);
  });

  it('is not told of at all where the province never heard of it', async () => {
    await setSending(false);
    const { caseId } = await o.registered(1);
    await refuse(caseId);
    o.legaliseRegistered(caseId);
    await takeBack(caseId);
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITARIK');
    expect(o.item(caseId)).toBeUndefined();
    expect(await timesHeld(caseId)).toBe(0);
  });

  it('is heard at the counter alone', async () => {
    const { caseId } = await o.registered(1);
    const lurah = await o.t.as('lurah');
    expect(await codeOf(lurah.cases.recordConsent.mutate({ caseId, kind: '1' }))).toBe('not_allowed');
  });
});
