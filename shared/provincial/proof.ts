import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { KelurahanCode } from '../domain/wilayah.ts';
import { canonicalJson } from './canonical.ts';
import { PushRecord, RecordHash } from './record.ts';
import { DuplicateAnswer } from './wire.ts';

/**
 * The proof that both ends hold the same: a tree of hashes over the newest accepted record of every
 * case of an office. Leaves are records, branches are RWs (by the address in the case's newest record
 * that carries one), the root is the office. Each end hashes the bodies it holds, not what it once
 * noted about them; so a body that was changed behind anyone's back shows. A second tree of the same kind
 * is over the newest accepted word of each of these cases' families (`family.consent`), in the RW of its case.
 */

/** The newest accepted record of a case, or the newest word of its family. */
export const ProofLeaf = z.looseObject({
  caseId: z.uuid(),
  key: z.uuid(),
  kind: z.string(),
  /** The office's own number of the case, so that a person can name it. */
  number: z.string(),
  /** Of the address that places it, so that a person finds the family; of no hash. Absent in what a server of before this says. */
  rt: z.int().positive().optional(),
  /** SHA-256 of the canonical JSON of the body, computed when it was asked for. */
  hash: RecordHash,
});
export type ProofLeaf = z.infer<typeof ProofLeaf>;

const area = { kelurahan: KelurahanCode, rw: z.int().positive() };

export const ProofBranch = z.looseObject({ ...area, cases: z.int().positive(), hash: RecordHash });
export type ProofBranch = z.infer<typeof ProofBranch>;

const tree = { cases: z.int().min(0), root: RecordHash, branches: z.array(ProofBranch) };

/** `cases` are those that have a leaf in it. */
export const ProofTree = z.looseObject(tree);
export type ProofTree = z.infer<typeof ProofTree>;

/** `nonce` is the asker's: an answer of another time proves nothing. */
const signed = { wire: z.int().positive(), officeId: z.uuid(), nonce: z.uuid(), serverTime: IsoInstant };

/**
 * Files named in one answer; what is more is named in another. Each begins elsewhere, as the nonce has it, so that
 * files that the office does not have any more keep no others waiting.
 */
export const mostMissing = 500;

/** Payload of the signed answer (`typ` `mutakhir-proof`) to "what do you hold of us?". */
export const ProofSummary = z.looseObject({
  ...signed,
  ...tree,
  /**
   * Hashes of files that its records name and that it does not hold whole, {@link mostMissing} at most: on their
   * way still, or lost. Absent where there are none, and in what a server of before this says.
   */
  missingFiles: z.array(RecordHash).optional(),
  /** What families of these cases said last of being shown. Absent in what a server of before this says. */
  words: ProofTree.optional(),
});
export type ProofSummary = z.infer<typeof ProofSummary>;

/** Payload of the signed answer for one RW (`typ` `mutakhir-proof-rw`). */
export const ProofLeaves = z.looseObject({
  ...signed,
  ...area,
  leaves: z.array(ProofLeaf),
  /** Of {@link ProofSummary} `words`. */
  words: z.array(ProofLeaf).optional(),
});
export type ProofLeaves = z.infer<typeof ProofLeaves>;

export const ProofResponse = z.looseObject({
  wire: z.int().positive(),
  proof: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});
export type ProofResponse = z.infer<typeof ProofResponse>;

/** One accepted record as the province holds it, with the receipt it gave. */
export const RecordResponse = z.looseObject({
  wire: z.int().positive(),
  record: PushRecord,
  receipt: DuplicateAnswer.shape.receipt,
});
export type RecordResponse = z.infer<typeof RecordResponse>;

/** SHA-256 of a text as UTF-8, in hexadecimal; each end brings its own. */
export type Sha256 = (text: string) => string;

/** Hash of an RW. The order of the leaves means nothing. */
export function hashBranch(
  { kelurahan, rw }: { kelurahan: string; rw: number },
  leaves: readonly Pick<ProofLeaf, 'caseId' | 'key' | 'hash'>[],
  sha256: Sha256,
): string {
  const sorted = leaves.toSorted((left, right) => (left.caseId < right.caseId ? -1 : 1));
  return sha256(
    canonicalJson(['rw', kelurahan, rw, sorted.map(({ caseId, key, hash }) => [caseId, key, hash])]),
  );
}

/** Hash of the office. The order of the branches means nothing. */
export function hashRoot(branches: readonly ProofBranch[], sha256: Sha256): string {
  const sorted = branches.toSorted((left, right) => (branchKey(left) < branchKey(right) ? -1 : 1));
  return sha256(
    canonicalJson(['kantor', sorted.map(({ kelurahan, rw, cases, hash }) => [kelurahan, rw, cases, hash])]),
  );
}

/** A leaf, and the RW that it is counted in. */
export type PlacedLeaf = ProofLeaf & { kelurahan: string; rw: number };

/** The whole tree over these leaves. */
export function treeOf(leaves: readonly PlacedLeaf[], sha256: Sha256): ProofTree {
  const branches = branchesOf(leaves, sha256);
  return { cases: leaves.length, root: hashRoot(branches, sha256), branches };
}

/** Branches of all leaves, in the order of area and RW. */
export function branchesOf(leaves: readonly PlacedLeaf[], sha256: Sha256): ProofBranch[] {
  return [...Map.groupBy(leaves, branchKey).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { kelurahan, rw } = first;
      return [{ kelurahan, rw, cases: group.length, hash: hashBranch(first, group, sha256) }];
    })
    .toSorted((left, right) => (branchKey(left) < branchKey(right) ? -1 : 1));
}

/** Names an RW: `31.71.01.1001/002`. */
export function branchKey({ kelurahan, rw }: { kelurahan: string; rw: number }): string {
  return `${kelurahan}/${String(rw).padStart(3, '0')}`;
}
