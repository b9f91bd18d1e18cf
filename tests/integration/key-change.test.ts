import { describe, expect, it, vi } from 'vitest';
import { findOfficeLink } from '../../electron/services/sync-push.ts';
import { makeCourier, readCourier } from '../../electron/services/courier.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { transaction } from '../../electron/store/connection.ts';
import { listSettings, putDownMark, readDownMark } from '../../electron/store/down.ts';
import { readCourier as readThere } from '../provincial-server/courier.ts';
import { announceKey, changeKey, loadServerKey, replaceKey } from '../provincial-server/server-keys.ts';
import { type ServerKey, signCompact, toServerKey } from '../provincial-server/signing.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { makeOfficeKey, readProven } from '../../electron/sync/signatures.ts';
import { DownItem, DownPage } from '../../shared/provincial/down.ts';
import type { ProvincialServer } from '../provincial-server/start.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { answerLost, cut, type Fault, onBatches } from './line.ts';
import { issueTo, lendOffice, patient, provinceTime, type PushingOffice, takenDown } from './pushing.ts';

describe('a province that changes its key', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  /** The office's line leads to this server, whatever its address says. */
  const ledTo =
    (server: ProvincialServer): Fault =>
    async (request) => {
      const { pathname, search } = new URL(request.url);
      return await fetch(`${server.address}${pathname}${search}`, request.init);
    };

  /** What could not be proven is tried again after a while, by the office's clock. */
  function goOn(): void {
    o.t.clock.advance(10 * 60_000);
    o.register().push?.retryNow();
  }

  /** A server that signs with the key as it stands now. */
  async function restarted(): Promise<ProvincialServer> {
    return await province.startAnother({ now: () => provinceTime });
  }

  /** What comes down is of a server of now; receipts are by the first key of all, of a process that runs on. */
  async function halfRestarted(): Promise<Fault> {
    const down = ledTo(await restarted());
    return async (request, pass) =>
      request.url.includes('/v1/down') ? await down(request, pass) : await pass();
  }

  async function change(): Promise<void> {
    await announceKey(province.server.pool, new Date());
    await changeKey(province.server.pool, new Date());
  }

  /** The newest key that the office told the province it knows. */
  async function saidToKnow(): Promise<unknown> {
    const { rows } = await province.server.pool.query('SELECT known_key FROM office WHERE id = $1', [
      o.officeId(),
    ]);
    return rows[0].known_key;
  }

  /** As an enrolment of today pins it: the newest key alone. */
  async function pinNewest(): Promise<ServerKey> {
    const newest = await loadServerKey(province.server.pool);
    o.register()
      .db.prepare(`UPDATE office_link SET server_public_key = ?, vouched_keys = '[]'`)
      .run(JSON.stringify(newest.publicJwk));
    return newest;
  }

  const keysHere = () => findOfficeLink(o.register())?.serverKeys.map(({ x }) => x);

  /** A case that the province holds, and of which its receipt was lost; returns its id. */
  async function acceptedUnheard(): Promise<string> {
    o.line.fault = onBatches(answerLost);
    const caseId = await o.legalise(1);
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query('SELECT 1 FROM record WHERE case_id = $1', [caseId]);
      expect(rows).toHaveLength(1);
    }, patient);
    return caseId;
  }

  it('is known by its new key to an office that was away while two followed each other', async () => {
    const first = await o.accepted(1);
    o.line.fault = cut;
    const second = await o.legalise(2);
    await issueTo(o, province, 'uji.lama', {});
    await change();
    await change();
    await issueTo(o, province, 'uji.baru', {});
    await issueTo(o, province, 'uji.baru', {});
    o.line.fault = ledTo(await restarted());
    await takenDown(o, province);
    goOn();
    await vi.waitFor(() => expect(o.stateOf(second)).toBe('DITERIMA'), patient);
    expect(readDownMark(o.register().db).refusedAt).toBeNull();
    expect(o.stateOf(first)).toBe('DITERIMA');
    const { publicJwk } = await loadServerKey(province.server.pool);
    expect(keysHere()).toContain(publicJwk.x);
    const { db } = o.register();
    const noted = db.prepare(`SELECT count(*) FROM event WHERE type = 'kunci_provinsi_bertambah'`).pluck();
    // Both at once, or one by one where a page was still on its way as the line was cut.
    expect([1, 2]).toContain(noted.get());
    // Asked the next time, it says so, and the operator sees whom the key has reached.
    o.register().push?.retryNow();
    await vi.waitFor(async () => expect(await saidToKnow()).toBe(publicJwk.x), patient);
  });

  it('is believed by a receipt of the key before', async () => {
    const caseId = await acceptedUnheard();
    await change();
    await change();
    await issueTo(o, province, 'uji.baru', {});
    o.line.fault = await halfRestarted();
    await takenDown(o, province);
    goOn();
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
  });

  it('is believed by a receipt of the key before also where an office enrolled since', async () => {
    const caseId = await acceptedUnheard();
    await change();
    await change();
    await pinNewest();
    await issueTo(o, province, 'uji.baru', {});
    o.line.fault = await halfRestarted();
    await takenDown(o, province);
    goOn();
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
  });

  it('says by its new key alone what it says now: one of before that got out takes no office over', async () => {
    await o.accepted(1);
    const out = await loadServerKey(province.server.pool);
    await change();
    await pinNewest();
    await issueTo(o, province, 'uji.baru', {});
    const now = ledTo(await restarted());
    o.line.fault = now;
    await takenDown(o, province);
    const cursor = readDownMark(o.register().db).cursor;
    expect(findOfficeLink(o.register())?.earlierKeys.map(({ x }) => x)).toContain(out.publicJwk.x);

    const stranger = await toServerKey(await makeOfficeKey());
    const vouched = { wire: wireVersion, key: stranger.publicJwk, vouchedAt: provinceTime.toISOString() };
    const forged = (['next', 'earlier'] as const).map((relation) =>
      signCompact(out, signatureType.serverKey, { ...vouched, relation }),
    );
    await issueTo(o, province, 'uji.palsu', {});
    for (const by of [out, stranger]) {
      const { db } = o.register();
      transaction(db, () => putDownMark(db, { ...readDownMark(db), refusedAt: null }));
      o.line.fault = async (request, pass) => {
        const response = await now(request, pass);
        if (!request.url.includes('/v1/down')) return response;
        const page = DownPage.parse(await response.json());
        const items = page.items.map((jws) => signCompact(by, signatureType.down, readProven(jws, DownItem)));
        return Response.json({ ...page, items, keys: [...forged, ...(page.keys ?? [])] });
      };
      o.register().push?.retryNow();
      await vi.waitFor(() => expect(readDownMark(o.register().db).refusedAt).not.toBeNull(), patient);
      expect(readDownMark(o.register().db).cursor).toBe(cursor);
      const { serverKeys = [], earlierKeys = [] } = findOfficeLink(o.register()) ?? {};
      expect([...serverKeys, ...earlierKeys].map(({ x }) => x)).not.toContain(stranger.publicJwk.x);
    }
  });

  it('is not believed where nobody whom the office knows vouches for the key', async () => {
    await o.accepted(1);
    const now = ledTo(await restarted());
    o.line.fault = now;
    await issueTo(o, province, 'uji.baru', {});
    await takenDown(o, province);
    const before = readDownMark(o.register().db).cursor;
    const stranger = await toServerKey(await makeOfficeKey());
    const known = await loadServerKey(province.server.pool);
    const says = (by: ServerKey, { publicJwk }: ServerKey, typ: string = signatureType.serverKey) =>
      signCompact(by, typ, {
        wire: wireVersion,
        key: publicJwk,
        relation: 'next',
        vouchedAt: provinceTime.toISOString(),
      });
    const keys = [
      says(stranger, stranger),
      says(stranger, known),
      // Signed by the province, but not for this.
      says(known, stranger, signatureType.down),
      'e30.e30.AAAA',
    ];
    o.line.fault = async (request, pass) => {
      const response = await now(request, pass);
      if (!request.url.includes('/v1/down')) return response;
      const page = DownPage.parse(await response.json());
      const items = page.items.map((jws) =>
        signCompact(stranger, signatureType.down, readProven(jws, DownItem)),
      );
      return Response.json({ ...page, items, keys });
    };
    await issueTo(o, province, 'uji.lain', {});
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(readDownMark(o.register().db).refusedAt).not.toBeNull(), patient);
    expect(readDownMark(o.register().db).cursor).toBe(before);
    expect(keysHere()).not.toContain(stranger.publicJwk.x);
  });

  it('is known by its new key to an office that only a courier reaches', async () => {
    await o.accepted(1);
    o.line.fault = ledTo(await restarted());
    // What a process with an older key said meanwhile proved nothing, and is asked for again in an hour.
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(findCourierKeys(o.register().db)).not.toBeNull(), patient);
    o.line.fault = cut;
    const caseId = await o.legalise(2);
    await change();
    const { account: actor } = await (await o.t.as('petugas_verifikasi')).session.current.query();
    const { content } = await makeCourier(o.register(), actor);
    const { pool } = province.server;
    const signing = await loadServerKey(pool);
    expect(keysHere()).not.toContain(signing.publicJwk.x);
    const answer = await readThere(pool, signing, content, provinceTime);
    expect(await saidToKnow()).toBe(keysHere()?.at(-1));
    await readCourier(o.register(), actor, answer.file);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(keysHere()).toContain(signing.publicJwk.x);
  });
});

