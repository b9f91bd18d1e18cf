import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time that only goes forward, and alarms on it. Wall clocks jump; waits must not. */
export interface Alarms {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /**
   * Calls `work` once after `delay` milliseconds; returns how to call that off. What `work` promises is
   * for clocks that a test moves: nobody else waits for it.
   */
  after(delay: number, work: () => void | Promise<void>): () => void;
}

/** Alarms, and who has the turn between them. */
export interface Timers extends Alarms {
  /** Does `work` beside something that is under way, once that has set out: then `leaving` is over. */
  beside<Result>(leaving: Promise<void>, work: () => Promise<Result>): Promise<Result>;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (delay, work) => {
    const timer = setTimeout(() => void work(), delay);
    return () => clearTimeout(timer);
  },
  beside: async (leaving, work) => {
    await leaving;
    await nextTurn();
    return await work();
  },
};
