import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gambir, startTestProvince, TestOffice, type TestProvince } from '../testing.ts';
import { createFirstOperator, createOperator, login } from './operators.ts';
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
      const entered = await login(Object.assign(Object.create(pool), { query }), 'yuni', password, now);
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
      const office = await TestOffice.enrolled(province.server);
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
