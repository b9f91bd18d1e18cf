import { createHmac, randomBytes } from 'node:crypto';
import type { FindingCount, FindingFilter, FindingRow } from '../../shared/contract/finding.ts';
import {
  FindingKind,
  findingOutcomeLabel,
  findingRules,
  type FindingOutcome,
  isPairVerdict,
  outcomesOf,
} from '../../shared/domain/finding.ts';
import { differingDigits } from '../../shared/domain/nik.ts';
import { daysSince } from '../../shared/domain/queue.ts';
import { AppError, type AppProblem } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import {
  countFindings,
  countUnscanned,
  findFinding,
  type FindingRecord,
  type FindingTally,
  listFindings,
  settleFinding,
  totalOfFindings,
  unsettleFinding,
} from '../store/finding.ts';
import { appendEvent } from '../store/journal.ts';
import { getCase } from './case-steps.ts';
import { scanNow, scanSome, scanWaits } from './finding-scan.ts';
import { declineCase, restoreCase } from './merge.ts';
import { declinedOf } from './merge-candidates.ts';
import { sayOfPairs, takeBackSaid } from './not-same.ts';
import type { Register, ServiceActor } from './register.ts';

/**
 * The worklist: one page of it, and the counts of each kind beside it. Who begins at its top has changed
 * cases looked at first; a page further down waits for none, and does not slip under the reader.
 */
export function findingPage(
  register: Register,
  input: { filter: FindingFilter; offset: number; limit: number },
): { total: number; pending: number; rows: FindingRow[]; counts: FindingCount[]; rws: number[] } {
  const pending = input.offset === 0 ? scanSome(register) : countUnscanned(register.db);
  const rows = listFindings(register.db, input.filter, input);
  const tallies = countFindings(register.db);
  return {
    total: totalOfFindings(tallies, input.filter),
    pending,
    rows: rows.map((row) => toRow(register, row)),
    counts: countsOf(register, tallies, input.filter.rw),
    rws: [...new Set(tallies.map(({ rw }) => rw))].toSorted((left, right) => left - right),
  };
}

/** Looks at cases that changed, for an instant; how many are left. */
export function lookForFindings(register: Register): { pending: number; renewing: AppProblem | null } {
  return { pending: scanSome(register), renewing: scanWaits(register) };
}

/** One finding as it is now, open, settled or gone. @throws AppError `not_found`. */
export function findingNow(register: Register, id: string): FindingRow {
  return toRow(register, getFinding(register, id));
}

/**
 * Both sides of a finding with their numbers whole. Notes who had them shown, and of which finding.
 *
 * @throws AppError `not_found`.
 */
export function revealFinding(
  register: Register,
  actor: ServiceActor,
  id: string,
): { reported: string | null; listed: string | null; mark: string } {
  return transaction(register.db, () => {
    const finding = getFinding(register, id);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'nomor_ditampilkan',
      caseId: finding.caseId,
      payload: { temuan: id, keterangan: describe(finding) },
    });
    return { reported: finding.reported, listed: finding.listed, mark: markOf(finding) };
  });
}

/**
 * Settles a finding, with how and a note; two cases said to be two families are remembered as such, and so is whether
 * somebody of a list is the member.
 *
 * @throws AppError `not_found`, `finding_settled` where a colleague was first, `invalid_input` for an
 * outcome that the kind does not offer, `step_needs` for either without a reason, `proposal_changed` for a member who left,
 * `finding_changed` where a look meanwhile, or this one, found something else than the person saw,
 * `finding_gone` where what is said of a person is no question any more: a colleague said it of another finding of that row.
 */
export function resolveFinding(
  register: Register,
  actor: ServiceActor,
  {
    id,
    outcome,
    note,
    mark,
  }: { id: string; outcome: FindingOutcome; note: string; mark?: string | undefined },
): void {
  transaction(register.db, () => {
    const by = actor.id;
    if (by === null) throw new AppError('not_logged_in');
    if (isPairVerdict(outcome)) scanNow(register, getFinding(register, id).caseId);
    const finding = getFinding(register, id);
    if (finding.resolvedAt !== null)
      throw new AppError('finding_settled', { by: finding.resolvedByName ?? 'rekan lain' });
    if (isPairVerdict(outcome) && finding.gone) throw new AppError('finding_gone');
    if (mark !== undefined && mark !== markOf(finding)) throw new AppError('finding_changed');
    const { kind, caseId, memberId, listedPersons } = finding;
    if (!outcomesOf({ kind, ofPerson: listedPersons.length > 0 }).includes(outcome))
      throw new AppError('invalid_input');
    const at = instant(register.clock);
    settleFinding(register.db, id, { outcome, note, at, by });
    if (outcome === 'keluarga_lain' && finding.otherCaseId !== null)
      declineCase(register, actor, { caseId: finding.caseId, otherId: finding.otherCaseId, reason: note });
    if (isPairVerdict(outcome) && memberId !== null)
      sayOfPairs(register, { accountId: by, stroke: id }, getCase(register, caseId), {
        memberId,
        personIds: listedPersons,
        verdict: outcome === 'orang_sama' ? 'sama' : 'bukan',
        reason: note,
      });
    appendEvent(register.db, {
      at,
      actor: { id: by, role: actor.role },
      type: 'temuan_selesai',
      caseId: finding.caseId,
      payload: {
        temuan: id,
        jenis: finding.kind,
        hasil: outcome,
        alasan: note,
        keterangan: `${describe(finding)}: ${findingOutcomeLabel[outcome].toLowerCase()}.`,
      },
    });
  });
}

