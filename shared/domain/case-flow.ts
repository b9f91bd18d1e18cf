import { z } from 'zod';
import { detours } from './case-detours.ts';
import { restoreFlow } from './case-flow-restore.ts';
import type { DocumentKind } from './document.ts';
import type { Role } from './role.ts';

/**
 * The way of a case, as one table. Services refuse by it, screens offer by it, the handbook draws it.
 * A state without an exit, or an edge that leads nowhere, is caught in `case-flow.test.ts`.
 */
export const CaseState = z.enum([
  'DRAF',
  'MENUNGGU_LURAH',
  'DIKEMBALIKAN',
  'DITOLAK_LURAH',
  'TERDAFTAR',
  'TERIDENTIFIKASI',
  'DAFTAR_SASARAN',
  'MUSKEL_LAYAK',
  'MUSKEL_TIDAK_LAYAK',
  'MUSKEL_TIDAK_DITEMUKAN',
  'MUSKEL_GANDA',
  'DITUGASKAN',
  'DICACAH',
  'DIPERIKSA',
  'DISAHKAN',
  'TERKIRIM',
  'DITERIMA',
  'DITOLAK',
  'DITARIK',
  'DITUTUP',
  'DIGABUNG',
]);
export type CaseState = z.infer<typeof CaseState>;

export const CaseAction = z.enum([
  'daftarkan',
  'ajukan_ke_lurah',
  'setujui_pendaftaran',
  'kembalikan_pendaftaran',
  'tolak_pendaftaran',
  'ajukan_ulang',
  'buka_kembali_penolakan',
  'tetapkan_identifikasi',
  'batalkan_identifikasi',
  'masukkan_daftar_sasaran',
  'keluarkan_dari_daftar',
  'catat_muskel_layak',
  'catat_muskel_tidak_layak',
  'catat_muskel_tidak_ditemukan',
  'catat_muskel_ganda',
  'lewati_muskel',
  'batalkan_muskel',
  'tugaskan',
  'batalkan_penugasan',
  'catat_hasil_kunjungan',
  'setujui_pemeriksaan',
  'kembalikan_ke_petugas',
  'batalkan_pemeriksaan',
  'sahkan',
  'catat_terkirim',
  'catat_diterima',
  'catat_ditolak',
  'perbaiki_dan_sahkan_ulang',
  'sahkan_perbaikan',
  'selesaikan_pertentangan',
  'tarik_kembali',
  'batalkan_penarikan',
  'pulihkan_dari_provinsi',
  'pulihkan_penarikan',
  'tutup',
  'buka_kembali',
  'gabungkan',
  'pisahkan',
  'tutup_peristiwa',
  'batalkan_peristiwa',
]);
export type CaseAction = z.infer<typeof CaseAction>;

/** What must hold before a step may be taken; the service checks it, the screen says what is missing. */
export type Need = 'pencocokan_diputuskan' | 'petugas_lapangan' | 'hasil_kunjungan';

export interface Edge {
  from: CaseState;
  action: CaseAction;
  to: CaseState;
  /** Roles that may take the step; 'sistem' is the office itself (the push). */
  by: readonly (Role | 'sistem')[];
  reason: boolean;
  needs?: Need;
  /** Which printed paper the step brings with it. */
  document?: DocumentKind;
  /** Nobody takes this step on a case that they themselves entered. */
  notByEnterer?: true;
  /** Undoes an earlier step. */
  revokes?: CaseAction;
  /** Leads back to where the case came from: one of several edges, the record of the revoked step says which. */
  returns?: true;
  /** The step belongs to a screen with its own form; the generic step buttons leave it out. */
  ownScreen?: true;
}

const counter = ['petugas_loket', 'petugas_verifikasi'] as const;
const verification = ['petugas_verifikasi'] as const;
const lurah = ['lurah'] as const;
const reviewers = ['petugas_verifikasi', 'lurah'] as const;
const system = ['sistem'] as const;

/** Skipping the meeting is said on the case itself; a verdict is given at the meeting. */
function muskel(action: CaseAction, to: CaseState, reason: boolean): Edge {
  const ownScreen = action === 'lewati_muskel' ? {} : ({ ownScreen: true } as const);
  return { from: 'DAFTAR_SASARAN', action, to, by: reviewers, reason, ...ownScreen };
}

function revokeMuskel(from: CaseState, revokes: CaseAction): Edge {
  return { from, action: 'batalkan_muskel', to: 'DAFTAR_SASARAN', by: reviewers, reason: true, revokes };
}

function close(from: CaseState): Edge {
  return { from, action: 'tutup', to: 'DITUTUP', by: reviewers, reason: true };
}

