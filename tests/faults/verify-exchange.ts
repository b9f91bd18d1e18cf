import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Register } from '../../electron/services/register.ts';
import type { ReadableDb } from '../../electron/store/connection.ts';
import { openSigned } from '../../electron/sync/signatures.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import {
  DownItem,
  NumberPool,
  PenetapanBody,
  RankBody,
  RecipientsBody,
  SettingBody,
  writeProvinceNumber,
} from '../../shared/provincial/down.ts';
import { refusal } from '../../shared/domain/consent.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { type Ends, findDisagreements, type ProvinceRecord, readRecords } from './verify.ts';
import { findCaseFaults } from './verify-cases.ts';

/** What stands beside the records once the line is calm. */
export interface ExchangeEnds extends Omit<Ends, 'acknowledged'> {
  /** With what its services read beside the database. */
  register: Register;
  /** By the office's clock: a setting of a later day must still wait. */
  today: string;
  /** The newest list that the province issued; null where it issued none. */
  newestList: { id: string; sourceIds: readonly string[] } | null;
}

/** Holds both ends against each other in all that they exchange, record or not. */
export async function findAllDisagreements(ends: ExchangeEnds & Ends): Promise<string[]> {
  const records = await readRecords(ends.pool);
  return [
    ...(await findDisagreements(ends, records)),
    ...(await findCaseFaults(ends, records)),
    ...(await findExchangeDisagreements(ends, records)),
  ];
}

/**
 * Holds both ends against each other in everything but the records: every file of a confirmed case
 * arrived with its very bytes, and none that no record names; every number is lent by the province and
 * borne once; what came down is what the province issued, signed, applied, and nothing else; the province shows
 * nobody who refuses, and everybody else.
 *
 * @returns what does not hold, in sentences without personal data; empty where all does
 */
async function findExchangeDisagreements(
  ends: ExchangeEnds,
  records: readonly ProvinceRecord[],
): Promise<string[]> {
  return [
    ...(await findFileFaults(ends, records)),
    ...(await findNumberFaults(ends)),
    ...(await findDownFaults(ends)),
    ...(await findWordFaults(ends)),
  ];
}

async function findFileFaults(
  { register: { db }, pool }: ExchangeEnds,
  records: readonly ProvinceRecord[],
): Promise<string[]> {
  const found: string[] = [];
  const due = Texts.parse(
    db
      .prepare(
        `SELECT DISTINCT link.hash FROM attachment_link AS link JOIN outbox USING (case_id)
         WHERE outbox.state = 'diterima' AND outbox.kind <> 'case.retracted'
           AND outbox.body -> 'attachments' LIKE '%' || link.hash || '%'`,
      )
      .pluck()
      .all(),
  );
  const { rows } = await pool.query(
    `SELECT attachment.office_id, attachment.hash, size, complete_at IS NOT NULL AS complete,
            coalesce((SELECT string_agg(bytes, '' ORDER BY first_byte) FROM attachment_chunk AS chunk
              WHERE chunk.hash = attachment.hash AND chunk.office_id = attachment.office_id), '') AS bytes
     FROM attachment`,
  );
  const named = new Set(
    records.flatMap(({ office_id, body }) =>
      (Naming.parse(body).attachments ?? []).map(({ hash }) => `${office_id} ${hash}`),
    ),
  );
  const held = new Map(
    z
      .array(HeldFile)
      .parse(rows)
      .map((file) => [file.hash, file]),
  );
  for (const hash of due)
    if (held.get(hash)?.complete !== true) found.push(`file ${hash}: the province does not hold it`);
  for (const { office_id, hash, size, bytes, complete } of held.values()) {
    if (!named.has(`${office_id} ${hash}`)) found.push(`file ${hash}: no record of the province names it`);
    if (!complete) continue;
    if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== hash)
      found.push(`file ${hash}: the province holds other bytes`);
  }
  return found;
}

const Texts = z.array(z.string());
/** What of a record names files. */
const Naming = z.object({ attachments: z.array(z.object({ hash: z.string() })).optional() });
const HeldFile = z.object({
  office_id: z.string(),
  hash: z.string(),
  size: z.number(),
  complete: z.boolean(),
  bytes: z.instanceof(Buffer),
});

async function findNumberFaults({ register: { db }, pool, serverKeys }: ExchangeEnds): Promise<string[]> {
  const found: string[] = [];
  const lent = new Map(
    (await pool.query('SELECT id, first::int, last::int FROM number_pool')).rows.map((row) => [
      String(row.id),
      [Number(row.first), Number(row.last)],
    ]),
  );
  const numbers = new Set<string>();
  for (const jws of Texts.parse(db.prepare('SELECT grant_jws FROM number_pool').pluck().all())) {
    const grant = await openSigned(jws, serverKeys, signatureType.numbers, NumberPool);
    const [first, last] = lent.get(grant?.poolId ?? '') ?? [];
    if (grant === null || grant.from !== first || grant.to !== last) {
      found.push('a pool of numbers is not the one that the province lent');
      continue;
    }
    for (let number = grant.from; number <= grant.to; number += 1)
      numbers.add(writeProvinceNumber(grant, number));
  }
  const borne = Texts.parse(
    db.prepare('SELECT province_number FROM case_file WHERE province_number IS NOT NULL').pluck().all(),
  );
  if (new Set(borne).size !== borne.length) found.push('two cases bear the same number of the province');
  for (const number of borne) if (!numbers.has(number)) found.push(`number ${number}: borne, and never lent`);
  const there = await pool.query(
    'SELECT province_number FROM province_case WHERE province_number IS NOT NULL',
  );
  for (const { province_number: number } of there.rows)
    if (!borne.includes(String(number)))
      found.push(`number ${number}: the province has it, no case bears it`);
  return found;
}

