import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import { MemoryOutbox } from '../../electron/sync/stand-ins.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { readArguments } from '../bench/arguments.ts';
import { makeKelurahanFiles } from '../bench/linkage-kelurahan.ts';
import { withTwins } from '../bench/linkage-twins.ts';
import { measureKelurahanInRegister } from '../bench/linkage-kelurahan-register.ts';
import { besideLookup, groupByLookup, type LookedUp, Lookup } from '../bench/linkage-peer.ts';
import { measureSets } from '../bench/linkage-sets.ts';
import { type Measurement, summarise } from '../bench/suite.ts';

/** What the benchmarks make of several runs. */
it('judges a metric by the median of its runs, and errors by the worst', () => {
  const run = (seconds: number, errors: number): Measurement[] => [
    { metric: 'seconds', value: seconds, unit: 's', bar: 2 },
    { metric: 'errors', value: errors, unit: '', bar: 0, judged: 'worst' },
    { metric: 'found', value: seconds, unit: '', bar: 2, better: 'higher', judged: 'worst' },
  ];
  expect(summarise('trial', [run(1, 0), run(9, 3), run(2, 0)])).toEqual([
    { suite: 'trial', metric: 'seconds', value: 2, unit: 's', bar: 2, pass: true },
    { suite: 'trial', metric: 'errors', value: 3, unit: '', bar: 0, pass: false },
    { suite: 'trial', metric: 'found', value: 1, unit: '', bar: 2, pass: false },
  ]);
});

it('measures linkage at three sizes where none is named, and on the sets that are at hand', () => {
  const read = (args: string[], env = {}) => readArguments(['linkage', ...args], ['linkage', 'store'], env);
  expect(read([])).toMatchObject({ names: ['linkage'], options: { persons: [100_000, 300_000, 1_000_000] } });
  expect(read(['--persons', '500,900', '--sets', 'tests'])).toMatchObject({
    options: { persons: [500, 900], sets: 'tests' },
  });
  expect(read([], { MUTAKHIR_LINKAGE_SETS: 'tests' })).toMatchObject({ options: { sets: 'tests' } });
  expect(read(['--sets', 'nowhere'])).toBe('there is no folder "nowhere".');
  expect(read(['--persons', '1,x'])).toContain('--persons takes whole numbers');
  expect(read(['paper'])).toBe('no suite "paper"; there are: linkage, store.');
});

it('waits no longer for a record that was rejected', async () => {
  const outbox = new MemoryOutbox(systemTimers, await makeOfficeKey());
  outbox.add(1);
  const [item] = outbox.claim(1);
  expect(outbox.ended).toBe(false);
  outbox.settle([
    { itemId: item?.itemId ?? '', outcome: 'rejected', code: 'outside_area', field: null, sentence: '' },
  ]);
  expect(outbox.ended).toBe(true);
});

const inList = (id: string, facts: Partial<LookedUp> = {}): LookedUp => ({
  id,
  nik: null,
  name: null,
  birth: null,
  ...facts,
});

it('looks up as a spreadsheet does: the NIK first, then name and birth date, and never by an empty cell', () => {
  const lookup = new Lookup();
  for (const person of [
    inList('a', { nik: '31', name: 'SITI', birth: '1990-01-02' }),
    inList('b', { nik: '31', name: 'BUDI', birth: '1980-03-04' }),
    inList('c', { name: 'SITI', birth: '1990-01-02' }),
    inList('d', { name: 'TONO' }),
  ])
    lookup.add(person);
  expect(lookup.find(inList('1', { nik: '31', name: 'Budi', birth: '1980-03-04' }))).toBe('a');
  expect(lookup.find(inList('2', { nik: '77', name: 'Budi', birth: '1980-03-04' }))).toBe('b');
  expect(lookup.find(inList('3', { name: 'Tono' }))).toBeNull();
  expect(lookup.find(inList('4'))).toBeNull();
  const alone = new Lookup();
  alone.add({ id: 'e', nik: undefined, name: 'TONO', birth: undefined });
  expect(alone.find({ id: '5', nik: undefined, name: 'Tono', birth: undefined })).toBe('e');
  const groups = groupByLookup([
    inList('a', { nik: '31', name: 'SITI', birth: '1990-01-02' }),
    inList('b', { nik: '31' }),
    inList('c', { name: 'Siti', birth: '1990-01-02' }),
    inList('d', { name: 'Siti' }),
    inList('e'),
  ]);
  expect(new Set(groups.slice(0, 3)).size).toBe(1);
  expect(new Set(groups).size).toBe(3);
});

