import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gambir, startTestProvince, TestOffice, type TestProvince } from '../testing.ts';
import {
  addOperator,
  createFirstOperator,
  createOperator,
  disableOperator,
  login,
  OperatorDisabled,
} from './operators.ts';
import { listOperators } from './overview.ts';
import { findNewestAction, OperatorBrowser } from './testing.ts';

const password = 'air tenang menghanyutkan';

describe('the first operator', () => {
  it('is made once, also where two servers start at the same moment', async () => {
    const province = await startTestProvince();
    try {
      const made = await Promise.all(
        [1, 2, 3].map(() => createFirstOperator(province.server.pool, 'operator', new Date())),
      );
      expect(made.filter((password) => password !== null)).toHaveLength(1);
    } finally {
      await province.stop();
    }
  });
});

describe('the last operator', () => {
  it('is never disabled, also not where two disable each other at the same moment', async () => {
    const province = await startTestProvince();
    const { pool } = province.server;
    try {
      await createOperator(pool, 'rini', password, new Date());
      const enabled = async () => (await listOperators(pool)).filter(({ disabledAt }) => disabledAt === null);
      const [rini] = await enabled();
      if (rini === undefined) throw new Error('There is an operator.');
      expect(await disableOperator(pool, rini, rini.id, new Date())).toEqual({ outcome: 'last' });
      await createOperator(pool, 'dewi', password, new Date());
      const [dewi] = (await enabled()).filter(({ id }) => id !== rini.id);
      if (dewi === undefined) throw new Error('There is another.');
      const outcomes = await Promise.allSettled([
        disableOperator(pool, rini, dewi.id, new Date()),
        disableOperator(pool, dewi, rini.id, new Date()),
      ]);
      const told = outcomes.map((one) => (one.status === 'fulfilled' ? one.value.outcome : one.reason.name));
      expect(told.toSorted()).toEqual(['disabled', 'last']);
      expect(await enabled()).toHaveLength(1);
      // Nor is anything done in the name of the other one.
      const gone = told[0] === 'disabled' ? dewi : rini;
      await expect(addOperator(pool, gone, 'wati', new Date())).rejects.toBeInstanceOf(OperatorDisabled);
      expect(await listOperators(pool)).toHaveLength(2);
      const first = new OperatorBrowser(province.server.address);
      await first.login(gone === dewi ? 'rini' : 'dewi', password);
      const { id } = gone === dewi ? rini : dewi;
      const refused = await first.submit(`/operator/akun/${id}/nonaktif`, {});
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('operator terakhir')]);
    } finally {
      await province.stop();
    }
  });
});

