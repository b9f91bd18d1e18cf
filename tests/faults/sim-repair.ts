import { cpSync, existsSync } from 'node:fs';
import { proofView } from '../../electron/services/proof.ts';
import { repairDifference } from '../../electron/services/proof-repair.ts';
import type { Register } from '../../electron/services/register.ts';
import type { WritableDb } from '../../electron/store/connection.ts';
import { type ProofSide, remedies } from '../../shared/contract/proof.ts';
import { AppError } from '../../shared/errors.ts';
import type { SimProvince } from './sim-province.ts';
import { accountOf } from './sim-work.ts';

/** What one end loses once both hold the same, and from which side people mend it where they may choose. */
export interface Harm {
  what: 'records_lost' | 'records_altered' | 'older_copy' | 'receipts_lost';
  from: ProofSide;
}

/** How many cases are struck. */
const struck = 3;

/** The province loses its newest cases with all that leans on them, or finds their newest records altered. */
export async function strikeProvince(
  { pool }: SimProvince,
  what: Extract<Harm['what'], 'records_lost' | 'records_altered'>,
): Promise<void> {
  const { rows } = await pool.query<{ case_id: string; key: string }>(
    `SELECT case_id, key FROM (
       SELECT DISTINCT ON (case_id) case_id, key, kind FROM record ORDER BY case_id, version DESC) AS newest
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
  for (const table of ['province_case', 'case_version', 'record'])
    await pool.query(`DELETE FROM ${table} WHERE case_id = ANY($1)`, lost);
}

/** The office loses what the province confirmed the newest records of some cases with. */
export function loseReceipts(db: WritableDb): void {
  db.prepare(
    `DELETE FROM receipt WHERE outbox_id IN (
       SELECT id FROM (
         SELECT outbox.id, outbox.case_id, max(held.version) FROM outbox JOIN receipt AS held ON held.outbox_id = outbox.id
         GROUP BY outbox.case_id ORDER BY outbox.case_id LIMIT ?))`,
  ).run(struck);
}

/** Copies a register as it lies on the disk, with what its log holds. */
export function copyRegister(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(`${from}${end}`)) cpSync(`${from}${end}`, `${to}${end}`);
}

/** Repairs all that the last comparison found and nobody has repaired; answers how much that was. */
export async function repairAll(register: Register, from: ProofSide): Promise<number> {
  let repaired = 0;
  for (const { caseId, kind, mendedFrom } of proofView(register).differences) {
    if (mendedFrom !== null) continue;
    const side = remedies[kind].includes(from) ? from : remedies[kind][0];
    if (side === undefined) continue;
    try {
      await repairDifference(register, accountOf(register, 'lurah'), { caseId, from: side });
      repaired += 1;
    } catch (cause) {
      // Its record is on its way just now: the next comparison offers it anew.
      if (!(cause instanceof AppError)) throw cause;
    }
  }
  return repaired;
}
