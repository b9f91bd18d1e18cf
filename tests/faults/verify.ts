import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Register } from '../../electron/services/register.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { openReceipt } from '../../electron/sync/signatures.ts';
import { type CaseState, finalStates } from '../../shared/domain/case-flow.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import type { PublicKey } from '../../shared/provincial/wire.ts';
import type { Tx } from '../provincial-server/database.ts';

const OfficeItem = z.object({
  key: z.string(),
  kind: z.string(),
  caseId: z.string(),
  version: z.number(),
  body: z.string(),
  hash: z.string(),
  state: z.string(),
  caseState: z.string(),
  receipt: z.string().nullable(),
  receiptHash: z.string().nullable(),
  confirmations: z.number(),
  /** Records of the case that came back from the province. */
  restored: z.number(),
  /** Records of the case that were sent once more under their keys, since the province had lost them. */
  sentAgain: z.number(),
  newest: z.number(),
  /** Whether the province gave a receipt for a newer one of its kind and case. */
  overtaken: z.number(),
  /** Whether people repaired its case after it was told, from what the office holds. */
  repairedSince: z.number(),
});
type OfficeItem = z.infer<typeof OfficeItem>;

const ProvinceRecord = z.object({
  office_id: z.string(),
  city: z.string(),
  key: z.string(),
  case_id: z.string(),
  version: z.number(),
  hash: z.string(),
  body: z.unknown(),
  receipt: z.string(),
});
/** A record as it lies in the province's table. */
export type ProvinceRecord = z.infer<typeof ProvinceRecord>;

/** Every record that the province holds, of whatever office: once for all that is held against them, since bodies weigh. */
export async function readRecords(pool: Tx): Promise<ProvinceRecord[]> {
  const { rows } = await pool.query(
    'SELECT office_id, city, key, case_id, version, hash, body, receipt FROM record',
  );
  return z.array(ProvinceRecord).parse(rows);
}

/** Where a case stands once the province holds that the office takes it back. */
export const takenBack: readonly CaseState[] = ['DITARIK', 'DIGABUNG', 'DITUTUP'];

export interface Ends {
  register: Pick<Register, 'db'>;
  pool: Tx;
  /** All that the province ever signed with. */
  serverKeys: readonly PublicKey[];
  /** Cases of which the program said that their legalisation is saved. */
  acknowledged: ReadonlySet<string>;
}

/**
 * Holds both ends against each other once the line is calm: what the office legalised is what the
 * province holds, exactly once, hash for hash, under a receipt that verifies; nothing that was said
 * to be saved is missing; every item has come to its end; the journal's chain holds.
 *
 * @param held what {@link readRecords} read
 * @returns what does not hold, in sentences without personal data; empty where all does
 */
