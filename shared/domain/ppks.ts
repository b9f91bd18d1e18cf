/**
 * The 26 kinds of PPKS (Pemerlu Pelayanan Kesejahteraan Sosial, formerly PMKS), numbered as the
 * exports of SIKS number them. Codes are the position in this list, from 1.
 */
export const ppksKinds = [
  'Anak balita terlantar',
  'Anak terlantar',
  'Anak berhadapan dengan hukum',
  'Anak jalanan',
  'Anak dengan kedisabilitasan',
  'Anak korban tindak kekerasan/perlakuan salah',
  'Anak yang memerlukan perlindungan khusus',
  'Lanjut usia terlantar',
  'Penyandang disabilitas',
  'Tuna susila',
  'Gelandangan',
  'Pengemis',
  'Pemulung',
  'Kelompok minoritas',
  'Bekas warga binaan lembaga pemasyarakatan (BWBLP)',
  'Orang dengan HIV/AIDS (ODHA)',
  'Korban penyalahgunaan NAPZA',
  'Korban trafficking',
  'Korban tindak kekerasan',
  'Pekerja migran bermasalah sosial',
  'Korban bencana alam',
  'Korban bencana sosial',
  'Perempuan rawan sosial ekonomi',
  'Keluarga fakir miskin',
  'Keluarga bermasalah sosial psikologis',
  'Komunitas adat terpencil',
] as const;

/** Other words for a kind that lists use. */
const otherWords: Record<string, number> = {
  anakyangmemerlukanperlindunganhukum: 7,
  ampk: 7,
  abh: 3,
  anakberkebutuhankhusus: 5,
  adk: 5,
  lansiaterlantar: 8,
  lut: 8,
  disabilitas: 9,
  penyandangcacat: 9,
  bwblp: 15,
  odha: 16,
  orangdenganhivaids: 16,
  napza: 17,
  pmbs: 20,
  prse: 23,
  fakirmiskin: 24,
  kat: 26,
};

const byWords = new Map<string, number>([
  ...ppksKinds.map((label, index) => [key(label), index + 1] as const),
  ...ppksKinds.map((label, index) => [key(label.replace(/\s*\(.*\)/, '')), index + 1] as const),
  ...Object.entries(otherWords),
]);

/** `12`, `Pengemis`, `ODHA; Pemulung` → codes joined with commas; null where one of them is unknown. */
export function readPpks(text: string): string | null {
  const codes = text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => codeOf(part));
  if (codes.length === 0 || codes.some((code) => code === null)) return null;
  return [...new Set(codes)].join(',');
}

function codeOf(part: string): number | null {
  const number = /^0*(\d{1,2})\b[.)]?\s*(.*)$/.exec(part);
  if (number) {
    const code = Number(number[1]);
    return code >= 1 && code <= ppksKinds.length ? code : null;
  }
  return byWords.get(key(part)) ?? null;
}

function key(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
