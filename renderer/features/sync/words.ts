import type { HeldNews } from '../../../shared/contract/attention.ts';
import type { ConnectionState, OutboxPart } from '../../../shared/contract/sync.ts';

/** What the foot of the program and the outbox say. */
export const words = {
  title: 'Kiriman ke provinsi',
  notEnrolled: 'Kantor ini belum terdaftar di server provinsi.',
  enrolledAt: (address: string, date: string) => `${address} · terdaftar ${date}`,
  footHint: 'Buka kiriman ke provinsi',
  connections: {
    belum_terdaftar: 'Belum terdaftar',
    memeriksa: 'Memeriksa sambungan',
    tersambung: 'Tersambung',
    terputus: 'Terputus',
    ditolak: 'Ditolak provinsi',
  } satisfies Record<ConnectionState, string>,
  onlineText: 'Berkas yang disahkan lurah langsung dikirim; tidak ada yang perlu Anda lakukan.',
  checkingText: 'Sebentar, Mutakhir sedang menghubungi server provinsi.',
  lastContact: (time: string) => `Terakhir tersambung ${time}.`,
  clockAhead: (time: string) =>
    `Jam komputer ini ${time} lebih cepat dari jam provinsi. Betulkan di pengaturan komputer; kiriman tidak terganggu.`,
  clockBehind: (time: string) =>
    `Jam komputer ini ${time} lebih lambat dari jam provinsi. Betulkan di pengaturan komputer; kiriman tidak terganggu.`,
  figures: {
    saved: 'perubahan tersimpan di komputer ini',
    waiting: 'berkas menunggu kirim',
    confirmed: 'berkas diterima provinsi',
    rejected: 'berkas ditolak, perlu diperbaiki',
  },
  lastConfirmed: (time: string) => `terakhir ${time}`,
  part: 'Tampilkan',
  parts: { semua: 'Semua', menunggu: 'Menunggu', ditolak: 'Ditolak', diterima: 'Diterima' } satisfies Record<
    OutboxPart,
    string
  >,
  listLabel: 'Daftar kiriman',
  columns: {
    number: 'Nomor',
    head: 'Kepala rumah tangga',
    rtRw: 'RT/RW',
    state: 'Keadaan',
    sentence: 'Keterangan',
    at: 'Waktu',
  },
  empty: {
    semua: [
      'Belum ada kiriman',
      'Berkas masuk ke sini begitu disahkan lurah, lalu dikirim sendiri ke provinsi.',
    ],
    menunggu: ['Tidak ada yang menunggu', 'Semua berkas yang disahkan sudah dijawab provinsi.'],
    ditolak: [
      'Tidak ada yang ditolak',
      'Berkas yang ditolak provinsi muncul di sini beserta isian yang perlu diperbaiki.',
    ],
    diterima: ['Belum ada yang diterima', 'Berkas muncul di sini bersama tanda terima provinsi.'],
  } satisfies Record<OutboxPart, [string, string]>,
  field: (label: string) => `Isian: ${label}`,
  detailTitle: (number: string) => `Kiriman ${number}`,
  retryItem: 'Coba sekarang',
  detail: {
    state: 'Keadaan',
    field: 'Isian yang ditolak',
    queued: 'Disahkan dan diantrekan',
    tries: 'Dikirim',
    hash: 'Sidik data',
    receipt: 'Tanda terima',
    serverTime: 'Diterima provinsi',
    receivedAt: 'Tanda terima tersimpan',
  },
  carried: 'Dibawa kurir',
  times: (times: string) => `${times} kali`,
  hashHint:
    'Tanda terima ditandatangani provinsi untuk sidik data ini, jadi keduanya pasti memegang isi yang sama.',
  mend: { ditolak: 'Perbaiki di Perlu perhatian', bertentangan: 'Pilih nilainya di Perlu perhatian' },
  openCase: 'Buka berkas',
  close: 'Tutup',
  retried: 'Dikirim sekarang',
  retriedText: 'Yang menunggu dicoba lagi tanpa jeda.',
  enrolTitle: 'Daftarkan kantor ke provinsi',
  enrolText: 'Alamat dan kode diberikan oleh provinsi. Kode hanya berlaku satu kali.',
  enrolTraining: 'Kantor latihan hanya boleh memakai server coba di komputer ini.',
  address: 'Alamat server provinsi',
  addressHint: 'Misalnya https://mpm.jakarta.go.id',
  addressTrainingHint: 'Misalnya http://127.0.0.1:4310',
  code: 'Kode pendaftaran',
  codeHint: 'Huruf besar-kecil dan tanda hubung boleh diabaikan.',
  enrol: 'Daftarkan kantor',
  enrolled: 'Kantor terdaftar di provinsi',
  enrolledText: 'Berkas yang menunggu sedang dikirim.',
  way: 'Cara mendaftar',
  ways: { sambungan: 'Lewat sambungan', kurir: 'Lewat kurir' },
  byCourier: {
    text: 'Untuk kantor tanpa sambungan: permintaan diantar ke provinsi di USB, jawabannya dibawa kembali dan dibaca di sini. Satu kali saja; sesudah itu paket kurir dapat dibuat.',
    again:
      'Kantor ini sudah terdaftar, dan sambungannya terputus. Daftarkan lagi hanya bila provinsi mengabarkan bahwa pendaftarannya dicabut dan memberi kode baru; berkas dan nomornya tetap.',
    codeHint:
      'Diberikan provinsi langsung kepada Anda. Jangan titipkan kode ini kepada pengantar USB: siapa yang memegang keduanya dapat menyamar sebagai kantor ini, atau sebagai provinsi.',
    ask: 'Tulis permintaan',
    written: 'Permintaan pendaftaran ditulis',
    writtenText: 'Salin berkasnya (kurir-daftar) ke USB, lalu antar ke provinsi.',
    waiting: (time: string) =>
      `Permintaan ditulis ${time}. Sesudah provinsi membacanya, baca jawabannya (kurir-terdaftar). Bila USB-nya hilang, tulis lagi dengan kode yang sama.`,
    read: 'Baca jawaban provinsi',
    enrolledText:
      'Buat paket kurir untuk mengirim yang menunggu. Bila ada sambungan, semuanya terkirim sendiri.',
  },
  cancel: 'Batal',
  decisions: 'Putusan provinsi',
  decisionFrom: (periodId: string, at: string) => `Periode ${periodId}, diterima ${at}`,
  news: 'Berita dari provinsi',
  numbersLeft: (count: string) => `${count} nomor provinsi tersedia untuk pendaftaran tanpa sambungan`,
  noNumbers:
    'Nomor provinsi habis. Pendaftaran memakai nomor kantor dahulu; nomor provinsi menyusul begitu tersambung.',
  filesWaiting: (count: string, kilobytes: string) =>
    `${count} lampiran menyusul berkasnya (${kilobytes} KB)`,
  settings: {
    kalender: 'Kalender',
    instrumen: 'Instrumen',
    aturan_program: 'Aturan program',
    model_skor: 'Model skor',
    lain: 'Pengaturan lain',
    daftar: 'Daftar acuan',
  },
  modelNote: 'Dipakai provinsi untuk peringkat resmi; kantor tidak menghitungnya.',
  ruleOf: (title: string) => `Isi ${title}`,
  version: (version: string) => `versi ${version}`,
  standing: { berlaku: 'berlaku', digantikan: 'sudah digantikan' },
  from: (date: string) => `mulai ${date}`,
  downFailed: (count: string) =>
    `${count} kiriman dari provinsi tersimpan, tetapi belum dapat diterapkan di kantor ini; lihat Perlu perhatian`,
  downTrouble: {
    penuh:
      'Kiriman dari provinsi belum dapat ditulis karena penyimpanan komputer ini penuh. Kosongkan ruang, lalu tekan Kirim sekarang.',
    rusak:
      'Kiriman dari provinsi belum dapat ditulis karena sebagian buku register tidak terbaca; lihat Perlu perhatian.',
  } satisfies Record<HeldNews['why'], string>,
  downRefused:
    'Kiriman dari provinsi ditolak seluruhnya karena tanda tangannya tidak dapat dibuktikan. Tidak ada yang diterapkan; Mutakhir mencoba lagi sendiri. Bila tetap begini, hubungi provinsi.',
} as const;
