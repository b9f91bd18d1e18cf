import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SuiteOptions } from './suite.ts';

/** Where the public sets of persons lie, where they are at hand. */
const besideTheProject = resolve(import.meta.dirname, '../../../shared/data/linkage');
/** Persons in the registers in which the growth is measured. */
const sizes: readonly number[] = [100_000, 300_000, 1_000_000];
/** Persons of a batch, enough for the rate of scoring; a kecamatan's half a million takes minutes and is asked for. */
const batchSizes: readonly number[] = [100_000];

export interface Arguments {
  names: string[];
  json: boolean;
  help: boolean;
  runs: number | null;
  options: SuiteOptions;
}

/**
 * What was asked for, or what is wrong with it.
 *
 * @param suites names of the suites there are.
 */
export function readArguments(
  args: string[],
  suites: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Arguments | string {
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
        batch: { type: 'string' },
      },
    });
    const names = positionals.includes('all') ? [...suites] : positionals;
    const unknown = names.find((name) => !suites.includes(name));
    if (unknown !== undefined) return `no suite "${unknown}"; there are: ${suites.join(', ')}.`;
    const runs = values.runs === undefined ? null : Number(values.runs);
    if (runs !== null && !(Number.isInteger(runs) && runs > 0)) return '--runs takes a whole number from 1.';
    const persons = values.persons?.split(',').map(Number) ?? sizes;
    const batch = values.batch?.split(',').map(Number) ?? batchSizes;
    for (const [flag, counts] of Object.entries({ persons, batch }))
      if (counts.some((count) => !(Number.isInteger(count) && count > 0)))
        return `--${flag} takes whole numbers from 1, with commas between.`;
    const named = values.sets ?? env['MUTAKHIR_LINKAGE_SETS'];
    if (named !== undefined && !existsSync(named)) return `there is no folder "${named}".`;
    const folder = named ?? besideTheProject;
    return {
      names,
      json: values.json ?? false,
      help: values.help ?? false,
      runs,
      options: { sets: existsSync(folder) ? folder : null, persons, batch },
    };
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}
