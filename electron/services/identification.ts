import { setImmediate as breath } from 'node:timers/promises';
import type {
  BatchOutcome,
  CaseProposal,
  ExplainedPair,
  DecideInput,
  IdentificationView,
  PairVerdict,
  ResultProposal,
} from '../../shared/contract/identification.ts';
import {
  type Case,
  type IdentificationResult,
  identificationResultLabel,
} from '../../shared/domain/registration.ts';
import { AppError, describeError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { explainScored } from '../matching/explain.ts';
import { findAccount } from '../store/accounts.ts';
import { findCaseNumber, setCaseResult } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import {
  findIdentification,
  findReferencePersonName,
  insertIdentification,
  type LinkRecord,
} from '../store/identification.ts';
import { getCase, lastEditorName, takeStep } from './case-steps.ts';
import {
  findPair,
  linkedPairs,
  matchCase,
  modelVersionOf,
  resultOf,
  type SourceMatch,
} from './identification-match.ts';
import {
  askedPairs,
  certaintyOf,
  pairEvidence,
  proposeCase,
  proposedPairs,
} from './identification-proposal.ts';
import { rememberVerdicts } from './not-same.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

/** @throws AppError `not_found`. */
export function caseProposal(register: Register, caseId: string): CaseProposal {
  return proposeCase(register, getCase(register, caseId));
}

/** @throws AppError `not_found`, `proposal_changed` for a pair that was never compared. */
export function candidateEvidence(
  register: Register,
  { caseId, ...pair }: { caseId: string; memberId: string; personId: string },
): ExplainedPair {
  return pairEvidence(register, getCase(register, caseId), pair);
}

/**
 * What the rule says of the verdicts given so far.
 *
 * @throws AppError `not_found`, `proposal_changed`, `pair_twice`.
 */
export function previewResult(
  register: Register,
  input: { caseId: string; pairs: readonly PairVerdict[] },
): ResultProposal {
  const current = getCase(register, input.caseId);
  return resultOf(current, linkedPairs(matchCase(register, current), input.pairs));
}

/**
 * Records who is whom and the result, and takes the case to TERIDENTIFIKASI: decision, links, step
 * and event in one transaction. Every pair that the program asks about must have its verdict.
 *
 * @throws AppError `not_found`, `version_conflict`, `proposal_changed`, `pair_twice`, `step_needs`
 * while an asked pair is undecided, `reason_needed` for a result other than the rule's, and what
 * `takeStep` throws.
 */
export function decideIdentification(
  register: Register,
  actor: ServiceActor,
  input: DecideInput,
): IdentificationResult {
  return transaction(register.db, () => {
    const current = getUnchanged(register, input);
    const matches = matchCase(register, current);
    record(register, actor, current, matches, { ...input, stroke: newId() });
    return input.result;
  });
}

/**
 * Confirms what the program is sure of, each case in a transaction of its own, and between two of them others are
 * answered. A case that is no longer sure, that a colleague changed or that cannot be read says so and holds up
 * nothing. What is sent in several batches under one `stroke` is taken back as one.
 */
export async function confirmSureCases(
  register: Register,
  actor: ServiceActor,
  { cases, stroke }: { cases: readonly { caseId: string; version: number }[]; stroke: string },
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  for (const seen of cases) {
    if (outcomes.length > 0) await breath();
    outcomes.push(confirmOrTell(register, actor, { ...seen, stroke }));
  }
  return outcomes;
}

function confirmOrTell(
  register: Register,
  actor: ServiceActor,
  sure: { caseId: string; version: number; stroke: string },
): BatchOutcome {
  const { caseId } = sure;
  const number = findCaseNumber(register.db, caseId) ?? '';
  try {
    return { caseId, number, done: true, result: confirmOne(register, actor, sure), problem: null };
  } catch (cause) {
    return { caseId, number, done: false, result: null, problem: inWords(register, cause) };
  }
}

function inWords(register: Register, cause: unknown): string {
  if (cause instanceof AppError) return cause.message;
  const { message, next } = describeError('internal', { reference: register.logFailure(cause) });
  return `${message} ${next}`;
}

/** The decision that stands, or null. */
export function identificationView(register: Register, caseId: string): IdentificationView | null {
  const found = findIdentification(register.db, caseId);
  if (found === null) return null;
  const { members } = getCase(register, caseId).household;
  return {
    result: found.result,
    proposed: found.proposed,
    overrideReason: found.overrideReason,
    decidedByName: findAccount(register.db, found.decidedBy)?.name ?? '',
    decidedAt: found.decidedAt,
    modelVersion: found.modelVersion,
    links: found.links.map((link) => {
      const reference = findReferencePersonName(register.db, link.referencePersonId);
      return {
        memberId: link.memberId,
        memberName: members.find((member) => member.id === link.memberId)?.name ?? '',
        referenceName: reference?.name ?? '',
        listName: reference?.listName ?? '',
        verdict: link.verdict,
        probability: link.probability,
      };
    }),
  };
}

function confirmOne(
  register: Register,
  actor: ServiceActor,
  input: { caseId: string; version: number; stroke: string },
): IdentificationResult {
  return transaction(register.db, () => {
    const current = getUnchanged(register, input);
    const matches = matchCase(register, current);
    if (!certaintyOf(matches).sure)
      throw new AppError('step_needs', { need: 'pencocokan ini perlu dilihat satu per satu' });
    const pairs = proposedPairs(matches);
    const { result } = resultOf(current, linkedPairs(matches, pairs));
    record(register, actor, current, matches, { ...input, pairs, result, overrideReason: null });
    return result;
  });
}

function getUnchanged(register: Register, seen: { caseId: string; version: number }): Case {
  const current = getCase(register, seen.caseId);
  if (current.version !== seen.version)
    throw new AppError('version_conflict', { by: lastEditorName(register, current) });
  return current;
}

function record(
  register: Register,
  actor: ServiceActor,
  current: Case,
  matches: readonly SourceMatch[],
  input: DecideInput & { stroke: string },
): void {
  if (actor.id === null) throw new AppError('not_logged_in');
  refuseUndecided(matches, input.pairs);
  const proposed = resultOf(current, linkedPairs(matches, input.pairs));
  const reason = input.overrideReason?.trim() ?? '';
  const overridden = input.result !== proposed.result;
  // Without any list nothing was compared: that the family is new is then a person's own word.
  const ownWord = overridden || matches.length === 0;
  if (ownWord && reason === '') throw new AppError('reason_needed');
  insertIdentification(register.db, {
    id: newId(),
    caseId: current.id,
    result: input.result,
    proposed: proposed.result,
    overrideReason: ownWord ? reason : null,
    modelVersion: modelVersionOf(matches),
    caseVersion: current.version,
    stroke: input.stroke,
    decidedBy: actor.id,
    decidedAt: instant(register.clock),
    links: input.pairs.map((pair) => toLinkRecord(matches, pair)),
  });
  rememberVerdicts(register, { accountId: actor.id, stroke: input.stroke }, current, input.pairs);
  setCaseResult(register.db, current.id, input.result);
  const label = identificationResultLabel[input.result];
  takeStep(register, actor, {
    caseId: current.id,
    action: 'tetapkan_identifikasi',
    reason: ownWord ? reason : null,
    met: ['pencocokan_diputuskan'],
    payload: {
      hasil: input.result,
      usulan: proposed.result,
      dasar: proposed.reasons,
      daftar: proposed.listName,
      model: modelVersionOf(matches),
      pasangan: input.pairs,
      keterangan: [
        overridden
          ? `${label}. Usulan program: ${identificationResultLabel[proposed.result]}.`
          : `${label}: ${proposed.reasons.join('; ')}.`,
        ...refusedInWords(matches, input.pairs),
      ].join(' '),
    },
  });
}

/** "Bukan orang yang sama: Siti Aminah dan ST AMINAH (NIK berbeda)." */
function refusedInWords(matches: readonly SourceMatch[], pairs: readonly PairVerdict[]): string[] {
  const refused = pairs.filter(({ verdict }) => verdict === 'bukan');
  if (refused.length === 0) return [];
  const words = refused.map((pair) => {
    const { link } = findPair(matches, pair);
    return `${link.member.input.name} dan ${link.candidate.input.name} (${pair.reason ?? ''})`;
  });
  return [`Bukan orang yang sama: ${words.join('; ')}.`];
}

/** A pair that the program asks about is neither taken nor dropped unseen. */
function refuseUndecided(matches: readonly SourceMatch[], pairs: readonly PairVerdict[]): void {
  const undecided = askedPairs(matches).filter(
    (asked) => !pairs.some((pair) => pair.memberId === asked.memberId && pair.personId === asked.personId),
  );
  if (undecided.length > 0)
    throw new AppError('step_needs', {
      need: `${undecided.length} pasangan belum diputuskan sama atau bukan`,
    });
}

/** The comparison as it stood when it was decided: the list may be replaced, the reason must not be. */
export function toLinkRecord(matches: readonly SourceMatch[], pair: PairVerdict): LinkRecord {
  const { in: match, link } = findPair(matches, pair);
  const fields = match.fields(link);
  return {
    memberId: pair.memberId,
    referencePersonId: pair.personId,
    verdict: pair.verdict,
    reason: pair.verdict === 'bukan' ? pair.reason : null,
    probability: link.weight.probability,
    explanation: {
      source: match.source,
      lists: match.lists.map(({ name, date, version }) => ({ name, date, version })),
      fields: [...fields.identity, ...fields.household],
      waterfall: explainScored(link),
    },
  };
}
