import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeChunk } from '../attachments.ts';
import { authenticate } from '../offices.ts';
import { sha256 } from '../signing.ts';
import { corrected, legalised, startTestProvince, TestOffice, type TestProvince } from '../testing.ts';
import { createOperator } from './operators.ts';
import { failingShown, findOffice, listFailing } from './overview.ts';
import { OperatorBrowser } from './testing.ts';

const password = 'air tenang menghanyutkan';

describe("an office's page", () => {
  let province: TestProvince;
  let now = new Date('2026-11-22T02:00:00Z');
  let browser: OperatorBrowser;

  beforeAll(async () => {
    province = await startTestProvince({ now: () => now });
    await createOperator(province.server.pool, 'Rini', password, now);
  });
  afterAll(async () => {
    await province.stop();
  });
  beforeEach(async () => {
    now = new Date(now.getTime() + 3_600_000);
    browser = new OperatorBrowser(province.server.address);
    await browser.login('rini', password);
  });

  it('says since when the office refuses what is issued to it, until it takes that', async () => {
    const office = await TestOffice.enrolled(province.server);
    const look = async (query: string) => {
      const headers = { authorization: `Bearer ${office.credential}` };
      expect((await fetch(`${province.server.address}/v1/down?after=0${query}`, { headers })).status).toBe(
        200,
      );
      const { text } = await browser.open(`/operator/kantor/${office.id}`);
      return { text, since: (await findOffice(province.server.pool, office.id))?.refusesSince };
    };
    const count = async () =>
      /Menolak terbitan provinsi<\/dt>\s*<dd[^>]*>(\d+)/.exec((await browser.open('/operator')).text)?.[1];
    expect(await look('')).toMatchObject({ since: null });
    const before = Number(await count());

    const since = now;
    expect(await look('&refused=true')).toEqual({ since, text: expect.stringContaining('Menolak terbitan') });
    now = new Date(now.getTime() + 60_000);
    // Since the first time that it said so.
    expect(await look('&refused=true')).toMatchObject({ since });
    expect(Number(await count())).toBe(before + 1);
    expect(await look('')).toEqual({ since: null, text: expect.not.stringContaining('Menolak terbitan') });
    expect(Number(await count())).toBe(before);
  });

  it('shows what is of a kind that the server does not know, as long as the office sends it', async () => {
    const office = await TestOffice.enrolled(province.server);
    const { pool } = province.server;
    const since = now;
    const newer = legalised({ record: { kind: 'case.divided' } });
    const send = async () => await office.answers(province.server, [newer]);
    expect(await send()).toMatchObject([{ status: 'held', code: 'kind_unknown' }]);
    now = new Date(now.getTime() + 60_000);
    await send();
    expect(await listFailing(pool, office.id)).toMatchObject([
      { state: 'menunggu', key: newer.key, caseId: newer.caseId, at: since },
    ]);
    const { text } = await browser.open(`/operator/kantor/${office.id}`);
    expect(text).toContain('belum dikenal server ini');
    expect(text).not.toContain('case.divided');
    expect((await findOffice(pool, office.id))?.waiting).toBe(1);

    // As once the server is newer: the same key, and a kind that it knows by then.
    await office.answers(province.server, [{ ...newer, kind: 'case.legalised' }]);
    expect(await listFailing(pool, office.id)).toEqual([]);

    // What the office keeps no more is not waited for.
    await office.answers(province.server, [legalised({ record: { kind: 'case.divided' } })]);
    expect((await findOffice(pool, office.id))?.waiting).toBe(1);
    now = new Date(now.getTime() + 25 * 3_600_000);
    await office.answers(province.server, [legalised()]);
    expect((await findOffice(pool, office.id))?.waiting).toBe(0);
  });

  it('shows each file that is not here whole until it is, and does not say that all is here before', async () => {
    const office = await TestOffice.enrolled(province.server);
    const { pool } = province.server;
    const enrolled = await authenticate(pool, `Bearer ${office.credential}`);
    const [photo, deed] = [Buffer.alloc(3_000, 7), Buffer.alloc(4_096, 8)];
    const files = [
      { hash: sha256(photo).toString('hex'), mediaType: 'image/jpeg', size: photo.length, slot: 'F-KTP' },
      { hash: sha256(deed).toString('hex'), mediaType: 'image/png', size: deed.length, slot: 'Foto Siti' },
    ];
    const none = 'Semua catatan dan lampiran kantor ini sudah diterima.';
    const show = async () => {
      const { text } = await browser.open(`/operator/kantor/${office.id}`);
      const waiting = (await findOffice(pool, office.id))?.waiting;
      return { text, waiting, listed: await listFailing(pool, office.id) };
    };
    const piece = (from: number, to: number) =>
      takeChunk(pool, enrolled, files[0]?.hash ?? '', from, photo.subarray(from, to), now);
    expect((await show()).text).toContain(none);

    const sent = now;
    const record = legalised({ body: (body) => Object.assign(body, { attachments: files }) });
    await office.answers(province.server, [record]);
    now = new Date(now.getTime() + 1_000);
    // The same files, named again, are the same that is missing, and since the first time.
    await office.answers(province.server, [corrected(record, [['household.address.rt', 5]])]);
    await piece(0, 1_024);
    const partly = await show();
    const waits = { state: 'menunggu', caseId: record.caseId, key: record.key, at: sent };
    expect(partly.listed).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...waits, file: { slot: 'F-KTP', size: 3_000, received: 1_024 } }),
        expect.objectContaining({ ...waits, file: { slot: files[1]?.slot, size: 4_096, received: 0 } }),
      ]),
    );
    expect([partly.waiting, partly.listed.length]).toEqual([2, 2]);
    expect(partly.text).toContain('KTP responden belum lengkap: 1 dari 3 KB sudah di sini.');
    expect(partly.text).toContain('Lampiran belum lengkap: 0 dari 4 KB sudah di sini.');
    expect(partly.text).not.toContain('Foto Siti');
    expect(partly.text).not.toContain(none);

    await piece(1_024, 3_000);
    const later = await show();
    expect([later.waiting, later.listed.map(({ file }) => file?.received)]).toEqual([1, [0]]);
    expect(later.text).not.toContain('KTP responden');
    expect(later.text).not.toContain(none);

    await takeChunk(pool, enrolled, files[1]?.hash ?? '', 0, deed, now);
    const whole = await show();
    expect([whole.waiting, whole.listed]).toEqual([0, []]);
    expect(whole.text).toContain(none);
  });

  it('shows the newest of what is missing where it is more than one page holds', async () => {
    const office = await TestOffice.enrolled(province.server);
    const attachments = Array.from({ length: failingShown + 1 }, (_, nth) => ({
      hash: nth.toString(16).padStart(64, '0'),
      mediaType: 'image/jpeg',
      size: 1,
      slot: 'bukti',
    }));
    await office.answers(province.server, [
      legalised({ body: (body) => Object.assign(body, { attachments }) }),
    ]);
    expect((await findOffice(province.server.pool, office.id))?.waiting).toBe(failingShown + 1);
    expect(await listFailing(province.server.pool, office.id)).toHaveLength(failingShown);
    expect((await browser.open(`/operator/kantor/${office.id}`)).text).toContain('(200 terbaru)');
  });
});
