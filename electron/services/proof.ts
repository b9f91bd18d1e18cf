import { createHash } from 'node:crypto';
import type { DifferenceKind, ProofMark, ProofState, ProofView } from '../../shared/contract/proof.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';
import { AppError } from '../../shared/errors.ts';
import {
  branchesOf,
  branchKey,
  hashBranch,
  hashRoot,
  type ProofBranch,
  type ProofLeaf,
  ProofLeaves,
  ProofSummary,
} from '../../shared/provincial/proof.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { reopenFiles } from '../store/attachment-push.ts';
import { appendEvent } from '../store/journal.ts';
import {
  type AreaRecord,
  countDifferences,
  countReceipts,
  findProofRun,
  isProven,
  isRepairThrough,
  isUnproven,
  listDifferences,
  listMended,
  listProofAreas,
  listRecordsOfCase,
  listUnprovenCases,
  type NewDifference,
  putProofRun,
  readHeld,
  replaceComparison,
  setMended,
} from '../store/proof.ts';
import type { OfficeLink, ProvinceClient, Reply } from '../sync/province-client.ts';
import { openSigned, signingKeys } from '../sync/signatures.ts';
import { isStanding } from './province-keys.ts';
import { newId, type Register, systemActor } from './register.ts';
import { findOfficeLink } from './sync-push.ts';
import { errorOfSilence } from './sync-sentences.ts';

/** The proof that both sides hold the same; decisions behind it: docs/adr/0024-proof-by-hashes.md. */

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Milliseconds between two comparisons: after new receipts, and where nothing happened. */
const pause = { changed: 10 * 60_000, idle: 6 * 3_600_000 } as const;

/** In short, for the foot of every screen. */
export function proofMark({ db }: Register): ProofMark {
  const run = findProofRun(db);
  return run === null ? null : { state: run.state, at: run.at, differences: countDifferences(db) };
}

export function proofView(register: Register): ProofView {
  const { db, areas } = register;
  const run = findProofRun(db);
  return {
    mark: proofMark(register),
    casesHere: run?.casesHere ?? 0,
    casesThere: run?.casesThere ?? 0,
    areas: listProofAreas(db).map((area) => ({
      ...area,
      kelurahanName: areas.find(area.kelurahan)?.name ?? area.kelurahan,
    })),
    differences: listDifferences(db).map(
      ({ caseId, kind, number, headName, kelurahan, rw, foundAt, mendedFrom }) => ({
        caseId,
        kind,
        number,
        headName,
        kelurahan,
        rw,
        foundAt,
        mendedFrom,
      }),
    ),
  };
}

/** Whether it is time to compare by itself. */
export function isProofDue(register: Register): boolean {
  const run = findProofRun(register.db);
  if (run === null) return true;
  if (isRepairThrough(register.db)) return true;
  // A clock that was set back must not put the next comparison off for long.
  const passed = Math.abs(register.clock.now().getTime() - Date.parse(run.at));
  return passed >= pause.idle || (passed >= pause.changed && countReceipts(register.db) !== run.receipts);
}

/**
 * A person asks whether both sides hold the same.
 *
 * @throws AppError `not_enrolled`, `province_unreachable`, and those of {@link refuse}.
 */
export async function compareNow(register: Register): Promise<ProofView> {
  const { client, link } = lineOf(register);
  const reply = await compareWithProvince(register, client, link);
  if (reply.kind !== 'answered') refuse(reply);
  return proofView(register);
}

/** @throws AppError `not_enrolled`, `province_unreachable`. */
export function lineOf(register: Register): { client: ProvinceClient; link: OfficeLink } {
  const link = findOfficeLink(register);
  if (link === null) throw new AppError('not_enrolled');
  if (register.push === null) throw new AppError('province_unreachable');
  return { client: register.push.client, link };
}

