/** What of a mutation of TanStack is asked here. */
interface Tried {
  /** Milliseconds since 1970; 0 where it was never tried. */
  submittedAt: number;
  error: Error | null;
}

/** What went wrong with what was tried last; an older error is over. */
export function latestError(tried: readonly Tried[]): Error | null {
  return tried.toSorted((one, other) => other.submittedAt - one.submittedAt)[0]?.error ?? null;
}