describe('a province of which a key got out', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('is pinned anew by an office that enrols again, and proves to it what it had received before', async () => {
    o.line.fault = onBatches(answerLost);
    const caseId = await o.legalise(1);
    const { pool } = province.server;
    await vi.waitFor(async () => {
      const { rows } = await pool.query('SELECT 1 FROM record WHERE case_id = $1', [caseId]);
      expect(rows).toHaveLength(1);
    }, patient);
    await replaceKey(pool, provinceTime);
    const server = await province.startAnother({ now: () => provinceTime });
    o.line.fault = null;
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
    await o.enrol(server);
    o.t.clock.advance(10 * 60_000);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const fresh = await loadServerKey(pool);
    const { serverKeys, earlierKeys } = findOfficeLink(o.register()) ?? {};
    expect([serverKeys?.map(({ x }) => x), earlierKeys]).toEqual([[fresh.publicJwk.x], []]);
  });
});

describe('a province whose key got out and was used', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('has no say in what was on its way as an office enrolled anew', async () => {
    const cursor = () => readDownMark(o.register().db).cursor;
    const before = cursor();
    let enrolledAnew = false;
    o.line.fault = async (request, pass) => {
      const answer = await pass();
      if (!request.url.includes('/v1/down')) return answer;
      o.register().db.exec(`UPDATE office_link SET credential = 'kantor yang terdaftar lagi'`);
      enrolledAnew = true;
      return answer;
    };
    await issueTo(o, province, 'setting.published', {
      setting: 'kalender',
      id: 'Palsu',
      version: '1',
      title: 'Palsu',
      effectiveFrom: '2027-01-01',
      content: {},
    });
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(enrolledAnew).toBe(true), patient);
    // By its next question it is told that nobody knows the credential.
    await o.until(({ connection }) => connection === 'ditolak');
    expect([cursor(), listSettings(o.register().db)]).toEqual([before, []]);
    await province.server.pool.query('DELETE FROM down_item');
  });

  it('confirms nothing to an office that enrolled anew before its answer came', async () => {
    let enrolledAnew = false;
    o.line.fault = async (request, pass) => {
      const answer = await pass();
      if (!request.url.includes('/v1/batches')) return answer;
      o.register().db.exec(`UPDATE office_link SET credential = 'kantor yang terdaftar lagi'`);
      enrolledAnew = true;
      return answer;
    };
    const caseId = await o.legalise(1);
    await vi.waitFor(() => expect(enrolledAnew).toBe(true), patient);
    await o.until(({ connection }) => connection === 'ditolak');
    expect([o.stateOf(caseId), o.item(caseId)?.state]).toEqual(['DISAHKAN', 'menunggu']);
  });

  it('is heard from its start, and what waits for its day is forgotten', async () => {
    const { pool } = province.server;
    const calendar = (title: string) => ({
      setting: 'kalender',
      id: title,
      version: '1',
      title,
      effectiveFrom: '2027-01-01',
      content: {},
    });
    const titles = () => listSettings(o.register().db).map(({ title }) => title);
    const all = { area: '31.71.01.1001' };
    await issueTo(o, province, 'setting.published', calendar('Dulu'), all);
    await pool.query(`SELECT setval(pg_get_serial_sequence('down_item', 'cursor'), 1000)`);
    await issueTo(o, province, 'setting.published', calendar('Palsu'));
    await takenDown(o, province);
    expect(titles()).toEqual(expect.arrayContaining(['Dulu', 'Palsu']));

    // The province never said it, and counts on from where it was.
    await pool.query(`DELETE FROM down_item WHERE cursor > 1000`);
    await pool.query(
      `SELECT setval(pg_get_serial_sequence('down_item', 'cursor'), max(cursor)) FROM down_item`,
    );
    await replaceKey(pool, provinceTime);
    const server = await province.startAnother({ now: () => provinceTime });
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
    await o.enrol(server);
    await issueTo(o, province, 'setting.published', calendar('Kini'));
    await takenDown(o, province);
    // Of one day, what was issued last stands first.
    expect(titles()).toEqual(['Kini', 'Dulu']);
  });
});
