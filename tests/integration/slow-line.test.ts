import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { downPortion, takeDown } from '../../electron/services/sync-down.ts';
import { officeErrands } from '../../electron/services/sync-errands.ts';
import { findOfficeLink, startPush } from '../../electron/services/sync-push.ts';
import { createLog } from '../../electron/log.ts';
import { readDownMark } from '../../electron/store/down.ts';
import { backoff } from '../../electron/sync/backoff.ts';
import { ProvinceClient } from '../../electron/sync/province-client.ts';
import { HandTimers } from '../../electron/sync/stand-ins.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { downLimits, DownPage } from '../../shared/provincial/down.ts';
import { publish } from '../provincial-server/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut, halfAnswer, Line } from './line.ts';
import { issueTo, lendOffice, provinceTime, type PushingOffice } from './pushing.ts';

describe('what comes down a poor line', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  /** Items of so many bytes each, of a kind that no office knows yet. */
  async function issueLong(items: number, bytes: number): Promise<void> {
    for (let nth = 0; nth < items; nth += 1)
      await issueTo(o, province, 'uji.panjang', { isi: 'x'.repeat(bytes) });
  }

  it('comes in ever smaller pages while it breaks off, and in larger ones again once it does not', async () => {
    // The office's own errands wait: the steps here are taken by hand.
    o.line.fault = cut;
    await issueLong(24, 90_000);
    const asked: number[] = [];
    const line = new Line();
    let carries = 200_000;
    line.fault = async (request, pass) => {
      const response = await pass();
      const whole = await response.clone().text();
      asked.push(Number(new URL(request.url).searchParams.get('most')));
      return whole.length > carries ? await halfAnswer(request, async () => response) : response;
    };
    const link = findOfficeLink(o.register());
    if (link === null) throw new Error('not enrolled');
    const [client, portion] = [new ProvinceClient({ fetch: line.fetch }), downPortion()];
    const step = () => takeDown(o.register(), client, link, portion, new AbortController().signal);
    for (let failures = 0; failures < 4; failures += 1) expect((await step()).more).toBe(false);
    const { page } = downLimits;
    expect(asked).toEqual([page, page / 2, page / 4, page / 8]);
    expect(readDownMark(o.register().db).cursor).toBe(0);
    expect((await step()).more).toBe(true);
    expect(readDownMark(o.register().db).cursor).toBeGreaterThan(0);
    carries = Infinity;
    while ((await step()).more);
    expect(asked.slice(4)).toEqual([page / 16, page / 8, page / 4, page / 2, page]);
    const { rows } = await province.server.pool.query('SELECT max(cursor)::int AS last FROM down_item');
    expect(readDownMark(o.register().db).cursor).toBe(rows[0].last);
  });

  it('is asked for again soon where nothing was heard of it, and each minute where it was', async () => {
    o.line.fault = cut;
    const line = new Line();
    let asked = 0;
    line.fault = async (request, pass) => {
      if (new URL(request.url).pathname !== '/v1/down') return await pass();
      asked += 1;
      return asked <= 2 ? await cut(request, pass) : await pass();
    };
    const link = findOfficeLink(o.register());
    if (link === null) throw new Error('not enrolled');
    const timers = new HandTimers();
    const errands = officeErrands(o.register(), new ProvinceClient({ fetch: line.fetch }), timers);
    const never = new AbortController().signal;
    const goOn = async (wait: number): Promise<number> => {
      await timers.pass(wait);
      while ((await errands.step(link, { requests: never, stop: never })).more);
      return asked;
    };
    const { first } = backoff;
    expect([await goOn(0), await goOn(0), await goOn(first)]).toEqual([1, 1, 2]);
    expect([await goOn(first), await goOn(first)]).toEqual([2, 3]);
    expect([await goOn(59_000), await goOn(1_000)]).toEqual([3, 4]);
  });

  it('brings no proof sooner where only the network is back', async () => {
    o.line.fault = cut;
    const line = new Line();
    let asked = 0;
    line.fault = async (request, pass) => {
      if (!new URL(request.url).pathname.startsWith('/v1/proof')) return await pass();
      asked += 1;
      return await cut(request, pass);
    };
    const link = findOfficeLink(o.register());
    if (link === null) throw new Error('not enrolled');
    const timers = new HandTimers();
    const errands = officeErrands(o.register(), new ProvinceClient({ fetch: line.fetch }), timers);
    o.t.clock.advance(24 * 3_600_000);
    const never = new AbortController().signal;
    const goOn = async (): Promise<number> => {
      for (let steps = 0; steps < 5; steps += 1) await errands.step(link, { requests: never, stop: never });
      return asked;
    };
    expect(await goOn()).toBe(1);
    errands.hurry({ proof: false });
    expect(await goOn()).toBe(1);
    errands.hurry({ proof: true });
    expect(await goOn()).toBe(2);
  });

  it('leaves no sender behind where the watch over the network cannot begin', () => {
    const alarms: number[] = [];
    const after = (delay: number) => {
      alarms.push(delay);
      return () => {};
    };
    const { push } = o.register();
    const begin = () =>
      startPush(o.register(), {
        fetch: o.line.fetch,
        log: createLog('silent'),
        timers: { ...systemTimers, after },
        watchNetwork: () => {
          throw new Error('no watch');
        },
      });
    expect(begin).toThrow('no watch');
    expect([alarms, o.register().push]).toEqual([[], push]);
  });

  it('comes in pages of an older server, too, which does not know how much was asked for', async () => {
    o.line.fault = async (request, pass) => {
      const url = new URL(request.url);
      url.searchParams.delete('most');
      return url.pathname === '/v1/down' ? await fetch(url, request.init) : await pass();
    };
    await issueLong(3, 1_000);
    o.register().push?.retryNow();
    await o.until(() => readDownMark(o.register().db).cursor > 0);
    expect(o.status().downRefused).toBe(false);
  });

  it('is compressed for whoever accepts that, and for nobody else', async () => {
    const area = { area: '31.71.01.1001' };
    const body = { isi: 'sama '.repeat(20_000) };
    await publish(province.server.pool, {
      id: randomUUID(),
      to: area,
      kind: 'uji.panjang',
      issuedAt: provinceTime,
      body,
    });
    const link = findOfficeLink(o.register());
    const ask = (encoding: string) =>
      fetch(`${province.server.address}/v1/down`, {
        headers: { authorization: `Bearer ${link?.credential}`, 'accept-encoding': encoding },
      });
    const [zipped, plain] = [await ask('gzip'), await ask('identity')];
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(DownPage.parse(await zipped.json()).items).toEqual(DownPage.parse(await plain.json()).items);
  });
});
