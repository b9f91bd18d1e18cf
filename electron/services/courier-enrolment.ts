import { z } from 'zod';
import type { CourierEnrolment, EnrolmentWaiting } from '../../shared/contract/courier.ts';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import { AppError } from '../../shared/errors.ts';
import { CourierKey } from '../../shared/provincial/courier.ts';
import {
  CourierEnrolRequest,
  EnrolmentAsked,
  enrolmentDirection,
  type EnrolmentHeader,
  EnrolmentTold,
} from '../../shared/provincial/courier-enrolment.ts';
import { EnrolResponse, type PrivateKey, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import type { CourierKeys } from '../store/courier.ts';
import { type AskedEnrolment, findAskedEnrolment, putAskedEnrolment } from '../store/courier-enrolment.ts';
import { appendEvent } from '../store/journal.ts';
import { findLinkRecord, findOfficeKey } from '../store/office-link.ts';
import { canSealFor, encryptionHalf, lookAt, makeDecryptionKey } from '../sync/courier-file.ts';
import { hashCode, idOfCode, openEnrolment, openWith, sealEnrolment } from '../sync/enrolment-file.ts';
import { isOnThisComputer, readProvinceAddress } from '../sync/province-address.ts';
import { enrolRequest } from '../sync/province-client.ts';
import { makeOfficeKey, openSigned, signJson } from '../sync/signatures.ts';
import { findKeyToEnrol, inTurn, keepEnrolment, keepKeyToEnrol, officeToEnrol } from './enrolment.ts';
import type { Register, ServiceActor } from './register.ts';
import { connectionOf, syncStatus } from './sync.ts';

/** The enrolment that a courier carries; decisions behind it: docs/adr/0026-courier-bundles.md. */

export function enrolmentWaiting({ db }: Register): EnrolmentWaiting {
  const asked = findAskedEnrolment(db);
  return asked === null ? null : { askedAt: asked.askedAt };
}

/**
 * Writes what the line would ask, signed for this way and sealed with the code. The key and what the answer is opened with are
 * kept before the file is handed out; a request with another code takes the place of the one before. Also for an
 * office that is enrolled, as long as it has no line: that its enrolment was withdrawn, it hears of nobody.
 *
 * @throws AppError `already_enrolled`.
 */
export async function askByCourier(
  register: Register,
  actor: ServiceActor,
  { code }: z.infer<typeof CourierEnrolment>,
): Promise<{ content: string; fileName: string }> {
  return await inTurn(register, async () => {
    const { db } = register;
    const standing = findLinkRecord(db);
    if (standing !== null && connectionOf(register).state === 'online')
      throw new AppError('already_enrolled', { address: standing.address });
    const key = findKeyToEnrol(register, standing) ?? (await makeOfficeKey());
    const asked: AskedEnrolment = {
      codeHash: hashCode(code),
      publicKey: key.x,
      // The same for every request that waits: whichever is answered can be read.
      replyKey: findAskedEnrolment(db)?.replyKey ?? (await makeDecryptionKey()),
      askedAt: instant(register.clock),
    };
    const office = officeToEnrol(register);
    const request: CourierEnrolRequest = {
      ...enrolRequest(key, office, code, standing?.officeId),
      replyKey: encryptionHalf(asked.replyKey),
      training: register.training,
    };
    const { bytes, signature } = signJson(key, request, signatureType.courierEnrolment);
    const content = await sealEnrolment(
      asked.codeHash,
      { typ: enrolmentDirection.up, wire: wireVersion, key: key.x },
      EnrolmentAsked.parse({
        wire: wireVersion,
        request: Buffer.from(bytes).toString('base64url'),
        signature,
      }),
    );
    transaction(db, () => {
      keepKeyToEnrol(register, standing, key);
      putAskedEnrolment(db, asked);
      appendEvent(db, {
        at: asked.askedAt,
        actor: { id: actor.id, role: actor.role },
        type: 'pendaftaran_kurir_diminta',
        payload: {},
      });
    });
    return { content, fileName: `kurir-daftar-${office.area.replaceAll('.', '')}.mutakhir` };
  });
}

/**
 * Reads the province's answer: the office is enrolled by it as by the line's, and has the key for bundles at once. All or
 * nothing.
 *
 * @throws AppError `already_enrolled`, `courier_cut`, `enrolment_file_other`, `enrolment_file_own`,
 * `enrolment_file_newer`, `enrolment_file_other_office`, `enrolment_file_other_code`, `enrolment_file_altered`,
 * `enrolment_not_asked`, `province_training`.
 */
export async function readEnrolmentAnswer(
  register: Register,
  actor: ServiceActor,
  file: string,
): Promise<SyncStatus> {
  return await inTurn(register, async () => {
    const { db } = register;
    const header = headerOf(file);
    const standing = findLinkRecord(db);
    const { asked, key } = waitingFor(register, header);
    const told = await openEnrolment(file, asked.codeHash, header, EnrolmentTold);
    if (told === null || told.key !== key.x) throw new AppError('enrolment_file_altered');
    const address = readProvinceAddress(told.address);
    if (register.training && !isOnThisComputer(address)) throw new AppError('province_training');
    const { enrolled, courierKeys } = await openTold(told, asked);
    transaction(db, () => keepEnrolment(register, actor, { standing, address, enrolled, courierKeys }));
    register.push?.retryNow();
    return syncStatus(register);
  });
}

function headerOf(file: string): EnrolmentHeader {
  const outside = lookAt(file);
  if (outside.kind === 'cut') throw new AppError('courier_cut');
  if (outside.kind !== 'enrolment') throw new AppError('enrolment_file_other');
  const { header } = outside;
  if (header.typ !== enrolmentDirection.down) throw new AppError('enrolment_file_own');
  if (header.wire > wireVersion) throw new AppError('enrolment_file_newer');
  return header;
}

/** What the office waits for, where this file answers it, and the key that is then its own. */
function waitingFor(register: Register, header: EnrolmentHeader): { asked: AskedEnrolment; key: PrivateKey } {
  const { db } = register;
  const asked = findAskedEnrolment(db);
  const standing = findLinkRecord(db);
  const key = findKeyToEnrol(register, standing);
  if (asked === null || key === null || key.x !== asked.publicKey) {
    // The line, or this very file, was first.
    if (standing !== null && findOfficeKey(db)?.x === header.key)
      throw new AppError('already_enrolled', { address: standing.address });
    throw new AppError('enrolment_not_asked');
  }
  if (header.key !== key.x) throw new AppError('enrolment_file_other_office');
  if (header.kid !== idOfCode(asked.codeHash)) throw new AppError('enrolment_file_other_code');
  return { asked, key };
}

async function openTold(
  told: EnrolmentTold,
  { replyKey }: AskedEnrolment,
): Promise<{ enrolled: EnrolResponse; courierKeys: CourierKeys }> {
  const enrolled = await openWith(replyKey, told.enrolled, EnrolResponse);
  if (enrolled === null) throw new AppError('enrolment_file_altered');
  const { courierKey } = told;
  const courier = await openSigned(courierKey, [enrolled.serverKey], signatureType.courierKey, CourierKey);
  if (courier === null || !(await canSealFor(courier.key))) throw new AppError('enrolment_file_altered');
  return { enrolled, courierKeys: { provinceKey: courier.key, replyKey } };
}
