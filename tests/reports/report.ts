import { readFileSync, writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const Failure = z.object({ name: z.string(), why: z.string() });
const Report = z.object({ passed: z.int(), failures: z.array(Failure) });

/** What did not pass, and the first words of why. */
export type Failure = z.infer<typeof Failure>;

/** What became of one step of `npm test`: whatever did not pass is named. */
export type Report = z.infer<typeof Report>;

/** Where the reporter of a run writes; the run that is started by hand has none. */
const variable = 'MUTAKHIR_TEST_REPORT';

/** The environment of a run whose reporter writes to `file`. */
export function reportingTo(file: string): NodeJS.ProcessEnv {
  return { ...process.env, [variable]: file };
}

/** Called by the reporters, in the process of the run. */
export function writeReport(report: Report): void {
  const file = process.env[variable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
}

/**
 * What a run reported. One that ended badly, ran nothing or left no report has failed, whatever
 * its reporter says.
 *
 * @param code how the run ended
 */
export function readReport(file: string, code: number): Report {
  const report = parse(file);
  if (report === null) return { passed: 0, failures: [whole(`It ended with ${code} and left no report.`)] };
  if (report.failures.length > 0) return report;
  if (code !== 0) return { ...report, failures: [whole(`It ended with ${code}.`)] };
  if (report.passed === 0) return { ...report, failures: [whole('It ran no test.')] };
  return report;
}

/** The first two lines of what was thrown, each of them short, with files named as seen from the run's folder. */
export function firstWords(errors: readonly { message?: string | undefined }[]): string {
  return stripVTControlCharacters(errors[0]?.message ?? '')
    .replaceAll(process.cwd() + sep, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 2)
    .map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line))
    .join('\n');
}

function whole(why: string): Failure {
  return { name: 'the run', why };
}

function parse(file: string): Report | null {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
