import { readColumnMap } from '../../electron/link-files/column-map.ts';
import { link } from '../../electron/link-files/commands.ts';
import { openPersonFile } from '../../electron/link-files/person-file.ts';
import { readPersons, wordsFor } from '../../electron/link-files/read-persons.ts';
import type { BatchMeasured } from './linkage-batch.ts';
import { lookUpEach } from './linkage-one.ts';

/** Cases that are looked up one by one after the batch. */
const asked = 2_000;

/**
 * Does what `npm run link` does with the files named on the command line, then looks some of the cases up one by one,
 * and prints what either took.
 */
const [reference = '', cases = '', map = '', out = ''] = process.argv.slice(2);
const begun = performance.now();
const report = await link({ kind: 'link', reference, cases, map, out, decisions: null });
const { user, system } = process.cpuUsage();
const batch: Omit<BatchMeasured, 'oneCaseMs'> = {
  pairs: report.pairs,
  expectedMatches: report.expectedMatches,
  uncovered: report.capped.reduce((sum, { uncovered }) => sum + uncovered, 0),
  spent: report.spent,
  processorSeconds: (user + system) / 1e6,
  seconds: (performance.now() - begun) / 1000,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
const columns = await readColumnMap(map);
const words = wordsFor(columns);
const persons = async (path: string) => readPersons(await openPersonFile(path, columns), columns, words);
const oneCaseMs = lookUpEach(await persons(cases), await persons(reference), asked).times;
// Ends once all is out: a pipe takes so much at a time.
process.stdout.write(JSON.stringify({ ...batch, oneCaseMs } satisfies BatchMeasured), () => process.exit(0));
