import type { ColumnRole, Profile, ProfileColumn } from './profile.ts';

/**
 * BDT 2015: 101 columns, one row a member, the household's columns repeated. Field names are those
 * of the SIKS tables, which the instrument `bdt-2015` uses too.
 *
 * Ya/Tidak is 1/2 for one asset and 3/4 for the next, as on the printed form. The codes are kept as
 * the source has them: whoever compares answers looks the meaning up in the instrument.
 */
export const bdt2015: Profile = {
  source: 'BDT2015',
  title: 'daftar BDT 2015 (kolom ID rumah tangga, Nama ART, dan NIK)',
  required: ['household_id', 'name', 'nik', 'relation'],
  optional: extraColumns().map((column) => column.field),
  columns: [...householdColumns(), ...memberColumns(), ...extraColumns()],
};

/** The 101 columns in the source's order; what follows them is read where an export adds it. */
export const bdt2015Width = 101;

function householdColumns(): ProfileColumn[] {
  return [
    household('ruta_6', 'ruta_6', 'ruta6'),
    identity(
      'ID rumah tangga',
      'id_rumah_tangga',
      'household_id',
      'idbdt',
      'id ruta',
      'idruta',
      'id rt',
      'no pbdt kemsos',
      'rid_rumahtangga',
    ),
    identity('Provinsi', 'nama_provinsi', 'provinsi', 'nmprop', 'nmprov'),
    identity('Kode provinsi', 'kode_provinsi', 'provinsi_code', 'kdprop', 'kdprov', 'kode prov'),
    identity(
      'Kabupaten/Kota',
      'nama_kabupaten',
      'kabkota',
      'kabupaten',
      'kota',
      'nmkab',
      'nama kabupaten/kota',
      'kab/kota',
    ),
    identity(
      'Kode kabupaten/kota',
      'kode_kabupaten',
      'kabkota_code',
      'kdkab',
      'kode kab',
      'kode kab/kota',
      'kode kota',
    ),
    identity('Kecamatan', 'nama_kecamatan', 'kecamatan', 'nmkec'),
    identity('Kode kecamatan', 'kode_kecamatan', 'kecamatan_code', 'kdkec', 'kode_kec'),
    identity(
      'Desa/Kelurahan',
      'nama_desa',
      'kelurahan',
      'desa',
      'kelurahan',
      'nmdesa',
      'nama kelurahan',
      'nama desa/kelurahan',
      'kelurahan/desa',
    ),
    identity(
      'Kode desa/kelurahan',
      'kode_desa',
      'kelurahan_code',
      'kddesa',
      'kode kelurahan',
      'kode kel',
      'kode kelurahan/desa',
    ),
    identity('Nama SLS', 'nama_sls', 'sls', 'sls'),
    identity('Alamat', 'alamat', 'street'),
    household('Nama KRT', 'nama_krt', 'nama kepala rumah tangga'),
    household('Jumlah ART', 'jumlah_art', 'jumlah anggota rumah tangga'),
    household('Jumlah keluarga', 'jumlah_keluarga'),
    coded('Status bangunan', 'sta_bangunan', upTo(5)),
    coded('Status lahan', 'sta_lahan', upTo(4)),
    household('Luas lantai', 'luas_lantai', 'luas lantai m2'),
    coded('Lantai', 'lantai', upTo(10), 'jenis lantai', 'jenis lantai terluas'),
    coded('Dinding', 'dinding', upTo(7), 'jenis dinding', 'jenis dinding terluas'),
    coded('Kondisi dinding', 'kondisi_dinding', upTo(2)),
    coded('Atap', 'atap', upTo(10), 'jenis atap', 'jenis atap terluas'),
    coded('Kondisi atap', 'kondisi_atap', upTo(2)),
    household('Kamar tidur', 'jumlah_kamar', 'jumlah kamar tidur'),
    coded('Air minum', 'sumber_airminum', upTo(12), 'sumber air minum'),
    coded('Cara memperoleh air', 'cara_peroleh_airminum', upTo(3), 'cara memperoleh air minum'),
    coded('Penerangan', 'sumber_penerangan', upTo(3), 'sumber penerangan utama'),
    coded('Daya', 'daya', upTo(6), 'daya terpasang'),
    coded('Bahan bakar', 'bb_masak', upTo(9), 'bahan bakar memasak', 'bahan bakar utama memasak'),
    coded('BAB', 'fasbab', upTo(4), 'fasilitas bab', 'tempat bab', 'penggunaan fasilitas bab'),
    coded('Kloset', 'kloset', upTo(4), 'jenis kloset'),
    coded('Tinja', 'buang_tinja', upTo(6), 'pembuangan tinja', 'tempat pembuangan akhir tinja'),
    yesNo('Tabung gas 5,5 kg', 'ada_tabung_gas', 'tabung gas'),
    yesNo34('Lemari es', 'ada_lemari_es', 'kulkas', 'lemari es/kulkas'),
    yesNo('AC', 'ada_ac'),
    yesNo34('Pemanas air', 'ada_pemanas'),
    yesNo('Telepon rumah', 'ada_telepon', 'telepon'),
    yesNo34('TV', 'ada_tv', 'televisi'),
    yesNo('Emas & tabungan', 'ada_emas', 'emas', 'emas dan tabungan'),
    yesNo34('Laptop', 'ada_laptop', 'komputer', 'komputer/laptop'),
    yesNo('Sepeda', 'ada_sepeda'),
    yesNo34('Motor', 'ada_motor', 'sepeda motor'),
    yesNo('Mobil', 'ada_mobil'),
    yesNo34('Perahu', 'ada_perahu'),
    yesNo('Motor tempel', 'ada_motor_tempel'),
    yesNo34('Perahu motor', 'ada_perahu_motor'),
    yesNo('Kapal', 'ada_kapal'),
    household('No HP aktif', 'nomor_hp_aktif', 'jumlah no hp aktif', 'jumlah nomor hp aktif'),
    household('Jumlah ruangan', 'jumlah_ruangan'),
    yesNo('Aset tidak bergerak', 'aset_tak_bergerak', 'lahan'),
    household('Luas', 'luas_atb', 'luas lahan'),
    yesNo34('Rumah lain', 'rumah_lain', 'rumah di tempat lain'),
    household('Sapi', 'jumlah_sapi'),
    household('Kerbau', 'jumlah_kerbau'),
    household('Kuda', 'jumlah_kuda'),
    household('Babi', 'jumlah_babi'),
    household('Kambing/domba', 'jumlah_kambing', 'kambing'),
    yesNo('ART usaha', 'sta_art_usaha'),
    yesNo('KKS', 'sta_kks', 'kks/kps'),
    yesNo34('KIP', 'sta_kip', 'kip/bsm'),
    yesNo('KIS', 'sta_kis', 'kis/bpjs pbi'),
    yesNo34('BPJS mandiri', 'sta_bpjs_mandiri'),
    yesNo('Jamsostek', 'sta_jamsostek', 'jamsostek/bpjs tk'),
    yesNo34('Asuransi lain', 'sta_asuransi', 'asuransi lainnya'),
    yesNo('PKH', 'sta_pkh'),
    yesNo34('Rastra', 'sta_rastra', 'raskin', 'raskin/rastra'),
    yesNo('KUR', 'sta_kur'),
    household('No urut WUS', 'wus_no_urut'),
    household('Usia suami', 'wus_usia_suami'),
    household('Usia istri', 'wus_usia_istri'),
    household('Kepesertaan KB', 'kb_kepesertaan'),
    household('Metode kontrasepsi', 'kb_metode'),
    household('Lama KB (tahun)', 'kb_lama_tahun', 'lama kontrasepsi tahun', 'lama th'),
    household('Lama KB (bulan)', 'kb_lama_bulan', 'lama kontrasepsi bulan', 'lama bln'),
    household('Tempat pelayanan KB', 'kb_tempat'),
    household('Ingin anak lagi', 'kb_ingin_anak'),
    household('Alasan tidak KB', 'kb_alasan'),
    identity('percentile', 'percentile', 'percentile', 'persentil', 'persentil kesejahteraan'),
  ];
}

