import type { ProofState } from '../../shared/contract/proof.ts';
import type { CourierHolds, CourierProof } from '../../shared/provincial/courier.ts';
import {
  branchKey,
  type ProofLeaf,
  type ProofLeaves,
  type ProofSummary,
} from '../../shared/provincial/proof.ts';
import { isDiskFull, savepoint } from '../store/connection.ts';
import {
  differenceKey,
  findProofRun,
  findVerdictSince,
  listReceiptsSince,
  listProvenKeys,
  listUnprovenKeys,
  listWanted,
  replaceCarried,
} from '../store/proof.ts';
import type { OfficeLink } from '../sync/province-client.ts';
import { keepComparison, keepVerdict } from './proof.ts';
import { holdingsNow, layBeside, openLeaves, openSummary } from './proof-ask.ts';
import type { Register } from './register.ts';

/** The proof that both sides hold the same, as a courier brings it (ADR 24, 26): opened and compared by the code of the line. */

/** What this office holds receipts for, so that the answer brings the records in which the province differs; undefined where it cannot be read. */
export function holdsFor(register: Register): CourierHolds | undefined {
  return beside(
    register,
    (): CourierHolds | undefined => {
      const { records, words } = holdingsNow(register);
      return {
        cases: records.map(bare),
        words: words.map(bare),
        unproven: listUnprovenKeys(register.db),
        proven: listProvenKeys(register.db),
        wanted: listWanted(register.db),
      };
    },
    () => undefined,
  );
}

/**
 * The proof goes beside the exchange, in whose transaction it stands: where it fails, what it wrote is taken back and
 * `instead` is done. What leaves no transaction to go on in, or no room to write in, is the exchange's own fault, too.
 */
function beside<Result>(register: Register, work: () => Result, instead: () => Result): Result {
  try {
    return savepoint(register.db, work);
  } catch (cause) {
    if (isDiskFull(cause) || !register.db.inTransaction) throw cause;
    register.logFailure(cause);
    return instead();
  }
}

function bare({ caseId, key, hash }: ProofLeaf): CourierHolds['cases'][number] {
  return { caseId, key, hash };
}

/** What an answer proves. */
export interface CarriedProof {
  summary: ProofSummary;
  /** By {@link branchKey}. */
  leaves: ReadonlyMap<string, ProofLeaves>;
  records: CourierProof['records'];
  unknown: CourierProof['unknown'];
}

/** Null where it does not prove to be the province's own answer to this bundle, and whole. */
export async function openCarriedProof(
  link: OfficeLink,
  bundleId: string,
  { summary: sum, areas, records, unknown }: CourierProof,
): Promise<CarriedProof | null> {
  const summary = await openSummary(sum, link, bundleId);
  if (summary === null) return null;
  const leaves = new Map<string, ProofLeaves>();
  for (const area of areas) {
    const told = await openLeaves(area, link, bundleId, summary);
    if (told === null) return null;
    leaves.set(branchKey(told), told);
  }
  const branches = [...summary.branches, ...(summary.words?.branches ?? [])];
  return branches.every((branch) => leaves.has(branchKey(branch)))
    ? { summary, leaves, records, unknown }
    : null;
}

/** What came with the answer to a bundle. */
interface Carried {
  /** Number of the bundle. */
  bundle: number;
  /** Undefined where the answer has none, null where it is not believed. */
  proof: CarriedProof | null | undefined;
  /** Keys of the records that the province says it holds, as it answers the bundle. */
  confirmed: ReadonlySet<string>;
}

/**
 * Compares with what the province held once it had taken a bundle in, in the caller's transaction, in which its answers were
 * written down. Of what got a receipt since the bundle was made, and not by it, the answer may know nothing: that waits for
 * the next one.
 *
 * @returns null where the line's verdict is of later than that: it stands; also where not even a verdict can be kept
 */
export function compareCarried(register: Register, link: OfficeLink, carried: Carried): ProofState | null {
  return beside(
    register,
    () => compare(register, link, carried),
    () =>
      beside<ProofState | null>(
        register,
        () => keepUncompared(register, link, carried.bundle),
        () => null,
      ),
  );
}

function compare(
  register: Register,
  link: OfficeLink,
  { bundle, proof, confirmed }: Carried,
): ProofState | null {
  const { db } = register;
  if (proof === undefined) {
    // That it says nothing takes nothing back of what was found before.
    if (findProofRun(db) === null) keepVerdict(register, link, 'tidak_didukung', 'kurir');
    return 'tidak_didukung';
  }
  const line = findVerdictSince(db, bundle);
  if (line !== null && (proof === null || Date.parse(proof.summary.serverTime) <= Date.parse(line)))
    return null;
  if (proof === null) return keepUnproven(register, link);
  const left = listReceiptsSince(db, bundle).filter(({ key }) => !confirmed.has(key));
  // The province counts a word with its case.
  const since = new Set(
    left.flatMap(({ caseId, subject }) => [
      differenceKey({ caseId, subject }),
      differenceKey({ caseId, subject: 'persetujuan' }),
    ]),
  );
  const compared = layBeside(holdingsNow(register), proof.summary, proof.leaves, since);
  if (compared === null) return keepUnproven(register, link);
  const { serverTime: at } = proof.summary;
  const later = new Set(left.map(({ caseId }) => caseId)).size;
  const state = keepComparison(register, link, compared, { via: 'kurir', at, later, bundle });
  const records = new Map<string, string | null>(proof.unknown.map((key) => [key, null]));
  for (const held of proof.records) records.set(held.record.key, JSON.stringify(held));
  replaceCarried(db, records);
  return state;
}

/** That this office cannot read what it holds says nothing of the answer. @returns null where the line's verdict stands */
function keepUncompared(register: Register, link: OfficeLink, bundle: number): ProofState | null {
  if (findVerdictSince(register.db, bundle) !== null) return null;
  keepVerdict(register, link, 'tidak_terbanding', 'kurir');
  return 'tidak_terbanding';
}

function keepUnproven(register: Register, link: OfficeLink): ProofState {
  keepVerdict(register, link, 'tidak_terbukti', 'kurir');
  return 'tidak_terbukti';
}
