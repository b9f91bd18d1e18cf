import type { PairVerdict } from '../../shared/contract/identification.ts';
import { isReasonOfVerdict } from '../../shared/domain/match.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { type IdentityFacts, identityKeys, isRefused, isSamePerson } from '../matching/identity.ts';
import { transaction } from '../store/connection.ts';
import { findReferenceIdentity, findReferencePersonName } from '../store/identification.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import {
  findSaid,
  insertSaid,
  listCasesOfPersons,
  listSaid,
  listSaidWith,
  type SaidOfPair,
  readRemembered,
  type Remembered,
  undoSaid,
  withdrawSaid,
} from '../store/pair-verdict.ts';
import { forgetRank } from '../store/review-rank.ts';
import { getCase } from './case-steps.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/** Reads once what was said of each member of a case. */
export function rememberedNotSame(register: Pick<Register, 'db'>, current: Case): Remembered {
  const members = current.household.members.map((member) => ({
    caseId: current.id,
    memberId: member.id,
    identity: memberIdentity(member),
  }));
  return readRemembered(register.db, members);
}

/**
 * Remembers every "bukan" with its reason, once, and lets fall what was said before of a pair that is
 * now judged the same.
 *
 * @throws AppError `step_needs` for a "bukan" without a reason.
 */
export function rememberVerdicts(
  register: Register,
  by: { accountId: string; stroke: string },
  current: Case,
  pairs: readonly PairVerdict[],
): void {
  const at = instant(register.clock);
  const remembered = rememberedNotSame(register, current);
  const fallen: IdentityFacts[] = [];
  for (const pair of pairs) {
    const said = remembered.find(pair.memberId, pair.personId);
    if (pair.verdict === 'sama') {
      if (said === null) continue;
      withdrawSaid(register.db, said.id, { ...by, at });
      fallen.push(said.member);
    } else if (said === null) {
      insertSaid(register.db, {
        ...described(register, current, pair),
        verdict: 'bukan',
        id: newId(),
        caseId: current.id,
        stroke: by.stroke,
        decidedBy: by.accountId,
        decidedAt: at,
      });
    }
  }
  lookAgainAt(register, fallen);
}

/**
 * Remembers of persons of a list whether they are this member; what was said otherwise of such a pair falls. The
 * cases in which the member stands are looked at again.
 *
 * @throws AppError `step_needs` without a reason, `proposal_changed` for a member who left the case.
 */
export function sayOfPairs(
  register: Register,
  by: { accountId: string; stroke: string },
  current: Case,
  said: { memberId: string; personIds: readonly string[]; verdict: 'sama' | 'bukan'; reason: string },
): void {
  const { memberId, verdict } = said;
  const at = instant(register.clock);
  const remembered = rememberedNotSame(register, current);
  for (const personId of said.personIds) {
    const otherwise =
      verdict === 'sama' ? remembered.find(memberId, personId) : remembered.findSame(memberId, personId);
    if (otherwise !== null) withdrawSaid(register.db, otherwise.id, { ...by, at });
    insertSaid(register.db, {
      ...described(register, current, { memberId, personId, verdict, reason: said.reason }),
      verdict,
      id: newId(),
      caseId: current.id,
      stroke: by.stroke,
      decidedBy: by.accountId,
      decidedAt: at,
    });
  }
  const member = current.household.members.find(({ id }) => id === memberId);
  lookAgainAt(register, member === undefined ? [] : [memberIdentity(member)], current.id);
}

/**
 * Takes back what was said with a stroke since a moment (a finding bears one stroke through all that it spoke of), and lets stand again what it made fall. Whatever else would keep these very
 * persons away, or take them, falls with it, and the journal says so: two findings of one row may each have been settled by it.
 */
