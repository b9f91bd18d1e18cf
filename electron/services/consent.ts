import { type Consent, consentChange } from '../../shared/domain/consent.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { findConsent, writeConsent } from '../store/consent.ts';
import { appendEvent } from '../store/journal.ts';
import { listMergesOfCase } from '../store/merge.ts';
import { getCase } from './case-steps.ts';
import { tellWordOfTold } from './sync-consent.ts';
import type { Register, ServiceActor } from './register.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * Records what a family says of its consent now, in whatever state its case is: a family may take back
 * its word at any time, and what was kept back because of it may go. The province is told whether it refuses, also
 * where it said the same before: it may have refused to hear it, or one of both sides put back an old copy.
 *
 * @throws AppError `not_found`, `consent_merged` where the case went into another, by which the province knows it.
 */
export function recordConsent(
  register: Register,
  actor: ServiceActor,
  { caseId, kind, reason = '' }: { caseId: string; kind: Consent; reason?: string },
): void {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  transaction(register.db, () => {
    const { id } = getCase(register, caseId);
    const kept = keptOf(register, id);
    if (kept !== null) throw new AppError('consent_merged', { number: kept.number });
    const before = findConsent(register.db, id)?.kind ?? null;
    const at = instant(register.clock);
    writeConsent(register.db, { caseId: id, kind, at, by });
    const eventId = appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: 'persetujuan_dicatat',
      caseId: id,
      payload: {
        semula: before,
        menjadi: kind,
        keterangan: consentChange(before, kind),
        ...(reason === '' ? {} : { alasan: reason }),
      },
    });
    tellWordOfTold(register, id, { eventId, again: true });
  });
  register.push?.wake();
}

/** Where the case went by merges that hold, to the end; null where it stands by itself. */
function keptOf(register: Register, caseId: string): Case | null {
  const into = listMergesOfCase(register.db, caseId).find(({ absorbedId }) => absorbedId === caseId);
  return into === undefined ? null : (keptOf(register, into.keptId) ?? getCase(register, into.keptId));
}
