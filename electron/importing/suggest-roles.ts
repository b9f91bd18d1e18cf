import { MappedRole } from '../../shared/domain/list-mapping.ts';
import { headerKey } from './profile.ts';
import { profiles } from './profiles.ts';

/** What earlier mappings of the office said of headers, by `headerKey`. */
export type Learned = Readonly<Record<string, MappedRole>>;

/** Parts of headers that tell what a column means, the narrower before the wider. */
const patterns: readonly [RegExp, MappedRole][] = [
  [/nama.*ibu|ibu.*kandung/, 'mother_name'],
  [/(tgl|tanggal).*lahir/, 'birth_date'],
  [/(tmp|tmpt|tempat).*lahir/, 'birth_place'],
  [/hub/, 'relation'],
  [/(no|nomor).*(kk|kartukeluarga)|^kk$/, 'kk'],
  [/(nik|induk.*kependudukan)/, 'nik'],
  [/kelamin|^lp$|^jk$/, 'sex'],
  [/desil/, 'desil'],
  [/persentil|percentile/, 'percentile'],
  [/ppks|pmks/, 'ppks'],
  [/kode.*(kelurahan|desa)/, 'kelurahan_code'],
  [/kode.*kecamatan/, 'kecamatan_code'],
  [/kode.*(kota|kab)/, 'kabkota_code'],
  [/kelurahan|desa/, 'kelurahan'],
  [/kecamatan/, 'kecamatan'],
  [/kabupaten|^kota/, 'kabkota'],
  [/alamat|domisili/, 'street'],
  [/^(no|nomor)?rt$/, 'rt'],
  [/^(no|nomor)?rw$/, 'rw'],
  [/umur|usia/, 'age'],
  [/^nama(?!.*(kepala|kk$|sekolah|bank|rt$|rw$))/, 'name'],
];

const known: ReadonlyMap<string, MappedRole> = new Map(
  profiles.toReversed().flatMap((profile) =>
    profile.columns.flatMap((column) => {
      const role = MappedRole.safeParse(column.role);
      if (!role.success || role.data === 'answer') return [];
      return [column.header, column.field, ...column.synonyms].map(
        (name) => [headerKey(name), role.data] as const,
      );
    }),
  ),
);

/** What a header is known to mean; null where neither the office nor a profile nor its words say. */
export function roleOf(header: string, learned: Learned): MappedRole | null {
  const key = headerKey(header);
  if (Object.hasOwn(learned, key)) return learned[key] ?? null;
  return known.get(key) ?? patterns.find(([pattern]) => pattern.test(key))?.[1] ?? null;
}

/** A meaning for each header; one that an earlier header already has, or none, is kept as a remark. */
export function suggestRoles(headers: readonly string[], learned: Learned): MappedRole[] {
  const taken = new Set<MappedRole>();
  return headers.map((header) => {
    const role = roleOf(header, learned) ?? 'answer';
    if (role === 'answer' || role === 'skip') return role;
    if (taken.has(role)) return 'answer';
    taken.add(role);
    return role;
  });
}
