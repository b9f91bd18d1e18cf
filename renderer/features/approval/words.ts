import type { CaseState } from '../../../shared/domain/case-flow.ts';
import type { ApprovalKind, Decision } from '../../../shared/domain/approval.ts';

/** What the lurah's inbox says. */
export const words = {
  title: 'Perlu saya tindak',
  kinds: { pendaftaran: 'Pendaftaran pasif', hasil: 'Hasil verifikasi' } satisfies Record<
    ApprovalKind,
    string
  >,
  meetingToLegalise: (no: number) => `Muskel ${no} menunggu pengesahan`,
  objectionsToAnswer: (no: number, count: number) => `Muskel ${no}: ${count} sanggahan menunggu jawaban`,
  listLabel: 'Yang menunggu',
  emptyTitle: {
    pendaftaran: 'Tidak ada pendaftaran yang menunggu',
    hasil: 'Tidak ada hasil yang menunggu',
  } satisfies Record<ApprovalKind, string>,
  emptyText: {
    pendaftaran: 'Pendaftaran pasif yang diajukan petugas muncul di sini.',
    hasil: 'Hasil kunjungan yang selesai dientri muncul di sini untuk diperiksa dan disahkan.',
  } satisfies Record<ApprovalKind, string>,
  goToOther: (label: string, count: number) => `${label}: ${count} menunggu`,
  waiting: (day: string) => `menunggu sejak ${day}`,
  select: (name: string) => `Pilih ${name}`,
  selectAll: 'Pilih semua',
  selectHint: 'Spasi memilih, ↑ ↓ berpindah',
  page: (page: number, pages: number) => `Halaman ${page} dari ${pages}`,
  goToPage: (page: number) => `Ke halaman ${page}`,
  correctionsWaiting: (count: number) => `${count} peristiwa atau perbaikan menunggu putusan Anda`,
  chosen: (count: number) => `${count} dipilih`,
  clear: 'Lepas pilihan',
  approveChosen: { pendaftaran: 'Setujui yang dipilih', hasil: 'Sahkan yang dipilih' } satisfies Record<
    ApprovalKind,
    string
  >,

  notYours:
    'Anda ikut memasukkan data berkas ini. Persetujuannya oleh rekan lain yang berwenang; Anda tetap dapat mengembalikannya.',
  changesTitle: 'Yang berubah sejak keputusan terakhir',
  noChanges: 'Tidak ada isian yang berubah.',
  lastDecision: (label: string, by: string, when: string) => `${label} oleh ${by}, ${when}`,
  answer: 'Jawaban petugas',
  nothing: 'kosong',
  grounds: 'Alasan pendaftaran pasif',
  proposedBy: (name: string, role: string) => `Diusulkan ${name}, ${role}`,
  evidence: 'Bukti',
  noEvidence: 'Tidak ada bukti terlampir.',
  isNew: 'baru',
  look: (name: string) => `Lihat ${name}`,
  visit: 'Hasil kunjungan',
  visitedBy: (name: string, when: string) => `Dikunjungi ${name}, ${when}`,
  enteredBy: (name: string) => `Dientri ${name}`,
  identification: 'Identifikasi',
  notIdentified: 'belum ditetapkan',
  duplicateOf: 'Sama dengan berkas',
  missingPhotos: 'Foto yang belum ada',
  identifiedAgain: 'Dibandingkan lagi dengan daftar acuan',
  corrections: 'Data keluarga yang diperbaiki kunjungan',
  differences: 'Berbeda dari daftar acuan',
  noDifferences: 'Tidak ada jawaban yang berbeda dari daftar acuan.',
  notCompared: 'Keluarga ini tidak ada di daftar acuan, jadi tidak ada yang dibandingkan.',
  allAnswers: (count: number) => `Semua jawaban (${count})`,
  noVisit: 'Hasil kunjungan tidak ditemukan.',
  openCase: 'Buka berkas',

  confirmText: {
    pendaftaran: (name: string, members: number) =>
      `Pendaftaran ${name} dengan ${members} anggota disetujui dan berlanjut ke identifikasi.`,
    hasil: (name: string, members: number) =>
      `Hasil verifikasi ${name} dengan ${members} anggota disahkan dan dikirim ke provinsi. Sesudah disahkan hanya catatan perbaikan yang dapat mengubahnya.`,
  } satisfies Record<ApprovalKind, (name: string, members: number) => string>,
  checkAndLegalise: 'Tercatat sebagai dua langkah: setujui pemeriksaan, lalu sahkan.',
  reasonText: {
    kembalikan: 'Petugas membaca alasan ini dan memperbaikinya.',
    tolak: 'Pendaftaran ini berhenti. Bila ternyata keliru, penolakan dapat dibuka kembali.',
    setujui: '',
  } satisfies Record<Decision, string>,
  done: { setujui: 'Disetujui', kembalikan: 'Dikembalikan', tolak: 'Ditolak' } satisfies Record<
    Decision,
    string
  >,
  legalised: 'Disahkan',
  cancel: 'Batal',

  batchTitle: (label: string, count: number) => `${label}: ${count} berkas`,
  sampleText: (count: number) =>
    `${count} berkas contoh, dipilih acak oleh program, perlu Anda buka dahulu. Pilihan Anda tidak hilang.`,
  sampleOpen: (name: string) => `Buka ${name}`,
  batchText: 'Yang akan terjadi:',
  batchGroup: {
    MENUNGGU_LURAH: (count: number) => `${count} pendaftaran disetujui`,
    DICACAH: (count: number) => `${count} hasil diperiksa dan disahkan`,
    DIPERIKSA: (count: number) => `${count} hasil disahkan`,
  } satisfies Partial<Record<CaseState, (count: number) => string>>,
  batchOwn: (count: number) => `${count} tidak dapat, karena Anda ikut memasukkan datanya`,
  batchResult: (done: number, all: number) => `${done} dari ${all} berhasil`,
  batchRefused: 'Yang belum dapat:',
  close: 'Tutup',
} as const;

/** Reasons often given, offered as buttons; the lurah may write any other. */
export const reasonSuggestions: Record<ApprovalKind, Partial<Record<Decision, readonly string[]>>> = {
  pendaftaran: {
    kembalikan: ['Bukti kurang jelas', 'Alamat tidak lengkap', 'Data anggota belum lengkap'],
    tolak: ['Bukan penduduk kelurahan ini', 'Sudah terdaftar', 'Tidak memenuhi syarat pasif'],
  },
  hasil: { kembalikan: ['Jawaban bertentangan', 'Perlu dikunjungi lagi', 'Foto atau catatan kurang'] },
};
