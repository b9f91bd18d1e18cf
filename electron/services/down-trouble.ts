import type { HeldNews } from '../../shared/contract/attention.ts';
import { isDamaged, isDiskFull } from '../store/connection.ts';
import type { Register } from './register.ts';

/**
 * Where what the province says is written down: a page that came over the line, an answer to what was sent, a courier's
 * answer, what waited for its day, a list. Each that succeeds says nothing of the others.
 */
export type DownWork = 'halaman' | 'jawaban' | 'kurir' | 'menunggu' | 'daftar';

export interface DownTrouble {
  why: HeldNews['why'];
  /** Milliseconds since 1970. */
  since: number;
}

/** So long (ms) a disk may stumble: each is tried again within a minute where the line is there. */
const passing = 2 * 60_000;

/** Runs what writes down what the province says, and notes where the register or its disk does not take it. @throws what `write` throws */
export function writingDown<Result>(register: Register, work: DownWork, write: () => Result): Result {
  try {
    const result = write();
    register.downTroubles.delete(work);
    return result;
  } catch (cause) {
    noteTrouble(register, work, cause);
    throw cause;
  }
}

export function noteTrouble({ downTroubles, clock }: Register, work: DownWork, cause: unknown): void {
  const why = isDiskFull(cause) ? 'penuh' : isDamaged(cause) ? 'rusak' : null;
  if (why === null) return;
  const since = downTroubles.get(work)?.since ?? clock.now().getTime();
  downTroubles.set(work, { why, since });
}

/** Why what the province says has not been written down for longer than a passing moment; null where it is. */
export function standingTrouble({ downTroubles, clock }: Register): HeldNews['why'] | null {
  if (downTroubles.size === 0) return null;
  const before = clock.now().getTime() - passing;
  const standing = [...downTroubles.values()].filter(({ since }) => since <= before).map(({ why }) => why);
  return standing.find((why) => why === 'rusak') ?? standing[0] ?? null;
}
