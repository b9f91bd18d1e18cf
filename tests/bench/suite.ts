/** One number that a run of a suite measured. */
export interface Measurement {
  metric: string;
  value: number;
  unit: string;
  /** What it must reach, where an issue names a bar. */
  bar?: number;
  /** Which side of the bar is good; lower where it is left out. */
  better?: 'lower' | 'higher';
}

export interface Suite {
  name: string;
  /** Runs of which the median counts; an odd number. */
  runs: number;
  /** Makes what all runs need; answers how to run once and how to clean up. */
  prepare(): Promise<{ run(): Promise<Measurement[]>; cleanUp(): Promise<void> }>;
}

export interface Result {
  suite: string;
  metric: string;
  value: number;
  unit: string;
  bar?: number;
  pass?: boolean;
}

/** Median of each metric over all runs, in the order of the first. */
export function summarise(suite: string, runs: readonly Measurement[][]): Result[] {
  return (runs[0] ?? []).map((first) => {
    const values = runs
      .flatMap((run) => run.filter(({ metric }) => metric === first.metric))
      .map(({ value }) => value);
    const value = Math.round(median(values) * 100) / 100;
    const { metric, unit, bar, better } = first;
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
