import { formatNumber } from '../../components/formats.ts';
import type { SearchState } from './searched.ts';

/** What the hint beside the registration form says. */
export const words = {
  panel: 'Keluarga yang mungkin sama',
  focus: 'Lihat keluarga yang mirip',
  nothingFound: {
    notYet: 'Belum dicari: ketik nama, NIK, atau No KK dahulu.',
    searching: 'Mencari keluarga yang mirip …',
    failed: 'Pencarian gagal, jadi belum diketahui apakah ada keluarga yang sama.',
    answered: 'Belum ada keluarga yang mirip.',
  } satisfies Record<SearchState, string>,
  retry: 'Coba lagi',
  noneHint: 'Selama Anda mengetik, Mutakhir mencari di berkas, draf, dan daftar acuan kantor ini.',
  found: (count: number) => (count === 1 ? '1 keluarga mirip' : `${formatNumber(count)} keluarga mirip`),
  incomplete: 'Ada nama yang terlalu umum untuk dicari sendiri; lengkapi NIK atau tanggal lahir.',
  crowded:
    'No KK ini dipakai lebih banyak orang daripada satu keluarga (panti, asrama, atau nomor pengisi), jadi tidak dipakai untuk mencari; lengkapi NIK atau tanggal lahir.',
  notFoundYet: 'Keluarga yang ada di sana mungkin belum ditemukan.',
  use: 'Pakai data ini',
  notSame: 'Bukan keluarga yang sama',
  openCase: 'Buka berkas',
  openDraft: 'Buka draf itu',
  used: 'Datanya sudah dipakai di formulir ini.',
  usedTitle: (name: string) => `Data keluarga ${name} dipakai`,
  usedText: 'Isian berwarna belum dicocokkan. Bandingkan dengan KTP dan KK.',
  replaceTitle: 'Ganti isian dengan data ini?',
  replaceText: (name: string) =>
    `Alamat, KK, dan anggota yang sudah diketik diganti dengan data keluarga ${name}. Ctrl+Z mengembalikan isian Anda.`,
  replace: 'Ganti isian',
  keep: 'Jangan ganti',
  putBack: 'Kembalikan isian sebelumnya',
  replacedText: 'Isian yang tadi diganti masih disimpan.',
  same: (fields: string) => `${fields} sama`,
  different: (fields: string) => `${fields} berbeda`,
  moreMembers: (count: number) => `${formatNumber(count)} anggota lain juga cocok`,
  members: (names: string) => `Anggota: ${names}`,
  notSameText: (name: string) =>
    `Keluarga ${name} tidak ditampilkan lagi untuk draf ini. Alasannya ikut tercatat.`,
  declined: (count: number) => `${formatNumber(count)} ditandai bukan keluarga yang sama`,
  declinedBy: (name: string, reason: string) => `${name}: ${reason}`,
  restore: 'Tampilkan lagi',
  reasons: ['Nama sama, orangnya lain', 'Saudara, rumah tangganya lain', 'Penghuni lama alamat ini'],
} as const;
