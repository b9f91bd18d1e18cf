import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.ts';
import { type Count, countPlaywright, countVitest } from './reports.ts';

/**
 * `npm test`: everything, one step after the other, and how many passed on the last line. While
 * working, `npm test -- --only unit,e2e` runs some of the steps.
 */
interface Step {
  name: string;
  run(): Promise<Count>;
}

const reports = resolve('tests/.output/reports');
const journeys = join(reports, 'e2e.json');

const steps: Step[] = [
  script('build', 'build'),
  script('types', 'typecheck'),
  script('lint', 'lint'),
  script('format', 'format:check'),
  vitest('unit'),
  vitest('integration'),
  vitest('province'),
  { name: 'e2e', run: runPlaywright },
];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',');
  const unknown = only?.filter((name) => steps.every((step) => step.name !== name)) ?? [];
  if (unknown.length > 0) {
    console.error(`No step "${unknown.join(', ')}". Steps: ${steps.map((step) => step.name).join(', ')}`);
    process.exit(2);
  }
  installPrograms();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const lines: string[] = [];
  const total: Count = { passed: 0, failed: 0 };
  for (const step of steps) {
    if (only !== undefined && !only.includes(step.name)) continue;
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    const started = performance.now();
    const { passed, failed } = await step.run();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    lines.push(`${failed === 0 ? '✓' : '✗'} ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
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
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

/** @param name a project of vitest.config.ts */
function vitest(name: string): Step {
  return {
    name,
    async run() {
      const file = join(reports, `${name}.json`);
      const code = await npmRun(
        'test:unit',
        `--project=${name}`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      );
      return countVitest(file, code);
    },
  };
}

async function runPlaywright(): Promise<Count> {
  return countPlaywright(journeys, await npmRun('test:e2e', '--reporter=list,json'));
}

/** Runs a script of package.json, so that each command is written down once; its exit code. */
async function npmRun(npmScript: string, ...args: string[]): Promise<number> {
  const npm = process.env['npm_execpath'];
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: journeys };
  const child = spawn(command, [...before, 'run', '--silent', npmScript, '--', ...args], {
    stdio: 'inherit',
    env,
  });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

await main();
