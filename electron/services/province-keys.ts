import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findLinkRecord, setVouchedKeys } from '../store/office-link.ts';
import type { OfficeLink } from '../sync/province-client.ts';
import { vouchedKeys } from '../sync/signatures.ts';
import { type Register, systemActor } from './register.ts';

/**
 * The province changes its key: what the newest key that is known vouches for is the province's, too, and stays so;
 * receipts of before are signed by what came before.
 *
 * @param vouchers each a `KeyVoucher`, in any order
 */
export async function withVouchedKeys(link: OfficeLink, vouchers: readonly string[]): Promise<OfficeLink> {
  return { ...link, ...(await vouchedKeys(link, vouchers)) };
}

/** Whether the office has not enrolled anew since: else what came by this link counts for nothing any more. */
export function isStanding({ db }: Register, { credential }: OfficeLink): boolean {
  return findLinkRecord(db)?.credential === credential;
}

/** Keeps what is new of the keys of a link, unless the office was enrolled anew or learned others meanwhile. */
export function keepKeys(register: Register, { credential, serverKeys, earlierKeys }: OfficeLink): void {
  const { db } = register;
  transaction(db, () => {
    const standing = findLinkRecord(db);
    if (standing === null || standing.credential !== credential) return;
    const chain = [standing.serverKey, ...standing.vouchedKeys];
    if (chain.some(({ x }, index) => serverKeys[index]?.x !== x)) return;
    const vouched = serverKeys.slice(chain.length);
    const earlier = earlierKeys.filter((key) => standing.earlierKeys.every(({ x }) => key.x !== x));
    if (vouched.length + earlier.length === 0) return;
    setVouchedKeys(db, {
      vouchedKeys: [...standing.vouchedKeys, ...vouched],
      earlierKeys: [...standing.earlierKeys, ...earlier],
    });
    appendEvent(db, {
      at: instant(register.clock),
      actor: { id: null, role: systemActor.role },
      type: 'kunci_provinsi_bertambah',
      payload: {
        kunci: vouched.map(({ x }) => x),
        kunciLama: earlier.map(({ x }) => x),
        keterangan: 'Kunci provinsi yang dijamin kunci yang sudah dikenal',
      },
    });
  });
}
