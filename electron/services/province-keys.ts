import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findLinkRecord, setVouchedKeys } from '../store/sync.ts';
import type { OfficeLink } from '../sync/province-client.ts';
import { vouchedKeys } from '../sync/signatures.ts';
import { type Register, systemActor } from './register.ts';

/**
 * The province changes its key: what the key that was pinned at enrolment vouches for is the province's, too, and
 * stays so; receipts of before are signed by what came before.
 *
 * @param vouchers each a `KeyVoucher`, in any order
 * @returns the link by which anything signed by any of these keys is opened
 */
export async function withVouchedKeys(link: OfficeLink, vouchers: readonly string[]): Promise<OfficeLink> {
  return { ...link, serverKeys: await vouchedKeys(link.serverKeys, vouchers) };
}

/** Keeps what is new of the keys of a link, unless the office was enrolled anew meanwhile. */
export function keepKeys(register: Register, { credential, serverKeys }: OfficeLink): void {
  const { db } = register;
  transaction(db, () => {
    const standing = findLinkRecord(db);
    if (standing === null || standing.credential !== credential) return;
    const known = [standing.serverKey, ...standing.vouchedKeys].map(({ x }) => x);
    const fresh = serverKeys.filter(({ x }) => !known.includes(x));
    if (fresh.length === 0) return;
    setVouchedKeys(db, [...standing.vouchedKeys, ...fresh]);
    appendEvent(db, {
      at: instant(register.clock),
      actor: { id: null, role: systemActor.role },
      type: 'kunci_provinsi_bertambah',
      payload: {
        kunci: fresh.map(({ x }) => x),
        keterangan: 'Kunci baru provinsi, dijamin kunci yang sudah dikenal',
      },
    });
  });
}
