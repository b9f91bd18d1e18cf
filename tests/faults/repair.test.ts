import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../provincial-server/postgres.ts';
import type { Harm } from './sim-repair.ts';
import { simulate } from './simulate.ts';
import { makeWorld } from './world.ts';

/** After a whole storm, one end loses something; the proof tells, and people repair it from either side. */
describe('two ends of which one is harmed', () => {
  let postgres: RunningPostgres;
  let world: Awaited<ReturnType<typeof makeWorld>>;

  beforeAll(async () => {
    const dataDir = join(tmpdir(), `mutakhir-gangguan-${randomUUID()}`);
    postgres = await startPostgres(dataDir, { persistent: false, socket: true });
    world = await makeWorld(postgres.url, 12);
  });
  afterAll(async () => {
    await world.close();
    await postgres.stop();
  });

  async function mend(seed: number, harm: Harm, byStick = false): Promise<string[]> {
    const { problems, counts } = await simulate(seed, 12, { ...world, harm, byStick });
    expect(counts['repairs']).toBeGreaterThan(2);
    expect(counts['stick_repairs']).toBe(byStick ? 1 : 0);
    return problems;
  }

  it.each([21, 22, 23])('agree again after the province lost cases (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'records_lost', from: 'kantor' })).toEqual([]);
  });

  it.each([22, 23, 24])('agree again after the office put an older copy back (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'older_copy', from: 'provinsi' })).toEqual([]);
  });

  it.each([21, 22, 23])('agree again after the office lost receipts (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'receipts_lost', from: 'provinsi' })).toEqual([]);
  });

  it.each([21, 22, 23])('agree again after the province lost receipts (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'receipts_lost_there', from: 'kantor' })).toEqual([]);
  });

  it.each([21, 22, 23])('agree again after both lost the same receipts (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'receipts_lost_at_both', from: 'kantor' })).toEqual([]);
  });

  // Seeds by which several families speak.
  it.each([21, 25])('agree again after the province lost words of families (seed %i)', async (seed) => {
    expect(await mend(seed, { what: 'words_lost', from: 'kantor' })).toEqual([]);
  });

  // No line from the harm on, until both agree.
  it.each<[Harm['what'], Harm['from']]>([
    ['records_lost', 'kantor'],
    ['older_copy', 'provinsi'],
    ['receipts_lost', 'provinsi'],
    ['receipts_lost_there', 'kantor'],
    ['receipts_lost_at_both', 'kantor'],
  ])('agree again on a stick alone (%s, by what the %s says)', async (what, from) => {
    expect(await mend(22, { what, from }, true)).toEqual([]);
  });

  it.each([
    ['office', 'kantor'],
    ['province', 'provinsi'],
  ] as const)('agree again after records were altered, by what the %s says', async (_, from) => {
    // The record that was altered stays what it is; a newer one of its case overtakes it.
    const problems = await mend(21, { what: 'records_altered', from });
    expect(problems.filter((what) => !what.includes('another content'))).toEqual([]);
  });
});
