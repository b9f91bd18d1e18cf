import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProven } from '../../electron/sync/signatures.ts';
import { KeyVoucher } from '../../shared/provincial/wire.ts';
import { listActions } from './operator/overview.ts';
import { findNewestAction } from './operator/testing.ts';
import { announceKey, changeKey, listKeys, loadServerKey, readVouchers } from './server-keys.ts';
import { legalised, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

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
    const announced = await announceKey(pool, new Date());
    const ask = async (query: string) => {
      const headers = { authorization: `Bearer ${office.credential}` };
      expect((await fetch(`${province.server.address}/v1/down?after=0${query}`, { headers })).status).toBe(
        200,
      );
    };
    // A program of before the keys talks to the province all day long, and learns none.
    await ask('&most=65536');
    await office.push(province.server, [legalised()]);
    expect(run()).toMatchObject({ code: 0, said: expect.stringContaining('0 dari 1 kantor') });
    await ask(`&knownKey=${before.publicJwk.x}`);
    expect(run()).toMatchObject({ code: 0, said: expect.stringContaining('0 dari 1 kantor') });
    await ask(`&knownKey=${announced.publicJwk.x}`);
    expect(run('--announce')).toMatchObject({ code: 0, said: expect.stringContaining('1 dari 1 kantor') });

    const about = { kunci: announced.kid };
    expect(await findNewestAction(pool)).toEqual({ action: 'kunci_diumumkan', about, who: null });

    expect(run('--change')).toMatchObject({ code: 0, said: expect.stringContaining('Jalankan ulang') });
    expect(await findNewestAction(pool)).toEqual({ action: 'kunci_diganti', about, who: null });
    expect((await loadServerKey(pool)).kid).toBe(announced.kid);
    expect(await changeKey(pool, new Date())).toBeNull();
    expect((await listKeys(pool)).map(({ kid, retiredAt }) => [kid, retiredAt !== null])).toEqual([
      [before.kid, true],
      [announced.kid, false],
    ]);
  });

  it('replaces a key that got out, also one that is only announced, and nobody vouches for the new one', async () => {
    const { pool } = province.server;
    const lost = [await loadServerKey(pool), await announceKey(pool, new Date())].map(({ kid }) => kid);
    const { code, said } = run('--replace');
    expect(code).toBe(0);
    expect(said).toContain('1 kantor dicabut');
    expect(said).toContain('Jalankan ulang');
    expect(said.match(/bocor/g)).toHaveLength(3);
    const fresh = await loadServerKey(pool);
    expect(lost).not.toContain(fresh.kid);
    const about = { kunci: fresh.kid, kantor_dicabut: 1 };
    expect(await findNewestAction(pool)).toEqual({ action: 'kunci_bocor', about, who: null });
    expect(await listActions(pool)).toMatchObject([
      { action: 'kunci_bocor', who: null },
      { action: 'kunci_diumumkan' },
      { action: 'kunci_diganti' },
      { action: 'kunci_diumumkan' },
    ]);
    expect(await readVouchers(pool)).toEqual({});
    // Nor does it, or whatever follows it, vouch for those that got out.
    const next = await announceKey(pool, new Date());
    const { keys = [] } = await readVouchers(pool);
    const vouched = keys.map((jws) => readProven(jws, KeyVoucher)?.key.x);
    expect(vouched).toEqual([next.publicJwk.x, fresh.publicJwk.x]);
  });

  it('says how it is called', () => {
    expect(run('--change', '--replace')).toMatchObject({ code: 2 });
    expect(run('--announce', '--change')).toMatchObject({ code: 2, said: expect.stringContaining('Pakai:') });
  });
});
