import { createHash } from 'node:crypto';
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
  records: Beside;
  /** Null where the province is of before it told this. */
  words: Beside | null;
}

/** Null where an answer does not prove to be the province's own, of now and whole. */
export async function askProvince(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  signal: AbortSignal | undefined,
): Promise<Reply<Compared | null>> {
  const nonce = newId();
  const unbelieved = { kind: 'answered', answer: null } as const;
  const here = heldHere(register);
  const [saidHere, receipts] = [wordsHere(register, here), countReceipts(register.db)];
  const mended = new Set(listMended(register.db).map(differenceKey));
  const reply = await client.readProof(link, null, nonce, signal);
  if (reply.kind !== 'answered') return reply;
  const summary = await openSigned(reply.answer.proof, signingKeys(link), signatureType.proof, ProofSummary);
  if (summary === null || !isAnswerTo(summary, link, nonce) || !addsUp(summary)) return unbelieved;
  const said = summary.words ?? null;
  if (said !== null && !addsUp(said)) return unbelieved;

  const branchesHere = branchesOf(here, sha256);
  const saidBranchesHere = branchesOf(saidHere, sha256);
  const differing = new Map(
    [
      ...differingRws(branchesHere, summary.branches),
      ...(said === null ? [] : differingRws(saidBranchesHere, said.branches)),
    ].map((rw) => [branchKey(rw), rw]),
  );
  const [there, saidThere]: [PlacedLeaf[], PlacedLeaf[]] = [[], []];
  for (const rw of differing.values()) {
    const detail = await client.readProof(link, rw, nonce, signal);
    if (detail.kind !== 'answered') return detail;
    const opened = await openSigned(
      detail.answer.proof,
      signingKeys(link),
      signatureType.proofLeaves,
      ProofLeaves,
    );
    if (opened === null || !isAnswerTo(opened, link, nonce) || !isOf(opened, rw)) return unbelieved;
    if (!areLeavesOf(rw, summary, opened.leaves)) return unbelieved;
    there.push(...opened.leaves.map((leaf) => ({ ...leaf, ...rw })));
    if (said === null) continue;
    if (!areLeavesOf(rw, said, opened.words ?? [])) return unbelieved;
    saidThere.push(...(opened.words ?? []).map((leaf) => ({ ...leaf, ...rw })));
  }
  // A case has one newest record; one that is counted twice is no account of anything.
  if (namesOneTwice(there) || namesOneTwice(saidThere)) return unbelieved;
  const ofThose = (leaves: readonly PlacedLeaf[]) => leaves.filter((leaf) => differing.has(branchKey(leaf)));
  const records = {
    here,
    branchesHere,
    branchesThere: summary.branches,
    there,
    hereOfThose: ofThose(here),
  };
  const words =
    said === null
      ? null
      : {
          here: saidHere,
          branchesHere: saidBranchesHere,
          branchesThere: said.branches,
          there: saidThere,
          hereOfThose: ofThose(saidHere),
        };
  return { kind: 'answered', answer: { summary, receipts, mended, records, words } };
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

function isOf({ kelurahan, rw }: ProofLeaves, asked: Rw): boolean {
  return kelurahan === asked.kelurahan && rw === asked.rw;
}

function areLeavesOf(rw: Rw, { branches }: ProofTree, leaves: readonly ProofLeaf[]): boolean {
  const branch = branches.find((candidate) => branchKey(candidate) === branchKey(rw));
  return branch === undefined
    ? leaves.length === 0
    : hashBranch(rw, leaves, sha256) === branch.hash && leaves.length === branch.cases;
}

function namesOneTwice(leaves: readonly ProofLeaf[]): boolean {
  return new Set(leaves.map(({ caseId }) => caseId)).size < leaves.length;
}

/** Computed from the bodies, as the province does. */
function heldHere({ db }: Register): PlacedLeaf[] {
  return Array.from(readHeld(db), ({ body, ...held }) => ({ ...held, hash: sha256(body) }));
}

/** Of the cases that the province holds, each in the RW of its case. */
function wordsHere({ db }: Register, cases: readonly PlacedLeaf[]): PlacedLeaf[] {
  const places = new Map(cases.map(({ caseId, kelurahan, rw }) => [caseId, { kelurahan, rw }]));
  return listHeldWords(db).flatMap(({ body, ...word }) => {
    const place = places.get(word.caseId);
    return place === undefined ? [] : [{ ...word, ...place, hash: sha256(body) }];
  });
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