/** What was legalised is changed only by a record of its own, which the province receives, too. */
function correct(from: CaseState): Edge[] {
  return [
    {
      from,
      action: 'sahkan_perbaikan',
      to: 'DISAHKAN',
      by: lurah,
      reason: true,
      notByEnterer: true,
      ownScreen: true,
    },
    {
      from,
      action: 'selesaikan_pertentangan',
      to: 'DISAHKAN',
      by: reviewers,
      reason: false,
      ownScreen: true,
    },
  ];
}

function retract(from: CaseState): Edge {
  return { from, action: 'tarik_kembali', to: 'DITARIK', by: lurah, reason: true };
}

export const caseFlow: readonly Edge[] = [
  // Pendaftaran
  {
    from: 'DRAF',
    action: 'daftarkan',
    to: 'TERDAFTAR',
    by: counter,
    reason: false,
    document: 'tanda_terima',
    ownScreen: true,
  },
  {
    from: 'DRAF',
    action: 'ajukan_ke_lurah',
    to: 'MENUNGGU_LURAH',
    by: counter,
    reason: true,
    document: 'tanda_terima',
    ownScreen: true,
  },
  {
    from: 'MENUNGGU_LURAH',
    action: 'setujui_pendaftaran',
    to: 'TERDAFTAR',
    by: lurah,
    reason: false,
    notByEnterer: true,
  },
  { from: 'MENUNGGU_LURAH', action: 'kembalikan_pendaftaran', to: 'DIKEMBALIKAN', by: lurah, reason: true },
  {
    from: 'MENUNGGU_LURAH',
    action: 'tolak_pendaftaran',
    to: 'DITOLAK_LURAH',
    by: lurah,
    reason: true,
    notByEnterer: true,
  },
  { from: 'DIKEMBALIKAN', action: 'ajukan_ulang', to: 'MENUNGGU_LURAH', by: counter, reason: true },
  { from: 'DITOLAK_LURAH', action: 'buka_kembali_penolakan', to: 'DIKEMBALIKAN', by: lurah, reason: true },
  // Identifikasi awal
  {
    from: 'TERDAFTAR',
    action: 'tetapkan_identifikasi',
    to: 'TERIDENTIFIKASI',
    by: verification,
    reason: false,
    needs: 'pencocokan_diputuskan',
    ownScreen: true,
  },
  {
    from: 'TERIDENTIFIKASI',
    action: 'batalkan_identifikasi',
    to: 'TERDAFTAR',
    by: verification,
    reason: true,
    revokes: 'tetapkan_identifikasi',
  },
  {
    from: 'TERIDENTIFIKASI',
    action: 'masukkan_daftar_sasaran',
    to: 'DAFTAR_SASARAN',
    by: verification,
    reason: false,
  },
  close('TERIDENTIFIKASI'),
  {
    from: 'DAFTAR_SASARAN',
    action: 'keluarkan_dari_daftar',
    to: 'TERIDENTIFIKASI',
    by: verification,
    reason: true,
    revokes: 'masukkan_daftar_sasaran',
  },
  // Musyawarah kelurahan
  muskel('catat_muskel_layak', 'MUSKEL_LAYAK', false),
  muskel('catat_muskel_tidak_layak', 'MUSKEL_TIDAK_LAYAK', true),
  muskel('catat_muskel_tidak_ditemukan', 'MUSKEL_TIDAK_DITEMUKAN', true),
  muskel('catat_muskel_ganda', 'MUSKEL_GANDA', true),
  muskel('lewati_muskel', 'MUSKEL_LAYAK', true),
  revokeMuskel('MUSKEL_LAYAK', 'catat_muskel_layak'),
  revokeMuskel('MUSKEL_TIDAK_LAYAK', 'catat_muskel_tidak_layak'),
  revokeMuskel('MUSKEL_TIDAK_DITEMUKAN', 'catat_muskel_tidak_ditemukan'),
  revokeMuskel('MUSKEL_GANDA', 'catat_muskel_ganda'),
  close('MUSKEL_TIDAK_LAYAK'),
  close('MUSKEL_TIDAK_DITEMUKAN'),
  close('MUSKEL_GANDA'),
  // Verifikasi lapangan
  {
    from: 'MUSKEL_LAYAK',
    action: 'tugaskan',
    to: 'DITUGASKAN',
    by: verification,
    reason: false,
    needs: 'petugas_lapangan',
    document: 'formulir_verifikasi',
    ownScreen: true,
  },
  {
    from: 'DITUGASKAN',
    action: 'batalkan_penugasan',
    to: 'MUSKEL_LAYAK',
    by: reviewers,
    reason: true,
    revokes: 'tugaskan',
  },
  {
    from: 'DITUGASKAN',
    action: 'catat_hasil_kunjungan',
    to: 'DICACAH',
    by: verification,
    reason: false,
    needs: 'hasil_kunjungan',
    ownScreen: true,
  },
  {
    from: 'DICACAH',
    action: 'kembalikan_ke_petugas',
    to: 'DITUGASKAN',
    by: reviewers,
    reason: true,
    revokes: 'catat_hasil_kunjungan',
  },
  {
    from: 'DICACAH',
    action: 'setujui_pemeriksaan',
    to: 'DIPERIKSA',
    by: reviewers,
    reason: false,
    notByEnterer: true,
  },
  {
    from: 'DIPERIKSA',
    action: 'batalkan_pemeriksaan',
    to: 'DICACAH',
    by: reviewers,
    reason: true,
    revokes: 'setujui_pemeriksaan',
  },
  // Pengesahan; from here on only a correction record changes the case.
  { from: 'DIPERIKSA', action: 'sahkan', to: 'DISAHKAN', by: lurah, reason: false, notByEnterer: true },
  // Pengiriman
  { from: 'DISAHKAN', action: 'catat_terkirim', to: 'TERKIRIM', by: system, reason: false },
  { from: 'TERKIRIM', action: 'catat_diterima', to: 'DITERIMA', by: system, reason: false },
  { from: 'TERKIRIM', action: 'catat_ditolak', to: 'DITOLAK', by: system, reason: true },
  {
    from: 'DITOLAK',
    action: 'perbaiki_dan_sahkan_ulang',
    to: 'DISAHKAN',
    by: lurah,
    reason: true,
    notByEnterer: true,
  },
  close('DITOLAK'),
  // Perbaikan dan penarikan sesudah pengesahan
  ...correct('DISAHKAN'),
  ...correct('TERKIRIM'),
  ...correct('DITERIMA'),
  retract('DISAHKAN'),
  retract('TERKIRIM'),
  retract('DITERIMA'),
  {
    from: 'DITARIK',
    action: 'batalkan_penarikan',
    to: 'DISAHKAN',
    by: lurah,
    reason: true,
    notByEnterer: true,
    revokes: 'tarik_kembali',
  },
  {
    // Takes the lurah's word back as well.
    from: 'DITARIK',
    action: 'selesaikan_pertentangan',
    to: 'DISAHKAN',
    by: lurah,
    reason: false,
    ownScreen: true,
    notByEnterer: true,
  },
  { from: 'DITARIK', action: 'catat_ditolak', to: 'DITOLAK', by: system, reason: true },
  { from: 'DITUTUP', action: 'buka_kembali', to: 'TERIDENTIFIKASI', by: reviewers, reason: true },
  // Sesudah memulihkan cadangan lama
  ...restoreFlow,
  ...detours,
];

