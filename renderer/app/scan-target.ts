import { createContext, useContext, useEffect, useEffectEvent } from 'react';

type OnScan = (code: string) => void;

/** Which screen takes a scanned sheet instead of having it opened; the last one to ask. */
export class ScanTarget {
  #taker: OnScan | null = null;

  /** Sends scans to `onScan` until the answer is called. */
  take(onScan: OnScan): () => void {
    this.#taker = onScan;
    return () => {
      if (this.#taker === onScan) this.#taker = null;
    };
  }

  /** Whether a screen took the scan. */
  offer(code: string): boolean {
    this.#taker?.(code);
    return this.#taker !== null;
  }
}

export const ScanTargetContext = createContext(new ScanTarget());

/** While `active`, sheets that are scanned anywhere on this screen go to `onScan`. */
export function useScanTarget(active: boolean, onScan: OnScan): void {
  const target = useContext(ScanTargetContext);
  const scanned = useEffectEvent(onScan);
  useEffect(() => (active ? target.take((code) => scanned(code)) : undefined), [active, target]);
}
