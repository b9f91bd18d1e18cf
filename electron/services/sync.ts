import type { z } from 'zod';
import type {
  ConnectionState,
  Enrolment,
  OutboxItem,
  OutboxPart,
  SyncStatus,
} from '../../shared/contract/sync.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import type { EnrolResponse, PrivateKey, PublicKey } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { makeFilesDue, readAttachmentTotals } from '../store/attachment-push.ts';
import { deleteCourierKeys } from '../store/courier.ts';
import { countAnew, forgetWaitingItems } from '../store/down.ts';
import { forgetComparison } from '../store/proof.ts';
import { forgetRecapRefusals } from '../store/recap-receipts.ts';
import { countNumbersLeft, hasPools } from '../store/province-numbers.ts';
import { getOffice } from '../store/office.ts';
import {
  type LinkRecord,
  findLinkRecord,
  findNextKey,
  findOfficeKey,
  putLinkRecord,
  putNextKey,
  putOfficeKey,
  takeNextKey,
} from '../store/office-link.ts';
import { makeAllDue, makeDue } from '../store/sync.ts';
import { listOutbox, listOutboxOfCase, type OutboxView, readTotals } from '../store/sync-views.ts';
import { isOnThisComputer, readProvinceAddress } from '../sync/province-address.ts';
import type { Reply } from '../sync/province-client.ts';
import type { Connection } from '../sync/push.ts';
import { makeOfficeKey } from '../sync/signatures.ts';
import { countAttention, patientSince } from './attention.ts';
import { labelOfField } from './attention-place.ts';
import { countFailing, lookAtDamaged } from './failing-files.ts';
import { proofMark } from './proof.ts';
import type { Register, ServiceActor } from './register.ts';
import { holdingOf } from './settings.ts';
import { officeNameOf } from './setup.ts';
import { countFailed, isDownRefused, tryFailedAgain } from './sync-news.ts';
import { errorOfSilence, sentenceOfConnection, sentenceOfItem } from './sync-sentences.ts';

/** Clocks may differ this much before anyone is told. */
const clockTolerance = 5 * 60_000;

export function syncStatus(register: Register): SyncStatus {
  const link = findLinkRecord(register.db);
  const connection = connectionOf(register);
  const clockOff = connection.clockOff ?? 0;
  return {
    province: link === null ? null : { address: link.address, enrolledAt: link.enrolledAt },
    connection: stateOf(connection),
    sentence: sentenceOfConnection(connection),
    lastContactAt: connection.lastContactAt,
    ...readTotals(register.db),
    files: {
      ...readAttachmentTotals(register.db),
      failing: countFailing(register, patientSince(register)).files,
    },
    numbersLeft: hasPools(register.db) ? countNumbersLeft(register.db) : null,
    downRefused: isDownRefused(register),
    downFailed: countFailed(register),
    proof: proofMark(register),
    attention: countAttention(register),
    clockOffMinutes: Math.abs(clockOff) > clockTolerance ? -Math.round(clockOff / 60_000) : null,
  };
}

export function pageOfOutbox(
  register: Register,
  part: OutboxPart,
  offset: number,
  limit: number,
): { total: number; rows: OutboxItem[] } {
  const { total, rows } = listOutbox(register.db, part, { ...holdingOf(register), offset, limit });
  const connection = connectionOf(register);
  return { total, rows: rows.map((row) => toItem(register, row, connection)) };
}

export function outboxOfCase(register: Register, caseId: string): OutboxItem[] {
  const connection = connectionOf(register);
  return listOutboxOfCase(register.db, caseId, holdingOf(register)).map((row) =>
    toItem(register, row, connection),
  );
}

/** Sends what waits now, whatever wait was under way, and tries once more what was refused, or came down and failed. @throws AppError `not_enrolled`. */
export function retryNow(register: Register): SyncStatus {
  if (findLinkRecord(register.db) === null) throw new AppError('not_enrolled');
  transaction(register.db, () => {
    makeAllDue(register.db, instant(register.clock));
    makeFilesDue(register.db, instant(register.clock));
    forgetRecapRefusals(register.db);
    tryFailedAgain(register);
  });
  lookAtDamaged(register);
  register.push?.retryNow();
  return syncStatus(register);
}

/** As {@link retryNow}, of one item; the others keep their turn. @throws AppError `not_enrolled`, `not_found` where it waits no more. */
export function retryItem(register: Register, itemId: string): SyncStatus {
  if (findLinkRecord(register.db) === null) throw new AppError('not_enrolled');
  if (!transaction(register.db, () => makeDue(register.db, itemId, instant(register.clock))))
    throw new AppError('not_found');
  register.push?.retryNow();
  return syncStatus(register);
}

/**
 * Enrols this office with the code it got from the province. The key pair is stored before the first
 * try, so that a lost answer is asked for again under the same key; one that is asked for meanwhile waits for this
 * one's end, and asks the province only where it failed: its code was perhaps the same, and is used up.
 *
 * @throws AppError `province_address_invalid`, `province_address_insecure`, `province_training`,
 * `already_enrolled`, `enrolment_refused`, `province_refused`, and those of {@link errorOfSilence}.
 */
