/** Time that only goes forward, and alarms on it. Wall clocks jump; waits must not. */
export interface Timers {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /**
   * Calls `work` once after `delay` milliseconds; returns how to call that off. What `work` promises is
   * for clocks that a test moves: nobody else waits for it.
   */
  after(delay: number, work: () => void | Promise<void>): () => void;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (delay, work) => {
    const timer = setTimeout(() => void work(), delay);
    return () => clearTimeout(timer);
  },
};
