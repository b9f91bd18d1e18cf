import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  encryptionHalf,
  makeBundle,
  makeDecryptionKey,
  openBundle,
} from '../../electron/sync/courier-file.ts';
import { makeOfficeKey, publicHalf } from '../../electron/sync/signatures.ts';
import { readAttachmentTotals, reopenFiles } from '../../electron/store/attachment-push.ts';
import { findCourierKeys, putCourierKeys } from '../../electron/store/courier.ts';
import { listDecisionsOfCase, readDownMark } from '../../electron/store/down.ts';
import { reopenRecords } from '../../electron/store/proof.ts';
import { findOfficeKey } from '../../electron/store/office-link.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import { courierDirection, CourierUp } from '../../shared/provincial/courier.ts';
import { makeCourier, readCourier as takeAnswer } from '../../electron/services/courier.ts';
import { loadCourierKey } from '../provincial-server/courier.ts';
import { publish } from '../provincial-server/down.ts';
import { revokeOffice } from '../provincial-server/offices.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, codeOf, hasKey, refusal } from './carrying.ts';
import { noisyPicture, upload } from './households.ts';
import { cut } from './line.ts';
import { setUpTestOffice } from './office.ts';
import { issueTo, lendOffice, type PushingOffice, openPushingOffice, provinceTime } from './pushing.ts';

