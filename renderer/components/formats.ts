import { dayOf } from '../../shared/domain/period.ts';

/** How dates, times and numbers are written for people: always by `Intl` with `id-ID`. */

const locale = 'id-ID';
const dateFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const longDateFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const instantDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
const numberFormat = new Intl.NumberFormat(locale);
const rupiahFormat = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency: 'IDR',
  maximumFractionDigits: 0,
});

/** ISO date `1980-08-17` → `17 Agu 1980`; of an instant, its day in Jakarta. */
export function formatDate(iso: string): string {
  return dateFormat.format(new Date(isoDay(iso)));
}

/** ISO date `1980-08-17` → `17 Agustus 1980`. */
export function formatLongDate(iso: string): string {
  return longDateFormat.format(new Date(isoDay(iso)));
}

function isoDay(iso: string): string {
  return iso.includes('T') ? dayOf(iso) : iso;
}

/** ISO instant → `17 Agu 1980 10.42`, in the time of this computer. */
export function formatInstant(isoInstant: string): string {
  const instant = new Date(isoInstant);
  return `${instantDate.format(instant)} ${timeFormat.format(instant)}`;
}

/** ISO instant → `10.42`, in the time of this computer. */
export function formatTime(isoInstant: string): string {
  return timeFormat.format(new Date(isoInstant));
}

/** `1234` → `1.234`. */
export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

/** `300000` → `Rp300.000`. */
export function formatRupiah(value: number): string {
  return rupiahFormat.format(value).replace(/\s/g, '');
}

/** Bytes → `340 KB`, `1,5 MB`. */
export function formatFileSize(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${numberFormat.format(Math.max(1, Math.round(kilobytes)))} KB`;
  return `${numberFormat.format(Math.round(kilobytes / 102.4) / 10)} MB`;
}
