import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { BatchResponse } from '../../shared/provincial/wire.ts';
import { createLog } from '../../electron/log.ts';
import { attentionItems } from '../../electron/services/attention.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import { findLinkRecord, findOfficeKey } from '../../electron/store/office-link.ts';
import { transaction } from '../../electron/store/connection.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { createEnrolmentCode, revokeOffice } from '../provincial-server/offices.ts';
import {
  hashOf,
  legalised,
  TestOffice as StrangeOffice,
  type TestProvince,
} from '../provincial-server/testing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import {
  altering,
  answerLost,
  captivePortal,
  cut,
  fastTimers,
  firstTimes,
  halfAnswer,
  holding,
  onBatches,
} from './line.ts';
import { codeOf, kelurahan } from './office.ts';
import { legaliseCase } from './legalise.ts';
import { lendOffice, type PushingOffice, patient, provinceTime } from './pushing.ts';

const day = 86_400_000;

describe('the push', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });

  /** What the province holds of these cases: how often, and under which hash. */
  async function held(...caseIds: string[]): Promise<{ times: number; hash: string; body: unknown }[]> {
    const { rows } = await province.server.pool.query(
      'SELECT case_id, count(*) OVER (PARTITION BY case_id)::int AS times, hash, body FROM record WHERE case_id = ANY ($1) ORDER BY array_position($1, case_id)',
      [caseIds],
    );
    return rows;
  }

  it('sends a legalised case as soon as it is queued, and brings its receipt home', async () => {
    await o.enrol(province.server);
    await o.until((status) => status.connection === 'tersambung');
    const caseId = await o.legalise(1);
    const status = await o.until((now) => now.waiting === 0);
    expect(status).toMatchObject({ confirmed: 1, rejected: 0, sentence: null, clockOffMinutes: null });
    expect(o.stateOf(caseId)).toBe('DITERIMA');

    const [item] = await (await o.t.as('petugas_loket')).sync.ofCase.query({ caseId });
    const [record] = await held(caseId);
    expect(record).toMatchObject({ times: 1, hash: item?.hash });
    expect(hashOf(record?.body)).toBe(item?.hash);
    expect(item).toMatchObject({ state: 'diterima', receipt: { receivedAt: o.t.clock.now().toISOString() } });

    const body = CaseLegalisedBody.parse(record?.body);
    expect(body.members).toHaveLength(3);
    expect(body.decisions.map((decision) => decision.action).slice(-2)).toEqual([
      'setujui_pemeriksaan',
      'sahkan',
    ]);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.slice(-2)).toMatchObject([
      { type: 'catat_terkirim', actorRole: 'sistem', toState: 'TERKIRIM' },
      {
        type: 'catat_diterima',
        actorRole: 'sistem',
        toState: 'DITERIMA',
        detail: `Tanda terima ${item?.receipt?.id}`,
      },
    ]);
    expect(verifyJournal(o.register().db)).toMatchObject({ intact: true });
  });

  it('keeps what is legalised before the office is enrolled, and sends it then', async () => {
    const caseId = await o.legalise(1);
    expect(await o.until(() => true)).toMatchObject({
      province: null,
      connection: 'belum_terdaftar',
      waiting: 1,
    });
    expect(o.item(caseId)?.sentence).toContain('didaftarkan');
    expect(o.line.delivered).toEqual([]);
    await o.enrol(province.server);
    await o.until((status) => status.confirmed === 1);
  });

  it('waits while the server is down and sends when it is back, after a restart too', async () => {
    const mortal = await province.startAnother({ now: () => provinceTime });
    await o.enrol(mortal);
    await o.until((status) => status.connection === 'tersambung');
    await mortal.close();
    const caseIds = [await o.legalise(1), await o.legalise(2)];
    const down = await o.until((status) => status.connection === 'terputus');
    expect(down).toMatchObject({ waiting: 2, confirmed: 0 });
    expect(down.sentence).toContain('dikirim sendiri begitu tersambung');

    await o.t.restart();
    const again = await province.startAnother({ now: () => provinceTime });
    // To the office it is the address of before, whose port another program may have taken meanwhile.
    o.line.fault = async ({ url, init }) => await fetch(url.replace(mortal.address, again.address), init);
    await o.until((status) => status.confirmed === 2);
    expect(await held(...caseIds)).toMatchObject([{ times: 1 }, { times: 1 }]);
  });

  it('sends once though the answer is lost after the province has committed', async () => {
    await o.enrol(province.server);
    o.line.fault = onBatches(firstTimes(2, answerLost));
    const caseId = await o.legalise(1);
    await o.until((status) => status.confirmed === 1);
    expect(o.line.count('/v1/batches')).toBe(3);
    expect(await held(caseId)).toMatchObject([{ times: 1 }]);
    const { rows } = await province.server.pool.query('SELECT receipt_id FROM record WHERE case_id = $1', [
      caseId,
    ]);
    expect(o.item(caseId)?.receipt?.id).toBe(rows[0].receipt_id);
  });

  it('takes half an answer for none', async () => {
    await o.enrol(province.server);
    o.line.fault = onBatches(firstTimes(1, halfAnswer));
    const caseId = await o.legalise(1);
    await o.until((status) => status.confirmed === 1);
    expect(await held(caseId)).toMatchObject([{ times: 1 }]);
  });

  it('never takes the page of a captive portal for the province', async () => {
    await o.enrol(province.server);
    await o.until((status) => status.connection === 'tersambung');
    o.line.fault = captivePortal;
    const caseId = await o.legalise(1);
    const status = await o.until((now) => now.connection === 'terputus');
    expect(status.sentence).toContain('Yang menjawab bukan server provinsi');
    expect(o.stateOf(caseId)).toBe('DISAHKAN');
    o.line.fault = null;
    await o.until((now) => now.confirmed === 1);
  });

  it('refuses a receipt that is not for this record, and says so', async () => {
    await o.enrol(province.server);
    const first = await o.legalise(1);
    await o.until((status) => status.confirmed === 1);
    const { rows } = await province.server.pool.query('SELECT receipt FROM record WHERE case_id = $1', [
      first,
    ]);
    const foreign = z.string().parse(rows[0].receipt);
    o.line.fault = altering((answer) => {
      const batch = BatchResponse.parse(answer);
      return { ...batch, answers: batch.answers.map((given) => ({ ...given, receipt: foreign })) };
    });
    const caseId = await o.legalise(2);
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain('tidak dapat dibuktikan'), patient);
    expect(o.item(caseId)).toMatchObject({ state: 'menunggu', receipt: null });
    expect(o.stateOf(caseId)).toBe('DISAHKAN');
    // The province has it: the true receipt of the same record is enough.
    o.line.fault = null;
    await (await o.t.as('administrator')).sync.retryNow.mutate();
    await o.until((status) => status.confirmed === 2);
    expect(await held(caseId)).toMatchObject([{ times: 1 }]);
  });

  it('leaves a record waiting whose answer is missing, or of a kind that only a newer office knows', async () => {
    await o.enrol(province.server);
    o.line.fault = altering((answer) => ({ ...BatchResponse.parse(answer), answers: [] }));
    const caseId = await o.legalise(1);
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain('belum menjawab'), patient);
    o.line.fault = altering((answer) => {
      const batch = BatchResponse.parse(answer);
      return { ...batch, answers: batch.answers.map(({ key }) => ({ key, status: 'deferred', until: 2 })) };
    });
    await (await o.t.as('administrator')).sync.retryNow.mutate();
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain('belum dikenal'), patient);
    o.line.fault = null;
    // Due again after its own wait, without anyone asking.
    o.t.clock.advance(60_000);
    await o.until((status) => status.confirmed === 1);
  });

  it('is harmless twice at once', async () => {
    await o.enrol(province.server);
    o.line.fault = cut;
    const caseIds: string[] = [];
    for (let n = 1; n <= 12; n += 1) caseIds.push(await o.legalise(n));
    // Both senders hold what they took until both have taken it.
    let waiting = 0;
    const gate = Promise.withResolvers<void>();
    o.line.fault = onBatches(async (_, pass) => {
      waiting += 1;
      if (waiting === 2) gate.resolve();
      await gate.promise;
      return await pass();
    });
    await o.until(() => waiting === 1);
    const other = startPush(o.register(), {
      fetch: o.line.fetch,
      log: createLog('silent'),
      timers: fastTimers(20),
    });
    await o.until((status) => status.waiting === 0);
    await other.stop();
    expect((await held(...caseIds)).map((record) => record.times)).toEqual(caseIds.map(() => 1));
    for (const caseId of caseIds) {
      const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
      expect(history.filter((entry) => entry.type === 'catat_diterima')).toHaveLength(1);
    }
  });

  it('shows a rejection with its field; the mended case is a new item, and goes through', async () => {
    await o.enrol(province.server);
    const officeId = findLinkRecord(o.register().db)?.officeId;
    const moveOffice = (area: string) =>
      province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, officeId]);
    await moveOffice('31.71.02.1001');
    const good = await o.legalise(1);
    const status = await o.until((now) => now.rejected === 1);
    expect(status.waiting).toBe(0);
    expect(o.stateOf(good)).toBe('DITOLAK');
    const item = o.item(good);
    expect(item).toMatchObject({ state: 'ditolak', field: 'kelurahan rumah tangga', receipt: null });
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId: good });
    expect(history.at(-1)).toMatchObject({
      type: 'catat_ditolak',
      reason: expect.stringContaining('kelurahan rumah tangga'),
    });

    await moveOffice(kelurahan);
    const lurah = await o.t.as('lurah');
    await lurah.cases.takeStep.mutate({
      caseId: good,
      action: 'perbaiki_dan_sahkan_ulang',
      reason: 'Wilayah sudah dibetulkan provinsi',
      version: 1,
    });
    expect(await o.until((now) => now.confirmed === 1)).toMatchObject({ rejected: 0 });
    expect(o.stateOf(good)).toBe('DITERIMA');
    expect(
      (
        await (await o.t.as('petugas_loket')).sync.list.query({ part: 'semua', offset: 0, limit: 10 })
      ).rows.map((row) => row.state),
    ).toEqual(['diterima', 'ditolak']);
  });

  it('lets a record that is rejected hold up nobody', async () => {
    await o.enrol(province.server);
    o.line.fault = cut;
    const caseIds = [await o.legalise(1), await o.legalise(2), await o.legalise(3)];
    // Another office got in before with the same case.
    const stranger = await StrangeOffice.enrolled(province.server);
    await stranger.answers(province.server, [legalised({ record: { caseId: caseIds[1] ?? '' } })]);
    o.line.fault = null;
    await o.until((status) => status.waiting === 0);
    expect(caseIds.map((caseId) => o.stateOf(caseId))).toEqual(['DITERIMA', 'DITOLAK', 'DITERIMA']);
  });

  it('waits as long as the server asks', async () => {
    await o.enrol(province.server);
    let asked = 0;
    o.line.fault = onBatches(
      firstTimes(1, () => {
        asked = performance.now();
        return Promise.resolve(Response.json({}, { status: 429, headers: { 'retry-after': '30' } }));
      }),
    );
    await o.legalise(1);
    await o.until((status) => status.confirmed === 1);
    // Thirty seconds on the fast clock of the test.
    expect(performance.now() - asked).toBeGreaterThan(30_000 / 20);
  });

  it.each([
    ['ahead', 3 * day],
    ['behind', -3 * day],
  ])('is not led astray by a clock three days %s', async (_, off) => {
    await o.enrol(province.server);
    o.line.fault = onBatches(cut);
    const early = await o.legalise(1);
    const { caseId: late } = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(2));
    await o.until((status) => status.connection === 'terputus');
    o.t.clock.advance(off);
    legaliseCase(o.register(), late);
    o.line.fault = null;
    await o.until((status) => status.confirmed === 2);
    expect(o.status().clockOffMinutes).toBe(off / 60_000);
    o.t.clock.advance(-off);
    const last = await o.legalise(3);
    await o.until((status) => status.confirmed === 3);
    expect(await held(early, late, last)).toMatchObject([{ times: 1 }, { times: 1 }, { times: 1 }]);
  });

  it('sends what a clock that was wrong had put off for days', async () => {
    await o.enrol(province.server);
    const { caseId } = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(1));
    o.t.clock.advance(3 * day);
    o.line.fault = altering((answer) => ({ ...BatchResponse.parse(answer), answers: [] }));
    legaliseCase(o.register(), caseId);
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain('belum menjawab'), patient);
    o.t.clock.advance(-3 * day);
    o.line.fault = null;
    await o.until((status) => status.confirmed === 1);
  });

  it('says by how much this computer’s clock is off, once it matters', async () => {
    await o.enrol(province.server);
    await o.until((status) => status.connection === 'tersambung');
    o.t.clock.advance(4 * 60_000);
    const contact = o.t.clock.now().toISOString();
    expect(await o.until((status) => status.lastContactAt === contact)).toMatchObject({
      clockOffMinutes: null,
    });
    o.t.clock.advance(16 * 60_000);
    await o.until((status) => status.clockOffMinutes === 20);
  });

  it('says so when the province revokes the office, and goes on with a new code', async () => {
    await o.enrol(province.server);
    const first = await o.legalise(1);
    await o.until((status) => status.confirmed === 1);
    const before = findOfficeKey(o.register().db);
    const { rows } = await province.server.pool.query('SELECT office_id FROM record WHERE case_id = $1', [
      first,
    ]);
    await revokeOffice(province.server.pool, rows[0].office_id, provinceTime);
    const second = await o.legalise(2);
    const status = await o.until((now) => now.connection === 'ditolak');
    expect(status.sentence).toContain('dicabut');
    expect(o.stateOf(second)).toBe('DISAHKAN');

    // The answer is lost, and the operator gives another code: it is the same office all the same.
    const code = await createEnrolmentCode(province.server.pool, kelurahan, provinceTime);
    o.line.fault = answerLost;
    const administrator = await o.t.as('administrator');
    expect(await codeOf(administrator.sync.enrol.mutate({ address: province.server.address, code }))).toBe(
      'province_unreachable',
    );
    expect(findOfficeKey(o.register().db)).toEqual(before);
    o.line.fault = null;
    await o.enrol(province.server);
    expect(o.officeId()).toBe(rows[0].office_id);
    await o.until((now) => now.confirmed === 2 && now.connection === 'tersambung');
    expect(findOfficeKey(o.register().db)).not.toEqual(before);
  });

  it('says so too where nothing waits to be sent, at once when a person asks', async () => {
    // A look for news is on its way as the person asks.
    const look = holding('/v1/down');
    o.line.fault = look.fault;
    await o.enrol(province.server);
    await look.holds;
    const officeId = findLinkRecord(o.register().db)?.officeId ?? '';
    await revokeOffice(province.server.pool, officeId, provinceTime);
    o.register().push?.retryNow();
    look.letGo();
    expect((await o.until((status) => status.connection === 'ditolak')).sentence).toContain('dicabut');
    expect(o.line.delivered.join()).toContain('/v1/down,/v1/down');
    o.line.fault = null;
    await o.enrol(province.server);
    await o.until((status) => status.connection === 'tersambung');
  });

  it('gives no one but the administrator the enrolment, and tells why one fails', async () => {
    const code = await createEnrolmentCode(province.server.pool, kelurahan, provinceTime);
    const [administrator, clerk] = [await o.t.as('administrator'), await o.t.as('petugas_loket')];
    const enrol = (address: string, given: string, client = administrator) =>
      codeOf(client.sync.enrol.mutate({ address, code: given }));
    expect(await enrol(province.server.address, code, clerk)).toBe('not_allowed');
    expect(await enrol('http://10.0.0.1', code)).toBe('province_address_insecure');
    expect(await enrol('bukan alamat', code)).toBe('province_address_invalid');
    expect(await enrol(province.server.address, 'AAAA-BBBB')).toBe('enrolment_refused');
    o.line.fault = cut;
    expect(await enrol(province.server.address, code)).toBe('province_unreachable');
    o.line.fault = captivePortal;
    expect(await enrol(province.server.address, code)).toBe('province_elsewhere');
    o.line.fault = () => Promise.resolve(new Response('', { status: 502 }));
    expect(await enrol(province.server.address, code)).toBe('province_busy');
    // The answer with the credential is lost; the same code works once more.
    o.line.fault = answerLost;
    expect(await enrol(province.server.address, code)).toBe('province_unreachable');
    o.line.fault = null;
    expect(await enrol(province.server.address, code)).toBe('no error');
    expect(await enrol(province.server.address, code)).toBe('already_enrolled');
  });

  it('sends nothing and asks nothing before the office is enrolled', async () => {
    expect(await codeOf((await o.t.as('administrator')).sync.retryNow.mutate())).toBe('not_enrolled');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(o.line.delivered).toEqual([]);
    expect(await codeOf((await o.t.as('petugas_loket')).sync.retryNow.mutate())).toBe('not_allowed');
  });

  it('shows a person what the province does not take for five days', async () => {
    await o.enrol(province.server);
    o.line.fault = altering((given) => ({ ...Object(given), answers: [] }));
    const caseId = await o.legalise(1);
    const sentence = 'Provinsi belum menjawab berkas ini.';
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain(sentence), patient);
    o.t.clock.advance(5 * day - 60_000);
    expect(attentionItems(o.register())).toEqual([]);
    o.t.clock.advance(120_000);
    expect(attentionItems(o.register())).toMatchObject([{ kind: 'tertahan', caseId, sentence }]);
    expect(o.status().attention).toBe(1);
  });

  it('does not say that the province holds up what it answered, and this office cannot prove', async () => {
    await o.enrol(province.server);
    o.line.fault = altering((given) => ({
      ...Object(given),
      answers: Object(given).answers.map((answer: object) => ({ ...answer, receipt: 'e30.e30.AAAA' })),
    }));
    const caseId = await o.legalise(1);
    const sentence = 'Tanda terima provinsi tidak dapat dibuktikan keasliannya.';
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain(sentence), patient);
    o.t.clock.advance(5 * day + 60_000);
    expect(attentionItems(o.register())).toMatchObject([{ kind: 'jawaban', caseId, sentence }]);
    expect(o.status().attention).toBe(1);
  });

  it('queues nothing when the transaction of the step that legalises is undone', async () => {
    const { caseId } = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(1));
    const register = o.register();
    const undone = () =>
      transaction(register.db, () => {
        legaliseCase(register, caseId);
        expect(o.status().waiting).toBe(1);
        throw new Error('the disk is full');
      });
    expect(undone).toThrow('the disk is full');
    expect([o.status().waiting, o.stateOf(caseId)]).toEqual([0, 'TERDAFTAR']);
  });
});
