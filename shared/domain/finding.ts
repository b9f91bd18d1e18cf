import { z } from 'zod';

/** What does not agree between the register, the lists and what the field found. */
export const FindingKind = z.enum([
  'nik_tidak_dikenal',
  'nik_tidak_aktif',
  'nik_berbeda',
  'nama_berbeda',
  'tanggal_lahir_berbeda',
  'jenis_kelamin_berbeda',
  'kk_berbeda',
  'pindah',
  'meninggal',
  'tercatat_ganda',
  'berkas_ganda',
  'program_tanpa_daftar',
  'ppks_tanpa_daftar',
  'tidak_ditemukan',
  'mungkin_orang_ini',
]);
export type FindingKind = z.infer<typeof FindingKind>;

/** How a finding was settled; each kind offers those that make sense for it. */
export const FindingOutcome = z.enum([
  'berkas_diperbaiki',
  'daftar_diusulkan',
  'ke_dukcapil',
  'didaftarkan',
  'digabung',
  'keluarga_lain',
  'keluar_dari_daftar',
  'orang_sama',
  'bukan_orang_sama',
  'dibiarkan',
]);
export type FindingOutcome = z.infer<typeof FindingOutcome>;

export const findingOutcomeLabel: Record<FindingOutcome, string> = {
  berkas_diperbaiki: 'Berkas diperbaiki',
  daftar_diusulkan: 'Perbaikan daftar diusulkan',
  ke_dukcapil: 'Keluarga diarahkan ke Dukcapil',
  didaftarkan: 'Diusulkan masuk daftar',
  digabung: 'Kedua berkas digabung',
  keluarga_lain: 'Bukan keluarga yang sama',
  keluar_dari_daftar: 'Diusulkan keluar dari daftar',
  orang_sama: 'Orang yang sama',
  bukan_orang_sama: 'Bukan orang yang sama',
  dibiarkan: 'Sudah diperiksa, tidak masalah',
};

/** Where the remedy is carried out. */
export type FindingAction = 'perbaiki_berkas' | 'buka_berkas' | 'gabungkan' | 'pemadanan';

export interface FindingRule {
  label: string;
  /** What to do about it, as one would tell a colleague. */
  remedy: string;
  action: FindingAction;
  outcomes: readonly FindingOutcome[];
}

