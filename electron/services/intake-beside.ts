import { randomBytes } from 'node:crypto';
import { Consent, consentLabel, refusal } from '../../shared/domain/consent.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { NoNikReason, provisionalCode } from '../../shared/domain/without-nik.ts';
import { instant } from '../clock.ts';
import { findConsent, writeConsent } from '../store/consent.ts';
import { giveProvisional, listProvisional, resolveProvisional } from '../store/without-nik.ts';
import type { Register, ServiceActor } from './register.ts';
import { tellWordOfTold } from './sync-consent.ts';

/**
 * Records what a draft says beside the household itself, in the transaction that registers it: the
 * family's consent, and provisional identities for those of whom the clerk asked for one.
 *
 * @param idOf the office's id of a member, by the id it had in the draft.
 * @returns facts for the event's payload, in plain words; empty where nothing changed.
 */
export function recordBeside(
  register: Register,
  actor: ServiceActor,
  caseId: string,
  {
    draft,
    household,
    idOf,
  }: {
    draft: DraftHousehold;
    household: Household;
    idOf: ReadonlyMap<string, string>;
  },
): Record<string, unknown> {
  if (actor.id === null) return {};
  const at = instant(register.clock);
  const consent = typedConsent(register, caseId, draft);
  if (consent !== null) {
    writeConsent(register.db, { caseId, kind: consent, at, by: actor.id });
    tellWordOfTold(register, caseId);
    register.push?.wake();
  }
  const given: string[] = [];
  for (const member of draft.members) {
    const memberId = idOf.get(member.id);
    const reason = NoNikReason.safeParse(member.noNik.trim());
    if (memberId === undefined || member.nik.trim() !== '' || !reason.success) continue;
    const code = provisionalCode(randomBytes(8));
    if (
      giveProvisional(register.db, {
        code,
        caseId,
        memberId,
        reason: reason.data,
        givenAt: at,
        givenBy: actor.id,
      })
    )
      given.push(code);
  }
  const resolved = resolveGone(register, caseId, household, at);
  return {
    ...(consent === null ? {} : { persetujuan: consentLabel[consent] }),
    ...(given.length > 0 ? { identitasSementara: given } : {}),
    ...(resolved.length > 0 ? { identitasSelesai: resolved } : {}),
  };
}

/**
 * What somebody typed of the family's consent; null where that says nothing new. A correction is begun with what the
 * family had said by then: left as it was, it takes back nothing that was said since, at the case, in another draft or
 * by a merge. A refusal that came since, or that the draft may not have known, stands whatever was typed: who typed
 * did not see it, and a word more takes it back.
 */
export function typedConsent(
  { db }: Register,
  caseId: string,
  { corrects, consent }: Pick<DraftHousehold, 'corrects' | 'consent'>,
): Consent | null {
  const { data: typed } = Consent.safeParse(consent.trim());
  const said = findConsent(db, caseId)?.kind;
  if (typed === undefined || typed === said) return null;
  const begunWith = corrects?.consent ?? null;
  const refusedSince = said === refusal && begunWith !== refusal;
  return typed === begunWith || refusedSince ? null : typed;
}

/** Whoever has a NIK now, or is gone from the household, needs no stand-in any more. */
export function resolveGone(register: Register, caseId: string, household: Household, at: string): string[] {
  const without = new Set(household.members.filter(({ nik }) => nik === null).map(({ id }) => id));
  return listProvisional(register.db, caseId).flatMap(({ code, memberId }) =>
    !without.has(memberId) && resolveProvisional(register.db, memberId, at) ? [code] : [],
  );
}
