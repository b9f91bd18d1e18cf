import { formatNumber } from '../../components/formats.ts';

/** Each has a number of one digit. */
const mostFamilies = 9;

/** What the screen of merging two cases says. */
export const words = {
  title: 'Gabungkan dua berkas',
  subtitle: 'Satu keluarga, dua pendaftaran: pilih isian mana yang berlaku. Dapat dipisahkan lagi.',
  card: 'Keluarga yang sama',
  compare: 'Bandingkan',
  compareWith: (number: string) => `Bandingkan dengan berkas ${number}`,
  likely: 'Mungkin terdaftar dua kali',
  moreMembers: (count: number) => `${formatNumber(count)} anggota lain juga cocok`,
  mergedInto: (number: string) => `Berkas ini masuk ke berkas ${number}`,
  mergedFrom: (number: string) => `Berkas ${number} masuk ke sini`,
  separate: 'Pisahkan lagi',
  separateText:
    'Kedua berkas kembali seperti semula. Yang diperbaiki sesudah digabung tidak hilang: tetap di berkasnya, atau ikut anggota yang kembali.',
  separated: 'Kedua berkas berdiri sendiri lagi',
  declined: 'Ditandai bukan keluarga yang sama',
  restore: 'Cabut tandanya',
  restoreText: (by: string, at: string, reason: string) =>
    `${by} menandainya bukan keluarga yang sama pada ${at}: "${reason}". Tanpa tanda itu kedua berkas diusulkan lagi.`,
  kept: 'Berkas yang tetap',
  other: 'Berkas yang masuk',
  swap: 'Tukar',
  fieldColumn: 'Isian',
  fieldsLabel: 'Isian yang berbeda',
  nothingDiffers: 'Semua isian yang dibandingkan sama.',
  samePersons: 'Siapa orang yang sama',
  is: (person: string) => `${person}: sama dengan`,
  somebodyElse: 'Orang lain, tidak ada di berkas yang tetap',
  unsure: 'Program belum yakin keduanya satu orang: centang di bawahnya, atau pilih orang lain.',
  onePerson: (other: string, kept: string) => `Ya, satu orang: ${other} dan ${kept}`,
  joining: 'Anggota yang hanya ada di berkas yang masuk',
  joins: (name: string, relation: string) => `${name}, ${relation.toLowerCase()}: ikut masuk`,
  onlyKept: (names: string) => `Hanya ada di berkas yang tetap, dan tinggal: ${names}`,
  /** @param families how many the case that stays has by itself. */
  takenIn: (names: string, kk: string | null, families: number) =>
    `${families < mostFamilies ? 'Dengan keluarga yang ikut masuk, berkas yang tetap penuh (sembilan keluarga)' : 'Berkas yang tetap sudah memuat sembilan keluarga'}, jadi ${names} masuk ke keluarga pertamanya${kk === null ? '' : ` (No KK ${kk})`}, bukan sebagai keluarga sendiri. Bila itu keliru, jangan ikutkan mereka, lalu daftarkan sebagai berkas sendiri.`,
  locked:
    'Data berkas yang tetap sudah tidak dapat diubah pada tahap ini; berkas yang lain masuk tanpa mengubahnya.',
  obstacle: (why: string) =>
    `Belum dapat digabung: ${why}. Tukar mana yang tetap, atau mundurkan tahapnya dahulu.`,
  reason: 'Alasan menggabungkan',
  reasonMissing: 'Tulis alasannya dengan singkat.',
  reasonFirst: 'Keluarga yang sama, terdaftar dua kali',
  merge: 'Gabungkan',
  merged: (number: string) => `Berkas ${number} masuk`,
  mergedText: 'Tidak ada yang dihapus; di layar berkas ada tombol Pisahkan lagi.',
  notSame: 'Bukan keluarga yang sama',
  notSameText: (number: string) => `Berkas ${number} tidak diusulkan lagi sebagai keluarga yang sama.`,
  notSameReasons: ['Saudara, rumah tangganya lain', 'Nama sama, orangnya lain', 'Anak yang sudah pecah KK'],
  empty: '(kosong)',
  registered: (at: string, by: string) => `didaftarkan ${at} oleh ${by}`,
  back: 'Kembali',
} as const;
