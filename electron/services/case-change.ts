import type { Case } from '../../shared/domain/registration.ts';
import { appendEvent } from '../store/journal.ts';
import type { Register, ServiceActor } from './register.ts';

/** Journals that what is reported of a case changed, whoever changed it; the case stays where it stands. */
export function recordChange(
  register: Register,
  actor: ServiceActor,
  current: Pick<Case, 'id' | 'state'>,
  { at, payload }: { at: string; payload: Record<string, unknown> },
): void {
  appendEvent(register.db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'data_diubah',
    caseId: current.id,
    fromState: current.state,
    toState: current.state,
    payload,
  });
}
