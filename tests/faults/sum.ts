/** Which faults are played: on a clock of the run's own, with real processes, or on the register alone. */
export type Kind = 'simulated' | 'real' | 'register';

/** What every run answers, whatever its kind. */
export interface Played {
  seed: number;
  /** What was counted in it: cases, requests, kills. */
  counts: Record<string, number>;
  /** How often each fault struck. */
  fates: Record<string, number>;
  /** How many kills found items of the outbox in this state: `office dikirim`, `province ditahan`. */
  hits: Record<string, number>;
  /** What did not hold, in sentences without personal data; empty where all did. */
  problems: string[];
  /** Hash of all that happened in it, and when; only where a seed repeats a run exactly. */
  trace?: string;
}

/** What runs in full number must have met, and how long they may take. */
export interface Whole {
  /** Each must have struck. */
  fates: readonly string[];
  /** A kill must have found each, as in {@link Played}. */
  hits: readonly string[];
  /** Seconds that all of it may take; told, not judged, since a machine may have other work. Null where none is set. */
  bar: number | null;
}

interface Asked {
  kind: Kind;
  runs: number;
  seed: number;
  json: boolean;
  /** Null where fewer are played, which cannot meet everything. */
  whole: Whole | null;
}

/** A run that would never come to its end; its message is all there is to say. */
export class Unending extends Error {}

/** Plays a run; one that throws has fallen, and is told by its seed as any other. */
export async function playSeed(seed: number, play: () => Promise<Played>): Promise<Played> {
  try {
    return await play();
  } catch (cause) {
    return { seed, counts: {}, fates: {}, hits: {}, problems: [whyOf(cause)] };
  }
}

function whyOf(cause: unknown): string {
  if (cause instanceof Unending) return cause.message;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** What all runs came to, and how it is told. */
export class Sum {
  readonly #asked: Asked;
  readonly #begun = performance.now();
  readonly #counts: Record<string, number> = {};
  readonly #fates: Record<string, number> = {};
  readonly #hits: Record<string, number> = {};
  readonly #failed: number[] = [];
  #runs = 0;
  #endedBy: NodeJS.Signals | null = null;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** False also where a run never came to its end, or runs in full number were spared something. */
  get passed(): boolean {
    const played = this.#runs === this.#asked.runs && this.#endedBy === null;
    return played && this.#failed.length === 0 && this.#missing.length === 0;
  }

  /** What must strike in so many runs, and did not. */
  get #missing(): string[] {
    const { fates = [], hits = [] } = this.#asked.whole ?? {};
    return [...fates.filter((fate) => !this.#fates[fate]), ...hits.filter((hit) => !this.#hits[hit])];
  }

  /** Somebody ends the program: what comes after, with half of its processes gone, is nobody's fault. */
  endBy(signal: NodeJS.Signals): void {
    this.#endedBy = signal;
  }

  add({ seed, counts, fates, hits, problems, trace }: Played): void {
    if (this.#endedBy !== null) return;
    const { json } = this.#asked;
    this.#runs += 1;
    addUp(this.#counts, counts);
    addUp(this.#fates, fates);
    addUp(this.#hits, hits);
    if (problems.length > 0) {
      this.#failed.push(seed);
      console.log(
        json
          ? JSON.stringify({ seed, counts, fates, hits, problems, trace })
          : `seed ${seed} FELL\n  ${problems.join('\n  ')}`,
      );
    }
    if (!json && this.#runs % 50 === 0) console.error(`${this.#runs} runs`);
  }

  print(): void {
    const { kind, seed, json, whole } = this.#asked;
    const seconds = Math.round((performance.now() - this.#begun) / 1000);
    const isWhole = this.#runs === this.#asked.runs;
    const bar = isWhole ? (whole?.bar ?? null) : null;
    const missing = isWhole ? this.#missing : [];
    const [runs, failed, fates, hits] = [this.#runs, this.#failed, this.#fates, this.#hits];
    if (json) {
      console.log(
        JSON.stringify({
          kind,
          runs,
          seed,
          ...this.#counts,
          fates,
          hits,
          failed,
          ...(whole !== null && isWhole ? { missing } : {}),
          seconds,
          ...(bar === null ? {} : { bar, withinBar: seconds <= bar }),
          ...(this.#endedBy === null ? {} : { endedBy: this.#endedBy }),
          pass: this.passed,
        }),
      );
      return;
    }
    for (const [what, struck] of Object.entries({ Faults: fates, 'Kills by state of the outbox': hits })) {
      const most = Object.entries(struck).sort(([, left], [, right]) => right - left);
      if (most.length > 0) console.log(`${what}: ${listed(most)}`);
    }
    console.log(
      `${runs} runs from seed ${seed} (${listed(Object.entries(this.#counts))}) in ${seconds} s: ` +
        verdictOf(runs, failed) +
        (missing.length > 0 ? ` Never struck: ${missing.join(', ')}.` : '') +
        (bar === null ? '' : ` ${seconds <= bar ? 'Within' : 'OVER'} the bar of ${bar} s.`) +
        (this.#endedBy === null
          ? ''
          : ` Ended by ${this.#endedBy} before the other ${this.#asked.runs - runs}.`),
    );
  }
}

function verdictOf(runs: number, failed: readonly number[]): string {
  if (runs === 0) return 'nothing was played.';
  return failed.length === 0 ? 'all held.' : `${failed.length} FELL, seeds ${failed.join(', ')}.`;
}

function addUp(sum: Record<string, number>, more: Record<string, number>): void {
  for (const [name, times] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + times;
}

function listed(counted: readonly [string, number][]): string {
  return counted.map(([name, times]) => `${name} ${times}`).join(', ');
}
