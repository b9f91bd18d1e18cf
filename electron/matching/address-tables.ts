/**
 * Words of addresses as Jakarta writes them. They are rules, not statistics, and known from use, not from
 * a published list: what is no rule here is a name and stays as it stands.
 */

/** What kind of place a name belongs to. One writes `Jl.`, the other `Gg.`, a third nothing. */
export const kinds: ReadonlySet<string> = new Set([
  'JALAN',
  'JLN',
  'JL',
  'GANG',
  'GNG',
  'GG',
  'LORONG',
  'LRG',
  'LR',
  'KAMPUNG',
  'KAMP',
  'KPG',
  'KP',
  'DUSUN',
  'DSN',
  'PERUMAHAN',
  'PERUM',
  'KOMPLEKS',
  'KOMPLEK',
  'KOMPLEX',
  'KOMPL',
  'KOMP',
  'RUSUN',
  'RUSUNAWA',
  'RUSUNAMI',
  'APARTEMEN',
  'APT',
  // Where a name follows them (`Blok Duku`, `Kavling DKI`), they are kinds too.
  'BLOK',
  'BLOCK',
  'BLK',
  'KAVLING',
  'KAPLING',
  'KAV',
]);

/** Words before the number of a house, of a block or tower, of a plot, of a floor. */
export const doorWords: ReadonlySet<string> = new Set(['NOMOR', 'NOMER', 'NO', 'UNIT']);
export const blockWords: ReadonlySet<string> = new Set(['BLOK', 'BLOCK', 'BLK', 'TOWER', 'TWR']);
export const plotWords: ReadonlySet<string> = new Set(['KAVLING', 'KAPLING', 'KAV']);
export const floorWords: ReadonlySet<string> = new Set(['LANTAI', 'LT']);

/** What follows these is the name of an area, which has its own column: `Kel. Gambir Kec. Gambir`. */
export const areaWords: ReadonlySet<string> = new Set([
  'KELURAHAN',
  'KEL',
  'KECAMATAN',
  'KEC',
  'KOTAMADYA',
  'KODYA',
  'JAKPUS',
  'JAKUT',
  'JAKBAR',
  'JAKSEL',
  'JAKTIM',
]);

/** After `Jakarta` they make it the name of a city. */
export const cityWords: ReadonlySet<string> = new Set(['PUSAT', 'UTARA', 'BARAT', 'SELATAN', 'TIMUR']);

/** Parts of names that are written short, and spellings of one part. */
export const shortForms: ReadonlyMap<string, string> = new Map([
  ['KB', 'KEBON'],
  ['KEBUN', 'KEBON'],
  ['PD', 'PONDOK'],
  ['TJ', 'TANJUNG'],
  ['TJG', 'TANJUNG'],
  ['TG', 'TANJUNG'],
  ['TN', 'TANAH'],
  ['PS', 'PASAR'],
  ['PSR', 'PASAR'],
  ['GN', 'GUNUNG'],
  // `Rw. Badak`; before a number it is an RW, and gone by then.
  ['RW', 'RAWA'],
  ['KLP', 'KELAPA'],
  ['BT', 'BATU'],
  ['DLM', 'DALAM'],
  ['BRT', 'BARAT'],
  ['TMR', 'TIMUR'],
  ['UTR', 'UTARA'],
  ['SLT', 'SELATAN'],
  ['SEL', 'SELATAN'],
  ['TGH', 'TENGAH'],
  ['BSR', 'BESAR'],
  ['KCL', 'KECIL'],
  ['HAJI', 'H'],
  ['JEND', 'JENDERAL'],
  ['JENDRAL', 'JENDERAL'],
]);
