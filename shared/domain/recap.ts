import { z } from 'zod';
import { CaseState } from './case-flow.ts';
import { IdentificationResult, RegistrationMode } from './registration.ts';

/** How many cases of a period stand alike; the one counting query returns these, and nothing else counts. */
export const RecapCell = z.object({
  kelurahan: z.string(),
  rw: z.int(),
  rt: z.int(),
  mode: RegistrationMode,
  state: CaseState,
  result: IdentificationResult.nullable(),
  count: z.int().positive(),
});
export type RecapCell = z.infer<typeof RecapCell>;

/** What a number of the recap counts, in the words of the case list, so that it can open that list. */
export interface RecapFilter {
  kelurahan?: string;
  rw?: number;
  rt?: number;
  mode?: RegistrationMode;
  result?: IdentificationResult | 'belum';
  states?: CaseState[];
}

export interface RecapColumn {
  key: string;
  group: string;
  label: string;
  filter: RecapFilter;
}

/** Stages of the way, for a table that has no room for every state. Each state belongs to one. */
export const recapStages: readonly { key: string; label: string; states: CaseState[] }[] = [
  {
    key: 'pendaftaran',
    label: 'Pendaftaran',
    states: ['DRAF', 'MENUNGGU_LURAH', 'DIKEMBALIKAN', 'TERDAFTAR'],
  },
  {
    key: 'identifikasi',
    label: 'Identifikasi dan muskel',
    states: ['TERIDENTIFIKASI', 'DAFTAR_SASARAN', 'MUSKEL_LAYAK'],
  },
  { key: 'lapangan', label: 'Lapangan', states: ['DITUGASKAN', 'DICACAH', 'DIPERIKSA'] },
  { key: 'disahkan', label: 'Disahkan', states: ['DISAHKAN'] },
  { key: 'terkirim', label: 'Terkirim', states: ['TERKIRIM', 'DITERIMA', 'DITOLAK'] },
  {
    key: 'dihentikan',
    label: 'Dihentikan',
    states: [
      'DITOLAK_LURAH',
      'MUSKEL_TIDAK_LAYAK',
      'MUSKEL_TIDAK_DITEMUKAN',
      'MUSKEL_GANDA',
      'DITARIK',
      'DITUTUP',
      'DIGABUNG',
    ],
  },
];

export const recapColumns: readonly RecapColumn[] = [
  { key: 'aktif', group: 'Cara daftar', label: 'Aktif', filter: { mode: 'aktif' } },
  { key: 'pasif', group: 'Cara daftar', label: 'Pasif', filter: { mode: 'pasif' } },
  { key: 'tetap', group: 'Hasil identifikasi', label: 'Tetap', filter: { result: 'tetap' } },
  { key: 'berubah', group: 'Hasil identifikasi', label: 'Berubah', filter: { result: 'berubah' } },
  { key: 'baru', group: 'Hasil identifikasi', label: 'Baru', filter: { result: 'baru' } },
  { key: 'belum', group: 'Hasil identifikasi', label: 'Belum', filter: { result: 'belum' } },
  ...recapStages.map((stage) => ({
    key: stage.key,
    group: 'Tahap',
    label: stage.label,
    filter: { states: stage.states },
  })),
  { key: 'jumlah', group: '', label: 'Jumlah', filter: {} },
];

export interface RecapRow {
  kind: 'rt' | 'rw' | 'kelurahan' | 'total';
  /** The part of the area this row counts. */
  place: Pick<RecapFilter, 'kelurahan' | 'rw' | 'rt'>;
  /** One number a column, in their order. */
  counts: number[];
}

/** How many cases a filter lets through. Whatever shows a number of the recap asks here. */
export function countCells(cells: readonly RecapCell[], filter: RecapFilter): number {
  return cells.reduce((sum, cell) => (matches(cell, filter) ? sum + cell.count : sum), 0);
}

/** The rows of the table: each RT, after them their RW, their kelurahan where there are several, the whole. */
export function recapRows(cells: readonly RecapCell[]): RecapRow[] {
  const rows: RecapRow[] = [];
  const kelurahans = distinct(cells.map((cell) => cell.kelurahan));
  for (const kelurahan of kelurahans) {
    const ofKelurahan = cells.filter((cell) => cell.kelurahan === kelurahan);
    for (const rw of distinct(ofKelurahan.map((cell) => cell.rw))) {
      const ofRw = ofKelurahan.filter((cell) => cell.rw === rw);
      for (const rt of distinct(ofRw.map((cell) => cell.rt)))
        rows.push(row('rt', ofRw, { kelurahan, rw, rt }));
      rows.push(row('rw', ofRw, { kelurahan, rw }));
    }
    if (kelurahans.length > 1) rows.push(row('kelurahan', ofKelurahan, { kelurahan }));
  }
  return [...rows, row('total', cells, {})];
}

function row(kind: RecapRow['kind'], cells: readonly RecapCell[], place: RecapRow['place']): RecapRow {
  return {
    kind,
    place,
    counts: recapColumns.map((column) => countCells(cells, { ...place, ...column.filter })),
  };
}

function matches(cell: RecapCell, filter: RecapFilter): boolean {
  if (filter.kelurahan !== undefined && cell.kelurahan !== filter.kelurahan) return false;
  if (filter.rw !== undefined && cell.rw !== filter.rw) return false;
  if (filter.rt !== undefined && cell.rt !== filter.rt) return false;
  if (filter.mode !== undefined && cell.mode !== filter.mode) return false;
  if (filter.result !== undefined && (cell.result ?? 'belum') !== filter.result) return false;
  return filter.states === undefined || filter.states.includes(cell.state);
}

/** Each value once, small to large (codes of areas compare as text). */
function distinct<Value extends string | number>(values: readonly Value[]): Value[] {
  return [...new Set(values)].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}
