import { assertNever } from '../../shared/domain/assert-never.ts';
import type { CaseAction } from '../../shared/domain/case-flow.ts';
import { findEdge } from '../../shared/domain/case-flow.ts';
import {
  nextOutboxState,
  type OutboxEvent,
  settledOutboxStates,
  waitingOutboxStates,
} from '../../shared/domain/outbox.ts';
import { instant } from '../clock.ts';
import { findCaseState } from '../store/cases.ts';
import { savepointOr, transaction } from '../store/connection.ts';
import { findKnownVersion, listOpenClashes, lowerKnownVersion } from '../store/clashes.ts';
import {
  findOutboxItem,
  findProblemOf,
  findReceiptedVersion,
  findStateOf,
  insertReceipt,
  isKeptBack,
  isNewestOfCase,
  makeChildrenDue,
  type OutboxProblem,
  type OutboxItem,
  setOutboxState,
} from '../store/sync.ts';
import { backoffAfter } from '../sync/backoff.ts';
import type { Settlement } from '../sync/outgoing.ts';
import { labelOfField } from './attention-place.ts';
import { takeStep } from './case-steps.ts';
import { type Register, systemActor } from './register.ts';
import { holdingOf } from './settings.ts';
import { queueAttachments } from './sync-attachments.ts';
import { settleConfirmed } from './sync-choices.ts';
import { tellWithoutParent } from './sync-consent.ts';
import {
  dropKeptBack,
  retractAnew,
  retractWithout,
  sendUnderFreeNumber,
  settleAgreed,
} from './sync-queue.ts';
import { takeOver } from './sync-takeover.ts';

const parallelReason = 'Provinsi mengubah isian lain pada waktu yang sama';

/**
 * Writes down what became of a batch, in one transaction: item, receipt, and the case's own steps
 * with their events. An answer that comes a second time, or too late, changes nothing. One that cannot be
 * written down holds none of the others up: its record waits, and is answered alike when it is sent again.
 *
 * @returns how many of the items came to their end by it
 */
export function settleOutbox(
  register: Register,
  settlements: readonly Settlement[],
  random: () => number,
): number {
  return transaction(register.db, () => {
    let ended = 0;
    for (const settlement of settlements) {
      const item = findOutboxItem(register.db, settlement.itemId);
      if (item !== null && settleAlone(register, item, settlement, random)) ended += 1;
    }
    return ended;
  });
}

/**
 * @returns whether the item came to its end by it
 * @throws where the register itself cannot be written, as on a full disk: then nothing of the batch is.
 */
function settleAlone(
  register: Register,
  item: OutboxItem,
  settlement: Settlement,
  random: () => number,
): boolean {
  return savepointOr(
    register.db,
    () => settle(register, item, settlement, random),
    (cause) => {
      settle(register, item, { itemId: item.id, outcome: 'unclear', ...notWritten }, random);
      register.logFailure(cause);
      return false;
    },
  );
}

const notWritten = {
  code: 'answer_not_kept',
  sentence: 'Jawaban provinsi untuk berkas ini belum dapat dicatat di sini.',
} as const;

/** @returns whether the item came to its end by it */
function settle(register: Register, item: OutboxItem, given: Settlement, random: () => number): boolean {
  const settlement = comesBeforeItsParents(register, item, given)
    ? ({ itemId: item.id, outcome: 'unclear', ...parentUnanswered } as const)
    : given;
  const state = nextOutboxState(item.state, eventOf(settlement));
  if (state === null) return false;
  const now = register.clock.now();
  const at = now.toISOString();
  const nextTryAt = new Date(now.getTime() + backoffAfter(Math.max(1, item.tries), random())).toISOString();
  setOutboxState(register.db, item.id, {
    state,
    nextTryAt,
    problem: problemOf(register, item, settlement),
    at,
  });
  const isEnd = settledOutboxStates.includes(state);
  if (isEnd) makeChildrenDue(register.db, item, at);
  follow(register, item, settlement);
  return isEnd;
}

