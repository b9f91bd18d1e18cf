import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { numberReserve, replaceProvinceNumber } from '../../electron/services/province-numbers.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { outboxOfCase } from '../../electron/services/sync.ts';
import { readAttachmentTotals } from '../../electron/store/attachment-push.ts';
import { countNumbersLeft, insertPool } from '../../electron/store/province-numbers.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import { signatureHeader, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { findOffice } from '../provincial-server/operator/overview.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import { signCompact } from '../provincial-server/signing.ts';
import { detached, legalised, TestOffice, type TestProvince } from '../provincial-server/testing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { noisyPicture, png, upload } from './households.ts';
import { cut } from './line.ts';
import { kelurahan } from './office.ts';
import { legaliseCase } from './legalise.ts';
import { lendOffice, type PushingOffice, patient, provinceTime } from './pushing.ts';

describe('numbers in reserve, and files in pieces', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('registers with numbers of the province, across the turn of the year, and without any when they are used up', async () => {
    await vi.waitFor(() => expect(countNumbersLeft(o.register().db)).toBe(numberReserve.pool), patient);
    o.line.fault = cut;
    const clerk = await o.t.as('petugas_loket');
    const first = await registerActive(clerk, syntheticFamily(1));
    o.t.clock.advance(60 * 86_400_000);
    await o.t.restart();
    const next = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(2));
    expect([first.number, next.number]).toEqual([
      expect.stringMatching(/^JKT-\d{8}$/),
      expect.stringMatching(/^JKT-\d{8}$/),
    ]);
    expect(Number(next.number.slice(4))).toBe(Number(first.number.slice(4)) + 1);

    o.register().db.prepare('UPDATE number_pool SET next = last + 1').run();
    const without = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(3));
    expect(without.number).toMatch(/^3171011001\/2027\/\d{6}$/);
    expect(o.status().numbersLeft).toBe(0);

    // The line is back: the pool is filled up, and the case without one gets its number beside its own.
    o.line.fault = null;
    await vi.waitFor(() => expect(o.status().numbersLeft).toBe(numberReserve.pool - 1), patient);
    const { case: current } = await (
      await o.t.as('petugas_loket')
    ).cases.get.query({ caseId: without.caseId });
    expect(current.number).toBe(without.number);
    expect(current.provinceNumber).toMatch(/^JKT-\d{8}$/);
  });

  it('bears a number of the province once: of two cases with one number the second gets another, in any office', async () => {
    await vi.waitFor(() => expect(countNumbersLeft(o.register().db)).toBe(numberReserve.pool), patient);
    const clerk = await o.t.as('petugas_loket');
    const { number, caseId } = await registerActive(clerk, syntheticFamily(1));
    const other = await registerActive(clerk, syntheticFamily(2));
    const bearing = (given: string, area: string) =>
      legalised({
        body: (body) => {
          Object.assign(body.case, { provinceNumber: given });
          Object.assign(body.household.address, { kelurahan: area });
        },
      });
    const answerOf = async (office: TestOffice, given: string, area: string) =>
      (await office.answers(province.server, [bearing(given, area)]))[0];
    const elsewhere = await TestOffice.enrolled(province.server, '31.72.01.1001', provinceTime);
    expect(await answerOf(elsewhere, number, '31.72.01.1001')).toMatchObject({
      status: 'rejected',
      code: 'number_not_granted',
      field: 'body.case.provinceNumber',
    });
    // An office of the same area, as one that was enrolled anew, may use up the numbers of the one before.
    const beside = await TestOffice.enrolled(province.server, kelurahan, provinceTime);
    expect(await answerOf(beside, number, kelurahan)).toMatchObject({ status: 'accepted' });
    expect(await answerOf(beside, number, kelurahan)).toMatchObject({
      status: 'rejected',
      code: 'number_taken',
    });
    expect(await answerOf(beside, other.number, kelurahan)).toMatchObject({ status: 'accepted' });

    const standsAs = async (id: string) => {
      legaliseCase(o.register(), id);
      await vi.waitFor(() => expect(o.stateOf(id)).toBe('DITERIMA'), patient);
      const { case: current, history } = await (await o.t.as('lurah')).cases.get.query({ caseId: id });
      const { rows } = await province.server.pool.query(
        'SELECT province_number FROM province_case WHERE case_id = $1',
        [id],
      );
      expect(rows).toEqual([{ province_number: current.provinceNumber }]);
      expect(history.map(({ type }) => type)).toContain('nomor_provinsi_diganti');
      return { number: current.number, provinceNumber: current.provinceNumber };
    };
    // What the family holds in hand still names its case; the province knows it by the next number.
    const following = Number(other.number.slice(4)) + 1;
    expect(await standsAs(caseId)).toEqual({
      number,
      provinceNumber: `JKT-${String(following).padStart(8, '0')}`,
    });
    expect(outboxOfCase(o.register(), caseId)).toMatchObject([
      { state: 'diterima' },
      { state: 'ditolak', sentence: 'Ditolak waktu itu; sudah ditindaklanjuti.' },
    ]);
    // None is left, nor comes.
    o.line.fault = async (request, pass) =>
      request.url.includes('/v1/numbers') ? await cut(request, pass) : await pass();
    o.register().db.prepare('UPDATE number_pool SET next = last + 1').run();
    expect(await standsAs(other.caseId)).toEqual({ number: other.number, provinceNumber: null });
    expect(o.status()).toMatchObject({ rejected: 0, waiting: 0 });
  });

  it('takes no other number of a pool that was not granted, and none that is borne here', async () => {
    await vi.waitFor(() => expect(countNumbersLeft(o.register().db)).toBe(numberReserve.pool), patient);
    o.line.fault = cut;
    const { db } = o.register();
    const key = await loadServerKey(province.server.pool);
    const lend = (from: number, count: number): string => {
      const pool = {
        wire: wireVersion,
        officeId: o.officeId(),
        requestId: randomUUID(),
        poolId: randomUUID(),
        prefix: 'JKT',
        digits: 8,
        from,
        to: from + count - 1,
        grantedAt: provinceTime.toISOString(),
      };
      insertPool(db, pool, signCompact(key, signatureType.numbers, pool));
      return pool.poolId;
    };
    const first = await o.registered(1);
    const numberOf = async (caseId: string) =>
      (await (await o.t.as('lurah')).cases.get.query({ caseId })).case.provinceNumber ?? '';
    const at = Number((await numberOf(first.caseId)).slice(4));
    // Lent a second time, with one number more than is borne here.
    db.prepare('UPDATE number_pool SET next = last + 1').run();
    lend(at, 2);
    const second = await o.registered(2);
    expect(await numberOf(second.caseId)).toBe(`JKT-${String(at + 1).padStart(8, '0')}`);

    // Of pools that overlap, those alone are closed that hold the number.
    db.prepare('DELETE FROM number_pool').run();
    lend(90_000_001, 100);
    const inside = lend(90_000_002, 9);
    lend(90_000_001, 50);
    const current = getCase(o.register(), second.caseId);
    const bearing = { ...current, provinceNumber: 'JKT-90000001' };
    db.prepare('UPDATE number_pool SET next = next + 2').run();
    replaceProvinceNumber(o.register(), bearing, 'number_not_granted');
    const open = db.prepare('SELECT id FROM number_pool WHERE next <= last').pluck();
    expect(open.all()).toEqual([inside]);

    db.prepare('DELETE FROM number_pool').run();
    lend(90_000_001, 100);
    lend(91_000_001, 100);
    const third = await o.registered(3);
    o.line.fault = async (request, pass) =>
      request.url.includes('/v1/numbers') ? await cut(request, pass) : await pass();
    o.legaliseRegistered(third.caseId);
    await vi.waitFor(() => expect(o.stateOf(third.caseId)).toBe('DITERIMA'), patient);
    expect(await numberOf(third.caseId)).toBe('');
    expect(countNumbersLeft(db)).toBe(0);
    expect(outboxOfCase(o.register(), third.caseId)).toHaveLength(3);
    const { history } = await (await o.t.as('lurah')).cases.get.query({ caseId: third.caseId });
    expect(JSON.stringify(history)).toContain('JKT-90000001 tidak dipinjamkan provinsi kepada kantor ini');
  });

  it('lends an office no more numbers than it can use, and the same ones for the same request', async () => {
    const office = await TestOffice.enrolled(province.server, kelurahan, provinceTime);
    const ask = async (requestId: string, count: number, left?: number): Promise<Response> => {
      const body = JSON.stringify({ wire: wireVersion, officeId: office.id, requestId, count, left });
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${office.credential}`,
        [signatureHeader]: await detached(office.privateKey, body, signatureType.numbers),
      };
      return await fetch(`${province.server.address}/v1/numbers`, { method: 'POST', headers, body });
    };
    const [first, second] = [randomUUID(), randomUUID()];
    const lent = await (await ask(first, 1_000)).json();
    expect((await ask(second, 1_000)).status).toBe(200);
    const refused = await ask(randomUUID(), 1);
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { error: { code: 'number_refused' } },
    ]);
    expect(await (await ask(first, 1_000)).json()).toEqual(lent);

    // Registered and not legalised yet, or gone with a register that was lost: the office alone knows what it has left.
    expect((await ask(randomUUID(), 1_000, 1_001)).status).toBe(403);
    for (const _ of Array(8)) expect((await ask(randomUUID(), 1_000, 200)).status).toBe(200);
    expect((await ask(randomUUID(), 1_000, 200)).status).toBe(403);
  });

  it('gives every case of a long campaign its number before the first is legalised', async () => {
    const { db } = o.register();
    // As if five pools had been given to cases that wait for the lurah.
    await o.until(({ numbersLeft }) => numbersLeft === 500);
    for (const _ of Array(5)) {
      db.prepare('UPDATE number_pool SET next = last + 1').run();
      o.register().push?.retryNow();
      await o.until(({ numbersLeft }) => numbersLeft === 500);
    }
    const { caseId } = await o.registered(1);
    const { case: registered } = await (await o.t.as('lurah')).cases.get.query({ caseId });
    expect(registered.provinceNumber).toMatch(/^JKT-\d{8}$/);
  });

  it('takes no file that is larger than any that it holds, however large it is said to be', async () => {
    const office = await TestOffice.enrolled(province.server, kelurahan, provinceTime);
    const hash = createHash('sha256').update('besar').digest('hex');
    const file = { hash, mediaType: 'application/pdf', size: 2 ** 40, slot: 'bukti' };
    const naming = legalised({ body: (body) => void Object.assign(body, { attachments: [file] }) });
    expect(await office.answers(province.server, [naming])).toMatchObject([{ status: 'accepted' }]);
    const headers = { authorization: `Bearer ${office.credential}` };
    const answer = await fetch(`${province.server.address}/v1/attachments/${hash}`, { headers });
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'body_too_large' } }]);
  });

  it('takes a file whose content is another than was announced for damaged, and asks for it from the beginning', async () => {
    const office = await TestOffice.enrolled(province.server, kelurahan, provinceTime);
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    const hash = createHash('sha256').update(content).digest('hex');
    const file = { hash, mediaType: 'application/pdf', size: content.length, slot: 'bukti' };
    const naming = legalised({ body: (body) => void Object.assign(body, { attachments: [file] }) });
    expect(await office.answers(province.server, [naming])).toMatchObject([{ status: 'accepted' }]);
    const put = async (sent: Uint8Array<ArrayBuffer>): Promise<Response> => {
      const headers = {
        'content-type': 'application/octet-stream',
        authorization: `Bearer ${office.credential}`,
        [signatureHeader]: await detached(office.privateKey, sent, signatureType.chunk),
      };
      const url = `${province.server.address}/v1/attachments/${hash}?offset=0`;
      return await fetch(url, { method: 'PUT', headers, body: sent });
    };
    const damaged = await put(new Uint8Array(content.length));
    expect([damaged.status, await damaged.json()]).toMatchObject([
      422,
      { error: { code: 'attachment_damaged' } },
    ]);
    expect(await (await put(new Uint8Array(content))).json()).toMatchObject({
      complete: true,
      received: content.length,
    });
  });

  it('sends files after their record, in pieces, and goes on where the line broke', async () => {
    const clerk = await o.t.as('petugas_loket');
    const content = noisyPicture();
    expect(content.length).toBeGreaterThan(3 * chunkBytes);
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: draftOfHousehold(syntheticFamily(1), null),
    });
    expect(
      (await upload(o.t, await o.t.tokenOf('petugas_loket'), draft.id, content, 'rumah.png')).status,
    ).toBe(200);
    const { caseId } = await clerk.intake.register.mutate({ draftId: draft.id, version });
    let pieces = 0;
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/attachments/')) return await pass();
      pieces += 1;
      const response = await pass();
      // The second piece arrives, its answer does not.
      if (pieces === 2) throw new TypeError('fetch failed');
      return response;
    };
    legaliseCase(o.register(), caseId);
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query(
        'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1',
        [o.officeId()],
      );
      expect(rows).toEqual([{ size: content.length }]);
    }, patient);
    await vi.waitFor(() => expect(readAttachmentTotals(o.register().db).waiting).toBe(0), patient);
    const { rows } = await province.server.pool.query(
      'SELECT bytes FROM attachment_chunk WHERE office_id = $1 ORDER BY first_byte',
      [o.officeId()],
    );
    const whole = Buffer.concat(rows.map((row) => row.bytes));
    expect(createHash('sha256').update(whole).digest('hex')).toBe(
      createHash('sha256').update(content).digest('hex'),
    );
    expect(pieces).toBeLessThanOrEqual(7);
  });

  it('sends a file again that the province lost, though it holds the record that names it', async () => {
    const { caseId } = await o.registered(1);
    await upload(o.t, await o.t.tokenOf('petugas_loket'), '', png(), 'rumah.png', { caseId });
    o.legaliseRegistered(caseId);
    const { pool } = province.server;
    const wholeThere = async (): Promise<number | null> =>
      (
        await pool.query('SELECT 1 FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1', [
          o.officeId(),
        ])
      ).rowCount;
    await vi.waitFor(async () => expect(await wholeThere()).toBe(1), patient);
    await vi.waitFor(() => expect(readAttachmentTotals(o.register().db).waiting).toBe(0), patient);
    expect(await findOffice(pool, o.officeId())).toMatchObject({ waiting: 0 });

    await pool.query('DELETE FROM attachment WHERE office_id = $1', [o.officeId()]);
    expect(await findOffice(pool, o.officeId())).toMatchObject({ waiting: 1 });
    await (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
    await vi.waitFor(async () => expect(await wholeThere()).toBe(1), patient);
    await vi.waitFor(() => expect(readAttachmentTotals(o.register().db).waiting).toBe(0), patient);
  });

  it('sends no file before a record names it: one that was hung on a case after it was taken back waits', async () => {
    const caseId = await o.accepted(1);
    const lurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };
    o.line.fault = cut;
    takeStep(o.register(), lurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.line.fault = null;
    await o.until(({ waiting }) => waiting === 0);
    expect(readAttachmentTotals(o.register().db)).toEqual({ waiting: 0, bytes: 0 });

    takeStep(o.register(), lurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query(
        'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1',
        [o.officeId()],
      );
      expect(rows).toEqual([{ size: content.length }]);
    }, patient);
  });
});
