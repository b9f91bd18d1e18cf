import { useEffect, useState } from 'react';

/** Lets a person stop between two batches; who leaves the screen stops as well. */
export function useStop(): { begin: () => AbortSignal; stop: () => void; stopping: boolean } {
  const [run, setRun] = useState<AbortController | null>(null);
  const [stopping, setStopping] = useState(false);
  useEffect(() => () => run?.abort(), [run]);
  return {
    begin: () => {
      const next = new AbortController();
      setRun(next);
      setStopping(false);
      return next.signal;
    },
    stop: () => {
      run?.abort();
      setStopping(true);
    },
    stopping,
  };
}
