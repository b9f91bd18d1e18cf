import { describe, expect, it, vi } from 'vitest';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { listOpenClashes } from '../../electron/store/clashes.ts';
import { rejections } from '../../shared/provincial/problems.ts';
import { BatchResponseEnvelope } from '../../shared/provincial/wire.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { altering, cut, type Fault } from './line.ts';
import { changeThere, lendOffice, type PushingOffice, patient } from './pushing.ts';

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };

/** So many batches, and the office may have sent for ever: a case of two records wants a handful. */
const endless = 12;

describe('what builds on a record that is not answered yet', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  async function moveOffice(area: string): Promise<void> {
    await province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, o.officeId()]);
  }

  /** Where each record of the case stands, as it was queued. */
  const outbox = (caseId: string) =>
    o
      .register()
      .db.prepare('SELECT kind, state FROM outbox WHERE case_id = ? ORDER BY rowid')
      .raw()
      .all(caseId);

  /** Corrected and taken back while the line is cut, and then sent in one batch. */
  async function takenBackAfterCorrection(
    fault: Fault,
    meanwhile: (caseId: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await meanwhile(caseId);
    o.line.delivered.length = 0;
    o.line.fault = fault;
    o.register().push?.retryNow();
    return caseId;
  }

  const batches = () => o.line.count('/v1/batches');

  /** Waits until the newest record says this; one that is made anew and sent again and again shows before. */
  async function untilItSays(caseId: string, sentence: string): Promise<void> {
    await vi.waitFor(() => {
      if (batches() > endless) return;
      expect(o.item(caseId)?.sentence).toContain(sentence);
    }, patient);
    // Some looks at the line later it still stands there, and nothing was sent but what came due.
    const looks = o.line.count('/v1/health');
    await vi.waitFor(() => {
      expect(batches() > endless || o.line.count('/v1/health') > looks + 2).toBe(true);
    }, patient);
    expect(batches()).toBeLessThan(endless);
    expect(o.item(caseId)?.sentence).toContain(sentence);
  }

  async function laterOn(): Promise<void> {
    o.line.fault = null;
    o.t.clock.advance(5 * 60_000);
    o.register().push?.wake();
    await o.until(({ waiting }) => waiting === 0);
  }

  it('waits with it where it was rejected for it, and is a retraction on other ground once that is answered', async () => {
    const without = altering((answer) => {
      const batch = BatchResponseEnvelope.parse(answer);
      return { ...batch, answers: batch.answers.filter((said) => said['code'] !== 'outside_area') };
    });
    const caseId = await takenBackAfterCorrection(without, () => moveOffice('31.71.02.1001'));
    await untilItSays(
      caseId,
      'Menunggu jawaban provinsi untuk catatan sebelumnya dari berkas yang sama. Dikirim lagi sendiri.',
    );
    expect(outbox(caseId)).toEqual([
      ['case.legalised', 'diterima'],
      ['case.corrected', 'menunggu'],
      ['case.retracted', 'menunggu'],
    ]);

    // The correction alone comes due: what builds on it goes as soon as that is answered.
    o.register()
      .db.prepare(`UPDATE outbox SET next_try_at = created_at WHERE case_id = ? AND kind = 'case.corrected'`)
      .run(caseId);
    o.line.fault = null;
    o.register().push?.wake();
    await o.until(({ waiting }) => waiting === 0);
    expect(outbox(caseId)).toEqual([
      ['case.legalised', 'diterima'],
      ['case.corrected', 'ditolak'],
      ['case.retracted', 'ditolak'],
      ['case.retracted', 'diterima'],
    ]);
    expect(o.stateOf(caseId)).toBe('DITARIK');
    expect(o.status().rejected).toBe(0);
  });

  it('goes at once where that turns out to be accepted, and not when it would have come due by itself', async () => {
    // The correction's answer is lost; the retraction is said to be rejected for it.
    const mistaken = altering((answer) => {
      const { answers, ...batch } = BatchResponseEnvelope.parse(answer);
      const refused = { status: 'rejected', code: 'parent_rejected', field: 'parent' };
      const sentence = rejections.parent_rejected;
      return { ...batch, answers: answers.slice(1).map(({ key }) => ({ key, ...refused, sentence })) };
    });
    const caseId = await takenBackAfterCorrection(mistaken);
    await untilItSays(caseId, 'Menunggu jawaban provinsi');

    // The correction alone comes due.
    o.register()
      .db.prepare(`UPDATE outbox SET next_try_at = created_at WHERE case_id = ? AND kind = 'case.corrected'`)
      .run(caseId);
    o.line.fault = null;
    o.register().push?.wake();
    await o.until(({ waiting }) => waiting === 0);
    expect(outbox(caseId)).toEqual([
      ['case.legalised', 'diterima'],
      ['case.corrected', 'diterima'],
      ['case.retracted', 'diterima'],
    ]);
    expect(o.stateOf(caseId)).toBe('DITARIK');
  });

  it('waits with it where the province disagrees in a word that proves nothing yet', async () => {
    const unproven = altering((answer) => {
      const batch = BatchResponseEnvelope.parse(answer);
      return { ...batch, answers: batch.answers.map((said) => ({ ...said, proof: undefined })) };
    });
    const caseId = await takenBackAfterCorrection(unproven, (id) =>
      changeThere(province, id, 'household.address.rt', 7),
    );
    await untilItSays(caseId, 'Menunggu jawaban provinsi');
    expect(outbox(caseId)).toEqual([
      ['case.legalised', 'diterima'],
      ['case.corrected', 'menunggu'],
      ['case.retracted', 'menunggu'],
    ]);

    await laterOn();
    const choices = listOpenClashes(o.register().db, caseId).map(
      ({ id }) => ({ clashId: id, choice: 'kantor' }) as const,
    );
    expect(choices).toHaveLength(1);
    await (await o.t.as('lurah')).attention.resolve.mutate({ caseId, choices });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    expect(o.stateOf(caseId)).toBe('DITARIK');
  });

  it('sends no retraction anew that would say the same again, and asks a person', async () => {
    const caseId = await o.accepted(1);
    const always = altering((answer) => {
      const { answers, ...batch } = BatchResponseEnvelope.parse(answer);
      const refused = { status: 'rejected', code: 'parent_rejected', field: 'parent' };
      const sentence = rejections.parent_rejected;
      return { ...batch, answers: answers.map(({ key }) => ({ key, ...refused, sentence })) };
    });
    o.line.delivered.length = 0;
    o.line.fault = always;
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await untilItSays(caseId, rejections.parent_rejected);
    const lurah = await o.t.as('lurah');
    expect(await lurah.attention.list.query()).toMatchObject([{ kind: 'ditolak', caseId }]);

    // The province has got over it meanwhile: what the lurah decides is heard, under a key of its own.
    o.line.fault = null;
    takeStep(o.register(), theLurah, { caseId, action: 'tutup', reason: 'Salah keluarga' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    expect(await lurah.attention.list.query()).toEqual([]);
  });
});
