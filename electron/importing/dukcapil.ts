import { answer, identity, member } from './columns.ts';
import { nameSimilarity } from './name-similarity.ts';
import type { Profile } from './profile.ts';

/** The answer that holds the city of the address that Dukcapil has. */
export const cityOfDukcapil = 'KAB_NAME';

/**
 * The result of a padan Dukcapil: what was asked, beside what Dukcapil holds under that NIK (field
 * names of its web service, or with `DUK_` as in the SIKS tables). The person is taken as Dukcapil
 * has them; what was asked is kept in `nama_asal`, so that both can be shown side by side.
 */
export const dukcapil: Profile = {
  source: 'DUKCAPIL',
  title: 'hasil padan Dukcapil (kolom NIK, nama, dan hasil padan)',
  required: ['nik', 'name', 'padan'],
  optional: [
    'id_asal',
    'DUSUN',
    'nama_asal',
    'NAMA_LGKP_AYAH',
    'status_nik',
    'NO_PROP',
    'NO_KAB',
    'NO_KEC',
    'NO_KEL',
  ],
  ofPersons: true,
  derive: (answers): Record<string, string> => {
    const { nama_asal: asked, NAMA_LGKP: held } = answers;
    return asked === undefined || held === undefined
      ? {}
      : { kemiripan_nama: String(nameSimilarity(asked, held)) };
  },
  columns: [
    member('id_asal', 'id_asal', 'person_id', 'id', 'idartbdt', 'id_dtks'),
    member('NIK', 'NIK', 'nik', 'nomor_nik', 'no nik', 'nik_asal', 'duk_nik', 'nomor induk kependudukan'),
    // Dukcapil's name first: where it knows none, the one that was asked for has to do.
    { ...member('NAMA_LGKP', 'NAMA_LGKP', 'name', 'duk_nama_lgkp', 'nama dukcapil'), alsoAnswer: true },
    {
      ...member(
        'NAMA',
        'nama_asal',
        'name',
        'nama_asal',
        'nama lengkap',
        'nama usulan',
        'nama art',
        'nama dtks',
      ),
      alsoAnswer: true,
    },
    {
      ...answer(
        'flag_pemadanan',
        'flag_pemadanan',
        ['1', '2'],
        'hasil padan',
        'status padan',
        'padan',
        'hasil pemadanan',
      ),
      role: 'padan',
      convert: padan,
    },
    {
      ...answer('status_nik', 'status_nik', null, 'keterangan nik', 'keterangan', 'flag_nik', 'status'),
      convert: nikState,
    },
    member('NO_KK', 'NO_KK', 'kk', 'duk_no_kk', 'nomor_kk', 'nokk'),
    answer('STAT_HBKEL', 'STAT_HBKEL', null, 'duk_stat_hbkel', 'hubungan keluarga'),
    member('TMPT_LHR', 'TMPT_LHR', 'birth_place', 'duk_tmpt_lhr', 'tempat lahir'),
    member('TGL_LHR', 'TGL_LHR', 'birth_date', 'duk_tgl_lhr', 'tanggal lahir', 'tgl lahir'),
    member('JENIS_KLMIN', 'JENIS_KLMIN', 'sex', 'duk_jenis_klmin', 'jenis kelamin', 'jk'),
    answer('STATUS_KAWIN', 'STATUS_KAWIN', null, 'duk_status_kawin'),
    answer('PDDK_AKH', 'PDDK_AKH', null, 'duk_pddk_akh', 'pendidikan akhir'),
    answer('JENIS_PKRJN', 'JENIS_PKRJN', null, 'duk_jenis_pkrjn', 'pekerjaan'),
    member('NAMA_LGKP_IBU', 'NAMA_LGKP_IBU', 'mother_name', 'duk_nama_lgkp_ibu', 'nama ibu'),
    answer('NAMA_LGKP_AYAH', 'NAMA_LGKP_AYAH', null, 'duk_nama_lgkp_ayah', 'nama ayah'),
    identity('ALAMAT', 'ALAMAT', 'street', 'duk_alamat'),
    identity('NO_RT', 'NO_RT', 'rt', 'duk_no_rt', 'rt'),
    identity('NO_RW', 'NO_RW', 'rw', 'duk_no_rw', 'rw'),
    answer('DUSUN', 'DUSUN', null),
    identity('KEL_NAME', 'KEL_NAME', 'kelurahan', 'nama_kel', 'kelurahan', 'kel', 'desa/kelurahan'),
    identity('KEC_NAME', 'KEC_NAME', 'kecamatan', 'nama_kec', 'kecamatan', 'kec'),
    // Kept: where somebody moved to is told by it alone, outside DKI.
    {
      ...identity('KAB_NAME', cityOfDukcapil, 'kabkota', 'nama_kab', 'kabupaten/kota', 'kab'),
      alsoAnswer: true,
    },
    identity('PROP_NAME', 'PROP_NAME', 'provinsi', 'nama_prop', 'provinsi', 'prop'),
    identity('NO_PROP', 'NO_PROP', 'provinsi_code'),
    identity('NO_KAB', 'NO_KAB', 'kabkota_code'),
    identity('NO_KEC', 'NO_KEC', 'kecamatan_code'),
    identity('NO_KEL', 'NO_KEL', 'kelurahan_code'),
  ],
};

/** 1 PADAN, 2 TIDAK PADAN; anything else is "belum dipadankan" (domain 1.5 D) and is left open. */
function padan(text: string): string | null {
  const key = keyOf(text);
  if (['1', 'padan', 'sesuai', 'ya', 'valid'].includes(key)) return '1';
  if (['2', 'tidakpadan', 'tidaksesuai', 'tidak', 'tidakvalid', 'invalid'].includes(key)) return '2';
  return null;
}

/** `NIK tidak ditemukan`, `Data tidak ada di database`: of the number itself, and of no difference or trouble. */
const notFound =
  /^((nik|data|penduduk) )*tidak (ditemukan|ada|terdaftar|terdapat|dikenal)( (di|pada|dalam) .*)?$/;
const inactive = /\b(tidak aktif|non ?aktif|di ?non ?aktifkan)\b/g;
const negation = /\b(tidak|tdk|tak|bukan|belum|blm|tanpa)\b/;
/** The graver one counts where a result says several. */
const nikStates: readonly [word: RegExp, state: string][] = [
  [/takdikenal/, 'tidak_ditemukan'],
  [/meninggal|wafat/, 'meninggal'],
  [/nonaktif/, 'nonaktif'],
  [/pindah/, 'pindah'],
  [/ganda|duplikat/, 'ganda'],
  [/aktif|ditemukan|hidup/, 'aktif'],
];

/**
 * What became of the NIK, where the result says it. A negation is read in whole phrases alone: `Belum meninggal` and
 * `Tidak ada perbedaan` say what is not, so they are kept as they stand, and told.
 */
function nikState(text: string): string | null {
  const phrases = text
    .toLowerCase()
    .split(/[,;:.()|]+/)
    .map((part) => part.replace(/[^a-z0-9]+/g, ' ').trim())
    .map((part) => (notFound.test(part) ? 'takdikenal' : part.replace(inactive, 'nonaktif')));
  if (phrases.some((phrase) => negation.test(phrase))) return null;
  return nikStates.find(([word]) => phrases.some((phrase) => word.test(phrase)))?.[1] ?? null;
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
