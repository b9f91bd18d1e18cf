import { chmodSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startPostgres } from '../provincial-server/postgres.ts';
import { temporaryFolder } from './leavings.ts';
import { runReal } from './real.ts';
import type { Played } from './sum.ts';

/** One run of `npm run faults -- --real`: the rest takes a quarter of an hour. */
it(
  'ends with both ends agreeing though real processes are killed over it',
  { timeout: 180_000 },
  async () => {
    const played: Played[] = [];
    await runReal({ runs: 1, seed: 5, cases: 12 }, (result) => void played.push(result));
    expect(played).toMatchObject([
      { seed: 5, counts: { cases: 12, published: expect.any(Number) }, problems: [] },
    ]);
    const { office_kills = 0, province_kills = 0, requests = 0, files = 0 } = played[0]?.counts ?? {};
    expect([office_kills + province_kills > 0, requests > 0, files >= 6]).toEqual([true, true, true]);
  },
);

it(
  'ends so also where the disk is full, another sender joins and the clock jumps by three days',
  { timeout: 300_000 },
  async () => {
    const played: Played[] = [];
    await runReal({ runs: 1, seed: 5, cases: 40 }, (result) => void played.push(result), {
      mishaps: ['disk', 'second', 'clock'],
    });
    expect(played).toMatchObject([
      { counts: { full_disks: 1, second_senders: 1, clock_jumps: 1, office_kills: 1 }, problems: [] },
    ]);
    expect(played[0]?.counts['refused_saves']).toBeGreaterThan(0);
  },
);

it(
  'ends so also where the province is put back to an older server, rejects what comes, and changes what the office does',
  { timeout: 300_000 },
  async () => {
    const played: Played[] = [];
    await runReal({ runs: 1, seed: 6, cases: 40 }, (result) => void played.push(result), {
      mishaps: ['older', 'area', 'clash', 'server_clock', 'older'],
    });
    expect(played).toMatchObject([{ counts: { updates: 2, server_clock_jumps: 1 }, problems: [] }]);
    const { corrections = 0, words = 0, province_changes = 0 } = played[0]?.counts ?? {};
    expect([corrections > 0, words > 0, province_changes > 0]).toEqual([true, true, true]);
  },
);

it(
  'plays nothing more where one of two lanes gets no PostgreSQL, and leaves nothing behind',
  { timeout: 180_000 },
  async () => {
    // A folder of its own: other tests play runs at the same time.
    const own = temporaryFolder(tmpdir(), 'mutakhir-sisa-');
    chmodSync(own.path, 0o755);
    vi.stubEnv('TMPDIR', own.path);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      own.remove();
    });
    let started = 0;
    const start: typeof startPostgres = async (dataDir, options) => {
      if (++started === 2) throw new Error('PostgreSQL tidak mau berjalan.');
      return await startPostgres(dataDir, options);
    };
    const played: Played[] = [];
    const runs = runReal({ runs: 40, seed: 5, cases: 3 }, (result) => void played.push(result), { start });
    await expect(runs).rejects.toThrow('PostgreSQL tidak mau berjalan.');
    expect(played.length).toBeLessThan(2);
    expect(readdirSync(own.path)).toEqual([]);
  },
);
