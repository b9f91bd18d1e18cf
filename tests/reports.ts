import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Count {
  passed: number;
  failed: number;
}

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/**
 * Counts what a run of Vitest reported. A test that was skipped has not been passed, a file that
 * could not be loaded is a failure, and so is a run that ended badly whatever it reported.
 *
 * @param code how the run ended
 */
export function countVitest(file: string, code: number): Count {
  const report = read(file, VitestReport);
  if (report === null) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded + report.numPendingTests + report.numTodoTests;
  return settle({ passed: report.numPassedTests, failed }, code);
}

/** The same for the journeys; one that passed only at the second try has failed. */
export function countPlaywright(file: string, code: number): Count {
  const report = read(file, PlaywrightReport);
  if (report === null) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return settle({ passed: expected, failed: unexpected + flaky + skipped }, code);
}

/** A run without a single test, or with a bad end, is no success. */
function settle({ passed, failed }: Count, code: number): Count {
  const bad = code !== 0 || passed === 0;
  return { passed, failed: bad ? Math.max(1, failed) : failed };
}

/** Null where the run ended before it could report. */
function read<Report>(file: string, shape: z.ZodType<Report>): Report | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
