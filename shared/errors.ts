import { periodErrors } from './errors-period.ts';
import { exchangeErrors } from './errors-exchange.ts';
import { identificationErrors } from './errors-identification.ts';
import { keyErrors } from './errors-keys.ts';
import { paperErrors } from './errors-paper.ts';

/**
 * The one error catalogue. Each code has the HTTP status it travels with, the sentence the user
 * reads, and what to do next. Services throw `new AppError(code, details)`; `{name}` in a sentence
 * is filled from the details. Anything else that is thrown reaches the screen as `internal`.
 */
export const errorCatalogue = {
  // Session and access
  not_logged_in: [
    401,
    'Anda belum masuk atau sesi sudah berakhir.',
    'Masuk lagi; yang sudah diketik tidak hilang.',
  ],
  wrong_credentials: [
    401,
    'Nama pengguna atau kata sandi tidak cocok.',
    'Periksa huruf besar-kecil (Caps Lock), lalu coba lagi.',
  ],
  too_many_tries: [429, 'Terlalu banyak percobaan masuk.', 'Tunggu {seconds} detik, lalu coba lagi.'],
  account_inactive: [403, 'Akun ini dinonaktifkan.', 'Hubungi administrator kantor Anda.'],
  not_allowed: [
    403,
    'Peran Anda tidak boleh melakukan ini.',
    'Minta rekan dengan peran yang sesuai: {roles}.',
  ],
  password_must_change: [
    403,
    'Kata sandi awal harus diganti dahulu.',
    'Buat kata sandi baru, lalu lanjutkan.',
  ],
  // Setup and register
  setup_needed: [409, 'Kantor ini belum disiapkan.', 'Jalankan penyiapan kantor di layar pertama.'],
  office_in_use: [
    409,
    'Masih ada yang bekerja di kantor ini.',
    'Keluar dahulu dari semua sesi, lalu coba lagi.',
  ],
  setup_done: [409, 'Kantor ini sudah disiapkan.', 'Masuk dengan akun yang sudah ada.'],
  register_locked: [
    423,
    'Buku register masih terkunci.',
    'Masuk dengan nama pengguna dan kata sandi untuk membukanya.',
  ],
  register_newer: [
    409,
    'Buku register dibuat oleh versi Mutakhir yang lebih baru.',
    'Pasang versi terbaru di komputer ini; data Anda aman.',
  ],
  register_unreadable: [
    500,
    'Buku register tidak dapat dibuka dengan kunci ini.',
    'Pakai lembar pemulihan, atau pulihkan dari cadangan.',
  ],
  recovery_code_wrong: [
    401,
    'Kode pemulihan tidak cocok.',
    'Salin tepat seperti di lembar pemulihan; tanda hubung boleh dilewati.',
  ],
  unknown_area: [422, 'Wilayah {code} tidak dikenal.', 'Pilih kelurahan atau kecamatan dari daftar.'],
  // Input
  invalid_input: [422, 'Ada isian yang belum benar.', 'Periksa isian yang ditandai.'],
  invalid_household: [
    422,
    'Rumah tangga belum dapat didaftarkan: {message}',
    'Perbaiki isian yang ditandai, lalu daftarkan lagi. Draf tetap tersimpan.',
  ],
  not_found: [
    404,
    'Data yang dicari tidak ada.',
    'Mungkin sudah dihapus atau digabung. Kembali ke daftarnya dan cari di sana.',
  ],
  outside_area: [
    403,
    'Wilayah ini bukan wilayah kerja kantor Anda.',
    'Pilih kelurahan di wilayah kerja kantor ini.',
  ],
  version_conflict: [
    409,
    'Data ini sudah diubah oleh {by} sementara Anda membukanya.',
    'Lihat dahulu perubahannya; yang Anda ketik tetap ada. Bila masih perlu, ulangi.',
  ],
  // Accounts
  username_taken: [409, 'Nama pengguna {username} sudah dipakai.', 'Pilih nama pengguna lain.'],
  password_weak: [
    422,
    'Kata sandi terlalu mudah ditebak.',
    'Pakai sedikitnya 10 huruf; kalimat pendek paling mudah diingat.',
  ],
  last_administrator: [409, 'Ini administrator terakhir.', 'Angkat administrator lain dahulu.'],
  // Case flow
  step_not_possible: [
    409,
    'Langkah "{action}" tidak dapat dilakukan dari keadaan {state}.',
    'Mungkin rekan sudah melanjutkannya. Lihat keadaan berkasnya sekarang, lalu pilih langkahnya.',
  ],
  step_not_yours: [403, 'Langkah ini bukan wewenang peran Anda.', 'Serahkan kepada: {roles}.'],
  step_by_enterer: [
    403,
    'Yang memasukkan data tidak boleh menyetujuinya sendiri.',
    'Minta rekan lain yang berwenang memeriksanya.',
  ],
  reason_needed: [422, 'Alasan wajib diisi.', 'Tulis alasannya dengan singkat, lalu lanjutkan.'],
  step_needs: [409, 'Belum dapat dilanjutkan: {need}.', 'Lengkapi dahulu, lalu ulangi.'],
  case_not_editable: [
    409,
    'Data pelapor tidak dapat diubah lagi dalam keadaan {state}.',
    'Buat catatan perbaikan, atau batalkan langkah sebelumnya dengan alasan.',
  ],
  evidence_needed: [
    422,
    'Pendaftaran pasif butuh bukti.',
    'Lampirkan foto atau pindaian surat, lalu ajukan lagi.',
  ],
  draft_leased: [
    409,
    'Draf ini sedang diketik oleh {by}.',
    'Tunggu sampai selesai, atau ambil alih dengan alasan; yang diketik {by} tidak hilang.',
  ],
  sample_unopened: [
    409,
    'Contoh acak belum dibuka: {numbers}.',
    'Buka dan periksa dahulu, lalu setujui semuanya.',
  ],
  draft_gone: [404, 'Draf ini tidak ada lagi.', 'Mungkin sudah didaftarkan. Cari berkasnya di daftar.'],
  family_not_offered: [
    409,
    'Keluarga ini tidak termasuk yang ditemukan untuk draf ini.',
    'Pilih dari keluarga yang tampil di samping formulir; bila tidak ada, ketik nama, NIK, atau No KK-nya.',
  ],
  ...periodErrors,
  ...identificationErrors,
  // Files
  file_empty: [422, 'Berkas ini kosong.', 'Pilih berkas lain; mungkin penyalinannya terputus.'],
  file_too_large: [
    413,
    'Berkas terlalu besar ({size}).',
    'Batasnya {limit}. Perkecil foto, atau pindai dengan resolusi lebih rendah.',
  ],
  file_not_accepted: [415, 'Jenis berkas ini tidak diterima.', 'Lampirkan JPEG, PNG, atau PDF.'],
  image_broken: [
    415,
    'Foto ini rusak atau terpotong; isinya tidak terbaca.',
    'Salin ulang dari telepon atau kamera, lalu pilih lagi.',
  ],
  image_too_detailed: [
    413,
    'Foto ini terlalu besar ({size} titik).',
    'Batasnya {limit} titik pada sisi terpanjang. Lampirkan lewat layar Mutakhir: foto diperkecil sendiri.',
  ],
  case_legalised: [
    409,
    'Berkas yang {state} tidak menerima lampiran lagi.',
    'Buat catatan perbaikan bila buktinya masih kurang.',
  ],
  other_file: [
    422,
    'Isi berkas ini bukan isi lampiran yang rusak.',
    'Pilih berkas yang dahulu diunggah, dari komputer, telepon, atau kamera asalnya. Bila memang itu fotonya, lampirkan sekali lagi lewat Perbaiki data.',
  ],
  content_unreadable: [
    500,
    'Lampiran yang sama sudah ada di buku register, tetapi tidak terbaca lagi di komputer ini.',
    'Beri tahu administrator: buku register sebagian rusak, pulihkan cadangan yang masih utuh.',
  ],
  upload_gone: [404, 'Berkas yang diunggah sudah tidak ada.', 'Pilih berkasnya lagi.'],
  // Imports
  import_not_workbook: [
    422,
    'Berkas ini bukan buku kerja Excel (.xlsx) yang utuh.',
    'Buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu pilih lagi.',
  ],
  import_zip_bomb: [
    422,
    'Isi berkas ini membengkak tidak wajar saat dibuka ({size}).',
    'Berkas tidak dibaca. Mintalah salinan baru dari pengirimnya.',
  ],
  import_wrong_sheet: [
    422,
    'Tidak ada lembar yang berisi {profile}.',
    'Pilih berkas lain, atau pilih jenis daftar yang sesuai.',
  ],
  import_sheet_hidden: [
    422,
    'Lembar yang berisi daftar ini disembunyikan: {sheets}.',
    'Tampilkan lembarnya di Excel (klik kanan pada nama lembar), simpan, lalu pilih lagi.',
  ],
  import_other_list: [
    422,
    'Berkas ini tampaknya daftar {found}, bukan {chosen}.',
    'Pilih jenis daftar {found}, lalu periksa lagi.',
  ],
  import_missing_columns: [
    422,
    'Kolom wajib tidak ada: {columns}.',
    'Periksa baris judul, atau pilih jenis daftar yang sesuai.',
  ],
  import_no_rows: [
    422,
    'Berkas ini tidak berisi satu baris data pun.',
    'Pastikan daftar ada di bawah baris judul, lalu pilih lagi.',
  ],
  import_all_refused: [
    422,
    'Semua {count} baris ditolak, sehingga tidak ada yang dapat disimpan.',
    'Lihat alasan penolakannya, perbaiki di sumbernya, lalu pilih berkas yang baru.',
  ],
  import_open_quote: [
    422,
    'Tanda kutip di baris {line} tidak ditutup, sehingga sisa berkas tidak terbaca.',
    'Perbaiki baris itu, atau ekspor ulang dari sumbernya.',
  ],
  import_broken_csv: [
    422,
    'Berkas CSV tidak terbaca di baris {line}.',
    'Perbaiki baris itu, atau ekspor ulang dari sumbernya.',
  ],
  import_area_code_system: [
    422,
    'Sistem kode wilayah daftar ini belum dinyatakan.',
    'Pilih kode BPS atau kode Kemendagri; 3173 berarti kota yang berbeda di keduanya.',
  ],
  import_mapping_needed: [
    422,
    'Daftar jenis ini tidak punya susunan kolom yang baku.',
    'Petakan kolomnya dahulu: tunjukkan arti setiap kolom.',
  ],
  import_mapping_wrong: [
    422,
    'Pemetaan kolom belum dapat dipakai: {problem}',
    'Perbaiki pemetaannya, lalu periksa lagi.',
  ],
  import_nothing_accepted: [
    422,
    'Tidak ada satu orang pun yang tersisa di daftar ini.',
    'Terima sebagian perubahannya, atau buang berkasnya.',
  ],
  difference_busy: [
    409,
    'Berkas ini sedang disimpan atau dibandingkan lagi oleh {by}.',
    'Tunggu sampai selesai; hasilnya muncul di Daftar acuan.',
  ],
  decision_overtaken: [
    409,
    'Semua baris dari keputusan ini sudah diputuskan lagi oleh {by}, jadi tidak ada yang dikembalikan.',
    'Buka Keputusan sejauh ini, lalu putuskan lagi barisnya bila perlu.',
  ],
  difference_unread: [
    409,
    'Baris yang ditolak dari berkas ini tidak disimpan oleh versi program yang lama, jadi tidak diketahui siapa yang masih ada di sana.',
    'Buang berkas ini dan baca lagi berkas asalnya; atau tolak dahulu yang tidak ada lagi dan yang anggotanya keluar.',
  ],
  difference_other_source: [
    422,
    'Kedua daftar ini tidak dapat dibandingkan.',
    'Pilih dua daftar yang berbeda dari jenis yang sama.',
  ],
  difference_base_replaced: [
    409,
    'Daftar pembandingnya bukan lagi versi terbaru yang dipakai.',
    'Tekan Bandingkan lagi, atau pilih versi terbarunya; dengan begitu yang sudah diterima tidak hilang.',
  ],
  difference_base_superseded: [
    409,
    'Daftar pembandingnya tidak dipakai lagi: daftar {name} menggantikannya.',
    'Buang berkas ini, baca lagi berkas asalnya, lalu bandingkan dengan daftar {name}.',
  ],
  difference_replaced_changed: [
    409,
    'Daftar lain yang digantikan berkas ini sudah diurungkan atau mendapat versi baru.',
    'Tekan Bandingkan lagi: berkas ini ditaruh di samping daftar yang sekarang dipakai, dan yang sudah ditolak tetap ditolak.',
  ],
  difference_made_of: [
    409,
    'Versi {version} dibuat dari versi ini dan masih berlaku, sehingga isi versi ini ada juga di sana.',
    'Urungkan versi {version} dahulu, lalu versi ini; sesudah itu berkas versi {version} dapat diimpor lagi.',
  ],
  difference_too_early: [
    422,
    'Tanggal keadaan berkas ini lebih awal daripada daftar pembandingnya, sehingga tidak akan dipakai.',
    'Periksa tanggalnya. Daftar yang memang lebih lama disimpan tanpa pembanding, dengan nama lain.',
  ],
  difference_no_base: [
    409,
    'Tidak ada lagi versi daftar ini yang dipakai.',
    'Pakai lagi salah satu versinya di Daftar acuan, atau buang berkas ini dan impor tanpa pembanding.',
  ],
  import_name_taken: [
    409,
    'Daftar bernama “{name}” sudah ada.',
    'Bandingkan dahulu dengannya, supaya sel kosong tidak menghapus isian lama, atau beri nama lain.',
  ],
  import_cancelled: [409, 'Impor dihentikan.', 'Tidak ada yang tersimpan. Mulai lagi kapan saja.'],
  export_stopped: [409, 'Ekspor dihentikan.', 'Tidak ada berkas yang dibuat. Mulai lagi kapan saja.'],
  match_stopped: [
    409,
    'Pemadanan dihentikan.',
    'Yang sudah dipadankan tetap tersimpan. Tekan Padankan semua untuk melanjutkan.',
  ],
  job_failed: [
    500,
    'Pekerjaan tidak selesai.',
    'Coba lagi; bila berulang, catat rujukan {reference} dan hubungi dukungan.',
  ],
  import_lost: [
    404,
    'Program dimulai ulang, jadi berkas yang sedang diimpor tidak ada lagi di dalamnya.',
    'Pilih berkasnya sekali lagi; pilihan lainnya masih ada. Bila sudah mulai disimpan, lihat dahulu di Daftar acuan apakah daftarnya sudah masuk.',
  ],
  job_lost: [
    404,
    'Pekerjaan ini tidak ada lagi; ia berhenti saat program dimulai ulang, atau sudah lama selesai.',
    'Mulai sekali lagi. Yang sudah tersimpan tetap ada.',
  ],
  // Exports
  export_nothing: [
    422,
    'Tidak ada satu baris pun untuk diekspor.',
    'Ubah saringannya, atau pilih daftar yang lain.',
  ],
  export_gone: [
    404,
    'Berkas ekspor ini tidak ada lagi; ia hanya disimpan setengah jam.',
    'Ekspor lagi. Yang lama tetap tercatat.',
  ],
  ...paperErrors,
  ...keyErrors,
  ...exchangeErrors,
  // Doors
  office_unreachable: [
    503,
    'Mutakhir di komputer ini tidak menjawab.',
    'Yang sudah diketik tidak hilang. Coba lagi; bila berulang, tutup dan buka lagi Mutakhir.',
  ],
  wrong_host: [421, 'Permintaan datang ke alamat yang salah.', 'Buka Mutakhir dari pintasannya.'],
  cross_origin: [403, 'Permintaan datang dari halaman lain dan ditolak.', 'Buka Mutakhir dari pintasannya.'],
  body_too_large: [413, 'Kiriman terlalu besar.', 'Perkecil berkasnya, lalu coba lagi.'],
  rate_limited: [429, 'Terlalu banyak permintaan sekaligus.', 'Tunggu sebentar, lalu coba lagi.'],
  office_stopped: [
    503,
    'Bagian dalam Mutakhir berhenti mendadak.',
    'Yang sudah tersimpan aman. Coba lagi; bila tetap begini, tutup lalu buka Mutakhir.',
  ],
  folder_in_use: [
    409,
    'Mutakhir sudah berjalan dengan folder data ini.',
    'Pakai Mutakhir yang sudah terbuka, atau tutup dahulu.',
  ],
  internal: [
    500,
    'Ada gangguan di dalam Mutakhir.',
    'Yang sudah tersimpan aman. Coba lagi; bila berulang, catat rujukan {reference}.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorDetails = Record<string, string | number>;

/** An error of the catalogue, as it travels: JSON-safe, ready to be read by a person. */
export interface AppProblem {
  code: ErrorCode;
  message: string;
  next: string;
  details: ErrorDetails;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(fill(errorCatalogue[code][1], details));
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorCatalogue[this.code][0];
  }

  toProblem(): AppProblem {
    return describeError(this.code, this.details);
  }
}

export function describeError(code: ErrorCode, details: ErrorDetails = {}): AppProblem {
  const [, sentence, next] = errorCatalogue[code];
  return { code, message: fill(sentence, details), next: fill(next, details), details };
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '…'));
}