describe('bundles that a courier carries', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  beforeEach(async () => {
    await hasKey(o);
    await o.until(({ numbersLeft }) => numbersLeft !== null && numbersLeft > 0);
    o.line.fault = cut;
  });

  const { person, make, take, atProvince } = carrierOf(
    () => o,
    () => province,
  );

  it('carries what waits there and its receipts back, with what came down', async () => {
    const caseIds = [await o.legalise(1), await o.legalise(2)];
    await publish(province.server.pool, {
      id: crypto.randomUUID(),
      to: { officeId: o.officeId() },
      kind: 'decision.rank',
      issuedAt: provinceTime,
      body: { periodId: '2026-11', model: 'pmt-1', ranks: [{ caseId: caseIds[0], rank: 3, desil: 1 }] },
    });
    const file = await make();
    // Long enough that no ciphertext holds it by chance.
    for (const caseId of caseIds) expect(file).not.toContain(caseId);
    expect(caseIds.map((caseId) => o.item(caseId)?.courier?.number)).toEqual([1, 1]);
    expect(o.item(caseIds[0] ?? '')?.sentence).toContain('Dibawa kurir');

    const read = await atProvince(file);
    expect(read).toMatchObject({ number: 1, records: 2, repeated: false });
    expect(await take(read.file)).toEqual({
      number: 1,
      confirmed: 2,
      toMend: 0,
      waiting: 0,
      items: 1,
      proof: 'cocok',
    });
    expect(caseIds.map((caseId) => o.stateOf(caseId))).toEqual(['DITERIMA', 'DITERIMA']);
    const status = await o.until(({ connection }) => connection === 'terputus');
    expect(status).toMatchObject({ waiting: 0, confirmed: 2 });
    expect(readDownMark(o.register().db).cursor).toBeGreaterThan(0);
    const lurah = await o.t.as('lurah');
    expect(await lurah.sync.decisions.query({ caseId: caseIds[0] ?? '' })).toHaveLength(1);
    expect((await lurah.courier.view.query()).bundles).toMatchObject([{ number: 1, records: 2, waiting: 0 }]);
  });

  it('is one with the line: what came over it meanwhile is answered with the same receipt', async () => {
    const caseId = await o.legalise(1);
    const file = await make();
    o.line.fault = null;
    o.register().push?.retryNow();
    await o.until(({ confirmed }) => confirmed === 1);
    const receipt = o.item(caseId)?.receipt?.id;
    const { file: answer } = await atProvince(file);
    expect(await take(answer)).toMatchObject({ confirmed: 0, waiting: 0 });
    expect(o.item(caseId)?.receipt?.id).toBe(receipt);
    const { rows } = await province.server.pool.query(
      'SELECT count(*)::int AS n FROM record WHERE case_id = $1',
      [caseId],
    );
    expect(rows[0].n).toBe(1);
  });

  it('is read twice there without anything twice, and taken once here', async () => {
    const caseId = await o.legalise(1);
    const file = await make();
    const first = await atProvince(file);
    const again = await atProvince(file);
    expect(again.repeated).toBe(true);
    await take(again.file);
    expect(await codeOf(take(first.file))).toBe('courier_twice');
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('counts what it carries down as taken only once the office says so', async () => {
    const { pool } = province.server;
    await pool.query(
      `INSERT INTO down_item (id, office_id, kind, issued_at, body)
       SELECT gen_random_uuid(), $1, 'decision.rank', now(), '{"periodId": "2026-11", "model": "pmt-1", "ranks": []}'
       FROM generate_series(1, 150)`,
      [o.officeId()],
    );
    const takenAtProvince = async () => {
      const { rows } = await pool.query('SELECT down_cursor FROM office WHERE id = $1', [o.officeId()]);
      return Number(rows[0].down_cursor);
    };
    const before = readDownMark(o.register().db).cursor;
    const { file } = await atProvince(await make());
    expect(await takenAtProvince()).toBe(before);
    expect(await take(file)).toMatchObject({ items: 150 });
    o.t.clock.advance(60_000);
    await atProvince(await make());
    expect(await takenAtProvince()).toBe(readDownMark(o.register().db).cursor);
  });

  it('carries down what is issued after the province put back an older copy of what it had issued', async () => {
    const { pool } = province.server;
    const caseId = await o.legalise(7);
    const issueRank = (periodId: string) =>
      issueTo(o, province, 'decision.rank', {
        periodId,
        model: 'pmt-1',
        ranks: [{ caseId, rank: 1, desil: null }],
      });
    for (const periodId of ['2026-01', '2026-02']) await issueRank(periodId);
    await take((await atProvince(await make())).file);
    await pool.query('DELETE FROM down_item WHERE cursor = (SELECT max(cursor) FROM down_item)');
    await pool.query(
      `SELECT setval(pg_get_serial_sequence('down_item', 'cursor'), max(cursor)) FROM down_item`,
    );
    await issueRank('2026-03');
    o.t.clock.advance(60_000);
    await take((await atProvince(await make())).file);
    const periods = listDecisionsOfCase(o.register().db, caseId).map(({ periodId }) => periodId);
    expect(periods).toEqual(['2026-03', '2026-02', '2026-01']);
  });

  it('counts as read only once its records are taken in', async () => {
    const caseId = await o.legalise(1);
    const file = await make();
    const { pool } = province.server;
    await pool.query('ALTER TABLE held_record RENAME TO held_record_away');
    await expect(atProvince(file)).rejects.toThrow('held_record');
    await pool.query('ALTER TABLE held_record_away RENAME TO held_record');
    const read = await atProvince(file);
    expect(read).toMatchObject({ records: 1, repeated: false });
    await take(read.file);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('a lost stick loses nothing: the next bundle holds it all, and the older is told apart', async () => {
    const first = await o.legalise(1);
    const lost = await make();
    const older = await atProvince(lost);
    o.t.clock.advance(60_000);
    const second = await o.legalise(2);
    const newer = await atProvince(await make());
    expect(newer).toMatchObject({ number: 2, records: 2 });
    expect(await refusal(atProvince(lost))).toContain('lebih lama');
    expect(await take(newer.file)).toMatchObject({ confirmed: 2 });
    expect(await codeOf(take(older.file))).toBe('courier_older');
    expect([first, second].map((caseId) => o.stateOf(caseId))).toEqual(['DITERIMA', 'DITERIMA']);
  });

  it('is read from an office that counts anew though its clock was once a year ahead', async () => {
    const year = 365 * 86_400_000;
    const by = await person();
    o.t.clock.advance(year);
    await makeCourier(o.register(), by);
    await atProvince((await makeCourier(o.register(), by)).content);
    o.t.clock.advance(60_000 - year);
    await o.t.restart();
    // The register of before the first bundle was put back.
    o.register().db.exec(`DELETE FROM courier_bundle; DELETE FROM counter WHERE name = 'courier'`);
    const caseId = await o.legalise(1);
    const { file, number } = await atProvince(await make());
    expect(number).toBe(1);
    expect(await take(file)).toMatchObject({ confirmed: 1 });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('says what is wrong with a file that is not whole, not ours or not the one', async () => {
    const caseId = await o.legalise(1);
    const file = await make();
    const { file: answer } = await atProvince(file);
    const stranger = await openPushingOffice(setUpTestOffice);
    try {
      await stranger.enrol(province.server);
      await hasKey(stranger);
      const { id, name, role } = await person();
      expect(await codeOf(takeAnswer(stranger.register(), { id, name, role }, answer))).toBe(
        'courier_other_office',
      );
    } finally {
      await stranger.t.close();
    }
    expect(await codeOf(take(answer.slice(0, answer.length / 2)))).toBe('courier_cut');
    expect(await codeOf(take(answer.slice(0, -6)))).toBe('courier_cut');
    // Before its header is whole, and before one could say what it is.
    expect(await codeOf(take(answer.slice(0, 60)))).toBe('courier_cut');
    expect(await codeOf(take(answer.slice(0, 7)))).toBe('courier_cut');
    expect(await codeOf(take(answer.slice(1, 60)))).toBe('courier_other_file');
    expect(await codeOf(take('PK\u0003\u0004'))).toBe('courier_other_file');
    expect(await codeOf(take(file))).toBe('courier_own_file');
    expect(await codeOf(take(altered(answer)))).toBe('courier_altered');
    expect(o.status()).toMatchObject({ waiting: 1, confirmed: 0 });

    expect(await refusal(atProvince(file.slice(0, file.length / 2)))).toContain('terpotong');
    expect(await refusal(atProvince(altered(file)))).toContain('berubah');
    expect(await refusal(atProvince('halo'))).toContain('bukan paket kurir');
    expect(await refusal(atProvince(answer))).toContain('paket jawaban');
    expect(await take(answer)).toMatchObject({ confirmed: 1 });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('is believed only with the signature of its sender', async () => {
    await o.legalise(1);
    const file = await make();
    const keys = findCourierKeys(o.register().db);
    const key = findOfficeKey(o.register().db);
    if (keys === null || key === null) throw new Error('no keys');
    const header = { typ: courierDirection.up, officeId: o.officeId(), number: 1, size: 1 } as const;
    const up = await openBundle(
      file,
      await loadCourierKey(province.server.pool),
      [publicHalf(key)],
      header,
      CourierUp,
    );
    const privateKey = await makeOfficeKey();
    const forged = await makeBundle(up, { ...header }, privateKey, keys.provinceKey);
    expect(await refusal(atProvince(forged))).toContain('berubah');
    const forOthers = await makeBundle(up, header, key, encryptionHalf(await makeDecryptionKey()));
    expect(await refusal(atProvince(forOthers))).toContain('bukan untuk provinsi ini');
    const answer = (await atProvince(file)).file;
    const fake = await makeBundle(
      {},
      { typ: courierDirection.down, officeId: o.officeId(), number: 1 },
      privateKey,
      encryptionHalf(keys.replyKey),
    );
    expect(await codeOf(take(fake))).toBe('courier_altered');
    expect(await take(answer)).toMatchObject({ confirmed: 1 });
  });

  it('carries files after the record that names them, as much as a bundle holds, and goes on with the next', async () => {
    const { caseId } = await o.registered(1);
    const content = noisyPicture();
    await upload(o.t, await o.t.tokenOf('petugas_loket'), '', content, 'rumah.png', { caseId });
    o.legaliseRegistered(caseId);
    const arrived = async (): Promise<Buffer> => {
      const { rows } = await province.server.pool.query(
        'SELECT bytes FROM attachment_chunk WHERE office_id = $1 ORDER BY first_byte',
        [o.officeId()],
      );
      return Buffer.concat(rows.map((row) => row.bytes));
    };
    const carry = async (fileBytes: number): Promise<string> =>
      (await atProvince((await makeCourier(o.register(), await person(), { fileBytes })).content)).file;

    await take(await carry(2.5 * chunkBytes));
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await arrived()).toEqual(content.subarray(0, 2 * chunkBytes));
    expect(readAttachmentTotals(o.register().db)).toEqual({
      waiting: 1,
      bytes: content.length - 2 * chunkBytes,
    });
    // The answer to this one is lost: the next repeats what it carried.
    await carry(chunkBytes);
    o.t.clock.advance(60_000);
    const answer = await carry(content.length);
    expect(await arrived()).toEqual(content);
    await take(answer);
    expect(readAttachmentTotals(o.register().db)).toEqual({ waiting: 0, bytes: 0 });
    const { rows } = await province.server.pool.query(
      'SELECT complete_at IS NOT NULL AS complete FROM attachment WHERE office_id = $1',
      [o.officeId()],
    );
    expect(rows).toEqual([{ complete: true }]);

    // The province lost it since, as a proof says that came another way.
    await province.server.pool.query('DELETE FROM attachment WHERE office_id = $1', [o.officeId()]);
    const hash = createHash('sha256').update(content).digest('hex');
    expect(reopenFiles(o.register().db, [hash], provinceTime.toISOString())).toBe(1);
    await take(await carry(content.length));
    expect(await arrived()).toEqual(content);
    expect(readAttachmentTotals(o.register().db)).toEqual({ waiting: 0, bytes: 0 });
  });

  it('is made with the key of the enrolment that stands', async () => {
    const keys = findCourierKeys(o.register().db);
    if (keys === null) throw new Error('no keys');
    const old = encryptionHalf(await makeDecryptionKey());
    putCourierKeys(o.register().db, { ...keys, provinceKey: old });
    await revokeOffice(province.server.pool, o.officeId(), provinceTime);
    o.line.fault = null;
    await o.until(({ connection }) => connection === 'ditolak');
    await o.enrol(province.server);
    await hasKey(o);
    o.line.fault = cut;
    await o.legalise(1);
    expect(await atProvince(await make())).toMatchObject({ records: 1 });
  });

  it('is not booked where the key of the province seals nothing; another one is asked for', async () => {
    const keys = findCourierKeys(o.register().db);
    if (keys === null) throw new Error('no keys');
    putCourierKeys(o.register().db, {
      ...keys,
      provinceKey: { ...keys.provinceKey, x: 'A'.repeat(43) },
    });
    const caseId = await o.legalise(1);
    expect(await codeOf(make())).toBe('courier_not_ready');
    const clerk = await o.t.as('lurah');
    expect(await clerk.courier.view.query()).toEqual({ ready: false, waiting: 1, recaps: 0, bundles: [] });
    expect(o.item(caseId)?.courier).toBeNull();
    o.line.fault = null;
    o.register().push?.retryNow();
    await hasKey(o);
    expect(await make()).not.toBe('');
  });

  it('no longer names the bundle of a record that is sent again', async () => {
    const caseId = await o.legalise(1);
    await take((await atProvince(await make())).file);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const { db } = o.register();
    const { id } = o.item(caseId) ?? {};
    reopenRecords(db, [id ?? ''], provinceTime.toISOString());
    expect(o.item(caseId)).toMatchObject({ state: 'menunggu', courier: null });
  });

  it('is not read from an office that was revoked', async () => {
    await o.legalise(1);
    const file = await make();
    await revokeOffice(province.server.pool, o.officeId(), provinceTime);
    expect(await refusal(atProvince(file))).toContain('dicabut');
    expect(o.status().waiting).toBe(1);
  });
});

/** One letter of the content is another. */
function altered(file: string): string {
  const parts = file.split('.');
  const content = parts[3] ?? '';
  const at = Math.floor(content.length / 2);
  parts[3] = `${content.slice(0, at)}${content[at] === 'A' ? 'B' : 'A'}${content.slice(at + 1)}`;
  return parts.join('.');
}
