import type { Correction } from '../../../shared/contract/period.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';

type Ended = NonNullable<Correction['ended']>;

/** What the screen of periods and the correction records say. */
export const words = {
  title: 'Periode',
  subtitle: 'Kalender, penutupan, dan arsip tiap periode.',
  periodPicker: 'Periode',
  running: 'berjalan',
  closedMark: 'ditutup',
  range: (start: string, end: string) => `${start} – ${end}`,
  cases: (count: string) => `${count} berkas`,
  calendar: 'Kalender',
  stage: 'Tahap',
  deadline: 'Hari terakhir',
  distance: 'Sisa waktu',
  dateSource: 'Asal tanggal',
  fromCalendar: 'menurut kalender',
  ownDate: 'tanggal sendiri',
  past: 'sudah lewat',
  today: 'hari ini',
  daysLeft: (days: number) => `${days} hari lagi`,
  editDates: 'Atur tanggal',
  editTitle: (period: string) => `Tanggal ${period}`,
  editHint: 'Kosongkan untuk mengikuti kalender di Pengaturan.',
  save: 'Simpan tanggal',
  saved: 'Tanggal disimpan',
  cancel: 'Batal',
  archive: 'Arsip dokumen',
  archiveHint: 'Setiap keadaan yang pernah dicetak disimpan; cetak ulang persis seperti waktu itu.',
  archiveEmpty: 'Belum ada dokumen periode ini yang dicetak. Dokumen per keluarga ada di berkasnya.',
  archiveColumns: { title: 'Dokumen', number: 'Nomor', issued: 'Disusun', prints: 'Cetakan' },
  version: (no: number) => `susunan ke-${no}`,
  reprint: 'Cetak ulang',
  letters: (year: number) => `Buku surat ${year}`,
  lettersEmpty: 'Belum ada surat bernomor tahun ini.',
  lettersColumns: { serial: 'No', number: 'Nomor surat', title: 'Perihal', dated: 'Tanggal', by: 'Oleh' },
  closing: 'Penutupan',
  closeTitle: (period: string) => `Tutup ${period}?`,
  close: 'Tutup periode',
  closed: (period: string) => `${period} ditutup`,
  closedBy: (name: string, when: string) => `Ditutup oleh ${name}, ${when}.`,
  recapWaits: 'Rekapnya menunggu dikirim ke provinsi.',
  recapRefused: (sentence: string) =>
    `Rekapnya ditolak provinsi: ${sentence} Hubungi provinsi, lalu pilih Kirim sekarang di layar Kiriman.`,
  recapReported: (when: string) => `Rekapnya diterima provinsi, ${when}.`,
  closedText: 'Isinya tidak berubah lagi. Yang keliru dicatat sebagai catatan perbaikan di berkasnya.',
  carriedTo: (count: string, period: string) => `${count} berkas yang belum selesai dibawa ke ${period}.`,
  planSettled: (count: string) => `${count} berkas selesai tinggal di periode ini.`,
  planCarried: (count: string, period: string) => `${count} berkas belum selesai dan dibawa ke ${period}:`,
  planNothing: 'Semua berkas sudah selesai; tidak ada yang dibawa.',
  finalText: 'Periode yang ditutup tidak dapat dibuka lagi. Dokumennya tetap dapat dicetak ulang.',
  obstacle: 'Belum dapat ditutup',
  lurahCloses: 'Yang menutup periode adalah lurah.',

  corrections: 'Peristiwa dan perbaikan',
  correctionsHint: 'Berkas ini sudah disahkan atau ditutup; yang keliru dicatat di sini.',
  waitingCorrections: 'Peristiwa dan perbaikan menunggu lurah',
  noCorrections: 'Tidak ada peristiwa atau perbaikan yang menunggu.',
  addCorrection: 'Tambah catatan',
  subject: 'Yang diperbaiki',
  before: 'Tercatat sekarang',
  after: 'Yang benar',
  reason: 'Alasan',
  reasonHint: 'Misalnya bukti yang dilihat, dan dari siapa.',
  propose: 'Ajukan ke lurah',
  correctionTitle: 'Catatan perbaikan',
  proposed: 'Catatan perbaikan diajukan',
  approve: 'Setujui',
  decline: 'Tolak',
  approved: { perbaikan: 'Catatan perbaikan disetujui', peristiwa: 'Peristiwa disetujui dan dijalankan' },
  declined: { perbaikan: 'Catatan perbaikan ditolak', peristiwa: 'Peristiwa ditolak' },
  revoke: 'Batalkan penutupan',
  revokeText: 'Berkas kembali ke keadaan sebelum ditutup.',
  revoked: 'Berkas dibuka kembali',
  states: { diajukan: 'Menunggu lurah', disetujui: 'Disetujui', ditolak: 'Ditolak' },
  by: (name: string, when: string) => `Diajukan ${name}, ${when}`,
  decidedBy: (name: string, when: string) => `oleh ${name}, ${when}`,
  closedFiles: (count: number) =>
    `${count} lampiran menunggu bersamanya, dibuka oleh loket, lurah, atau pengusulnya.`,
  filesGo: (count: number) => `${count} lampiran yang diajukan bersamanya ikut dihapus.`,
  ended: (ended: Ended): string => {
    switch (ended.why) {
      case 'digabung':
        return `Berkasnya sudah masuk ke ${ended.into}, jadi ini tidak dapat dijalankan lagi; tolaklah.`;
      case 'ditutup':
        return 'Berkasnya sudah ditutup, jadi ini tidak dapat dijalankan lagi; tolaklah, atau buka dahulu berkasnya kembali.';
      case 'ditarik':
        return 'Berkasnya sedang ditarik, jadi ini belum dapat dijalankan; tolaklah, atau batalkan dahulu penarikannya.';
      case 'belum_sah':
        return `Berkasnya belum disahkan lagi (tahapnya sekarang: ${caseStateLabel[ended.state]}), jadi ini belum dapat dijalankan. Putuskan sesudah berkasnya disahkan, atau tolaklah.`;
      case 'tahap':
        return `Berkasnya sekarang di tahap ${caseStateLabel[ended.state]}, jadi ini belum dapat dijalankan. Putuskan sesudah tahap itu lewat, atau tolaklah.`;
      default:
        return assertNever(ended);
    }
  },
  filesFirst: (ended: Ended): string => {
    switch (ended.why) {
      case 'digabung':
        return `Yang masih berlaku: minta loket melampirkannya dahulu di berkas ${ended.into}.`;
      case 'ditutup':
        return 'Yang masih berlaku: buka dahulu berkasnya kembali, lalu putuskan di sana.';
      case 'ditarik':
        return 'Yang masih berlaku: batalkan dahulu penarikannya, lalu putuskan di sini.';
      case 'belum_sah':
      case 'tahap':
        return 'Yang masih berlaku: minta loket melampirkannya dahulu di berkasnya.';
      default:
        return assertNever(ended);
    }
  },
  own: 'Anda yang mengajukan; diputuskan lurah yang lain.',
  openCase: 'Buka berkas',
} as const;
