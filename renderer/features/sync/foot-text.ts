import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { formatDate, formatNumber, formatTime } from '../../components/formats.ts';

/**
 * The promise in the foot: `214 tersimpan · 31 menunggu kirim · cocok 09.14 · tersambung 09.14`. It says
 * what is safe, what waits, when both sides last held the same and were last in touch; never "error".
 *
 * @param now ISO instant; a contact of another day is named by its date.
 */
export function footParts(status: SyncStatus, now: string): string[] {
  return [
    `${formatNumber(status.saved)} tersimpan`,
    ...(status.waiting > 0 ? [`${formatNumber(status.waiting)} menunggu kirim`] : []),
    ...(status.rejected > 0 ? [`${formatNumber(status.rejected)} ditolak, perlu diperbaiki`] : []),
    ...(status.files.failing > 0 ? [`${formatNumber(status.files.failing)} lampiran perlu perhatian`] : []),
    ...(isAllSent(status) ? ['semua terkirim'] : []),
    ...proofPart(status.proof, now),
    connectionText(status, now),
  ];
}

/** Records and the files that belong to them. */
function isAllSent({ waiting, rejected, confirmed, files }: SyncStatus): boolean {
  return waiting === 0 && rejected === 0 && files.waiting === 0 && confirmed > 0;
}

/** Nothing before the first comparison, or where the province cannot be compared with yet. */
function proofPart(proof: SyncStatus['proof'], now: string): string[] {
  switch (proof?.state) {
    case 'cocok':
      return [`cocok ${momentText(proof.at, now)}`, ...laterPart(proof.later)];
    case 'berbeda':
      return proof.differences === 0
        ? laterPart(proof.later)
        : [`${formatNumber(proof.differences)} berbeda dengan provinsi`, ...laterPart(proof.later)];
    case 'tidak_terbukti':
      return ['jawaban provinsi tidak terbukti'];
    case 'tidak_terbanding':
      return ['belum dapat dicocokkan di kantor ini'];
    default:
      return [];
  }
}

/** What a courier's answer could not know yet. */
function laterPart(later: number): string[] {
  return later === 0 ? [] : [`${formatNumber(later)} belum dibandingkan`];
}

function connectionText({ connection, lastContactAt }: SyncStatus, now: string): string {
  const heard = lastContactAt === null ? null : momentText(lastContactAt, now);
  switch (connection) {
    case 'belum_terdaftar':
      return 'belum terdaftar di provinsi';
    case 'memeriksa':
      return 'memeriksa sambungan';
    case 'tersambung':
      return heard === null ? 'tersambung' : `tersambung ${heard}`;
    case 'terputus':
      return heard === null ? 'terputus' : `terputus, terakhir tersambung ${heard}`;
    case 'ditolak':
      return 'provinsi menolak kantor ini';
    default:
      return assertNever(connection);
  }
}

/** `09.14` today, `21 Nov 2026 09.14` on another day, both in the time of this computer. */
export function momentText(instant: string, now: string): string {
  const sameDay = new Date(instant).toDateString() === new Date(now).toDateString();
  return sameDay ? formatTime(instant) : `${formatDate(localDay(instant))} ${formatTime(instant)}`;
}

function localDay(instant: string): string {
  const date = new Date(instant);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** Minutes in words, as coarse as they are many: `12 menit`, `3 jam`, `2 hari`. */
export function spanText(minutes: number): string {
  const span = Math.abs(minutes);
  if (span < 90) return `${formatNumber(span)} menit`;
  const hours = Math.round(span / 60);
  return hours < 36 ? `${formatNumber(hours)} jam` : `${formatNumber(Math.round(hours / 24))} hari`;
}