async function findWordFaults({ register: { db }, pool }: ExchangeEnds): Promise<string[]> {
  const refusing = new Set(
    Texts.parse(db.prepare(`SELECT case_id FROM case_consent WHERE kind = '${refusal}'`).pluck().all()),
  );
  const { rows } = await pool.query(
    `SELECT case_id, coalesce(sharing, 'given') AS sharing FROM province_case LEFT JOIN family_consent USING (office_id, case_id)`,
  );
  return rows
    .filter(({ case_id: caseId, sharing }) => refusing.has(caseId) !== (sharing === 'refused'))
    .map(({ case_id: caseId, sharing }) => `case ${caseId}: the province has it that sharing is ${sharing}`);
}

const Issued = z.object({ id: z.string(), kind: z.string(), body: z.record(z.string(), z.unknown()) });
const Taken = z.object({ id: z.string(), kind: z.string(), jws: z.string(), applied: z.number() });

/** Kinds that this version knows, and so must have applied. */
const known = /^(decision\.|record\.|case\.|setting\.|reference\.)/;

async function findDownFaults({
  register: { db },
  pool,
  serverKeys,
  newestList,
  today,
}: ExchangeEnds): Promise<string[]> {
  const found: string[] = [];
  const { rows } = await pool.query('SELECT id, kind, body FROM down_item ORDER BY cursor');
  const issued = new Map(
    z
      .array(Issued)
      .parse(rows)
      .map((item) => [item.id, item]),
  );
  const taken = z
    .array(Taken)
    .parse(
      db.prepare('SELECT id, kind, jws, applied_at IS NOT NULL AS applied FROM down_item ORDER BY seq').all(),
    );
  if (taken.length !== issued.size) found.push(`${taken.length} of ${issued.size} items came down`);
  for (const { id, kind, jws, applied } of taken) {
    const say = (what: string): void => void found.push(`item ${id} (${kind}): ${what}`);
    const item = await openSigned(jws, serverKeys, signatureType.down, DownItem);
    const original = issued.get(id);
    if (item === null || original === undefined) {
      say('not of the province');
      continue;
    }
    if (
      item.id !== id ||
      item.kind !== original.kind ||
      canonicalJson(item.body) !== canonicalJson(original.body)
    )
      say('kept otherwise than it was issued');
    const waits = kind === 'setting.published' && SettingBody.parse(item.body).effectiveFrom > today;
    if (known.test(kind) ? !waits && applied === 0 : applied === 1)
      say(applied === 0 ? 'not applied' : 'applied');
    const [here, there] = [standsAs(db, item), expectedOf(item)];
    if (there !== null && canonicalJson(here) !== canonicalJson(there)) say('stands here as something else');
  }
  if (newestList !== null) {
    const sourceIds = Texts.parse(
      db
        .prepare(
          `SELECT source_id FROM reference_household WHERE list_id IN (SELECT id FROM finished_list WHERE id = ?)`,
        )
        .pluck()
        .all(newestList.id),
    );
    if (canonicalJson(sourceIds.toSorted()) !== canonicalJson([...newestList.sourceIds].toSorted()))
      found.push('the newest list does not hold whom the province put into it');
  }
  return found;
}

/** What an item must have left, in the words of {@link standsAs}; null where that is looked at elsewhere. */
function expectedOf({ kind, body }: DownItem): unknown {
  switch (kind) {
    case 'decision.penetapan': {
      const { caseId, periodId: _, ...outcome } = PenetapanBody.parse(body);
      return inOrder([[caseId, outcome]]);
    }
    case 'decision.rank': {
      const { model, ranks, of = null } = RankBody.parse(body);
      return inOrder(ranks.map(({ caseId, rank, desil }) => [caseId, { rank, desil, model, of }]));
    }
    case 'decision.recipients':
      return inOrder(
        RecipientsBody.parse(body).recipients.map(({ caseId, ...outcome }) => [caseId, outcome]),
      );
    case 'record.rejected':
      return body['code'];
    case 'setting.published': {
      const { setting, version, content } = SettingBody.parse(body);
      return [setting, version, content];
    }
    default:
      return null;
  }
}

const Outcomes = z.array(z.object({ caseId: z.string(), outcome: z.string() }));
const Setting = z.object({ setting: z.string(), version: z.string(), content: z.string() });

function standsAs(db: ReadableDb, { id, kind }: DownItem): unknown {
  switch (kind) {
    case 'decision.penetapan':
    case 'decision.rank':
    case 'decision.recipients':
      return inOrder(
        Outcomes.parse(
          db.prepare('SELECT case_id AS caseId, outcome FROM province_decision WHERE item_id = ?').all(id),
        ).map(({ caseId, outcome }) => [caseId, JSON.parse(outcome)]),
      );
    case 'record.rejected':
      return db.prepare('SELECT code FROM task WHERE item_id = ?').pluck().get(id);
    case 'setting.published': {
      const row = Setting.optional().parse(
        db.prepare('SELECT setting, version, content FROM published_setting WHERE item_id = ?').get(id),
      );
      return row === undefined ? null : [row.setting, row.version, JSON.parse(row.content)];
    }
    default:
      return null;
  }
}

function inOrder(decisions: readonly unknown[]): string[] {
  return decisions.map((decision) => canonicalJson(decision)).toSorted();
}