/** @throws AppError `proof_unsupported`, `province_refused`, and those of {@link errorOfSilence}. */
export function refuse(reply: Exclude<Reply<unknown>, { kind: 'answered' }>): never {
  if (reply.kind !== 'refused') throw errorOfSilence(reply);
  if (reply.code === 'unknown_path') throw new AppError('proof_unsupported');
  throw new AppError('province_refused', { sentence: reply.sentence, reason: reply.code });
}

/**
 * Asks the province what it holds, RW by RW, and compares it with what this office has receipts for.
 * Only answers that are signed, of now, and add up are believed; of what differs the single records
 * are asked for. The outcome is kept; a silent province leaves the last one standing.
 */
export async function compareWithProvince(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  signal?: AbortSignal,
): Promise<Reply<ProofState>> {
  let last: Reply<ProofState> = { kind: 'answered', answer: 'tidak_terbukti' };
  // What is accepted between two answers makes them disagree; that passes, a forgery does not.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const asked = await askProvince(register, client, link, signal);
    if (asked.kind === 'refused' && asked.code === 'unknown_path') {
      keepVerdict(register, link, 'tidak_didukung');
      return { kind: 'answered', answer: 'tidak_didukung' };
    }
    if (asked.kind !== 'answered') return asked;
    if (asked.answer !== null) {
      last = { kind: 'answered', answer: keepComparison(register, link, asked.answer) };
      return last;
    }
  }
  keepVerdict(register, link, 'tidak_terbukti');
  return last;
}

type Placed = ProofLeaf & { kelurahan: string; rw: number };

interface Compared {
  summary: ProofSummary;
  /** As of the moment before the province was asked; so it must hold each of these. */
  here: Placed[];
  receipts: number;
  /** Cases that somebody had repaired by then; what was repaired since, this comparison knows nothing of. */
  mended: ReadonlySet<string>;
  branchesHere: ProofBranch[];
  /** Single records of the RWs that differ, as the province holds them. */
  there: Placed[];
  /** Of those RWs, what is held here. */
  hereOfThose: Placed[];
}

/** Null where an answer does not prove to be the province's own, of now and whole. */
async function askProvince(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  signal: AbortSignal | undefined,
): Promise<Reply<Compared | null>> {
  const nonce = newId();
  const [here, receipts] = [heldHere(register), countReceipts(register.db)];
  const mended = new Set(listMended(register.db).map(({ caseId }) => caseId));
  const reply = await client.readProof(link, null, nonce, signal);
  if (reply.kind !== 'answered') return reply;
  const summary = await openSigned(reply.answer.proof, signingKeys(link), signatureType.proof, ProofSummary);
  if (summary === null || !isAnswerTo(summary, link, nonce) || !addsUp(summary))
    return { kind: 'answered', answer: null };

  const branchesHere = branchesOf(here, sha256);
  const differing = differingRws(branchesHere, summary.branches);
  const there: Placed[] = [];
  for (const rw of differing) {
    const detail = await client.readProof(link, rw, nonce, signal);
    if (detail.kind !== 'answered') return detail;
    const opened = await openSigned(
      detail.answer.proof,
      signingKeys(link),
      signatureType.proofLeaves,
      ProofLeaves,
    );
    if (opened === null || !isAnswerTo(opened, link, nonce) || !isOfBranch(opened, rw, summary))
      return { kind: 'answered', answer: null };
    there.push(...opened.leaves.map((leaf) => ({ ...leaf, ...rw })));
  }
  // A case has one newest record; one that is counted twice is no account of anything.
  if (new Set(there.map(({ caseId }) => caseId)).size < there.length)
    return { kind: 'answered', answer: null };
  const differs = new Set(differing.map(branchKey));
  const hereOfThose = here.filter((held) => differs.has(branchKey(held)));
  return { kind: 'answered', answer: { summary, here, receipts, mended, branchesHere, there, hereOfThose } };
}

function isAnswerTo(answer: { officeId: string; nonce: string }, link: OfficeLink, nonce: string): boolean {
  return answer.officeId === link.officeId && answer.nonce === nonce;
}

