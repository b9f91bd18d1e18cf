import type { ProofState } from '../../../shared/contract/proof.ts';

export const words = {
  title: 'Paket kurir',
  subtitle: 'Untuk kantor tanpa sambungan: berkas dibawa di USB, jawabannya dibawa kembali.',
  notReady:
    'Kunci provinsi untuk paket kurir belum ada. Sambungkan kantor ini ke server provinsi satu kali, atau minta kode baru ke provinsi dan daftarkan lagi lewat kurir; sesudah itu paket dapat dibuat tanpa sambungan.',
  steps: [
    'Buat paket. Semua yang menunggu masuk ke satu berkas terenkripsi yang hanya dapat dibuka provinsi.',
    'Simpan ke USB dan antar ke provinsi. Bila sambungan pulih lebih dahulu, berkas terkirim sendiri; tidak ada yang terkirim dua kali.',
    'Baca paket jawaban dari provinsi: tanda terima, penolakan, dan putusan masuk seperti lewat sambungan, dan isi kedua pihak dicocokkan.',
  ],
  waiting: (count: string) => `${count} berkas menunggu; semuanya masuk ke paket berikutnya.`,
  nothing:
    'Tidak ada berkas yang menunggu. Paket tetap berguna untuk mengirim sisa lampiran dan mengambil putusan dari provinsi.',
  making: (count: string) => `Membuat paket: ${count} berkas dienkripsi. Jangan tutup Mutakhir dahulu …`,
  reading: 'Membaca paket jawaban …',
  made: 'Paket kurir dibuat',
  madeText: 'Salin berkasnya ke USB, lalu antar ke provinsi.',
  read: 'Paket jawaban dibaca',
  readText: (confirmed: string, toMend: string, items: string) =>
    `${confirmed} diterima, ${toMend} perlu perhatian, ${items} kiriman dari provinsi.`,
  /** Of what the answer proves, beside what it brought. */
  readProof: {
    cocok: 'Isinya cocok dengan provinsi.',
    berbeda: 'Ada isi yang berbeda dengan provinsi: lihat Pencocokan dengan provinsi.',
    tidak_terbukti: 'Bukti isinya tidak terbukti asli, jadi tidak dipakai.',
    tidak_terbanding: 'Isinya belum dapat dicocokkan di komputer ini.',
    tidak_didukung: 'Program kurir provinsi belum membawa bukti isi; data tetap aman dan terkirim.',
  } satisfies Record<ProofState, string>,
  readOlder: 'Pencocokan terakhir lebih baru daripada paket ini, dan tetap berlaku.',
  proof: {
    cocok: (time: string, _, later) =>
      later === null
        ? `Cocok dengan provinsi per ${time}: setiap berkas yang diterimanya sama isinya.`
        : `Yang dibandingkan cocok dengan provinsi per ${time}; ${later} berkas dibandingkan pada paket berikutnya.`,
    berbeda: (time, open) =>
      open === null
        ? `Perbedaan dengan provinsi per ${time} belum selesai; jawaban paket berikutnya menunjukkan apakah sudah beres.`
        : `${open} berbeda dengan provinsi per ${time}.`,
    tidak_terbukti: () =>
      'Bukti isi di paket jawaban terakhir tidak terbukti asli, jadi tidak dipakai; tanda terima di paket itu tetap masuk. Buat paket berikutnya dan baca jawabannya; bila tetap begini, beri tahu provinsi.',
    tidak_terbanding: () =>
      'Isi kedua pihak belum dapat dicocokkan di komputer ini; tanda terima di paket jawaban tetap masuk. Beri tahu pengelola Mutakhir.',
    tidak_didukung: () => 'Program kurir provinsi belum membawa bukti isi; data tetap aman dan terkirim.',
  } satisfies Record<ProofState, (time: string, open: string | null, later: string | null) => string>,
  seeProof: 'Lihat pencocokan dengan provinsi',
  recaps: (count: string) => `${count} rekap periode yang sudah ditutup ikut paket berikutnya.`,
  bundles: 'Paket yang pernah dibuat',
  columns: { number: 'Paket', madeAt: 'Dibuat', by: 'Oleh', records: 'Berkas', state: 'Keadaan' },
  answered: (time: string) => `Jawaban dibaca ${time}`,
  under: (count: string) => `Di jalan, ${count} belum dijawab`,
  superseded: 'Semua sudah dijawab',
  none: 'Belum ada paket.',
} as const;
