import { Worker } from 'node:worker_threads';
import { v7 as uuid } from 'uuid';
import type { JobProgress, JobState } from '../../shared/contract/jobs.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError, type AppProblem, describeError, type ErrorCode } from '../../shared/errors.ts';
import { FromWorker, type ToWorker } from './messages.ts';

export interface NewJob {
  /** Feature and work, `reference:check`; who asks about a job names it too. */
  kind: string;
  /** The worker: `new URL('./some-worker.ts', import.meta.url)`, which holds in the package as well. */
  worker: URL;
  /** Structured-clone safe; may hold keys, so it is dropped with the job. */
  input: unknown;
  ownerId: string;
  /** Long work that nobody stands and waits for: it pauses while any other job runs (`WorkerTools.turn`). */
  background?: boolean;
  /** What the person reads who stopped it; an import's words where left out. */
  stopped?: ErrorCode;
  /** Runs once when the job has ended, however it ended; the pool waits for it before the next. */
  onEnd?: (state: JobState) => Promise<void>;
}

/** A job as it stands; polled, kept in memory only. */
export interface Job {
  id: string;
  kind: string;
  ownerId: string;
  state: JobState;
  done: number;
  total: number;
  message: string;
  /** What the worker answered; the feature that started it knows its shape. */
  result: unknown;
  problem: AppProblem | null;
}

/** What a screen that asks is told of a job, without its result. */
export function progressOf({ id, state, done, total, message, problem }: Job): JobProgress {
  return { id, state, done, total, message, problem };
}

export interface PoolOptions {
  /** Workers at once: one leaves the other core to the clerks (but for a list that moves in, which takes two threads). */
  size?: number;
  /** How long a cancelled worker may take to end by itself. */
  patience?: number;
  /** Heap of a worker, in MB; one that wants more is ended and its job fails. */
  memory?: number;
  /**
   * How long a worker that has answered waits for the next job of its kind, in ms; its program is
   * loaded then. Left out, each job has a worker of its own, which leaves nothing behind.
   */
  keep?: number;
  /** Called with what no catalogue knows; returns the reference that stands in the log. */
  logFailure: (cause: unknown) => string;
}

interface Running {
  worker: Worker;
  background: boolean;
  ended: Promise<void>;
  stopping: boolean;
}

/** A worker that has answered and waits for more of its kind. */
interface Resting {
  url: string;
  worker: Worker;
  patience: NodeJS.Timeout;
}

/** Ended jobs that are remembered for who still asks. */
const remembered = 50;

/**
 * Long work in worker threads, one after the other, so that no query and no window waits for it. What
 * works in the background waits its turn behind everything else, also after it has begun.
 */
export class JobPool {
  readonly #options: Required<PoolOptions>;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: { job: Job; order: NewJob }[] = [];
  readonly #running = new Map<string, Running>();
  readonly #waiters = new Map<string, (() => void)[]>();
  #resting: Resting[] = [];

  constructor(options: PoolOptions) {
    this.#options = { size: 1, patience: 5_000, memory: 1_024, keep: 0, ...options };
  }

  start(order: NewJob): Job {
    const job: Job = {
      id: uuid(),
      kind: order.kind,
      ownerId: order.ownerId,
      state: 'menunggu',
      done: 0,
      total: 0,
      message: '',
      result: null,
      problem: null,
    };
    this.#jobs.set(job.id, job);
    this.#waiting.push({ job, order });
    this.#startNext();
    return job;
  }

