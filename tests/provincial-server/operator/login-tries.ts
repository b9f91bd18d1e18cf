import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { isIPv6 } from 'node:net';
import type { Pool } from 'pg';
import { inTransaction, type Tx } from '../database.ts';

/** How often a password may be tried, counted in the database over all processes; why so, docs/adr/0025. */

/** Minutes in which tries that did not succeed are counted. */
const windowMinutes = 15;
/** By one name from one address. */
const ownTries = 5;
/** From one address, whatever the names: several operators may sit behind it. */
const addressTries = 20;
/** By one name from all addresses where it did not get in lately: who has many of them is slow all the same. */
const strangeTries = 40;
/** Days for which an address where an operator got in is known. */
const knownDays = 90;

/**
 * Where a request comes from. The proxy before this server, which listens on loopback alone, names it last in
 * `X-Forwarded-For`; of IPv6 a household has 2^64 addresses, which count as one.
 */
export function addressOf(c: Context): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  const address = forwarded || (getConnInfo(c).remote.address ?? '');
  return networkOf(address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 64));
}

/** Exported for its test. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = '', after = ''] = address.toLowerCase().split('::');
  const [head, tail] = [before, after].map((groups) => groups.split(':').filter((group) => group !== ''));
  const gap = address.includes('::') ? 8 - (head?.length ?? 0) - (tail?.length ?? 0) : 0;
  const groups = [...(head ?? []), ...Array.from({ length: gap }, () => '0'), ...(tail ?? [])];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * Counts a try before its password is looked at, so that many at once get no more looks than one after
 * the other. One that is refused is not counted: the wait ends when it was said to.
 *
 * @returns seconds to wait; null where the password may be looked at
 */
export async function countTry(pool: Pool, name: string, address: string, now: Date): Promise<number | null> {
  const window = windowMinutes * 60_000;
  return await inTransaction(pool, async (tx) => {
    // Whoever waits for the second has the first already, so that none waits for another in a ring.
    for (const what of [`nama:${name}`, `alamat:${address}`])
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_login:' || $1))`, [what]);
    await tx.query('DELETE FROM login_try WHERE at <= $1', [new Date(now.getTime() - window)]);
    const { rows } = await tx.query<{ at: Date | null }>(
      `SELECT greatest(
         (SELECT at FROM login_try WHERE name = $1 AND address = $2 ORDER BY at DESC OFFSET $3 LIMIT 1),
         (SELECT at FROM login_try WHERE address = $2 ORDER BY at DESC OFFSET $4 LIMIT 1),
         (SELECT at FROM login_try AS strange WHERE name = $1 AND NOT ${isKnown('$2')} AND NOT ${isKnown('strange.address')}
          ORDER BY at DESC OFFSET $5 LIMIT 1)) AS at`,
      [
        name,
        address,
        ownTries - 1,
        addressTries - 1,
        strangeTries - 1,
        new Date(now.getTime() - knownDays * 86_400_000),
      ],
    );
    const full = rows[0]?.at ?? null;
    if (full !== null) return Math.max(1, Math.ceil((full.getTime() + window - now.getTime()) / 1_000));
    await tx.query('INSERT INTO login_try (name, address, at) VALUES ($1, $2, $3)', [name, address, now]);
    return null;
  });
}

/** Whether the operator of name `$1` got in from there since `$6`. */
function isKnown(address: string): string {
  return `EXISTS (SELECT 1 FROM operator_address JOIN operator ON operator.id = operator_id
    WHERE operator.name = $1 AND operator_address.address = ${address} AND seen_at > $6)`;
}

/** The password was right: what was tried from there before is forgotten, and the place is known. */
export async function noteSuccess(
  tx: Tx,
  operator: { id: string; name: string },
  address: string,
  now: Date,
): Promise<void> {
  await tx.query('DELETE FROM login_try WHERE name = $1 AND address = $2', [operator.name, address]);
  await tx.query(
    `INSERT INTO operator_address (operator_id, address, seen_at) VALUES ($1, $2, $3)
     ON CONFLICT (operator_id, address) DO UPDATE SET seen_at = excluded.seen_at`,
    [operator.id, address, now],
  );
  await tx.query('DELETE FROM operator_address WHERE seen_at <= $1', [
    new Date(now.getTime() - knownDays * 86_400_000),
  ]);
}

/** The password is another one: tries of the one before lock nobody out, and no place is known. */
export async function forgetTries(tx: Tx, operator: { id: string; name: string }): Promise<void> {
  await tx.query('DELETE FROM login_try WHERE name = $1', [operator.name]);
  await tx.query('DELETE FROM operator_address WHERE operator_id = $1', [operator.id]);
}
