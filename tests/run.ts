import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.ts';
import { type Report, readReport, reportingTo } from './reports/report.ts';

/**
 * `npm test`: everything. At the end stand the steps, the name of whatever did not pass with the first
 * words of why, and on the last line how many passed. While working, `npm test -- --only unit,e2e` runs some of the steps.
 */
interface Step {
  name: string;
  run(): Promise<Report>;
}

const reports = resolve('tests/.output/reports');

/** Of vitest.config.ts. */
const projects = ['province', 'integration', 'unit'];

const names = ['build', 'types', 'lint', 'format', ...projects, 'e2e'];

/**
 * First what all others look at, then ways that are walked at once, each step after step: alone, each leaves cores
 * idle while it waits for an office, the province or a browser, the journeys most.
 */
function stagesOf(asked: readonly string[]): Step[][][] {
  const vitest = projects.filter((name) => asked.includes(name));
  const whole = (name: string, npmScript = name) => (asked.includes(name) ? [script(name, npmScript)] : []);
  return [
    [whole('build')],
    [
      [...whole('types', 'typecheck'), ...whole('lint'), ...whole('format', 'format:check')],
      // The projects are one step: no core waits at the end of each for its longest file.
      vitest.length > 0 ? [vitestOf(vitest)] : [],
      asked.includes('e2e')
        ? [tests('e2e', 'test:e2e', '--reporter=list,./tests/reports/playwright.ts')]
        : [],
    ],
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const asked = values.only?.split(',') ?? names;
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`No step "${unknown.join(', ')}". Steps: ${names.join(', ')}`);
    process.exit(2);
  }
  installPrograms();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const done: Done[] = [];
  for (const ways of stagesOf(asked)) done.push(...(await Promise.all(ways.map(walk))).flat());
  const lines = done.map(
    ({ name, passed, failures: { length: failed }, seconds }) =>
      `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`,
  );
  const named = done.flatMap(({ name, failures }) =>
    failures.map((failure) => `✗ ${name}: ${failure.name}\n${failure.why.replaceAll(/^/gm, '    ')}\n`),
  );
  const total = done.reduce((sum, { passed }) => sum + passed, 0);
  console.log(`\n${lines.join('\n')}\n`);
  if (named.length > 0) console.log(named.join('\n'));
  console.log(`${total} passed, ${named.length} failed`);
  process.exitCode = named.length === 0 ? 0 : 1;
}

/** A step that is done, and how long it took. */
type Done = Report & { name: string; seconds: number };

async function walk(steps: readonly Step[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const step of steps) {
    const { name } = step;
    console.log(`── ${name} ${'─'.repeat(60 - name.length)}`);
    const started = performance.now();
    const report = await step.run();
    done.push({ name, ...report, seconds: (performance.now() - started) / 1000 });
  }
  return done;
}

/** What the tests need beside npm's packages; installed where that is ours to do, else named. */
function installPrograms(): void {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (mayInstall) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
      stdio: 'inherit',
      env,
    });
  }
  const left = missingPrograms();
  if (left.length === 0) return;
  console.error(`Missing: ${left.join(', ')}. Install with: apt-get install ${left.join(' ')}`);
  process.exit(1);
}

/** Debian's names of the packages that are not there. */
function missingPrograms(): string[] {
  return [
    ...(findChromium() === null ? ['chromium-headless-shell'] : []),
    ...(spawnSync('pdftoppm', ['-v']).error === undefined ? [] : ['poppler-utils']),
  ];
}

/** A step that passes or fails as a whole. */
function script(name: string, npmScript: string): Step {
  return {
    name,
    async run() {
      const code = await npmRun(name, npmScript);
      if (code === 0) return { passed: 1, failures: [] };
      return { passed: 0, failures: [{ name: `npm run ${npmScript}`, why: `It ended with ${code}.` }] };
    },
  };
}

function vitestOf(chosen: readonly string[]): Step {
  const reporters = ['--reporter=default', '--reporter=./tests/reports/vitest.ts'];
  return tests(chosen.join(', '), 'test:unit', ...chosen.map((name) => `--project=${name}`), ...reporters);
}

/** A step of tests, which are counted and named by a reporter of tests/reports. */
function tests(name: string, npmScript: string, ...args: string[]): Step {
  const file = join(reports, `${name}.json`);
  return { name, run: async () => readReport(file, await npmRun(name, npmScript, args, reportingTo(file))) };
}

/**
 * Runs a script of package.json, so that each command is written down once; its exit code. Each line that it writes
 * says from which step it comes, since others write meanwhile.
 */
async function npmRun(
  step: string,
  npmScript: string,
  args: string[] = [],
  env = process.env,
): Promise<number> {
  const npm = process.env['npm_execpath'];
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const child = spawn(command, [...before, 'run', '--silent', npmScript, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => console.log(`${step} │ ${line}`));
  await once(child, 'close');
  return child.exitCode ?? 1;
}

await main();
