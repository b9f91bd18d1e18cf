import { dayOf } from '../shared/domain/period.ts';

/** Time as the office sees it; tests hand in one that stands still or jumps. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The instant as stored and sent: ISO 8601 in UTC. */
export function instant(clock: Clock): string {
  return clock.now().toISOString();
}

/** The calendar day in Jakarta. */
export function today(clock: Clock): string {
  return dayOf(instant(clock));
}
