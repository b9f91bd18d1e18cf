import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  branchesOf,
  branchKey,
  hashBranch,
  hashRoot,
  type PlacedLeaf,
  type ProofBranch,
  type ProofLeaf,
  ProofLeaves,
  ProofSummary,
  type ProofTree,
} from '../../shared/provincial/proof.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { isSqliteError } from '../store/connection.ts';
import { countReceipts, differenceKey, listHeldWords, listMended, readHeld } from '../store/proof.ts';
import type { OfficeLink, ProvinceClient, Reply } from '../sync/province-client.ts';
import { openSigned, signingKeys } from '../sync/signatures.ts';
import { newId, type Register } from './register.ts';

/** Asking the province what it holds, RW by RW; believed only where it is signed, of now, and adds up (ADR 24). */

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What both sides hold of one kind: newest records of cases, or what their families said last. */
export interface Beside {
  /** As of the moment before the province was asked; so it must hold each of these. */
  here: PlacedLeaf[];
  branchesHere: ProofBranch[];
  branchesThere: readonly ProofBranch[];
  /** Of the RWs that differ, as the province holds them. */
  there: PlacedLeaf[];
  /** Of those RWs, what is held here. */
  hereOfThose: PlacedLeaf[];
}

export interface Compared {
  summary: ProofSummary;
  receipts: number;
  /** What somebody had repaired by then ({@link differenceKey}); of what was repaired since, this comparison knows nothing. */
  mended: ReadonlySet<string>;
  /** Of what a record was proven since the province said this ({@link differenceKey}): it is compared the next time. */
  since: ReadonlySet<string>;
  records: Beside;
  /** Null where the province is of before it told this. */
  words: Beside | null;
}

/** What this office holds receipts for, of one moment. */
export interface HeldHere extends Pick<Compared, 'receipts' | 'mended'> {
  records: PlacedLeaf[];
  recordBranches: ProofBranch[];
  words: PlacedLeaf[];
  wordBranches: ProofBranch[];
}

/** Computed from the bodies, as the province does. */
export function holdingsNow({ db }: Register): HeldHere {
  const records = Array.from(readHeld(db), ({ body, ...held }) => ({ ...held, hash: sha256(body) }));
  const places = new Map(records.map(({ caseId, kelurahan, rw, rt }) => [caseId, { kelurahan, rw, rt }]));
  // Of the cases that the province holds, each in the RW of its case.
  const words = listHeldWords(db).flatMap(({ body, ...word }) => {
    const place = places.get(word.caseId);
    return place === undefined ? [] : [{ ...word, ...place, hash: sha256(body) }];
  });
  const mended = new Set(listMended(db).map(differenceKey));
  return {
    records,
    recordBranches: branchesOf(records, sha256),
    words,
    wordBranches: branchesOf(words, sha256),
    receipts: countReceipts(db),
    mended,
  };
}

/** Null where something that this office keeps itself cannot be read, which the log is told: no word on the province's answer. */
export function readableHoldings(register: Register): HeldHere | null {
  try {
    return holdingsNow(register);
  } catch (cause) {
    const isUnreadable =
      cause instanceof z.ZodError || cause instanceof SyntaxError || isSqliteError(cause, 'SQLITE_ERROR');
    if (!isUnreadable) throw cause;
    register.logFailure(cause);
    return null;
  }
}

/** Null where an answer does not prove to be the province's own, of now and whole. */
export async function askProvince(
  here: HeldHere,
  client: ProvinceClient,
  link: OfficeLink,
  signal: AbortSignal | undefined,
): Promise<Reply<Compared | null>> {
  const nonce = newId();
  const reply = await client.readProof(link, null, nonce, signal);
  if (reply.kind !== 'answered') return reply;
  const summary = await openSummary(reply.answer.proof, link, nonce);
  if (summary === null) return { kind: 'answered', answer: null };
  const told = new Map<string, ProofLeaves>();
  for (const rw of differingFrom(here, summary)) {
    const detail = await client.readProof(link, rw, nonce, signal);
    if (detail.kind !== 'answered') return detail;
    const leaves = await openLeaves(detail.answer.proof, link, nonce, summary);
    if (leaves === null || branchKey(leaves) !== branchKey(rw)) return { kind: 'answered', answer: null };
    told.set(branchKey(rw), leaves);
  }
  return { kind: 'answered', answer: layBeside(here, summary, told, new Set()) };
}

