import { calendarDate, cleanNumber, isDamagedBySpreadsheet } from './nik.ts';

/**
 * What is wrong with a No KK, or null. Its anatomy is a NIK's (area, date, serial) with the date
 * on which the card was issued and no +40; its serial may be anything but 0000.
 */
export function inspectKk(raw: string): string | null {
  if (isDamagedBySpreadsheet(raw))
    return 'No KK ini rusak oleh lembar sebar (angka dibulatkan). Ketik dari Kartu Keluarga.';
  const digits = cleanNumber(raw);
  if (!/^\d*$/.test(digits))
    return 'No KK hanya berisi angka. Periksa huruf yang mirip angka, misalnya O dan 0.';
  if (digits.length !== 16)
    return `No KK terdiri dari 16 angka; yang diketik ${digits.length}. Periksa lagi di Kartu Keluarga.`;
  if (/^(\d)\1{15}$/.test(digits) || digits === '1234567890123456' || digits.startsWith('000000'))
    return 'Ini angka pengisi, bukan No KK. Kosongkan bila belum punya KK.';
  if (digits.endsWith('0000'))
    return 'Empat angka terakhir No KK tidak pernah 0000. Periksa lagi di Kartu Keluarga.';
  return null;
}

/** A soft doubt about a No KK that is well formed, or null. */
export function doubtKk(digits: string): string | null {
  const issued = calendarDate(
    2000 + Number(digits.slice(10, 12)),
    Number(digits.slice(8, 10)),
    Number(digits.slice(6, 8)),
  );
  return issued === null
    ? 'Angka ke-7 sampai ke-12 biasanya tanggal terbit KK. Periksa sekali lagi di Kartu Keluarga.'
    : null;
}
