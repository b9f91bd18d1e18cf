import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { proxyFates } from './faulty-proxy.ts';
import { strikes } from './network.ts';
import { allHits } from './outbox-states.ts';
import { courierFates } from './sim-courier.ts';
import { type Kind, type Played, Sum, type Whole } from './sum.ts';
import { wholeOf } from './whole.ts';

/** What `npm run faults` says of all its runs. */
describe('the sum of runs', () => {
  const whole: Whole = { fates: ['refused', 'cut'], hits: ['office dikirim'], bar: 600 };

  it('holds where each fault struck and a kill found each state, and tells whether that was in time', () => {
    const { passed, told, said } = sumUp(whole, [
      played({ refused: 1, cut: 2 }, {}),
      played({ cut: 1 }, { 'office dikirim': 1 }),
    ]);
    expect(passed).toBe(true);
    expect(told).toMatchObject({ pass: true, missing: [], bar: 600, withinBar: true });
    expect(said).toMatch(/all held\. Within the bar of 600 s\.$/);
  });

  it('does not hold where one never struck, and names it, though no run fell', () => {
    const { passed, told, said } = sumUp(whole, [played({ refused: 1 }, {}), played({ refused: 1 }, {})]);
    expect(passed).toBe(false);
    expect(told).toMatchObject({ pass: false, failed: [], missing: ['cut', 'office dikirim'] });
    expect(said).toContain('all held. Never struck: cut, office dikirim.');
  });

  it('holds in time or not, and says which', () => {
    const { passed, told, said } = sumUp(
      { ...whole, fates: [], hits: [] },
      [played({}, {}), played({}, {})],
      601,
    );
    expect(passed).toBe(true);
    expect(told).toMatchObject({ seconds: 601, bar: 600, withinBar: false, pass: true });
    expect(said).toContain('OVER the bar of 600 s.');
  });

  it('asks neither of runs that came to no end', () => {
    const { passed, told, said } = sumUp(whole, [played({}, {})]);
    expect(passed).toBe(false);
    expect(told).toMatchObject({ runs: 1, pass: false });
    expect(Object.keys(told)).not.toContain('withinBar');
    expect(said).toMatch(/all held\.$/);
  });

  it('asks neither of fewer runs', () => {
    const { passed, told } = sumUp(null, [played({}, {}), played({}, {})]);
    expect(passed).toBe(true);
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(['missing']));
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(['withinBar']));
  });

  it.each<[Kind, number, number, boolean, Whole | null]>([
    ['simulated', 1_000, 50, false, { fates: [...strikes, ...courierFates], hits: allHits, bar: 600 }],
    ['simulated', 999, 50, false, null],
    ['simulated', 1_000, 49, false, null],
    ['simulated', 1_000, 50, true, null],
    ['real', 100, 50, false, { fates: proxyFates, hits: [], bar: null }],
    ['real', 99, 50, false, null],
    ['register', 200, 50, false, null],
  ])('of %s: %i of %i cases (damaged: %s)', (kind, runs, cases, damage, expected) => {
    expect(wholeOf({ kind, runs, cases, damage })).toEqual(expected);
  });

  it('knows either side in each of six states', () => {
    expect(allHits).toHaveLength(12);
  });
});

function played(fates: Record<string, number>, hits: Record<string, number>): Played {
  return { seed: 1, counts: { cases: 50 }, fates, hits, problems: [] };
}

/** What runs come to, of two, in JSON and in words. */
function sumUp(
  whole: Whole | null,
  runs: readonly Played[],
  seconds = 1,
): { passed: boolean; told: Record<string, unknown>; said: string } {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const sums = [true, false].map((json) => new Sum({ kind: 'simulated', runs: 2, seed: 1, json, whole }));
  now.mockReturnValue(seconds * 1_000);
  for (const sum of sums) {
    for (const run of runs) sum.add(run);
    sum.print();
  }
  log.mockRestore();
  now.mockRestore();
  const told = z.record(z.string(), z.unknown()).parse(JSON.parse(lines[0] ?? ''));
  return { passed: sums.every(({ passed }) => passed), told, said: lines.at(-1) ?? '' };
}
