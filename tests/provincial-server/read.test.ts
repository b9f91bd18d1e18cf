import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FamilyDetail, FamilyPage, type ReadRole, RecapAnswer } from '../../shared/provincial/read.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { Problem } from '../../shared/provincial/wire.ts';
import { inTransaction } from './database.ts';
import { publish } from './down.ts';
import { byAddress, byName } from './read-families.ts';
import { createReadToken, revokeReadToken } from './read-tokens.ts';
import { gambir, legalised, retracted, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

const cideng = '31.71.01.1002';
const senen = '31.71.04.1001';

describe('the read API', () => {
  let province: TestProvince;
  let now = new Date('2026-11-22T02:00:00Z');
  const tokens = new Map<string, string>();
  const records = new Map<string, PushRecord>();

  beforeAll(async () => {
    province = await startTestProvince({ now: () => now });
    for (const [role, area] of [
      ['publik_agregat', '31'],
      ['kelurahan', gambir],
      ['provinsi', '31'],
      ['provinsi', '31.71.01'],
    ] as const)
      tokens.set(`${role} ${area}`, await issueToken(role, area));

    const families: [area: string, head: string, street: string, rw: number, rt: number][] = [
      [gambir, 'Siti Percobaan', 'Jl. Percobaan 7', 2, 4],
      [gambir, 'Budi Percobaan', 'Jl. Tanah Abang 1', 1, 2],
      [gambir, 'Zainab Percobaan', 'Jl. Percobaan 100%', 1, 1],
      [cideng, 'Siti Cideng', 'Jl. Cideng 3', 1, 1],
      [senen, 'Siti Senen', 'Jl. Senen 3', 1, 1],
      // What PostgreSQL writes small depends on its locale, and is not what JavaScript does.
      ['31.71.02.1001', 'ÉMILE Beraksen', 'Jl. Senen 4', 1, 1],
      ['31.71.02.1002', 'ÉNE Beraksen', 'Jl. Senen 5', 1, 1],
    ];
    for (const [index, [area, head, street, rw, rt]] of families.entries()) {
      const office = await TestOffice.enrolled(province.server, area);
      const record = legalised({
        body: (body) => {
          body.household.address = { street, rw, rt, kelurahan: area };
          const [first] = body.members;
          if (first === undefined) throw new Error('A household has a member.');
          first.name = head;
          Object.assign(body.visit ?? {}, {
            instrument: { id: 'bdt-2015', version: '1' },
            members: { [first.id]: { Sta_kawin: '4', Ijazah_tertinggi: '2', Sta_Bekerja: 'ya' } },
          });
          body.members.push({
            ...first,
            id: crypto.randomUUID(),
            name: index === 1 ? 'Anak1.M.Yusuf Rahmawati' : `Anak${index} Rahmawati`,
            nik: null,
            relation: '3',
          });
        },
      });
      await acceptAll(office, [record]);
      records.set(head, record);
    }
    const office = await TestOffice.enrolled(province.server, gambir);
    const gone = legalised({
      body: (body) => Object.assign(body.members[0] ?? {}, { name: 'Siti Ditarik' }),
    });
    await acceptAll(office, [gone, retracted(gone)]);
    records.set('Siti Ditarik', gone);
  });
  afterAll(async () => {
    await province.stop();
  });

  async function acceptAll(office: TestOffice, sent: readonly PushRecord[]): Promise<void> {
    const answers = await office.answers(province.server, sent);
    expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 'accepted'));
  }

  async function issueToken(role: ReadRole, area: string): Promise<string> {
    const { token } = await createReadToken(
      province.server.pool,
      { reader: `Situs ${role} ${area}`, role, area, days: 30 },
      now,
    );
    return token;
  }

  function ask(path: string, token: string | undefined, body?: unknown): Promise<Response> {
    return fetch(`${province.server.address}/v1/read${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function search(as: string, criteria: Record<string, unknown>): Promise<FamilyPage> {
    const response = await ask('/families', tokens.get(as), { wire: 1, ...criteria });
    expect(response.status).toBe(200);
    return FamilyPage.parse(await response.json());
  }

  async function problemOf(response: Response): Promise<[number, string, string | null]> {
    const { error } = Problem.parse(await response.json());
    return [response.status, error.code, error.field];
  }

  function idOf(head: string): string {
    return records.get(head)?.caseId ?? '';
  }

  async function newestAccess(): Promise<Record<string, unknown>> {
    const { rows } = await province.server.pool.query(
      `SELECT a.at, t.reader, a.what, a.criteria, a.rows, a.case_ids, a.refused
       FROM read_access AS a JOIN read_token AS t ON t.id = a.token_id ORDER BY a.id DESC LIMIT 1`,
    );
    return rows[0];
  }

  const heads = (page: FamilyPage): string[] => page.families.map(({ headName }) => headName);

  it('finds families by the beginning of any word of any member’s name, in the order of the heads', async () => {
    expect(heads(await search('provinsi 31', { name: 'siti' }))).toEqual([
      'Siti Cideng',
      'Siti Percobaan',
      'Siti Senen',
    ]);
    expect(heads(await search('provinsi 31', { name: 'RAHMA anak1' }))).toEqual(['Budi Percobaan']);
    for (const name of ['Yusuf', 'm.yusuf', 'M. Yusuf'])
      expect(heads(await search('provinsi 31', { name }))).toEqual(['Budi Percobaan']);
    expect(heads(await search('provinsi 31', { name: 'siti', kelurahan: senen }))).toEqual(['Siti Senen']);
    expect(heads(await search('provinsi 31', { name: 'percobaan', rw: 1, rt: 2 }))).toEqual([
      'Budi Percobaan',
    ]);
  });

  it('keeps a reader to its area, whatever is asked', async () => {
    expect(heads(await search('kelurahan 31.71.01.1001', { name: 'siti' }))).toEqual(['Siti Percobaan']);
    expect(heads(await search('provinsi 31.71.01', { name: 'siti' }))).toEqual([
      'Siti Cideng',
      'Siti Percobaan',
    ]);
  });

  it('lists a kelurahan by address, page by page, each family once', async () => {
    const first = await search('kelurahan 31.71.01.1001', { kelurahan: gambir, limit: 2 });
    expect(heads(first)).toEqual(['Zainab Percobaan', 'Budi Percobaan']);
    const second = await search('kelurahan 31.71.01.1001', {
      kelurahan: gambir,
      limit: 2,
      cursor: first.next,
    });
    expect([heads(second), second.next]).toEqual([['Siti Percobaan'], null]);

    const byHead = await search('provinsi 31', { name: 'siti', limit: 2 });
    const rest = await search('provinsi 31', { name: 'siti', limit: 2, cursor: byHead.next });
    expect([...heads(byHead), ...heads(rest)]).toEqual(['Siti Cideng', 'Siti Percobaan', 'Siti Senen']);

    const accented = await search('provinsi 31', { name: 'beraksen', limit: 1 });
    const next = await search('provinsi 31', { name: 'beraksen', limit: 1, cursor: accented.next });
    expect([...heads(accented), ...heads(next)]).toEqual(['ÉMILE Beraksen', 'ÉNE Beraksen']);
  });

  it('takes a street as it is written, a percent sign too', async () => {
    expect(heads(await search('provinsi 31', { kelurahan: gambir, street: '100%' }))).toEqual([
      'Zainab Percobaan',
    ]);
    expect(heads(await search('provinsi 31', { kelurahan: gambir, street: 'tanah abang' }))).toEqual([
      'Budi Percobaan',
    ]);
  });

  it('refuses by its field what no text that is stored can hold, and a place that is none', async () => {
    const token = tokens.get('provinsi 31');
    const cursorAt = (...place: unknown[]): string =>
      Buffer.from(JSON.stringify(place)).toString('base64url');
    const caseId = idOf('Siti Percobaan');
    expect(caseId).not.toBe('');
    for (const [field, criteria] of [
      ['street', { kelurahan: gambir, street: 'Gg. \0 Haji' }],
      ['name', { name: 'siti\0' }],
      ['cursor', { kelurahan: gambir, cursor: cursorAt('alamat', 2 ** 40, 1, 'Gg.', caseId) }],
      ['cursor', { name: 'siti', cursor: cursorAt('nama', 'Siti\0', caseId) }],
    ] as const) {
      const response = await ask('/families', token, { wire: 1, ...criteria });
      expect(await problemOf(response)).toEqual([422, 'invalid_request', field]);
    }
  });

  it('holds no NIK in a list', async () => {
    const response = await ask('/families', tokens.get('provinsi 31'), { wire: 1, name: 'siti' });
    expect(await response.text()).not.toMatch(/\d{16}/);
  });

  it('masks NIK and KK for a kelurahan and holds back the birth date in them, and shows all to the province', async () => {
    const path = `/families/${idOf('Siti Percobaan')}`;
    const masked = await ask(path, tokens.get('kelurahan 31.71.01.1001'));
    const maskedText = await masked.text();
    expect(maskedText).not.toMatch(/\d{16}/);
    expect(maskedText).not.toContain('1980-01-01');
    const family = FamilyDetail.parse(JSON.parse(maskedText));
    expect(family.members.map(({ nik }) => nik)).toEqual(['3171 •••• •••• 0001', null]);
    expect(family.families).toEqual([{ no: 1, number: '3171 •••• •••• 0001' }]);
    expect(family.members.map(({ birthDate, birthYear }) => [birthDate, birthYear])).toEqual([
      [null, 1980],
      [null, 1980],
    ]);

    expect(family.members[0]?.spdci).toEqual({
      identifier: [],
      name: 'Siti Percobaan',
      sex: 'female',
      birth_date: null,
      household_role: '1',
      marital_status: null,
      education_level: null,
      employment_status: null,
    });

    const whole = FamilyDetail.parse(await (await ask(path, tokens.get('provinsi 31'))).json());
    expect(whole.members.map(({ nik }) => nik)).toEqual(['3171014101800001', null]);
    expect(whole.members[0]?.spdci).toMatchObject({
      identifier: [{ identifier_type: 'UIN', identifier_value: '3171014101800001' }],
      birth_date: '1980-01-01',
      marital_status: 'W',
      education_level: '2',
      employment_status: '1',
    });
    // Of whom the visit told nothing.
    expect(whole.members[1]?.spdci).toMatchObject({ marital_status: null, education_level: null });
    expect(whole.families).toEqual([{ no: 1, number: '3171010101010001' }]);
    expect(whole.members.map(({ birthDate, birthYear }) => [birthDate, birthYear])).toEqual([
      ['1980-01-01', 1980],
      ['1980-01-01', 1980],
    ]);
  });

  it('tells the newest penetapan of a family', async () => {
    const caseId = idOf('Budi Percobaan');
    const detail = async () =>
      FamilyDetail.parse(await (await ask(`/families/${caseId}`, tokens.get('provinsi 31'))).json())
        .penetapan;
    expect(await detail()).toBeNull();
    for (const outcome of ['tidak_ditetapkan', 'ditetapkan'])
      await publish(province.server.pool, {
        id: crypto.randomUUID(),
        to: { area: gambir },
        kind: 'decision.penetapan',
        issuedAt: now,
        body: {
          caseId,
          periodId: '2026-11',
          outcome,
          decree: '12/2026',
          decidedOn: '2026-12-01',
          note: null,
        },
      });
    expect(await detail()).toEqual({
      periodId: '2026-11',
      outcome: 'ditetapkan',
      decree: '12/2026',
      decidedOn: '2026-12-01',
    });
  });

  it('counts by kelurahan: to the nearest five for the public, without lines of nought, exactly for the others', async () => {
    const recap = async (as: string, area: string) =>
      RecapAnswer.parse(await (await ask(`/recap?area=${area}`, tokens.get(as))).json());
    const exact = await recap('provinsi 31', '31.71.01');
    expect(
      exact.lines.map(({ kelurahan, families, byResult }) => [kelurahan, families, byResult.baru]),
    ).toEqual([
      [gambir, 3, 3],
      [cideng, 1, 1],
    ]);
    const open = await recap('publik_agregat 31', '31.71.01');
    expect(open.step).toBe(5);
    expect(open.lines.map(({ kelurahan, families }) => [kelurahan, families])).toEqual([[gambir, 5]]);
  });

  it('notes who read what and when, how many rows, and which families', async () => {
    await search('kelurahan 31.71.01.1001', { name: 'siti' });
    expect(await newestAccess()).toEqual({
      at: now,
      reader: `Situs kelurahan ${gambir}`,
      what: 'cari_keluarga',
      criteria: { wire: 1, name: 'siti', limit: 50 },
      rows: 1,
      case_ids: [idOf('Siti Percobaan')],
      refused: null,
    });
    await ask(`/families/${idOf('Siti Senen')}`, tokens.get('provinsi 31'));
    expect(await newestAccess()).toMatchObject({
      what: 'lihat_keluarga',
      rows: 1,
      case_ids: [idOf('Siti Senen')],
    });
    await ask('/recap?area=31', tokens.get('publik_agregat 31'));
    expect(await newestAccess()).toMatchObject({ what: 'rekap', rows: 1, case_ids: [] });
  });

  it.each([
    ['publik_agregat 31', 'a search', '/families', { wire: 1, name: 'siti' }, 403, 'role_not_allowed', null],
    ['publik_agregat 31', 'a family', '/families/Siti Senen', undefined, 403, 'role_not_allowed', null],
    [
      'kelurahan 31.71.01.1001',
      'another kelurahan',
      '/families',
      { wire: 1, kelurahan: cideng },
      403,
      'outside_token_area',
      null,
    ],
    [
      'kelurahan 31.71.01.1001',
      'a family outside',
      '/families/Siti Senen',
      undefined,
      404,
      'family_unknown',
      null,
    ],
    [
      'kelurahan 31.71.01.1001',
      'a wider recap',
      '/recap?area=31.71',
      undefined,
      403,
      'outside_token_area',
      null,
    ],
    ['provinsi 31', 'a retracted family', '/families/Siti Ditarik', undefined, 404, 'family_unknown', null],
    ['provinsi 31', 'nothing to go by', '/families', { wire: 1 }, 422, 'invalid_request', 'kelurahan'],
    [
      'provinsi 31',
      'a cursor of the other order',
      '/families',
      { wire: 1, name: 'siti', cursor: 'alamat' },
      422,
      'invalid_request',
      'cursor',
    ],
    [
      'provinsi 31',
      'a name of signs',
      '/families',
      { wire: 1, name: '& | !' },
      422,
      'invalid_request',
      'name',
    ],
  ] as const)(
    'refuses %s %s, and notes that it was asked',
    async (as, _, path, body, status, code, field) => {
      const asked = path.replace(/[A-Z][a-z]+ [A-Z][a-z]+$/, idOf);
      const sent =
        body !== undefined && 'cursor' in body
          ? { ...body, cursor: (await search('provinsi 31', { kelurahan: gambir, limit: 1 })).next }
          : body;
      expect(await problemOf(await ask(asked, tokens.get(as), sent))).toEqual([status, code, field]);
      expect(await newestAccess()).toMatchObject({ rows: 0, case_ids: [], refused: code });
    },
  );

  it.each([
    ['too short a name', { wire: 1, name: 'si' }, 'name'],
    ['too large a page', { wire: 1, name: 'siti', limit: 101 }, 'limit'],
    ['a later wire', { wire: 99, name: 'siti' }, 'wire'],
  ])('refuses %s', async (_, body, field) => {
    const [status, , named] = await problemOf(await ask('/families', tokens.get('provinsi 31'), body));
    expect([status, named]).toEqual([422, field]);
  });

  it('knows no token that is missing, wrong, revoked, past its end, or an office’s', async () => {
    const office = await TestOffice.enrolled(province.server, senen);
    const { id, token } = await createReadToken(
      province.server.pool,
      { reader: 'Situs lama', role: 'provinsi', area: '31', days: 1 },
      now,
    );
    const ending = await issueToken('provinsi', '31');
    await revokeReadToken(province.server.pool, id, now);
    for (const given of [undefined, `${ending.slice(0, -2)}aa`, token, office.credential])
      expect(await problemOf(await ask('/recap?area=31', given))).toEqual([401, 'token_unknown', null]);
    expect((await ask('/recap?area=31', ending)).status).toBe(200);
    const before = now;
    now = new Date(now.getTime() + 31 * 86_400_000);
    expect(await problemOf(await ask('/recap?area=31', ending))).toEqual([401, 'token_unknown', null]);
    now = before;
  });

  it('lets nobody change or take out what was noted', async () => {
    for (const sql of ['DELETE FROM read_access', 'UPDATE read_access SET rows = 0', 'TRUNCATE read_access'])
      await expect(province.server.pool.query(sql)).rejects.toThrow('only ever added to');
  });

  it('finds by name and by address through an index, among many', async () => {
    const reader = { tokenId: '', role: 'provinsi', area: '31' } as const;
    const plans = await inTransaction(province.server.pool, async (tx) => {
      // Kept by no case version, so never committed: references are looked at only then.
      await tx.query(
        `INSERT INTO province_case (case_id, office_id, city, record_key, version, kelurahan, rw, rt, street, head_name, member_names, period_id)
         SELECT gen_random_uuid(), (SELECT id FROM office LIMIT 1), '31.71', gen_random_uuid(), 1, '31.71.01.' || 1000 + n % 200,
           1 + n % 12, 1 + n % 9, 'Jl. ' || n, 'Nama' || n, 'Nama' || n || ' Anak' || n, '2026-11' FROM generate_series(1, 20000) AS n`,
      );
      await tx.query(`SELECT gin_clean_pending_list('province_case_words')`);
      await tx.query('ANALYZE province_case');
      const shown: string[] = [];
      for (const { text, values } of [
        byName(reader, { wire: 1, name: 'nama777', limit: 50 }, 'nama777'),
        byAddress({ wire: 1, kelurahan: gambir, limit: 50 }),
      ]) {
        const { rows } = await tx.query(`EXPLAIN ${text}`, values);
        shown.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      throw Object.assign(new Error('undone'), { shown });
    }).catch((cause: unknown) =>
      cause instanceof Error && 'shown' in cause ? cause.shown : Promise.reject(cause),
    );
    expect(plans).toEqual([
      expect.stringContaining('province_case_words'),
      expect.stringContaining('province_case_address'),
    ]);
  });
});
