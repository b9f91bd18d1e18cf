import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CryptoKey } from 'jose';
import { RecapResponse } from '../../shared/provincial/recap.ts';
import { Problem, signatureHeader, signatureType } from '../../shared/provincial/wire.ts';
import { detached, gambir, hashOf, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

describe('recaps of closed periods', () => {
  let province: TestProvince;
  let office: TestOffice;

  beforeAll(async () => {
    province = await startTestProvince();
    office = await TestOffice.enrolled(province.server);
  });
  afterAll(async () => {
    await province.stop();
  });

  function recapOf(change: Record<string, unknown> = {}, kelurahan = gambir) {
    const cell = { kelurahan, rw: 1, rt: 2, mode: 'aktif', state: 'DITERIMA', result: 'baru', count: 7 };
    return {
      periodId: '2026-11',
      closedAt: '2026-12-01T01:00:00.000Z',
      cells: [cell],
      carried: 0,
      carriedTo: '2027-05',
      ...change,
    };
  }

  async function send(
    recap: ReturnType<typeof recapOf>,
    change: { hash?: string; officeId?: string; signWith?: CryptoKey; signAs?: string } = {},
  ): Promise<Response> {
    const { hash = hashOf(recap), officeId = office.id } = change;
    const body = JSON.stringify({ wire: 1, officeId, hash, recap });
    return await fetch(`${province.server.address}/v1/recaps`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${office.credential}`,
        [signatureHeader]: await detached(
          change.signWith ?? office.privateKey,
          body,
          change.signAs ?? signatureType.recap,
        ),
      },
      body,
    });
  }

  it('get the same receipt as often as they come, and no other numbers later', async () => {
    const receipts = await Promise.all(
      [1, 2].map(async () => RecapResponse.parse(await (await send(recapOf())).json()).receipt),
    );
    expect(new Set(receipts).size).toBe(1);
    const other = await send(recapOf({ carried: 3 }));
    expect([other.status, Problem.parse(await other.json()).error.code]).toEqual([409, 'recap_differs']);
    await expect(province.server.pool.query('DELETE FROM period_recap')).rejects.toThrow(
      'only ever added to',
    );
  });

  it('are refused where hash, office, area or signature do not fit', async () => {
    const stranger = await TestOffice.create();
    const may = recapOf({ periodId: '2027-05' });
    const codes = await Promise.all(
      [
        send(may, { hash: '0'.repeat(64) }),
        send(may, { officeId: crypto.randomUUID() }),
        send(recapOf({ periodId: '2027-05' }, '31.71.01.1002')),
        send(may, { signWith: stranger.privateKey }),
        send(may, { signAs: signatureType.batch }),
      ].map(async (sent) => Problem.parse(await (await sent).json()).error.code),
    );
    expect(codes).toEqual([
      'recap_hash_mismatch',
      'office_mismatch',
      'recap_outside_area',
      'signature_invalid',
      'signature_invalid',
    ]);
    const { rows } = await province.server.pool.query(
      `SELECT count(*)::int AS held FROM period_recap WHERE period_id = '2027-05'`,
    );
    expect(rows).toEqual([{ held: 0 }]);
  });
});
