import type { Random } from './random.ts';

/** What clerks, scanners and old lists do to names and numbers. Each slip says what it did. */
export interface Slip<Value> {
  value: Value;
  /** Names of the slips that were made, for the truth beside a case; none where it came through whole. */
  slips: string[];
}

type NameSlip = (random: Random, name: string) => string;

const nameSlips: Record<string, NameSlip> = {
  singkatan_muhammad: (random, name) =>
    name.replace(/^(Muhammad|Mohamad|Mohammad)\b/, random.pick(['Muh.', 'Moch.', 'M.', 'Mohamad', 'Moh'])),
  singkatan_siti: (random, name) => name.replace(/^Siti\b/, random.pick(['St.', 'Sitti'])),
  singkatan_abdul: (_, name) => name.replace(/^Abdul\b/, 'Abd.'),
  kh_dan_ch: (_, name) => name.replace(/Ahmad/, 'Achmad').replace(/kh/, 'ch'),
  ejaan_lama: (_, name) => name.replace(/u/g, 'oe'),
  huruf_ganda: (_, name) => name.replace(/([lmnrs])(?=[aeiou][a-z]*$)/, '$1$1'),
  tanpa_h_akhir: (_, name) => name.replace(/ah\b/, 'a'),
  y_dan_i: (_, name) => name.replace(/i(?=[aeou])/, 'iy'),
  nama_depan_saja: (_, name) => name.split(' ')[0] ?? name,
  urutan_terbalik: (_, name) => name.split(' ').reverse().join(' '),
  huruf_hilang: (random, name) => (name.length < 5 ? name : without(name, random.int(1, name.length - 2))),
  huruf_tertukar: (random, name) => (name.length < 5 ? name : swapped(name, random.int(1, name.length - 3))),
};

/** Common slips, in about `rate` of the names. */
export function slipName(random: Random, name: string, rate: number): Slip<string> {
  if (!random.chance(rate)) return { value: name, slips: [] };
  for (const [kind, slip] of random.shuffled(Object.entries(nameSlips))) {
    const changed = slip(random, name).replace(/\s+/g, ' ').trim();
    if (changed !== name && changed.length > 2) return { value: changed, slips: [`nama:${kind}`] };
  }
  return { value: name, slips: [] };
}

/** A NIK or No KK lost, or with one slip of the finger. */
export function slipNumber(
  random: Random,
  digits: string | null,
  rates: { lost: number; wrong: number },
): Slip<string | null> {
  if (digits === null) return { value: null, slips: [] };
  if (random.chance(rates.lost)) return { value: null, slips: ['nomor:kosong'] };
  if (!random.chance(rates.wrong)) return { value: digits, slips: [] };
  const at = random.int(6, 14);
  const changed = random.chance(0.6)
    ? swapped(digits, at)
    : digits.slice(0, at) + String((Number(digits[at]) + random.int(1, 9)) % 10) + digits.slice(at + 1);
  // Zeros at the end would read as damage by a spreadsheet, which is another kind of mistake.
  return changed === digits || changed.endsWith('000')
    ? { value: digits, slips: [] }
    : { value: changed, slips: ['nomor:salah_ketik'] };
}

/** A birth date with day and month exchanged, or guessed as the first of January. */
export function slipDate(random: Random, date: string, rate: number): Slip<string> {
  if (!random.chance(rate)) return { value: date, slips: [] };
  const [year, month, day] = date.split('-');
  if (day !== undefined && Number(day) <= 12 && day !== month && random.chance(0.6))
    return { value: `${year}-${day}-${month}`, slips: ['tanggal:tertukar'] };
  return { value: `${year}-01-01`, slips: ['tanggal:kira_kira'] };
}

function without(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}

function swapped(text: string, at: number): string {
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}
