import { link } from '../../electron/link-files/commands.ts';
import type { BatchMeasured } from './linkage-batch.ts';

/** Does what `npm run link` does with the files named on the command line, and prints what it took. */
const [reference = '', cases = '', map = '', out = ''] = process.argv.slice(2);
const begun = performance.now();
const report = await link({ kind: 'link', reference, cases, map, out, decisions: null });
const { user, system } = process.cpuUsage();
const measured: BatchMeasured = {
  pairs: report.pairs,
  expectedMatches: report.expectedMatches,
  uncovered: report.capped.reduce((sum, { uncovered }) => sum + uncovered, 0),
  spent: report.spent,
  processorSeconds: (user + system) / 1e6,
  seconds: (performance.now() - begun) / 1000,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(measured));