export async function enrolOffice(
  register: Register,
  actor: ServiceActor,
  input: z.infer<typeof Enrolment>,
): Promise<SyncStatus> {
  const asked = findLinkRecord(register.db);
  const before = register.enrolling;
  const over = Promise.withResolvers<void>();
  register.enrolling = over.promise;
  await before;
  try {
    const link = findLinkRecord(register.db);
    if (link !== null && link.credential !== asked?.credential) {
      if (link.address !== readProvinceAddress(input.address))
        throw new AppError('already_enrolled', { address: link.address });
      return syncStatus(register);
    }
    return await enrolAlone(register, actor, input);
  } finally {
    over.resolve();
  }
}

async function enrolAlone(
  register: Register,
  actor: ServiceActor,
  input: z.infer<typeof Enrolment>,
): Promise<SyncStatus> {
  const address = readProvinceAddress(input.address);
  if (register.training && !isOnThisComputer(address)) throw new AppError('province_training');
  const standing = findLinkRecord(register.db);
  if (standing !== null && connectionOf(register).refusal === null)
    throw new AppError('already_enrolled', { address: standing.address });
  const { push } = register;
  if (push === null) throw new AppError('province_unreachable');

  // A key whose enrolment was withdrawn is not used for the next one.
  const [find, put] = standing === null ? [findOfficeKey, putOfficeKey] : [findNextKey, putNextKey];
  const key = find(register.db) ?? (await storeNewKey(register, put));
  const { area } = getOffice(register.db);
  const office = { name: officeNameOf(register.areas, area), area };
  const former = standing?.address === address ? standing.officeId : undefined;
  const enrolled = readEnrolment(await push.client.enrol(address, key, office, input.code, former));
  transaction(register.db, () => {
    const at = instant(register.clock);
    const { officeId, credential, serverKey } = enrolled;
    deleteCourierKeys(register.db);
    forgetComparison(register.db);
    takeNextKey(register.db);
    register.heldLists.clear();
    register.failedItems.clear();
    if (standing !== null && (standing.address !== address || !knows(standing, serverKey)))
      forgetWaitingItems(register.db);
    // Of what was issued to another, it has taken nothing.
    else if (standing !== null && standing.officeId !== officeId) countAnew(register.db);
    putLinkRecord(register.db, { address, officeId, credential, serverKey, enrolledAt: at });
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: 'kantor_didaftarkan',
      payload: { alamat: address, kantor: officeId },
    });
  });
  push.retryNow();
  return syncStatus(register);
}

/** Whether the key was the province's before: else what came down and waits was perhaps not the province's word. */
function knows({ serverKey, vouchedKeys, earlierKeys }: LinkRecord, { x }: PublicKey): boolean {
  return [serverKey, ...vouchedKeys, ...earlierKeys].some((known) => known.x === x);
}

async function storeNewKey(register: Register, put: typeof putNextKey): Promise<PrivateKey> {
  const made = await makeOfficeKey();
  transaction(register.db, () => put(register.db, made, instant(register.clock)));
  return made;
}

function readEnrolment(reply: Reply<EnrolResponse>): EnrolResponse {
  switch (reply.kind) {
    case 'answered':
      return reply.answer;
    case 'silent':
    case 'busy':
      throw errorOfSilence(reply);
    case 'refused':
      throw reply.code === 'enrolment_refused'
        ? new AppError('enrolment_refused')
        : new AppError('province_refused', { sentence: reply.sentence, reason: reply.code });
    default:
      return assertNever(reply);
  }
}

function connectionOf(register: Register): Connection {
  return (
    register.push?.connection() ?? {
      state: 'checking',
      lastContactAt: null,
      silence: null,
      refusal: null,
      clockOff: null,
    }
  );
}

function stateOf(connection: Connection): ConnectionState {
  switch (connection.state) {
    case 'not_enrolled':
      return 'belum_terdaftar';
    case 'checking':
      return 'memeriksa';
    case 'online':
      return 'tersambung';
    case 'offline':
      return 'terputus';
    case 'refused':
      return 'ditolak';
    default:
      return assertNever(connection.state);
  }
}

function toItem(register: Register, view: OutboxView, connection: Connection): OutboxItem {
  const { id, caseId, number, headName, rt, rw, state, tries, updatedAt, hash, receipt } = view;
  const waits = state === 'menunggu' || state === 'ditahan';
  return {
    id,
    caseId,
    number,
    headName,
    rt,
    rw,
    state,
    sentence: sentenceOfItem(view, connection),
    field: labelOfField(register, caseId, view.problem?.field ?? null),
    tries,
    toMend: view.awaitsMend,
    queuedAt: view.createdAt,
    updatedAt,
    hash,
    mayRetry: waits && !view.held,
    courier: waits ? view.courier : null,
    receipt,
    sharing: view.sharing,
  };
}
