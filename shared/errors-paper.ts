/** The part of the error catalogue about printing, sheets and what is typed from them; read by `errors.ts`. */
export const paperErrors = {
  nothing_to_print: [
    409,
    'Tidak ada yang dapat dicetak dari pilihan ini.',
    'Pilih berkas yang sudah siap diverifikasi.',
  ],
  nobody_assigned: [
    409,
    'Berkas {number} belum dibagi kepada petugas.',
    'Bagi tugasnya di layar Tim lapangan, atau pilih nama petugas sendiri.',
  ],
  print_cancelled: [
    409,
    'Pembuatan formulir dihentikan.',
    'Berkasnya sudah tercatat ditugaskan; cetak lagi dari daftar Di lapangan.',
  ],
  print_settled: [409, 'Cetakan ini sudah dipastikan.', 'Bila kertasnya tetap kurang, cetak ulang.'],
  sheet_code_wrong: [
    422,
    'Kode lembar {code} tidak benar; angka pemeriksanya tidak cocok.',
    'Pindai lagi, atau ketik ulang angka di bawah kode QR.',
  ],
  sheet_unknown: [404, 'Lembar {code} tidak dicetak oleh kantor ini.', 'Periksa kantor di kop lembar.'],
  sheet_void: [
    409,
    'Lembar ini sudah diganti cetakan yang lebih baru.',
    'Pakai lembar cetakan ke-{print}, atau cetak ulang.',
  ],
  differences_unexplained: [
    422,
    'Ada {count} jawaban yang berbeda dari yang tercetak dan belum beralasan.',
    'Isi alasannya satu per satu, atau pakai yang tercetak.',
  ],
  sheet_back_already: [409, 'Lembar {code} sudah tercatat kembali.', 'Pindai lembar berikutnya.'],
  sheet_not_entered: [
    409,
    'Lembar {code} belum dientri.',
    'Entri dahulu jawabannya, lalu lampirkan gambarnya.',
  ],
  sheet_not_here: [
    409,
    'Lembar {code} tidak dapat dibawa keluar: {state}.',
    'Pilih lembar yang tercetak dan masih di kantor.',
  ],
  spot_check_nobody: [
    409,
    'Tidak ada kunjungan yang dapat diundi.',
    'Undi lagi sesudah ada hasil kunjungan baru yang dientri.',
  ],
  spot_check_own: [
    409,
    'Kunjungan ulang ini tidak dapat diselesaikan oleh petugas yang mengunjungi atau mengentri yang pertama.',
    'Minta rekan lain atau lurah memeriksanya.',
  ],
  spot_check_done: [409, 'Kunjungan ulang ini sudah selesai.', 'Hasilnya tampil di daftar kunjungan ulang.'],
  spot_check_incomplete: [
    422,
    'Kunjungan ulang belum lengkap: {missing}.',
    'Isi yang ditandai, lalu selesaikan; yang sudah diketik tetap tersimpan.',
  ],
  instrument_missing: [
    500,
    'Kuesioner {id} versi {version} tidak ada di program ini.',
    'Pasang Mutakhir versi terbaru, lalu coba lagi; data Anda aman.',
  ],
  duplicate_case_unknown: [
    422,
    'Berkas {number} bukan berkas lain di kantor ini.',
    'Periksa nomornya di formulir, atau cari keluarganya lewat Ctrl+K.',
  ],
  answers_incomplete: [
    422,
    'Ada {count} jawaban yang belum sesuai dengan kuesioner.',
    'Periksa pertanyaan yang ditandai; draf tetap tersimpan.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;
