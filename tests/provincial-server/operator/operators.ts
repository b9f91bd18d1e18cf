import { randomBytes, randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';
import { inTransaction, type Tx } from '../database.ts';
import { sha256 } from '../signing.ts';
import { countTry, forgetTries, noteSuccess } from './login-tries.ts';

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

/**
 * Opens a session; a name that nobody bears, or bears no more, takes as long as one with a wrong password.
 *
 * @param address where the request comes from
 */
export async function login(
  pool: Pool,
  given: string,
  password: string,
  address: string,
  now: Date,
): Promise<Login> {
  const name = plainName(given);
  const retryAfter = await countTry(pool, name, address, now);
  if (retryAfter !== null) return { outcome: 'wait', retryAfter };
  const { rows } = await pool.query<{ id: string; password_hash: string }>(
    'SELECT id, password_hash FROM operator WHERE name = $1 AND disabled_at IS NULL',
    [name],
  );
  const known = rows[0];
  if (known === undefined) {
    await hash(password);
    return { outcome: 'wrong' };
  }
  if (!(await verify(known.password_hash, password))) return { outcome: 'wrong' };
  const token = await inTransaction(pool, async (tx) => {
    // Changed while it was being looked at: it was the old one, or its operator was disabled.
    const { rowCount } = await tx.query(
      'SELECT 1 FROM operator WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL FOR SHARE',
      [known.id, known.password_hash],
    );
    if (rowCount !== 1) return null;
    await noteSuccess(tx, { id: known.id, name }, address, now);
    return await openSession(tx, known.id, now);
  });
  return token === null ? { outcome: 'wrong' } : { outcome: 'opened', token };
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
     WHERE token_hash = $1 AND operator.id = session.operator_id AND disabled_at IS NULL AND used_at > $3 AND opened_at > $4
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
  address: string,
  now: Date,
): Promise<{ outcome: 'changed' } | NotLetIn> {
  const retryAfter = await countTry(pool, operator.name, address, now);
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
    await endSessions(tx, operator.id);
    await noteSuccess(tx, operator, address, now);
    await noteAction(tx, operator, 'sandi_diganti', {}, now);
    return { outcome: 'changed' };
  });
}

async function endSessions(tx: Tx, operatorId: string): Promise<void> {
  await tx.query('DELETE FROM operator_session WHERE operator_id = $1', [operatorId]);
}

/** Ends an operator's sessions and lets them in no more, until {@link givePassword}; one is always left. */
export async function disableOperator(
  pool: Pool,
  by: Operator,
  id: string,
  now: Date,
): Promise<{ outcome: 'disabled' | 'last' | 'unknown' }> {
  return await inTransaction(pool, async (tx) => {
    // All of them, so that two who disable each other do so one after the other.
    const { rows: enabled } = await tx.query<Operator>(
      'SELECT id, name FROM operator WHERE disabled_at IS NULL ORDER BY id FOR UPDATE',
    );
    const operator = enabled.find((one) => one.id === id);
    if (operator === undefined) return { outcome: 'unknown' };
    if (enabled.length === 1) return { outcome: 'last' };
    await noteAction(tx, by, 'operator_dinonaktifkan', { nama: operator.name }, now);
    await tx.query('UPDATE operator SET disabled_at = $2 WHERE id = $1', [id, now]);
    await endSessions(tx, id);
    return { outcome: 'disabled' };
  });
}

export type PasswordGiven = { outcome: 'given'; name: string; password: string } | { outcome: 'unknown' };

/** Gives another operator a new password. One's own is changed by whoever knows it ({@link changePassword}). */
export async function givePassword(pool: Pool, by: Operator, id: string, now: Date): Promise<PasswordGiven> {
  return id === by.id ? { outcome: 'unknown' } : await renewPassword(pool, by, { id }, now);
}

/** As {@link givePassword}, of a command at the server itself: for the operator whom no other one can help. */
export async function givePasswordAtServer(pool: Pool, given: string, now: Date): Promise<PasswordGiven> {
  return await renewPassword(pool, null, { name: plainName(given) }, now);
}

/**
 * A new password, shown this once, in place of one that was forgotten or got out: sessions end, no address is known any
 * more, and what was tried at the old one does not count. One who was disabled may come in again by it.
 */
async function renewPassword(
  pool: Pool,
  by: Operator | null,
  whose: { id: string } | { name: string },
  now: Date,
): Promise<PasswordGiven> {
  const password = makePassword();
  const passwordHash = await hash(password);
  const [column, value] = 'id' in whose ? ['id', whose.id] : ['name', whose.name];
  return await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<Operator & { disabled: boolean }>(
      `SELECT id, name, disabled_at IS NOT NULL AS disabled FROM operator WHERE ${column} = $1 FOR UPDATE`,
      [value],
    );
    const operator = rows[0];
    if (operator === undefined) return { outcome: 'unknown' };
    const { id, name, disabled } = operator;
    await noteAction(tx, by, disabled ? 'operator_diaktifkan' : 'sandi_dibuat_baru', { nama: name }, now);
    await tx.query('UPDATE operator SET password_hash = $2, disabled_at = NULL WHERE id = $1', [
      id,
      passwordHash,
    ]);
    await endSessions(tx, id);
    await forgetTries(tx, operator);
    return { outcome: 'given', name, password };
  });
}

/** Whose session was opened before they were disabled. */
export class OperatorDisabled extends Error {
  override readonly name = 'OperatorDisabled';
}

/**
 * Notes what was done, in the transaction that does it. Never holds a secret.
 *
 * @param operator who did it; null for a command at the server itself
 * @throws OperatorDisabled where that happened while it was done
 */
export async function noteAction(
  tx: Tx,
  operator: Operator | null,
  action: OperatorAction,
  about: Record<string, unknown>,
  now: Date,
): Promise<void> {
  if (operator !== null) {
    const { rowCount } = await tx.query(
      'SELECT 1 FROM operator WHERE id = $1 AND disabled_at IS NULL FOR SHARE',
      [operator.id],
    );
    if (rowCount !== 1) throw new OperatorDisabled();
  }
  await tx.query('INSERT INTO operator_action (at, operator_id, action, about) VALUES ($1, $2, $3, $4)', [
    now,
    operator?.id ?? null,
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
  | 'sandi_dibuat_baru'
  | 'operator_ditambah'
  | 'operator_dinonaktifkan'
  | 'operator_diaktifkan'
  | 'kunci_diumumkan'
  | 'kunci_diganti'
  | 'kunci_bocor';
