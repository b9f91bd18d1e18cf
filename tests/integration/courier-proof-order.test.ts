import { beforeEach, describe, expect, it } from 'vitest';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { proofByCourier } from '../../electron/store/migrations/065-proof-by-courier.ts';
import { findOfficeKey } from '../../electron/store/office-link.ts';
import { lookAt, makeBundle, openBundle } from '../../electron/sync/courier-file.ts';
import { publicHalf } from '../../electron/sync/signatures.ts';
import type { ProofView } from '../../shared/contract/proof.ts';
import { CourierUp } from '../../shared/provincial/courier.ts';
import { loadCourierKey } from '../provincial-server/courier.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, hasKey } from './carrying.ts';
import { cut, type Fault } from './line.ts';
import { lendOffice, type PushingOffice, provinceTime } from './pushing.ts';

describe('a proof on a stick, where the line was there meanwhile', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  const { make, take, atProvince, round, changed } = carrierOf(
    () => o,
    () => province,
  );
  beforeEach(async () => {
    await hasKey(o);
    await o.until(({ proof }) => proof !== null);
    o.line.fault = cut;
  });

  const view = async (): Promise<ProofView> => (await o.t.as('petugas_verifikasi')).proof.view.query();
  const loseThere = (caseId: string) =>
    province.server.pool.query(`BEGIN; SET LOCAL session_replication_role = replica;
      DELETE FROM province_case WHERE case_id = '${caseId}'; DELETE FROM case_version WHERE case_id = '${caseId}';
      DELETE FROM family_consent WHERE case_id = '${caseId}'; DELETE FROM record WHERE case_id = '${caseId}'; COMMIT`);
  const later = new Date(provinceTime.getTime() + 3_600_000);
  async function accepted(n: number): Promise<string> {
    const caseId = await o.legalise(n);
    await round();
    return caseId;
  }
  async function compareOverTheLine(fault: Fault | null = null): Promise<void> {
    o.line.fault = fault;
    await (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
    o.line.fault = cut;
  }
  const noProof: Fault = (request, pass) =>
    request.url.includes('/v1/proof') ? Promise.reject(new TypeError('fetch failed')) : pass();
  /** The line takes what waits, and proves nothing. */
  async function sendOverTheLine(): Promise<void> {
    o.line.fault = noProof;
    o.register().push?.retryNow();
    await o.until(({ waiting }) => waiting === 0);
    o.line.fault = cut;
  }

  it('shows what the province lost after the line compared, and before it read the bundle', async () => {
    const caseId = await accepted(1);
    const bundle = await make();
    await compareOverTheLine();
    expect((await view()).mark).toMatchObject({ state: 'cocok', via: 'sambungan' });
    await loseThere(caseId);
    const { file } = await atProvince(bundle, later);
    expect(await take(file)).toMatchObject({ proof: 'berbeda' });
    expect(await view()).toMatchObject({
      mark: { via: 'kurir', at: later.toISOString() },
      differences: [{ caseId, kind: 'hilang_di_provinsi' }],
    });
  });

  it('leaves a later answer of the line standing that was not believed', async () => {
    await accepted(1);
    const { file } = await atProvince(await make());
    o.t.clock.advance(60_000);
    await compareOverTheLine(async (request, pass) => {
      const response = await pass();
      return request.url.includes('/v1/proof') ? Response.json({ wire: 1, proof: 'e30.e30.e30' }) : response;
    });
    expect(await take(file)).toMatchObject({ proof: null });
    expect((await view()).mark).toMatchObject({ state: 'tidak_terbukti', via: 'sambungan' });
  });

  it('does not take for lost what was held back there, and came over the line since', async () => {
    await accepted(1);
    const caseId = await o.legalise(2);
    const file = await make();
    const { db } = o.register();
    const [keys, key, outside] = [findCourierKeys(db), findOfficeKey(db), lookAt(file)];
    if (keys === null || key === null || outside.kind !== 'bundle') throw new Error('no keys');
    const courierKey = await loadCourierKey(province.server.pool);
    const up = await openBundle(file, courierKey, [publicHalf(key)], outside.header, CourierUp);
    const [record] = up?.records ?? [];
    if (record === undefined) throw new Error('no record');
    const { typ, officeId, number } = outside.header;
    const without = await makeBundle(
      { ...up, records: [] },
      { typ, officeId, number },
      key,
      keys.provinceKey,
    );
    const held = {
      key: record.key,
      status: 'held' as const,
      code: 'kind_unknown',
      parent: null,
      sentence: 'Menunggu.',
    };
    const answer = await changed((await atProvince(without)).file, (down) => ({ ...down, answers: [held] }));
    await sendOverTheLine();
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await take(answer)).toMatchObject({ proof: 'cocok' });
    expect(await view()).toMatchObject({ mark: { later: 1 }, differences: [] });
  });

  it('finds a case lost whose family said something over the line since', async () => {
    const caseId = await accepted(1);
    const bundle = await make();
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind: '4' });
    await sendOverTheLine();
    await loseThere(caseId);
    const { file } = await atProvince(bundle, later);
    expect(await take(file)).toMatchObject({ proof: 'berbeda' });
    expect((await view()).differences).toMatchObject([{ caseId, subject: 'berkas' }]);
  });

  it.each(['compared', 'only sent'])(
    'knows after an update what the line %s since a bundle was made',
    async (how) => {
      await accepted(1);
      o.t.clock.advance(60_000);
      const { file } = await atProvince(await make());
      o.t.clock.advance(60_000);
      await o.legalise(2);
      await sendOverTheLine();
      if (how === 'compared') await compareOverTheLine();
      o.register().db.exec(`
        DROP TABLE proof_record;
        ALTER TABLE proof_difference DROP COLUMN rt;
        ALTER TABLE proof_run DROP COLUMN later;
        ALTER TABLE proof_run DROP COLUMN server_time;
        ALTER TABLE proof_run DROP COLUMN bundles;
        ALTER TABLE proof_run DROP COLUMN via;
        ALTER TABLE receipt DROP COLUMN bundles;
        ${proofByCourier.sql}`);
      expect(await take(file)).toMatchObject({ proof: how === 'compared' ? null : 'cocok' });
      expect(await view()).toMatchObject({ mark: { state: 'cocok' }, differences: [] });
    },
  );
});