describe('who may work the operators’ pages', () => {
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

  describe('log-in', () => {
    it('opens a session in a cookie that no script reads and no other site sends', async () => {
      const response = await fetch(`${province.server.address}/operator/masuk`, {
        method: 'POST',
        body: new URLSearchParams({ nama: ' RINI ', sandi: password }),
        redirect: 'manual',
      });
      expect(response.headers.get('set-cookie')).toMatch(
        /^__Host-operator=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      const { rows } = await province.server.pool.query('SELECT password_hash FROM operator');
      expect(rows[0].password_hash).toMatch(/^\$argon2id\$/);
    });

    it.each([
      '/operator',
      '/operator/kode',
      '/operator/terbit',
      '/operator/token',
      '/operator/akun',
      '/operator/catatan',
    ])('is asked for before %s is shown', async (path) => {
      const stranger = new OperatorBrowser(province.server.address);
      expect(await stranger.open(path)).toMatchObject({
        status: 303,
        location: '/operator/masuk',
        text: '',
      });
    });

    it('does not tell a wrong name from a wrong password', async () => {
      const stranger = new OperatorBrowser(province.server.address);
      const wrong = await stranger.submit('/operator/masuk', { nama: 'rini', sandi: 'salah' });
      const unknown = await stranger.submit('/operator/masuk', { nama: 'rono', sandi: 'salah' });
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(unknown.text).toBe(wrong.text.replace('value="rini"', 'value="rono"'));
    });

    it('lets nobody try more than five times in a quarter of an hour, also not in two processes at once', async () => {
      const another = await province.startAnother({ now: () => now });
      await createOperator(province.server.pool, 'tono', password, now);
      const doors = [province.server, another].map(({ address }) => new OperatorBrowser(address));
      const tryAt = async (door: OperatorBrowser, n: number): Promise<number> =>
        (await door.submit('/operator/masuk', { nama: 'tono', sandi: `salah ${n}` })).status;
      const statuses: number[] = [];
      // At each door as many at once as it looks at, so that none is turned away for another reason.
      for (let n = 0; n < 6; n += 2)
        statuses.push(...(await Promise.all(doors.flatMap((door) => [tryAt(door, n), tryAt(door, n + 1)]))));
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(7);

      const [door] = doors;
      const right = await door?.submit('/operator/masuk', { nama: 'tono', sandi: password });
      expect([right?.status, right?.retryAfter]).toEqual([429, '900']);
      expect(right?.text).toContain('Coba lagi dalam 15 menit.');

      // Whoever knocks while it is shut does not keep it shut for longer than was said.
      now = new Date(now.getTime() + 600_000);
      const knocked = await door?.submit('/operator/masuk', { nama: 'tono', sandi: password });
      expect([knocked?.status, knocked?.retryAfter]).toEqual([429, '300']);
      now = new Date(now.getTime() + 301_000);
      expect(await door?.login('tono', password)).toBe(303);
    });

    it('keeps neither tries nor sessions that count no more', async () => {
      const stranger = new OperatorBrowser(province.server.address);
      await stranger.submit('/operator/masuk', { nama: 'orang lewat', sandi: 'salah' });
      now = new Date(now.getTime() + 13 * 3_600_000);
      await browser.login('rini', password);
      const { rows } = await province.server.pool.query(
        'SELECT (SELECT count(*)::int FROM login_try) AS tries, (SELECT count(*)::int FROM operator_session) AS sessions',
      );
      expect(rows).toEqual([{ tries: 0, sessions: 1 }]);
    });

    it('ends after half an hour without work, after twelve hours, and when the operator leaves', async () => {
      now = new Date(now.getTime() + 29 * 60_000);
      expect((await browser.open('/operator')).status).toBe(200);
      now = new Date(now.getTime() + 31 * 60_000);
      expect((await browser.open('/operator')).status).toBe(303);

      await browser.login('rini', password);
      for (let worked = 0; worked < 12 * 60; worked += 20) {
        now = new Date(now.getTime() + 20 * 60_000);
        expect((await browser.open('/operator')).status).toBe(worked + 20 < 12 * 60 ? 200 : 303);
      }

      await browser.login('rini', password);
      const { cookie } = browser;
      expect((await browser.submit('/operator/keluar', {})).location).toBe('/operator/masuk');
      browser.cookie = cookie;
      expect((await browser.open('/operator')).status).toBe(303);
    });

    it('changes the password only for who knows the old one, and ends the other sessions', async () => {
      await createOperator(province.server.pool, 'sari', password, now);
      const [one, two] = [
        new OperatorBrowser(province.server.address),
        new OperatorBrowser(province.server.address),
      ];
      await one.login('sari', password);
      await two.login('sari', password);
      const fresh = 'padi merunduk berisi';
      for (const [lama, baru, ulang, sentence] of [
        ['salah', fresh, fresh, 'Kata sandi sekarang salah.'],
        [password, 'pendek', 'pendek', 'paling sedikit 12 huruf'],
        [password, fresh, 'lain sama sekali', 'tidak sama'],
      ] as const) {
        const refused = await one.submit('/operator/sandi', { lama, baru, ulang });
        expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(sentence)]);
      }
      await one.submit('/operator/sandi', { lama: password, baru: fresh, ulang: fresh });
      expect(await newestAction()).toEqual({ action: 'sandi_diganti', about: {}, who: 'sari' });
      expect((await two.open('/operator')).status).toBe(303);
      expect(await two.login('sari', password)).toBe(401);
      expect(await two.login('sari', fresh)).toBe(303);
    });

    it('lets nobody in by the old password that was being looked at while it was changed', async () => {
      const { pool } = province.server;
      await createOperator(pool, 'yuni', password, now);
      const changed = await hash('padi merunduk berisi');
      const query = async (text: string, values: unknown[]) => {
        const result = await pool.query(text, values);
        if (text.startsWith('SELECT id, password_hash'))
          await pool.query(`UPDATE operator SET password_hash = $1 WHERE name = 'yuni'`, [changed]);
        return result;
      };
      const entered = await login(
        Object.assign(Object.create(pool), { query }),
        'yuni',
        password,
        '10.0.0.1',
        now,
      );
      expect(entered.outcome).toBe('wrong');
    });

    it('lets nobody guess the old password from an open session', async () => {
      await createOperator(province.server.pool, 'wati', password, now);
      const open = new OperatorBrowser(province.server.address);
      await open.login('wati', password);
      const fresh = 'padi merunduk berisi';
      const change = (lama: string) => open.submit('/operator/sandi', { lama, baru: fresh, ulang: fresh });
      for (let n = 0; n < 5; n += 1) expect((await change(`salah ${n}`)).status).toBe(422);
      const refused = await change(password);
      expect([refused.status, refused.retryAfter]).toEqual([429, '900']);
      expect(refused.text).toContain('Coba lagi dalam 15 menit.');
      expect(await newestAction()).not.toMatchObject({ who: 'wati' });
      now = new Date(now.getTime() + 901_000);
      expect((await change(password)).location).toBe('/operator/masuk');
    });
  });

  describe('another operator', () => {
    it('is added by one, and gets in with the password that is shown once', async () => {
      const { text } = await browser.submit('/operator/akun', { nama: ' Dewi ' });
      const first = /class="secret">([\w-]{16})</.exec(text)?.[1] ?? '';
      expect(await newestAction()).toEqual({
        action: 'operator_ditambah',
        about: { nama: 'dewi' },
        who: 'rini',
      });
      expect((await browser.open('/operator/catatan')).text).toContain('Menambah operator');
      const list = await browser.open('/operator/akun');
      expect(list.text).toContain('dewi');
      expect(list.text).not.toContain(first);

      const added = new OperatorBrowser(province.server.address);
      expect(await added.login('Dewi', first)).toBe(303);
      await added.submit('/operator/kode', { wilayah: gambir });
      expect(await newestAction()).toMatchObject({ action: 'kode_dibuat', who: 'dewi' });
    });

    it.each([
      ['a name that somebody bears', 'RINI', 'Nama itu sudah dipakai'],
      ['no name', '  ', 'Tulis namanya.'],
    ])('is not added with %s', async (_, nama, sentence) => {
      const before = await newestAction();
      const refused = await browser.submit('/operator/akun', { nama });
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(sentence)]);
      expect(await newestAction()).toEqual(before);
    });
  });

  describe('an operator who left, or forgot', () => {
    const idOf = async (wanted: string): Promise<string> =>
      (await listOperators(province.server.pool)).find(({ name }) => name === wanted)?.id ?? '';

    it('is let in no more once disabled, and comes back by a new password', async () => {
      await createOperator(province.server.pool, 'joko', password, now);
      const id = await idOf('joko');
      const joko = new OperatorBrowser(province.server.address);
      await joko.login('joko', password);
      expect((await browser.submit(`/operator/akun/${id}/nonaktif`, {})).location).toBe('/operator/akun');
      const about = { nama: 'joko' };
      expect(await newestAction()).toEqual({ action: 'operator_dinonaktifkan', about, who: 'rini' });
      expect((await joko.open('/operator')).status).toBe(303);
      const wrong = await joko.submit('/operator/masuk', { nama: 'joko', sandi: password });
      expect([wrong.status, wrong.text]).toEqual([
        401,
        expect.stringContaining('Nama atau kata sandi salah'),
      ]);
      expect((await browser.open('/operator/akun')).text).toContain('Nonaktif</span> sejak');

      const { text } = await browser.submit(`/operator/akun/${id}/sandi`, {});
      const fresh = /class="secret">([\w-]{16})</.exec(text)?.[1] ?? '';
      expect(await newestAction()).toEqual({ action: 'operator_diaktifkan', about, who: 'rini' });
      expect((await browser.open('/operator/catatan')).text).toContain('Menonaktifkan operator');
      expect(await joko.login('joko', password)).toBe(401);
      expect(await joko.login('joko', fresh)).toBe(303);
    });

    it('is given a new password, which ends the sessions of the old one, and the wait after tries of it', async () => {
      await createOperator(province.server.pool, 'ayu', password, now);
      const ayu = new OperatorBrowser(province.server.address);
      await ayu.login('ayu', password);
      const forgetful = new OperatorBrowser(province.server.address);
      for (let n = 0; n < 5; n += 1) expect(await forgetful.login('ayu', 'salah')).toBe(401);
      const { text } = await browser.submit(`/operator/akun/${await idOf('ayu')}/sandi`, {});
      const fresh = /class="secret">([\w-]{16})</.exec(text)?.[1] ?? '';
      expect(await newestAction()).toEqual({
        action: 'sandi_dibuat_baru',
        about: { nama: 'ayu' },
        who: 'rini',
      });
      expect((await ayu.open('/operator')).status).toBe(303);
      expect(await ayu.login('ayu', password)).toBe(401);
      expect(await ayu.login('ayu', fresh)).toBe(303);
    });

    it('gets no new password without the old one from their own session', async () => {
      const before = await newestAction();
      const refused = await browser.submit(`/operator/akun/${await idOf('rini')}/sandi`, {});
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('di halaman Kata sandi')]);
      expect(await browser.login('rini', password)).toBe(303);
      expect(await newestAction()).toEqual(before);
    });

    it.each(['bukan-nomor', '00000000-0000-4000-8000-000000000000'])('is none of id %s', async (id) => {
      expect((await browser.submit(`/operator/akun/${id}/sandi`, {})).status).toBe(404);
    });
  });

  describe('a stranger', () => {
    const from = (address: string) => ({ 'x-forwarded-for': `203.0.113.77, ${address}` });
    const tryFrom = async (address: string, nama: string) => {
      const stranger = new OperatorBrowser(province.server.address);
      return await stranger.submit('/operator/masuk', { nama, sandi: 'salah' }, { headers: from(address) });
    };

    it('who tries a name keeps nobody out elsewhere, and does not get more tries by it', async () => {
      await createOperator(province.server.pool, 'lina', password, now);
      for (let n = 0; n < 5; n += 1) expect((await tryFrom('198.51.100.1', 'lina')).status).toBe(401);
      expect((await tryFrom('198.51.100.1', 'lina')).status).toBe(429);
      const lina = new OperatorBrowser(province.server.address);
      expect(await lina.login('lina', password, from('198.51.100.2'))).toBe(303);
      expect((await tryFrom('198.51.100.1', 'lina')).status).toBe(429);
    });

    it('who tries many names from one address is asked to wait', async () => {
      const tries: number[] = [];
      for (let n = 0; n < 21; n += 1) tries.push((await tryFrom('2001:db8::1', `nama ${n}`)).status);
      expect(tries).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
      // Of the same network, as of IPv6 one household has it.
      expect((await tryFrom('2001:db8:0:0:ffff::2', 'nama lain')).status).toBe(429);
      expect((await tryFrom('2001:db8:0:1::1', 'nama lain')).status).toBe(401);
    });

    it('who has many addresses is slow all the same, and keeps nobody out where they got in before', async () => {
      await createOperator(province.server.pool, 'maya', password, now);
      const maya = new OperatorBrowser(province.server.address);
      expect(await maya.login('maya', password, from('192.0.2.1'))).toBe(303);
      for (let n = 0; n < 40; n += 1) expect((await tryFrom(`198.51.101.${n}`, 'maya')).status).toBe(401);
      const strange = await tryFrom('198.51.101.99', 'maya');
      expect([strange.status, strange.retryAfter]).toEqual([429, '900']);
      expect(await maya.login('maya', password, from('192.0.2.1'))).toBe(303);
      // What is known for long ago is known no more.
      now = new Date(now.getTime() + 91 * 86_400_000);
      for (let n = 0; n < 40; n += 1) expect((await tryFrom(`198.51.101.${n}`, 'maya')).status).toBe(401);
      expect(await maya.login('maya', password, from('192.0.2.1'))).toBe(429);
    });
  });

  describe('forms', () => {
    it.each([
      ['without the token of its page', { formToken: '' }],
      ['from another site', { headers: { origin: 'https://jahat.example', 'sec-fetch-site': 'cross-site' } }],
      ['from another origin', { headers: { origin: 'https://jahat.example' } }],
      ['from a hidden origin', { headers: { origin: 'null' } }],
    ])('do nothing when sent %s', async (_, change) => {
      await expectNothingDone(change);
    });

    it('do nothing when sent with the token of another session of the same operator', async () => {
      const other = new OperatorBrowser(province.server.address);
      await other.login('rini', password);
      expect(other.formToken).not.toBe(browser.formToken);
      await expectNothingDone({ formToken: other.formToken });
      expect((await other.submit('/operator/kode', { wilayah: gambir })).status).toBe(200);
    });

    async function expectNothingDone(change: Parameters<OperatorBrowser['submit']>[2]): Promise<void> {
      const before = await newestAction();
      const refused = await browser.submit('/operator/kode', { wilayah: gambir }, change);
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('Tidak dikerjakan');
      expect(await newestAction()).toEqual(before);
    }

    it('are shown under a policy that lets nothing in from elsewhere', async () => {
      const { headers } = await fetch(`${province.server.address}/operator/masuk`);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
    });

    it('write what an office calls itself as text', async () => {
      const office = await TestOffice.enrolled(province.server, gambir, now);
      await province.server.pool.query('UPDATE office SET name = $2 WHERE id = $1', [
        office.id,
        '<script>alert(1)</script>',
      ]);
      const { text } = await browser.open(`/operator/kantor/${office.id}`);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toContain('<script>');
    });
  });
});
