import { expect, it } from 'vitest';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import { MemoryOutbox } from '../../electron/sync/stand-ins.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { readArguments } from '../bench/arguments.ts';
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