/** The table of kinds: what each is called, what is done about it, and how it can end. */
export const findingRules: Record<FindingKind, FindingRule> = {
  nik_tidak_dikenal: {
    label: 'NIK tidak dikenal Dukcapil',
    remedy:
      'Cocokkan NIK dengan KTP-el atau KK. Bila ketikannya benar, minta keluarga datang ke loket Dukcapil dengan KK dan akta lahir.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'ke_dukcapil', 'dibiarkan'],
  },
  nik_tidak_aktif: {
    label: 'NIK tidak aktif',
    remedy:
      'Minta keluarga mengaktifkan NIK di loket Dukcapil (rekam atau konsolidasi data), lalu padankan lagi.',
    action: 'buka_berkas',
    outcomes: ['ke_dukcapil', 'berkas_diperbaiki', 'dibiarkan'],
  },
  nik_berbeda: {
    label: 'NIK berbeda',
    remedy: 'Lihat KTP-el atau KK. Yang keliru diperbaiki: berkas di sini, daftar lewat usulan.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'daftar_diusulkan', 'dibiarkan'],
  },
  nama_berbeda: {
    label: 'Nama berbeda',
    remedy: 'Pakai ejaan KTP-el. Bila daftar yang keliru, usulkan perbaikan nama.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'daftar_diusulkan', 'ke_dukcapil', 'dibiarkan'],
  },
  tanggal_lahir_berbeda: {
    label: 'Tanggal lahir berbeda',
    remedy: 'Cocokkan dengan akta lahir atau KTP-el, dan dengan tanggal di dalam NIK.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'daftar_diusulkan', 'ke_dukcapil', 'dibiarkan'],
  },
  jenis_kelamin_berbeda: {
    label: 'Jenis kelamin berbeda',
    remedy: 'Cocokkan dengan KTP-el; NIK perempuan memuat tanggal ditambah 40.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'daftar_diusulkan', 'ke_dukcapil', 'dibiarkan'],
  },
  kk_berbeda: {
    label: 'No KK lain',
    remedy:
      'Tanyakan apakah keluarga pindah, menikah, atau pecah KK; lihat KK terbaru. Berkas memakai KK yang berlaku.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'daftar_diusulkan', 'ke_dukcapil', 'dibiarkan'],
  },
  pindah: {
    label: 'Tercatat pindah',
    remedy:
      'Pastikan lewat RT apakah masih tinggal di sini. Yang sudah pindah dikeluarkan dari berkas; yang kembali melapor ke Dukcapil.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'keluar_dari_daftar', 'ke_dukcapil', 'dibiarkan'],
  },
  meninggal: {
    label: 'Tercatat meninggal',
    remedy:
      'Pastikan lewat keluarga atau RT. Bila benar, keluarkan dari berkas dan minta akta kematian; bila keliru, keluarga melapor ke Dukcapil.',
    action: 'perbaiki_berkas',
    outcomes: ['berkas_diperbaiki', 'keluar_dari_daftar', 'ke_dukcapil', 'dibiarkan'],
  },
  tercatat_ganda: {
    label: 'Tercatat dua kali di daftar',
    remedy:
      'Lihat KTP-el dan KK: bila satu orang, usulkan penghapusan catatan yang tidak berlaku dengan NIK dan No KK yang benar; bila dua orang, pilih “Bukan orang yang sama”, atau, bila nomornya sama, arahkan yang keliru ke Dukcapil. Yang dicari hanya catatan lain dari anggota berkas di kantor ini, bukan seluruh daftar.',
    action: 'buka_berkas',
    outcomes: ['daftar_diusulkan', 'ke_dukcapil', 'bukan_orang_sama', 'dibiarkan'],
  },
  berkas_ganda: {
    label: 'Dua berkas, mungkin satu keluarga',
    remedy: 'Bandingkan kedua berkas, lalu gabungkan atau catat bahwa mereka keluarga lain.',
    action: 'gabungkan',
    outcomes: ['digabung', 'keluarga_lain', 'dibiarkan'],
  },
  program_tanpa_daftar: {
    label: 'Menerima program, tidak ada di daftar',
    remedy:
      'Lihat kartu atau bukti penerimaan. Bila benar menerima dan layak, usulkan masuk daftar; bila tidak layak, laporkan ke Dinas Sosial.',
    action: 'pemadanan',
    outcomes: ['didaftarkan', 'berkas_diperbaiki', 'dibiarkan'],
  },
  ppks_tanpa_daftar: {
    label: 'PPKS, tidak ada di daftar',
    remedy:
      'Pastikan keadaannya lewat RT atau pendamping sosial. Bila benar dan layak, usulkan masuk daftar; bila belum punya NIK, antar dulu ke loket Dukcapil.',
    action: 'pemadanan',
    outcomes: ['didaftarkan', 'ke_dukcapil', 'berkas_diperbaiki', 'dibiarkan'],
  },
  tidak_ditemukan: {
    label: 'Ada di daftar, tidak ditemukan',
    remedy:
      'Tanyakan kepada keluarga dan RT: pindah, meninggal, atau tidak dikenal. Usulkan keluar dari daftar, atau tambahkan ke berkas bila masih serumah.',
    action: 'buka_berkas',
    outcomes: ['keluar_dari_daftar', 'berkas_diperbaiki', 'daftar_diusulkan', 'dibiarkan'],
  },
  mungkin_orang_ini: {
    label: 'Mungkin orang ini di daftar',
    remedy:
      'Bandingkan nama, tanggal lahir, dan NIK dengan KTP-el atau KK, atau tanyakan keluarga. Pilih “Orang yang sama” atau “Bukan orang yang sama”, dengan alasannya. Selama belum dipilih, isi daftar itu tidak dianggap tentang keluarga ini.',
    action: 'buka_berkas',
    outcomes: ['orang_sama', 'bukan_orang_sama'],
  },
};

/** How it can end: that two are one person, or two, is said only of a person of a list whom the finding names. */
export function outcomesOf({
  kind,
  ofPerson,
}: {
  kind: FindingKind;
  ofPerson: boolean;
}): readonly FindingOutcome[] {
  const { outcomes } = findingRules[kind];
  if (!ofPerson) return outcomes.filter((outcome) => !isPairVerdict(outcome));
  return outcomes.includes('bukan_orang_sama')
    ? outcomes
    : [...outcomes.filter((outcome) => outcome !== 'dibiarkan'), 'bukan_orang_sama', 'dibiarkan'];
}

/** Whether it says of a member and a person of a list that they are one, or two; it is remembered, and can be taken back. */
export function isPairVerdict(outcome: FindingOutcome | null): boolean {
  return outcome === 'orang_sama' || outcome === 'bukan_orang_sama';
}

/** A finding as the rules make it, before it is stored. */
export interface FoundMismatch {
  kind: FindingKind;
  memberId: string | null;
  otherCaseId: string | null;
  /** Where it was seen: "DTKS", "Padan Dukcapil", "Kunjungan"; with kind and member it names the finding. */
  source: string;
  /** What tells it from another of its kind, member and source; stays the same from one look to the next. */
  about?: string;
  /** Persons of a list (ids of rows) of whom can be said that they are the member, or are not. */
  listedPersons?: readonly string[];
  /** Of the household as a whole: it stays the same finding whoever heads it, and however that name is spelt. */
  ofHousehold?: true;
  /** Who it is about. */
  subject: string;
  reported: string | null;
  listed: string | null;
  /** Anything that helps to judge it, in plain words. */
  note: string | null;
}