it('tells how many more true persons and families are linked than looked up, and how many wrong links avoided', () => {
  const found = besideLookup(
    'set',
    [
      { id: '1', family: 'x', wanted: 'a', linked: 'a' },
      { id: '2', family: 'y', wanted: 'b', linked: 'b' },
      { id: '3', family: 'y', wanted: 'c', linked: null },
      { id: '4', family: 'z', wanted: null, linked: null },
    ],
    (id) =>
      new Map([
        ['1', 'a'],
        ['4', 'a'],
      ]).get(id) ?? null,
  );
  expect(new Map(found.map(({ metric, value }) => [metric, value]))).toEqual(
    new Map([
      ['set_lookup_found', 100 / 3],
      ['set_lookup_wrong', 1],
      ['set_more_true_persons_than_lookup', 1],
      ['set_more_true_families_than_lookup', 1],
      ['set_wrong_links_avoided', 1],
    ]),
  );
});

it.each(['numbers', 'households'] as const)(
  'holds the engine of the register to the bars of a kelurahan, where %s are known',
  (shown) => {
    const measured = measureKelurahanInRegister('k', makeKelurahanFiles(1_500, 400, 23), shown);
    const barred = summarise('linkage', [measured]).filter(({ bar }) => bar !== undefined);
    expect(barred.map(({ metric }) => metric)).toEqual([
      'k_precision',
      'k_recall',
      'k_strangers_linked',
      'k_true_one_among_five',
      'k_calibration_off_by',
    ]);
    expect(barred.filter(({ pass }) => pass !== true)).toEqual([]);
  },
);

it('takes nobody for the twin of a near name, whichever of the two is missing on a side', () => {
  const twins = withTwins(makeKelurahanFiles(1_500, 400, 23), 29, 0.3);
  const measured = measureKelurahanInRegister('k', twins, 'households');
  const found = new Map(measured.map(({ metric, value }) => [metric, value]));
  expect(found.get('k_twins')).toBeGreaterThan(60);
  expect(found.get('k_linked_to_other_twin')).toBe(0);
});

it('measures of a public set whatever is measured of any', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-bench-sets-'));
  const people = Array.from({ length: 40 }, (_, at) => [
    `Anna${'abcd'[at % 4]}`,
    `Ny${'aeiou'[at % 5]}man`,
    at,
  ]);
  const rows = people.flatMap(([first, last, at], row) =>
    [`${first}`, row % 2 === 0 ? `${first}` : `${first}x`].map(
      (name, again) => `${2 * row + again},${name},${last},19${50 + row}-02-03,Town${row},m${row}@x.id,${at}`,
    ),
  );
  await writeFile(
    join(folder, 'fake_1000.csv'),
    ['unique_id,first_name,surname,dob,city,email,cluster', ...rows].join('\n'),
  );
  const measured = new Map((await measureSets(folder)).map(({ metric, value }) => [metric, value]));
  await rm(folder, { recursive: true });
  expect([...measured.keys()].map((metric) => metric.replace('fake_1000_', ''))).toEqual(
    expect.arrayContaining(
      'precision,recall,f1,automatic_rate,review_share,calibration,pairs_per_s,one_case_p50,one_case_p95,build_time,memory'.split(
        ',',
      ),
    ),
  );
  expect([...measured.values()].filter(Number.isNaN)).toEqual([]);
  // Twenty who are written alike twice are found by a lookup as well; the other twenty are not.
  expect(measured.get('fake_1000_recall')).toBe(1);
  expect(measured.get('fake_1000_lookup_found')).toBe(50);
  expect(measured.get('fake_1000_more_true_pairs_than_lookup')).toBe(20);
  expect(measured.get('fake_1000_automatic_rate')).toBe(100);
});
