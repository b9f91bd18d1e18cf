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
/** Failed tries by one name within {@link throttleMinutes}; after that nobody gets in by that name. */
const triesAllowed = 5;
const throttleMinutes = 15;

export const shortestPassword = 12;

export async function createOperator(pool: Pool, name: string, password: string, now: Date): Promise<void> {
  await pool.query('INSERT INTO operator (id, name, password_hash, created_at) VALUES ($1, $2, $3, $4)', [
    randomUUID(),
    name.trim().toLowerCase(),
    await hash(password),
    now,
  ]);
}

/** Makes the operator of a new server. @returns its password, shown this once; null where there is one. */
export async function createFirstOperator(pool: Pool, name: string, now: Date): Promise<string | null> {
  const { rowCount } = await pool.query('SELECT 1 FROM operator LIMIT 1');
  if (rowCount !== 0) return null;
  const password = randomBytes(12).toString('base64url');
  await createOperator(pool, name, password, now);
  return password;
}

export type Login =
  | { outcome: 'opened'; token: string }
  | { outcome: 'wrong' }
  | { outcome: 'wait'; retryAfter: number };

/**
 * Opens a session. Each try is counted before the password is looked at, so that many at once get no
 * more looks than one after the other; a name that nobody bears takes as long as one with a wrong password.
 */
export async function login(pool: Pool, given: string, password: string, now: Date): Promise<Login> {
  const name = given.trim().toLowerCase().slice(0, 80);
  const since = new Date(now.getTime() - throttleMinutes * 60_000);
  await pool.query('INSERT INTO login_try (name, at) VALUES ($1, $2)', [name, now]);
  const { rows: tries } = await pool.query<{ count: number; first: Date | null }>(
    'SELECT count(*)::int AS count, min(at) AS first FROM login_try WHERE name = $1 AND at > $2',
    [name, since],
  );
  const { count = 0, first } = tries[0] ?? {};
  if (count > triesAllowed) {
    const opens = (first ?? now).getTime() + throttleMinutes * 60_000;
    return { outcome: 'wait', retryAfter: Math.max(1, Math.ceil((opens - now.getTime()) / 1_000)) };
  }
  const { rows } = await pool.query<{ id: string; password_hash: string }>(
    'SELECT id, password_hash FROM operator WHERE name = $1',
    [name],
  );
  const known = rows[0];
  const right = await verify(known?.password_hash ?? (await nobodysHash()), password);
  if (known === undefined || !right) return { outcome: 'wrong' };
  await pool.query('DELETE FROM login_try WHERE name = $1 OR at <= $2', [name, since]);
  return { outcome: 'opened', token: await openSession(pool, known.id, now) };
}

let hashOfNobody: Promise<string> | null = null;
function nobodysHash(): Promise<string> {
  return (hashOfNobody ??= hash(randomBytes(16)));
}

async function openSession(pool: Pool, operatorId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await pool.query(
    'INSERT INTO operator_session (token_hash, operator_id, form_token, opened_at, used_at) VALUES ($1, $2, $3, $4, $4)',
    [sha256(token), operatorId, randomBytes(24).toString('base64url'), now],
  );
  return token;
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
    [
      sha256(token),
      now,
      new Date(now.getTime() - idleMinutes * 60_000),
      new Date(now.getTime() - longestHours * 3_600_000),
    ],
  );
  const row = rows[0];
  return row === undefined ? null : { operator: { id: row.id, name: row.name }, formToken: row.form_token };
}

export async function closeSession(pool: Pool, token: string): Promise<void> {
  await pool.query('DELETE FROM operator_session WHERE token_hash = $1', [sha256(token)]);
}

/** Changes the password and ends every session of the operator. @returns false where the old one is wrong. */
export async function changePassword(
  pool: Pool,
  operator: Operator,
  before: string,
  after: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ password_hash: string }>(
    'SELECT password_hash FROM operator WHERE id = $1',
    [operator.id],
  );
  if (!(await verify(rows[0]?.password_hash ?? (await nobodysHash()), before))) return false;
  const changed = await hash(after);
  await inTransaction(pool, async (tx) => {
    await tx.query('UPDATE operator SET password_hash = $2 WHERE id = $1', [operator.id, changed]);
    await tx.query('DELETE FROM operator_session WHERE operator_id = $1', [operator.id]);
  });
  return true;
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
  | 'sandi_diganti';
