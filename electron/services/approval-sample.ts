import { createHash } from 'node:crypto';
import type { Sampled } from '../../shared/contract/approval.ts';
import { sampleSize } from '../../shared/domain/approval.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { findWaiting, isOpened, writeOpening } from '../store/approval.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** A case as the lurah saw it: the case, and the event after which it looked so. */
export interface Seen {
  caseId: string;
  seen: string;
}

/**
 * The cases of a batch that must be opened before all are approved at once. They are drawn by the hash
 * of what each looks like now: nobody can choose them, the same batch draws the same ones, and leaving
 * one out only draws the next.
 */
export function sampleOfBatch(register: Register, actor: ServiceActor, items: readonly Seen[]): Sampled[] {
  const drawable = items.flatMap((item) => {
    const waiting = findWaiting(register.db, item.caseId, actor.id ?? '');
    // What changed meanwhile is refused by itself, and cannot be opened as it was.
    return waiting?.lastEventId === item.seen
      ? { ...item, number: waiting.number, draw: drawOf(item, actor) }
      : [];
  });
  return drawable
    .toSorted((left, right) => (left.draw < right.draw ? -1 : 1))
    .slice(0, sampleSize(drawable.length, currentSettings(register).approvalSample))
    .map(({ caseId, seen, number }) => ({
      caseId,
      number,
      opened: actor.id !== null && isOpened(register.db, seen, actor.id),
    }));
}

/** @throws AppError `sample_unopened`. */
export function requireSampleOpened(register: Register, actor: ServiceActor, items: readonly Seen[]): void {
  const unopened = sampleOfBatch(register, actor, items).filter(({ opened }) => !opened);
  if (unopened.length > 0)
    throw new AppError('sample_unopened', { numbers: unopened.map(({ number }) => number).join(', ') });
}

/** Notes that this person has seen the case as it stands after its last event. */
export function noteOpened(register: Register, actor: ServiceActor, eventId: string): void {
  if (actor.id !== null) writeOpening(register.db, eventId, actor.id, instant(register.clock));
}

function drawOf({ caseId, seen }: Seen, actor: ServiceActor): string {
  return createHash('sha256').update(`${caseId} ${seen} ${actor.id}`).digest('hex');
}