function memberColumns(): ProfileColumn[] {
  return [
    member('No urut ART', 'no_urut_art', 'order', 'nomor urut art', 'no art'),
    member('Nama ART', 'Nama', 'name', 'nama lengkap', 'nama anggota rumah tangga'),
    member('NIK', 'NIK', 'nik', 'nomor_nik', 'no nik', 'nomor induk kependudukan'),
    member(
      'HubKRT',
      'Hub_KRT',
      'relation',
      'hubungan dengan krt',
      'hubungan dengan kepala rumah tangga',
      'hub krt',
    ),
    member('No urut keluarga', 'NUK', 'family_no', 'nomor urut keluarga'),
    {
      ...member(
        'Hub. KK',
        'Hubkel',
        'answer',
        'hubungan dengan kk',
        'hubungan dengan kepala keluarga',
        'hubkk',
      ),
      codes: upTo(8),
    },
    member('JK', 'JnsKel', 'sex', 'jenis kelamin'),
    member('Umur', 'Umur', 'age', 'usia'),
    { ...answer('Kawin', 'Sta_kawin', upTo(4), 'status kawin', 'status perkawinan') },
    answer('Akta nikah', 'Ada_akta_nikah', from(0, 2), 'kepemilikan akta nikah'),
    answer('Dalam KK', 'Ada_diKK', upTo(2), 'tercantum dalam kk'),
    // A sum of 1, 2, 4 and 8: every number up to 15 can occur.
    answer('Kartu identitas', 'Ada_kartu_identitas', from(0, 15), 'kepemilikan kartu identitas'),
    answer('Hamil', 'Sta_hamil', upTo(2), 'status kehamilan'),
    {
      ...answer(
        'Cacat',
        'Jenis_cacat',
        from(0, 12).map(twoDigits),
        'jenis cacat',
        'disabilitas',
        'jenis disabilitas',
      ),
      digits: 2,
    },
    answer('Penyakit kronis', 'Penyakit_kronis', from(0, 9), 'penyakit menahun'),
    answer('Partisipasi sekolah', 'Partisipasi_sekolah', from(0, 2)),
    {
      ...answer(
        'Jenjang',
        'Pendidikan_tertinggi',
        upTo(10).map(twoDigits),
        'jenjang pendidikan',
        'jenjang pendidikan tertinggi',
      ),
      digits: 2,
    },
    answer('Kelas', 'Kelas_tertinggi', upTo(8), 'kelas tertinggi'),
    answer('Ijazah', 'Ijazah_tertinggi', from(0, 6), 'ijazah tertinggi'),
    answer('Bekerja', 'Sta_Bekerja', upTo(2), 'status bekerja'),
    answer('Jam kerja', 'Jumlah_jamkerja', null, 'jumlah jam kerja'),
    answer('Lapangan usaha', 'Lapangan_usaha', upTo(21)),
    answer(
      'Status pekerjaan',
      'Status_pekerjaan',
      upTo(8),
      'status kedudukan pekerjaan',
      'kedudukan dalam pekerjaan',
    ),
  ];
}

