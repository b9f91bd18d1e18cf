import type { QueueRow, SureCase } from '../../shared/contract/identification.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Case, IdentificationResult } from '../../shared/domain/registration.ts';
import type { AppProblem } from '../../shared/errors.ts';
import { type Gain, gainOf, type OpenPair } from '../matching/gain.ts';
import { defaultModel } from '../matching/model.ts';
import { weighingVersion } from '../matching/weigh.ts';
import { findCaseVersion } from '../store/cases.ts';
import { isSqliteError, type ReadableDb, readThenWrite } from '../store/connection.ts';
import { type CurrentList, listCurrentLists } from '../store/identification.ts';
import { modelsOf } from '../store/list-model.ts';
import {
  countSure,
  countUnranked,
  heedRankWorld,
  listRanked,
  listSure,
  nextUnranked,
  type Rank,
  type RankedCase,
  rankStamp,
  writeRank,
} from '../store/review-rank.ts';
import { getCase } from './case-steps.ts';
import { linkedPairs, matchCase, resultOf, type SourceMatch } from './identification-match.ts';
import { addressLine, certaintyOf, proposedPairs } from './identification-proposal.ts';
import { type Asked, demandKeys, renewalNotice } from './key-renewal.ts';
import type { Register, RegisterFile } from './register.ts';

/** Ranking goes on this long (ms) in one call, so that no other screen waits; the next call ranks on. */
const budget = 15;
/** More than this are not ranked in passing: that is a batch, which a worker does (`matchAll`). */
const inPassing = 200;

/**
 * Cases in TERDAFTAR, the greatest gain first and what is sure last. Ranking compares each case with
 * every list, so it is remembered until the case, the lists, the model or a decision that touches it
 * changes; a call ranks for an instant at most and says how many are left. It leaves alone what a
 * worker is ranking, and what is so much that a worker should: then asking again ranks nothing.
 */
export function identificationQueue(
  register: Register,
  page: { offset: number; limit: number },
): {
  total: number;
  sure: number;
  unranked: number;
  ranking: boolean;
  lists: number;
  renewing: AppProblem | null;
  rows: QueueRow[];
} {
  const lists = listCurrentLists(register.db);
  const stamp = rankingStamp(register.db, lists);
  heedRankWorld(register.db, stamp);
  const left = countUnranked(register.db);
  // Without a list there is nothing to compare, and no worker to do it.
  const isBatch = lists.length > 0 && left > inPassing;
  const renewing = renewalNotice(register, askedLists(lists));
  const waits = isBatch || renewing !== null || register.jobs.open(matchAllKind) !== null;
  const unranked = waits ? left : rankSome(register, stamp);
  const { waiting, rows } = listRanked(register.db, stamp, page);
  return {
    total: waiting,
    sure: countSure(register.db, stamp),
    unranked,
    ranking: !waits && unranked > 0,
    lists: lists.length,
    renewing,
    rows: rows.map(toQueueRow),
  };
}

/** What comparing a case with these lists asks. */
export function askedLists(lists: readonly CurrentList[]): Asked {
  return { lists: lists.map(({ id }) => id) };
}

/** Every case that the program is sure of, however far down the queue it stands. @throws what `demandKeys` throws. */
export function sureCases(register: Register): SureCase[] {
  const lists = listCurrentLists(register.db);
  demandKeys(register, askedLists(lists));
  const stamp = rankingStamp(register.db, lists);
  heedRankWorld(register.db, stamp);
  return listSure(register.db, stamp).map(({ body, ...sure }) => ({
    ...sure,
    result: body.result,
    links: body.links,
    wrong: body.wrong,
  }));
}

/** Job of the worker that ranks everything. */
export const matchAllKind = 'identification:match';

/** Raised where a rank keeps more than before: what was kept without it is ranked anew. */
const keptVersion = 2;

/** What a rank holds for: the model, how it weighs, what is kept of it, the lists that count today and what they were learnt to be like. */
export function rankingStamp(db: ReadableDb, lists: readonly CurrentList[]): string {
  return [
    defaultModel.version,
    `bobot ${weighingVersion}`,
    `isi ${keptVersion}`,
    ...lists.map((list) => list.id),
    ...modelsOf(db, lists),
  ].join(' ');
}

