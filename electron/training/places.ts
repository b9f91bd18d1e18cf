import type { Random } from './random.ts';

/** The kelurahan that is made up: its Kemendagri code and its names. */
export interface Place {
  code: string;
  name: string;
  kecamatan: string;
  kabkota: string;
}

/** Where people of Jakarta come from: first four digits of the area code and the name on the card. */
const origins: readonly { area: string; name: string }[] = [
  { area: '3201', name: 'BOGOR' },
  { area: '3209', name: 'CIREBON' },
  { area: '3212', name: 'INDRAMAYU' },
  { area: '3216', name: 'BEKASI' },
  { area: '3273', name: 'BANDUNG' },
  { area: '3301', name: 'CILACAP' },
  { area: '3302', name: 'BANYUMAS' },
  { area: '3310', name: 'KLATEN' },
  { area: '3326', name: 'PEKALONGAN' },
  { area: '3328', name: 'TEGAL' },
  { area: '3329', name: 'BREBES' },
  { area: '3374', name: 'SEMARANG' },
  { area: '3471', name: 'YOGYAKARTA' },
  { area: '3507', name: 'MALANG' },
  { area: '3578', name: 'SURABAYA' },
  { area: '3603', name: 'TANGERANG' },
  { area: '3604', name: 'SERANG' },
  { area: '1271', name: 'MEDAN' },
  { area: '1371', name: 'PADANG' },
  { area: '1671', name: 'PALEMBANG' },
];

export interface Origin {
  /** Six digits of the kecamatan of first recording. */
  area: string;
  birthPlace: string;
}

/** Children are mostly recorded here, their grandparents mostly elsewhere. */
export function origin(random: Random, kelurahan: Place, birthYear: number): Origin {
  if (random.chance(birthYear >= 1995 ? 0.88 : 0.5)) {
    return { area: kelurahan.code.replaceAll('.', '').slice(0, 6), birthPlace: 'JAKARTA' };
  }
  const { area, name } = random.pick(origins);
  return { area: area + String(random.int(1, 12)).padStart(2, '0'), birthPlace: name };
}

const streetNames = [
  'Kebon Kosong',
  'Kali Pasir',
  'Bungur',
  'Cempaka',
  'Melati',
  'Mawar',
  'Anggrek',
  'Kenanga',
  'Mangga',
  'Rambutan',
  'Salak',
  'Haji Saleh',
  'Haji Naman',
  'Pesantren',
  'Masjid',
  'Swadaya',
  'Gotong Royong',
  'Bakti',
  'Rawa Indah',
  'Sumur Bor',
  'Kemuning',
  'Tanah Rendah',
  'Pembina',
  'Merpati',
];
const numerals = ['', '', '', ' I', ' II', ' III', ' IV', ' V'];

export interface Home {
  street: string;
  rt: number;
  rw: number;
}

/** A house of the kelurahan: each RT has its few streets, so that neighbours share a street. */
export function home(random: Random, seed: number): Home {
  const rw = random.int(1, 9);
  const rt = random.int(1, 12);
  const place = (seed + rw * 31 + rt * 7) >>> 0;
  const street = streetNames[(place + random.int(0, 1) * 5) % streetNames.length] ?? 'Melati';
  const numeral = numerals[(place + rt) % numerals.length] ?? '';
  const kind = (place + rw) % 3 === 0 ? 'Jl.' : 'Gg.';
  const letter = random.chance(0.15) ? random.pick(['A', 'B', 'C']) : '';
  return { street: `${kind} ${street}${numeral} No. ${random.int(1, 120)}${letter}`, rt, rw };
}
