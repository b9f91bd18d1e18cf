import type { CaseState } from '../../../shared/domain/case-flow.ts';
import type { Role } from '../../../shared/domain/role.ts';

/** Cases of one state that wait for a role, and what it does with them. */
export interface Queue {
  state: CaseState;
  label: string;
  /** What is done with them, in one line. */
  task: string;
  /** Where it is done; the list of cases where nothing else is said. */
  screen?: 'approval' | 'identification' | 'verification' | 'muskel';
}

const returned: Queue = {
  state: 'DIKEMBALIKAN',
  label: 'Dikembalikan lurah',
  task: 'Perbaiki menurut catatan lurah, lalu ajukan ulang.',
};
const visited: Queue = {
  state: 'DICACAH',
  label: 'Selesai dicacah',
  task: 'Periksa isian formulir, lalu setujui atau kembalikan.',
};

/** What waits for whom, in the order it should be taken up. Each leads to a step the role may take. */
export const queues: Record<Role, readonly Queue[]> = {
  petugas_loket: [returned],
  petugas_verifikasi: [
    {
      state: 'TERDAFTAR',
      label: 'Perlu diidentifikasi',
      task: 'Cocokkan dengan daftar acuan.',
      screen: 'identification',
    },
    { state: 'TERIDENTIFIKASI', label: 'Sudah diidentifikasi', task: 'Masukkan ke daftar sasaran.' },
    {
      state: 'DAFTAR_SASARAN',
      label: 'Dalam daftar sasaran',
      task: 'Catat hasil musyawarah kelurahan.',
      screen: 'muskel',
    },
    {
      state: 'MUSKEL_LAYAK',
      label: 'Siap dicetak',
      task: 'Cetak formulir dan tugaskan petugas lapangan.',
      screen: 'verification',
    },
    {
      state: 'DITUGASKAN',
      label: 'Di lapangan',
      task: 'Masukkan formulir yang sudah kembali.',
      screen: 'verification',
    },
    visited,
    returned,
  ],
  lurah: [
    {
      state: 'MENUNGGU_LURAH',
      label: 'Menunggu persetujuan',
      task: 'Setujui, kembalikan, atau tolak pendaftaran pasif.',
      screen: 'approval',
    },
    { state: 'DIPERIKSA', label: 'Siap disahkan', task: 'Sahkan hasil verifikasi.', screen: 'approval' },
    { ...visited, screen: 'approval' },
    { state: 'DITOLAK', label: 'Ditolak provinsi', task: 'Perbaiki dan sahkan ulang, atau tutup.' },
  ],
  administrator: [],
};

/** How many cases wait for a role, drafts of one's own not counted. */
export function waitingCount(counts: { byState: Partial<Record<CaseState, number>> }, role: Role): number {
  return queues[role].reduce((sum, queue) => sum + (counts.byState[queue.state] ?? 0), 0);
}
