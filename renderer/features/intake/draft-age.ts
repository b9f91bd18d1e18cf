const relative = new Intl.RelativeTimeFormat('id-ID', { numeric: 'auto' });

/** How long ago a draft was touched: "baru saja", "12 menit yang lalu", "kemarin". `now` in epoch milliseconds. */
export function ageOfDraft(touchedAt: string, now: number): string {
  const minutes = Math.round((now - Date.parse(touchedAt)) / 60_000);
  // A clock that runs behind must not make a draft of the future.
  if (minutes < 1) return 'baru saja';
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), 'hour');
  return relative.format(-Math.round(minutes / 1440), 'day');
}
