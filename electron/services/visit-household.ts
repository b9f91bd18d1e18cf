import type { Household } from '../../shared/domain/household.ts';
import { diffReported } from '../../shared/domain/household-diff.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { instant } from '../clock.ts';
import { replaceHousehold } from '../store/cases.ts';
import type { SheetRecord } from '../store/verification.ts';
import { recordChange } from './case-change.ts';
import { getCase } from './case-steps.ts';
import { identifyAgain } from './identification-again.ts';
import { resolveGone } from './intake-beside.ts';
import type { Register, ServiceActor } from './register.ts';

/**
 * Makes the household what the visit found, in the transaction that finishes it: the journal says old
 * and new and from which sheet, and the family is compared with the lists once more.
 */
export function carryOutVisit(
  register: Register,
  actor: ServiceActor,
  current: Case,
  { household, sheet, origin }: { household: Household; sheet: SheetRecord; origin: string },
): void {
  const changes = diffReported({ household: current.household, passive: null }, { household, passive: null });
  if (changes.length === 0) return;
  const at = instant(register.clock);
  replaceHousehold(register.db, { ...current, household, version: current.version + 1, updatedAt: at });
  const resolved = resolveGone(register, current.id, household, at);
  recordChange(register, actor, current, {
    at,
    payload: {
      perubahan: changes,
      lembar: sheet.id,
      keterangan: `${origin}: ${changes.length} isian`,
      ...(resolved.length > 0 ? { identitasSelesai: resolved } : {}),
    },
  });
  identifyAgain(register, actor, getCase(register, current.id));
}
