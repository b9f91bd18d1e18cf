import { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError, type AppProblem, describeError } from '../../shared/errors.ts';
import type { Job } from '../jobs/job-pool.ts';
import { Key } from '../jobs/reference-order.ts';
import type { WorkerTools } from '../jobs/run-worker.ts';
import { isDiskFull, type ReadableDb, type WritableDb } from '../store/connection.ts';
import { renewKeys, type StalePart, staleParts } from '../store/rekey.ts';
import type { Register } from './register.ts';

export const RenewalOrder = z.object({ register: z.string(), registerKey: Key });
type RenewalOrder = z.infer<typeof RenewalOrder>;

const ownWorker = new URL('./key-renewal-worker.ts', import.meta.url);

/** So long (ms) after a full disk stopped it, it is tried again. */
const patience = 60_000;

/**
 * Renews the keys by which persons are found where other rules made them, in a worker beside the work of all: the
 * office is open meanwhile. What is not renewed yet is asked by nobody, and whoever would is told.
 */
export class KeyRenewal {
  readonly #register: Pick<Register, 'db' | 'clock' | 'file' | 'jobs' | 'key'>;
  readonly #worker: URL;
  #job: Job | null = null;
  #endedAt = 0;

  constructor(register: Pick<Register, 'db' | 'clock' | 'file' | 'jobs' | 'key'>, worker: URL = ownWorker) {
    this.#register = register;
    this.#worker = worker;
  }

  /** Begins where anything is to be renewed, and again a while after a full disk stopped it; anything else waits for the next opening. */
  goOn(): void {
    if (!this.#mayBegin() || staleParts(this.#register.db).length === 0) return;
    const { jobs, file, key, clock } = this.#register;
    this.#job = jobs.start({
      kind: 'keys:renew',
      worker: this.#worker,
      input: { register: file, registerKey: key } satisfies RenewalOrder,
      ownerId: 'sistem',
      background: true,
      stopped: 'match_stopped',
      onEnd: async () => {
        this.#endedAt = clock.now().getTime();
      },
    });
  }

  #mayBegin(): boolean {
    if (this.#job === null) return true;
    return (
      this.#job.problem?.code === 'keys_disk_full' &&
      this.#register.clock.now().getTime() - this.#endedAt >= patience
    );
  }

  /** Of persons of a part under way, how many are done. */
  doneOf(part: StalePart): number {
    return this.#job?.message === nameOf(part) ? this.#job.done : 0;
  }

  /** Why it stands still; null where it does not. */
  get obstacle(): AppProblem | null {
    return this.#job?.problem ?? null;
  }
}

/** What is asked for: the cases and drafts of the office, these lists, or every list. */
export interface Asked {
  cases?: boolean;
  drafts?: boolean;
  lists?: readonly string[] | 'all';
}

type Renewed = { db: ReadableDb; renewal: KeyRenewal | null };

/** What somebody who asks there has to be told: that keys are being renewed, how far that is, or what keeps them from it. */
export function renewalNotice(register: Renewed, asked: Asked): AppProblem | null {
  const stale = staleParts(register.db).filter((part) => isAsked(part, asked));
  if (stale.length === 0) return null;
  const what = inWords(stale.map(nameOf));
  const obstacle = register.renewal?.obstacle ?? null;
  if (obstacle?.code === 'keys_disk_full') return describeError('keys_disk_full', { what });
  if (obstacle !== null)
    return describeError('keys_failed', { what, reference: obstacle.details['reference'] ?? '' });
  const persons = stale.reduce((sum, part) => sum + part.persons, 0);
  const done = stale.reduce((sum, part) => sum + (register.renewal?.doneOf(part) ?? 0), 0);
  return describeError('keys_renewing', { what, done: inDigits(done), total: inDigits(persons) });
}

/** @throws AppError `keys_renewing`, `keys_disk_full`, `keys_failed` where who is asked there would be found in part. */
export function demandKeys(register: Renewed, asked: Asked): void {
  const notice = renewalNotice(register, asked);
  if (notice !== null) throw new AppError(notice.code, notice.details);
}

/** Of these lists the ones whose keys are whole. */
export function renewedOf(db: ReadableDb, listIds: readonly string[]): string[] {
  const stale = new Set(staleParts(db).map((part) => (part.part === 'daftar' ? part.id : null)));
  return listIds.filter((id) => !stale.has(id));
}

/** Renews all there is, telling how far it is. @throws AppError `keys_disk_full`, `match_stopped`. */
export async function renewIn(
  db: WritableDb,
  tools: Pick<WorkerTools, 'progress' | 'turn' | 'signal'>,
): Promise<void> {
  let what = '';
  try {
    for (const { part, done } of renewKeys(db)) {
      what = nameOf(part);
      tools.progress(done, part.persons, what);
      await tools.turn();
      if (tools.signal.aborted) throw new AppError('match_stopped');
    }
  } catch (cause) {
    if (isDiskFull(cause)) throw new AppError('keys_disk_full', { what });
    throw cause;
  }
}

function isAsked(part: StalePart, { cases = false, drafts = false, lists = [] }: Asked): boolean {
  switch (part.part) {
    case 'keputusan':
      return lists.length > 0;
    case 'draf':
      return drafts;
    case 'berkas':
      return cases;
    case 'daftar':
      return lists === 'all' || lists.includes(part.id);
    case 'urutan':
      return false;
    default:
      return assertNever(part);
  }
}

function nameOf(part: StalePart): string {
  switch (part.part) {
    case 'keputusan':
      return 'keputusan “bukan orang yang sama”';
    case 'draf':
      return 'draf';
    case 'berkas':
      return 'berkas kantor ini';
    case 'daftar':
      return `daftar ${part.name}`;
    case 'urutan':
      return 'urutan pemadanan';
    default:
      return assertNever(part);
  }
}

/** The first two, and how many more. */
function inWords(names: readonly string[]): string {
  const [first = '', second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} dan ${second}` : `${first}, ${second}, dan ${more.length} lainnya`;
}

function inDigits(count: number): string {
  return count.toLocaleString('id-ID');
}