function addsUp({ root, branches, cases }: ProofSummary): boolean {
  return (
    hashRoot(branches, sha256) === root && branches.reduce((sum, branch) => sum + branch.cases, 0) === cases
  );
}

function isOfBranch(
  { kelurahan, rw, leaves }: ProofLeaves,
  asked: { kelurahan: string; rw: number },
  summary: ProofSummary,
): boolean {
  if (kelurahan !== asked.kelurahan || rw !== asked.rw) return false;
  const branch = summary.branches.find((candidate) => branchKey(candidate) === branchKey(asked));
  return branch === undefined
    ? leaves.length === 0
    : hashBranch(asked, leaves, sha256) === branch.hash && leaves.length === branch.cases;
}

/** Computed from the bodies, as the province does. */
function heldHere({ db }: Register): Placed[] {
  return Array.from(readHeld(db), ({ body, ...held }) => ({ ...held, hash: sha256(body) }));
}

function differingRws(
  here: readonly ProofBranch[],
  there: readonly ProofBranch[],
): { kelurahan: string; rw: number }[] {
  const hashes = new Map(there.map((branch) => [branchKey(branch), branch.hash]));
  const keysHere = new Set(here.map(branchKey));
  return [
    ...here.filter((branch) => hashes.get(branchKey(branch)) !== branch.hash),
    ...there.filter((branch) => !keysHere.has(branchKey(branch))),
  ].map(({ kelurahan, rw }) => ({ kelurahan, rw }));
}

/** Of a province that was left nothing is kept: the next comparison asks the one of now. */
function keepComparison(register: Register, link: OfficeLink, compared: Compared): ProofState {
  const { summary, here, receipts, mended, branchesHere } = compared;
  const { found, apart } = differencesIn(register, compared);
  // A repair that is under way, or was made since the province was asked, stands until it is through.
  const repairs = listMended(register.db).filter(({ caseId, underWay }) => underWay || !mended.has(caseId));
  const foundOf = new Set(found.map(({ caseId }) => caseId));
  const differences = [...found, ...repairs.filter(({ caseId }) => !foundOf.has(caseId))];
  const state = differences.length === 0 && apart.length === 0 ? 'cocok' : 'berbeda';
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    const at = instant(register.clock);
    replaceComparison(
      register.db,
      areasOf(branchesHere, summary.branches, [...differences, ...apart]),
      differences,
      at,
    );
    for (const repair of repairs) setMended(register.db, repair.caseId, repair.mendedFrom, repair.mendedAt);
    // No difference of the records: they go again by themselves, under their hash.
    if (reopenFiles(register.db, summary.missingFiles ?? [], at) > 0) register.push?.wake();
    noteChange(register, state, `${here.length} di kantor, ${summary.cases} di provinsi`);
    putProofRun(register.db, {
      state,
      at,
      casesHere: here.length,
      casesThere: summary.cases,
      receipts,
    });
  });
  return state;
}

/** An answer that says nothing of the cases: what was found before stays as it was. */
function keepVerdict(register: Register, link: OfficeLink, state: 'tidak_terbukti' | 'tidak_didukung'): void {
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    const at = instant(register.clock);
    const before = findProofRun(register.db);
    noteChange(register, state, '');
    putProofRun(register.db, {
      state,
      at,
      casesHere: before?.casesHere ?? 0,
      casesThere: before?.casesThere ?? 0,
      receipts: countReceipts(register.db),
    });
  });
}

/** The journal keeps when the sides came apart and when they met again, not every look. */
function noteChange(register: Register, state: ProofState, detail: string): void {
  if (findProofRun(register.db)?.state === state) return;
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'pencocokan_provinsi',
    payload: { hasil: state, ...(detail === '' ? {} : { keterangan: detail }) },
  });
}

