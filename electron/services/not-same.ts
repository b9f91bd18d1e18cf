import type { PairVerdict } from '../../shared/contract/identification.ts';
import { isReasonOfNotSame } from '../../shared/domain/match.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { type IdentityFacts, identityKeys, isSamePerson } from '../matching/identity.ts';
import { transaction } from '../store/connection.ts';
import { findReferenceIdentity, findReferencePersonName } from '../store/identification.ts';
import { forgetScans } from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import {
  findNotSame,
  insertNotSame,
  isAnythingSaid,
  listNotSame,
  type NotSame,
  withdrawNotSame,
} from '../store/not-same.ts';
import { forgetRank } from '../store/review-rank.ts';
import { getCase } from './case-steps.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/** What was said of the members of a case and persons of the lists, in this case or an earlier one. */
export interface Remembered {
  /** Who said that these two are not the same, or null where nobody did. */
  find(memberId: string, referencePersonId: string): NotSame | null;
}

/** Reads once what was said of each member; a person of a list is looked up only where somebody said something. */
export function rememberedNotSame(register: Pick<Register, 'db'>, current: Case): Remembered {
  const members = current.household.members.map((member) => {
    const identity = memberIdentity(member);
    return { id: member.id, identity, keys: identityKeys(identity) };
  });
  // Of most families nobody said anything: that is one look.
  const isSaid = isAnythingSaid(
    register.db,
    members.flatMap((member) => member.keys),
  );
  // Who shares a key may still be somebody else: of one name and one date, and with a NIK of their own. In the case
  // it was said in, before ids were kept, it is the same member, whose NIK was corrected.
  const isOfMember = ({ caseId, member }: NotSame, identity: IdentityFacts) =>
    isSamePerson(member, identity) || (caseId === current.id && member.memberId === null);
  const saidOf = new Map(
    isSaid
      ? members.map(({ id, identity, keys }) => [
          id,
          listNotSame(register.db, keys).filter((said) => isOfMember(said, identity)),
        ])
      : [],
  );
  const listed = new Map<string, IdentityFacts | null>();
  const identityOf = (personId: string): IdentityFacts | null => {
    const known = listed.get(personId);
    if (known !== undefined) return known;
    const found = findReferenceIdentity(register.db, personId);
    listed.set(personId, found);
    return found;
  };
  return {
    find: (memberId, personId) => {
      const said = saidOf.get(memberId) ?? [];
      if (said.length === 0) return null;
      const person = identityOf(personId);
      return person === null ? null : (said.find((one) => isSamePerson(one.listed, person)) ?? null);
    },
  };
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
  for (const pair of pairs) {
    const said = remembered.find(pair.memberId, pair.personId);
    if (pair.verdict === 'sama') {
      if (said !== null) withdrawNotSame(register.db, said.id, { ...by, at });
    } else if (said === null) {
      insertNotSame(register.db, {
        ...described(register, current, pair),
        id: newId(),
        caseId: current.id,
        stroke: by.stroke,
        decidedBy: by.accountId,
        decidedAt: at,
      });
    }
  }
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
    const said = findNotSame(register.db, input.notSameId);
    if (said === null) throw new AppError('not_found');
    const at = instant(register.clock);
    withdrawNotSame(register.db, said.id, { accountId: actor.id, at, stroke: newId() });
    forgetRank(register.db, current.id);
    forgetScans(register.db, [current.id]);
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'bukan_sama_ditarik',
      caseId: current.id,
      payload: { keterangan: pairInWords(said), alasan: input.reason, alasan_semula: said.reason },
    });
  });
}

/** "Siti Aminah dan ST AMINAH (DTKS Gambir)". */
export function pairInWords(said: Pick<NotSame, 'member' | 'listed' | 'listName'>): string {
  return `${said.member.name} dan ${said.listed.name} (${said.listName})`;
}

function described(
  register: Register,
  current: Case,
  pair: PairVerdict,
): Pick<NotSame, 'member' | 'listed' | 'listName' | 'reason'> {
  const member = current.household.members.find(({ id }) => id === pair.memberId);
  const listed = findReferenceIdentity(register.db, pair.personId);
  if (member === undefined || listed === null) throw new AppError('proposal_changed');
  const reason = pair.reason?.trim() ?? '';
  if (!isReasonOfNotSame(reason))
    throw new AppError('step_needs', { need: `alasan mengapa ${member.name} bukan ${listed.name}` });
  const listName = findReferencePersonName(register.db, pair.personId)?.listName ?? '';
  return { member: memberIdentity(member), listed, listName, reason };
}

function memberIdentity({ id, name, nik, sex, birthDate }: Member): IdentityFacts {
  return { memberId: id, name, nik, sex, birthDate, list: null };
}
