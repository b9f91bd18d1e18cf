/** The part of the error catalogue (`errors.ts`) that a period needs: its meeting, its team, its papers. */
export const periodErrors = {
  // Periods
  period_closed: [
    409,
    '{period} sudah ditutup, jadi isinya tidak berubah lagi.',
    'Buat catatan perbaikan pada berkasnya, atau daftarkan di periode yang berjalan.',
  ],
  period_not_closable: [
    409,
    'Periode belum dapat ditutup: {obstacle}',
    'Selesaikan dahulu, lalu tutup lagi.',
  ],
  deadline_wrong: [422, '{message}', 'Perbaiki tanggalnya, atau kosongkan agar mengikuti kalender.'],
  correction_not_needed: [
    409,
    'Berkas ini masih dapat diubah sendiri.',
    'Perbaiki datanya di berkas; catatan perbaikan untuk yang sudah disahkan atau ditutup.',
  ],
  correction_decided: [
    409,
    'Catatan perbaikan ini sudah diputuskan oleh {by}.',
    'Putusannya tampil pada berkasnya.',
  ],
  life_event_not_now: [
    409,
    'Dalam keadaan “{state}” peristiwa keluarga belum dapat dicatat.',
    'Tunggu putusan lurah atas berkas ini, atau perbaiki datanya lebih dahulu.',
  ],
  life_event_refused: [
    422,
    'Peristiwa ini belum dapat dicatat: {message}',
    'Perbaiki isiannya. Bila susunan anggotanya sudah berubah, tutup dan buka lagi formulir ini.',
  ],
  // Stacks of paper
  batch_undated: [
    422,
    'Tanggal formulirnya belum tiba.',
    'Periksa tanggal pada formulir, lalu mulai tumpukannya lagi.',
  ],
  batch_finished: [409, 'Tumpukan ini sudah selesai.', 'Mulai tumpukan baru untuk formulir berikutnya.'],
  // Muskel
  muskel_nobody: [
    409,
    'Tidak ada keluarga yang menunggu muskel di wilayah ini.',
    'Masukkan dahulu keluarga ke daftar sasaran, atau pilih wilayah lain.',
  ],
  muskel_closed: [
    409,
    'Muskel ini sudah selesai dicatat.',
    'Buka kembali dengan alasan selama belum disahkan; sesudahnya lewat sanggahan.',
  ],
  muskel_incomplete: [
    409,
    'Muskel belum dapat diselesaikan; masih kurang: {missing}.',
    'Lengkapi bagian itu, lalu selesaikan.',
  ],
  muskel_not_finished: [
    409,
    'Muskel ini tidak sedang menunggu pengesahan.',
    'Mungkin rekan membukanya kembali atau sudah mengesahkannya; lihat keadaannya sekarang.',
  ],
  muskel_legalised: [
    409,
    'Putusan muskel ini sudah selesai atau disahkan lurah.',
    'Ajukan sanggahan di layar Muskel, atau buka kembali muskel yang belum disahkan.',
  ],
  muskel_not_over: [
    409,
    'Muskel ini masih berlangsung, jadi hasilnya belum dapat dicetak.',
    'Selesaikan dahulu muskelnya; daftar sasaran dan daftar hadir dapat dicetak sekarang.',
  ],
  mk_wrong: [422, 'Isian {code} belum benar: {message}', 'Perbaiki isian itu, lalu simpan lagi.'],
  not_on_agenda: [
    404,
    'Keluarga ini tidak ada dalam agenda muskel ini.',
    'Agendanya sudah diperbarui; bila keluarganya tidak ada di sana, pilih muskel yang membahasnya.',
  ],
  proposal_drafted: [
    409,
    'Usulan ini sudah menjadi draf pendaftaran.',
    'Hapus drafnya di layar Pendaftaran bila memang keliru.',
  ],
  proposal_capable: [
    409,
    'Musyawarah menilai keluarga usulan ini mampu, jadi tidak didaftarkan.',
    'Bila penilaiannya keliru, hapus usulan ini dan catat lagi.',
  ],
  objection_too_early: [
    409,
    'Hasil muskel ini belum disahkan, jadi belum dapat disanggah.',
    'Ubah putusannya di muskel selama masih berlangsung.',
  ],
  objection_late: [
    409,
    'Masa sanggah berakhir {until}.',
    'Isi alasan sanggahan ini tetap diterima, atau arahkan ke periode berikutnya.',
  ],
  objection_too_late: [
    409,
    'Putusan tidak dapat disanggah lagi dalam keadaan {state}.',
    'Sampaikan kepada petugas yang memeriksa hasil kunjungan, atau buat catatan perbaikan.',
  ],
  objection_twice: [
    409,
    'Keluarga ini sudah punya sanggahan yang menunggu jawaban.',
    'Tunggu jawabannya, atau tambahkan keterangan pada sanggahan itu.',
  ],
  objection_open: [
    409,
    'Ada sanggahan atas keluarga ini yang belum dijawab.',
    'Lurah menjawabnya dahulu di layar Muskel.',
  ],
  objection_decided: [409, 'Sanggahan ini sudah dijawab oleh {by}.', 'Jawabannya tampil di layar Muskel.'],
  // Documents and team
  letter_number_taken: [
    409,
    'Nomor surat {number} sudah dipakai.',
    'Ketik nomor lain, atau kosongkan agar diberi nomor berikutnya.',
  ],
  letter_numbered: [
    409,
    'Surat ini sudah bernomor {number}.',
    'Kosongkan isian nomor; surat dicetak lagi dengan nomornya sendiri.',
  ],
  decree_known: [409, 'SK nomor {number} sudah dicatat.', 'Pilih SK itu dari daftar.'],
  member_known: [
    409,
    '{name} sudah ada di tim.',
    'Ubah anggota yang ada; bila dua orang senama, tambahkan pembeda pada namanya.',
  ],
  member_inactive: [409, '{name} tidak bertugas lagi.', 'Pilih anggota yang masih bertugas.'],
  case_not_assignable: [
    409,
    'Berkas {number} tidak lagi menunggu petugas.',
    'Hitung ulang pembagiannya; mungkin rekan sudah mencetak formulirnya.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;