/** Columns that later SIKS exports add beside the 101. */
function extraColumns(): ProfileColumn[] {
  return [
    identity('RT', 'rt', 'rt'),
    identity('RW', 'rw', 'rw'),
    member('No KK', 'NoKK', 'kk', 'nomor_kk', 'nokk'),
    member('ID ART', 'IDARTBDT', 'person_id', 'noartpbdtkemsos'),
    member('Tempat lahir', 'TmpLahir', 'birth_place'),
    member('Tanggal lahir', 'TglLahir', 'birth_date', 'tgl lahir'),
    member('Nama gadis ibu kandung', 'namagadis_ibukandung', 'mother_name', 'nama ibu kandung'),
  ];
}

function identity(header: string, field: string, role: ColumnRole, ...synonyms: string[]): ProfileColumn {
  return { header, field, role, scope: 'household', synonyms };
}

function household(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return { header, field, role: 'answer', scope: 'household', synonyms };
}

function coded(header: string, field: string, codes: string[], ...synonyms: string[]): ProfileColumn {
  return { header, field, role: 'answer', scope: 'household', codes, synonyms };
}

function yesNo(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return coded(header, field, ['1', '2'], ...synonyms);
}

function yesNo34(header: string, field: string, ...synonyms: string[]): ProfileColumn {
  return coded(header, field, ['3', '4'], ...synonyms);
}

function member(header: string, field: string, role: ColumnRole, ...synonyms: string[]): ProfileColumn {
  return { header, field, role, scope: 'member', synonyms };
}

function answer(header: string, field: string, codes: string[] | null, ...synonyms: string[]): ProfileColumn {
  return { header, field, role: 'answer', scope: 'member', synonyms, ...(codes && { codes }) };
}

function upTo(last: number): string[] {
  return from(1, last);
}

function from(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

function twoDigits(code: string): string {
  return code.padStart(2, '0');
}
