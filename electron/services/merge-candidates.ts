import type { CaseMerges, DeclinedCase, LikelyCase } from '../../shared/contract/merge.ts';
import { absorbableStates } from '../../shared/domain/case-detours.ts';
import { type CaseState } from '../../shared/domain/case-flow.ts';
import { headOf } from '../../shared/domain/household.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { memberInput } from '../matching/normalise.ts';
import type { ReportedPerson } from '../matching/score-board.ts';
import { findCase } from '../store/cases.ts';
import { reading } from '../store/connection.ts';
import {
  type DuplicateVerdict,
  findCaseOfVerdict,
  listVerdictsOfCase,
  listVerdictsOnCase,
} from '../store/duplicates.ts';
import { KeyIndex } from '../store/matching.ts';
import { caseCandidates } from '../store/matching-sources.ts';
import { listMergesOfCase, type MergeRecord } from '../store/merge.ts';
import { getCase } from './case-steps.ts';
import { addressLine } from './identification-proposal.ts';
import { demandKeys, renewalNotice } from './key-renewal.ts';
import { likelyIn, type LikelyHousehold, verdictOf, whyOf, worthShowing } from './likely-families.ts';
import type { Register } from './register.ts';

/** More than this and the case is rather a common name than a family registered twice. */
const mostCases = 5;

/** Cases of these states stand apart: they ended, or went into another. */
const endedStates: readonly CaseState[] = ['DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH'];

/** Merges of a case, cases that may be the same family, and those said not to be. */
export function mergesOfCase(register: Register, caseId: string): CaseMerges {
  const current = getCase(register, caseId);
  const declined = declinedOf(register, caseId);
  const renewing = renewalNotice(register, { cases: true });
  return {
    merges: listMergesOfCase(register.db, caseId).map((merge) => toCaseMerge(register, caseId, merge)),
    likely:
      renewing === null
        ? likelyCases(register, current, new Set(declined.map(({ otherId }) => otherId)))
        : [],
    declined,
    renewing,
  };
}

/**
 * Cases that may be the same family as this one, likeliest first. Every pair of members is compared as
 * with a reference list; at least one of the two cases must be one that can still go into the other.
 *
 * @throws what `demandKeys` throws of the cases.
 */
export function likelyCases(register: Register, current: Case, declined: ReadonlySet<string>): LikelyCase[] {
  if (endedStates.includes(current.state)) return [];
  demandKeys(register, { cases: true });
  return reading(register.db, () => likelyOf(register, current, declined));
}

function likelyOf(register: Register, current: Case, declined: ReadonlySet<string>): LikelyCase[] {
  const source = caseCandidates(register.db, new KeyIndex(register.db, register.names), current.id);
  return likelyIn(reportedOf(current), source)
    .households.filter((family) => !declined.has(family.id) && isWorthMerging(family))
    .toSorted((left, right) => right.bits - left.bits)
    .flatMap((family) => toLikely(register, current, family) ?? [])
    .slice(0, mostCases);
}

/** A name alone is no reason to ask whether two families are one. */
function isWorthMerging({ links }: LikelyHousehold): boolean {
  return links.some(
    ({ comparison, weight }) =>
      comparison.kk === 'equal' || (weight.probability >= 0.5 && weight.groups.length >= 2),
  );
}

export function reportedOf({ household }: Case): ReportedPerson[] {
  return household.members.map((member) => {
    const kk = household.families.find(({ no }) => no === member.familyNo)?.kk ?? null;
    return { id: member.id, input: memberInput(member, household.address, kk), unit: '' };
  });
}

/** Said not to be the same family, of this case or of the other. */
export function declinedOf(register: Register, caseId: string): DeclinedCase[] {
  const of = listVerdictsOfCase(register.db, caseId).filter(({ otherKind }) => otherKind === 'berkas');
  const on = listVerdictsOnCase(register.db, caseId);
  return [
    ...of.map((verdict) => toDeclined(verdict, verdict.otherId, verdict.otherLabel)),
    ...on.flatMap((verdict) => {
      const from = findCaseOfVerdict(register.db, verdict);
      const other = from === null ? null : findCase(register.db, from);
      return other === null ? [] : [toDeclined(verdict, other.id, `Berkas ${other.number}`)];
    }),
  ];
}

function toDeclined(verdict: DuplicateVerdict, otherId: string, label: string): DeclinedCase {
  return {
    verdictId: verdict.id,
    otherId,
    label,
    reason: verdict.reason,
    byName: verdict.decidedByName,
    at: verdict.decidedAt,
  };
}

function toLikely(register: Register, current: Case, family: LikelyHousehold): LikelyCase | null {
  const found = findCase(register.db, family.id);
  if (found === null || endedStates.includes(found.state)) return null;
  if (![current.state, found.state].some((state) => absorbableStates.some((one) => one === state)))
    return null;
  const best = family.links.reduce((left, right) => (right.weight.bits > left.weight.bits ? right : left));
  const worth = family.links
    .filter((link) => link === best || link.weight.probability >= worthShowing)
    .toSorted((left, right) => right.weight.bits - left.weight.bits);
  return {
    caseId: found.id,
    number: found.number,
    state: found.state,
    headName: headOf(found.household)?.name ?? '',
    address: addressLine(found.household.address),
    verdict: verdictOf(best),
    earlier: found.serial < current.serial,
    why: worth.map((link) => {
      const { reportedName, otherName, same } = whyOf(link);
      return `${reportedName} – ${otherName}: ${same.length === 0 ? 'mirip' : `${same.join(', ')} sama`}`;
    }),
  };
}

function toCaseMerge(register: Register, caseId: string, merge: MergeRecord): CaseMerges['merges'][number] {
  const other = getCase(register, merge.keptId === caseId ? merge.absorbedId : merge.keptId);
  return {
    mergeId: merge.id,
    role: merge.keptId === caseId ? 'tetap' : 'digabung',
    otherId: other.id,
    otherNumber: other.number,
    otherHeadName: headOf(other.household)?.name ?? '',
    byName: merge.mergedByName,
    at: merge.mergedAt,
  };
}
