import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { listOpenClashes } from '../../electron/store/clashes.ts';
import { findNewestTold } from '../../electron/store/sync.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { readField, writeField } from '../../shared/provincial/merge.ts';
import { rejections } from '../../shared/provincial/problems.ts';
import { listFailing } from '../provincial-server/operator/overview.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut, onBatches } from './line.ts';
import { codeOf, kelurahan } from './office.ts';
import { changeThere, lendOffice, type PushingOffice, patient, provinceTime, takenDown } from './pushing.ts';

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };

describe('corrections, and what the province changes meanwhile', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const provinceSays = (caseId: string, path: string, value: unknown) =>
    changeThere(province, caseId, path, value);

  /** The province gives the office to another area, which makes it reject what comes. */
  async function moveOffice(area: string): Promise<void> {
    await province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, o.officeId()]);
  }

  const taken = () => takenDown(o, province);

  it('follows the province where it left a field alone, and keeps both values where it did not', async () => {
    const caseId = await o.accepted(1);
    await provinceSays(caseId, 'household.address.rt', 8);
    await provinceSays(caseId, 'household.roof', 'seng');
    await taken();
    const clerk = await o.t.as('petugas_loket');
    expect((await clerk.cases.get.query({ caseId })).case.household.address.rt).toBe(8);
    expect(listOpenClashes(o.register().db, caseId)).toEqual([]);

    // Both sides now change the same field, and the province another one beside it.
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await provinceSays(caseId, 'household.address.rt', 7);
    await provinceSays(caseId, 'household.phone', '021-555');
    o.line.fault = null;
    await vi.waitFor(() => expect(listOpenClashes(o.register().db, caseId)).toHaveLength(1), patient);
    await taken();
    const lurah = await o.t.as('lurah');
    const [item] = await lurah.attention.list.query();
    if (item?.kind !== 'pertentangan') throw new Error('No clash is shown.');
    expect(item.fields).toMatchObject([
      {
        label: 'RT rumah tangga',
        ours: '9',
        oursBy: expect.stringMatching(/^petugas_loket/),
        theirs: '7',
        theirsBy: 'Dinas Dukcapil',
      },
    ]);
    const { household } = (await clerk.cases.get.query({ caseId })).case;
    expect([household.address.rt, household.phone]).toEqual([9, '021-555']);

    // The office's value stays: it is sent again, on the province's version, with what only the province had.
    await lurah.attention.resolve.mutate({
      caseId,
      choices: item.fields.map(({ id }) => ({ clashId: id, choice: 'kantor' })),
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { rows } = await province.server.pool.query(
      'SELECT kind, body FROM record WHERE case_id = $1 ORDER BY received_at DESC, version DESC LIMIT 1',
      [caseId],
    );
    expect(rows).toMatchObject([
      {
        kind: 'case.corrected',
        body: { household: { address: { rt: 9 }, phone: '021-555', roof: 'seng' } },
      },
    ]);
    expect(await lurah.attention.list.query()).toEqual([]);
  });

  it('takes back what the province still holds of a case that is closed after a rejection', async () => {
    const caseId = await o.accepted(1);
    await moveOffice('31.71.02.1001');
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    await moveOffice(kelurahan);

    takeStep(o.register(), theLurah, { caseId, action: 'tutup', reason: 'Pindah kota' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITUTUP');
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    const { rows } = await province.server.pool.query(
      `SELECT kind, body -> 'retraction' ->> 'reason' AS reason, retracted_at IS NOT NULL AS retracted
       FROM record JOIN province_case USING (case_id) WHERE case_id = $1 ORDER BY record.version DESC LIMIT 1`,
      [caseId],
    );
    expect(rows).toEqual([{ kind: 'case.retracted', reason: 'Pindah kota', retracted: true }]);
    expect(await (await o.t.as('lurah')).attention.list.query()).toEqual([]);

    // Of a case that the province never heard of there is nothing to take back.
    const { caseId: never } = await o.registered(2);
    const verifier: ServiceActor = { id: null, name: 'verifier', role: 'petugas_verifikasi' };
    takeStep(o.register(), verifier, {
      caseId: never,
      action: 'tetapkan_identifikasi',
      met: ['pencocokan_diputuskan'],
    });
    takeStep(o.register(), theLurah, { caseId: never, action: 'tutup', reason: 'Pindah kota' });
    expect(o.item(never)).toBeUndefined();
  });

  it('takes a case back on what the province holds where the correction before it is rejected', async () => {
    const caseId = await o.accepted(1);
    const { pool } = province.server;
    await moveOffice('31.71.02.1001');
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    o.line.fault = null;
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITARIK');
    const { rows } = await pool.query(
      `SELECT kind, body -> 'retraction' ->> 'reason' AS reason, retracted_at IS NOT NULL AS retracted
       FROM record JOIN province_case USING (case_id) WHERE case_id = $1 ORDER BY record.version DESC LIMIT 1`,
      [caseId],
    );
    expect(rows).toEqual([{ kind: 'case.retracted', reason: 'Salah keluarga', retracted: true }]);
    expect(o.status().rejected).toBe(0);
    expect(await (await o.t.as('lurah')).attention.list.query()).toEqual([]);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.map(({ type }) => type)).toContain('catatan_dikirim_ulang');
  });

  it('leaves a rejected retraction alone that a later record of the case has overtaken', async () => {
    const caseId = await o.accepted(1);
    const { pool } = province.server;
    await moveOffice('31.71.02.1001');
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    takeStep(o.register(), theLurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
    o.line.fault = null;
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITOLAK');
    const sent = async () =>
      (
        await pool.query(
          'SELECT kind, retracted_at IS NOT NULL AS retracted, rt FROM record JOIN province_case USING (case_id) WHERE case_id = $1 ORDER BY record.version',
          [caseId],
        )
      ).rows;
    expect(await sent()).toEqual([{ kind: 'case.legalised', retracted: false, rt: 1 }]);

    await moveOffice(kelurahan);
    takeStep(o.register(), theLurah, { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah benar' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await sent()).toEqual([
      { kind: 'case.legalised', retracted: false, rt: 9 },
      { kind: 'case.corrected', retracted: false, rt: 9 },
    ]);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.map(({ type }) => type)).not.toContain('catatan_dikirim_ulang');
  });

  it('legalises a case anew that was taken back, where that was rejected at first: there is nothing to correct', async () => {
    const caseId = await o.accepted(1);
    const { pool } = province.server;
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await o.until(({ waiting }) => waiting === 0);
    await moveOffice('31.71.02.1001');
    takeStep(o.register(), theLurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITOLAK');

    await moveOffice(kelurahan);
    takeStep(o.register(), theLurah, { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah benar' });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const { rows } = await pool.query(
      'SELECT retracted_at IS NULL AS stands FROM province_case WHERE case_id = $1',
      [caseId],
    );
    expect(rows).toEqual([{ stands: true }]);
  });

  it('tells the province of a case that it never held but rejected, when it is closed', async () => {
    const { caseId } = await o.registered(1);
    const { pool } = province.server;
    await moveOffice('31.71.02.1001');
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    await moveOffice(kelurahan);
    expect((await listFailing(pool, o.officeId())).map((item) => item.caseId)).toEqual([caseId]);

    takeStep(o.register(), theLurah, { caseId, action: 'tutup', reason: 'Pindah kota' });
    await o.until(({ waiting }) => waiting === 0);
    expect([o.stateOf(caseId), o.item(caseId)]).toMatchObject(['DITUTUP', { state: 'ditolak' }]);
    expect(await listFailing(pool, o.officeId())).toEqual([]);
    expect((await o.status()).rejected).toBe(0);
  });

  it('sends a case on what the province gave a receipt for where that has lost a change of its own', async () => {
    const caseId = await o.accepted(1);
    const { pool } = province.server;
    await provinceSays(caseId, 'household.address.rt', 7);
    await taken();
    await pool.query('UPDATE province_case SET version = 1, rt = 1 WHERE case_id = $1', [caseId]);
    await pool.query('DELETE FROM case_version WHERE case_id = $1 AND version = 2', [caseId]);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    const again = { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah diperiksa' } as const;
    takeStep(o.register(), theLurah, again);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { rows } = await pool.query(
      `SELECT rt, body -> 'household' ->> 'phone' AS phone FROM province_case JOIN record ON key = record_key WHERE province_case.case_id = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ rt: 7, phone: '021-555' }]);
  });

  it('follows the province where it takes a member out, and can still send the case', async () => {
    const caseId = await o.accepted(1);
    const clerk = await o.t.as('petugas_loket');
    const { members } = (await clerk.cases.get.query({ caseId })).case.household;
    const left = members.at(-1);
    const edits = [{ path: `members.${left?.id}`, value: null }];
    expect(
      await changeCase(province.server.pool, { caseId, edits, by: 'Dinas', reason: 'Pindah' }, provinceTime),
    ).toBeGreaterThan(1);
    await taken();
    const { household } = (await clerk.cases.get.query({ caseId })).case;
    expect(household.members.map(({ id }) => id)).toEqual(members.slice(0, -1).map(({ id }) => id));
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(listOpenClashes(o.register().db, caseId)).toEqual([]);
  });

  it('tells of a member who comes and of one who goes by a correction that the lurah approved', async () => {
    const caseId = await o.accepted(1);
    const clerk = await o.t.as('petugas_loket');
    const names = async () =>
      (await clerk.cases.get.query({ caseId })).case.household.members.map(({ name }) => name);
    await o.correct(caseId, ({ members }) => {
      const [child] = members.splice(-1);
      if (child !== undefined)
        members.push({ ...child, id: randomUUID(), name: 'Bayi Uji', nik: '3171010509100899' });
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect((await names()).slice(2)).toEqual(['Bayi Uji']);
    const { rows } = await province.server.pool.query(
      `SELECT member_names FROM province_case WHERE case_id = $1`,
      [caseId],
    );
    expect(JSON.stringify(rows)).toMatch(/bayi uji/i);
  });

  it('follows the province when that is chosen, and sends the rest of its correction', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9', street: 'Jl. Baru 2' }));
    await provinceSays(caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.status().attention).toBe(1), patient);
    const [clash] = listOpenClashes(o.register().db, caseId);
    const verifier = await o.t.as('petugas_verifikasi');
    expect(
      await codeOf(
        verifier.attention.resolve.mutate({ caseId, choices: [{ clashId: randomUUID(), choice: 'kantor' }] }),
      ),
    ).toBe('clash_gone');
    await verifier.attention.resolve.mutate({
      caseId,
      choices: [{ clashId: clash?.id ?? '', choice: 'provinsi' }],
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { rows } = await province.server.pool.query(
      'SELECT rt, street FROM province_case WHERE case_id = $1',
      [caseId],
    );
    expect(rows).toEqual([{ rt: 7, street: 'Jl. Baru 2' }]);
  });

  it('sends a correction again that was rejected while another field of it was to be chosen', async () => {
    const caseId = await o.accepted(1);
    const { pool } = province.server;
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9', street: 'Jl. Baru 2' }));
    await provinceSays(caseId, 'household.address.rt', 7);
    // What the province changed is here before the correction is there.
    const error = { code: 'not_yet', sentence: 'Belum bisa.', field: null };
    o.line.fault = onBatches(() => Promise.resolve(Response.json({ wire: 1, error }, { status: 422 })));
    await taken();
    const [clash] = listOpenClashes(o.register().db, caseId);
    expect(clash?.origin).toBe('turun');
    await moveOffice('31.71.02.1001');
    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'ditolak' }), patient);
    // Not all is sent, nor is anything dealt with yet.
    expect(o.item(caseId)?.sentence).toBe(rejections.outside_area);
    expect(o.status().rejected).toBe(1);

    await moveOffice(kelurahan);
    const lurah = await o.t.as('lurah');
    await lurah.attention.resolve.mutate({
      caseId,
      choices: [{ clashId: clash?.id ?? '', choice: 'provinsi' }],
    });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { rows } = await pool.query('SELECT rt, street FROM province_case WHERE case_id = $1', [caseId]);
    expect(rows).toEqual([{ rt: 7, street: 'Jl. Baru 2' }]);
  });

  it('is decided as well where the case stands rejected: its legalisation anew tells what was chosen', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await provinceSays(caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.status().attention).toBe(1), patient);
    // Another record of the case was rejected meanwhile.
    o.register().db.prepare(`UPDATE case_file SET state = 'DITOLAK' WHERE id = ?`).run(caseId);
    const lurah = await o.t.as('lurah');
    const choices = listOpenClashes(o.register().db, caseId).map(({ id }) => ({
      clashId: id,
      choice: 'kantor' as const,
    }));
    expect(await lurah.attention.resolve.mutate({ caseId, choices })).toEqual({ told: 'perbaikan' });
    const again = { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah diperbaiki' } as const;
    takeStep(o.register(), theLurah, again);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { rows } = await province.server.pool.query('SELECT rt FROM province_case WHERE case_id = $1', [
      caseId,
    ]);
    expect(rows).toEqual([{ rt: 9 }]);
  });

  it('tells the province what was chosen, also where the case was legalised anew with the other value meanwhile', async () => {
    const caseId = await o.accepted(1);
    const { db } = o.register();
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    // The province rejected the correction, then changed the field itself.
    db.prepare(`UPDATE outbox SET state = 'ditolak' WHERE case_id = ? AND state <> 'diterima'`).run(caseId);
    db.prepare(`UPDATE case_file SET state = 'DITOLAK' WHERE id = ?`).run(caseId);
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await takenDown(o, province);
    takeStep(o.register(), theLurah, {
      caseId,
      action: 'perbaiki_dan_sahkan_ulang',
      reason: 'Sudah diperbaiki',
    });
    // As a version queued it that did not yet leave to the province what waits for a choice.
    const body: unknown = JSON.parse(findNewestTold(db, caseId)?.body ?? '');
    expect(readField(body, 'household.address.rt')).toBe(7);
    const other = canonicalJson(writeField(body, 'household.address.rt', 9));
    db.prepare(
      'UPDATE outbox SET body = @other, body_hash = @hash WHERE case_id = @caseId AND rowid = (SELECT max(rowid) FROM outbox)',
    ).run({ caseId, other, hash: createHash('sha256').update(other).digest('hex') });
    const choices = listOpenClashes(db, caseId).map(({ id }) => ({
      clashId: id,
      choice: 'provinsi' as const,
    }));
    const lurah = await o.t.as('lurah');
    expect(await lurah.attention.resolve.mutate({ caseId, choices })).toEqual({ told: 'sekarang' });
    await o.until(({ waiting }) => waiting === 0);
    const { rows } = await province.server.pool.query('SELECT rt FROM province_case WHERE case_id = $1', [
      caseId,
    ]);
    expect([o.stateOf(caseId), rows]).toEqual(['DITERIMA', [{ rt: 7 }]]);
  });

  it('changes nothing of what was legalised before another lurah\u2019s word, and takes a case back', async () => {
    const caseId = await o.accepted(1);
    const clerk = await o.t.as('petugas_loket');
    const draft = await clerk.intake.correct.mutate({ caseId });
    Object.assign(draft.body.address, { rt: '9' });
    const saved = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: draft.body,
    });
    expect(await codeOf(clerk.intake.register.mutate({ draftId: draft.id, version: saved.version }))).toBe(
      'invalid_household',
    );
    Object.assign(draft.body, { correctionNote: 'Salah tulis' });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: saved.version,
      body: draft.body,
    });
    await clerk.intake.register.mutate({ draftId: draft.id, version });
    expect((await clerk.cases.get.query({ caseId })).case.household.address.rt).toBe(1);
    const lurah = await o.t.as('lurah');
    const [correction] = await lurah.period.corrections.query({ caseId });
    expect(correction).toMatchObject({ subject: 'RT, Alamat', before: 'RT: 001', after: 'RT: 009' });
    await lurah.period.decide.mutate({ correctionId: correction?.id ?? '', approve: true, answer: '' });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);

    const { case: current } = await lurah.cases.get.query({ caseId });
    await lurah.cases.takeStep.mutate({
      caseId,
      action: 'tarik_kembali',
      reason: 'Keluarga sudah pindah',
      version: current.version,
    });
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query(
        'SELECT retracted_at IS NOT NULL AS retracted, rt FROM province_case WHERE case_id = $1',
        [caseId],
      );
      expect(rows).toEqual([{ retracted: true, rt: 9 }]);
    }, patient);
    expect(o.stateOf(caseId)).toBe('DITARIK');
  });
});
