import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import type { WireClash } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { type ClashRecord, deleteClash, listOpenClashes, putClash } from '../store/clashes.ts';
import { appendEvent } from '../store/journal.ts';
import { newId, type Register, systemActor } from './register.ts';

/** Why a record is told that says what a person chose. */
export const choiceReason = 'Pilihan kantor atas isian yang berbeda';

/** Both values of each field stay, until a person has chosen. */
export function openClashes(
  register: Register,
  caseId: string,
  origin: 'naik' | 'turun',
  clashes: readonly WireClash[],
): void {
  if (clashes.length === 0) return;
  const openedAt = instant(register.clock);
  for (const { path, base, ours, theirs, by } of clashes)
    putClash(register.db, { id: newId(), caseId, path, origin, base, ours, theirs, by, openedAt });
  appendEvent(register.db, {
    at: openedAt,
    actor: { id: null, role: systemActor.role },
    type: 'pertentangan_dibuka',
    caseId,
    payload: { isian: clashes, keterangan: `${clashes.length} isian berbeda dengan provinsi` },
  });
}

/** Both sides say the same by now: there is nothing left to choose. The journal keeps both values. */
export function closeClashes(register: Register, caseId: string, clashes: readonly ClashRecord[]): void {
  if (clashes.length === 0) return;
  for (const { id } of clashes) deleteClash(register.db, id);
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'pertentangan_usai',
    caseId,
    payload: {
      isian: clashes.map(({ path, ours, theirs }) => ({ path, kantor: ours, provinsi: theirs })),
      keterangan: `${clashes.length} isian tidak lagi berbeda dengan provinsi`,
    },
  });
}

/**
 * What the province changed speaks against taking a case back: that is not told over the head of whoever
 * is to choose.
 *
 * @throws AppError `clash_open` while a field of the case waits for a choice.
 */
export function refuseUndecided({ db }: Register, caseId: string): void {
  if (listOpenClashes(db, caseId).length > 0) throw new AppError('clash_open');
}

/** The office has taken the case back from the province: as such, because it went into another, or closed. */
export function isTakenBack({ state }: Case): boolean {
  return state === 'DITARIK' || state === 'DIGABUNG' || state === 'DITUTUP';
}
