/** Errors of the exchange with the province; part of the one catalogue (`errors.ts`). */
export const exchangeErrors = {
  not_enrolled: [
    409,
    'Kantor ini belum terdaftar di server provinsi.',
    'Minta kode pendaftaran ke provinsi, lalu isi di Pengaturan.',
  ],
  enrolment_refused: [
    403,
    'Kode pendaftaran ditolak server provinsi.',
    'Periksa kodenya, atau minta kode baru.',
  ],
  province_address_invalid: [
    422,
    'Alamat server provinsi tidak terbaca.',
    'Tulis seperti https://contoh.jakarta.go.id, tanpa tanda tanya atau kata sandi.',
  ],
  province_address_insecure: [
    422,
    'Alamat server provinsi harus memakai https.',
    'Ganti http:// dengan https://; hanya server di komputer ini boleh memakai http.',
  ],
  province_training: [
    409,
    'Kantor latihan hanya boleh memakai server provinsi di komputer ini.',
    'Jalankan server coba, lalu isi alamatnya, misalnya http://127.0.0.1:4310.',
  ],
  already_enrolled: [
    409,
    'Kantor ini sudah terdaftar di {address}.',
    'Tidak perlu mendaftar lagi. Kode baru hanya perlu bila provinsi mencabut pendaftaran.',
  ],
  province_refused: [
    502,
    'Server provinsi menolak permintaan: {sentence}',
    'Hubungi provinsi dengan kode {reason}.',
  ],
  province_unreachable: [
    503,
    'Server provinsi tidak dapat dihubungi.',
    'Data aman di sini dan dikirim sendiri begitu tersambung.',
  ],
  proof_refused: [
    502,
    'Jawaban provinsi tidak terbukti asli, jadi tidak dipakai.',
    'Tidak ada yang diubah. Coba lagi; bila tetap begini, hubungi provinsi.',
  ],
  proof_unsupported: [
    501,
    'Server provinsi belum dapat dicocokkan.',
    'Data tetap aman dan terkirim; pencocokan mulai begitu server provinsi diperbarui.',
  ],
  difference_gone: [
    409,
    'Perbedaan ini sudah tidak ada atau sudah diperbaiki.',
    'Cocokkan lagi untuk melihat keadaan terbaru.',
  ],
  clash_gone: [
    409,
    'Isian yang berbeda ini sudah berubah atau sudah diputuskan.',
    'Muat ulang Perlu perhatian, lalu pilih lagi.',
  ],
  correction_outdated: [
    409,
    'Data berkas sudah berubah sejak perbaikan ini diajukan: {field}.',
    'Tolak perbaikan ini dengan alasan, lalu minta diajukan lagi atas data terbaru.',
  ],
  correction_empty: [
    422,
    'Belum ada isian yang diubah.',
    'Ubah isian yang salah, tulis alasannya, lalu ajukan.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;
