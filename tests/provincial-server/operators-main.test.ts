import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperator } from './operator/operators.ts';
import { listActions } from './operator/overview.ts';
import { findNewestAction, OperatorBrowser } from './operator/testing.ts';
import { startTestProvince, type TestProvince } from './testing.ts';

const forgotten = 'air tenang menghanyutkan';

describe('npm run provincial-operators', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
    await createOperator(province.server.pool, 'rini', forgotten, new Date());
  });
  afterAll(() => province.stop());

  function run(
    given: string[],
    databaseUrl: string | undefined = province.databaseUrl,
  ): { code: number | null; out: string; error: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'operators-main.ts'), ...given],
      { encoding: 'utf8', env: { ...process.env, DATABASE_URL: databaseUrl } },
    );
    return { code: status, out: stdout, error: stderr };
  }

  function newPassword(name: string): string {
    const { code, out, error } = run(['--name', name]);
    expect([code, error]).toEqual([0, '']);
    return /^Kata sandi baru untuk rini: ([\w-]{16})$/m.exec(out)?.[1] ?? '';
  }

  const newcomer = () => new OperatorBrowser(province.server.address);
  const about = { nama: 'rini' };

  it('lets the only operator in again, whose password is forgotten and whose name is locked', async () => {
    const open = newcomer();
    expect(await open.login('rini', forgotten)).toBe(303);
    for (let n = 0; n < 5; n += 1) expect(await newcomer().login('rini', 'salah')).toBe(401);
    expect(await newcomer().login('rini', forgotten)).toBe(429);

    const password = newPassword(' RINI ');
    expect(await findNewestAction(province.server.pool)).toEqual({
      action: 'sandi_dibuat_baru',
      about,
      who: null,
    });
    expect((await open.open('/operator')).status).toBe(303);
    expect(await newcomer().login('rini', forgotten)).toBe(401);
    const again = newcomer();
    expect(await again.login('rini', password)).toBe(303);
    expect((await again.open('/operator/catatan')).text).toContain('Perintah di server');
    expect(JSON.stringify(await listActions(province.server.pool))).not.toContain(password);
    // It is replaced as every first password is.
    const fresh = 'sedia payung sebelum hujan';
    await again.submit('/operator/sandi', { lama: password, baru: fresh, ulang: fresh });
    expect(await newcomer().login('rini', fresh)).toBe(303);
  });

  it('unlocks also who was tried from very many addresses', async () => {
    const { pool } = province.server;
    await pool.query(
      `INSERT INTO login_try (name, address, at)
       SELECT 'rini', '198.51.100.' || n, $1::timestamptz FROM generate_series(1, 40) AS n`,
      [new Date()],
    );
    const from = { 'x-forwarded-for': '192.0.2.7' };
    expect(await newcomer().login('rini', 'salah', from)).toBe(429);
    expect(await newcomer().login('rini', newPassword('rini'), from)).toBe(303);
  });

  it('enables one who was disabled', async () => {
    const { pool } = province.server;
    await pool.query('UPDATE operator SET disabled_at = $1', [new Date()]);
    expect(run([])).toMatchObject({ code: 0, out: expect.stringMatching(/^rini {2}nonaktif sejak /) });
    const password = newPassword('rini');
    expect(await findNewestAction(pool)).toEqual({ action: 'operator_diaktifkan', about, who: null });
    expect(await newcomer().login('rini', password)).toBe(303);
    expect(run([])).toMatchObject({ code: 0, out: 'rini  aktif\n' });
  });

  it('does nothing for a name that nobody bears', async () => {
    const before = await findNewestAction(province.server.pool);
    const { code, out, error } = run(['--name', 'rono']);
    expect([code, out]).toEqual([1, '']);
    expect(error).toBe('Tidak ada operator bernama itu. Lihat namanya: npm run provincial-operators\n');
    expect(await findNewestAction(province.server.pool)).toEqual(before);
  });

  it.each([['--nama', 'rini'], ['--name'], ['--name', ' '], ['rini']])(
    'says in one line how it is called: %s %s',
    (...given) => {
      expect(run(given)).toEqual({ code: 2, out: '', error: expect.stringMatching(/^Pakai: [^\n]+\n$/) });
    },
  );

  it('says what it does, and where its database is named', () => {
    expect(run(['--help'], '')).toMatchObject({ code: 0, out: expect.stringContaining('--name NAMA') });
    expect(run(['--name', 'rini'], '')).toMatchObject({ code: 2, error: expect.stringContaining('Pakai:') });
  });

  it.each(['postgres://127.0.0.1:1/x', 'postgres://localhost:1/x', 'bukan alamat'])(
    'says in one line that there is no database: %s',
    (databaseUrl) => {
      const { code, out, error } = run([], databaseUrl);
      expect([code, out]).toEqual([1, '']);
      expect(error).toMatch(/^Operator tidak dapat dibaca: \S[^\n]+\n$/);
    },
  );

  it('says so where there is no operator yet', async () => {
    const empty = await startTestProvince();
    try {
      expect(run([], empty.databaseUrl)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Belum ada operator.'),
      });
    } finally {
      await empty.stop();
    }
  });
});
