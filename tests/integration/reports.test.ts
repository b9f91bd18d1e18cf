import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readReport, type Report, reportingTo } from '../reports/report.ts';

/** Within the project, so that its packages are found from there; deep, as a checkout may lie anywhere. */
const output = resolve('tests/.output', 'a-long-way-down/'.repeat(10));

let folder: string;
beforeEach(() => {
  mkdirSync(output, { recursive: true });
  folder = mkdtempSync(join(output, 'reports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a run of Vitest', () => {
  test('names each test, hook, file and loose error that is not passed', () => {
    const told = vitest({
      'one.test.ts': `import { test } from 'vitest'; test('holds', () => {});`,
      'tests.test.ts': `import { describe, expect, test } from 'vitest';
        describe('a group', () => {
          test('is wrong', () => expect(1, 'the sum').toBe(2));
          test('is wrong at length', () => { throw new Error('x'.repeat(900) + '\\nb\\nc'); });
          test.skip('is skipped', () => {});
          test.todo('is put off');
        });`,
      'hooks.test.ts': `import { afterAll, beforeAll, describe, test } from 'vitest';
        describe('opens nothing', () => {
          beforeAll(() => { throw new Error('no office'); });
          test('never ran', () => {});
        });
        describe('closes nothing', () => {
          afterAll(() => { throw new Error('still open'); });
          test('holds', () => {});
        });
        afterAll(() => { throw new Error('left behind'); });`,
      'unloadable.test.ts': `import './missing.ts';`,
      'empty.test.ts': `export {};`,
      'loose.test.ts': `import { test } from 'vitest';
        test('holds', async () => {
          void Promise.reject(new Error('let go'));
          await new Promise((resolve) => setTimeout(resolve, 20));
        });`,
    });
    expect(told.passed).toBe(3);
    expect(names(told)).toEqual([
      'an error that nobody caught: let go',
      'empty.test.ts: No test suite found in file empty.test.ts',
      'hooks.test.ts > closes nothing: still open',
      'hooks.test.ts > opens nothing > never ran: Not run (run).',
      'hooks.test.ts > opens nothing: no office',
      'hooks.test.ts: left behind',
      'tests.test.ts > a group > is put off: Not run (todo).',
      'tests.test.ts > a group > is skipped: Not run (skip).',
      `tests.test.ts > a group > is wrong at length: ${'x'.repeat(159)}…\nb`,
      'tests.test.ts > a group > is wrong: the sum: expected 1 to be 2 // Object.is equality',
      "unloadable.test.ts: Cannot find module './missing.ts' imported from unloadable.test.ts",
    ]);
  });

  function vitest(files: Record<string, string>): Report {
    return runOn(files, 'vitest/vitest.mjs', 'run', '--root', folder, '--reporter', reporter('vitest.ts'));
  }
});

describe('a run of Playwright', () => {
  const passing = `import { test } from '@playwright/test'; test('holds', () => {});`;

  test('names each journey, hook and loose error that is not passed, and what passed at its second try', () => {
    const told = playwright({
      'one.test.ts': passing,
      'tests.test.ts': `import { expect, test } from '@playwright/test';
        test('is wrong', () => expect(1, 'the sum').toBe(2));
        test('is flaky', () => expect(test.info().retry, 'the try').toBe(1));
        test.skip('is skipped', () => {});
        test.describe('closes nothing', () => {
          test.afterAll(() => { throw new Error('still open'); });
          test('holds', () => {});
        });`,
    });
    expect(told.passed).toBe(1);
    expect(names(told)).toEqual([
      'tests.test.ts > closes nothing > holds: Error: still open',
      'tests.test.ts > is flaky: Error: the try\nexpect(received).toBe(expected) // Object.is equality',
      'tests.test.ts > is skipped: It was skipped.',
      'tests.test.ts > is wrong: Error: the sum\nexpect(received).toBe(expected) // Object.is equality',
    ]);
  });

  test('names a file that could not be loaded', () => {
    const told = playwright({ 'one.test.ts': passing, 'unloadable.test.ts': `import './missing.ts';` });
    expect(names(told)).toEqual([
      "an error outside the journeys: Error: Cannot find module 'missing.ts' imported from unloadable.test.ts",
    ]);
  });

  function playwright(files: Record<string, string>): Report {
    const all = { ...files, 'playwright.config.ts': 'export default { retries: 1 };' };
    return runOn(all, 'playwright/cli.js', 'test', '--reporter', reporter('playwright.ts'));
  }
});

test('a run that ended badly, ran nothing or left no report has failed', () => {
  const file = join(folder, 'report.json');
  const written = (report: object, code: number) => {
    writeFileSync(file, JSON.stringify(report));
    return readReport(file, code).failures;
  };
  expect(written({ passed: 5, failures: [] }, 0)).toEqual([]);
  expect(written({ passed: 5, failures: [] }, 1)).toEqual([{ name: 'the run', why: 'It ended with 1.' }]);
  expect(written({ passed: 0, failures: [] }, 0)).toEqual([{ name: 'the run', why: 'It ran no test.' }]);
  const named = [{ name: 'a test', why: 'wrong' }];
  expect(written({ passed: 5, failures: named }, 0)).toEqual(named);
  const none = { name: 'the run', why: 'It ended with 1 and left no report.' };
  expect(written({}, 1)).toEqual([none]);
  expect(readReport(join(folder, 'none.json'), 1)).toEqual({ passed: 0, failures: [none] });
});

/** Runs the tests of some files in a program and a folder of their own. */
function runOn(files: Record<string, string>, program: string, ...args: string[]): Report {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'report.json');
  const { status } = spawnSync(process.execPath, [resolve('node_modules', program), ...args], {
    cwd: folder,
    env: reportingTo(file),
  });
  return readReport(file, status ?? 1);
}

function reporter(name: string): string {
  return resolve('tests/reports', name);
}

function names({ failures }: Report): string[] {
  return failures.map(({ name, why }) => `${name}: ${why}`).toSorted();
}
