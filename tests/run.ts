import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.ts';
import { type Report, readReport, reportingTo } from './reports/report.ts';

/**
 * `npm test`: everything, one step after the other. At the end stand the steps, the name of whatever
 * did not pass with the first words of why, and on the last line how many passed. While working, `npm test -- --only unit,e2e` runs some of the steps.
 */
interface Step {
  name: string;
  run(): Promise<Report>;
}

const reports = resolve('tests/.output/reports');

/** Of vitest.config.ts. */
const projects = ['province', 'integration', 'unit'];

const names = ['build', 'types', 'lint', 'format', ...projects, 'e2e'];

/** The projects are one step: no core waits at the end of each for its longest file. */
function stepsOf(asked: readonly string[]): Step[] {
  const isAsked = (name: string) => asked.includes(name);
  const vitest = projects.filter(isAsked);
  return [
    ...[
      script('build', 'build'),
      script('types', 'typecheck'),
      script('lint', 'lint'),
      script('format', 'format:check'),
    ].filter(({ name }) => isAsked(name)),
    ...(vitest.length > 0 ? [vitestOf(vitest)] : []),
    ...(isAsked('e2e') ? [tests('e2e', 'test:e2e', '--reporter=list,./tests/reports/playwright.ts')] : []),
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
  const lines: string[] = [];
  const named: string[] = [];
  let total = 0;
  for (const step of stepsOf(asked)) {
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    const started = performance.now();
    const { passed, failures } = await step.run();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const failed = failures.length;
    lines.push(`${failed === 0 ? '✓' : '✗'} ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)`);
    named.push(
      ...failures.map(({ name, why }) => `✗ ${step.name}: ${name}\n${why.replaceAll(/^/gm, '    ')}\n`),
    );
    total += passed;
  }
  console.log(`\n${lines.join('\n')}\n`);
  if (named.length > 0) console.log(named.join('\n'));
  console.log(`${total} passed, ${named.length} failed`);
  process.exitCode = named.length === 0 ? 0 : 1;
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
      const code = await npmRun(npmScript);
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
  return { name, run: async () => readReport(file, await npmRun(npmScript, args, reportingTo(file))) };
}

/** Runs a script of package.json, so that each command is written down once; its exit code. */
async function npmRun(npmScript: string, args: string[] = [], env = process.env): Promise<number> {
  const npm = process.env['npm_execpath'];
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const child = spawn(command, [...before, 'run', '--silent', npmScript, '--', ...args], {
    stdio: 'inherit',
    env,
  });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

await main();
