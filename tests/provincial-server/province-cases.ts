import { randomUUID } from 'node:crypto';
import { DatabaseError, type Pool } from 'pg';
import { readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import { isSoundCase } from '../../shared/provincial/record.ts';
import type { WireEdit } from '../../shared/provincial/wire.ts';
import { factsOf, listVersionsFrom, lockCase } from './case-versions.ts';
import { inTransaction, type Tx } from './database.ts';
import { issue } from './down.ts';

/** What the province itself does with a case. */

export async function isCaseOfOtherOffice(tx: Tx, officeId: string, caseId: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT 1 FROM province_case WHERE case_id = $1 AND office_id <> $2', [
    caseId,
    officeId,
  ]);
  return rowCount === 1;
}

/** What refuses a case the number of another: that which bears it, or one that bore it once. */
export const numberConstraints: readonly string[] = ['province_case_province_number_key', 'case_number_pkey'];

function isNumberOfOther(cause: unknown): boolean {
  return cause instanceof DatabaseError && numberConstraints.some((name) => name === cause.constraint);
}

export interface CaseChange {
  caseId: string;
  /** Paths by identity (`members.<id>.nik`) and their new values; null takes the field's value away. */
  edits: readonly { path: string; value: unknown }[];
  /** The unit that changes it, as the office will read it. */
  by: string;
  reason: string;
}

/**
 * The province corrects its own copy: a new version of the case, and word of it to the office that
 * the case belongs to.
 *
 * @returns the new version; null where there is no such case, nothing changes, the case would not be one any more, or
 * would bear a number that another bears or bore.
 */
export async function changeCase(pool: Pool, change: CaseChange, now: Date): Promise<number | null> {
  return await inTransaction(pool, async (tx) => {
    const standing = await lockCase(tx, change.caseId);
    if (standing === null || standing.retracted) return null;
    const [current] = await listVersionsFrom(tx, change.caseId, standing.version);
    if (current === undefined) return null;
    const by = { side: 'provinsi' as const, name: change.by, at: now.toISOString() };
    const edits: WireEdit[] = change.edits
      .map(({ path, value }) => ({
        path,
        before: readField(current.body, path) ?? null,
        after: value ?? null,
        by,
      }))
      .filter(({ before, after }) => !sameValue(before, after));
    if (edits.length === 0) return null;
    const version = standing.version + 1;
    const body = edits.reduce<unknown>(
      (value, { path, after }) => writeField(value, path, after),
      writeField(current.body, 'case.version', version),
    );
    if (!isSoundCase(body)) return null;
    const facts = factsOf(body);
    await tx.query(
      `INSERT INTO case_version (case_id, version, city, side, author, made_at, body) VALUES ($1, $2, $3, 'provinsi', $4, $5, $6)`,
      [change.caseId, version, standing.city, change.by, now, JSON.stringify(body)],
    );
    await tx.query(
      `UPDATE province_case SET version = $2, kelurahan = $3, rw = $4, rt = $5, street = $6, head_name = $7, result = $8, member_names = $9,
         province_number = coalesce($10, province_number), period_id = $11 WHERE case_id = $1`,
      [
        change.caseId,
        version,
        facts.kelurahan,
        facts.rw,
        facts.rt,
        facts.street,
        facts.headName,
        facts.result,
        facts.memberNames,
        facts.provinceNumber,
        facts.periodId,
      ],
    );
    await issue(tx, {
      id: randomUUID(),
      to: { officeId: standing.officeId },
      kind: 'case.changed',
      issuedAt: now,
      body: {
        caseId: change.caseId,
        baseVersion: standing.version,
        version,
        reason: change.reason,
        edits,
      },
    });
    return version;
  }).catch((cause: unknown) => {
    if (isNumberOfOther(cause)) return null;
    throw cause;
  });
}
