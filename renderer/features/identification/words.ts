import type { IdentificationResult } from '../../../shared/domain/registration.ts';
import { formatNumber } from '../../components/formats.ts';

/** What the screen of identification says. */
export const words = {
  title: 'Pemadanan',
  listLabel: 'Berkas menunggu pemadanan',
  countOf: (total: string) =>
    `${total} berkas menunggu; yang paling menentukan di atas, yang tinggal ditegaskan di bawah`,
  emptyTitle: 'Tidak ada berkas yang menunggu',
  emptyText: 'Berkas yang baru terdaftar muncul di sini untuk dicocokkan dengan daftar acuan.',
  noListsTitle: 'Belum ada daftar acuan',
  noListsText:
    'Tanpa daftar acuan, program tidak dapat mencocokkan siapa pun. Impor BDT atau DTKS dahulu, atau tetapkan hasilnya dengan alasan.',
  pick: 'Pilih berkas di sebelah kiri, atau tekan F8.',
  columns: { number: 'Nomor', family: 'Keluarga', proposal: 'Usulan' },
  foundOf: (found: number, members: number) => `${found} dari ${members} anggota ditemukan`,
  sure: 'Yakin',
  unsure: 'Perlu dilihat',
  matchAll: 'Padankan semua',
  matchAllNote: 'Berjalan di belakang; layar ini boleh ditinggalkan. Yang sudah dipadankan tetap tersimpan.',
  matchedTitle: (ranked: string, waiting: string) => `${ranked} dari ${waiting} berkas sudah dipadankan`,
  matchedText: (sure: string, asked: string) =>
    `${sure} diyakini program, ${asked} perlu dilihat. Belum ada yang diputuskan.`,
  matchedRest: (rest: string) => `${rest} berkas belum dipadankan. Tekan Alt+J untuk melanjutkan.`,
  matchedIncomplete: (count: string) =>
    `${count} berkas dicari tanpa nama yang terlalu umum; mungkin ada orang yang terlewat. Berkasnya bertanda saat dibuka.`,
  matchedFailed: (numbers: readonly string[]) =>
    `Tidak dapat dipadankan: ${numbers.slice(0, 10).join(', ')}${numbers.length > 10 ? ` dan ${numbers.length - 10} lagi` : ''}. Sampaikan nomornya kepada pengelola; berkas lain tidak terganggu.`,
  failed: 'Tidak dapat dipadankan',
  confirmSure: 'Tegaskan yang yakin',
  confirmSureTitle: (count: number) => `Tegaskan ${formatNumber(count)} berkas yang diyakini program?`,
  confirmSureText:
    'Program tidak ragu pada berkas ini: buktinya cukup, tidak ada yang bertentangan. Keputusan tetap tercatat atas nama Anda.',
  /** How many wrong links are to be expected; by the model's own probabilities. */
  wrongExpected: (links: number, wrong: number) =>
    links === 0
      ? 'Tidak ada orang yang ditautkan: semuanya belum ditemukan di daftar acuan.'
      : `Dari ${formatNumber(links)} tautan ke daftar acuan, kira-kira ${wrong < 1 ? 'kurang dari 1' : formatNumber(Math.round(wrong))} bisa keliru. Yang keliru dapat diperbaiki kapan saja dari berkasnya.`,
  moreCases: (count: number) => `… dan ${formatNumber(count)} berkas lagi`,
  confirming: (done: number, all: number) =>
    `${formatNumber(done)} dari ${formatNumber(all)} berkas sudah diperiksa …`,
  confirm: 'Tegaskan',
  cancel: 'Batal',
  stop: 'Hentikan',
  stopping: 'Berhenti sesudah yang sedang ditulis …',
  confirmedTitle: (count: number) => `${formatNumber(count)} berkas ditetapkan`,
  notConfirmed: (count: number) => `${formatNumber(count)} berkas tidak jadi ditetapkan`,
  close: 'Tutup',
  results: {
    tetap: 'Sudah terdaftar, tetap',
    berubah: 'Sudah terdaftar, berubah',
    baru: 'Belum terdaftar',
  } satisfies Record<IdentificationResult, string>,
  proposal: 'Usulan program',
  doubtText: (count: number) =>
    `Program ragu pada ${formatNumber(count)} pasangan. Bandingkan, lalu tekan J bila sama, T bila bukan, L untuk melewati.`,
  doubtTitle: 'Mengapa perlu dilihat',
  sureText: 'Program tidak ragu. Periksa sekilas, lalu tetapkan.',
  overlooked: (names: string, list: string) =>
    `Terlalu banyak yang senama dengan ${names} di ${list}, jadi mungkin terlewat: lengkapi NIK atau tanggal lahirnya di berkas.`,
  crowded: (names: string, list: string) =>
    `No KK atau rumah tangga ${names} di ${list} memuat lebih banyak orang daripada satu keluarga (panti, asrama, atau nomor pengisi), jadi tidak dihitung sebagai bukti: cocokkan tiap orang dengan NIK, nama, dan tanggal lahirnya.`,
  listOf: (names: string) => `Daftar: ${names}`,
  householdIn: (list: string) => `Rumah tangga di ${list}`,
  percentile: (value: number) => `Persentil ${value}`,
  desil: (value: number) => `Desil ${value} menurut daftar ini`,
  nobody: 'Tidak ditemukan di daftar ini.',
  notReported: 'tidak dilaporkan',
  pairs: 'Pasangan',
  reportedColumn: 'Dilaporkan',
  referenceColumn: 'Di daftar acuan',
  fieldColumn: 'Parameter',
  verdictColumn: 'Hasil',
  same: 'Orang yang sama',
  notSame: 'Bukan orang yang sama',
  later: 'Lewati dulu',
  undecided: 'Belum diputuskan',
  lookAgain: 'lihat lagi',
  changedText:
    'Berkas ini berubah sesudah Anda menjawab. Jawaban dan alasan Anda masih ada: lihat lagi pasangan yang bertanda, lalu tekan J atau T.',
  byProgram: 'usulan program',
  verdicts: { sama: 'Sama', bukan: 'Bukan' },
  notSameReason: 'Mengapa bukan orang yang sama',
  notSameHelp: 'Diingat untuk daftar berikutnya juga, agar tidak ditanyakan lagi.',
  notSameMissing:
    'Semua parameternya sama. Tulis mengapa orangnya lain, atau tekan Esc bila T tertekan tidak sengaja.',
  refusedBefore: 'pernah ditandai bukan',
  refusedTitle: 'Pernah ditandai bukan orang yang sama',
  askAgain: 'Tanyakan lagi',
  askAgainText: (pair: string, by: string, at: string, reason: string) =>
    `${by} menandai ${pair} bukan orang yang sama pada ${at}: "${reason}". Tanpa tanda itu pasangannya ditanyakan lagi.`,
  otherCandidates: 'Calon lain',
  chooseThis: 'Ini orangnya',
  linkedWith: (number: string) => `Sudah dipasangkan dengan berkas ${number}`,
  why: 'Mengapa program berpendapat begitu?',
  modelOrigin: (origin: string) => `Bobot bukti: ${origin}.`,
  readAs: 'Dibaca sebagai',
  probability: (text: string) => `Peluang orang yang sama: ${text}`,
  strength: {
    start: 'titik awal',
    counted: 'sudah terhitung',
    strongFor: 'sangat menguatkan',
    for: 'menguatkan',
    neutral: 'tidak menentukan',
    against: 'melemahkan',
    strongAgainst: 'sangat melemahkan',
  },
  householdFields: 'Rumah tangga',
  characteristics: 'Ciri rumah tangga',
  result: 'Hasil identifikasi',
  resultHelp: 'Menurut aturan. Pilih yang lain hanya dengan alasan.',
  reasonLabel: 'Alasan memilih hasil lain',
  reasonMissing: 'Tulis alasannya: hasil ini lain dari aturan.',
  decide: 'Tetapkan hasil',
  decided: (number: string, result: string) => `${number}: ${result}`,
  remaining: (count: number) => `${formatNumber(count)} pasangan belum diputuskan`,
  undo: 'Urungkan',
  undoHint: 'Ctrl+Z mengurungkannya.',
  undone: (count: number) =>
    count === 1 ? 'Keputusan diurungkan' : `${formatNumber(count)} keputusan diurungkan`,
  undoneText: 'Berkasnya kembali menunggu; jawaban Anda masih ada.',
  undoTitle: (count: number) => `Urungkan ${formatNumber(count)} berkas?`,
  undoText: 'Berkas ini ditetapkan dalam satu kali tekan. Semuanya kembali menunggu pemadanan.',
  undoing: (done: number, all: number) =>
    `${formatNumber(done)} dari ${formatNumber(all)} berkas sudah dikembalikan …`,
  ranking: (count: string) => `Mengurutkan ${count} berkas lagi …`,
  unranked: (count: string) => `${count} berkas belum dipadankan dengan daftar yang sekarang`,
  stale: 'Belum dipadankan ulang',
  staleText: 'Berkas atau daftarnya berubah sesudah pemadanan terakhir',
  whatIf: 'Apa yang akan mengubahnya',
  rival: 'Pesaing',
  rivalIs: (name: string) => `Pesaing: ${name}`,
  next: 'Berkas berikutnya',
  back: 'Kembali ke daftar',
  openCase: 'Buka berkas',
} as const;
