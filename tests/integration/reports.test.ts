import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countPlaywright, countVitest } from '../reports.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-reports-'));
  file = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const green = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

function vitest(report: object, code: number) {
  writeFileSync(file, JSON.stringify({ ...green, ...report }));
  return countVitest(file, code);
}

function playwright(stats: object, code: number) {
  writeFileSync(
    file,
    JSON.stringify({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats } }),
  );
  return countPlaywright(file, code);
}

test('what passed is counted as passed', () => {
  expect(vitest({}, 0)).toEqual({ passed: 5, failed: 0 });
  expect(playwright({}, 0)).toEqual({ passed: 3, failed: 0 });
});

test('skipped, put off and passed at the second try are not passed', () => {
  expect(vitest({ numPendingTests: 2, numTodoTests: 1 }, 0)).toEqual({ passed: 5, failed: 3 });
  expect(playwright({ flaky: 1, skipped: 1 }, 0)).toEqual({ passed: 3, failed: 2 });
});

test('a file that could not be loaded has failed, though none of its tests has', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(vitest({ testResults }, 1)).toEqual({ passed: 5, failed: 1 });
});

test('a run that ended badly, ran nothing or left no report has failed', () => {
  expect(vitest({}, 1)).toEqual({ passed: 5, failed: 1 });
  expect(playwright({}, 1)).toEqual({ passed: 3, failed: 1 });
  expect(vitest({ numPassedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  expect(countVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});
