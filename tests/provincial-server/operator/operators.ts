import { randomBytes, randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';
import { inTransaction, type Tx } from '../database.ts';
import { sha256 } from '../signing.ts';

/** Accounts and sessions of the province's operators. Times of PostgreSQL rows are the server's. */

export interface Operator {
  id: string;
  name: string;
}

export interface OperatorSession {
  operator: Operator;
  formToken: string;
}

/** Minutes without a request, and hours altogether, after which a session has ended. */
const idleMinutes = 30;
const longestHours = 12;
/** Tries by one name that did not succeed within {@link throttleMinutes}; after that nobody gets in by it for a while. */
const triesAllowed = 5;
const throttleMinutes = 15;

export const shortestPassword = 12;
export const longestName = 80;

export async function createOperator(pool: Pool, name: string, password: string, now: Date): Promise<void> {
  if (!(await insertOperator(pool, plainName(name), password, now)))
    throw new Error('There is an operator of that name.');
}

/** Makes the operator of a new server. @returns its password, shown this once; null where there is one. */
export async function createFirstOperator(pool: Pool, name: string, now: Date): Promise<string | null> {
  const { rowCount } = await pool.query('SELECT 1 FROM operator LIMIT 1');
  if (rowCount !== 0) return null;
  const password = makePassword();
  // Another process may start at the same moment: the password is that of the one that made it.
  return (await insertOperator(pool, plainName(name), password, now)) ? password : null;
}

/** Adds an operator in the name of another; its first password is shown this once. */
export async function addOperator(
  pool: Pool,
  by: Operator,
  given: string,
  now: Date,
): Promise<{ outcome: 'added'; name: string; password: string } | { outcome: 'taken' }> {
  const [name, password] = [plainName(given), makePassword()];
  return await inTransaction(pool, async (tx) => {
    if (!(await insertOperator(tx, name, password, now))) return { outcome: 'taken' };
    await noteAction(tx, by, 'operator_ditambah', { nama: name }, now);
    return { outcome: 'added', name, password };
  });
}

/** @returns false where somebody bears that name */
async function insertOperator(tx: Tx, name: string, password: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    'INSERT INTO operator (id, name, password_hash, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING',
    [randomUUID(), name, await hash(password), now],
  );
  return rowCount === 1;
}

function makePassword(): string {
  return randomBytes(12).toString('base64url');
}

/** Case and blanks around a name do not count. */
function plainName(given: string): string {
  return given.trim().toLowerCase().slice(0, longestName);
}

type NotLetIn = { outcome: 'wrong' } | { outcome: 'wait'; retryAfter: number };

export type Login = { outcome: 'opened'; token: string } | NotLetIn;

/** Opens a session; a name that nobody bears takes as long as one with a wrong password. */
export async function login(pool: Pool, given: string, password: string, now: Date): Promise<Login> {
  const name = plainName(given);
  const retryAfter = await countTry(pool, name, now);
  if (retryAfter !== null) return { outcome: 'wait', retryAfter };
  const { rows } = await pool.query<{ id: string; password_hash: string }>(
    'SELECT id, password_hash FROM operator WHERE name = $1',
    [name],
  );
  const known = rows[0];
  if (known === undefined) {
    await hash(password);
    return { outcome: 'wrong' };
  }
  if (!(await verify(known.password_hash, password))) return { outcome: 'wrong' };
  const token = await inTransaction(pool, async (tx) => {
    // Changed while it was being looked at: it was the old one.
    const { rowCount } = await tx.query(
      'SELECT 1 FROM operator WHERE id = $1 AND password_hash = $2 FOR SHARE',
      [known.id, known.password_hash],
    );
    if (rowCount !== 1) return null;
    await forgetTries(tx, name);
    return await openSession(tx, known.id, now);
  });
  return token === null ? { outcome: 'wrong' } : { outcome: 'opened', token };
}

/**
 * Counts a try before its password is looked at, so that many at once get no more looks than one after
 * the other. One that is refused is not counted: the wait ends when it was said to.
 *
 * @returns seconds to wait; null where the password may be looked at
 */
