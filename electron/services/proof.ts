import type { ProofMark, ProofState, ProofVia, ProofView } from '../../shared/contract/proof.ts';
import { AppError } from '../../shared/errors.ts';
import { branchKey, type ProofBranch } from '../../shared/provincial/proof.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { reopenFiles } from '../store/attachment-push.ts';
import { appendEvent } from '../store/journal.ts';
import {
  type AreaRecord,
  countDifferences,
  countReceipts,
  differenceKey,
  findProofRun,
  isRepairThrough,
  listDifferences,
  listMended,
  listProofAreas,
  putProofRun,
  replaceCarried,
  replaceComparison,
  setMended,
} from '../store/proof.ts';
import type { OfficeLink, ProvinceClient, Reply } from '../sync/province-client.ts';
import { askProvince, type Compared, readableHoldings } from './proof-ask.ts';
import { differencesIn } from './proof-differences.ts';
import { isStanding } from './province-keys.ts';
import { type Register, systemActor } from './register.ts';
import { findOfficeLink } from './sync-push.ts';
import { errorOfSilence } from './sync-sentences.ts';

/** The proof that both sides hold the same; decisions behind it: docs/adr/0024-proof-by-hashes.md. */

/** Milliseconds between two comparisons: after new receipts, and where nothing happened. */
const pause = { changed: 10 * 60_000, idle: 6 * 3_600_000 } as const;

/** In short, for the foot of every screen. */
export function proofMark({ db }: Register): ProofMark {
  const run = findProofRun(db);
  return run === null
    ? null
    : {
        state: run.state,
        at: run.at,
        via: run.via,
        differences: countDifferences(db),
        later: run.later,
      };
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
      ({ caseId, subject, kind, number, headName, kelurahan, rw, rt, foundAt, mendedFrom }) => ({
        caseId,
        subject,
        kind,
        number,
        headName,
        kelurahan,
        rw,
        rt,
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
 * are asked for. The outcome is kept, also that this office could not read what it holds; a silent province leaves
 * the last one standing.
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
    const here = readableHoldings(register);
    if (here === null) {
      keepVerdict(register, link, 'tidak_terbanding');
      return { kind: 'answered', answer: 'tidak_terbanding' };
    }
    const asked = await askProvince(here, client, link, signal);
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

/** How a proof came, and as of when it is. */
interface Came {
  via: ProofVia;
  /** ISO instant; null is now. */
  at: string | null;
  /** Cases that it leaves to the next one. */
  later: number;
  /** Number of the courier's bundle that it answers: of files that arrived there since that was made, it may not have known. */
  bundle: number | null;
}

const overTheLine: Came = { via: 'sambungan', at: null, later: 0, bundle: null };

/** Of a province that was left nothing is kept: the next comparison asks the one of now. */
export function keepComparison(
  register: Register,
  link: OfficeLink,
  compared: Compared,
  came: Came = overTheLine,
): ProofState {
  const { summary, receipts, mended, since, records } = compared;
  const { here, branchesHere } = records;
  const { found, apart, later } = differencesIn(register, compared);
  // A repair that is under way, or was made since the province was asked, stands until it is through.
  const repairs = listMended(register.db).filter(
    (repair) => repair.underWay || !mended.has(differenceKey(repair)) || since.has(differenceKey(repair)),
  );
  const again = new Set(found.map(differenceKey));
  const differences = [...found, ...repairs.filter((repair) => !again.has(differenceKey(repair)))];
  const state = differences.length === 0 && apart.length === 0 ? 'cocok' : 'berbeda';
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    const at = instant(register.clock);
    replaceComparison(
      register.db,
      areasOf(branchesHere, summary.branches, [...differences, ...apart], later),
      differences,
      at,
    );
    // Those of the comparison before are of what differed then.
    replaceCarried(register.db, new Map());
    for (const repair of repairs) setMended(register.db, repair, repair.mendedFrom, repair.mendedAt);
    // No difference of the records: they go again by themselves, under their hash.
    if (reopenFiles(register.db, summary.missingFiles ?? [], at, came.bundle) > 0) register.push?.wake();
    noteChange(register, state, `${here.length} di kantor, ${summary.cases} di provinsi`);
    putProofRun(register.db, {
      state,
      at: came.at ?? at,
      via: came.via,
      casesHere: here.length,
      casesThere: summary.cases,
      // What is left to the next one is no reason to wait for it.
      receipts: receipts - came.later,
      serverTime: summary.serverTime,
      later: came.later,
    });
  });
  return state;
}

/** An answer that says nothing of the cases: what was found before stays as it was. */
export function keepVerdict(
  register: Register,
  link: OfficeLink,
  state: Exclude<ProofState, 'cocok' | 'berbeda'>,
  via: ProofVia = 'sambungan',
): void {
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    const at = instant(register.clock);
    const before = findProofRun(register.db);
    noteChange(register, state, '');
    putProofRun(register.db, {
      state,
      at,
      via,
      casesHere: before?.casesHere ?? 0,
      casesThere: before?.casesThere ?? 0,
      receipts: countReceipts(register.db),
      serverTime: null,
      later: 0,
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
  later: readonly { caseId: string; kelurahan: string; rw: number }[],
): AreaRecord[] {
  const [ours, theirs] = [here, there].map(
    (branches) => new Map(branches.map((branch) => [branchKey(branch), branch])),
  );
  const differs = new Set(apart.map(branchKey));
  const left = Map.groupBy(later, branchKey);
  // Where only what has lost its receipt lies, neither side counts anything.
  const all = new Map([...here, ...there, ...apart, ...later].map((area) => [branchKey(area), area]));
  return [...all].map(([key, { kelurahan, rw }]) => ({
    kelurahan,
    rw,
    here: ours?.get(key)?.cases ?? 0,
    there: theirs?.get(key)?.cases ?? 0,
    same: !differs.has(key),
    later: new Set(left.get(key)?.map(({ caseId }) => caseId)).size,
  }));
}