/** States where the way ends well: nothing is left for the office to do. */
export const finalStates: readonly CaseState[] = ['DITERIMA'];

/** States in which what the family reported may still be corrected in the office. */
export const editableStates: readonly CaseState[] = ['DIKEMBALIKAN', 'TERDAFTAR'];

/** States in which a correction of what was legalised may be proposed; the lurah decides on it. */
export const correctableStates: readonly CaseState[] = ['DISAHKAN', 'TERKIRIM', 'DITERIMA', 'DITOLAK'];

/** The step by which an approved correction of what was legalised is carried out; no edge leads it out of other states. */
export function stepOfCorrection(from: CaseState): 'perbaiki_dan_sahkan_ulang' | 'sahkan_perbaikan' {
  return from === 'DITOLAK' ? 'perbaiki_dan_sahkan_ulang' : 'sahkan_perbaikan';
}

/** States in which a case takes no further files: what the lurah legalised stands. */
export const closedForFiles: readonly CaseState[] = ['DISAHKAN', 'TERKIRIM', 'DITERIMA', 'DITUTUP'];

/** The edge of an action out of a state, or null where the table has none; `to` tells those that return apart. */
export function findEdge(from: CaseState, action: CaseAction, to?: CaseState): Edge | null {
  return (
    caseFlow.find(
      (edge) => edge.from === from && edge.action === action && (to === undefined || edge.to === to),
    ) ?? null
  );
}

/** The steps this role may take from a state, in the order of the table. */
export function stepsFrom(from: CaseState, role: Role): Edge[] {
  return caseFlow.filter((edge) => edge.from === from && edge.by.includes(role));
}
