import type { ColumnRole, Profile, ProfileColumn } from './profile.ts';

/** A DTKS export: one row a person, families told by their No KK. */
export const dtks: Profile = {
  source: 'DTKS',
  title: 'daftar DTKS (kolom nomor_kk, nomor_nik, dan nama)',
  required: ['kk', 'nik', 'name'],
  optional: ['kode_provinsi', 'kode_kabupaten', 'kode_kecamatan', 'kode_kelurahan', 'dusun', 'jenis_ppks'],
  columns: [
    column('id_dtks', 'person_id', 'member', 'iddtks', 'id'),
    column('provinsi', 'provinsi', 'household', 'nama provinsi', 'prov'),
    column('kabupaten/kota', 'kabkota', 'household', 'kabupaten', 'kota', 'kab/kota', 'nama kabupaten'),
    column('kecamatan', 'kecamatan', 'household', 'nama kecamatan', 'kec'),
    column(
      'desa/kelurahan',
      'kelurahan',
      'household',
      'kelurahan',
      'desa',
      'kelurahan/desa',
      'nama kelurahan',
      'nama desa',
    ),
    column('kode_provinsi', 'provinsi_code', 'household', 'kdprop', 'kdprov', 'kode prov'),
    column(
      'kode_kabupaten',
      'kabkota_code',
      'household',
      'kdkab',
      'kode kabupaten/kota',
      'kode kota',
      'kode kab',
    ),
    column('kode_kecamatan', 'kecamatan_code', 'household', 'kdkec', 'kode kec'),
    column(
      'kode_kelurahan',
      'kelurahan_code',
      'household',
      'kddesa',
      'kode desa',
      'kode desa/kelurahan',
      'kode kel',
    ),
    column('alamat', 'street', 'household', 'alamat lengkap'),
    column('dusun', 'answer', 'household'),
    column('rt', 'rt', 'household', 'no rt'),
    column('rw', 'rw', 'household', 'no rw'),
    column('nomor_kk', 'kk', 'household', 'no kk', 'nokk', 'nomor kartu keluarga', 'no kartu keluarga'),
    column('nomor_nik', 'nik', 'member', 'nik', 'no nik', 'nomor induk kependudukan'),
    column('nama', 'name', 'member', 'nama lengkap', 'nama anggota'),
    column('tanggal_lahir', 'birth_date', 'member', 'tgl lahir', 'tgllahir'),
    column('tempat_lahir', 'birth_place', 'member', 'tmp lahir', 'tmplahir'),
    column('jenis_kelamin', 'sex', 'member', 'jk', 'jnskel', 'l/p'),
    column('nama_ibu_kandung', 'mother_name', 'member', 'ibu kandung', 'nama gadis ibu kandung'),
    column(
      'hubungan_keluarga',
      'relation',
      'member',
      'hubungan dalam keluarga',
      'hub keluarga',
      'status hubungan keluarga',
      'hubkel',
    ),
    column('jenis_ppks', 'answer', 'member', 'ppks', 'jenis pmks'),
  ],
};

function column(
  header: string,
  role: ColumnRole,
  scope: ProfileColumn['scope'],
  ...synonyms: string[]
): ProfileColumn {
  return { header, field: header.replace(/\W/g, '_'), role, scope, synonyms };
}
