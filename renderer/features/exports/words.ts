import { formatNumber } from '../../components/formats.ts';

const n = formatNumber;

/** What exporting asks, and what is on record of it. */
export const words = {
  title: 'Ekspor ke Excel',
  intro:
    'Berkasnya terkunci dengan kata sandi dan dicatat: siapa, kapan, untuk apa, kepada siapa. Kata sandinya tidak disimpan di mana pun.',
  content: 'Isi',
  cases: 'Berkas dan anggotanya',
  answers: (title: string) => `Jawaban kunjungan, kolom ${title}`,
  unknownContent: (last: number) => `Pilihannya 1 sampai ${last}.`,
  purpose: 'Keperluan',
  purposeHint: 'Misalnya: padan ulang DTSEN triwulan III',
  recipient: 'Penerima',
  recipientHint: 'Nama dan instansinya',
  basis: 'Dasar',
  basisHint: 'Nomor BAST, surat, atau aturannya; boleh kosong',
  password: 'Kata sandi berkas',
  passwordHint: 'Catat sekarang. Sampaikan kepada penerima lewat jalan lain daripada berkasnya.',
  another: 'Buat yang lain',
  missingPurpose: 'Tulis untuk apa data ini dipakai.',
  missingRecipient: 'Tulis siapa yang menerimanya.',
  shortPassword: (least: number) => `Paling sedikit ${least} huruf atau angka.`,
  begin: 'Buat berkas',
  working:
    'Boleh ditinggal dengan Esc: buka lagi ekspor ini dari tempat yang sama untuk mengambil berkasnya.',
  ready: (rows: number, fileName: string) => `${fileName}: ${n(rows)} baris, terkunci.`,
  save: 'Simpan berkas',
  saved: 'Berkas diserahkan ke komputer ini. Ia tetap dapat diambil lagi selama setengah jam.',
  anew: 'Buat ekspor lain',
  close: 'Tutup',
  log: 'Catatan ekspor',
  logEmpty: 'Belum ada daftar yang keluar dari program ini.',
  logColumns: {
    at: 'Waktu',
    what: 'Isi',
    purpose: 'Keperluan',
    recipient: 'Penerima',
    rows: 'Baris',
    by: 'Oleh',
  },
} as const;
