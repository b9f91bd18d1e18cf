import { expect, it } from 'vitest';
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
      { seed: 5, counts: { cases: 12, files: 6, published: expect.any(Number) }, problems: [] },
    ]);
    const { office_kills = 0, province_kills = 0, requests = 0 } = played[0]?.counts ?? {};
    expect([office_kills + province_kills > 0, requests > 0]).toEqual([true, true]);
  },
);
