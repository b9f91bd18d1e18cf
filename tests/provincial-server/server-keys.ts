import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Pool } from 'pg';
import { type KeyVoucher, type PublicKey, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import { noteAction } from './operator/operators.ts';
import { publicHalf, type ServerKey, signCompact, toServerKey } from './signing.ts';

/** The keys that the province signs with, one after the other; decisions behind them: docs/adr/0030-province-changes-its-key.md. */

/** The key that signs receipts; made once, shared by every process on this database. */
export async function loadServerKey(pool: Pool): Promise<ServerKey> {
  return await alone(pool, async (tx) => {
    const active = await findKey(tx, 'active_at IS NOT NULL AND retired_at IS NULL');
    return active ?? (await makeKey(tx, new Date(), null));
  });
}

/**
 * Makes the key that is to sign next. Until {@link changeKey} nothing is signed with it, so that every office may
 * learn it first; the same again where one is announced already.
 */
export async function announceKey(pool: Pool, now: Date): Promise<ServerKey> {
  const signing = await loadServerKey(pool);
  return await alone(pool, async (tx) => {
    const announced = await findKey(tx, 'active_at IS NULL');
    if (announced !== null) return announced;
    const made = await makeKey(tx, null, signing, now);
    await noteAction(tx, null, 'kunci_diumumkan', { kunci: made.kid }, now);
    return made;
  });
}

/**
 * The announced key signs from now on, in every process that starts after this; those that run go on with the one
 * before, which stays known.
 *
 * @returns null where none is announced
 */
export async function changeKey(pool: Pool, now: Date): Promise<ServerKey | null> {
  return await alone(pool, async (tx) => {
    const next = await findKey(tx, 'active_at IS NULL');
    if (next === null) return null;
    await tx.query('UPDATE signing_key SET retired_at = $1 WHERE retired_at IS NULL AND kid <> $2', [
      now,
      next.kid,
    ]);
    await tx.query('UPDATE signing_key SET active_at = $1 WHERE kid = $2', [now, next.kid]);
    await noteAction(tx, null, 'kunci_diganti', { kunci: next.kid }, now);
    return next;
  });
}

/**
 * For when a key got out. Another signs from now on that no key vouches for, no office is enrolled any more, and
 * each enrols anew, by which it pins the new key and forgets the others.
 *
 * @returns how many offices were revoked
 */
export async function replaceKey(pool: Pool, now: Date): Promise<number> {
  return await alone(pool, async (tx) => {
    await tx.query(
      `UPDATE signing_key SET vouchers = '{}', lost_at = coalesce(lost_at, $1),
         active_at = coalesce(active_at, $1), retired_at = coalesce(retired_at, $1)`,
      [now],
    );
    const { kid } = await makeKey(tx, now, null, now);
    const { rowCount } = await tx.query('UPDATE office SET revoked_at = $1 WHERE revoked_at IS NULL', [now]);
    const revoked = rowCount ?? 0;
    await noteAction(tx, null, 'kunci_bocor', { kunci: kid, kantor_dicabut: revoked }, now);
    return revoked;
  });
}

/** Whether the key got out: a process that still holds it enrols nobody. */
export async function isLost(tx: Tx, { kid }: ServerKey): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT 1 FROM signing_key WHERE kid = $1 AND lost_at IS NOT NULL', [
    kid,
  ]);
  return rowCount === 1;
}

/** Those that signed before the one of now, as far as their private halves are kept. */
export async function earlierKeys(tx: Tx): Promise<ServerKey[]> {
  const { rows } = await tx.query<{ private_jwk: JWK }>(
    `SELECT private_jwk FROM signing_key
     WHERE retired_at IS NOT NULL AND lost_at IS NULL AND private_jwk ? 'd' ORDER BY retired_at DESC`,
  );
  return await Promise.all(rows.map((row) => toServerKey(row.private_jwk)));
}

/** What tells an office, from any key it knows, all others; nothing where there is one alone. */
export async function readVouchers(pool: Pool): Promise<{ keys?: string[] }> {
  const { rows } = await pool.query<{ jws: string }>(
    'SELECT unnest(vouchers) AS jws FROM signing_key ORDER BY created_at',
  );
  return rows.length === 0 ? {} : { keys: rows.map(({ jws }) => jws) };
}

export interface KeyLine {
  kid: string;
  createdAt: Date;
  activeAt: Date | null;
  retiredAt: Date | null;
  lostAt: Date | null;
  /** Offices that said that it is the newest they know, of those that are enrolled. */
  reached: number;
  offices: number;
}

export async function listKeys(pool: Pool): Promise<KeyLine[]> {
  const { rows } = await pool.query<KeyLine>(
    `SELECT kid, created_at AS "createdAt", active_at AS "activeAt", retired_at AS "retiredAt", lost_at AS "lostAt",
       (SELECT count(*)::int FROM office WHERE revoked_at IS NULL AND known_key = private_jwk ->> 'x') AS reached,
       (SELECT count(*)::int FROM office WHERE revoked_at IS NULL) AS offices
     FROM signing_key ORDER BY created_at`,
  );
  return rows;
}

async function alone<Result>(pool: Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return await inTransaction(pool, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_signing_key'))`);
    return await work(tx);
  });
}

async function findKey(tx: Tx, which: string): Promise<ServerKey | null> {
  const { rows } = await tx.query<{ private_jwk: JWK }>(`SELECT private_jwk FROM signing_key WHERE ${which}`);
  return rows[0] === undefined ? null : await toServerKey(rows[0].private_jwk);
}

/** @param signing the key that it follows, if any */
async function makeKey(
  tx: Tx,
  activeAt: Date | null,
  signing: ServerKey | null,
  now = new Date(),
): Promise<ServerKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const key = await toServerKey(jwk);
  const vouchers = signing === null ? [] : await vouchersFor(tx, key, signing, now);
  await tx.query(
    'INSERT INTO signing_key (kid, private_jwk, created_at, active_at, vouchers) VALUES ($1, $2, $3, $4, $5)',
    [key.kid, jwk, now, activeAt, vouchers],
  );
  return key;
}

/** Of the new key by the one that signs, and by the new key of all before it. */
async function vouchersFor(tx: Tx, key: ServerKey, signing: ServerKey, now: Date): Promise<string[]> {
  const { rows } = await tx.query<{ private_jwk: JWK }>(
    'SELECT private_jwk FROM signing_key WHERE retired_at IS NOT NULL AND lost_at IS NULL ORDER BY retired_at DESC',
  );
  const retired = await Promise.all(rows.map((row) => publicHalf(row.private_jwk)));
  return [
    voucher(signing, 'next', key.publicJwk, now),
    ...[signing.publicJwk, ...retired].map((earlier) => voucher(key, 'earlier', earlier, now)),
  ];
}

function voucher(by: ServerKey, relation: KeyVoucher['relation'], key: PublicKey, now: Date): string {
  const vouched: KeyVoucher = { wire: wireVersion, key, relation, vouchedAt: now.toISOString() };
  return signCompact(by, signatureType.serverKey, vouched);
}
