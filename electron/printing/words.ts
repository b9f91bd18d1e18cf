/** Dates, times and numbers as they stand on paper, in Indonesian and in Jakarta's time. */

const month = new Intl.DateTimeFormat('id-ID', { month: 'short', timeZone: 'UTC' });
/** Jan, Feb, … Put together once: what is written of a day stands beside every list and person. */
const months = Array.from({ length: 12 }, (_, nth) => month.format(Date.UTC(2000, nth)));
const longDay = new Intl.DateTimeFormat('id-ID', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Asia/Jakarta',
});
const instantDay = new Intl.DateTimeFormat('id-ID', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Asia/Jakarta',
});
const weekday = new Intl.DateTimeFormat('id-ID', { weekday: 'long', timeZone: 'Asia/Jakarta' });
const time = new Intl.DateTimeFormat('id-ID', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Jakarta',
});
const integer = new Intl.NumberFormat('id-ID');

/** `1980-08-17` → `17 Agu 1980`. */
export function paperDay(isoDay: string): string {
  const [year, nth, day] = isoDay.split('-').map(Number);
  return `${day} ${months[(nth ?? 0) - 1]} ${year}`;
}

/** `1980-08-17` → `17 Agustus 1980`. */
export function paperDayLong(isoDay: string): string {
  return longDay.format(new Date(`${isoDay}T05:00:00Z`));
}

/** `2026-11-22` → `Minggu`. */
export function paperWeekday(isoDay: string): string {
  return weekday.format(new Date(`${isoDay}T05:00:00Z`));
}

/** An instant → `22 November 2026`. */
export function paperLongDay(instant: string): string {
  return longDay.format(new Date(instant));
}

/** An instant → `22 Nov 2026 14.05`. */
export function paperTime(instant: string): string {
  const date = new Date(instant);
  return `${instantDay.format(date)} ${time.format(date)}`;
}

export function paperNumber(value: number): string {
  return integer.format(value);
}
