const shift = 'MUTAKHIR_JOURNEYS_SHIFT';

/**
 * The hour at which the journeys begin, whatever the time is outside. The families of the training
 * office follow from the day it is made on, and so do the questions that are asked about them.
 */
const begins = '2026-11-29T10:00:00+07:00';

/** Has every program that is started from now on, the offices as the province, go by that hour. */
export function beginTheDay(): void {
  const { env } = process;
  if (env[shift] !== undefined) return;
  env[shift] = String(Date.parse(begins) - Date.now());
  const preload = `--import ${new URL('shifted-date.ts', import.meta.url).href}`;
  env['NODE_OPTIONS'] = [env['NODE_OPTIONS'], preload].filter(Boolean).join(' ');
}

/** By how much this process is before the time outside, in milliseconds. */
export function shiftOfTheDay(): number {
  return Number(process.env[shift] ?? 0);
}
