import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { RunResult } from './simulate.ts';

const help = `npm run faults -- [--runs N] [--seed S] [--cases N] [--real] [--json]

Lets an office push its legalised cases to the province while requests and answers get lost, machines
are killed, disks fill and clocks jump; then both ends must hold the same, exactly once.
--runs   how many runs (1000; with --real 100); run number i has the seed S + i
--seed   of the first run; drawn where it is left out. A failing seed is replayed by --runs 1 --seed S
--cases  cases of each run (50)
--real   real processes, TCP, PostgreSQL and SIGKILL instead of a clock and a network of the run's own
--json   one JSON object for each run that fell, and one that sums up on the last line
Ends with 1 where a run fell, with 2 where the command line is wrong.`;

async function main(args: string[]): Promise<number> {
  const read = readArguments(args);
  if (typeof read === 'string') {
    console.error(`faults: ${read}`);
    return 2;
  }
  if (read.help) {
    console.log(help);
    return 0;
  }
  const started = performance.now();
  const sum = new Sum(read.json);
  const { runSimulated } = await import('./simulated.ts');
  await runSimulated(read, (result) => sum.add(result));
  const seconds = Math.round((performance.now() - started) / 1000);
  sum.print(read, seconds);
  return sum.failed.length === 0 && sum.runs === read.runs ? 0 : 1;
}

/** What all runs came to. */
class Sum {
  readonly #json: boolean;
  runs = 0;
  failed: number[] = [];
  #cases = 0;
  #requests = 0;
  #kills = 0;
  readonly #fates: Record<string, number> = {};

  constructor(json: boolean) {
    this.#json = json;
  }

  add(result: RunResult): void {
    this.runs += 1;
    this.#cases += result.cases;
    this.#requests += result.requests;
    this.#kills += result.kills;
    for (const [fate, times] of Object.entries(result.fates))
      this.#fates[fate] = (this.#fates[fate] ?? 0) + times;
    if (result.problems.length > 0) {
      this.failed.push(result.seed);
      console.log(
        this.#json ? JSON.stringify(result) : `seed ${result.seed} FELL\n  ${result.problems.join('\n  ')}`,
      );
    }
    if (!this.#json && this.runs % 50 === 0) console.error(`${this.runs} runs`);
  }

  print({ seed, real }: Arguments, seconds: number): void {
    const { runs, failed } = this;
    const [cases, requests, kills] = [this.#cases, this.#requests, this.#kills];
    if (this.#json) {
      console.log(
        JSON.stringify({
          kind: real ? 'real' : 'simulated',
          runs,
          seed,
          cases,
          requests,
          kills,
          fates: this.#fates,
          failed,
          seconds,
          pass: failed.length === 0,
        }),
      );
      return;
    }
    const faults = Object.entries(this.#fates)
      .sort(([, left], [, right]) => right - left)
      .map(([fate, times]) => `${fate} ${times}`);
    console.log(`${requests} requests: ${faults.join(', ')}`);
    console.log(
      `${runs} runs from seed ${seed} with ${cases} cases and ${kills} kills in ${seconds} s: ` +
        (failed.length === 0
          ? 'both ends agree in all.'
          : `${failed.length} FELL, seeds ${failed.join(', ')}.`),
    );
  }
}

interface Arguments {
  runs: number;
  seed: number;
  cases: number;
  real: boolean;
  json: boolean;
  help: boolean;
}

/** What was asked for, or what is wrong with it. */
function readArguments(args: string[]): Arguments | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        runs: { type: 'string' },
        seed: { type: 'string' },
        cases: { type: 'string', default: '50' },
        real: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { real, json, help } = values;
    const numbers = {
      runs: Number(values.runs ?? (real ? 100 : 1_000)),
      seed: Number(values.seed ?? randomInt(1_000_000_000)),
      cases: Number(values.cases),
    };
    for (const [name, value] of Object.entries(numbers))
      if (!Number.isSafeInteger(value) || value < 1) return `--${name} takes a whole number from 1.`;
    if (numbers.cases > 200) return '--cases takes 200 at most.';
    return { ...numbers, real, json, help };
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

process.exitCode = await main(process.argv.slice(2));
