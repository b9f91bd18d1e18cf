import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listProvinceFields } from '../../electron/store/clashes.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { changeThere, lendOffice, type PushingOffice, patient } from './pushing.ts';

describe('a number that the province gave a case itself, and lent to nobody', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const query = async (sql: string) => (await province.server.pool.query(sql)).rows;
  const numberThere = async (caseId: string) => {
    const [standing] = await query(`SELECT province_number FROM province_case WHERE case_id = '${caseId}'`);
    return standing?.province_number;
  };
  const states = () => o.register().db.prepare('SELECT state FROM outbox ORDER BY rowid').pluck().all();

  /** A case that follows its new number. */
  async function numbered(given: string): Promise<string> {
    const caseId = await o.accepted(1);
    await changeThere(province, caseId, 'case.provinceNumber', given);
    const followed = () => listProvinceFields(o.register().db, caseId).map(({ value }) => value);
    await vi.waitFor(() => expect(followed()).toEqual([given]), patient);
    return caseId;
  }
  async function correct(caseId: string): Promise<void> {
    await o.correct(caseId, (body) => (body.address.street = 'Jl. Tanah Abang'));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
  }

  it('is told with what the case says next', async () => {
    const caseId = await numbered('JKT-90000002');
    await correct(caseId);
    expect([await numberThere(caseId), states()]).toEqual(['JKT-90000002', ['diterima', 'diterima']]);
  });

  it('is handed on no more once the province refuses it, and the case is told under its own, once', async () => {
    const caseId = await numbered('JKT-90000003');
    // As a province does that knows of no number but those it lent.
    await query(`DELETE FROM case_number WHERE number = 'JKT-90000003'`);
    const { case: current } = await (await o.t.as('lurah')).cases.get.query({ caseId });
    await correct(caseId);
    const told = ['diterima', 'ditolak', 'diterima'];
    expect([await numberThere(caseId), states()]).toEqual([current.provinceNumber, told]);
  });
});
