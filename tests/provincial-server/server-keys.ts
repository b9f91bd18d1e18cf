import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Pool } from 'pg';
import { type KeyVoucher, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import { type ServerKey, signCompact, toServerKey } from './signing.ts';

/** The keys that the province signs with, one after the other; decisions behind them: docs/adr/0030-province-changes-its-key.md. */

/** The key that signs receipts; made once, shared by every process on this database. */
export async function loadServerKey(pool: Pool): Promise<ServerKey> {
  return await alone(pool, async (tx) => {
    const active = await findKey(tx, 'active_at IS NOT NULL AND retired_at IS NULL');
    return active ?? (await makeKey(tx, new Date(), []));
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
    return announced ?? (await makeKey(tx, null, [signing], now));
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
    return next;
  });
}

/** Those that signed before the one of now. */
export async function earlierKeys(tx: Tx): Promise<ServerKey[]> {
  const { rows } = await tx.query<{ private_jwk: JWK }>(
    'SELECT private_jwk FROM signing_key WHERE retired_at IS NOT NULL ORDER BY retired_at DESC',
  );
  return await Promise.all(rows.map((row) => toServerKey(row.private_jwk)));
}

/** What tells an office, from any key it knows, all others; nothing where there was one key all the time. */
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
  /** Offices that have asked for what comes down since it was announced, of those that are enrolled. */
  reached: number;
  offices: number;
}

export async function listKeys(pool: Pool): Promise<KeyLine[]> {
  const { rows } = await pool.query<KeyLine>(
    `SELECT kid, created_at AS "createdAt", active_at AS "activeAt", retired_at AS "retiredAt",
       (SELECT count(*)::int FROM office WHERE revoked_at IS NULL AND last_contact_at > created_at) AS reached,
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

/** @param before the key that it follows, if any */
async function makeKey(
  tx: Tx,
  activeAt: Date | null,
  before: readonly ServerKey[],
  now = new Date(),
): Promise<ServerKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const key = await toServerKey(jwk);
  const vouchers = before.flatMap((old) => [voucher(old, key, now), voucher(key, old, now)]);
  await tx.query(
    'INSERT INTO signing_key (kid, private_jwk, created_at, active_at, vouchers) VALUES ($1, $2, $3, $4, $5)',
    [await calculateJwkThumbprint(jwk), jwk, now, activeAt, vouchers],
  );
  return key;
}

function voucher(by: ServerKey, { publicJwk }: ServerKey, now: Date): string {
  const vouched: KeyVoucher = { wire: wireVersion, key: publicJwk, vouchedAt: now.toISOString() };
  return signCompact(by, signatureType.serverKey, vouched);
}