/**
 * Opens a settled finding again, once its case was looked at: what no longer holds stays settled as it
 * is, with its outcome and note; what that look found stays found, also where this finding is gone.
 * "Bukan keluarga yang sama" and what was said of a member and a person of a list are taken back, or the pair would
 * never be seen again.
 *
 * @throws AppError `not_found`, `finding_gone`.
 */
export function reopenFinding(register: Register, actor: ServiceActor, id: string): void {
  scanNow(register, getFinding(register, id).caseId);
  transaction(register.db, () => {
    const finding = getFinding(register, id);
    if (finding.resolvedAt === null) return;
    const { caseId, otherCaseId } = finding;
    if (isPairVerdict(finding.outcome)) {
      takeBackSaid(register, actor, { stroke: id, since: finding.resolvedAt }, caseId);
      // Only now can be seen whether it is still a question.
      scanNow(register, caseId);
    }
    if (finding.outcome === 'keluarga_lain') {
      const said = declinedOf(register, caseId).find(({ otherId }) => otherId === otherCaseId);
      if (said !== undefined) {
        restoreCase(register, actor, { caseId, verdictId: said.verdictId, reason: null });
        // Only now can be seen whether the two still look like one; where they do not, the verdict stands.
        scanNow(register, caseId);
      }
    }
    if (getFinding(register, id).gone) throw new AppError('finding_gone');
    unsettleFinding(register.db, id);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'temuan_dibuka_lagi',
      caseId: finding.caseId,
      payload: { temuan: id, keterangan: describe(finding) },
    });
  });
}

/** Sums of the counting query, one a kind that occurs, in the order of the table of kinds. */
export function countsOf(
  register: Register,
  tallies: readonly FindingTally[],
  rw: number | undefined,
): FindingCount[] {
  return FindingKind.options.flatMap((kind) => {
    const own = tallies.filter((tally) => tally.kind === kind && (rw === undefined || tally.rw === rw));
    if (own.length === 0) return [];
    const oldest = own
      .flatMap((tally) => tally.oldest ?? [])
      .toSorted()
      .at(0);
    return [
      {
        kind,
        open: own.reduce((sum, tally) => sum + tally.open, 0),
        settled: own.reduce((sum, tally) => sum + tally.settled, 0),
        oldestDays: oldest === undefined ? null : daysSince(oldest, instant(register.clock)),
      },
    ];
  });
}

export function toRow(
  register: Register,
  { nik: _nik, listedPersons, ...record }: FindingRecord,
): FindingRow {
  return {
    ...record,
    ofPerson: listedPersons.length > 0,
    mark: markOf({ ...record, listedPersons }),
    days: daysSince(record.foundAt, instant(register.clock)),
    differing: differingDigits(record.reported, record.listed),
  };
}

/** Of both sides and of the rows of the list: another where a look found something else. */
function markOf({
  reported,
  listed,
  note,
  listedPersons,
}: Pick<FindingRecord, 'reported' | 'listed' | 'note' | 'listedPersons'>): string {
  const seen = JSON.stringify([reported, listed, note, listedPersons.toSorted()]);
  return createHmac('sha256', markKey).update(seen).digest('hex');
}

/** So that no number that is masked can be tried out by its mark, which is of use until the program ends. */
const markKey = randomBytes(32);

function getFinding(register: Register, id: string): FindingRecord {
  const found = findFinding(register.db, id);
  if (found === null) throw new AppError('not_found');
  return found;
}

/** "Nama berbeda, Siti Aminah (DTKS)". */
function describe({ kind, subject, source }: FindingRecord): string {
  return `${findingRules[kind].label}, ${subject} (${source})`;
}