/** What an answer means for the case, and for what else is queued of it. */
function follow(register: Register, item: OutboxItem, settlement: Settlement): void {
  switch (settlement.outcome) {
    case 'confirmed': {
      const { receiptId, jws, serverTime, version, merge } = settlement;
      insertReceipt(register.db, {
        id: receiptId,
        outboxId: item.id,
        jws,
        hash: item.hash,
        version,
        serverTime,
        receivedAt: instant(register.clock),
      });
      const known = findKnownVersion(register.db, item.caseId);
      if (merge !== null)
        takeOver(register, item.caseId, {
          baseVersion: item.baseVersion,
          version,
          edits: merge.theirs,
          reason: parallelReason,
        });
      queueAttachments(register, item.id);
      if (item.kind === 'case.retracted') dropKeptBack(register, item);
      settleConfirmed(register, item, { version, theirs: merge?.theirs ?? [] }, known);
      step(register, item, 'catat_terkirim', null);
      step(register, item, 'catat_diterima', null, `Tanda terima ${receiptId}`);
      return;
    }
    case 'conflict': {
      const { version, clashes, theirs } = settlement;
      takeOver(register, item.caseId, {
        baseVersion: item.baseVersion,
        version,
        edits: theirs,
        record: item.id,
        clashes,
        reason: parallelReason,
      });
      step(register, item, 'catat_terkirim', null);
      settleAgreed(register, item.caseId);
      return;
    }
    case 'rejected': {
      const lost = settlement.code === 'base_version' && forgetLostChange(register, item.caseId);
      // What builds on a record that a person must still decide on, or has, has nothing of its own to mend.
      if (settleAgreed(register, item.caseId)) return;
      if (listOpenClashes(register.db, item.caseId).length > 0) return;
      const retractsInVain =
        item.kind === 'case.retracted' && (lost || settlement.code === 'parent_rejected');
      if (retractsInVain && retractAnew(register, item)) return;
      if (sendUnderFreeNumber(register, item)) return;
      step(register, item, 'catat_terkirim', null);
      step(register, item, 'catat_ditolak', rejectionReason(register, item, settlement));
      return;
    }
    case 'held':
      if (settlement.code !== 'parent_missing') return;
      if (item.kind === 'case.retracted') retractWithout(register, item);
      else if (item.kind === 'family.consent') tellWithoutParent(register, item);
      return;
    case 'unclear':
      return;
    default:
      assertNever(settlement);
  }
}

const parentUnanswered = {
  code: 'parent_unanswered',
  sentence: 'Menunggu jawaban provinsi untuk catatan sebelumnya dari berkas yang sama.',
} as const;

/**
 * Whether the record was rejected for one before it that still waits here: its own answer was lost, or proved
 * nothing yet. What is to become of this one, a person's mending or a retraction on other ground, that answer
 * tells; until then it is asked for again like the other. What a family keeps here gets no answer any more, and a
 * retraction goes past it, once nobody has it on its way.
 */
function comesBeforeItsParents(register: Register, item: OutboxItem, settlement: Settlement): boolean {
  if (settlement.outcome !== 'rejected' || settlement.code !== 'parent_rejected' || item.parent === null)
    return false;
  const parent = findStateOf(register.db, item.parent);
  if (parent === null || !waitingOutboxStates.includes(parent)) return false;
  return (
    parent === 'dikirim' ||
    item.kind !== 'case.retracted' ||
    !isKeptBack(register.db, item.caseId, holdingOf(register))
  );
}

/**
 * A province that holds nothing of the version that a record builds on has lost a change of its own, which no
 * proof names: what it gave a receipt for is still there. The next record builds on that.
 *
 * @returns whether more was known than it gave receipts for
 */
function forgetLostChange({ db, clock }: Register, caseId: string): boolean {
  const receipted = findReceiptedVersion(db, caseId);
  if (findKnownVersion(db, caseId) <= receipted) return false;
  lowerKnownVersion(db, caseId, receipted, instant(clock));
  return true;
}

/** The case moves with its newest item, where the table has the edge; a receipt counts in any case. */
function step(
  register: Register,
  item: OutboxItem,
  action: CaseAction,
  reason: string | null,
  detail?: string,
): void {
  if (!isNewestOfCase(register.db, item)) return;
  const state = findCaseState(register.db, item.caseId);
  if (state === null || findEdge(state, action) === null) return;
  const payload = { kiriman: item.key, ...(detail === undefined ? {} : { keterangan: detail }) };
  takeStep(register, systemActor, { caseId: item.caseId, action, reason, payload });
}

function eventOf(settlement: Settlement): OutboxEvent {
  switch (settlement.outcome) {
    case 'confirmed':
      return 'terima';
    case 'rejected':
      return 'tolak';
    case 'held':
      return 'tahan';
    case 'unclear':
      return 'tunda';
    case 'conflict':
      return 'tentang';
    default:
      return assertNever(settlement);
  }
}

function problemOf(register: Register, item: OutboxItem, settlement: Settlement): OutboxProblem | null {
  if (settlement.outcome === 'confirmed') return null;
  const { code, sentence } = settlement;
  switch (settlement.outcome) {
    case 'rejected': {
      // What must be mended is the field of the record before.
      const cause =
        code === 'parent_rejected' && item.parent !== null ? findProblemOf(register.db, item.parent) : null;
      return cause ?? { code, sentence, field: settlement.field };
    }
    case 'conflict':
      return { code, sentence, field: settlement.clashes[0]?.path ?? null };
    case 'held':
    case 'unclear':
      return { code, sentence, field: null };
    default:
      return assertNever(settlement);
  }
}

function rejectionReason(
  register: Register,
  { caseId }: OutboxItem,
  { field, sentence }: Extract<Settlement, { outcome: 'rejected' }>,
): string {
  const label = labelOfField(register, caseId, field);
  return label === null ? sentence : `${sentence} (${label})`;
}
