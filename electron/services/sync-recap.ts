import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { PeriodRecap, RecapReceipt } from '../../shared/provincial/recap.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findPeriod } from '../store/periods.ts';
import { insertRecapReceipt, listUnreportedPeriods, putRecapRefusal } from '../store/recap-receipts.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import type { ErrandStep } from '../sync/sender-ports.ts';
import { allKeys, openSigned } from '../sync/signatures.ts';
import { isStanding } from './province-keys.ts';
import { type Register, systemActor } from './register.ts';

/** The oldest closed period that the province has neither confirmed nor refused; null where there is none. */
export function nextRecap(register: Register): PeriodRecap | null {
  const [periodId] = listUnreportedPeriods(register.db);
  const closed = periodId === undefined ? null : (findPeriod(register.db, periodId)?.closed ?? null);
  if (periodId === undefined || closed === null) return null;
  const { cells, carried, carriedTo } = closed.closing;
  return PeriodRecap.parse({ periodId, closedAt: closed.at, cells, carried, carriedTo });
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
  const hash = createHash('sha256').update(canonicalJson(recap)).digest('hex');
  const reply = await client.pushRecap(link, { hash, recap }, signal);
  if (reply.kind === 'busy') return { more: false, retryAfter: reply.retryAfter };
  if (reply.kind === 'refused' && isOfTheRecap(reply)) {
    keepRefusal(register, link, recap.periodId, reply.sentence);
    return { more: true, retryAfter: null };
  }
  if (reply.kind !== 'answered') return { more: false, retryAfter: null };
  const { receipt } = reply.answer;
  const opened = await openSigned(receipt, allKeys(link), signatureType.recap, RecapReceipt);
  if (opened?.officeId !== link.officeId || opened.periodId !== recap.periodId || opened.hash !== hash)
    return { more: false, retryAfter: null };
  const at = instant(register.clock);
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
  return { more: true, retryAfter: null };
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
