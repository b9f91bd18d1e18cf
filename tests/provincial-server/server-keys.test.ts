import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordResponse } from '../../shared/provincial/proof.ts';
import { RecapResponse } from '../../shared/provincial/recap.ts';
import { signatureHeader, signatureType } from '../../shared/provincial/wire.ts';
import { announceKey, changeKey, loadServerKey } from './server-keys.ts';
import type { ProvincialServer } from './start.ts';
import {
  detached,
  gambir,
  hashOf,
  legalised,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

describe('a province that changed its key', () => {
  let province: TestProvince;
  let office: TestOffice;
  beforeAll(async () => {
    province = await startTestProvince();
    office = await TestOffice.enrolled(province.server);
  });
  afterAll(() => province.stop());

  async function recapReceipt(server: ProvincialServer): Promise<string> {
    const cell = {
      kelurahan: gambir,
      rw: 1,
      rt: 2,
      mode: 'aktif',
      state: 'DITERIMA',
      result: 'baru',
      count: 7,
    };
    const recap = {
      periodId: '2026-11',
      closedAt: '2026-12-01T01:00:00.000Z',
      cells: [cell],
      carried: 0,
      carriedTo: '2027-05',
    };
    const body = JSON.stringify({ wire: 1, officeId: office.id, hash: hashOf(recap), recap });
    const response = await fetch(`${server.address}/v1/recaps`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${office.credential}`,
        [signatureHeader]: await detached(office.privateKey, body, signatureType.recap),
      },
      body,
    });
    return RecapResponse.parse(await response.json()).receipt;
  }

  it('gives what it signed before again word for word, under the key of now', async () => {
    const record = legalised();
    /** Of the record, of the record as it is read back, and of the recap. */
    const receipts = async (server: ProvincialServer): Promise<string[]> => {
      const [answer] = await office.answers(server, [record]);
      const read = await fetch(`${server.address}/v1/records/${record.key}`, {
        headers: { authorization: `Bearer ${office.credential}` },
      });
      const given = RecordResponse.parse(await read.json()).receipt;
      if (answer?.status !== 'accepted' && answer?.status !== 'duplicate')
        throw new Error('It was not accepted.');
      return [answer.receipt, given, await recapReceipt(server)];
    };
    const { pool } = province.server;
    const old = await loadServerKey(pool);
    const before = await receipts(province.server);
    expect(await receipts(province.server)).toEqual(before);
    await announceKey(pool, new Date());
    await changeKey(pool, new Date());
    const next = await loadServerKey(pool);
    const after = await receipts(await province.startAnother());
    const words = async (jws: string, { publicJwk }: typeof next): Promise<string> => {
      const { payload } = await compactVerify(jws, await importJWK(publicJwk, 'EdDSA'));
      return new TextDecoder().decode(payload);
    };
    expect(await Promise.all(after.map((jws) => words(jws, next)))).toEqual(
      await Promise.all(before.map((jws) => words(jws, old))),
    );
  });
});
