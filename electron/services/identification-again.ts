import type { PairVerdict } from '../../shared/contract/identification.ts';
import { type Case, identificationResultLabel } from '../../shared/domain/registration.ts';
import { instant } from '../clock.ts';
import { setCaseResult } from '../store/cases.ts';
import { findIdentification, insertIdentification, type LinkRecord } from '../store/identification.ts';
import { appendEvent } from '../store/journal.ts';
import { toLinkRecord } from './identification.ts';
import { askedPairs, proposedPairs } from './identification-proposal.ts';
import {
  linkedPairs,
  matchCase,
  modelVersionOf,
  resultOf,
  type SourceMatch,
} from './identification-match.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/**
 * Compares a family with the lists once more because what it reported was changed after its
 * identification was decided. Verdicts that people gave stand; who is new is linked only where the
 * program is sure, and who is not sure is counted for whoever legalises. A result that a person set
 * against the rule stays theirs.
 */
export function identifyAgain(register: Register, actor: ServiceActor, current: Case): void {
  const standing = findIdentification(register.db, current.id);
  const matches = matchCase(register, current);
  if (standing === null || matches.length === 0 || actor.id === null) return;
  const present = new Set(current.household.members.map(({ id }) => id));
  const kept = standing.links.filter(({ memberId }) => present.has(memberId));
  const isKept = ({ memberId, personId }: { memberId: string; personId: string }) =>
    kept.some((link) => link.memberId === memberId && sameList(matches, link.referencePersonId, personId));
  const taken = new Set(kept.map(({ referencePersonId }) => referencePersonId));
  const sure = proposedPairs(sureOnly(matches)).filter((pair) => !isKept(pair) && !taken.has(pair.personId));
  const open = askedPairs(matches).filter(
    (asked) => !isKept(asked) && !sure.some((pair) => pair.memberId === asked.memberId),
  );
  const comparable = kept.filter((link) => listHolding(matches, link) !== undefined).map(verdictOf);
  const proposed = resultOf(current, linkedPairs(matches, [...comparable, ...sure]));
  const result = standing.overrideReason === null ? proposed.result : standing.result;
  insertIdentification(register.db, {
    id: newId(),
    caseId: current.id,
    result,
    proposed: proposed.result,
    overrideReason: standing.overrideReason,
    modelVersion: modelVersionOf(matches),
    // What is kept was said of the case as it was.
    caseVersion: standing.caseVersion,
    stroke: newId(),
    decidedBy: actor.id,
    decidedAt: instant(register.clock),
    links: [...kept, ...sure.map((pair) => toLinkRecord(matches, pair))],
  });
  setCaseResult(register.db, current.id, result);
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type: 'identifikasi_diulang',
    caseId: current.id,
    payload: {
      hasil: result,
      semula: standing.result,
      dasar: proposed.reasons,
      pasangan: sure,
      terbuka: open,
      keterangan: describe(standing.result, result, open.length),
    },
  });
}

function describe(before: Case['result'], after: NonNullable<Case['result']>, open: number): string {
  const label = identificationResultLabel[after];
  const change =
    before === null || before === after
      ? `Tetap: ${label}`
      : `${identificationResultLabel[before]} → ${label}`;
  return open === 0 ? change : `${change}. ${open} pasangan belum pasti dan tidak dipasangkan`;
}

/** Of each source, only the pairs about which the program has no doubt. */
function sureOnly(matches: readonly SourceMatch[]): SourceMatch[] {
  return matches.map((source) => ({
    ...source,
    match: {
      ...source.match,
      links: source.match.links.filter(({ decision, atHome }) => decision.doubts.length === 0 && atHome),
    },
  }));
}

function listHolding(matches: readonly SourceMatch[], link: LinkRecord): SourceMatch | undefined {
  return matches.find(({ match }) =>
    match.candidates.get(link.memberId)?.some(({ candidate }) => candidate.id === link.referencePersonId),
  );
}

/** Whether both persons stand in lists of one source, where one of them is all that a member can be. */
function sameList(matches: readonly SourceMatch[], personId: string, otherId: string): boolean {
  const holding = (id: string) =>
    matches.find(({ match }) =>
      [...match.candidates.values()].some((found) => found.some(({ candidate }) => candidate.id === id)),
    );
  const source = holding(personId);
  return source !== undefined && source === holding(otherId);
}

function verdictOf({ memberId, referencePersonId, verdict, reason }: LinkRecord): PairVerdict {
  return { memberId, personId: referencePersonId, verdict, reason };
}