async function countTry(pool: Pool, name: string, now: Date): Promise<number | null> {
  const window = throttleMinutes * 60_000;
  return await inTransaction(pool, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_login:' || $1))`, [name]);
    await tx.query('DELETE FROM login_try WHERE at <= $1', [new Date(now.getTime() - window)]);
    const { rows } = await tx.query<{ count: number; first: Date | null }>(
      'SELECT count(*)::int AS count, min(at) AS first FROM login_try WHERE name = $1',
      [name],
    );
    const { count = 0, first } = rows[0] ?? {};
    if (count >= triesAllowed)
      return Math.max(1, Math.ceil(((first ?? now).getTime() + window - now.getTime()) / 1_000));
    await tx.query('INSERT INTO login_try (name, at) VALUES ($1, $2)', [name, now]);
    return null;
  });
}

async function forgetTries(tx: Tx, name: string): Promise<void> {
  await tx.query('DELETE FROM login_try WHERE name = $1', [name]);
}

async function openSession(pool: Tx, operatorId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await pool.query('DELETE FROM operator_session WHERE used_at <= $1 OR opened_at <= $2', endsOf(now));
  await pool.query(
    'INSERT INTO operator_session (token_hash, operator_id, form_token, opened_at, used_at) VALUES ($1, $2, $3, $4, $4)',
    [sha256(token), operatorId, randomBytes(24).toString('base64url'), now],
  );
  return token;
}

/** A session last used, or opened, by these moments has ended. */
function endsOf(now: Date): [used: Date, opened: Date] {
  return [new Date(now.getTime() - idleMinutes * 60_000), new Date(now.getTime() - longestHours * 3_600_000)];
}

/** The session of a request, which counts as use of it; null where there is none, or it has ended. */
export async function findSession(
  pool: Pool,
  token: string | undefined,
  now: Date,
): Promise<OperatorSession | null> {
  if (token === undefined) return null;
  const { rows } = await pool.query<{ id: string; name: string; form_token: string }>(
    `UPDATE operator_session AS session SET used_at = $2 FROM operator
     WHERE token_hash = $1 AND operator.id = session.operator_id AND used_at > $3 AND opened_at > $4
     RETURNING operator.id, operator.name, form_token`,
    [sha256(token), now, ...endsOf(now)],
  );
  const row = rows[0];
  return row === undefined ? null : { operator: { id: row.id, name: row.name }, formToken: row.form_token };
}

export async function closeSession(pool: Pool, token: string): Promise<void> {
  await pool.query('DELETE FROM operator_session WHERE token_hash = $1', [sha256(token)]);
}

/**
 * Changes the password, notes it, and ends every session of the operator. Tries of the old password
 * count as those of the log-in do: an open session is no way to guess it.
 */
export async function changePassword(
  pool: Pool,
  operator: Operator,
  before: string,
  after: string,
  now: Date,
): Promise<{ outcome: 'changed' } | NotLetIn> {
  const retryAfter = await countTry(pool, operator.name, now);
  if (retryAfter !== null) return { outcome: 'wait', retryAfter };
  const { rows } = await pool.query<{ password_hash: string }>(
    'SELECT password_hash FROM operator WHERE id = $1',
    [operator.id],
  );
  const old = rows[0]?.password_hash;
  if (old === undefined || !(await verify(old, before))) return { outcome: 'wrong' };
  const changed = await hash(after);
  return await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      'UPDATE operator SET password_hash = $2 WHERE id = $1 AND password_hash = $3',
      [operator.id, changed, old],
    );
    if (rowCount !== 1) return { outcome: 'wrong' };
    await tx.query('DELETE FROM operator_session WHERE operator_id = $1', [operator.id]);
    await forgetTries(tx, operator.name);
    await noteAction(tx, operator, 'sandi_diganti', {}, now);
    return { outcome: 'changed' };
  });
}

/** Notes what an operator did, in the transaction that does it. Never holds a secret. */
export async function noteAction(
  tx: Tx,
  operator: Operator,
  action: OperatorAction,
  about: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await tx.query('INSERT INTO operator_action (at, operator_id, action, about) VALUES ($1, $2, $3, $4)', [
    now,
    operator.id,
    action,
    about,
  ]);
}

export type OperatorAction =
  | 'kode_dibuat'
  | 'kantor_dicabut'
  | 'terbitan_disiapkan'
  | 'terbitan_diterbitkan'
  | 'token_dibuat'
  | 'token_dicabut'
  | 'sandi_diganti'
  | 'operator_ditambah';
