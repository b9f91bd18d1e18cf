import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { ReadRole } from '../../shared/provincial/read.ts';
import type { Tx } from './database.ts';
import { Refusal } from './refusal.ts';
import { matchesHash, readCredential, sha256 } from './signing.ts';

/** Who may read: a token for each website or unit, with one role and one area. */

export interface Reader {
  tokenId: string;
  role: ReadRole;
  area: string;
}

export interface NewReadToken {
  /** The website or unit, as the record of accesses names it. */
  reader: string;
  role: ReadRole;
  area: string;
  /** Days until it ends. */
  days: number;
}

/** @returns the bearer token, shown this once: only its hash is kept. */
export async function createReadToken(
  pool: Pick<Pool, 'query'>,
  { reader, role, area, days }: NewReadToken,
  now: Date,
): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  await pool.query(
    `INSERT INTO read_token (id, reader, role, area, secret_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, reader, role, area, sha256(secret), now, new Date(now.getTime() + days * 86_400_000)],
  );
  return { id, token: `${id}.${secret}` };
}

/** @returns false where there is no such token, or it was revoked before */
export async function revokeReadToken(pool: Pick<Pool, 'query'>, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE read_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL',
    [id, now],
  );
  return rowCount === 1;
}

interface TokenRow {
  id: string;
  role: string;
  area: string;
  secret_hash: Buffer;
  ended: boolean;
}

/** The reader of a request. @throws Refusal `token_unknown`, also for one that has ended or was revoked. */
export async function authenticateReader(
  pool: Pool,
  authorization: string | undefined,
  now: Date,
): Promise<Reader> {
  const token = readCredential(authorization);
  if (!token) throw new Refusal('token_unknown');
  const { rows } = await pool.query<TokenRow>(
    `SELECT id, role, area, secret_hash, revoked_at IS NOT NULL OR expires_at <= $2 AS ended FROM read_token WHERE id = $1`,
    [token.id, now],
  );
  const row = rows[0];
  if (!row || row.ended || !matchesHash(token.secret, row.secret_hash)) throw new Refusal('token_unknown');
  return { tokenId: row.id, role: ReadRole.parse(row.role), area: row.area };
}

/** Again, once the question is here and about to be answered. @throws Refusal `token_unknown` where it ended meanwhile. */
export async function holdToken(tx: Tx, { tokenId }: Reader, now: Date): Promise<void> {
  const { rowCount } = await tx.query(
    'SELECT 1 FROM read_token WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 FOR SHARE',
    [tokenId, now],
  );
  if (rowCount !== 1) throw new Refusal('token_unknown');
}

/** @throws Refusal `outside_token_area`. */
export function checkArea(reader: Reader, code: string): void {
  if (!liesIn(code, reader.area)) throw new Refusal('outside_token_area');
}

/** @throws Refusal `role_not_allowed` where only counts are for this reader. */
export function checkMayReadFamilies(reader: Reader): void {
  if (reader.role === 'publik_agregat') throw new Refusal('role_not_allowed');
}
