import { cpSync, existsSync } from 'node:fs';
import { proofView } from '../../electron/services/proof.ts';
import { repairDifference } from '../../electron/services/proof-repair.ts';
import type { Register } from '../../electron/services/register.ts';
import type { WritableDb } from '../../electron/store/connection.ts';
import type { Random } from '../../electron/training/random.ts';
import { type ProofSide, remedies } from '../../shared/contract/proof.ts';
import { AppError } from '../../shared/errors.ts';
import type { SimProvince } from './sim-province.ts';
import { accountOf } from './sim-work.ts';

/** What one end loses once both hold the same, and from which side people mend it where they may choose. */
export interface Harm {
  what:
    | 'records_lost'
    | 'records_altered'
    | 'older_copy'
    /** The province loses all that some families said of being shown, and nothing of their cases. */
    | 'words_lost'
    | 'receipts_lost'
    /** The province loses the newest receipts of some cases; `at_both`: the office loses the very same. */
    | 'receipts_lost_there'
    | 'receipts_lost_at_both';
  from: ProofSide;
}

/** In how many runs something of a receipt or of families' words is lost, and people mend it. */
const oftenHarmed = 0.06;

/** What is lost in a run once both ends agree; null in most. */
export function drawHarm(random: Random): Harm | null {
  if (!random.chance(oftenHarmed)) return null;
  const what = random.pick([
    'receipts_lost',
    'receipts_lost_there',
    'receipts_lost_at_both',
    'words_lost',
  ] as const);
  return { what, from: random.pick(['kantor', 'provinsi'] as const) };
}

/** How many cases are struck. */
const struck = 3;

/**
 * One end loses something of what both hold, or the province finds it altered.
 *
 * @param db register of the office
 * @returns false where there was nothing of that kind to lose
 */
export async function strike(
  what: Exclude<Harm['what'], 'older_copy'>,
  db: WritableDb,
  province: SimProvince,
): Promise<boolean> {
  switch (what) {
    case 'words_lost':
      return await loseWords(province);
    case 'receipts_lost':
      loseReceipts(db);
      return true;
    case 'receipts_lost_there':
      await loseReceiptsThere(province);
      return true;
    case 'receipts_lost_at_both':
      loseReceiptsOf(db, await loseReceiptsThere(province));
      return true;
    default:
      await strikeProvince(province, what);
      return true;
  }
}

/** The province loses its newest cases with all that leans on them, or finds their newest records altered. */
async function strikeProvince(
  { pool }: SimProvince,
  what: Extract<Harm['what'], 'records_lost' | 'records_altered'>,
): Promise<void> {
  const { rows } = await pool.query<{ case_id: string; key: string }>(
    `SELECT case_id, key FROM (
       SELECT DISTINCT ON (case_id) case_id, key, kind FROM record
       WHERE kind <> 'family.consent' ORDER BY case_id, version DESC) AS newest
     WHERE kind <> 'case.retracted' ORDER BY case_id LIMIT $1`,
    [struck],
  );
  if (what === 'records_altered') {
    await pool.query(
      `UPDATE record SET body = jsonb_set(body, '{household,address,street}', '"Jl. Lain"') WHERE key = ANY($1)`,
      [rows.map(({ key }) => key)],
    );
    return;
  }
  const lost = [rows.map(({ case_id }) => case_id)];
  for (const table of ['province_case', 'case_version', 'family_consent', 'record'])
    await pool.query(`DELETE FROM ${table} WHERE case_id = ANY($1)`, lost);
}

/**
 * The province loses all that some families said of being shown whose case it holds: of any other it shows nothing, and
 * proves nothing; such a word is told again with the case.
 *
 * @returns whether it held a word of any
 */
async function loseWords({ pool }: SimProvince): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH lost AS (DELETE FROM family_consent WHERE case_id IN (SELECT case_id FROM family_consent JOIN province_case USING (case_id) ORDER BY case_id LIMIT $1) RETURNING case_id)
     DELETE FROM record WHERE kind = 'family.consent' AND case_id IN (SELECT case_id FROM lost)`,
    [struck],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * The province loses the newest record of some cases, with the receipt that stands in its row: each stands
 * where the record before brought it, or is gone.
 *
 * @returns the keys of those records
 */
async function loseReceiptsThere({ pool }: SimProvince): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT record_key AS key FROM province_case WHERE retracted_at IS NULL ORDER BY case_id LIMIT $1`,
    [struck],
  );
  const keys = rows.map(({ key }) => key);
  await pool.query(
    `WITH lost AS (SELECT case_id, version FROM record WHERE key = ANY($1)),
          older AS (
            SELECT DISTINCT ON (record.case_id) record.* FROM record JOIN lost USING (case_id)
            WHERE record.kind <> 'family.consent' AND record.version < lost.version ORDER BY record.case_id, record.version DESC),
          gone AS (DELETE FROM province_case WHERE record_key = ANY($1) AND case_id NOT IN (SELECT case_id FROM older)),
          kept AS (
            SELECT case_id, max(version) AS version FROM case_version
            WHERE record_key IS NULL OR record_key <> ALL($1) GROUP BY case_id),
          versions AS (
            DELETE FROM case_version WHERE record_key = ANY($1)
              OR (record_key IS NULL AND case_id IN (SELECT case_id FROM lost) AND case_id NOT IN (SELECT case_id FROM older))),
          stands AS (
            UPDATE province_case SET record_key = older.key, version = kept.version,
                   retracted_at = CASE WHEN older.kind = 'case.retracted' THEN older.received_at END
            FROM older JOIN kept USING (case_id) WHERE province_case.case_id = older.case_id)
     DELETE FROM record WHERE key = ANY($1)`,
    [keys],
  );
  return keys;
}

/** The office loses what the province confirmed the newest records of some cases with, and the oldest of others. */
function loseReceipts(db: WritableDb): void {
  const lose = (which: 'max' | 'min', order: 'ASC' | 'DESC') =>
    db
      .prepare(
        `DELETE FROM receipt WHERE outbox_id IN (
           SELECT id FROM (
             SELECT outbox.id, outbox.case_id, ${which}(held.version) FROM outbox JOIN receipt AS held ON held.outbox_id = outbox.id
             WHERE outbox.kind <> 'family.consent' GROUP BY outbox.case_id ORDER BY outbox.case_id ${order} LIMIT ?))`,
      )
      .run(struck);
  lose('max', 'ASC');
  lose('min', 'DESC');
}

/** The office loses the receipts of these records. */
function loseReceiptsOf(db: WritableDb, keys: readonly string[]): void {
  const lose = db.prepare(
    'DELETE FROM receipt WHERE outbox_id = (SELECT id FROM outbox WHERE idempotency_key = ?)',
  );
  for (const key of keys) lose.run(key);
}

/** Copies a register as it lies on the disk, with what its log holds. */
export function copyRegister(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(`${from}${end}`)) cpSync(`${from}${end}`, `${to}${end}`);
}

/** Repairs all that the last comparison found and nobody has repaired; answers how much that was. */
export async function repairAll(register: Register, from: ProofSide): Promise<number> {
  let repaired = 0;
  for (const { caseId, subject, kind, mendedFrom } of proofView(register).differences) {
    if (mendedFrom !== null) continue;
    const side = remedies[kind].includes(from) ? from : remedies[kind][0];
    if (side === undefined) continue;
    try {
      await repairDifference(register, accountOf(register, 'lurah'), { caseId, subject, from: side });
      repaired += 1;
    } catch (cause) {
      // Its record is on its way just now: the next comparison offers it anew.
      if (!(cause instanceof AppError)) throw cause;
    }
  }
  return repaired;
}
