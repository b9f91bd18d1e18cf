import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import {
  NumberPool,
  type NumbersRequest,
  type NumbersResponse,
  writeProvinceNumber,
} from '../../shared/provincial/down.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import { type EnrolledOffice, holdEnrolment } from './offices.ts';
import { Refusal } from './refusal.ts';
import { type ServerKey, signCompact } from './signing.ts';

/** Registration numbers of the province: one row of numbers, handed to offices in pools. */
const shape = { prefix: 'JKT', digits: 8 } as const;

/** An office may hold this many numbers that no case bears yet. */
const mostUnused = 2_000;
/** And is lent this many within a day, whatever it says that it holds. */
const mostPerDay = 10_000;

export interface GrantedPool {
  first: number;
  last: number;
}

/** The pools that were ever granted to offices of this area. */
export async function findPools(tx: Tx, area: string): Promise<GrantedPool[]> {
  const { rows } = await tx.query<{ first: string; last: string }>(
    'SELECT first, last FROM number_pool JOIN office ON office.id = number_pool.office_id WHERE office.area = $1',
    [area],
  );
  return rows.map((row) => ({ first: Number(row.first), last: Number(row.last) }));
}

export function isGranted(pools: readonly GrantedPool[], number: string): boolean {
  const running = Number(/^[A-Z0-9]+-(\d+)$/.exec(number)?.[1] ?? Number.NaN);
  return pools.some(
    ({ first, last }) =>
      first <= running && running <= last && writeProvinceNumber(shape, running) === number,
  );
}

/**
 * Grants a pool; the same request again gets the same pool.
 *
 * @throws Refusal `number_refused` where the office holds many unused numbers already, or as {@link holdEnrolment}.
 */
export async function grantNumbers(
  pool: Pool,
  office: EnrolledOffice,
  { requestId, count, left }: NumbersRequest,
  serverKey: ServerKey,
  now: Date,
): Promise<NumbersResponse> {
  const granted = await inTransaction(pool, async (tx) => {
    await holdEnrolment(tx, office);
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_numbers'))`);
    const before = await findGrant(tx, office.id, requestId);
    if (before) return before;
    const unused = left ?? (await countUnborne(tx, office));
    if (
      unused + count > mostUnused ||
      (await countLentSince(tx, office, daysBefore(now, 1))) + count > mostPerDay
    )
      throw new Refusal('number_refused');
    const { rows } = await tx.query<{ next: string }>(
      'SELECT coalesce(max(last), 0) + 1 AS next FROM number_pool',
    );
    const first = Number(rows[0]?.next ?? 1);
    await tx.query(
      'INSERT INTO number_pool (id, office_id, request_id, first, last, granted_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [randomUUID(), office.id, requestId, first, first + count - 1, now],
    );
    return await findGrant(tx, office.id, requestId);
  });
  if (granted === null) throw new Refusal('internal');
  const payload: NumberPool = { wire: wireVersion, requestId, officeId: office.id, ...shape, ...granted };
  return {
    wire: wireVersion,
    pool: signCompact(serverKey, signatureType.numbers, NumberPool.parse(payload)),
  };
}

async function findGrant(
  tx: Tx,
  officeId: string,
  requestId: string,
): Promise<Pick<NumberPool, 'poolId' | 'from' | 'to' | 'grantedAt'> | null> {
  const { rows } = await tx.query<{ id: string; first: string; last: string; granted_at: Date }>(
    'SELECT id, first, last, granted_at FROM number_pool WHERE office_id = $1 AND request_id = $2',
    [officeId, requestId],
  );
  const row = rows[0];
  return row === undefined
    ? null
    : {
        poolId: row.id,
        from: Number(row.first),
        to: Number(row.last),
        grantedAt: row.granted_at.toISOString(),
      };
}

/** Of an office that does not say what it holds: what was lent and no case bears here. */
async function countUnborne(tx: Tx, office: EnrolledOffice): Promise<number> {
  const { rows } = await tx.query<{ unused: string }>(
    `SELECT (SELECT coalesce(sum(last - first + 1), 0) FROM number_pool WHERE office_id = $1)
          - (SELECT count(*) FROM province_case WHERE office_id = $1 AND province_number IS NOT NULL) AS unused`,
    [office.id],
  );
  return Number(rows[0]?.unused ?? 0);
}

async function countLentSince(tx: Tx, office: EnrolledOffice, since: Date): Promise<number> {
  const { rows } = await tx.query<{ lent: string }>(
    'SELECT coalesce(sum(last - first + 1), 0) AS lent FROM number_pool WHERE office_id = $1 AND granted_at > $2',
    [office.id, since],
  );
  return Number(rows[0]?.lent ?? 0);
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
