import { uploadLimit } from '../../../shared/contract/reference.ts';
import type { AreaCodeSystem, ReferenceSource } from '../../../shared/domain/reference.ts';
import { formatNumber } from '../../components/formats.ts';

/** How the user says a list numbers its areas; `tanpa` is a list that has no codes. */
export type CodeChoice = AreaCodeSystem | 'tanpa';

const n = formatNumber;

/** What the reference lists and their import say. */
export const words = {
  title: 'Daftar acuan',
  subtitle:
    'Daftar yang dicocokkan dengan setiap pendaftaran. Sekali masuk, isinya tidak berubah; impor berikutnya menjadi versi baru.',
  listLabel: 'Daftar acuan yang sudah masuk',
  emptyTitle: 'Belum ada daftar acuan',
  emptyText:
    'Impor BDT 2015 atau DTKS yang Anda terima, supaya keluarga yang mendaftar dapat dicocokkan dan isiannya terbantu.',
  emptyTextReader:
    'Petugas verifikasi atau administrator mengimpornya. Sesudah itu daftarnya tampak di sini.',
  columns: {
    name: 'Daftar',
    date: 'Keadaan per',
    version: 'Versi',
    households: 'Rumah tangga',
    persons: 'Orang',
    refused: 'Ditolak',
    imported: 'Diimpor',
    state: 'Pemakaian',
  },
  withdrawn: 'Diurungkan',
  inUse: 'Dipakai',
  replaced: 'Digantikan',
  inUseHint: 'Dipakai mencocokkan',
  replacedHint: 'Ada yang lebih baru',
  decisionsTitle: 'Keputusan sewaktu berkas diperiksa',
  reportTitle: (name: string, version: number) => `Hasil impor ${name}, versi ${version}`,
  fileLine: (name: string, hash: string) => `Berkas ${name} · SHA-256 ${hash.slice(0, 16)}…`,
  codesOf: { bps: 'Kode wilayah BPS', kemendagri: 'Kode wilayah Kemendagri', tanpa: 'Tanpa kode wilayah' },

  waitingText: (name: string, date: string) => `${name} (keadaan ${date}) menunggu diperiksa.`,
  waitingOpen: 'Periksa',
  compareWith: 'Bandingkan dengan',
  compareNone: 'Pilih daftar yang lebih lama',
  compare: 'Lihat perbedaan',
  comparing: 'Boleh ditinggal; perbandingannya disimpan.',
  export: 'Ekspor ke Excel',
  undo: 'Urungkan impor',
  undoText: (inUse: boolean) =>
    inUse
      ? 'Versi ini tidak dipakai lagi; versi sebelumnya, bila ada, langsung dipakai. Isinya tidak dihapus.'
      : 'Versi ini sedang tidak dipakai mencocokkan, jadi daftar yang dipakai tidak berubah. Isinya tidak dihapus.',
  restore: 'Pakai lagi',
  restoreText: 'Versi ini dipakai lagi.',
  basedOn: 'Terjadi dari versi sebelumnya dengan perubahan yang diterima.',

  importTitle: 'Impor daftar acuan',
  importSubtitle: 'Diperiksa dahulu, baru disimpan. Selama pemeriksaan tidak ada yang tersimpan.',
  steps: ['Pilih berkas', 'Lihat hasil pemeriksaan', 'Tersimpan'],
  stepsLabel: 'Langkah impor',
  file: 'Berkas daftar',
  dropHere: 'Seret berkas ke sini, atau',
  choose: 'Pilih berkas',
  chooseAnother: 'Pilih berkas lain',
  accepted: `Buku kerja Excel (.xlsx) atau CSV, paling besar ${uploadLimit / 1_048_576} MB.`,
  notAccepted:
    'Jenis berkas ini tidak dapat diimpor. Berkas .xls lama: buka di Excel, simpan sebagai .xlsx, lalu pilih lagi.',
  uploading: 'Mengambil berkas…',
  fileMissing: 'Pilih berkasnya dahulu.',
  source: 'Jenis daftar',
  sourceHints: {
    BDT2015: '101 kolom, satu baris tiap anggota rumah tangga.',
    DTKS: 'Satu baris tiap orang, keluarga dikenali dari nomor_kk.',
    SIKS: 'Tabel rumah tangga dan anggota, disambung oleh IDBDT.',
    DTSEN: 'Lembar Keluarga dan Individu, atau satu baris tiap orang, dengan desil.',
    REGSOSEK: 'Buku kerja OpenSID: lembar Keluarga dan Anggota Keluarga.',
    PPKS: 'Satu baris tiap orang, dengan jenis_ppks (26 jenis).',
    CARIK: 'Susunannya tidak baku: Anda petakan kolomnya.',
    DUKCAPIL: 'Hasil padan: yang ditanyakan di samping data Dukcapil.',
    LAIN: 'CSV atau Excel apa pun: Anda petakan kolomnya.',
  } satisfies Record<ReferenceSource, string>,
  codes: 'Kode wilayah di daftar ini memakai',
  codesHint: 'Kode 3173 adalah Jakarta Pusat menurut BPS, tetapi Jakarta Barat menurut Kemendagri.',
  codeChoices: {
    bps: 'Kode BPS (biasanya BDT 2015)',
    kemendagri: 'Kode Kemendagri (seperti pada NIK)',
    tanpa: 'Daftar ini tidak memuat kode wilayah',
  } satisfies Record<CodeChoice, string>,
  codesMissing: 'Nyatakan sistem kodenya; program tidak menebak.',
  ownColumns: 'Judul kolomnya lain dari yang baku',
  ownColumnsHint: 'Anda menunjukkan sendiri arti setiap kolom.',
  kelurahan: 'Kelurahan bagi baris yang tidak menyebutnya',
  kelurahanNone: 'Tidak ditentukan',
  kelurahanHint:
    'Boleh kosong. Isi hanya bila seluruh daftar memang dari satu kelurahan; program tidak menebaknya.',
  check: 'Periksa berkas',
  toMapping: 'Petakan kolom',

  mapTitle: 'Arti setiap kolom',
  mapText:
    'Yang sudah dikenali terisi sendiri; periksa dengan contoh isinya. Kolom yang tidak berarti apa-apa bagi kantor: pilih Lewati.',
  mapTable: 'Kolom berkas dan artinya',
  mapColumns: { header: 'Kolom di berkas', samples: 'Contoh isi', role: 'Artinya' },
  roleOf: (header: string) => `Arti kolom ${header}`,
  mapSheet: 'Lembar',
  mapHeaderRow: 'Judul kolom ada di baris',
  mapSaved: 'Pemetaan tersimpan',
  mapSavedNone: 'Belum dipakai',
  mapSavedOption: (name: string, fits: number) => `${name} (${n(fits)} kolom cocok)`,
  mapForget: 'Hapus pemetaan ini',
  mapForgetTitle: 'Hapus pemetaan tersimpan ini?',
  mapForgetText: 'Seluruh kantor tidak dapat memakainya lagi. Kolom yang sudah dipetakan di layar ini tetap.',
  mapForgetConfirm: 'Hapus',
  cancel: 'Batal',
  mapName: 'Simpan pemetaan ini sebagai',
  mapNameHint: 'Boleh kosong. Daftar berikutnya dengan judul yang sama langsung terisi.',
  mapNoSheets: 'Tidak ada lembar dengan judul kolom di 40 baris pertamanya. Pilih berkas lain.',
  mapBack: 'Kembali ke pilihan',

  mayLeave: 'Boleh ditinggal; hasilnya menunggu di layar ini.',
  mayLeaveSaving: 'Boleh ditinggal; daftar muncul di Daftar acuan begitu selesai.',

  checkedTitle: 'Hasil pemeriksaan',
  sheet: (name: string) => `Dibaca dari lembar "${name}".`,
  figures: {
    rows: 'Baris dibaca',
    households: 'Rumah tangga',
    persons: 'Orang',
    withoutNik: 'Tanpa NIK',
    refused: 'Baris ditolak',
  },
  allGood: 'Semua baris dapat masuk, tanpa catatan.',
  sameFile: (name: string, version: number, date: string) =>
    `Berkas yang persis sama sudah diimpor ${date} sebagai ${name}, versi ${version}. Menyimpannya lagi hanya menambah salinan.`,
  refusedTitle: 'Baris yang ditolak',
  refusedText:
    'Baris ini tidak ikut masuk dan tidak diperbaiki dengan tebakan. Mintalah daftar yang utuh dari sumbernya.',
  refusedMore: (shown: number, total: number) => `Ditampilkan ${n(shown)} baris pertama dari ${n(total)}.`,
  readBy: (editions: readonly string[]) => `Dibaca menurut ${editions.join(', ')}.`,
  sendBack: 'Kembalikan ke pengirim…',
  sendBackText:
    'Semua baris yang ditolak menjadi buku kerja Excel: isinya, apa yang salah, dan apa yang perlu dilakukan. Setelah diperbaiki, buku kerja itu diimpor seperti daftar asalnya.',
  refusedNotKept:
    'Isi baris yang ditolak tidak disimpan pada daftar lama ini. Periksa lagi berkas asalnya untuk mengembalikannya ke pengirim.',
  refusedColumns: { row: 'Baris', reason: 'Alasan', columns: 'Kolom', message: 'Keterangan' },
  sheetsTitle: 'Ada lembar yang tidak dibaca',
  warningsTitle: 'Catatan',
  warningRows: (count: number, rows: readonly number[]) =>
    count === 1
      ? `Baris ${n(rows[0] ?? 0)}`
      : `${n(count)} kali; antara lain baris ${rows.map((row) => n(row)).join(', ')}`,
  areasTitle: 'Wilayah di daftar ini',
  areaColumns: {
    name: 'Kelurahan di daftar',
    code: 'Kode di daftar',
    found: 'Dikenali sebagai',
    households: 'Rumah tangga',
  },
  areaUnknown: 'Tidak dikenali',
  areaFound: (name: string, code: string) => `${name} (${code})`,
  unknownTitle: 'Kolom yang tidak dikenali',
  unknownText: 'Isinya tidak diambil.',
  absentTitle: 'Kolom yang tidak ada di berkas ini',
  absentText: 'Isiannya akan kosong.',

  saveTitle: 'Simpan sebagai',
  name: 'Nama daftar',
  nameHint: 'Nama sendiri; versi berikutnya dari daftar yang ada dibuat dengan membandingkannya.',
  nameTaken:
    'Daftar bernama ini sudah ada. Bandingkan dahulu dengannya, supaya sel kosong tidak menghapus isian lama, atau beri nama lain.',
  nameOfBase: 'Menjadi versi berikutnya dari daftar pembandingnya.',
  defaultName: (source: string, area: string) => `${source} ${area}`.trim(),
  listDate: 'Keadaan per tanggal',
  listDateHint:
    'Tanggal yang tertulis di surat pengantar atau judul daftar; umur di daftar dihitung dari sini.',
  listDateMissing: 'Tulis tanggalnya.',
  listDateFuture: 'Tanggal ini belum tiba.',
  listDateBefore: (date: string) => `Lebih awal daripada daftar pembandingnya (${date}). Periksa tanggalnya.`,
  beside: 'Bandingkan dahulu dengan',
  besideHint: 'Yang baru, berubah, dan hilang ditampilkan; Anda menerima seluruhnya atau sebagian.',
  besideOption: (name: string, version: number, date: string) => `${name} versi ${version} (keadaan ${date})`,
  besideNothing: 'Tidak dibandingkan: simpan utuh sebagai daftar tersendiri',
  whole: 'Berkas ini memuat',
  wholeChoices: {
    seluruh: 'seluruh daftar: yang tidak ada di dalamnya berarti tidak terdaftar lagi',
    sebagian: 'sebagian saja: yang tidak disebut tetap seperti sebelumnya',
  },
  othersStay: (names: string) =>
    `Daftar sejenis yang lain tetap dipakai: ${names}. Bila berkas ini menggantikannya, bandingkan dahulu dengannya, supaya sel yang kosong tidak menghapus isian lama.`,
  replaces: 'Wilayah berkas ini',
  replacesChoices: {
    seluruh:
      'seluruh wilayah kerja kantor: ia menggantikan daftar sejenis yang lain juga; sel kosong diisi dari daftar terbaru yang memuat keluarga itu',
    sebagian: 'sama dengan daftar pembandingnya: daftar sejenis yang lain tetap dipakai',
  },
  replacesMissing: 'Nyatakan isinya, supaya jelas daftar mana yang tetap dipakai.',
  ceases: (names: string) => `Tidak dipakai lagi mencocokkan: ${names}. Isinya tetap tersimpan.`,
  stayBeside: (names: string) => `Lebih baru, jadi tetap dipakai di sampingnya: ${names}.`,
  toBeside: 'Bandingkan',
  mayLeaveStaging: 'Boleh ditinggal; perbandingannya menunggu di Daftar acuan.',
  backToChecked: 'Kembali ke hasil pemeriksaan',
  save: (persons: number) => `Simpan ${n(persons)} orang`,
  nothingToSave: 'Semua baris ditolak, sehingga tidak ada yang dapat disimpan.',
  restart: 'Mulai dengan berkas lain',

  savedTitle: 'Daftar tersimpan',
  savedText: (name: string, version: number, households: number, persons: number) =>
    `${name}, versi ${version}: ${n(households)} rumah tangga, ${n(persons)} orang. Mulai sekarang dipakai mencocokkan pendaftaran.`,
  toLists: 'Lihat daftar acuan',
  again: 'Impor daftar lain',
  stopped: 'Dihentikan. Tidak ada yang tersimpan.',
  ranks: {
    title: 'Peringkat resmi',
    note: 'Sebagaimana dinyatakan setiap daftar. Daftar yang baru berdiri di samping yang lama, tidak menggantinya.',
    list: 'Daftar',
    date: (date: string) => `keadaan ${date}`,
    rank: 'Peringkat',
    version: (name: string, version: number) => `${name} versi ${version}`,
    head: (name: string) => `atas nama ${name}`,
    desil: (desil: number) => `Desil ${desil}`,
    percentile: (percentile: number) => `Persentil ${percentile}`,
    current: 'daftar yang dipakai sekarang',
    statedBy: (name: string, version: number, date: string) =>
      `kosong di daftar ini; dari ${name} versi ${version} (${date})`,
  },
} as const;
