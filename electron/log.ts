import { randomBytes } from 'node:crypto';
import pino from 'pino';

export type Log = pino.Logger;

/** One JSON line an event on stderr. Nothing personal is ever logged: see {@link logFailure}. */
export function createLog(level: pino.Level | 'silent' = 'warn'): Log {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
}

/**
 * Logs an unexpected failure and returns the reference the user can quote. Messages of unknown
 * errors may repeat what was typed, so only the kind, the code and the stack's places are kept.
 */
export function logFailure(log: Log, cause: unknown): string {
  const reference = randomBytes(4).toString('hex').toUpperCase();
  const error = cause instanceof Error ? cause : new Error('not an error');
  const places = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  log.error({ reference, kind: error.name, code: 'code' in error ? error.code : undefined, places });
  return reference;
}
