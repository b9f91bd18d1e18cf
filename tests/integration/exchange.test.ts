import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { attentionItems } from '../../electron/services/attention.ts';
import { loadInstrument, shelfOf } from '../../electron/services/instruments.ts';
import { currentSettings } from '../../electron/services/settings.ts';
import { listDecisionsOfCase, listPendingOfKind, readDownMark } from '../../electron/store/down.ts';
import { readProven } from '../../electron/sync/signatures.ts';
import { DownItem, DownPage } from '../../shared/provincial/down.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { findOffice } from '../provincial-server/operator/overview.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import { signCompact } from '../provincial-server/signing.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut } from './line.ts';
import { issueTo, lendOffice, type PushingOffice, patient, provinceTime, takenDown } from './pushing.ts';
import { printForms, readyCase } from './visits.ts';

describe('what comes back from the province', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const issue = (kind: string, body: Record<string, unknown>, to?: { area: string }) =>
    issueTo(o, province, kind, body, to);

  /** First the one rank, then the other: two items of one case. */
  async function issueTwoRanks(caseId: string): Promise<void> {
    for (const rank of [1, 2])
      await issue('decision.rank', {
        periodId: '2026-11',
        model: 'pmt-1',
        ranks: [{ caseId, rank, desil: null }],
      });
  }

  const taken = () => takenDown(o, province);

  it('brings what is issued after the province put back an older copy of what it had issued', async () => {
    const { pool } = province.server;
    const caseId = await o.accepted(21);
    const periods = () => listDecisionsOfCase(o.register().db, caseId).map(({ periodId }) => periodId);
    const issueRank = (periodId: string) =>
      issue('decision.rank', { periodId, model: 'pmt-1', ranks: [{ caseId, rank: 1, desil: null }] });
    for (const periodId of ['2026-01', '2026-02']) await issueRank(periodId);
    await taken();
    // The copy is older than both; what is issued next takes their places.
    await pool.query('DELETE FROM down_item WHERE cursor > (SELECT max(cursor) - 2 FROM down_item)');
    await pool.query(
      `SELECT setval(pg_get_serial_sequence('down_item', 'cursor'), coalesce(max(cursor), 0) + 1, false) FROM down_item`,
    );
    for (const periodId of ['2026-03', '2026-04']) await issueRank(periodId);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(periods()).toEqual(['2026-04', '2026-03', '2026-02', '2026-01']), patient);
    await taken();
  });

  it('refuses a page whole when one signature fails, and takes it when it holds', async () => {
    // From the start, so that no look which set out before the items were issued brings one of them.
    o.line.fault = async (request, pass) => {
      const response = await pass();
      if (!request.url.includes('/v1/down')) return response;
      const page = await response.json();
      const items: string[] = page.items;
      return Response.json({
        ...page,
        items: items.map((jws, n) => (n === items.length - 1 ? `${jws.slice(0, -6)}AAAAAA` : jws)),
      });
    };
    const caseId = await o.accepted(1);
    await issueTwoRanks(caseId);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(readDownMark(o.register().db).refusedAt).not.toBeNull(), patient);
    expect(listDecisionsOfCase(o.register().db, caseId)).toEqual([]);
    expect(o.status()).toMatchObject({ downRefused: true, attention: 1 });
    expect(attentionItems(o.register())).toEqual([{ kind: 'berita_ditolak', id: 'halaman' }]);
    // The province's operators see it, too.
    const refusesSince = async () => (await findOffice(province.server.pool, o.officeId()))?.refusesSince;
    expect(await refusesSince()).toBeNull();
    o.register().push?.retryNow();
    await vi.waitFor(async () => expect(await refusesSince()).toEqual(provinceTime), patient);
    o.line.fault = null;
    await taken();
    expect(listDecisionsOfCase(o.register().db, caseId)).toMatchObject([{ outcome: { rank: 2 } }]);
    expect(o.status()).toMatchObject({ downRefused: false, attention: 0 });
    o.register().push?.retryNow();
    await vi.waitFor(async () => expect(await refusesSince()).toBeNull(), patient);
  });

  it.each<[what: string, forge: (item: DownItem) => DownItem, typ?: string]>([
    ['for another office', (item) => ({ ...item, officeId: randomUUID() })],
    ['for another area', (item) => ({ ...item, officeId: null, area: '31.72' })],
    ['that stands before one which came already', (item) => ({ ...item, cursor: 1 })],
    ['that was signed for another purpose', (item) => item, signatureType.proof],
  ])('refuses a page whole with one item %s, though the province signed it', async (_, forge, typ) => {
    const key = await loadServerKey(province.server.pool);
    let issued = false;
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/down')) return await pass();
      // Both items come in one page.
      if (!issued) return await cut(request, pass);
      const response = await pass();
      const page = DownPage.parse(await response.json());
      const last = page.items.length - 1;
      const items = page.items.map((jws, n) => {
        const item = readProven(jws, DownItem);
        if (item === null) throw new Error('An item has another shape.');
        return n === last ? signCompact(key, typ ?? signatureType.down, forge(item)) : jws;
      });
      return Response.json({ ...page, items });
    };
    const caseId = await o.accepted(1);
    await issueTwoRanks(caseId);
    issued = true;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(readDownMark(o.register().db).refusedAt).not.toBeNull(), patient);
    expect(readDownMark(o.register().db).cursor).toBe(0);
    expect(listDecisionsOfCase(o.register().db, caseId)).toEqual([]);
    o.line.fault = null;
    await taken();
    expect(listDecisionsOfCase(o.register().db, caseId)).toMatchObject([{ outcome: { rank: 2 } }]);
  });

  it('keeps what it does not know yet, and what is for another day, and goes on', async () => {
    await issue('decision.saldo', { newer: true });
    await issue('setting.published', {
      setting: 'kalender',
      id: '',
      version: '2',
      title: 'Kalender 2027',
      effectiveFrom: '2026-11-12',
      content: { periodMonths: [3, 9] },
    });
    await issue('setting.published', {
      setting: 'model_skor',
      id: 'pmt',
      version: '3',
      title: 'PMT 2026',
      effectiveFrom: '2026-11-01',
      content: { weights: { lantai: 1 } },
    });
    await issue('setting.published', {
      setting: 'jadwal_verifikasi',
      id: '',
      version: '1',
      title: 'Jadwal verifikasi 2027',
      effectiveFrom: '2026-11-01',
      content: { newer: true },
    });
    await taken();
    expect(currentSettings(o.register()).periodMonths).toEqual([5, 11]);
    o.t.clock.advance(3 * 86_400_000);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(currentSettings(o.register()).periodMonths).toEqual([3, 9]), patient);
    await o.t.restart();
    const settings = await (await o.t.as('lurah')).sync.settings.query();
    expect(settings.map(({ setting, version }) => [setting, version])).toEqual([
      ['kalender', '2'],
      ['model_skor', '3'],
      ['lain', '1'],
    ]);
    expect(settings.at(-1)).toMatchObject({
      title: 'Jadwal verifikasi 2027',
      standing: 'menunggu',
      unusable: expect.stringContaining('disimpan sampai diperbarui'),
    });
  });

  it('comes to the same calendar whenever it looks: of the later day, of one day the one that was issued last', async () => {
    const calendar = (version: string, effectiveFrom: string, content: Record<string, unknown>) =>
      issue('setting.published', {
        setting: 'kalender',
        id: version,
        version,
        title: `Kalender ${version}`,
        effectiveFrom,
        content,
      });
    await calendar('2', '2026-11-05', { periodMonths: [1, 7], calendar: { muskel: 20, pengesahan: 6 } });
    await calendar('1', '2026-11-05', { periodMonths: [2, 8], calendar: { pengesahan: 7 } });
    await calendar('9', '2026-11-01', { periodMonths: [4, 10], calendar: { muskel: 25 } });
    await taken();
    // What no later one names stands by the one before; what none names, as it was.
    expect(currentSettings(o.register())).toMatchObject({
      periodMonths: [2, 8],
      calendar: { pendaftaran: 45, muskel: 20, verifikasi: 14, pengesahan: 7 },
    });
    const shown = await (await o.t.as('lurah')).sync.settings.query();
    expect(new Map(shown.map(({ version, standing }) => [version, standing]))).toEqual(
      new Map([
        ['1', 'berlaku'],
        ['2', 'berlaku'],
        ['9', 'digantikan'],
      ]),
    );
  });

  it('writes the calendar on its day without a line, also while the office stays open', async () => {
    const calendar = (version: string, effectiveFrom: string, periodMonths: number[]) =>
      issue('setting.published', {
        setting: 'kalender',
        id: '',
        version,
        title: `Kalender ${version}`,
        effectiveFrom,
        content: { periodMonths },
      });
    await calendar('1', '2026-11-12', [3, 9]);
    await calendar('2', '2026-11-20', [6, 12]);
    await taken();
    o.line.fault = cut;
    o.t.clock.advance(3 * 86_400_000);
    // A screen that is left open asks now and then, and then it is quiet.
    await o.t.anonymous.session.status.query();
    await vi.waitFor(() => expect(currentSettings(o.register()).periodMonths).toEqual([3, 9]), patient);
    o.t.clock.advance(8 * 86_400_000);
    await o.t.restart();
    expect(currentSettings(o.register()).periodMonths).toEqual([6, 12]);
  });

  it('reads the answers of a newer province: what it says more is kept as it was signed, and stops nothing', async () => {
    o.line.fault = async (_, pass) => {
      const response = await pass();
      const answer = z.looseObject({}).parse(await response.json());
      return Response.json({ ...answer, antrean: 'pagi', wire: 7 }, { status: response.status });
    };
    const caseId = await o.accepted(1);
    const body = { caseId, periodId: '2026-11', model: 'pmt-1', kelas: 'B' };
    await issue('decision.rank', { ...body, ranks: [{ caseId, rank: 7, desil: 2, kelas: 'B' }] });
    await taken();
    const { db } = o.register();
    expect(listDecisionsOfCase(db, caseId)).toMatchObject([{ outcome: { rank: 7, desil: 2 } }]);
    const kept = db.prepare(`SELECT jws FROM down_item WHERE kind = 'decision.rank'`).pluck().get();
    expect(readProven(z.string().parse(kept), DownItem)?.body).toMatchObject({
      kelas: 'B',
      ranks: [{ kelas: 'B' }],
    });
  });

  it('prints with an instrument of the province from its day on, and keeps a version that is in use as it is', async () => {
    const bundled = JSON.parse(readFileSync('resources/instruments/bdt-2015-1.json', 'utf8'));
    const next = { ...bundled, version: '2', title: 'BDT 2015, susunan baru' };
    const publishInstrument = (version: string, content: unknown, effectiveFrom = '2026-11-12') =>
      issue('setting.published', {
        setting: 'instrumen',
        id: 'bdt-2015',
        version,
        title: `BDT versi ${version}`,
        effectiveFrom,
        content,
      });
    await publishInstrument('2', next);
    await publishInstrument('1', { ...bundled, title: 'Diubah diam-diam' }, '2026-11-01');
    await publishInstrument('4', { ...bundled, version: '3' }, '2026-11-01');
    await publishInstrument('5', { questions: 'dari versi kelak' }, '2026-11-01');
    await taken();
    const client = () => o.t.as('petugas_verifikasi');
    const version = async () =>
      (await (await client()).verification.options.query()).instruments.find(({ id }) => id === 'bdt-2015')
        ?.version;
    expect(await version()).toBe('1');
    o.t.clock.advance(3 * 86_400_000);
    await o.t.restart();
    expect(await version()).toBe('2');

    await printForms(o.t, [await readyCase(o.t)]);
    const [sheet] = listVersionsPrinted(o);
    expect(loadInstrument(shelfOf(o.register()), 'bdt-2015', sheet ?? '').title).toBe(
      'BDT 2015, susunan baru',
    );

    const settings = await (await o.t.as('lurah')).sync.settings.query();
    const unusable = Object.fromEntries(settings.map((setting) => [setting.version, setting.unusable]));
    expect(unusable).toEqual({
      '1': expect.stringContaining('sudah dipakai dengan isi lain'),
      '2': null,
      '4': expect.stringContaining('tidak sama dengan isinya'),
      '5': expect.stringContaining('belum dapat memakainya'),
    });
  });

  it('applies on its day what came under a key that the province has replaced since', async () => {
    const bundled = JSON.parse(readFileSync('resources/instruments/bdt-2015-1.json', 'utf8'));
    await issue('setting.published', {
      setting: 'instrumen',
      id: 'bdt-2015',
      version: '2',
      title: 'BDT versi 2',
      effectiveFrom: '2026-11-12',
      content: { ...bundled, version: '2' },
    });
    await taken();
    const { publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    o.register()
      .db.prepare('UPDATE office_link SET server_public_key = ?')
      .run(JSON.stringify(await exportJWK(publicKey)));
    o.t.clock.advance(3 * 86_400_000);
    await o.t.restart();
    await vi.waitFor(
      () => expect(listPendingOfKind(o.register().db, 'setting.published')).toEqual([]),
      patient,
    );
  });

  it("shows what a program asks for, and says that the rank is the province's to compute", async () => {
    const rule = (version: string, content: Record<string, unknown>) =>
      issue('setting.published', {
        setting: 'aturan_program',
        id: 'kjp',
        version,
        title: 'KJP Plus',
        effectiveFrom: '2026-11-01',
        content,
      });
    await rule('1', {
      program: { id: 'kjp', name: 'KJP Plus' },
      sentences: [
        'Anak usia 6 sampai 21 tahun yang bersekolah.',
        'Keluarga ditetapkan dalam DTSEN desil 1–4.',
      ],
    });
    await rule('2', { rumus: 'dari versi kelak' });
    await taken();
    const settings = await (await o.t.as('petugas_loket')).sync.settings.query();
    expect(settings).toMatchObject([
      {
        version: '2',
        standing: 'menunggu',
        sentences: [],
        unusable: expect.stringContaining('disimpan sampai'),
      },
      {
        version: '1',
        standing: 'berlaku',
        unusable: null,
        sentences: [expect.stringContaining('6 sampai 21'), expect.any(String)],
      },
    ]);
  });
});

function listVersionsPrinted(o: PushingOffice): string[] {
  const rows = o.register().db.prepare('SELECT instrument_version FROM sheet').pluck().all();
  return z.array(z.string()).parse(rows);
}
