import type { Pool } from 'pg';
import { PublicKey } from '../../shared/provincial/wire.ts';

/** Every key that the province ever signed with, and last the newest, announced or in use. */
export async function readServerKeys(pool: Pool): Promise<PublicKey[]> {
  const { rows } = await pool.query<{ jwk: unknown }>(
    `SELECT private_jwk - 'd' AS jwk FROM signing_key ORDER BY active_at IS NULL, retired_at IS NULL, retired_at`,
  );
  return rows.map(({ jwk }) => PublicKey.parse(jwk));
}
