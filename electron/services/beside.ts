/** What goes on beside the requests of an open register, as long as it is open. */
export interface Beside {
  /** Begins it; what fails is logged. @param work ends soon after `stop` */
  run(work: (stop: AbortSignal) => Promise<void>): void;
  /** Stops all of it, and waits for its end. */
  close(): Promise<void>;
}

export function besideOf(logFailure: (cause: unknown) => unknown): Beside {
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    run: (work) => {
      if (stop.signal.aborted) return;
      const one = work(stop.signal)
        .catch((cause: unknown) => void logFailure(cause))
        .finally(() => running.delete(one));
      running.add(one);
    },
    close: async () => {
      stop.abort();
      await Promise.all(running);
    },
  };
}
