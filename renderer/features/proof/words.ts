import type {
  DifferenceKind,
  DifferenceSubject,
  ProofSide,
  ProofState,
  ProofVia,
} from '../../../shared/contract/proof.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';

const kinds: Record<DifferenceKind, string> = {
  hilang_di_provinsi: 'Tidak ada lagi di provinsi',
  hilang_di_kantor: 'Hilang di kantor ini',
  isi_berbeda: 'Isinya berbeda',
  rw_berbeda: 'Dihitung di RW lain',
};

const kindText: Record<DifferenceKind, string> = {
  hilang_di_provinsi:
    'Menurut kantor ini sudah diterima, tetapi provinsi tidak memegang catatannya lagi. Kirim ulang; catatannya tetap satu.',
  hilang_di_kantor:
    'Catatan yang sah dari kantor ini, atau tanda terimanya, hilang di sini, biasanya sesudah cadangan lama dipulihkan. Ambil catatan dan tanda terimanya; isian yang berbeda menunggu pilihan Anda di Perlu perhatian.',
  isi_berbeda:
    'Isi di provinsi tidak sama dengan yang dikirim. Kirim ulang isi kantor ini, atau ambil isi provinsi untuk dipilih isian demi isian di Perlu perhatian.',
  rw_berbeda:
    'Catatan terakhirnya sama, tetapi menurut provinsi berkas ini di RW lain: alamat di catatan lamanya berbeda. Minta lurah membatalkan penarikannya, lalu menariknya kembali, supaya alamatnya terkirim lagi. Bila tidak bisa, beri tahu provinsi nomor berkas ini.',
};

export const words = {
  title: 'Pencocokan dengan provinsi',
  subtitle: 'Kedua pihak menghitung sidik dari isi yang dipegangnya, RW demi RW.',
  notEnrolled:
    'Kantor ini belum terdaftar di provinsi, jadi belum ada yang dapat dicocokkan. Minta kode ke provinsi, lalu daftarkan kantor di layar Kiriman.',
  never:
    'Belum pernah dicocokkan. Mutakhir mencocokkan sendiri begitu semua berkas terkirim; tanpa sambungan, begitu paket jawaban kurir dibaca.',
  states: {
    cocok: 'Cocok dengan provinsi',
    berbeda: 'Ada yang berbeda dengan provinsi',
    tidak_terbukti: 'Jawaban provinsi tidak terbukti asli',
    tidak_didukung: 'Server provinsi belum dapat dicocokkan',
    tidak_terbanding: 'Kantor ini belum dapat mencocokkan isinya',
  } satisfies Record<ProofState, string>,
  explanations: {
    cocok: 'Setiap berkas yang diterima provinsi sama isinya di kedua tempat.',
    berbeda: 'Pilih berkasnya, lalu betulkan dari pihak yang benar. Tidak ada yang ditimpa diam-diam.',
    tidak_terbukti:
      'Jawaban itu tidak dipakai, dan tidak ada yang diubah. Mutakhir mencoba lagi sendiri; bila tetap begini, hubungi provinsi.',
    tidak_didukung:
      'Data tetap aman dan terkirim. Pencocokan mulai sendiri begitu server provinsi diperbarui.',
    tidak_terbanding:
      'Sebagian data di komputer ini tidak dapat dibaca untuk dibandingkan. Yang diterima provinsi tetap diterima, dan tidak ada yang diubah. Beri tahu pengelola Mutakhir: catatan program (log) menyebut sebabnya.',
  } satisfies Record<ProofState, string>,
  later: (count: string) =>
    `Yang dibandingkan sama isinya di kedua tempat; ${count} berkas dibandingkan pada paket kurir berikutnya, atau begitu sambungan pulih.`,
  laterToo: (count: string) =>
    `${count} berkas lagi dibandingkan pada paket kurir berikutnya, atau begitu sambungan pulih.`,
  at: {
    sambungan: (time: string) => `Dicocokkan ${time}`,
    kurir: (time: string) => `Menurut paket jawaban kurir, keadaan provinsi per ${time}`,
  } satisfies Record<ProofVia, (time: string) => string>,
  counts: (here: string, there: string) => `${here} berkas di sini, ${there} di provinsi`,
  compared: 'Selesai dicocokkan',
  comparedText: (state: ProofState) => `${words.states[state]}.`,
  areas: 'Jumlah per RW',
  area: 'RW',
  here: 'Di sini',
  there: 'Di provinsi',
  verdict: 'Hasil',
  same: 'Cocok',
  sameButLater: (count: string) => `${count} belum dibandingkan, lainnya cocok`,
  differs: 'Berbeda',
  differences: 'Berkas yang berbeda',
  kinds: {
    berkas: kinds,
    persetujuan: {
      ...kinds,
      hilang_di_provinsi: 'Persetujuan keluarga tidak ada lagi di provinsi',
      hilang_di_kantor: 'Persetujuan keluarga hilang di kantor ini',
      isi_berbeda: 'Persetujuan keluarga berbeda',
    },
  } satisfies Record<DifferenceSubject, Record<DifferenceKind, string>>,
  kindText: {
    berkas: kindText,
    persetujuan: {
      ...kindText,
      hilang_di_provinsi:
        'Provinsi tidak memegang lagi kata terakhir keluarga ini tentang ditampilkan atau tidak. Kirim ulang: yang menolak lalu tidak ditampilkan lagi.',
      hilang_di_kantor:
        'Menurut provinsi keluarga ini kemudian berkata lain tentang ditampilkan atau tidak, biasanya sebelum cadangan lama dipulihkan di sini. Ambil dari provinsi; bila keluarganya sekarang berkata lain lagi, catat sesudahnya di halaman berkas.',
      isi_berbeda:
        'Kata keluarga ini di provinsi tidak sama dengan yang dikirim. Bila ragu, tanyakan kepada keluarganya; lalu kirim ulang dari sini, atau ambil dari provinsi.',
    },
  } satisfies Record<DifferenceSubject, Record<DifferenceKind, string>>,
  repair: { kantor: 'Kirim ulang dari sini', provinsi: 'Ambil dari provinsi' } satisfies Record<
    ProofSide,
    string
  >,
  mended: {
    berkas: {
      kantor: 'Dikirim ulang; dicocokkan lagi sesudah terkirim.',
      provinsi: 'Diambil dari provinsi; periksa Perlu perhatian.',
    },
    persetujuan: {
      kantor: 'Dikirim ulang; dicocokkan lagi sesudah terkirim.',
      provinsi: 'Diambil dari provinsi dan tercatat di berkasnya.',
    },
  } satisfies Record<DifferenceSubject, Record<ProofSide, string>>,
  mendedTitle: 'Sedang dibetulkan',
  byCourier:
    'Tanpa sambungan pun dapat dibetulkan: yang dikirim ulang ikut paket kurir berikutnya, dan yang diambil dari provinsi sudah ada di paket jawaban (bila belum, Mutakhir mengatakannya, dan catatannya ikut paling dahulu di jawaban berikutnya). Hasilnya tampak sesudah jawaban paket berikutnya dibaca.',
  noName: 'Belum ada di kantor ini',
  rw: (rw: number) => `RW ${threeDigits(rw)}`,
  rtRw: (rt: number, rw: number) => `RT ${threeDigits(rt)}/RW ${threeDigits(rw)}`,
} as const;