export function takeBackSaid(
  register: Register,
  actor: ServiceActor,
  { stroke, since }: { stroke: string; since: string },
  caseId: string,
): void {
  const accountId = actor.id;
  if (accountId === null) throw new AppError('not_logged_in');
  const at = instant(register.clock);
  const own = listSaidWith(register.db, stroke).filter(({ decidedAt }) => decidedAt >= since);
  const of = undoSaid(register.db, stroke, { accountId, at, since });
  const again = own.flatMap(({ verdict, member, listed }) =>
    listSaid(register.db, identityKeys(member)).filter(
      (said) =>
        said.verdict === verdict &&
        isSamePerson(said.member, member) &&
        (verdict === 'bukan'
          ? isRefused({ member, listed: said.listed }, listed)
          : isSamePerson(said.listed, listed)),
    ),
  );
  for (const said of again) {
    withdrawSaid(register.db, said.id, { accountId, at, stroke: newId() });
    noteWithdrawn(register, actor, said, { caseId, at, reason: null });
  }
  lookAgainAt(register, [...of, ...again.map(({ member }) => member)], caseId);
}

/**
 * Takes a remembered "bukan" back: the pair is asked about again.
 *
 * @throws AppError `not_found`.
 */
export function withdrawRemembered(
  register: Register,
  actor: ServiceActor,
  input: { caseId: string; notSameId: string; reason: string },
): void {
  transaction(register.db, () => {
    if (actor.id === null) throw new AppError('not_logged_in');
    const current = getCase(register, input.caseId);
    const said = findSaid(register.db, input.notSameId);
    if (said === null) throw new AppError('not_found');
    const at = instant(register.clock);
    withdrawSaid(register.db, said.id, { accountId: actor.id, at, stroke: newId() });
    lookAgainAt(register, [said.member], current.id);
    noteWithdrawn(register, actor, said, { caseId: current.id, at, reason: input.reason });
  });
}

function noteWithdrawn(
  register: Register,
  actor: ServiceActor,
  said: SaidOfPair,
  { caseId, at, reason }: { caseId: string; at: string; reason: string | null },
): void {
  appendEvent(register.db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: said.verdict === 'bukan' ? 'bukan_sama_ditarik' : 'orang_sama_ditarik',
    caseId,
    payload: {
      keterangan: pairInWords(said),
      ...(reason !== null && { alasan: reason }),
      alasan_semula: said.reason,
      semula_oleh: said.decidedBy,
    },
  });
}

/**
 * What was said of these persons no longer stands, or stands again: the cases in which one of them is a member are
 * ranked and looked at anew, each once, and `caseId` with them.
 */
export function lookAgainAt(
  register: Pick<Register, 'db'>,
  persons: readonly IdentityFacts[],
  ...caseId: string[]
): void {
  if (persons.length === 0 && caseId.length === 0) return;
  const caseIds = [...new Set([...caseId, ...listCasesOfPersons(register.db, persons)])];
  for (const id of caseIds) forgetRank(register.db, id);
  forgetScans(register.db, caseIds);
}

/** "Siti Aminah dan ST AMINAH (DTKS Gambir)". */
export function pairInWords(said: Pick<SaidOfPair, 'member' | 'listed' | 'listName'>): string {
  return `${said.member.name} dan ${said.listed.name} (${said.listName})`;
}

function described(
  register: Register,
  current: Case,
  pair: PairVerdict,
): Pick<SaidOfPair, 'member' | 'listed' | 'listName' | 'reason'> {
  const member = current.household.members.find(({ id }) => id === pair.memberId);
  const listed = findReferenceIdentity(register.db, pair.personId);
  if (member === undefined || listed === null) throw new AppError('proposal_changed');
  const reason = pair.reason?.trim() ?? '';
  if (!isReasonOfVerdict(reason)) {
    const is = pair.verdict === 'bukan' ? 'bukan' : 'orang yang sama dengan';
    throw new AppError('step_needs', { need: `alasan mengapa ${member.name} ${is} ${listed.name}` });
  }
  const listName = findReferencePersonName(register.db, pair.personId)?.listName ?? '';
  return { member: memberIdentity(member), listed, listName, reason };
}

/** What a member is known again by. */
export function memberIdentity({ id, name, nik, sex, birthDate }: Member): IdentityFacts {
  return { memberId: id, name, nik, sex, birthDate, list: null };
}
