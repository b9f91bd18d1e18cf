import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import type { ProofView } from '../../shared/contract/proof.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { kelurahan } from './office.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

const theLurah = { id: null, name: 'lurah', role: 'lurah' } as const;

describe('the proof of what is stated as received and has lost its receipt', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // The look that every office takes by itself is over: what a test asks for is the only one.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const compare = async (): Promise<ProofView> => (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
  const repair = async (caseId: string, from: 'kantor' | 'provinsi'): Promise<ProofView> =>
    (await o.t.as('petugas_verifikasi')).proof.repair.mutate({ caseId, subject: 'berkas', from });

  async function held(caseId: string): Promise<{ key: string; hash: string }[]> {
    const { rows } = await province.server.pool.query(
      'SELECT key, hash FROM record WHERE case_id = $1 ORDER BY version',
      [caseId],
    );
    return rows;
  }
  /** Receipts of a case's records go, by the order in which they were made. */
  const loseReceipts = (caseId: string, ...which: number[]) => {
    const { db } = o.register();
    const ids = db.prepare('SELECT id FROM outbox WHERE case_id = ? ORDER BY rowid').pluck().all(caseId);
    for (const at of which) db.prepare('DELETE FROM receipt WHERE outbox_id = ?').run(ids[at]);
  };
  /** The province loses one record of a case, and stands where the one before brought it. */
  const loseThere = async (key: string | undefined, stands: { key: string } | undefined) =>
    await unchecked(
      `UPDATE province_case SET record_key = older.key, version = older.version,
              retracted_at = CASE WHEN older.kind = 'case.retracted' THEN retracted_at END
         FROM record AS older WHERE older.case_id = province_case.case_id AND older.key = '${stands?.key}';
       DELETE FROM case_version WHERE record_key = '${key}'; DELETE FROM record WHERE key = '${key}'`,
    );
  const unchecked = async (sql: string) =>
    await province.server.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  const states = (caseId: string) =>
    o.register().db.prepare('SELECT state FROM outbox WHERE case_id = ? ORDER BY rowid').pluck().all(caseId);
  const step = async (caseId: string, action: 'tarik_kembali' | 'batalkan_penarikan') => {
    takeStep(o.register(), theLurah, { caseId, action, reason: 'Salah keluarga' });
    await o.until(({ waiting }) => waiting === 0);
  };
  const correctRt = async (caseId: string, rt: string) => {
    await o.correct(caseId, (body) => Object.assign(body.address, { rt }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
  };

  it('names it though the province lost the record, too, and sends it again', async () => {
    const lost = await o.accepted(1);
    loseReceipts(lost, 0);
    await unchecked(
      `DELETE FROM province_case WHERE case_id = '${lost}'; DELETE FROM case_version WHERE case_id = '${lost}'; DELETE FROM record WHERE case_id = '${lost}'`,
    );
    const view = await compare();
    expect(view).toMatchObject({
      mark: { state: 'berbeda', differences: 1 },
      differences: [{ caseId: lost, kind: 'hilang_di_provinsi', kelurahan }],
      areas: [{ here: 0, there: 0, same: false }],
    });
    await repair(lost, 'kantor');
    await vi.waitFor(() => expect(o.item(lost)?.receipt).not.toBeNull(), patient);
    expect(await held(lost)).toHaveLength(1);
    expect(await compare()).toMatchObject({ mark: { state: 'cocok' }, differences: [] });
  });

  it('names a newer record than both prove, and sends that alone', async () => {
    const caseId = await o.accepted(1);
    await correctRt(caseId, '9');
    const before = await held(caseId);
    loseReceipts(caseId, 1);
    await loseThere(before[1]?.key, before[0]);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_provinsi' }]);
    await repair(caseId, 'kantor');
    await o.until(({ proof }) => proof?.state === 'cocok');
    expect(await held(caseId)).toEqual(before);
  });

  it('names an older one though the newest is proven, and gets its receipt', async () => {
    const caseId = await o.accepted(1);
    await correctRt(caseId, '9');
    const receipts = () => o.register().db.prepare('SELECT jws FROM receipt ORDER BY version').pluck().all();
    const before = receipts();
    loseReceipts(caseId, 0);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    expect(receipts()).toEqual(before);
    expect(getCase(o.register(), caseId).household.address.rt).toBe(9);
    expect(await compare()).toMatchObject({ mark: { state: 'cocok' }, differences: [] });
  });

  it('sends an older one that nobody proves any more over no newer one', async () => {
    const caseId = await o.accepted(1);
    await step(caseId, 'tarik_kembali');
    await step(caseId, 'batalkan_penarikan');
    await correctRt(caseId, '9');
    const [, taken, anew, newest] = await held(caseId);
    loseReceipts(caseId, 1);
    await loseThere(newest?.key, anew);
    await loseThere(taken?.key, anew);
    await compare();
    await repair(caseId, 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    expect(states(caseId)).toEqual(['diterima', 'ditolak', 'diterima', 'diterima']);
    expect(await compare()).toMatchObject({ mark: { state: 'cocok' }, differences: [] });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect((await held(caseId)).at(-1)).toEqual(newest);
  });

  it('leaves the case where a newer record of it has brought it', async () => {
    const caseId = await o.accepted(1);
    await step(caseId, 'tarik_kembali');
    const [first, taken] = await held(caseId);
    loseReceipts(caseId, 0);
    await loseThere(taken?.key, first);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    expect(o.stateOf(caseId)).toBe('DITARIK');
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_provinsi' }]);
    await repair(caseId, 'kantor');
    await o.until(({ proof }) => proof?.state === 'cocok');
    expect([o.stateOf(caseId), await held(caseId)]).toEqual(['DITARIK', [first, taken]]);
  });
});