export async function findDisagreements(
  { register, pool, serverKeys, acknowledged }: Ends,
  held: readonly ProvinceRecord[],
): Promise<string[]> {
  const { db } = register;
  const items = z.array(OfficeItem).parse(
    db
      .prepare(
        `SELECT outbox.idempotency_key AS key, outbox.kind, outbox.case_id AS caseId, outbox.version, outbox.body,
                outbox.body_hash AS hash, outbox.state, case_file.state AS caseState, receipt.jws AS receipt,
                receipt.record_hash AS receiptHash,
                (SELECT count(*) FROM event WHERE event.case_id = outbox.case_id AND event.type = 'catat_diterima') AS confirmations,
                (SELECT count(*) FROM event WHERE event.case_id = outbox.case_id AND event.type = 'catatan_dari_provinsi') AS restored,
                (SELECT coalesce(sum(json_array_length(event_payload.body, '$.kiriman')), 0) FROM event JOIN event_payload ON event_payload.event_id = event.id
                 WHERE event.case_id = outbox.case_id AND event.type = 'catatan_dikirim_ulang') AS sentAgain,
                outbox.rowid = (SELECT max(rowid) FROM outbox AS newer WHERE newer.case_id = outbox.case_id AND newer.kind <> 'family.consent') AS newest,
                EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.case_id = outbox.case_id AND newer.kind = outbox.kind
                  AND newer.rowid > outbox.rowid AND newer.state = 'diterima') AS overtaken,
                EXISTS (SELECT 1 FROM event JOIN event_payload ON event_payload.event_id = event.id
                  WHERE event.case_id = outbox.case_id AND event.type = 'catatan_dikirim_ulang'
                    AND event.seq > (SELECT seq FROM event WHERE event.id = outbox.event_id)
                    AND (event_payload.body ->> '$.tanda_terima' IS NOT NULL OR event_payload.body ->> '$.kiriman' IS NULL)) AS repairedSince
         FROM outbox JOIN case_file ON case_file.id = outbox.case_id LEFT JOIN receipt ON receipt.outbox_id = outbox.id`,
      )
      .all(),
  );
  const link = z
    .object({ office_id: z.string() })
    .parse(db.prepare('SELECT office_id FROM office_link').get());
  const records = held.filter((record) => record.office_id === link.office_id);
  const byKey = new Map(records.map((record) => [record.key, record]));
  const found: string[] = [];

  for (const caseId of acknowledged)
    if (!items.some((item) => item.caseId === caseId && item.kind !== 'family.consent'))
      found.push(`case ${caseId}: an acknowledged save is gone`);
  for (const record of records)
    if (!items.some((item) => item.key === record.key))
      found.push(`record ${record.key}: the province holds what the office never sent`);
  const accepted = new Map<string, number>();
  for (const item of items) {
    if (item.state === 'diterima' && item.kind !== 'family.consent')
      accepted.set(item.caseId, (accepted.get(item.caseId) ?? 0) + 1);
    found.push(...(await judge(item, byKey.get(item.key), link.office_id, serverKeys)));
  }
  for (const [caseId, times] of accepted) {
    const ofCase = items.filter((item) => item.caseId === caseId);
    // The end of what the province never held; what it holds is taken back.
    if (ofCase.some((item) => item.newest === 1 && item.state === 'ditolak' && item.caseState === 'DITUTUP'))
      found.push(`case ${caseId}: closed, and the province still holds it`);
    const { confirmations = 0, restored = 0, sentAgain = 0 } = ofCase[0] ?? {};
    // A receipt for a record that a newer one of its case has overtaken moves the case no more.
    const least = ofCase.some(
      (item) => item.newest === 1 && item.state === 'diterima' && item.kind !== 'case.retracted',
    )
      ? 1
      : 0;
    if (confirmations > times + sentAgain || confirmations + restored < least)
      found.push(`case ${caseId}: ${times} accepted, but the journal says so ${confirmations} times`);
  }
  const twice = await pool.query(
    `SELECT case_id, version FROM record GROUP BY case_id, version, kind = 'family.consent' HAVING count(*) > 1`,
  );
  for (const row of twice.rows) found.push(`case ${row.case_id}: version ${row.version} stands there twice`);
  const journal = verifyJournal(db);
  if (!journal.intact) found.push(`journal: broken at ${journal.seq} (${journal.why})`);
  return found;
}

async function judge(
  item: OfficeItem,
  record: ProvinceRecord | undefined,
  officeId: string,
  serverKeys: readonly PublicKey[],
): Promise<string[]> {
  const found: string[] = [];
  const say = (what: string): void => void found.push(`item ${item.key} (${item.state}): ${what}`);
  if (sha256(item.body) !== item.hash) say('the body does not have the hash it was queued with');
  if (item.state === 'ditolak') {
    if (record !== undefined) say('rejected, and yet the province holds it');
    if (item.newest === 1 && !['DITOLAK', 'DITUTUP'].includes(item.caseState))
      say(`its case stands at ${item.caseState}`);
    return found;
  }
  if (item.state === 'bertentangan') {
    if (record !== undefined) say('in conflict, and yet the province holds it');
    return found;
  }
  if (item.state !== 'diterima') {
    say('never came to an end');
    return found;
  }
  // A word that was lost stays lost once people repaired that: what its family says by now was told of anew.
  const lostForGood = item.kind === 'family.consent' && item.repairedSince === 1 && item.overtaken === 1;
  if (record === undefined) {
    if (!lostForGood) say('the province does not hold it');
    return found;
  }
  if (record.hash !== item.hash || sha256(canonicalJson(record.body)) !== item.hash)
    say('the province holds another content');
  if (record.version !== item.version || record.case_id !== item.caseId)
    say('held as another case or version');
  const standing = item.kind === 'case.retracted' ? takenBack : finalStates;
  if (item.newest === 1 && !standing.some((state) => state === item.caseState))
    say(`its case stands at ${item.caseState}`);
  const { key, kind, caseId, version, hash } = item;
  const expected = { officeId, key, kind, caseId, version, hash };
  const receipt = await openReceipt(item.receipt ?? '', serverKeys, expected);
  if (receipt === null) say('its receipt does not verify');
  // Given once more after a change of key, the same words stand under another signature.
  const given =
    item.receipt === record.receipt ? receipt : await openReceipt(record.receipt, serverKeys, expected);
  // A request of before the loss that the network delivers only now brings such a word back, under a receipt that nobody hears of.
  const isOther = !lostForGood && canonicalJson(given) !== canonicalJson(receipt);
  if (given === null || isOther || item.receiptHash !== item.hash)
    say('another receipt than the province gave');
  return found;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
