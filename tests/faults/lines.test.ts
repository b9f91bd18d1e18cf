import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kelurahan } from '../integration/area.ts';
import { findOfficeLink } from '../../electron/services/sync-push.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { countNumbersLeft } from '../../electron/store/province-numbers.ts';
import { rhythm } from '../../electron/sync/sender.ts';
import { readDownMark } from '../../electron/store/down.ts';
import { ProvinceClient } from '../../electron/sync/province-client.ts';
import { publish } from '../provincial-server/down.ts';
import { type RunningPostgres, startPostgres } from '../provincial-server/postgres.ts';
import { calmLine, Network } from './network.ts';
import { correct, legalise } from './sim-lurah.ts';
import { SimOffice } from './sim-office.ts';
import { registerFamily } from './sim-work.ts';
import { streamOf } from './streams.ts';
import { findDisagreements, readRecords } from './verify.ts';
import { VirtualTime } from './virtual-time.ts';
import { makeWorld } from './world.ts';

const address = 'https://provinsi.test';
const epoch = Date.parse('2026-11-10T02:00:00.000Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const cases = 60;
/** Of these, those that the lurah legalises each day of a week. */
const perDay = 8;
/** Milliseconds of a day in which the computer is awake: every few seconds the program looks whether the province is there. */
const awake = 60 * minute;

/** Lines that are merely bad, on a clock of their own: how long the push takes by that clock. */
describe('a line to the province', () => {
  let postgres: RunningPostgres;
  let world: Awaited<ReturnType<typeof makeWorld>>;
  let time: VirtualTime;
  let network: Network;
  let office: SimOffice;
  let folder: string;

  beforeAll(async () => {
    postgres = await startPostgres(join(tmpdir(), `mutakhir-jalur-${randomUUID()}`), { persistent: false });
    world = await makeWorld(postgres.url, cases);
  });
  afterAll(async () => {
    await world.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(world.scratch, 'mutakhir-lari-'));
    time = new VirtualTime();
    await world.province.empty();
    world.province.now = () => new Date(epoch + time.now());
    network = new Network(time, streamOf(1, 'network'), (request) => world.province.handle(request));
    office = new SimOffice({
      time,
      random: streamOf(1, 'office'),
      network,
      template: world.template,
      folder,
      epoch,
    });
    office.open();
    const code = await world.province.enrolmentCode(kelurahan);
    time.after(0, () => office.tryEnrol(address, code));
    await time.runUntil(minute, () => office.enrolled);
  });
  afterEach(async () => {
    await office.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['of 512 kbit/s takes a day’s work in half a minute', 64_000, minute / 2],
    ['of 4 kbit/s takes it too, in smaller batches', 500, 20 * minute],
  ])('%s', async (_, bytesPerSecond, longest) => {
    network.bytesPerSecond = bytesPerSecond;
    const begun = time.now();
    for (const caseId of world.template.caseIds)
      expect(office.work((register) => legalise(register, caseId))).toBe(true);
    await time.runUntil(begun + longest, () => countWaiting() === 0);
    expect([countWaiting(), time.now() - begun < longest]).toEqual([0, true]);
    expect(await disagreements()).toEqual([]);
  });

  it('of 512 kbit/s brings a single item that fills it for longer than a minute', async () => {
    await publish(world.province.pool, {
      id: randomUUID(),
      to: { area: kelurahan },
      kind: 'uji.besar',
      issuedAt: new Date(epoch),
      // A third more as it is signed: 4.2 MB, of which 60 seconds bring 3.84.
      body: { isi: 'x'.repeat(3 * 1024 * 1024) },
    });
    network.bytesPerSecond = 64_000;
    const begun = time.now();
    await time.runUntil(begun + 4 * minute, () => readDownMark(office.register.db).cursor > 0);
    expect(time.now() - begun).toBeGreaterThan(minute);
    expect(readDownMark(office.register.db)).toMatchObject({ cursor: expect.any(Number), refusedAt: null });
    expect(readDownMark(office.register.db).cursor).toBeGreaterThan(0);
  });

  it('of one byte a second holds nobody for longer than a minute', async () => {
    network.weights = { ...calmLine, delivered: 0, one_byte_a_second: 1 };
    const link = findOfficeLink(office.register);
    if (link === null) throw new Error('not enrolled');
    const actor = time.actor();
    const client = new ProvinceClient({ fetch: network.fetchOf(actor), timers: actor.limits(1) });
    const begun = time.now();
    let end = { after: 0, reply: {} };
    actor.wakes();
    void client.courierKey(link).then((reply) => {
      end = { after: time.now() - begun, reply };
      actor.dies();
    });
    await time.runUntil(begun + 60 * minute, () => end.after > 0);
    expect(end.reply).toEqual({ kind: 'silent', why: 'timeout' });
    expect(end.after).toBeLessThan(minute + 1_000);
  });

  it('that was cut is used again within five seconds', async () => {
    network.cutUntil = time.now() + 6 * 60 * minute;
    for (const caseId of world.template.caseIds)
      expect(office.work((register) => legalise(register, caseId))).toBe(true);
    await time.runUntil(network.cutUntil);
    expect(countWaiting()).toBe(cases);
    await time.runUntil(network.cutUntil + 5_000, () => countWaiting() < cases);
    expect(countWaiting()).toBeLessThan(cases);
    await time.runUntil(network.cutUntil + minute, () => countWaiting() === 0);
    expect(await disagreements()).toEqual([]);
  });

  it('that was cut under a request is used again within five seconds, too', async () => {
    await time.runUntil(time.now() + minute, () => office.register.push?.connection().state === 'online');
    // Heard just now, so that nothing is asked before: what sets out hangs until it is given up.
    network.weights = { ...calmLine, delivered: 0, request_lost_silently: 1 };
    for (const caseId of world.template.caseIds)
      expect(office.work((register) => legalise(register, caseId))).toBe(true);
    await time.runUntil(time.now() + 10_000, () => statesOf('dikirim') > 0);
    expect(statesOf('dikirim')).toBeGreaterThan(0);
    network.cut(20_000, () => office.networkBack());
    network.weights = calmLine;
    await time.runUntil(network.cutUntil - 1);
    expect([statesOf('dikirim') > 0, countWaiting()]).toEqual([true, cases]);
    await time.runUntil(network.cutUntil + 5_000, () => countWaiting() < cases);
    expect(countWaiting()).toBeLessThan(cases);
    await time.runUntil(network.cutUntil + minute, () => countWaiting() === 0);
    expect(await disagreements()).toEqual([]);
  });

  it('that is gone for a week keeps a whole office’s work waiting, and brings all of it in a minute', async () => {
    await time.runUntil(time.now() + 10 * minute, () => countNumbersLeft(office.register.db) > 0);
    const legalised = new Set<string>();
    const numbered: string[] = [];
    network.cutUntil = Number.POSITIVE_INFINITY;
    const before = network.requests;
    for (let nth = 0; nth < 7; nth += 1) {
      if (nth === 2) {
        await office.close();
        office.open();
      }
      // The clock of the computer is three days slow, until somebody sets it.
      if (nth === 4) office.setClock(-3 * day);
      if (nth === 5) office.setClock(0);
      for (const caseId of world.template.caseIds.slice(nth * perDay, (nth + 1) * perDay)) {
        expect(office.work((register) => legalise(register, caseId))).toBe(true);
        legalised.add(caseId);
        await time.runUntil(time.now() + 5 * minute);
      }
      for (const n of [800 + 2 * nth, 801 + 2 * nth])
        office.work((register) => {
          const caseId = registerFamily(register, n);
          numbered.push(caseId);
          legalised.add(caseId);
          return true;
        });
      const [first = ''] = world.template.caseIds.slice(nth * perDay);
      expect(office.work((register) => correct(register, first, `Jl. Perbaikan ${nth}`))).toBe(true);
      await time.runUntil(time.now() + awake - perDay * 5 * minute);
      // It stays open, and sleeps.
      time.shift(day - awake);
    }
    const looks = network.requests - before;
    expect(looks).toBeGreaterThan((7 * awake) / rhythm.offline);
    expect(looks).toBeLessThan((7 * awake) / (rhythm.offline * 0.75));
    expect(countWaiting()).toBe(legalised.size + 7);
    network.cutUntil = 0;
    office.networkBack();
    await time.runUntil(time.now() + minute, () => countWaiting() === 0);
    expect(countWaiting()).toBe(0);
    expect(await disagreements(legalised)).toEqual([]);
    expect(network.requests - before - looks).toBeLessThan(20);
    const borne = numbered.map((caseId) => getCase(office.register, caseId).provinceNumber);
    expect([new Set(borne).size, borne.includes(null)]).toEqual([14, false]);
  });

  function statesOf(state: string): number {
    const { db } = office.register;
    return Number(db.prepare('SELECT count(*) FROM outbox WHERE state = ?').pluck().get(state));
  }

  function countWaiting(): number {
    const { db } = office.register;
    return Number(db.prepare(`SELECT count(*) FROM outbox WHERE state <> 'diterima'`).pluck().get());
  }

  async function disagreements(
    acknowledged: ReadonlySet<string> = new Set(world.template.caseIds),
  ): Promise<string[]> {
    const { pool } = world.province;
    const serverKeys = await world.province.serverKeys();
    return await findDisagreements(
      { register: office.register, pool, serverKeys, acknowledged },
      await readRecords(pool),
    );
  }
});
