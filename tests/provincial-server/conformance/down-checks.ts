import { liesIn } from '../../../shared/domain/wilayah.ts';
import { DownItem, DownPage } from '../../../shared/provincial/down.ts';
import { KeyVoucher, type PublicKey, signatureType } from '../../../shared/provincial/wire.ts';
import { allKeys, openSigned, vouchedKeys } from '../../../electron/sync/signatures.ts';
import { type Check, fail, type Trial } from './trial.ts';

const tooFew = 'kurang dari dua kiriman turun untuk wilayah kantor uji';

/** What comes down, in pages. */
export function downChecks({ subject, call, open, enrolled, serverKey }: Trial): Check[] {
  const page = async (query: string): Promise<DownPage> =>
    DownPage.parse(await (await call(`/v1/down?${query}`)).json());
  const item = (jws: string | undefined): Promise<DownItem> =>
    open(jws ?? fail('satu butir'), signatureType.down, DownItem);

  return [
    {
      name: 'kiriman turun ditandatangani dan terbaca urut dengan kursor',
      run: async () => {
        const { items, next } = await page('after=0');
        if (items.length < 2) return tooFew;
        let cursor = 0;
        for (const jws of items) {
          const { cursor: reached, officeId, area } = await item(jws);
          if (reached <= cursor) fail('kursor yang naik');
          cursor = reached;
          const isOurs =
            officeId === null ? area !== null && liesIn(subject.area, area) : officeId === enrolled().id;
          if (!isOurs) fail('kiriman untuk kantor ini atau wilayahnya');
        }
        return next === cursor ? undefined : fail('next pada kursor terakhir');
      },
    },
    {
      name: 'halaman kiriman turun sepanjang yang diminta, paling sedikit satu butir',
      run: async () => {
        const { items } = await page('after=0');
        if (items.length < 2) return tooFew;
        const first = await page('after=0&most=1');
        if (first.items.length !== 1 || !first.more) fail('satu butir, dan more');
        const { cursor } = await item(first.items[0]);
        if (first.next !== cursor) fail('next pada butir itu');
        const second = await page(`after=${first.next}&most=1`);
        if ((await item(second.items[0])).id !== (await item(items[1])).id)
          fail('butir kedua sesudah yang pertama');
        return;
      },
    },
    {
      name: 'kunci server yang berganti dijamin kunci yang sudah dikenal kantor',
      run: async () => {
        const { keys = [] } = await page('after=0');
        if (keys.length === 0) return 'server ini belum pernah mengumumkan kunci lain';
        const knownFrom = async (key: PublicKey) =>
          await vouchedKeys({ serverKeys: [key], earlierKeys: [] }, keys);
        const reached = await knownFrom(serverKey());
        const known = allKeys(reached);
        for (const jws of keys)
          if ((await openSigned(jws, known, signatureType.serverKey, KeyVoucher)) === null)
            fail('tiap jaminan ditandatangani kunci yang dikenal');
        for (const key of known) {
          const vouchers = await Promise.all(
            keys.map((jws) => openSigned(jws, [key], signatureType.serverKey, KeyVoucher)),
          );
          if (vouchers.filter((told) => told?.relation === 'next').length > 1)
            fail('satu pengganti untuk tiap kunci');
          const from = await knownFrom(key);
          if (from.serverKeys.at(-1)?.x !== reached.serverKeys.at(-1)?.x)
            fail('kunci terbaru yang sama dari tiap kunci');
          // Who enrols now knows the newest key alone, and reads what the older ones have signed.
          if (allKeys(from).length < known.length) fail('jaminan ke dua arah');
        }
        return;
      },
    },
  ];
}
