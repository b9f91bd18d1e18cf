import { describe, expect, it, vi } from 'vitest';
import { makeCourier } from '../../electron/services/courier.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { holds, rejections } from '../../shared/provincial/problems.ts';
import type { Consent } from '../../shared/domain/consent.ts';
import { withoutKinds } from '../faults/older-server.ts';
import { acceptBatch } from '../provincial-server/accept-batch.ts';
import { createApp } from '../provincial-server/app.ts';
import { readCourier } from '../provincial-server/courier.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { altering, cut, onBatches } from './line.ts';
import { lendOffice, patient, provinceTime, type PushingOffice } from './pushing.ts';
import { shownBy } from './shown.ts';

const lurah = { id: null, name: 'lurah', role: 'lurah' } as const;

describe('the province is told of a family that refuses to be shown', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  async function say(caseId: string, kind: Consent): Promise<void> {
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind });
  }

  const shown = (): Promise<string[]> => shownBy(province);

  /** What the province took of a case, as it came. */
  async function taken(caseId: string): Promise<unknown[]> {
    const { rows } = await province.server.pool.query(
      `SELECT kind, base_version, version, parent IS NOT NULL AS parent, body #>> '{consent,sharing}' AS sharing, body #>> '{consent,code}' AS code
       FROM record WHERE case_id = $1 AND kind = 'family.consent' ORDER BY version`,
      [caseId],
    );
    return rows.map((row) => [row.base_version, row.version, row.parent, row.sharing, row.code]);
  }

  async function sent(): Promise<void> {
    await o.until(({ waiting }) => waiting === 0);
  }

  async function history(caseId: string): Promise<string[]> {
    const { history: events } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    return events.map(({ type }) => type);
  }

  it('with the first record of its case, and ahead of it, where it refused before', async () => {
    const { caseId } = await o.registered(1);
    await say(caseId, '4');
    expect(o.words(caseId)).toEqual([]);
    o.line.fault = cut;
    o.legaliseRegistered(caseId);
    expect(o.words(caseId)).toMatchObject([
      { state: 'menunggu', sentence: expect.stringContaining('keluarga menolak datanya dibagikan') },
    ]);
    const batches: number[] = [];
    o.line.fault = onBatches(altering((answer) => (batches.push(Object(answer).answers.length), answer)));
    await sent();
    expect(await taken(caseId)).toEqual([[0, 1, false, 'refused', '4']]);
    expect(await shown()).not.toContain(caseId);
    expect(o.words(caseId)).toMatchObject([{ state: 'diterima', receipt: { id: expect.any(String) } }]);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect((await history(caseId)).filter((type) => type === 'persetujuan_dikabarkan')).toHaveLength(1);
    const { mark } = await (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
    expect(mark).toMatchObject({ state: 'cocok', differences: 0 });
  });

  it('and of no other: who agreed from the first is told of by nothing', async () => {
    const { caseId } = await o.registered(1);
    await say(caseId, '1');
    o.legaliseRegistered(caseId);
    await sent();
    expect(o.words(caseId)).toEqual([]);
    expect(await shown()).toContain(caseId);
  });

  it('at once where its case is there; what it says twice without a line goes in that order, by one event each', async () => {
    const caseId = await o.accepted(1);
    expect(await shown()).toContain(caseId);
    o.line.fault = cut;
    await say(caseId, '4');
    await say(caseId, '2');
    expect(o.words(caseId).map(({ sharing }) => sharing)).toEqual(['given', 'refused']);
    o.line.fault = null;
    await sent();
    expect(await taken(caseId)).toEqual([
      [0, 1, false, 'refused', '4'],
      [1, 2, true, 'given', '2'],
    ]);
    expect(await shown()).toContain(caseId);
    await say(caseId, '4');
    await sent();
    // The one before has its answer: nothing waits for it.
    expect((await taken(caseId)).at(-1)).toEqual([2, 3, false, 'refused', '4']);
    expect(await shown()).not.toContain(caseId);
    // The case stands where it stood, and each word has one event and one item.
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const types = await history(caseId);
    expect(types.filter((type) => type === 'persetujuan_dicatat')).toHaveLength(3);
    expect(types).not.toContain('persetujuan_dikabarkan');
  });

  it('once: its case is taken back, legalised anew and corrected, and it stays hidden', async () => {
    const caseId = await o.accepted(1);
    await say(caseId, '4');
    takeStep(o.register(), lurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await sent();
    takeStep(o.register(), lurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
    await sent();
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '009' }));
    await sent();
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    expect(await taken(caseId)).toHaveLength(1);
    expect(await shown()).not.toContain(caseId);
    await say(caseId, '3');
    await sent();
    expect(await shown()).toContain(caseId);
  });

  it('also by an office that keeps back what it refuses to share: that stays here, the word goes', async () => {
    await (await o.t.as('administrator')).settings.update.mutate({ sendRefusing: false });
    const caseId = await o.accepted(1);
    await say(caseId, '4');
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '009' }));
    await vi.waitFor(() => expect(o.words(caseId)[0]?.state).toBe('diterima'), patient);
    expect(o.item(caseId)).toMatchObject({ state: 'menunggu', tries: 0 });
    expect(await shown()).not.toContain(caseId);
  });

  it('when a server that does not know it yet is updated: until then it is held, and holds nothing of the case', async () => {
    const { pool } = province.server;
    const older = createApp({
      pool,
      serverKey: await loadServerKey(pool),
      now: () => provinceTime,
      take: withoutKinds(acceptBatch, ['family.consent']),
    });
    o.line.fault = async ({ url, init }) => await older.fetch(new Request(url, init));
    const { caseId } = await o.registered(1);
    await say(caseId, '4');
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.words(caseId)[0]?.state).toBe('ditahan'), patient);
    expect(o.words(caseId)[0]?.sentence).toContain(holds.kind_unknown);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '009' }));
    await vi.waitFor(() => expect(o.item(caseId)?.state).toBe('diterima'), patient);
    expect(await shown()).toContain(caseId);
    // It says otherwise meanwhile, and once more: all goes in its order.
    await say(caseId, '1');
    await say(caseId, '4');
    await vi.waitFor(
      () => expect(o.words(caseId).map(({ state }) => state)).toEqual(['ditahan', 'ditahan', 'ditahan']),
      patient,
    );
    o.line.fault = null;
    await (await o.t.as('petugas_verifikasi')).sync.retryNow.mutate();
    await sent();
    expect(await taken(caseId)).toMatchObject([
      [0, 1, false, 'refused', '4'],
      [1, 2, true, 'given', '1'],
      [2, 3, true, 'refused', '4'],
    ]);
    expect(await shown()).not.toContain(caseId);
  });

  it('at the first opening where it refused before the program told it; at no later one', async () => {
    const caseId = await o.accepted(1);
    const { caseId: never } = await o.registered(2);
    const { db } = o.register();
    const account = db.prepare('SELECT id FROM account LIMIT 1').pluck().get();
    for (const refusing of [caseId, never])
      db.prepare('INSERT OR REPLACE INTO case_consent VALUES (?, ?, ?, ?)').run(
        refusing,
        '4',
        provinceTime.toISOString(),
        account,
      );
    for (const _ of ['first', 'later']) {
      await o.t.restart();
      await o.t.as('petugas_loket');
      await vi.waitFor(() => expect(o.words(caseId)[0]?.state).toBe('diterima'), patient);
      expect(await taken(caseId)).toHaveLength(1);
    }
    expect(await shown()).not.toContain(caseId);
    expect(o.words(never)).toEqual([]);
  });

  it('as it is typed into a correction of a case that was sent', async () => {
    const caseId = await o.accepted(1);
    await o.correct(caseId, (body) => Object.assign(body, { consent: '4', phone: '0215551234' }));
    await sent();
    const { consent } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(consent).toBe('4');
    expect(await shown()).not.toContain(caseId);
    // And of nothing else: there is nothing for the lurah to decide.
    const clerk = await o.t.as('petugas_loket');
    const draft = await clerk.intake.correct.mutate({ caseId });
    const body = { ...draft.body, consent: '3', correctionNote: 'Keluarga setuju lagi' };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    await sent();
    expect(await shown()).toContain(caseId);
    expect(await clerk.period.corrections.query({ caseId })).toHaveLength(1);
  });

  it('and of nothing that a correction was begun with: what it says at its case meanwhile stands', async () => {
    const { caseId: registered } = await o.registered(1);
    const accepted = await o.accepted(2);
    const clerk = await o.t.as('petugas_loket');
    for (const caseId of [registered, accepted]) {
      await say(caseId, '2');
      const draft = await clerk.intake.correct.mutate({ caseId });
      expect(draft.body.consent).toBe('2');
      o.t.clock.advance(1_000);
      await say(caseId, '4');
      const body = { ...draft.body, phone: '0215551234', correctionNote: 'Nomor baru' };
      const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
      await clerk.intake.register.mutate({ draftId: draft.id, version });
      expect((await clerk.cases.get.query({ caseId })).consent).toBe('4');
    }
    await sent();
    expect(await shown()).not.toContain(accepted);
  });

  it('when its case goes into another one, which it hides; separated, that is shown again', async () => {
    const kept = await o.accepted(1);
    const { caseId: other } = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(2));
    o.t.clock.advance(1_000);
    await say(other, '4');
    const officer = await o.t.as('petugas_verifikasi');
    const beside = await officer.merge.compare.query({ keptId: kept, otherId: other });
    const { mergeId } = await officer.merge.merge.mutate({
      kept: { caseId: kept, version: beside.kept.version },
      other: { caseId: other, version: beside.other.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    await sent();
    const consentOf = async () =>
      (await (await o.t.as('petugas_loket')).cases.get.query({ caseId: kept })).consent;
    expect(await consentOf()).toBe('4');
    expect(await shown()).not.toContain(kept);
    await officer.merge.separate.mutate({ mergeId, reason: 'Ternyata dua keluarga' });
    await sent();
    expect(await consentOf()).not.toBe('4');
    expect(await shown()).toContain(kept);
  });

  it.each([
    ['one', ['1'], 'given'],
    ['two', ['1', '4'], 'refused'],
  ] as const)(
    'waits for none before it that has its answer here and comes no more: %s told after it',
    async (_, kinds, sharing) => {
      const caseId = await o.accepted(1);
      o.line.fault = cut;
      await say(caseId, '4');
      for (const kind of kinds) await say(caseId, kind);
      // The province refused the first one, and an old copy was put back there since: neither is known to it.
      o.register()
        .db.prepare(`UPDATE outbox SET state = 'ditolak' WHERE id = ?`)
        .run(o.words(caseId).at(-1)?.id);
      o.line.fault = null;
      o.register().push?.retryNow();
      await sent();
      expect(o.words(caseId).map(({ state }) => state)).toEqual(['diterima', 'ditolak']);
      expect(await taken(caseId)).toMatchObject([
        [expect.any(Number), expect.any(Number), false, sharing, kinds.at(-1)],
      ]);
      const { proof } = await o.t.as('petugas_verifikasi');
      expect(await proof.compare.mutate()).toMatchObject({ differences: [], mark: { state: 'cocok' } });
    },
  );

  it('and a person is told where the province refuses to hear it; recorded again, it is told again', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = onBatches(
      altering((answer) => ({
        ...Object(answer),
        answers: Object(answer).answers.map(({ key }: { key: string }) => ({
          key,
          status: 'rejected',
          code: 'unstorable',
          field: null,
          sentence: rejections.unstorable,
        })),
      })),
    );
    await say(caseId, '4');
    await vi.waitFor(() => expect(o.words(caseId)[0]?.state).toBe('ditolak'), patient);
    // It waits for a person: no opening tells it anew.
    await o.t.restart();
    await o.t.as('petugas_loket');
    expect(o.words(caseId)).toHaveLength(1);
    o.line.fault = null;
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(o.status()).toMatchObject({ rejected: 1, attention: 1 });
    const officer = await o.t.as('petugas_verifikasi');
    expect(await officer.attention.list.query()).toMatchObject([
      { kind: 'kabar', caseId, sentence: expect.stringContaining('catat lagi persetujuannya') },
    ]);
    await say(caseId, '4');
    await sent();
    expect(o.words(caseId).map(({ state }) => state)).toEqual(['diterima', 'ditolak']);
    expect(o.status()).toMatchObject({ rejected: 0, attention: 0 });
    expect(await officer.attention.list.query()).toEqual([]);
    expect(await shown()).not.toContain(caseId);
  });

  it('by a courier as by the line', async () => {
    await o.until(() => findCourierKeys(o.register().db) !== null);
    o.line.fault = cut;
    const { caseId } = await o.registered(1);
    await say(caseId, '4');
    o.legaliseRegistered(caseId);
    const { pool } = province.server;
    const { account } = await (await o.t.as('petugas_verifikasi')).session.current.query();
    const { content } = await makeCourier(o.register(), account);
    const read = await readCourier(pool, await loadServerKey(pool), content, provinceTime);
    expect(read.records).toBe(2);
    expect(await taken(caseId)).toHaveLength(1);
    expect(await shown()).not.toContain(caseId);
  });
});
