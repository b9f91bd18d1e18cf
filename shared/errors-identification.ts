/** Errors of identification, findings and merging; part of the one catalogue (`errors.ts`). */
export const identificationErrors = {
  proposal_changed: [
    409,
    'Berkas atau daftar acuan berubah sejak perbandingan ini dibuka.',
    'Perbandingannya dibuat lagi dan jawaban Anda masih ada: lihat lagi yang bertanda, lalu tetapkan.',
  ],
  pair_twice: [
    409,
    'Satu orang dipasangkan dua kali: {name}.',
    'Pilih satu pasangan saja, dan tandai yang lain "bukan orang yang sama".',
  ],
  nothing_to_undo: [
    409,
    'Keputusan itu tidak dapat diurungkan lagi: berkasnya sudah dilanjutkan, atau ada keputusan yang lebih baru.',
    'Buka berkasnya; batalkan langkahnya di sana dengan alasan.',
  ],
  finding_settled: [
    409,
    'Temuan ini sudah diselesaikan oleh {by}.',
    'Daftarnya sudah diperbarui; buka lagi temuannya bila menurut Anda belum selesai.',
  ],
  finding_changed: [
    409,
    'Temuan ini berubah sejak Anda membukanya: daftar atau berkasnya sudah lain.',
    'Yang terbaru sudah tampil dan catatan Anda masih ada: baca lagi, lalu selesaikan.',
  ],
  finding_gone: [
    409,
    'Temuan ini sudah tidak berlaku: berkas, daftar, lapangan, atau putusan tentang orangnya sudah berubah.',
    'Catatannya tetap ada di daftar Selesai. Bila masih ada yang tidak cocok, lihat temuan yang terbuka dari berkas itu.',
  ],
  merge_same_case: [
    409,
    'Sebuah berkas tidak dapat digabung dengan dirinya sendiri.',
    'Pilih berkas yang lain.',
  ],
  merge_not_possible: [
    409,
    'Kedua berkas ini belum dapat digabung: {why}.',
    'Tukar mana yang tetap, atau kembalikan berkasnya ke tahap sebelumnya dahulu.',
  ],
  merge_breaks_household: [
    422,
    'Berkas {number} tidak akan utuh: {message}',
    'Perbaiki isian itu di berkas yang tetap, atau pilih isian yang lain, lalu ulangi.',
  ],
  merge_forgotten: [
    409,
    'Penggabungan ini tidak dapat dipisahkan: data semulanya sudah dihapus atas permintaan.',
    'Daftarkan keluarganya lagi bila memang ada dua.',
  ],
  consent_merged: [
    409,
    'Berkas ini sudah digabung ke berkas {number}; persetujuan keluarga dicatat di sana.',
    'Buka berkas {number}, dari "Keluarga yang sama" di berkas ini, dan catat di sana.',
  ],
} as const;
