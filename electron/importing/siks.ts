import { bdt2015 } from './bdt-2015.ts';
import { answer, coded, from, household, identity, member, upTo } from './columns.ts';
import type { Profile, ProfileColumn } from './profile.ts';

/** What the SIKS tables name otherwise than BDT does, or with other columns beside it. */
const renamed = new Set(['nama_sls', 'nama_krt', 'jumlah_art', 'jumlah_keluarga', 'alamat']);
const own = new Set([...renamed, 'Jenis_cacat', 'ruta_6', 'rt', 'rw']);

/**
 * The staging tables of SIKS-NG (2020/21), household and member, joined by IDBDT: on two sheets, or
 * on one with the household's columns repeated. Questions and codes are those of BDT 2015.
 */
export const siks: Profile = {
  source: 'SIKS',
  relationCodes: true,
  title: 'tabel SIKS-NG (kolom IDBDT, Nama, dan NIK)',
  required: ['household_id', 'name', 'nik'],
  optional: [
    ...bdt2015.columns.map((column) => column.field),
    ...processColumns().map((column) => column.field),
    ...dukcapilColumns().map((column) => column.field),
  ],
  familySheet: true,
  notice: {
    code: 'disability_codes_shifted',
    message:
      'Kode disabilitas di tabel SIKS ada dua macam (00–12 menurut formulir, 0–11 menurut halaman admin), dan berkasnya tidak menyebut yang mana. Kode asalnya disimpan, tetapi tidak dipakai sebagai isian.',
    fields: ['Jenis_cacat_asal'],
  },
  columns: [
    identity('IDBDT', 'id_rumah_tangga', 'household_id', 'rid_rumahtangga', 'id rumah tangga'),
    household('RUTA6', 'ruta_6'),
    identity('KDPROP', 'kode_provinsi', 'provinsi_code', 'kdprov'),
    identity('KDKAB', 'kode_kabupaten', 'kabkota_code'),
    identity('KDKEC', 'kode_kecamatan', 'kecamatan_code'),
    identity('KDDESA', 'kode_desa', 'kelurahan_code', 'kdkel'),
    identity('NMPROP', 'nama_provinsi', 'provinsi', 'provinsi'),
    identity('NMKAB', 'nama_kabupaten', 'kabkota', 'kabupaten', 'kabupaten/kota'),
    identity('NMKEC', 'nama_kecamatan', 'kecamatan', 'kecamatan'),
    identity('NMDESA', 'nama_desa', 'kelurahan', 'nmkel', 'kelurahan', 'desa/kelurahan'),
    identity('Alamat', 'alamat', 'street'),
    identity('RT', 'rt', 'rt'),
    identity('RW', 'rw', 'rw'),
    identity('Nama_SLS', 'nama_sls', 'sls'),
    household('Nama_KRT', 'nama_krt'),
    household('Jumlah_ART', 'jumlah_art'),
    household('Jumlah_Keluarga', 'jumlah_keluarga'),
    ...questions('household'),
    identity('percentile', 'percentile', 'percentile', 'persentil'),
    ...processColumns(),
    member('IDARTBDT', 'IDARTBDT', 'person_id', 'noartpbdtkemsos'),
    member('Nama', 'Nama', 'name', 'nama art', 'nama lengkap'),
    member('NIK', 'NIK', 'nik', 'nomor_nik'),
    member('NoKK', 'NoKK', 'kk', 'no kk', 'nomor_kk'),
    member('JnsKel', 'JnsKel', 'sex', 'jenis kelamin'),
    member('TmpLahir', 'TmpLahir', 'birth_place', 'tempat lahir'),
    member('TglLahir', 'TglLahir', 'birth_date', 'tanggal lahir'),
    member('Hub_KRT', 'Hub_KRT', 'relation', 'hubkrt'),
    member('NUK', 'NUK', 'family_no'),
    { ...member('Hubkel', 'Hubkel', 'answer', 'hubungan dengan kk'), codes: upTo(8) },
    member('Umur', 'Umur', 'age', 'usia'),
    member('namagadis_ibukandung', 'namagadis_ibukandung', 'mother_name', 'nama ibu kandung'),
    answer('Jenis_cacat', 'Jenis_cacat_asal', null, 'disabilitas'),
    ...questions('member'),
    ...dukcapilColumns(),
  ],
};

/** The answers of BDT 2015 under the names of the tables, without what is not certain here. */
function questions(scope: ProfileColumn['scope']): ProfileColumn[] {
  return bdt2015.columns
    .filter(
      (column) =>
        column.role === 'answer' &&
        column.scope === scope &&
        !own.has(column.field) &&
        column.field !== 'Hubkel',
    )
    .map((column) => ({ ...column, header: column.field, synonyms: [] }));
}

function processColumns(): ProfileColumn[] {
  return [
    coded('sta_keberadaan_RT', 'sta_keberadaan_RT', upTo(6)),
    household('no_kks', 'no_kks'),
    household('sumber_data', 'sumber_data'),
    household('id_periode', 'id_periode'),
    household('status_kesejahteraan', 'status_kesejahteraan'),
    answer('Sta_keberadaan_art', 'Sta_keberadaan_art', upTo(6)),
    ...['Ada_kks', 'Ada_pbi', 'Ada_kip', 'Ada_pkh', 'Ada_rastra'].map((field) =>
      answer(field, field, upTo(2)),
    ),
    answer('flag_nik', 'flag_nik', from(0, 9)),
  ];
}

/** Dukcapil's values beside the list's own, as the member table keeps them. */
function dukcapilColumns(): ProfileColumn[] {
  return [
    'NIK',
    'NO_KK',
    'NAMA_LGKP',
    'STAT_HBKEL',
    'NO_RW',
    'NO_RT',
    'ALAMAT',
    'TMPT_LHR',
    'TGL_LHR',
    'JENIS_KLMIN',
    'STATUS_KAWIN',
    'PDDK_AKH',
    'JENIS_PKRJN',
    'NAMA_LGKP_IBU',
    'NAMA_LGKP_AYAH',
  ].map((field) => answer(`DUK_${field}`, `DUK_${field}`, null));
}
