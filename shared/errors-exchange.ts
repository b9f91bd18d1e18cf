/** Errors of the exchange with the province; part of the one catalogue (`errors.ts`). */
export const exchangeErrors = {
  not_enrolled: [
    409,
    'Kantor ini belum terdaftar di server provinsi.',
    'Minta kode pendaftaran ke provinsi, lalu administrator mengisinya di Kiriman, Daftarkan kantor.',
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
    'Data aman di sini. Periksa sambungan, lalu coba lagi.',
  ],
  province_untrusted: [
    503,
    'Sertifikat server provinsi tidak dapat dipercaya, maka tidak ada yang dikirim.',
    'Bila memakai Wi-Fi umum, masuk dahulu ke jaringannya di peramban. Lalu periksa alamatnya serta tanggal dan jam komputer ini; bila sudah benar, hubungi pengelola jaringan kantor atau provinsi.',
  ],
  province_elsewhere: [
    503,
    'Yang menjawab bukan server provinsi.',
    'Periksa alamatnya. Bila memakai Wi-Fi umum, masuk dahulu ke jaringannya di peramban.',
  ],
  province_busy: [
    503,
    'Server provinsi sedang sibuk atau dirawat.',
    'Data aman di sini. Tunggu sebentar, lalu coba lagi.',
  ],
  proxy_refused: [
    503,
    'Proksi jaringan menolak kantor ini.',
    'Periksa nama pengguna dan kata sandinya di Kiriman, Proksi jaringan, lalu coba lagi.',
  ],
  proof_refused: [
    502,
    'Jawaban provinsi tidak terbukti asli, jadi tidak dipakai.',
    'Tidak ada yang diubah. Coba lagi; bila tetap begini, hubungi provinsi.',
  ],
  proof_no_field: [
    409,
    'Yang berbeda di provinsi bukan isian berkas, jadi tidak ada yang dapat dipilih.',
    'Kirim ulang dari kantor ini; isi di provinsi lalu mengikuti.',
  ],
  restate_rejected: [
    409,
    'Berkas ini ditolak provinsi, jadi belum dapat dibetulkan di sini.',
    'Perbaiki datanya dan minta lurah mengesahkannya ulang; catatan baru itu menggantikan isi di provinsi.',
  ],
  restate_closed: [
    409,
    'Berkas ini sudah ditutup, jadi tidak dapat dibetulkan di sini.',
    'Buka kembali berkasnya, sahkan, lalu kirim; atau biarkan tertutup dan beri tahu provinsi.',
  ],
  restate_on_way: [
    409,
    'Berkas ini masih di tahap "{state}", jadi belum dapat dibetulkan di sini.',
    'Selesaikan alurnya sampai disahkan lurah; isi baru itu menggantikan isi di provinsi.',
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
  record_not_carried: [
    409,
    'Catatan ini belum ikut di paket jawaban, dan sambungan ke provinsi tidak ada.',
    'Buat paket kurir berikutnya, lalu baca jawabannya: catatannya ikut di sana. Tidak ada yang diubah.',
  ],
  clash_gone: [
    409,
    'Isian yang berbeda ini sudah berubah atau sudah diputuskan.',
    'Perlu perhatian sudah diperbarui; pilih lagi bila isiannya masih ada di sana.',
  ],
  clash_open: [
    409,
    'Ada isian keluarga ini yang masih berbeda dengan provinsi.',
    'Putuskan dahulu di Perlu perhatian, lalu ulangi langkah ini. Yang sudah ditulis tetap tersimpan.',
  ],
  clash_breaks: [
    422,
    'Pilihan ini tidak dapat berlaku bersama-sama: {message}',
    'Ubah pilihan Anda agar hanya satu yang berlaku. Belum ada yang diubah.',
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
  // Courier
  courier_not_ready: [
    409,
    'Kunci provinsi untuk paket kurir belum ada.',
    'Sambungkan kantor ini ke server provinsi satu kali, lalu buat paketnya; atau minta kode baru ke provinsi dan daftarkan lagi lewat kurir.',
  ],
  courier_cut: [
    422,
    'Paket ini terpotong; penyalinannya terputus.',
    'Salin lagi dari USB provinsi, lalu baca lagi. Tidak ada yang hilang.',
  ],
  courier_other_file: [
    415,
    'Ini bukan paket kurir Mutakhir.',
    'Pilih berkas jawaban dari provinsi, yang namanya berawalan kurir-turun.',
  ],
  courier_enrolment_file: [
    422,
    'Ini berkas pendaftaran kantor, bukan paket kurir.',
    'Administrator membaca jawaban pendaftaran (kurir-terdaftar) di Kiriman, Daftarkan kantor, Lewat kurir.',
  ],
  courier_own_file: [
    422,
    'Ini paket dari kantor ini sendiri, bukan jawaban provinsi.',
    'Antar paket ini ke provinsi, lalu baca jawabannya (kurir-turun).',
  ],
  courier_other_office: [
    422,
    'Paket ini untuk kantor lain.',
    'Kembalikan ke provinsi, dan minta paket jawaban kantor ini.',
  ],
  courier_altered: [
    422,
    'Paket ini berubah di jalan atau bukan dari provinsi, jadi tidak dibaca.',
    'Salin lagi dari USB provinsi; bila tetap begini, minta paket baru. Tidak ada yang diubah.',
  ],
  courier_unknown: [
    409,
    'Jawaban ini untuk paket yang tidak dikenal kantor ini.',
    'Buat paket baru dan antar ke provinsi; semua yang menunggu termuat di sana.',
  ],
  courier_twice: [
    409,
    'Jawaban paket {number} sudah dibaca.',
    'Tidak perlu dibaca lagi; tidak ada yang berubah.',
  ],
  courier_older: [
    409,
    'Jawaban paket {number} lebih lama dari jawaban paket {newest} yang sudah dibaca.',
    'Tidak perlu dibaca; isinya sudah termuat di jawaban yang lebih baru.',
  ],
  // Enrolment by courier
  enrolment_not_asked: [
    409,
    'Kantor ini tidak sedang menunggu jawaban pendaftaran.',
    'Isi kode dari provinsi dan tulis permintaannya dahulu; jawabannya dibaca sesudah itu.',
  ],
  enrolment_file_other: [
    415,
    'Ini bukan jawaban pendaftaran kantor.',
    'Pilih berkas dari provinsi yang namanya berawalan kurir-terdaftar.',
  ],
  enrolment_file_own: [
    422,
    'Ini permintaan dari kantor sendiri, bukan jawaban provinsi.',
    'Antar berkas ini ke provinsi, lalu baca jawabannya (kurir-terdaftar).',
  ],
  enrolment_file_newer: [
    422,
    'Jawaban ini dibuat program provinsi yang lebih baru.',
    'Pasang Mutakhir versi terbaru di komputer ini, lalu baca lagi jawabannya.',
  ],
  enrolment_file_other_office: [
    422,
    'Jawaban pendaftaran ini bukan untuk komputer kantor ini.',
    'Kembalikan ke provinsi, dan minta jawaban atas permintaan yang ditulis di sini.',
  ],
  enrolment_file_other_code: [
    422,
    'Jawaban ini untuk kode pendaftaran lain, bukan untuk permintaan terakhir dari kantor ini.',
    'Baca jawaban atas permintaan terakhir. Hanya bila permintaan terakhir itu belum diantar ke provinsi: isi lagi kode permintaan yang diantar dan tulis permintaannya, lalu baca jawaban ini; permintaan baru itu tidak perlu diantar.',
  ],
  enrolment_file_altered: [
    422,
    'Jawaban ini berubah di jalan atau bukan dari provinsi, jadi tidak dipakai.',
    'Salin lagi dari USB provinsi; bila tetap begini, minta provinsi membaca permintaannya sekali lagi. Tidak ada yang diubah.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, next: string]>;