/** Null where it is not the province's own, an answer to another question, or does not add up. */
export async function openSummary(
  jws: string,
  link: OfficeLink,
  nonce: string,
): Promise<ProofSummary | null> {
  const summary = await openSigned(jws, signingKeys(link), signatureType.proof, ProofSummary);
  if (summary === null || !isAnswerTo(summary, link, nonce) || !addsUp(summary)) return null;
  return summary.words === undefined || addsUp(summary.words) ? summary : null;
}

/** As {@link openSummary}, of one RW: its leaves must be those of the sum. */
export async function openLeaves(
  jws: string,
  link: OfficeLink,
  nonce: string,
  summary: ProofSummary,
): Promise<ProofLeaves | null> {
  const told = await openSigned(jws, signingKeys(link), signatureType.proofLeaves, ProofLeaves);
  if (told === null || !isAnswerTo(told, link, nonce)) return null;
  if (!areLeavesOf(told, summary, told.leaves)) return null;
  const { words } = summary;
  return words === undefined || areLeavesOf(told, words, told.words ?? []) ? told : null;
}

/**
 * Lays both sides beside each other. Null where the province counts a case twice: it has one newest record, so that is no
 * account of anything.
 *
 * @param told of each RW that differs, by {@link branchKey}; one that is not there has no leaf at the province
 */
export function layBeside(
  here: HeldHere,
  summary: ProofSummary,
  told: ReadonlyMap<string, ProofLeaves>,
  since: Compared['since'],
): Compared | null {
  const differing = differingFrom(here, summary);
  const keys = new Set(differing.map(branchKey));
  const beside = (
    own: PlacedLeaf[],
    branchesHere: ProofBranch[],
    tree: Pick<ProofTree, 'branches'>,
    leavesOf: (rw: ProofLeaves) => readonly ProofLeaf[],
  ): Beside => ({
    here: own,
    branchesHere,
    branchesThere: tree.branches,
    there: differing.flatMap(({ kelurahan, rw }): PlacedLeaf[] => {
      const leaves = told.get(branchKey({ kelurahan, rw }));
      return leaves === undefined ? [] : leavesOf(leaves).map((leaf) => ({ ...leaf, kelurahan, rw }));
    }),
    hereOfThose: own.filter((leaf) => keys.has(branchKey(leaf))),
  });
  const records = beside(here.records, here.recordBranches, summary, ({ leaves }) => leaves);
  const words =
    summary.words === undefined
      ? null
      : beside(here.words, here.wordBranches, summary.words, (leaves) => leaves.words ?? []);
  if (namesOneTwice(records.there) || (words !== null && namesOneTwice(words.there))) return null;
  return { summary, receipts: here.receipts, mended: here.mended, since, records, words };
}

/** RWs in which the cases, or what their families said, are not the same on both sides. */
function differingFrom({ recordBranches, wordBranches }: HeldHere, summary: ProofSummary): Rw[] {
  const rws = [
    ...differingRws(recordBranches, summary.branches),
    ...(summary.words === undefined ? [] : differingRws(wordBranches, summary.words.branches)),
  ];
  return [...new Map(rws.map((rw) => [branchKey(rw), rw])).values()];
}

function isAnswerTo(answer: { officeId: string; nonce: string }, link: OfficeLink, nonce: string): boolean {
  return answer.officeId === link.officeId && answer.nonce === nonce;
}

function addsUp({ root, branches, cases }: ProofTree): boolean {
  return (
    hashRoot(branches, sha256) === root && branches.reduce((sum, branch) => sum + branch.cases, 0) === cases
  );
}

interface Rw {
  kelurahan: string;
  rw: number;
}

function areLeavesOf(
  rw: Rw,
  { branches }: Pick<ProofTree, 'branches'>,
  leaves: readonly ProofLeaf[],
): boolean {
  const branch = branches.find((candidate) => branchKey(candidate) === branchKey(rw));
  return branch === undefined
    ? leaves.length === 0
    : hashBranch(rw, leaves, sha256) === branch.hash && leaves.length === branch.cases;
}

function namesOneTwice(leaves: readonly ProofLeaf[]): boolean {
  return new Set(leaves.map(({ caseId }) => caseId)).size < leaves.length;
}

/** RWs whose branches are not the same on both sides. */
export function differingRws(here: readonly ProofBranch[], there: readonly ProofBranch[]): Rw[] {
  const hashes = new Map(there.map((branch) => [branchKey(branch), branch.hash]));
  const keysHere = new Set(here.map(branchKey));
  return [
    ...here.filter((branch) => hashes.get(branchKey(branch)) !== branch.hash),
    ...there.filter((branch) => !keysHere.has(branchKey(branch))),
  ].map(({ kelurahan, rw }) => ({ kelurahan, rw }));
}
