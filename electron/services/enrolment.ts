import type { z } from 'zod';
import type { Enrolment, SyncStatus } from '../../shared/contract/sync.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError } from '../../shared/errors.ts';
import type { EnrolRequest, EnrolResponse, PrivateKey, PublicKey } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { type CourierKeys, deleteCourierKeys, putCourierKeys } from '../store/courier.ts';
import { deleteAskedEnrolment } from '../store/courier-enrolment.ts';
import { countAnew, forgetWaitingItems } from '../store/down.ts';
import { appendEvent } from '../store/journal.ts';
import { getOffice } from '../store/office.ts';
import {
  findLinkRecord,
  findNextKey,
  findOfficeKey,
  type LinkRecord,
  putLinkRecord,
  putNextKey,
  putOfficeKey,
  takeNextKey,
} from '../store/office-link.ts';
import { forgetComparison } from '../store/proof.ts';
import { isOnThisComputer, readProvinceAddress } from '../sync/province-address.ts';
import type { Reply } from '../sync/province-client.ts';
import { makeOfficeKey } from '../sync/signatures.ts';
import type { Register, ServiceActor } from './register.ts';
import { officeNameOf } from './setup.ts';
import { connectionOf, syncStatus } from './sync.ts';
import { errorOfSilence } from './sync-sentences.ts';

/** How the office comes to be one of the province's; without a line: `courier-enrolment.ts`. */

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
  return await inTurn(register, async () => {
    const link = findLinkRecord(register.db);
    if (link === null || link.credential === asked?.credential)
      return await enrolAlone(register, actor, input);
    if (link.address !== readProvinceAddress(input.address))
      throw new AppError('already_enrolled', { address: link.address });
    return syncStatus(register);
  });
}

/** One enrolment at a time, over whatever way: each would make a key. */
export async function inTurn<Result>(register: Register, work: () => Promise<Result>): Promise<Result> {
  const before = register.enrolling;
  const over = Promise.withResolvers<void>();
  register.enrolling = over.promise;
  await before;
  try {
    return await work();
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

  const key = findKeyToEnrol(register, standing) ?? (await makeOfficeKey());
  transaction(register.db, () => keepKeyToEnrol(register, standing, key));
  const former = standing?.address === address ? standing.officeId : undefined;
  const enrolled = readEnrolment(
    await push.client.enrol(address, key, officeToEnrol(register), input.code, former),
  );
  transaction(register.db, () => keepEnrolment(register, actor, { standing, address, enrolled }));
  push.retryNow();
  return syncStatus(register);
}

/** A key whose enrolment was withdrawn is not used for the next one. Null where none is made yet. */
export function findKeyToEnrol({ db }: Register, standing: LinkRecord | null): PrivateKey | null {
  return standing === null ? findOfficeKey(db) : findNextKey(db);
}

/** In the caller's transaction; nothing where it is kept already. */
export function keepKeyToEnrol(register: Register, standing: LinkRecord | null, key: PrivateKey): void {
  if (findKeyToEnrol(register, standing) !== null) return;
  const put = standing === null ? putOfficeKey : putNextKey;
  put(register.db, key, instant(register.clock));
}

export function officeToEnrol({ db, areas }: Register): EnrolRequest['office'] {
  const { area } = getOffice(db);
  return { name: officeNameOf(areas, area), area };
}

/**
 * What the province answered stands from now on, in the caller's transaction; a file that asks for the same is over.
 *
 * @param standing the enrolment that it takes the place of
 * @param courierKeys where they came along
 */
export function keepEnrolment(
  register: Register,
  actor: ServiceActor,
  {
    standing,
    address,
    enrolled: { officeId, credential, serverKey },
    courierKeys = null,
  }: {
    standing: LinkRecord | null;
    address: string;
    enrolled: EnrolResponse;
    courierKeys?: CourierKeys | null;
  },
): void {
  const { db } = register;
  const at = instant(register.clock);
  deleteCourierKeys(db);
  deleteAskedEnrolment(db);
  forgetComparison(db);
  takeNextKey(db);
  register.heldLists.clear();
  register.failedItems.clear();
  register.downTroubles.clear();
  if (standing !== null && (standing.address !== address || !knows(standing, serverKey)))
    forgetWaitingItems(db);
  // Of what was issued to another, it has taken nothing.
  else if (standing !== null && standing.officeId !== officeId) countAnew(db);
  putLinkRecord(db, { address, officeId, credential, serverKey, enrolledAt: at });
  if (courierKeys !== null) putCourierKeys(db, courierKeys);
  appendEvent(db, {
    at,
    actor: { id: actor.id, role: actor.role },
    type: 'kantor_didaftarkan',
    payload: { alamat: address, kantor: officeId, lewat: courierKeys === null ? 'sambungan' : 'kurir' },
  });
}

/** Whether the key was the province's before: else what came down and waits was perhaps not the province's word. */
function knows({ serverKey, vouchedKeys, earlierKeys }: LinkRecord, { x }: PublicKey): boolean {
  return [serverKey, ...vouchedKeys, ...earlierKeys].some((known) => known.x === x);
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
