import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import type { CourierRecap, CourierRecapAnswer } from '../../shared/provincial/courier.ts';
import { PeriodRecap, RecapReceipt, type RecapRequest } from '../../shared/provincial/recap.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findPeriod } from '../store/periods.ts';
import { insertRecapReceipt, listUnreportedPeriods, putRecapRefusal } from '../store/recap-receipts.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import type { ErrandStep } from '../sync/sender-ports.ts';
import { allKeys, openSigned, signDetached } from '../sync/signatures.ts';
import { isStanding } from './province-keys.ts';
import { type Register, systemActor } from './register.ts';

/** Closed periods that the province has neither confirmed nor refused, oldest first. */
export function unreportedRecaps(register: Register): PeriodRecap[] {
  return listUnreportedPeriods(register.db).flatMap((periodId) => {
    const closed = findPeriod(register.db, periodId)?.closed ?? null;
    if (closed === null) return [];
    const { cells, carried, carriedTo } = closed.closing;
    return [PeriodRecap.parse({ periodId, closedAt: closed.at, cells, carried, carriedTo })];
  });
}

/**
 * Tells the province the numbers of a closed period, under the office's signature. Only a receipt for
 * exactly these numbers counts. What the province refuses of itself holds up no later one: it is shown,
 * and told again when a person asks. Anything else leaves it for another time.
 */
export async function sendRecap(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  recap: PeriodRecap,
  signal: AbortSignal,
): Promise<ErrandStep> {
  const reply = await client.pushRecap(link, { hash: hashOf(recap), recap }, signal);
  if (reply.kind === 'busy') return { more: false, retryAfter: reply.retryAfter };
  if (reply.kind === 'refused' && isOfTheRecap(reply)) {
    keepRefusal(register, link, recap.periodId, reply.sentence);
    return { more: true, retryAfter: null };
  }
  if (reply.kind !== 'answered') return { more: false, retryAfter: null };
  const { receipt } = reply.answer;
  if (!(await isReceiptFor(link, recap, receipt))) return { more: false, retryAfter: null };
  keepReceipt(register, link, recap, receipt);
  return { more: true, retryAfter: null };
}

/** The request as the line sends it, for a courier. */
export function recapToCarry({ officeId, privateKey }: OfficeLink, recap: PeriodRecap): CourierRecap {
  const request: RecapRequest = { wire: wireVersion, officeId, hash: hashOf(recap), recap };
  const bytes = Buffer.from(JSON.stringify(request));
  return {
    request: bytes.toString('base64url'),
    signature: signDetached(privateKey, bytes, signatureType.recap),
  };
}

/**
 * What a courier brought of the recaps that are not confirmed yet, each as over the line.
 *
 * @returns writes it down, in the caller's transaction
 */
export async function readRecapAnswers(
  register: Register,
  link: OfficeLink,
  answers: readonly CourierRecapAnswer[],
): Promise<() => void> {
  const waiting = new Map(unreportedRecaps(register).map((recap) => [recap.periodId, recap]));
  const keeps = new Map<string, () => void>();
  for (const { periodId, receipt, refused } of answers) {
    const recap = waiting.get(periodId);
    if (recap === undefined) continue;
    if (refused !== undefined)
      keeps.set(periodId, () => keepRefusal(register, link, periodId, refused.sentence));
    else if (receipt !== undefined && (await isReceiptFor(link, recap, receipt)))
      keeps.set(periodId, () => keepReceipt(register, link, recap, receipt));
  }
  // The line may have told one meanwhile.
  return () => listUnreportedPeriods(register.db).forEach((periodId) => keeps.get(periodId)?.());
}

function hashOf(recap: PeriodRecap): string {
  return createHash('sha256').update(canonicalJson(recap)).digest('hex');
}

async function isReceiptFor(link: OfficeLink, recap: PeriodRecap, receipt: string): Promise<boolean> {
  const opened = await openSigned(receipt, allKeys(link), signatureType.recap, RecapReceipt);
  return (
    opened?.officeId === link.officeId && opened.periodId === recap.periodId && opened.hash === hashOf(recap)
  );
}

function keepReceipt(register: Register, link: OfficeLink, recap: PeriodRecap, receipt: string): void {
  const [at, hash] = [instant(register.clock), hashOf(recap)];
  transaction(register.db, () => {
    // Another province is yet to be told.
    if (!isStanding(register, link)) return;
    insertRecapReceipt(register.db, { periodId: recap.periodId, hash, receipt, receivedAt: at });
    appendEvent(register.db, {
      at,
      actor: { id: null, role: systemActor.role },
      type: 'rekap_diterima_provinsi',
      payload: { periode: recap.periodId, sidik: hash },
    });
  });
}

/** Refused for what it says, not because the office is not known or the server too old. */
function isOfTheRecap({ status, code }: { status: number; code: string }): boolean {
  return status !== 401 && status !== 403 && code !== 'unknown_path';
}

function keepRefusal(register: Register, link: OfficeLink, periodId: string, sentence: string): void {
  const at = instant(register.clock);
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    putRecapRefusal(register.db, { periodId, sentence, at });
    appendEvent(register.db, {
      at,
      actor: { id: null, role: systemActor.role },
      type: 'rekap_ditolak_provinsi',
      payload: { periode: periodId, alasan: sentence },
    });
  });
}
