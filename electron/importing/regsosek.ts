import { answer, coded, from, household, identity, member, upTo } from './columns.ts';
import type { Profile, ProfileColumn } from './profile.ts';

/**
 * Regsosek22-K as OpenSID writes it: the sheets `Keluarga` and `Anggota Keluarga`, headed by question
 * numbers and joined by the number of the family card. Fields are the columns of its tables. Where
 * several codes are ticked they come as a sum (411, 426, 431a, 431f), 99 alone where it stands.
 *
 * The snapshot of OpenSID that was read (4b3d567, 1 October 2024) stores 502d as 502e and so on up to
 * 502j: in such files a motorcycle stands as a bicycle. Whether a file is one of them cannot be seen.
 */
export const regsosek: Profile = {
  source: 'REGSOSEK',
  relationCodes: true,
  title: 'buku kerja Regsosek (lembar Anggota Keluarga dengan kolom No KK, 402 Nama, dan 403 NIK)',
  required: ['kk', 'name', 'nik'],
  optional: [...places(), ...surveyors()].map((column) => column.field),
  familySheet: true,
  notice: {
    code: 'assets_shifted',
    message:
      'Aset 502e sampai 502j di berkas dari OpenSID bisa bergeser satu (sepeda motor tercatat sebagai sepeda). Jangan mengambil keputusan dari kolom itu saja; tanyakan lagi saat kunjungan.',
    fields: [
      'kd_telepon_rumah',
      'kd_televisi',
      'kd_perhiasan_10_gr_emas',
      'kd_komputer_laptop',
      'kd_sepeda_motor',
      'kd_sepeda',
    ],
  },
  columns: [...places(), ...surveyors(), ...housing(), ...programs(), ...assets(), ...people()],
};

function places(): ProfileColumn[] {
  return [
    household('Terakhir diubah', 'updated_at'),
    identity('101', 'kode_provinsi', 'provinsi_code'),
    identity('102', 'kode_kabupaten', 'kabkota_code'),
    identity('103', 'kode_kecamatan', 'kecamatan_code'),
    identity('104', 'kode_desa', 'kelurahan_code'),
    identity('nama_provinsi', 'nama_provinsi', 'provinsi', 'provinsi'),
    identity('nama_kabupaten', 'nama_kabupaten', 'kabkota', 'kabupaten/kota'),
    identity('nama_kecamatan', 'nama_kecamatan', 'kecamatan', 'kecamatan'),
    identity('nama_kelurahan', 'nama_kelurahan', 'kelurahan', 'kelurahan', 'desa/kelurahan'),
    household('105', 'kode_sls_non_sls'),
    household('105a Kode Sub SLS', 'kode_sub_sls'),
    identity('106', 'nama_sls_non_sls', 'sls'),
    identity('107', 'alamat', 'street'),
    household('108', 'nama_kepala_keluarga'),
    household('109', 'no_urut_bangunan_tinggal'),
    household('110 No Urut Keluarga', 'no_urut_keluarga_verif'),
    household('111', 'status_keluarga'),
    household('112', 'jumlah_anggota_dtks'),
    household('113', 'kode_landmark_wilkerstat'),
    identity('No KK', 'no_kk', 'kk', '114', '114 No KK'),
    coded('115', 'kd_kk', from(0, 2)),
    // Later exports name the rank that Regsosek got; the workbook of OpenSID has none.
    identity('desil', 'desil', 'desil', 'desil kesejahteraan'),
  ];
}

function surveyors(): ProfileColumn[] {
  return [
    household('201', 'tanggal_pendataan'),
    household('202', 'nama_ppl'),
    household('202a Kode PPL', 'kode_ppl'),
    household('203', 'tanggal_pemeriksaan'),
    household('204', 'nama_pml'),
    household('204a Kode Pemeriksa', 'kode_pml'),
    household('Responden', 'nama_responden'),
    household('No Hp responden', 'no_hp_responden'),
    coded('205', 'kd_hasil_pendataan_keluarga', upTo(5)),
    household('Catatan', 'catatan'),
  ];
}

function housing(): ProfileColumn[] {
  return [
    coded('301a', 'kd_stat_bangunan_tinggal', upTo(5)),
    coded('301b', 'kd_sertiv_lahan_milik', upTo(6)),
    household('302', 'luas_lantai'),
    coded('303', 'kd_jenis_lantai_terluas', upTo(9)),
    coded('304', 'kd_jenis_dinding', upTo(7)),
    coded('305', 'kd_jenis_atap', upTo(8)),
    coded('306a', 'kd_sumber_air_minum', upTo(11)),
    coded('306b', 'kd_jarak_sumber_air_ke_tpl', upTo(3)),
    coded('307a', 'kd_sumber_penerangan_utama', upTo(4)),
    coded('307b1', 'kd_daya_terpasang', upTo(5)),
    coded('307b2', 'kd_daya_terpasang2', upTo(5)),
    coded('307b3', 'kd_daya_terpasang3', upTo(5)),
    coded('308', 'kd_bahan_bakar_memasak', upTo(12)),
    coded('309a', 'kd_fasilitas_tempat_bab', upTo(6)),
    coded('309b', 'kd_jenis_kloset', upTo(4)),
    coded('310', 'kd_pembuangan_akhir_tinja', upTo(6)),
  ];
}

