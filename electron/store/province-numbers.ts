import { z } from 'zod';
import type { NumberPool } from '../../shared/provincial/down.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Registration numbers that the province has lent this office. */

const Left = z.object({ left: z.number() });

export function countNumbersLeft(db: ReadableDb): number {
  return Left.parse(db.prepare('SELECT coalesce(sum(last - next + 1), 0) AS left FROM number_pool').get())
    .left;
}

/** Whether the province ever lent this office numbers. */
export function hasPools(db: ReadableDb): boolean {
  return db.prepare('SELECT 1 FROM number_pool LIMIT 1').get() !== undefined;
}

const Taken = z.object({ prefix: z.string(), digits: z.number(), number: z.number() });

/** Takes the next number, the oldest pool first; null where none is left. */
export function takeNumber(db: WritableDb): z.infer<typeof Taken> | null {
  const raw = db
    .prepare(
      `UPDATE number_pool SET next = next + 1
       WHERE rowid = (SELECT rowid FROM number_pool WHERE next <= last ORDER BY next LIMIT 1)
       RETURNING prefix, digits, next - 1 AS number`,
    )
    .get();
  return raw === undefined ? null : Taken.parse(raw);
}

/** Keeps a granted pool; the same one a second time changes nothing. */
export function insertPool(db: WritableDb, pool: NumberPool, jws: string): void {
  db.prepare(
    `INSERT INTO number_pool (id, prefix, digits, next, last, grant_jws, granted_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(pool.poolId, pool.prefix, pool.digits, pool.from, pool.to, jws, pool.grantedAt);
}

export interface NumberRequest {
  requestId: string;
  count: number;
}

export function findNumberRequest(db: ReadableDb): NumberRequest | null {
  const raw = db.prepare('SELECT request_id AS requestId, count FROM number_request WHERE id = 1').get();
  return raw === undefined ? null : z.object({ requestId: z.string(), count: z.number() }).parse(raw);
}

export function putNumberRequest(db: WritableDb, { requestId, count }: NumberRequest): void {
  db.prepare('INSERT INTO number_request (id, request_id, count) VALUES (1, ?, ?)').run(requestId, count);
}

export function deleteNumberRequest(db: WritableDb): void {
  db.prepare('DELETE FROM number_request').run();
}

/** Cases that were registered without a number and are not legalised yet, oldest first. */
export function listUnnumbered(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT id FROM case_file WHERE province_number IS NULL
             AND state NOT IN ('DISAHKAN', 'TERKIRIM', 'DITERIMA', 'DITOLAK', 'DITARIK', 'DITUTUP', 'DIGABUNG') ORDER BY serial`,
      )
      .pluck()
      .all(),
  );
}

export function setProvinceNumber(db: WritableDb, caseId: string, number: string): void {
  db.prepare('UPDATE case_file SET province_number = ? WHERE id = ?').run(number, caseId);
}

/** Gives a case other numbers than it had. */
export function setNumbers(
  db: WritableDb,
  caseId: string,
  { number, provinceNumber }: { number: string; provinceNumber: string | null },
): void {
  db.prepare('UPDATE case_file SET number = ?, province_number = ? WHERE id = ?').run(
    number,
    provinceNumber,
    caseId,
  );
}

/** The case that bears a number of the province here; null where none does. */
export function findBearer(db: ReadableDb, number: string): string | null {
  const raw = db.prepare('SELECT id FROM case_file WHERE province_number = ?').pluck().get(number);
  return raw === undefined ? null : z.string().parse(raw);
}

/** The case whose paper bears a number; null where none does. */
export function findOnPaper(db: ReadableDb, number: string): string | null {
  const raw = db.prepare('SELECT id FROM case_file WHERE number = ?').pluck().get(number);
  return raw === undefined ? null : z.string().parse(raw);
}

/** Whether a case bears a number here, as the province's or on its paper. */
export function isNumberBorne(db: ReadableDb, number: string): boolean {
  return (
    db
      .prepare('SELECT 1 FROM case_file WHERE province_number = @number OR number = @number')
      .get({ number }) !== undefined
  );
}

const Grant = z.object({ id: z.string(), jws: z.string() });

/** Every pool of which numbers are left, as it was granted. */
export function listGrants(db: ReadableDb): z.infer<typeof Grant>[] {
  return z
    .array(Grant)
    .parse(db.prepare('SELECT id, grant_jws AS jws FROM number_pool WHERE next <= last').all());
}

/** Nothing more is taken from a pool. */
export function closePool(db: WritableDb, id: string): void {
  db.prepare('UPDATE number_pool SET next = last + 1 WHERE id = ?').run(id);
}

/** A number that is in use already is not lent a second time. */
export function passNumber(db: WritableDb, number: string): void {
  const [prefix, digits] = number.split('-');
  db.prepare(
    'UPDATE number_pool SET next = @used + 1 WHERE prefix = @prefix AND @used BETWEEN next AND last',
  ).run({
    prefix,
    used: Number(digits),
  });
}
