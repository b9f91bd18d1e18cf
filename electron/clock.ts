/** Time as the office sees it; tests hand in one that stands still or jumps. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The instant as stored and sent: ISO 8601 in UTC. */
export function instant(clock: Clock): string {
  return clock.now().toISOString();
}

/** The calendar day in Jakarta (UTC+7, no daylight saving), which decides periods and ages. */
export function today(clock: Clock): string {
  return dayOf(instant(clock));
}

/** The calendar day in Jakarta of an instant. */
export function dayOf(at: string): string {
  return new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
}