  /** @throws AppError `job_lost`, also for another person's job, and for one that is long over. */
  get(ownerId: string, kind: string, id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined || job.ownerId !== ownerId || !job.kind.startsWith(kind))
      throw new AppError('job_lost');
    return job;
  }

  /** The job of this kind that waits or runs, whoever started it. */
  open(kind: string): Job | null {
    const isOpen = (job: Job) => job.kind === kind && (job.state === 'menunggu' || job.state === 'berjalan');
    return [...this.#jobs.values()].find(isOpen) ?? null;
  }

  /** Resolves when the job has ended, however it ended. */
  async ended(job: Job): Promise<void> {
    if (job.state !== 'menunggu' && job.state !== 'berjalan') return;
    await new Promise<void>((resolve) => {
      this.#waiters.set(job.id, [...(this.#waiters.get(job.id) ?? []), resolve]);
    });
  }

  /** Asks the job to stop; a worker that does not answer in time is ended. What it had not committed is gone. */
  cancel(job: Job): void {
    const waiting = this.#waiting.findIndex((entry) => entry.job === job);
    const [dropped] = waiting < 0 ? [] : this.#waiting.splice(waiting, 1);
    if (dropped !== undefined) void this.#settle(job, dropped.order, stoppedEnding(dropped.order));
    const running = this.#running.get(job.id);
    if (running === undefined) return;
    running.stopping = true;
    tell(running, { kind: 'cancel' });
    const last = setTimeout(() => void running.worker.terminate(), this.#options.patience);
    void running.ended.then(() => clearTimeout(last));
  }

  /** Stops everything and waits until no worker runs any more. */
  async close(): Promise<void> {
    for (const { job } of this.#waiting.slice()) this.cancel(job);
    const running = [...this.#running.entries()];
    for (const [id] of running) {
      const job = this.#jobs.get(id);
      if (job !== undefined) this.cancel(job);
    }
    await Promise.all(running.map(([, { ended }]) => ended));
    await Promise.all(this.#resting.map((resting) => this.#dismiss(resting)));
  }

  #startNext(): void {
    const running = [...this.#running.values()];
    const resting = running.filter(({ background, stopping }) => background && !stopping);
    const urgent = running.filter(({ background }) => !background);
    const at = this.#waiting.findIndex(({ order }) => order.background !== true);
    if (at >= 0 && urgent.length < this.#options.size) {
      for (const one of resting) tell(one, { kind: 'pause' });
      const [next] = this.#waiting.splice(at, 1);
      if (next !== undefined) this.#begin(next);
      return;
    }
    if (urgent.length > 0) return;
    for (const one of resting) tell(one, { kind: 'resume' });
    if (running.length > 0) return;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }

  #begin({ job, order }: { job: Job; order: NewJob }): void {
    job.state = 'berjalan';
    const worker = this.#takeResting(order.worker) ?? this.#newWorker(order.worker);
    const running: Running = {
      worker,
      background: order.background ?? false,
      stopping: false,
      ended: Promise.resolve(),
    };
    running.ended = this.#follow(job, order, running).finally(() => {
      this.#running.delete(job.id);
      this.#startNext();
    });
    this.#running.set(job.id, running);
    tell(running, { kind: 'work', input: order.input, stays: this.#options.keep > 0 });
  }

  #newWorker(url: URL): Worker {
    return new Worker(url, {
      // A small nursery halves what a worker that streams takes, for a little more time.
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memory, maxYoungGenerationSizeMb: 48 },
    });
  }

  #takeResting(url: URL): Worker | null {
    const found = this.#resting.find((resting) => resting.url === url.href);
    if (found === undefined) return null;
    clearTimeout(found.patience);
    this.#forget(found);
    found.worker.ref();
    return found.worker;
  }

  /** Keeps a worker that has answered; one that falls while it rests is missed by nobody. */
  #letRest(url: URL, worker: Worker): void {
    const patience = setTimeout(() => void this.#dismiss(resting), this.#options.keep);
    patience.unref();
    const resting: Resting = { url: url.href, worker, patience };
    this.#resting.push(resting);
    worker.unref();
    worker.once('error', this.#options.logFailure);
    worker.once('exit', () => this.#forget(resting));
  }

  #forget(resting: Resting): void {
    this.#resting = this.#resting.filter((other) => other !== resting);
    deafen(resting.worker);
  }

  async #dismiss(resting: Resting): Promise<void> {
    clearTimeout(resting.patience);
    this.#forget(resting);
    await resting.worker.terminate();
  }

  /**
   * Until the worker is gone, so that nothing of the job is left behind when it counts as ended; one
   * that is kept has ended its job when it has answered.
   */
  async #follow(job: Job, order: NewJob, running: Running): Promise<void> {
    const { worker } = running;
    let end: Ending | null = null;
    const isGone = await new Promise<boolean>((resolve) => {
      worker.on('message', (raw: unknown) => {
        const message = FromWorker.parse(raw);
        if (message.kind === 'trouble') return void this.#options.logFailure(asError(message));
        end = take(job, order, message) ?? end;
        if (end !== null && this.#options.keep > 0) resolve(false);
      });
      worker.on('error', (cause) => {
        end = this.#failure(cause);
      });
      worker.once('exit', () => resolve(true));
    });
    deafen(worker);
    if (!isGone) this.#letRest(order.worker, worker);
    const silent = () =>
      running.stopping ? stoppedEnding(order) : this.#failure(new Error(`${job.kind} fell silent.`));
    await this.#settle(job, order, end ?? silent());
  }

  #failure(cause: unknown): Ending {
    return {
      state: 'gagal',
      problem: describeError('job_failed', { reference: this.#options.logFailure(cause) }),
      result: null,
    };
  }

  async #settle(job: Job, order: NewJob, end: Ending): Promise<void> {
    await order.onEnd?.(end.state).catch((cause: unknown) => this.#options.logFailure(cause));
    Object.assign(job, end);
    for (const resolve of this.#waiters.get(job.id) ?? []) resolve();
    this.#waiters.delete(job.id);
    const ended = [...this.#jobs.values()].filter(
      ({ state }) => state !== 'menunggu' && state !== 'berjalan',
    );
    for (const old of ended.slice(0, Math.max(0, ended.length - remembered))) this.#jobs.delete(old.id);
  }
}

function tell({ worker }: Running, message: ToWorker): void {
  worker.postMessage(message);
}

/** Whoever listened for a job hears nothing of the next. */
function deafen(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

type Ending = Pick<Job, 'state' | 'problem' | 'result'>;

function stoppedEnding(order: NewJob): Ending {
  return {
    state: 'dihentikan',
    problem: describeError(order.stopped ?? 'import_cancelled'),
    result: null,
  };
}

function asError({ name, stack }: Extract<FromWorker, { kind: 'trouble' }>): Error {
  return Object.assign(new Error(name), { name, stack });
}

/** Takes a message in; how the job ended, where it says so. */
function take(job: Job, order: NewJob, message: Exclude<FromWorker, { kind: 'trouble' }>): Ending | null {
  switch (message.kind) {
    case 'progress':
      Object.assign(job, { done: message.done, total: message.total, message: message.message });
      return null;
    case 'done':
      job.done = job.total;
      return { state: 'selesai', problem: null, result: message.result };
    case 'failed':
      if (message.code === (order.stopped ?? 'import_cancelled')) return stoppedEnding(order);
      return { state: 'gagal', problem: describeError(message.code, message.details), result: null };
    default:
      return assertNever(message);
  }
}
