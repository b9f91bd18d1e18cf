import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOfLeaves } from './proof.ts';
import { legalised, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

/** Two cities, and a place that no partition of its own is kept for. */
const areas = [
  ['31.71.01.1001', '3171', '31.71'],
  ['31.72.01.1001', '3172', '31.72'],
  ['36.03.01.2001', 'elsewhere', '36.03'],
] as const;

describe('what offices push is kept by city', () => {
  let province: TestProvince;
  const offices = new Map<string, TestOffice>();
  beforeAll(async () => {
    province = await startTestProvince();
    for (const [area] of areas) {
      const office = await TestOffice.enrolled(province.server, area);
      offices.set(area, office);
      const ofArea = () =>
        legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: area }) });
      await office.answers(province.server, [ofArea(), ofArea(), ofArea()]);
    }
    await province.server.pool.query('ANALYZE');
  });
  afterAll(() => province.stop());

  const idOf = (area: string) => offices.get(area)?.id;

  it.each(areas)('rows of %s stand in the partition %s', async (area, partition) => {
    for (const table of ['record', 'case_version']) {
      const { rows } = await province.server.pool.query(
        `SELECT DISTINCT tableoid::regclass::text AS partition FROM ${table} WHERE office_id = $1`,
        [idOf(area)],
      );
      expect(rows).toEqual([{ partition: `${table}_${partition}` }]);
    }
  });

  it.each(areas)(
    'the proof of an office of %s reads the partition %s alone',
    async (area, partition, city) => {
      const { rows } = await province.server.pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${pageOfLeaves}`, [
        idOf(area),
        null,
        null,
        null,
        200,
        city,
      ]);
      const touched = scansOf(z.tuple([z.object({ Plan })]).parse(rows[0]['QUERY PLAN'])[0].Plan);
      expect(touched.filter((name) => name.startsWith('record'))).toEqual([`record_${partition}`]);
    },
  );
});

const Plan = z.looseObject({
  'Relation Name': z.string().optional(),
  'Actual Loops': z.number(),
  get Plans() {
    return z.array(Plan).optional();
  },
});

/** Tables and partitions that a plan really read. */
function scansOf(plan: z.infer<typeof Plan>): string[] {
  const own = plan['Relation Name'];
  const read = own !== undefined && plan['Actual Loops'] > 0 ? [own] : [];
  return [...new Set([...read, ...(plan.Plans ?? []).flatMap(scansOf)])];
}