function areasOf(
  here: readonly ProofBranch[],
  there: readonly ProofBranch[],
  apart: readonly { kelurahan: string; rw: number }[],
): AreaRecord[] {
  const [ours, theirs] = [here, there].map(
    (branches) => new Map(branches.map((branch) => [branchKey(branch), branch])),
  );
  const differs = new Set(apart.map(branchKey));
  // Where only what has lost its receipt lies, neither side counts anything.
  const all = new Map([...here, ...there, ...apart].map((area) => [branchKey(area), area]));
  return [...all].map(([key, { kelurahan, rw }]) => ({
    kelurahan,
    rw,
    here: ours?.get(key)?.cases ?? 0,
    there: theirs?.get(key)?.cases ?? 0,
    same: !differs.has(key),
  }));
}

/**
 * What differs, case by case, and the RWs that do not add up on both sides. What got a receipt, or lost one,
 * while the province was asked, and what waits for one, is left out of both: it is compared the next time.
 * What is stated as received without a receipt differs also where all RWs add up: they count what is proven.
 */
function differencesIn(
  register: Register,
  { here, there, hereOfThose }: Compared,
): { found: NewDifference[]; apart: { kelurahan: string; rw: number }[] } {
  const unproven = new Map(listUnprovenCases(register.db).map((placed) => [placed.caseId, placed]));
  const compared = new Set(hereOfThose.map(({ caseId }) => caseId));
  const ofSameRws = here.filter(({ caseId }) => !compared.has(caseId) && unproven.has(caseId));
  const ours = new Map([...hereOfThose, ...ofSameRws].map((held) => [held.caseId, held]));
  const theirs = new Map([...there, ...ofSameRws].map((leaf) => [leaf.caseId, leaf]));
  const found: NewDifference[] = [];
  const later = new Set<string>();
  for (const caseId of new Set([...ours.keys(), ...theirs.keys(), ...unproven.keys()])) {
    const [own, other] = [ours.get(caseId) ?? null, theirs.get(caseId) ?? null];
    const standing = standingOf(register, caseId, own, other);
    if (standing === 'kelak') later.add(caseId);
    const { kelurahan, rw, number } = own ??
      other ??
      unproven.get(caseId) ?? { kelurahan: '', rw: 0, number: '' };
    if (standing === 'kelak' || standing === 'sama') continue;
    const [thereKey, thereHash] = [other?.key ?? null, other?.hash ?? null];
    found.push({ caseId, kind: standing, kelurahan, rw, number, thereKey, thereHash });
  }
  const [branchesHere, branchesThere] = [hereOfThose, there].map((leaves) =>
    branchesOf(
      leaves.filter(({ caseId }) => !later.has(caseId)),
      sha256,
    ),
  );
  return { found, apart: differingRws(branchesHere ?? [], branchesThere ?? []) };
}

/** How the two sides stand to each other in one case. */
function standingOf(
  register: Register,
  caseId: string,
  own: Placed | null,
  other: Placed | null,
): DifferenceKind | 'sama' | 'kelak' {
  if (newestConfirmed(register, caseId) !== (own?.key ?? null)) return 'kelak';
  if (other === null) return 'hilang_di_provinsi';
  const records = listRecordsOfCase(register.db, caseId);
  if (own?.key === other.key) {
    if (own.hash !== other.hash) return 'isi_berbeda';
    const [newest, unproven] = [
      records.findIndex(({ key }) => key === own.key),
      records.findLastIndex(isUnproven),
    ];
    if (unproven >= 0) return unproven > newest ? 'hilang_di_provinsi' : 'hilang_di_kantor';
    return branchKey(own) === branchKey(other) ? 'sama' : 'rw_berbeda';
  }
  const known = records.find(({ key }) => key === other.key);
  if (known === undefined) return 'hilang_di_kantor';
  if (isProven(known)) return 'hilang_di_provinsi';
  return waitingOutboxStates.includes(known.state) ? 'kelak' : 'hilang_di_kantor';
}

/** Key of the newest record of a case that the province has given a receipt for, as of now. */
function newestConfirmed({ db }: Register, caseId: string): string | null {
  const confirmed = listRecordsOfCase(db, caseId).filter(isProven);
  return confirmed.toSorted((one, other) => (other.version ?? 0) - (one.version ?? 0))[0]?.key ?? null;
}
