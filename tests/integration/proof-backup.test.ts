import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { insertIdentification } from '../../electron/store/identification.ts';
import type { ProofView } from '../../shared/contract/proof.ts';
import { publish } from '../provincial-server/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut, onBatches } from './line.ts';
import type { Client } from './office.ts';
import { changeThere, lendOffice, type PushingOffice, patient, provinceTime, takenDown } from './pushing.ts';

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };

describe('the proof, after an old backup was put back', () => {
  let o: PushingOffice;
  let province: TestProvince;
  lendOffice((lent) => ({ province, o } = lent));

  const verifier = (): Promise<Client> => o.t.as('petugas_verifikasi');
  const compare = async (): Promise<ProofView> => (await verifier()).proof.compare.mutate();
  const repair = async (caseId: string, from: 'kantor' | 'provinsi'): Promise<ProofView> =>
    (await verifier()).proof.repair.mutate({ caseId, subject: 'berkas', from });
  const file = () => join(o.t.dataDir, 'register.db');
  const copy = () => join(o.t.dataDir, 'cadangan.db');

  async function backUp(): Promise<void> {
    // Accounts that the backup does not know could not log in after it.
    await verifier();
    await o.t.as('lurah');
    await o.t.office.close();
    copyFileSync(file(), copy());
    await o.t.restart();
  }
  async function putBack(): Promise<void> {
    await o.t.office.close();
    copyFileSync(copy(), file());
    await o.t.restart();
  }

  it('gets the receipt that the backup does not know, without a difference', async () => {
    const caseId = await o.legalise(1);
    await o.until(({ waiting }) => waiting === 0);
    await backUp();
    await o.until(({ confirmed }) => confirmed === 1);
    const mended = await o.accepted(2);
    await putBack();
    expect((await compare()).differences).toMatchObject([
      { caseId: mended, kind: 'hilang_di_kantor', headName: null },
    ]);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('makes a case that was registered since again from the proven record, and gives no number twice', async () => {
    await o.accepted(1);
    await o.until(({ numbersLeft }) => numbersLeft !== null && numbersLeft > 0);
    await backUp();
    const lost = await o.accepted(2);
    const before = (await (await o.t.as('lurah')).cases.get.query({ caseId: lost })).case;
    await putBack();
    await compare();
    const view = await repair(lost, 'provinsi');
    expect(view.differences).toMatchObject([{ caseId: lost, mendedFrom: 'provinsi' }]);
    const { case: after, history } = await (await o.t.as('lurah')).cases.get.query({ caseId: lost });
    expect(after).toMatchObject({
      number: before.number,
      provinceNumber: before.provinceNumber,
      serial: before.serial,
      state: 'DITERIMA',
      household: before.household,
    });
    expect(history.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['pulihkan_dari_provinsi', 'catatan_dari_provinsi']),
    );
    expect((await compare()).mark?.state).toBe('cocok');
    const next = await o.accepted(3);
    const { case: fresh } = await (await o.t.as('lurah')).cases.get.query({ caseId: next });
    expect(fresh.provinceNumber).not.toBe(before.provinceNumber);
    expect(fresh.serial).toBeGreaterThan(before.serial);
  });

  it('gives a case its number back that another was given meanwhile, on paper too; that one gets the next', async () => {
    await o.until(({ numbersLeft }) => numbersLeft !== null && numbersLeft > 0);
    await backUp();
    const lost = await o.accepted(1);
    const numbersOf = async (caseId: string) => {
      const { number, provinceNumber } = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case;
      return { number, provinceNumber };
    };
    const before = await numbersOf(lost);
    await putBack();
    const newcomer = await o.registered(2);
    expect(await numbersOf(newcomer.caseId)).toEqual(before);
    await compare();
    await repair(lost, 'provinsi');
    expect(await numbersOf(lost)).toEqual(before);
    const next = `JKT-${String(Number(before.number.slice(4)) + 1).padStart(8, '0')}`;
    expect(await numbersOf(newcomer.caseId)).toEqual({ number: next, provinceNumber: next });
    o.legaliseRegistered(newcomer.caseId);
    await vi.waitFor(() => expect(o.stateOf(newcomer.caseId)).toBe('DITERIMA'), patient);
    await o.correct(lost, (draft) => Object.assign(draft.address, { rt: '009' }));
    await o.until(({ waiting }) => waiting === 0);
    const { rows } = await province.server.pool.query(
      'SELECT province_number FROM province_case WHERE case_id = ANY($1) ORDER BY 1',
      [[lost, newcomer.caseId]],
    );
    expect(rows.map((row) => row.province_number)).toEqual([before.number, next]);
  });

  it('leaves the number on one paper alone, where the newcomer got another of the province before', async () => {
    await o.until(({ numbersLeft }) => numbersLeft !== null && numbersLeft > 0);
    await backUp();
    const lost = await o.accepted(1);
    await putBack();
    const newcomer = await o.registered(2);
    o.legaliseRegistered(newcomer.caseId);
    await vi.waitFor(() => expect(o.stateOf(newcomer.caseId)).toBe('DITERIMA'), patient);
    const numbersOf = async (caseId: string) => {
      const { number, provinceNumber } = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case;
      return { number, provinceNumber: provinceNumber ?? '' };
    };
    const { number, provinceNumber: own } = await numbersOf(newcomer.caseId);
    expect(own).not.toBe(number);
    await compare();
    await repair(lost, 'provinsi');
    expect(await numbersOf(lost)).toEqual({ number, provinceNumber: number });
    expect(await numbersOf(newcomer.caseId)).toEqual({ number: own, provinceNumber: own });
    const { history } = await (await o.t.as('lurah')).cases.get.query({ caseId: newcomer.caseId });
    expect(history.map(({ label }) => label)).toContain('Nomor berkas diganti');
  });

  it('makes a case again with what the province had changed of it, and asks to be mended', async () => {
    const { pool } = province.server;
    await o.accepted(1);
    await backUp();
    const lost = await o.accepted(2);
    const clerk = () => o.t.as('petugas_loket');
    const household = async () => (await (await clerk()).cases.get.query({ caseId: lost })).case.household;
    // Merged with a correction here, then one that no record tells of.
    o.line.fault = cut;
    await o.correct(lost, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, lost, 'household.phone', '021-555');
    o.line.fault = null;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.stateOf(lost)).toBe('DITERIMA'), patient);
    await changeThere(province, lost, 'household.address.street', 'Jl. Baru 1');
    const asked = {
      caseId: lost.toUpperCase(),
      key: null,
      code: 'x',
      field: null,
      sentence: 'Periksa lagi.',
      by: 'Dinas',
    };
    const issuedAt = new Date(provinceTime.getTime() + 1_000);
    const to = { officeId: o.officeId() };
    await publish(pool, { id: randomUUID(), to, kind: 'record.rejected', issuedAt, body: asked });
    await putBack();
    await takenDown(o, province);
    await compare();
    await repair(lost, 'provinsi');
    const restored = { address: { rt: 9, street: 'Jl. Baru 1' }, phone: '021-555' };
    expect(await household()).toMatchObject(restored);
    expect(await (await o.t.as('lurah')).attention.list.query()).toMatchObject([
      { kind: 'tugas', caseId: lost, sentence: 'Periksa lagi.' },
    ]);
    expect((await compare()).mark?.state).toBe('cocok');

    // What is sent now takes nothing of it back.
    await o.correct(lost, (body) => Object.assign(body.address, { rw: '2' }));
    await vi.waitFor(() => expect(o.stateOf(lost)).toBe('DITERIMA'), patient);
    const { rows } = await pool.query(
      'SELECT body FROM record WHERE case_id = $1 ORDER BY version DESC LIMIT 1',
      [lost],
    );
    expect(rows).toMatchObject([{ body: { household: restored } }]);
  });

  it('makes a case again though something that came down of it cannot be applied, which is kept', async () => {
    await o.accepted(1);
    await backUp();
    const lost = await o.accepted(2);
    await changeThere(province, lost, 'household.phone', '021-555');
    await publish(province.server.pool, {
      id: randomUUID(),
      to: { officeId: o.officeId() },
      kind: 'record.rejected',
      issuedAt: new Date(provinceTime.getTime() + 1_000),
      body: { caseId: lost, key: null, code: 'x', field: null, sentence: 'Periksa lagi.', by: 'Dinas' },
    });
    await putBack();
    await takenDown(o, province);
    await compare();
    const { db } = o.register();
    db.exec(`CREATE TEMP TRIGGER poison BEFORE INSERT ON task BEGIN SELECT RAISE(ABORT, 'poison'); END`);
    await repair(lost, 'provinsi');
    const lurah = await o.t.as('lurah');
    expect((await lurah.cases.get.query({ caseId: lost })).case.household.phone).toBe('021-555');
    expect(await lurah.attention.list.query()).toMatchObject([
      { kind: 'berita_gagal', count: 1, cases: [{ caseId: lost }] },
    ]);
    db.exec('DROP TRIGGER poison');
    retryNow(o.register());
    expect(await lurah.attention.list.query()).toMatchObject([{ kind: 'tugas', caseId: lost }]);
  });

  it('puts what comes back before what waits, so that the answer to that moves the case', async () => {
    const { caseId } = await o.registered(1);
    await backUp();
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await putBack();
    o.line.fault = onBatches(cut);
    o.legaliseRegistered(caseId);
    await compare();
    await repair(caseId, 'provinsi');
    expect(await compare()).toMatchObject({ differences: [{ caseId, mendedFrom: 'provinsi' }] });
    expect(o.item(caseId)?.state).not.toBe('diterima');
    o.line.fault = null;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITOLAK'), patient);
    expect(o.status()).toMatchObject({ rejected: 1 });
  });

  it('shows both values where the case went another way since, and brings it to where the province has it', async () => {
    const { caseId } = await o.registered(1);
    await backUp();
    o.legaliseRegistered(caseId);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await putBack();
    expect(o.stateOf(caseId)).toBe('TERDAFTAR');
    o.register().db.prepare(`UPDATE case_file SET phone = '0215550' WHERE id = ?`).run(caseId);
    const { account } = await (await verifier()).session.current.query();
    insertIdentification(o.register().db, {
      id: crypto.randomUUID(),
      caseId,
      result: 'berubah',
      proposed: 'berubah',
      overrideReason: null,
      modelVersion: 'uji',
      caseVersion: 1,
      stroke: 'uji',
      decidedBy: account.id,
      decidedAt: o.t.clock.now().toISOString(),
      links: [],
    });
    await compare();
    await repair(caseId, 'provinsi');
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const [item] = await (await o.t.as('lurah')).attention.list.query();
    expect(item).toMatchObject({
      kind: 'pertentangan',
      caseId,
      fields: [
        { ours: '0215550', theirs: null },
        { label: 'hasil identifikasi', ours: 'Sudah terdaftar, berubah', theirs: null },
      ],
    });
    expect((await compare()).mark?.state).toBe('cocok');
  });

  it('leaves a case taken back that the lurah took back since, and tells the province on what it holds', async () => {
    const caseId = await o.accepted(1);
    await backUp();
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await o.until(({ waiting }) => waiting === 0);
    await putBack();
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
    await compare();
    await repair(caseId, 'provinsi');
    expect(o.stateOf(caseId)).toBe('DITARIK');

    const lurah = await o.t.as('lurah');
    const shown = (await lurah.attention.list.query()).flatMap((item) =>
      item.kind === 'pertentangan' ? item.fields : [],
    );
    expect(shown.length).toBeGreaterThan(0);
    await lurah.attention.resolve.mutate({
      caseId,
      choices: shown.map(({ id }) => ({ clashId: id, choice: 'kantor' })),
    });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITARIK');
    const { rows } = await province.server.pool.query(
      'SELECT retracted_at IS NOT NULL AS retracted FROM province_case WHERE case_id = $1',
      [caseId],
    );
    expect(rows).toEqual([{ retracted: true }]);
  });
});
