import { z } from 'zod';

/** What a column of a list may mean to the office. */
export const MappedRole = z.enum([
  'name',
  'nik',
  'kk',
  'household_id',
  'person_id',
  'sex',
  'birth_place',
  'birth_date',
  'age',
  'relation',
  'mother_name',
  'street',
  'rt',
  'rw',
  'kelurahan',
  'kecamatan',
  'kabkota',
  'provinsi_code',
  'kabkota_code',
  'kecamatan_code',
  'kelurahan_code',
  'percentile',
  'desil',
  'ppks',
  'answer',
  'skip',
]);
export type MappedRole = z.infer<typeof MappedRole>;

export const mappedRoleLabel: Record<MappedRole, string> = {
  name: 'Nama',
  nik: 'NIK',
  kk: 'No KK',
  household_id: 'ID rumah tangga',
  person_id: 'ID orang',
  sex: 'Jenis kelamin',
  birth_place: 'Tempat lahir',
  birth_date: 'Tanggal lahir',
  age: 'Umur',
  relation: 'Hubungan keluarga',
  mother_name: 'Nama ibu kandung',
  street: 'Alamat',
  rt: 'RT',
  rw: 'RW',
  kelurahan: 'Kelurahan',
  kecamatan: 'Kecamatan',
  kabkota: 'Kota/kabupaten',
  provinsi_code: 'Kode provinsi',
  kabkota_code: 'Kode kota/kabupaten',
  kecamatan_code: 'Kode kecamatan',
  kelurahan_code: 'Kode kelurahan',
  percentile: 'Persentil',
  desil: 'Desil',
  ppks: 'Jenis PPKS',
  answer: 'Simpan sebagai keterangan',
  skip: 'Lewati',
};

/** Roles that a whole family shares. */
const familyRoles: readonly MappedRole[] = [
  'kk',
  'household_id',
  'street',
  'rt',
  'rw',
  'kelurahan',
  'kecamatan',
  'kabkota',
  'provinsi_code',
  'kabkota_code',
  'kecamatan_code',
  'kelurahan_code',
  'percentile',
  'desil',
];

export function isFamilyRole(role: MappedRole): boolean {
  return familyRoles.includes(role);
}

/** Of a longer header the beginning is kept. */
export const longestMappedHeader = 200;

export const MappedColumn = z.object({
  header: z.string().min(1).max(longestMappedHeader),
  role: MappedRole,
  /** Place in the row of headers, from 0: two headers may be alike. Mappings saved before this was kept have none. */
  at: z.int().min(0).optional(),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

/** The last row that may hold the headers, from 1: what stands further down is nobody's title any more. */
export const lastHeaderRow = 40;
export const HeaderRow = z.int().min(1).max(lastHeaderRow);

/** What the columns of one list mean, by their headers and places. */
export const ListMapping = z.object({
  /** Name of the sheet; null for a CSV. */
  sheet: z.string().nullable(),
  /** Row of the headers, from 1. */
  headerRow: HeaderRow,
  columns: z.array(MappedColumn).min(1).max(500),
});
export type ListMapping = z.infer<typeof ListMapping>;

/** What keeps a mapping from being used, in words; null where nothing does. */
export function mappingProblem(columns: readonly MappedColumn[]): string | null {
  const counts = new Map<MappedRole, number>();
  for (const { role } of columns) counts.set(role, (counts.get(role) ?? 0) + 1);
  if (!counts.has('name')) return 'Tunjukkan kolom yang berisi nama.';
  const twice = [...counts].find(([role, count]) => count > 1 && role !== 'answer' && role !== 'skip');
  return twice === undefined ? null : `Dua kolom ditunjuk sebagai ${mappedRoleLabel[twice[0]]}. Pilih satu.`;
}
