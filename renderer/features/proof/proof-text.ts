import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { formatNumber } from '../../components/formats.ts';
import { momentText } from '../sync/foot-text.ts';

/**
 * The promise in full: `semua 214 perubahan tersimpan · 31 menunggu · cocok dengan provinsi pukul 09.14`.
 * It says "cocok" only where both sides have proven it.
 *
 * @param now ISO instant
 */
export function promiseText(status: SyncStatus, now: string): string {
  return [
    `semua ${formatNumber(status.saved)} perubahan tersimpan`,
    status.waiting === 0 ? 'tidak ada yang menunggu' : `${formatNumber(status.waiting)} menunggu`,
    ...proofTexts(status.proof, now),
  ].join(' · ');
}

function proofTexts(proof: SyncStatus['proof'], now: string): string[] {
  const later = proof?.later ?? 0;
  return [proofText(proof, now), ...(later === 0 ? [] : [`${formatNumber(later)} belum dibandingkan`])];
}

function proofText(proof: SyncStatus['proof'], now: string): string {
  if (proof === null) return 'belum dicocokkan dengan provinsi';
  const at = momentText(proof.at, now);
  const time = /^\d\d\.\d\d$/.test(at) ? `pukul ${at}` : at;
  switch (proof.state) {
    case 'cocok':
      return proof.via === 'kurir'
        ? `cocok dengan provinsi per ${at}, menurut paket kurir`
        : `cocok dengan provinsi ${time}`;
    case 'berbeda':
      return proof.differences === 0
        ? 'perbedaan dengan provinsi belum selesai'
        : `${formatNumber(proof.differences)} berbeda dengan provinsi`;
    case 'tidak_terbukti':
      return 'jawaban provinsi tidak terbukti asli';
    case 'tidak_didukung':
      return 'server provinsi belum dapat dicocokkan';
    case 'tidak_terbanding':
      return 'kantor ini belum dapat mencocokkan isinya';
  }
}
