import type { ChoiceTold, FileRemedy, HeldNews, StuckItem } from '../../../shared/contract/attention.ts';
import { permissions } from '../../../shared/domain/access.ts';
import { roleLabel } from '../../../shared/domain/role.ts';

/** What "Perlu perhatian" says. */
export const words = {
  title: 'Perlu perhatian',
  subtitle: 'Yang berbeda antara kantor ini dan provinsi, dan yang diminta provinsi untuk diperbaiki.',
  empty: 'Tidak ada yang perlu diputuskan',
  emptyText: 'Bila provinsi menolak, meminta perbaikan, atau mengubah isian yang sama, muncul di sini.',
  kinds: {
    pertentangan: 'Isian berbeda dengan provinsi',
    ditolak: 'Ditolak provinsi',
    penarikan: 'Penarikan ditolak provinsi',
    tugas: 'Tugas dari provinsi',
    tertahan: 'Lama tertahan di provinsi',
    jawaban: 'Jawaban provinsi belum dapat dicatat',
    kabar: 'Kabar persetujuan ditolak provinsi',
    lampiran: 'Lampiran belum sampai ke provinsi',
    berita_tertahan: 'Kiriman provinsi belum dapat ditulis',
    berita_ditolak: 'Kiriman provinsi ditolak',
    berita_gagal: 'Kiriman provinsi belum dapat diterapkan',
  },
  clashText:
    'Kedua nilai tersimpan. Pilih yang berlaku untuk setiap isian; tidak ada yang hilang dari riwayat.',
  retractionText:
    'Berkas ini ditarik di sini, tetapi provinsi mengubahnya pada waktu yang sama. Nilai kantor berarti tetap ditarik.',
  ours: (value: string) => `Kantor: ${value}`,
  theirs: (value: string) => `Provinsi: ${value}`,
  nothing: 'kosong',
  retracted: 'ditarik kembali',
  before: (value: string) => `Semula: ${value}`,
  by: (name: string, at: string) => `${name}, ${at}`,
  decide: 'Simpan pilihan',
  decidedBy: `Diputuskan oleh ${permissions['clash:resolve'].map((role) => roleLabel[role].toLowerCase()).join(' atau ')}.`,
  decided: 'Pilihan tersimpan',
  told: {
    sekarang: 'Dikirim lagi ke provinsi sebagai catatan baru.',
    nanti:
      'Jawaban provinsi atas catatan sebelumnya ditunggu dulu; bila perlu, pilihan ini lalu dikirim sendiri.',
    perbaikan: 'Dikirim bersama perbaikan berkas ini, setelah lurah mengesahkannya ulang.',
    tidak: 'Kantor ini mengikuti provinsi; tidak ada yang perlu dikirim.',
  } satisfies Record<ChoiceTold, string>,
  heldNext: {
    tertahan:
      'Kantor ini mencobanya lagi sendiri; Anda tidak perlu mengirim ulang. Bila tetap tertahan, sampaikan nomor berkas ini kepada petugas provinsi.',
    jawaban:
      'Provinsi sudah menjawab, tetapi kantor ini belum dapat mencatat jawabannya. Jawabannya diminta lagi sendiri; Anda tidak perlu mengirim ulang. Bila tetap begini, perbarui Mutakhir; bila itu tidak menolong, sampaikan nomor berkas ini kepada petugas provinsi.',
  } satisfies Record<StuckItem['kind'], string>,
  heldNews: {
    penuh:
      'Kiriman dari provinsi sudah sampai, tetapi belum dapat ditulis ke buku register karena penyimpanan komputer ini penuh. Tidak ada yang hilang: kiriman itu diminta lagi sendiri. Kosongkan ruang di penyimpanan, lalu tekan Kirim sekarang di Kiriman. Jawaban yang dibawa kurir: baca lagi berkasnya di Paket kurir.',
    rusak:
      'Kiriman dari provinsi sudah sampai, tetapi belum dapat ditulis karena sebagian buku register di komputer ini tidak terbaca. Selama begini, kiriman dan jawaban provinsi tertahan; tidak ada yang hilang, semuanya diminta lagi. Tekan Kirim sekarang di Kiriman; bila masih begini, tutup Mutakhir, lalu buka lagi. Jawaban yang dibawa kurir: baca lagi berkasnya di Paket kurir. Bila tetap begini, beri tahu administrator: periksa penyimpanan komputer ini. Memulihkan cadangan adalah jalan terakhir, sebab yang dikerjakan sesudah cadangan itu dibuat tidak ada di dalamnya.',
  } satisfies Record<HeldNews['why'], string>,
  refusedNews:
    'Tanda tangan kiriman dari provinsi tidak dapat dibuktikan, maka tidak ada isinya yang diterapkan. Kantor ini memintanya lagi sendiri. Bila tetap begini, hubungi provinsi.',
  failedNews: (count: string) =>
    `${count} kiriman dari provinsi sudah sampai dan tersimpan, tetapi belum dapat diterapkan karena gangguan pada Mutakhir. Perubahan berikutnya tentang keluarga yang sama menunggu di belakangnya; kiriman lainnya tetap berjalan. Mutakhir mencobanya lagi setiap kali dibuka; Kirim sekarang di Kiriman mencobanya saat itu juga. Bila tetap begini, perbarui Mutakhir, lalu hubungi provinsi.`,
  failedCases: 'Di antaranya tentang:',
  toOutbox: 'Lihat di Kiriman',
  fileNext: {
    unggah:
      'Yang rusak: unggah lagi lampiran yang sama, dari komputer, telepon, atau kamera asalnya: isinya utuh lagi, lalu dikirim sendiri. Foto besar yang dahulu diperkecil mungkin tidak menjadi sama lagi; bila ditolak, lampirkan foto itu sekali lagi lewat Perbaiki data. Bila aslinya tidak ada lagi, beri tahu administrator: cadangan buku register mungkin masih memuatnya.',
    pulihkan:
      'Yang tidak terbaca: coba sekarang, atau tutup lalu buka lagi Mutakhir; disk kadang gagal sesaat. Bila tetap begitu, beri tahu administrator: buku register di komputer ini sebagian rusak. Cadangan yang masih utuh menolong, tetapi yang diketik sesudah cadangan itu tidak ada di dalamnya.',
    tunggu:
      'Yang belum diterima provinsi dicoba lagi sendiri. Bila tetap begitu, sampaikan nomor berkas dan nama lampirannya kepada petugas provinsi.',
  } satisfies Record<FileRemedy, string>,
  fileAgain: 'Unggah lampiran yang sama',
  fileMended: 'Lampiran utuh lagi dan dikirim sendiri.',
  byCounter: `Diunggah oleh ${permissions['intake:write'].map((role) => roleLabel[role].toLowerCase()).join(' atau ')}.`,
  tryNow: 'Coba sekarang',
  triedNow: 'Lampirannya dikirim lagi sekarang.',
  sendAgain: 'Kirim lagi penarikannya',
  sentAgain: 'Penarikan dikirim lagi ke provinsi.',
  mend: 'Perbaiki isian',
  openCase: 'Buka berkas',
  mendVisit: 'Perbaiki jawaban kunjungan',
  toVisit: 'Lihat jawabannya di lembar kunjungan',
  byVerifier: 'Isian ini dari lembar kunjungan; petugas verifikasi yang memperbaikinya.',
  ofNoForm:
    'Isian ini bukan isian formulir. Periksa berkasnya; lurah dapat mengesahkannya ulang atau menutupnya. Bila tetap ditolak, sampaikan nomor berkas ini kepada petugas provinsi.',
  finish: 'Selesai tanpa mengubah data',
  finishText: 'Tulis apa yang sudah dikerjakan atau mengapa data tidak berubah.',
  finished: 'Tugas selesai',
  field: (label: string) => `Isian: ${label}`,
  from: (name: string, at: string) => `Dari ${name}, ${at}`,
} as const;