/** Ranks cases until the time is up; returns how many are left. */
function rankSome(register: Register, stamp: string): number {
  const until = performance.now() + budget;
  do {
    const caseId = nextUnranked(register.db);
    if (caseId === null) return 0;
    readThenWrite(register.db, () => rankCase(register, caseId, stamp, register.logFailure));
  } while (performance.now() < until);
  return countUnranked(register.db);
}

/**
 * Compares a case with every list and keeps its rank. One that cannot be compared (something in it is
 * not what the program expects) is kept as such, so that it holds up no other; `tell` hears the cause.
 */
export function rankCase(
  register: RegisterFile,
  caseId: string,
  stamp: string,
  tell: (cause: unknown) => void,
): void {
  // One that went into another meanwhile waits no more.
  const version = findCaseVersion(register.db, caseId);
  if (version === null) return;
  try {
    writeRank(register.db, rankOf(register, getCase(register, caseId), stamp));
  } catch (cause) {
    if (isSqliteError(cause)) throw cause;
    tell(cause);
    writeRank(register.db, failedRank(caseId, rankStamp(version, stamp)));
  }
}

function failedRank(caseId: string, stamp: string): Rank {
  const why = 'Isinya tidak terbaca program; sampaikan nomornya kepada pengelola';
  const body = {
    result: 'baru',
    incomplete: false,
    failed: true,
    found: 0,
    links: 0,
    wrong: 0,
    why,
  } as const;
  return { caseId, stamp, sure: false, gain: 0, body, asked: [] };
}

/** Compares a case with every list, and says what deciding it is worth. */
function rankOf(register: RegisterFile, current: Case, stamp: string): Rank {
  const matches = matchCase(register, current);
  const proposed = linkedPairs(matches, proposedPairs(matches));
  const certain = proposed.filter(({ in: source, link }) => isCertain(source, link.memberId));
  const result = resultOf(current, proposed).result;
  const without = certain.length === proposed.length ? result : resultOf(current, certain).result;
  const members = current.household.members.length;
  const gain = gainOf({ pairs: openPairs(matches), turns: without !== result, members });
  return {
    caseId: current.id,
    stamp: rankStamp(current.version, stamp),
    sure: certaintyOf(matches).sure,
    gain: gain.persons,
    body: {
      result,
      incomplete: matches.some(({ match }) => match.overlooked.length > 0),
      failed: false,
      links: proposed.length,
      wrong: sum(proposed.map(({ link }) => 1 - link.weight.probability)),
      found: new Set(proposed.map((pair) => pair.link.memberId)).size,
      why: whyOf(gain, { matches, members, result, without }),
    },
    asked: matches.flatMap(({ match }) => match.links.map((link) => link.candidate.id)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function isCertain(source: SourceMatch, memberId: string): boolean {
  return source.match.links.some((link) => link.memberId === memberId && link.decision.outcome === 'auto');
}

function openPairs(matches: readonly SourceMatch[]): OpenPair[] {
  return matches.flatMap(({ match }) =>
    match.links.map((link) => ({ probability: link.weight.probability, doubts: link.decision.doubts })),
  );
}

const inShort: Record<IdentificationResult, string> = {
  tetap: 'tetap',
  berubah: 'berubah',
  baru: 'belum terdaftar',
};

/** What deciding this case is worth, in one phrase. */
function whyOf(
  gain: Gain,
  facts: {
    matches: readonly SourceMatch[];
    members: number;
    result: IdentificationResult;
    without: IdentificationResult;
  },
): string {
  if (facts.matches.length === 0) return 'Belum ada daftar acuan untuk dibandingkan';
  switch (gain.from) {
    case 'other_case':
      return 'Satu keputusan membereskan dua berkas';
    case 'result':
      return `Menentukan hasil ${facts.members} orang: ${inShort[facts.result]} atau ${inShort[facts.without]}`;
    case 'pair': {
      const doubtful = openPairs(facts.matches).filter((pair) => pair.doubts.length > 0).length;
      return `${doubtful} pasangan mungkin keliru`;
    }
    case 'none':
      return facts.result === 'baru' ? 'Tidak ditemukan di daftar mana pun' : 'Tinggal ditegaskan';
    default:
      return assertNever(gain.from);
  }
}

function toQueueRow({ address, body, ...ranked }: RankedCase): QueueRow {
  return { ...ranked, ...body, address: addressLine(address) };
}
