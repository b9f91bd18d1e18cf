import type { Pool } from 'pg';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import type { RecapReceipt, RecapRequest, RecapResponse } from '../../shared/provincial/recap.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction } from './database.ts';
import { type EnrolledOffice, holdEnrolment } from './offices.ts';
import { Refusal } from './refusal.ts';
import { sha256, type ServerKey, signCompact, signedNow } from './signing.ts';

/**
 * Keeps the recap of a closed period with the signature it came under; the same one again gets the
 * same receipt.
 *
 * @throws Refusal `recap_hash_mismatch`, `recap_outside_area`; `recap_differs` where the province
 * holds other numbers of the period; or as {@link holdEnrolment}.
 */
export async function takeRecap(
  pool: Pool,
  office: EnrolledOffice,
  { recap, hash }: RecapRequest,
  signed: { bytes: Uint8Array; signature: string },
  serverKey: ServerKey,
  now: Date,
): Promise<RecapResponse> {
  if (sha256(canonicalJson(recap)).toString('hex') !== hash)
    throw new Refusal('recap_hash_mismatch', { field: 'hash' });
  const outside = recap.cells.findIndex(({ kelurahan }) => !liesIn(kelurahan, office.area));
  if (outside >= 0) throw new Refusal('recap_outside_area', { field: `recap.cells.${outside}.kelurahan` });
  const { periodId } = recap;
  const receipt: RecapReceipt = {
    wire: wireVersion,
    officeId: office.id,
    periodId,
    hash,
    serverTime: now.toISOString(),
  };
  const held = await inTransaction(pool, async (tx) => {
    await holdEnrolment(tx, office);
    await tx.query(
      `INSERT INTO period_recap (office_id, period_id, hash, recap, signature, request, receipt, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (office_id, period_id) DO NOTHING`,
      [
        office.id,
        periodId,
        hash,
        recap,
        signed.signature,
        Buffer.from(signed.bytes),
        signCompact(serverKey, signatureType.recap, receipt),
        now,
      ],
    );
    const { rows } = await tx.query<{ hash: string; receipt: string }>(
      'SELECT hash, receipt FROM period_recap WHERE office_id = $1 AND period_id = $2',
      [office.id, periodId],
    );
    return rows[0];
  });
  if (held?.hash !== hash) throw new Refusal('recap_differs');
  return { wire: wireVersion, receipt: signedNow(serverKey, signatureType.recap, held.receipt) };
}
