/** How long to wait between tries, in milliseconds. */
export const backoff = {
  first: 1_000,
  /** A week without a server costs no more than one try in this time. */
  longest: 5 * 60_000,
} as const;

/**
 * The wait after so many failures in a row: doubled each time, then a random half taken off, so that
 * the offices of a province do not all come back in the same second.
 *
 * @param failures from 1
 * @param random from 0 (inclusive) to 1, as `Math.random` gives
 */
export function backoffAfter(failures: number, random: number): number {
  const whole = Math.min(backoff.longest, backoff.first * 2 ** Math.min(failures - 1, 30));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** `Retry-After` in milliseconds: seconds, or a date by the server's own clock; null where there is none. */
export function readRetryAfter(header: string | null, serverNow: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Math.min(Number(header) * 1_000, longestPause);
  const at = Date.parse(header);
  const now = Date.parse(serverNow ?? '');
  return Number.isNaN(at) || Number.isNaN(now) ? null : Math.min(Math.max(0, at - now), longestPause);
}

/** No server may silence an office for longer than an hour by one header. */
const longestPause = 3_600_000;
