import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../provincial-server/postgres.ts';
import { allHits } from './outbox-states.ts';
import { courierFates } from './sim-courier.ts';
import { simulate } from './simulate.ts';
import { playSeed } from './sum.ts';
import { makeWorld, type World } from './world.ts';

/** What a machine makes of a step is not up to the seed: at times nothing, at times some turns. */
async function dawdle(): Promise<void> {
  const turns = Math.floor(Math.random() * 4);
  for (let n = 0; n < turns; n += 1) await (Math.random() < 0.5 ? turn() : pause(0));
}

const someCase = '(SELECT min(case_id::text)::uuid FROM province_case WHERE retracted_at IS NULL)';

/** What is harmed at the province, how, and what is said of it. */
type Harms = readonly (readonly [harm: string, sql: string, what: string | readonly string[]])[];

/** One that carries the answers of a visit. */
const visitedCase = `(SELECT min(stands.case_id::text)::uuid FROM province_case AS stands JOIN record ON record.key = record_key
  WHERE retracted_at IS NULL AND record.body #> '{visit,household}' IS NOT NULL AND record.body #> '{identification,result}' IS NOT NULL)`;

/** A small slice of `npm run faults`; what it finds is replayed by its seed. */
describe('a push under faults', () => {
  let postgres: RunningPostgres;
  let world: Awaited<ReturnType<typeof makeWorld>>;
  /** What struck the runs of the seeds below. */
  const hits = new Set<string>();

  beforeAll(async () => {
    postgres = await startPostgres(join(tmpdir(), `mutakhir-gangguan-${randomUUID()}`), {
      persistent: false,
      socket: true,
    });
    world = await makeWorld(postgres.url, 20);
  });
  afterAll(async () => {
    await world.close();
    await postgres.stop();
  });

  it('plays the same seed the same way', async () => {
    const [first, again] = [await simulate(11, 20, world), await simulate(11, 20, world)];
    expect(again).toEqual(first);
  });

  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'ends with both ends agreeing (seed %i), the same way however the machine takes its time',
    async (seed) => {
      const first = await simulate(seed, 12, world);
      expect([first.counts['cases'], first.problems]).toEqual([12, []]);
      expect(await simulate(seed, 12, { ...world, dawdle })).toEqual(first);
      for (const hit of Object.keys({ ...first.hits, ...first.fates })) hits.add(hit);
    },
  );

  // Seeds by which a file comes to every end in either direction, and kills find what an older server holds back.
  it.each([31, 35, 36, 38, 39])(
    'ends so also where couriers carry a part of it and the server is put back to an older one (seed %i)',
    async (seed) => {
      const first = await simulate(seed, 12, { ...world, everything: true });
      expect(first.problems).toEqual([]);
      expect(await simulate(seed, 12, { ...world, everything: true, dawdle })).toEqual(first);
      for (const hit of Object.keys({ ...first.hits, ...first.fates })) hits.add(hit);
    },
  );

  it.each([1, 3, 9, 10])(
    'ends so also where the province changes its key and the office comes back under another (seed %i)',
    async (seed) => {
      const both = { changed: true, revoked: true };
      const first = await simulate(seed, 12, { ...world, keys: both });
      expect(first.problems).toEqual([]);
      expect(first.counts).toMatchObject({ key_changes: expect.any(Number), revocations: 1 });
      expect(first.counts['key_changes']).toBeGreaterThan(0);
      expect(await simulate(seed, 12, { ...world, keys: both, dawdle })).toEqual(first);
    },
  );

  it('was struck by kills of either side while items stood in any state of the outbox', () => {
    expect([...hits]).toEqual(expect.arrayContaining([...allHits]));
  });

  it('had a part of the exchange carried in files, which got lost, came twice, broke off or went astray', () => {
    expect([...hits]).toEqual(expect.arrayContaining([...courierFates]));
  });

  it('would notice a record that the province lost', async () => {
    const beforeVerdict = () => world.province.loseRecord();
    const { problems } = await simulate(9, 20, { ...world, beforeVerdict });
    expect(problems).toEqual([expect.stringContaining('the province does not hold it')]);
  });

  it('would notice a province that never accepts a record', async () => {
    const { pool } = world.province;
    await pool.query('ALTER TABLE province_case ADD CONSTRAINT nothing CHECK (false) NOT VALID');
    const { problems, counts } = await simulate(8, 3, { ...world, patience: 600_000 });
    await pool.query('ALTER TABLE province_case DROP CONSTRAINT nothing');
    const { registrations = 0, closings = 0 } = counts;
    expect(problems).toEqual([`10 minutes of calm, and still DITOLAK ${3 + registrations - closings}`]);
  });

  it('gives a run up in which the office asks for ever, and says so by its seed', async () => {
    const played = await playSeed(8, () => simulate(8, 3, { ...world, mostRequests: 9 }));
    expect(played).toMatchObject({
      seed: 8,
      problems: [expect.stringMatching(/asked .* 9 times .* goes on$/)],
    });
    // The next run in the same world is none the worse.
    expect((await simulate(8, 3, world)).problems).toEqual([]);
  });

  it('would notice an office that never learns the new key of the province', async () => {
    const { pool } = world.province;
    await pool.query(`
      CREATE FUNCTION vouch_for_nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.vouchers := '{}'; RETURN NEW; END $$;
      CREATE TRIGGER vouch_for_nothing BEFORE INSERT ON signing_key FOR EACH ROW EXECUTE FUNCTION vouch_for_nothing()`);
    const { problems } = await simulate(8, 3, {
      ...world,
      keys: { changed: true, revoked: false },
      patience: 600_000,
    });
    await pool.query('DROP FUNCTION vouch_for_nothing CASCADE');
    expect(problems).toContainEqual(expect.stringContaining('does not know the newest key'));
  });

  const inRecords: Harms = [
    [
      'a content that was changed, of a record that a newer one overtook',
      `UPDATE record SET body = jsonb_set(body, '{members,0,name}', '"Orang Lain"') WHERE key = (SELECT key FROM record WHERE kind NOT IN ('case.retracted', 'family.consent')
         AND key NOT IN (SELECT record_key FROM province_case) LIMIT 1)`,
      'another content',
    ],
    [
      'a receipt that was changed',
      `UPDATE record SET receipt = receipt || 'A' WHERE key = (SELECT key FROM record LIMIT 1)`,
      'another receipt',
    ],
    [
      'a field that both hold otherwise, though every record is right',
      `UPDATE case_version AS held SET body = jsonb_set(coalesce(held.body, record.body), '{household,phone}', '"0812"')
       FROM province_case AS stands, record WHERE stands.case_id = held.case_id AND stands.version = held.version
         AND record.key = stands.record_key AND record.kind <> 'case.retracted' AND held.case_id = ${someCase}`,
      'household.phone is another here',
    ],
    [
      'an answer of a visit that both hold otherwise, though every record is right',
      `UPDATE case_version AS held SET body = jsonb_set(coalesce(held.body, record.body),
         ARRAY['visit', 'household', (SELECT min(question) FROM jsonb_object_keys(record.body #> '{visit,household}') AS question)], '"99"')
       FROM province_case AS stands, record WHERE stands.case_id = held.case_id AND stands.version = held.version
         AND record.key = stands.record_key AND held.case_id = ${visitedCase}`,
      'visit.household.',
    ],
    [
      'a case that the province lists otherwise than its record says',
      `UPDATE province_case SET head_name = 'Orang Lain' WHERE case_id = ${someCase}`,
      'the province lists another headName',
    ],
    [
      'a family that is shown though it refuses',
      `DELETE FROM family_consent WHERE case_id = (SELECT min(case_id::text)::uuid FROM family_consent WHERE sharing = 'refused')`,
      'the province has it that sharing is given',
    ],
    [
      'a case that the office never took back',
      `UPDATE province_case SET retracted_at = now() WHERE case_id = ${someCase}`,
      'and the province has given it back',
    ],
  ];
  // By the second, files go up, numbers are lent and decisions come down.
  const besideRecords: Harms = [
    [
      'a file of which a byte was changed',
      `UPDATE attachment_chunk SET bytes = set_byte(bytes, 3, 0) WHERE first_byte = 0 AND hash = (SELECT min(hash) FROM attachment WHERE complete_at IS NOT NULL)`,
      'the province holds other bytes',
    ],
    [
      'a file that no record names',
      `INSERT INTO attachment (office_id, hash, size, media_type, received) SELECT office_id, repeat('a', 64), 9, 'image/png', 0 FROM record LIMIT 1`,
      'no record of the province names it',
    ],
    [
      'a decision that was issued otherwise',
      `UPDATE down_item SET body = body || '{"catatan": "lain"}' WHERE cursor = (SELECT min(cursor) FROM down_item)`,
      'kept otherwise than it was issued',
    ],
    [
      'a number that nobody bears',
      `UPDATE province_case SET province_number = 'JKT-99999999' WHERE case_id = (SELECT case_id FROM province_case WHERE province_number IS NOT NULL LIMIT 1)`,
      ['lists another provinceNumber', 'no case bears it'],
    ],
  ];

  describe.each([
    { seed: 9, harms: inRecords },
    { seed: 15, harms: besideRecords },
  ])('the ends of one run, each harm by itself (seed $seed)', ({ seed, harms }) => {
    let unharmed: string[];
    const found: string[][] = [];

    beforeAll(async () => {
      const beforeVerdict: World['beforeVerdict'] = async (judge) => {
        const client = await world.province.pool.connect();
        for (const [, sql] of harms) {
          await client.query('BEGIN');
          await client.query(sql);
          found.push(await judge(client));
          await client.query('ROLLBACK');
        }
        client.release();
      };
      ({ problems: unharmed } = await simulate(seed, 20, { ...world, beforeVerdict }));
    });

    it('agree where nothing is harmed', () => expect(unharmed).toEqual([]));

    it.each(harms.map(([harm, , what], index) => [harm, index, what] as const))(
      'would notice %s',
      (_, index, what) => {
        expect(found[index]).toEqual([what].flat().map((part) => expect.stringContaining(part)));
      },
    );
  });
});