function programs(): ProfileColumn[] {
  return [
    ['501a', 'bss_bnpt'],
    ['501b', 'pkh'],
    ['501c', 'blt_dana_desa'],
    ['501d', 'subsidi_listrik'],
    ['501e', 'bantuan_pemda'],
    ['501f', 'subsidi_pupuk'],
    ['501g', 'subsidi_lpg'],
  ].flatMap(([no = '', name = '']) => [
    coded(no, `kd_${name}`, upTo(2)),
    household(`${no} Bulan`, `bulan_${name}`),
    household(`${no} Tahun`, `tahun_${name}`),
  ]);
}

function assets(): ProfileColumn[] {
  const owned = [
    'tabung_gas_5_5_kg',
    'lemari_es',
    'ac',
    'pemanas_air',
    'telepon_rumah',
    'televisi',
    'perhiasan_10_gr_emas',
    'komputer_laptop',
    'sepeda_motor',
    'sepeda',
    'mobil',
    'perahu',
    'kapal_perahu_motor',
    'smartphone',
  ];
  const herds = ['sapi', 'kerbau', 'kuda', 'babi', 'kambing_domba'];
  return [
    ...owned.map((name, index) => coded(`502${letter(index)}`, `kd_${name}`, upTo(2))),
    coded('503a', 'kd_lahan', upTo(2)),
    coded('503b', 'kd_rumah_ditempat_lain', upTo(2)),
    ...herds.map((name, index) => household(`504${letter(index)}`, `jumlah_${name}`)),
    coded('505', 'kd_internet_sebulan', from(0, 3)),
    coded('506', 'kd_rek_aktif', upTo(4)),
  ];
}

function people(): ProfileColumn[] {
  const difficulties = [
    'sulit_penglihatan',
    'sulit_pendengaran',
    'sulit_jalan_naiktangga',
    'sulit_gerak_tangan_jari',
    'sulit_belajar_intelektual',
    'sulit_perilaku_emosi',
    'sulit_paham_bicara_kom',
    'sulit_mandiri',
    'sulit_ingat_konsentrasi',
    'sering_sedih_depresi',
  ];
  return [
    member('401', 'no_urut_anggota', 'order'),
    member('402 Nama', 'nama', 'name', '402', 'nama'),
    member('403 NIK', 'nik', 'nik', '403', 'nik'),
    answer('404', 'kd_ket_keberadaan_art', upTo(6)),
    member('405', 'kd_jenis_kelamin', 'sex'),
    member('406', 'tgl_lahir', 'birth_date'),
    member('407', 'umur', 'age'),
    answer('408', 'kd_stat_perkawinan', upTo(4)),
    member('409', 'kd_hubungan_dg_kk', 'relation'),
    answer('410', 'kd_stat_kehamilan', upTo(2), 'kd_status_kehamilan'),
    answer('411', 'kd_punya_kartuid', from(0, 7)),
    answer('412', 'kd_partisipasi_sekolah', upTo(3)),
    answer('413', 'kd_pendidikan_tertinggi', upTo(22)),
    answer('414', 'kd_kelas_tertinggi', upTo(8)),
    answer('415', 'kd_ijazah_tertinggi', upTo(23)),
    answer('416a', 'kd_bekerja_seminggu_lalu', upTo(2)),
    answer('416b', 'jumlah_jam_kerja_seminggu_lalu', null),
    answer('417', 'kd_lapangan_usaha_pekerjaan', upTo(26)),
    answer('417 Tulis', 'tulis_lapangan_usaha_pekerjaan', null),
    answer('418', 'kd_kedudukan_di_pekerjaan', upTo(8)),
    answer('419', 'kd_punya_npwp', upTo(3)),
    answer('420a', 'kd_punya_usaha_sendiri_bersama', upTo(2)),
    answer('420b', 'jumlah_usaha_sendiri_bersama', null),
    answer('421', 'kd_lapangan_usaha_dr_usaha', upTo(26)),
    answer('421 Tulis', 'tulis_lapangan_usaha_dr_usaha', null),
    answer('422', 'jumlah_pekerja_dibayar', null),
    answer('423', 'jumlah_pekerja_tidak_dibayar', null),
    answer('424', 'kd_kepemilikan_ijin_usaha', upTo(12)),
    answer('425', 'kd_omset_usaha_perbulan', upTo(7)),
    answer('426', 'kd_guna_internet_usaha', from(0, 63)),
    answer('427', 'kd_gizi_seimbang', [...upTo(3), '8']),
    ...difficulties.map((name, index) => answer(`428${letter(index)}`, `kd_${name}`, upTo(4))),
    answer('429', 'kd_memiliki_perawat', upTo(3)),
    answer('430', 'kd_penyakit_kronis_menahun', upTo(18)),
    answer('431a', 'kd_jamkes_setahun', [...from(0, 15), '99']),
    ...['prakerja', 'kur', 'umi', 'pip'].map((name, index) =>
      answer(`431${letter(index + 1)}`, `kd_ikut_${name}`, ['1', '2', '8']),
    ),
    answer('431f', 'jumlah_jamket_kerja', [...from(0, 31), '99']),
  ];
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}
