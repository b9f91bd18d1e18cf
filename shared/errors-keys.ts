/** The part of the error catalogue about the keys by which persons are found; read by `errors.ts`. */
export const keyErrors = {
  keys_renewing: [
    409,
    'Kunci pencarian {what} sedang diperbarui, {done} dari {total} orang.',
    'Tunggu sebentar, lalu coba lagi; pekerjaan lain dapat dilanjutkan.',
  ],
  keys_disk_full: [
    409,
    'Kunci pencarian {what} belum dapat diperbarui karena disk komputer kantor penuh.',
    'Kosongkan ruang di disk itu; sesudah itu pembaruan dilanjutkan sendiri. Pekerjaan lain dapat dilanjutkan.',
  ],
  keys_failed: [
    409,
    'Kunci pencarian {what} belum dapat diperbarui.',
    'Mulai ulang Mutakhir; bila berulang, catat rujukan {reference} dan hubungi dukungan.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;
