/**
 * Word lists of the name rules. They are rules, not statistics: how often a name occurs stands in
 * `resources/matching/`. Sources: Permendagri 73/2022 (gelar on KK and KTP-el, names of two words
 * only since April 2022), common clerical practice.
 */

/** Titles before a name. TEUKU, CUT, ANDI, RADEN … are parts of names and are not listed. */
export const leadingTitles: ReadonlySet<string> = new Set([
  'H',
  'HJ',
  'HAJI',
  'HAJJAH',
  'HJH',
  'DRS',
  'DRA',
  'IR',
  'DR',
  'DRG',
  'DRH',
  'PROF',
  'KH',
  'TGK',
  'UST',
  'USTAD',
  'USTADZ',
  'USTAZ',
  'USTADZAH',
  'KYAI',
  'KIAI',
  'BPK',
  'BAPAK',
  'IBU',
  'SDR',
  'SDRI',
  'NY',
  'NN',
  'TN',
  'PDT',
  // Honoris causa: `Dr. (H.C.)`.
  'HC',
]);

/** Degrees after a name, dots removed. Those that are also names or abbreviations (ST, SE, BA …) count only with dots or after a comma. */
export const trailingTitles: ReadonlySet<string> = new Set([
  'SPD',
  'SPDI',
  'SPDSD',
  'SH',
  'SHI',
  'MSI',
  'AMD',
  'AMK',
  'AMDKEB',
  'AMDKEP',
  'SKOM',
  'SSOS',
  'SSOSI',
  'SAG',
  'MPD',
  'SKM',
  'SKEP',
  'NERS',
  'PHD',
  'SPT',
  'SSI',
  'SSTP',
  'MKES',
  'MKOM',
  'SPSI',
  'SKED',
  'SFARM',
  'APT',
  'SSTR',
  'BSC',
  'MSC',
  'MBA',
  'SEI',
  'SIKOM',
  'SHUM',
  'SSN',
  'STP',
  'MAG',
  'MPDI',
  'SPAK',
  'STH',
]);
export const ambiguousTrailingTitles: ReadonlySet<string> = new Set([
  'ST',
  'SE',
  'SS',
  'SP',
  'MT',
  'MH',
  'MA',
  'NS',
  'SI',
  'MK',
  'AK',
  'BA',
  'MM',
  'MAP',
  'SAP',
  'SIP',
  'LC',
]);

export const womensDeceasedMarks: ReadonlySet<string> = new Set(['ALMH', 'ALMARHUMAH']);
export const deceasedMarks: ReadonlySet<string> = new Set(['ALM', 'ALMARHUM', ...womensDeceasedMarks]);
export const patronymicMarks: ReadonlySet<string> = new Set([
  'BIN',
  'BINTI',
  'BINTE',
  'BTI',
  'BNTI',
  'BT',
  'BTE',
  'IBN',
]);
export const aliasMarks: ReadonlySet<string> = new Set(['ALIAS', 'AKA', 'DISEBUT']);

/** Spellings and abbreviations of one and the same name part: compared as a class, never rewritten. */
const classes: Record<string, readonly string[]> = {
  MUHAMMAD: [
    'MUHAMMAD',
    'MUHAMAD',
    'MOHAMMAD',
    'MOHAMAD',
    'MOCHAMMAD',
    'MOCHAMAD',
    'MUCHAMMAD',
    'MUCHAMAD',
    'MUHAMMED',
    'MOHAMED',
    'MOHAMMED',
    'MOKHAMAD',
    'MOKHAMMAD',
    'MUKHAMAD',
    'MUKHAMMAD',
    'MUHD',
    'MOHD',
    'MUH',
    'MOH',
    'MOCH',
    'MUCH',
    'MOKH',
    'MUKH',
    'MHD',
    'MHMD',
    'MD',
    'MHD',
    'MUHAMAT',
    'MOHAMAT',
  ],
  ABDUL: ['ABDUL', 'ABDOEL', 'ABDOL', 'ABD', 'ABDL', 'ABDU'],
  SITI: ['SITI', 'SITTI', 'STI', 'SITHI'],
  AHMAD: ['AHMAD', 'AKHMAD', 'ACHMAD', 'AHMED', 'ACHMED', 'AKMAD', 'AHMAT', 'ACHMAT', 'AHMD'],
  NUR: ['NUR', 'NOER', 'NOOR', 'NOR'],
  RADEN: ['RADEN', 'RD', 'RDN', 'RADIN'],
};

/** Class of a spelled-out or abbreviated token. `M` and `ST` are decided by position and sex: see `names.ts`. */
export const classOfToken: ReadonlyMap<string, string> = new Map(
  Object.entries(classes).flatMap(([name, spellings]) =>
    spellings.map((spelling): [string, string] => [spelling, name]),
  ),
);

/** Parts so common, or so often left out, that they are poor handles for finding a person. */
export const weakHandles: ReadonlySet<string> = new Set([
  'MUHAMMAD',
  'ABDUL',
  'SITI',
  'NUR',
  'RADEN',
  'I',
  'NI',
]);
