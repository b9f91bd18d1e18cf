/** One number that a run of a suite measured. */
export interface Measurement {
  metric: string;
  value: number;
  unit: string;
  /** Places after the point that are shown; 2 where it is left out. */
  decimals?: number;
  /** What it must reach, where a bar is set. */
  bar?: number;
  /** Which side of the bar is good; lower where it is left out. */
  better?: 'lower' | 'higher';
  /** `worst`: no run may miss the bar, as with errors; the median where it is left out. */
  judged?: 'worst';
}

/** What the command line says beyond the suites' names. */
export interface SuiteOptions {
  /** Folder of the public linkage sets, or null. */
  sets: string | null;
  /** Persons in the encrypted register, one measurement each. */
  persons: readonly number[];
  /** Persons in each of two lists that are linked as a batch, one measurement each. */
  batch: readonly number[];
}

export interface Suite {
  name: string;
  /** Runs of which the median counts, or the worst; an odd number. */
  runs: number;
  /** Makes what all runs need; answers how to run once and how to clean up. */
  prepare(options: SuiteOptions): Promise<{ run(): Promise<Measurement[]>; cleanUp(): Promise<void> }>;
}

export interface Result {
  suite: string;
  metric: string;
  value: number;
  unit: string;
  bar?: number;
  pass?: boolean;
}

/** Each metric over all runs, in the order of the first: its median, or the worst of it. */
export function summarise(suite: string, runs: readonly Measurement[][]): Result[] {
  return (runs[0] ?? []).map((first) => {
    const values = runs
      .flatMap((run) => run.filter(({ metric }) => metric === first.metric))
      .map(({ value }) => value);
    const { metric, unit, bar, better, decimals = 2, judged } = first;
    const worst = better === 'higher' ? Math.min : Math.max;
    const value = Number((judged === 'worst' ? worst(...values) : median(values)).toFixed(decimals));
    if (bar === undefined) return { suite, metric, value, unit };
    return { suite, metric, value, unit, bar, pass: better === 'higher' ? value >= bar : value <= bar };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
