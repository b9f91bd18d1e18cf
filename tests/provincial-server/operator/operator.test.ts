import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DownPage, type DownItem } from '../../../shared/provincial/down.ts';
import type { PushRecord } from '../../../shared/provincial/record.ts';
import { Problem } from '../../../shared/provincial/wire.ts';
import { findOffice, listFailing } from './overview.ts';
import {
  corrected,
  gambir,
  legalised,
  retracted,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from '../testing.ts';
import { createOperator } from './operators.ts';
import { findNewestAction, OperatorBrowser } from './testing.ts';

const password = 'air tenang menghanyutkan';
const cideng = '31.71.01.1002';

describe("the operators' pages", () => {
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

  const newestAction = () => findNewestAction(province.server.pool);

  async function itemsFor(office: TestOffice): Promise<DownItem[]> {
    const response = await fetch(`${province.server.address}/v1/down`, {
      headers: { authorization: `Bearer ${office.credential}` },
    });
    const page = DownPage.parse(await response.json());
    return page.items.map((jws) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()));
  }

  it('show each office with its last contact and what it could not deliver', async () => {
    const office = await TestOffice.enrolled(province.server, cideng);
    const first = legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: cideng }) });
    const broken = legalised({
      body: (body) => Object.assign(body.household.address, { kelurahan: gambir }),
    });
    const orphan = corrected(first, [['household.address.rt', 5]], { parent: crypto.randomUUID() });
    expect(
      (await office.answers(province.server, [first, broken, orphan])).map(({ status }) => status),
    ).toEqual(['accepted', 'rejected', 'held']);
    expect(await findOffice(province.server.pool, office.id)).toMatchObject({
      cases: 1,
      waiting: 1,
      rejected: 1,
      conflicts: 0,
      lastContactAt: now,
    });
    const { text } = await browser.open(`/operator/kantor/${office.id}`);
    expect(text).toContain('Alamat rumah tangga di luar wilayah kerja kantor ini.');
    expect(text).toContain('kelurahan rumah tangga');
    expect(text).toContain('Menunggu catatan sebelumnya');

    now = new Date(now.getTime() + 25 * 3_600_000);
    await browser.login('rini', password);
    expect((await browser.open('/operator')).text).toContain('Lama tidak menghubungi');
  });

  it('show a refusal until the same office has delivered the case, and one without a case until it delivers anything', async () => {
    const [one, two] = [
      await TestOffice.enrolled(province.server),
      await TestOffice.enrolled(province.server),
    ];
    const rejectedOf = async (office: TestOffice) =>
      (await findOffice(province.server.pool, office.id))?.rejected;
    const send = async (office: TestOffice, record: PushRecord) => {
      now = new Date(now.getTime() + 1_000);
      return (await office.answers(province.server, [record])).map(({ status }) => status);
    };
    const theirs = legalised();
    const nameless = legalised({ record: { caseId: 'tanpa berkas' } });
    expect([
      await send(two, nameless),
      await send(one, theirs),
      await send(two, corrected(theirs, [['household.address.rt', 5]], { parent: null })),
    ]).toEqual([['rejected'], ['accepted'], ['rejected']]);
    expect(await rejectedOf(two)).toBe(2);

    await send(one, corrected(theirs, [['household.address.rt', 6]]));
    expect(await rejectedOf(two)).toBe(2);
    await send(two, legalised());
    expect([await rejectedOf(one), await rejectedOf(two)]).toEqual([0, 1]);
  });

  it('show the refusal of a case no more once its office has closed it', async () => {
    const office = await TestOffice.enrolled(province.server);
    const open = async () => (await listFailing(province.server.pool, office.id)).map(({ key }) => key);
    const send = async (record: PushRecord) => {
      now = new Date(now.getTime() + 1_000);
      await office.answers(province.server, [record]);
    };
    const outside = (caseId?: string) =>
      legalised({
        record: caseId === undefined ? {} : { caseId },
        body: (body) => Object.assign(body.household.address, { kelurahan: '31.72.01.1001' }),
      });
    const [closed, other] = [outside(), outside()];
    await send(closed);
    await send(other);
    await send({ ...retracted(closed), parent: null, baseVersion: 0 });
    expect(await open()).toEqual([other.key]);
  });

  it('make a code with which one office enrols, and revoke it with a reason', async () => {
    const made = await browser.submit('/operator/kode', { wilayah: 'Kelurahan Cideng' });
    const code = /class="secret">([0-9A-Z-]{19})</.exec(made.text)?.[1] ?? '';
    expect(await newestAction()).toEqual({ action: 'kode_dibuat', about: { wilayah: cideng }, who: 'rini' });

    const office = await TestOffice.create();
    const enrolled = await (await office.enrol(province.server, code, cideng)).json();
    Object.assign(office, { id: enrolled.officeId, credential: enrolled.credential });
    const mine = legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: cideng }) });
    expect((await office.push(province.server, [mine])).status).toBe(200);

    // Whoever makes another for the same area is told that this one is still enrolled.
    expect((await browser.submit('/operator/kode', { wilayah: cideng })).text).toContain(
      'Masih terdaftar di wilayah ini: Kelurahan Gambir',
    );

    const path = `/operator/kantor/${office.id}`;
    expect((await browser.submit(`${path}/cabut`, { alasan: ' ', paham: 'ya' })).status).toBe(422);
    expect((await browser.submit(`${path}/cabut`, { alasan: 'Komputer hilang' })).status).toBe(422);
    expect((await office.push(province.server, [mine])).status).toBe(200);

    expect((await browser.submit(`${path}/cabut`, { alasan: 'Komputer hilang', paham: 'ya' })).location).toBe(
      path,
    );
    expect(await newestAction()).toMatchObject({
      action: 'kantor_dicabut',
      about: { alasan: 'Komputer hilang' },
    });
    const refused = await office.push(province.server, [mine]);
    expect([refused.status, Problem.parse(await refused.json()).error]).toEqual([
      403,
      { code: 'office_revoked', sentence: 'Pendaftaran kantor ini dicabut oleh provinsi.', field: null },
    ]);
    expect((await browser.open(path)).text).not.toContain('Mencabut pendaftaran');

    await browser.submit(`${path}/cabut`, { alasan: 'Sekali lagi', paham: 'ya' });
    expect(await newestAction()).toMatchObject({ about: { alasan: 'Komputer hilang' } });
  });

  it.each(['Ambon', '31', '31.71', 'Jakarta'])(
    'make no code for %s, which is no office’s area',
    async (wilayah) => {
      const refused = await browser.submit('/operator/kode', { wilayah });
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Pilih satu kelurahan')]);
    },
  );

  it('issue penetapan line by line, each to the office of its case, once', async () => {
    const offices = [await TestOffice.enrolled(province.server), await TestOffice.enrolled(province.server)];
    const records = offices.map(() => legalised());
    for (const [index, office] of offices.entries()) await office.answers(province.server, [records[index]]);
    const [one = '', two = ''] = records.map(({ caseId }) => caseId);
    const decree = { periodId: '2026-11', decree: '12/2026', decidedOn: '2026-12-01' };

    const wrong = await browser.submit('/operator/terbit/penetapan', {
      ...decree,
      lines: `JKT-99999999;ditetapkan\n${one};mungkin\n${two};ditetapkan\n\n${two};ditetapkan`,
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Baris 1: nomor JKT-99999999 tidak ada di provinsi.');
    expect(wrong.text).toContain('Baris 2: tulis ditetapkan atau tidak ditetapkan.');
    expect(wrong.text).toContain(`Baris 5: nomor ${two} sudah ada di atasnya.`);
    expect(wrong.text).toContain(`${one};mungkin`);

    const { location } = await browser.submit('/operator/terbit/penetapan', {
      ...decree,
      lines: `${one};ditetapkan;Tahap I\n${two.toUpperCase()}\tTidak ditetapkan`,
    });
    for (const office of offices) expect(await itemsFor(office)).toEqual([]);
    expect((await browser.open(location ?? '')).text).toContain('Belum diterbitkan.');

    await Promise.all([1, 2, 3].map(() => browser.submit(location ?? '', {})));
    expect(await Promise.all(offices.map(itemsFor))).toEqual([
      [
        expect.objectContaining({
          kind: 'decision.penetapan',
          body: { ...decree, caseId: one, outcome: 'ditetapkan', note: 'Tahap I' },
        }),
      ],
      [
        expect.objectContaining({
          kind: 'decision.penetapan',
          body: { ...decree, caseId: two, outcome: 'tidak_ditetapkan', note: null },
        }),
      ],
    ]);
    expect(await newestAction()).toMatchObject({ action: 'terbitan_diterbitkan', about: { butir: 2 } });
  });

  it('issue settings from a file to every office of an area, and to no other', async () => {
    const inside = await TestOffice.enrolled(province.server, cideng);
    const outside = await TestOffice.enrolled(province.server, '31.74.01.1001');
    const body = {
      setting: 'kalender',
      id: '',
      version: '2026-2',
      title: 'Kalender MPM',
      effectiveFrom: '2026-12-01',
      content: { periodMonths: [3, 9] },
    };
    const { location } = await upload('setting.published', '31.71.01', JSON.stringify(body));
    expect((await browser.open(location ?? '')).text).toContain('kalender: Kalender MPM, versi 2026-2');
    await browser.submit(location ?? '', {});
    expect(await itemsFor(inside)).toEqual([expect.objectContaining({ area: '31.71.01', body })]);
    expect(await itemsFor(outside)).toEqual([]);
  });

  it('issue what is said of families from a file to the office of each, and to no other of the area', async () => {
    const offices = [await TestOffice.enrolled(province.server), await TestOffice.enrolled(province.server)];
    const records = offices.map(() => [legalised(), legalised()]);
    for (const [index, office] of offices.entries())
      await office.answers(province.server, records[index] ?? []);
    const [mine = [], theirs = []] = records.map((own) => own.map(({ caseId }) => caseId));
    const all = [mine[0] ?? '', theirs[0] ?? '', theirs[1] ?? '', mine[1] ?? ''];
    let preview = '';
    const issued = async (kind: string, bodies: unknown): Promise<unknown[][]> => {
      const { location } = await upload(kind, '31.71', JSON.stringify(bodies));
      preview = (await browser.open(location ?? '')).text;
      await browser.submit(location ?? '', {});
      return await Promise.all(
        offices.map(async (office) =>
          (await itemsFor(office)).filter((item) => item.kind === kind).map(({ body }) => body),
        ),
      );
    };
    const ranks = all.map((caseId, nth) => ({ caseId, rank: nth + 1, desil: 1 }));
    const rank = { periodId: '2026-11', model: 'pmt-1' };
    expect(await issued('decision.rank', { ...rank, ranks })).toEqual([
      [{ ...rank, of: 4, ranks: [ranks[0], ranks[3]] }],
      [{ ...rank, of: 4, ranks: [ranks[1], ranks[2]] }],
    ]);
    expect(preview).toContain('2 peringkat menurut pmt-1, dari 4 keluarga seluruhnya');
    expect(preview).toContain('hanya sebagian');
    const recipients = all.map((caseId) => ({
      caseId,
      memberId: null,
      status: 'menerima',
      from: null,
      until: null,
    }));
    const program = { periodId: '2026-11', program: { id: 'pkh', name: 'PKH' } };
    expect(await issued('decision.recipients', [{ ...program, recipients }])).toEqual([
      [{ ...program, recipients: [recipients[0], recipients[3]] }],
      [{ ...program, recipients: [recipients[1], recipients[2]] }],
    ]);
    const decisions = theirs.map((caseId) => ({
      caseId,
      periodId: '2026-11',
      outcome: 'ditetapkan',
      decree: '12/2026',
      decidedOn: '2026-12-01',
      note: null,
    }));
    expect(await issued('decision.penetapan', decisions)).toEqual([[], decisions]);
    const task = {
      caseId: mine[0],
      key: null,
      code: 'x',
      field: null,
      sentence: 'Periksa lagi.',
      by: 'Dinas',
    };
    expect(await issued('record.rejected', task)).toEqual([[task], []]);

    // Worksheets and other programs write ids in capitals as well.
    const inCapitals = <Part extends { caseId: string | undefined }>(part: Part) => ({
      ...part,
      caseId: part.caseId?.toUpperCase(),
    });
    const capitals = { ...rank, ranks: ranks.map(inCapitals) };
    expect((await issued('decision.rank', capitals)).map((own) => own.slice(1))).toEqual([
      [{ ...rank, of: 4, ranks: [ranks[0], ranks[3]] }],
      [{ ...rank, of: 4, ranks: [ranks[1], ranks[2]] }],
    ]);
    const receiving = { ...program, recipients: recipients.map(inCapitals) };
    expect((await issued('decision.recipients', receiving)).map((own) => own.slice(1))).toEqual([
      [{ ...program, recipients: [recipients[0], recipients[3]] }],
      [{ ...program, recipients: [recipients[1], recipients[2]] }],
    ]);
    expect(await issued('record.rejected', inCapitals(task))).toEqual([[task, task], []]);

    const elsewhere = await upload('record.rejected', '31.74', JSON.stringify(task));
    expect(elsewhere.text).toContain(`Butir 1: keluarga ${mine[0]} tidak ada di wilayah yang dituju.`);
    const nobody = await upload(
      'record.rejected',
      '31',
      JSON.stringify({ ...task, caseId: crypto.randomUUID() }),
    );
    expect(nobody.status).toBe(422);
  });

  function upload(kind: string, wilayah: string, text: string) {
    return browser.submit('/operator/terbit/berkas', {
      kind,
      wilayah,
      berkas: new File([text], 'terbitan.json'),
    });
  }

  it.each([
    ['no JSON', 'setting.published', '31', '{', 'bukan JSON'],
    ['nothing', 'reference.list', '31', '[]', 'tidak berisi apa pun'],
    ['a body of another kind', 'decision.rank', '31', '{"setting":"kalender"}', 'Butir 1: isian periodId'],
    [
      'a month that is none',
      'setting.published',
      '31',
      JSON.stringify({
        setting: 'kalender',
        id: '',
        version: '1',
        title: 'K',
        effectiveFrom: '2026-12-01',
        content: { periodMonths: [13] },
      }),
      'Butir 1: isian content.periodMonths.0',
    ],
    [
      'an item that a slow line carries for minutes',
      'setting.published',
      '31',
      JSON.stringify({
        setting: 'model_skor',
        id: 'pmt',
        version: '1',
        title: 'PMT',
        effectiveFrom: '2026-12-01',
        content: { weights: { lantai: 1 }, sandi: 'x'.repeat(4 * 1024 * 1024) },
      }),
      'paling banyak 4 MB',
    ],
    ['an unknown area', 'setting.published', 'Ambon', '{}', 'Pilih wilayah yang dituju'],
    ['an unknown kind', 'case.changed', '31', '{}', 'Pilih jenis terbitannya'],
  ])('prepare no file with %s', async (_, kind, wilayah, text, sentence) => {
    const refused = await upload(kind, wilayah, text);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(sentence)]);
  });

  it('give a website a token, and take it back', async () => {
    const made = await browser.submit('/operator/token', {
      pembaca: 'SI Jali',
      peran: 'publik_agregat',
      wilayah: '31',
      hari: '90',
    });
    const token = /class="secret">([\w.-]+)</.exec(made.text)?.[1] ?? '';
    const read = () =>
      fetch(`${province.server.address}/v1/read/recap?area=31`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await read()).status).toBe(200);
    expect((await browser.open('/operator/catatan')).text).toContain('SI Jali');
    const [id = ''] = token.split('.');
    await browser.submit(`/operator/token/${id}/cabut`, {});
    expect((await read()).status).toBe(401);
    expect(await newestAction()).toMatchObject({ action: 'token_dicabut', about: { pembaca: 'SI Jali' } });

    await browser.submit(`/operator/token/${id}/cabut`, {});
    const { rows } = await province.server.pool.query(
      `SELECT count(*)::int AS times FROM operator_action WHERE action = 'token_dicabut'`,
    );
    expect(rows).toEqual([{ times: 1 }]);
  });

  it.each([
    { pembaca: '', peran: 'provinsi', wilayah: '31', hari: '1' },
    { pembaca: 'Situs', peran: 'raja', wilayah: '31', hari: '1' },
    { pembaca: 'Situs', peran: 'provinsi', wilayah: '99', hari: '1' },
    { pembaca: 'Situs', peran: 'provinsi', wilayah: '31', hari: '0' },
  ])('give no token for %o', async (fields) => {
    expect((await browser.submit('/operator/token', fields)).status).toBe(422);
  });

  it.each(['/operator/kantor/tidak-ada', `/operator/terbit/${crypto.randomUUID()}`, '/operator/lain'])(
    'say that there is no %s',
    async (path) => {
      const { status, text } = await browser.open(path);
      expect([status, text]).toEqual([404, expect.stringContaining('Tidak ditemukan')]);
    },
  );
});
