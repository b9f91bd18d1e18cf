import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceKey, changeKey, listKeys, loadServerKey } from './server-keys.ts';
import { startTestProvince, TestOffice, type TestProvince } from './testing.ts';

describe('npm run provincial-keys', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
  });
  afterAll(() => province.stop());

  function run(...given: string[]): { code: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'keys-main.ts'), ...given],
      { encoding: 'utf8', env: { ...process.env, DATABASE_URL: province.databaseUrl } },
    );
    return { code: status, said: stdout + stderr };
  }

  it('announces a key, says whom it reached, and changes to it', async () => {
    const { pool } = province.server;
    const before = await loadServerKey(pool);
    expect(run()).toEqual({ code: 0, said: expect.stringContaining('menandatangani sejak') });
    expect(run('--change')).toMatchObject({ code: 1, said: expect.stringContaining('Belum ada kunci') });

    const office = await TestOffice.enrolled(province.server);
    expect(run('--announce')).toMatchObject({ code: 0, said: expect.stringContaining('0 dari 1 kantor') });
    expect((await loadServerKey(pool)).kid).toBe(before.kid);
    await fetch(`${province.server.address}/v1/down`, {
      headers: { authorization: `Bearer ${office.credential}` },
    });
    const announced = await announceKey(pool, new Date());
    expect(run('--announce')).toMatchObject({ code: 0, said: expect.stringContaining('1 dari 1 kantor') });

    expect(run('--change')).toMatchObject({ code: 0, said: expect.stringContaining('Jalankan ulang') });
    expect((await loadServerKey(pool)).kid).toBe(announced.kid);
    expect(await changeKey(pool, new Date())).toBeNull();
    expect((await listKeys(pool)).map(({ kid, retiredAt }) => [kid, retiredAt !== null])).toEqual([
      [before.kid, true],
      [announced.kid, false],
    ]);
  });

  it('says how it is called', () => {
    expect(run('--announce', '--change')).toMatchObject({ code: 2, said: expect.stringContaining('Pakai:') });
  });
});
