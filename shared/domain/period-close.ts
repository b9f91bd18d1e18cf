import type { CaseAction, CaseState } from './case-flow.ts';

/** States whose case has come to an end within its period: it stays there when the period is closed. */
export const settledStates: readonly CaseState[] = [
  'DITOLAK_LURAH',
  'MUSKEL_TIDAK_LAYAK',
  'MUSKEL_TIDAK_DITEMUKAN',
  'MUSKEL_GANDA',
  'DISAHKAN',
  'TERKIRIM',
  'DITERIMA',
  'DITOLAK',
  'DITARIK',
  'DITUTUP',
];

/**
 * What people may still do to a case of a closed period: answer the province, correct or take back
 * what it was told. Everything else that
 * is found wrong becomes a correction record; the push goes on by itself.
 */
const stepsAfterClosing: readonly CaseAction[] = [
  'perbaiki_dan_sahkan_ulang',
  'sahkan_perbaikan',
  'selesaikan_pertentangan',
  'tarik_kembali',
  'batalkan_penarikan',
];

export function isStepAfterClosing(action: CaseAction): boolean {
  return stepsAfterClosing.includes(action);
}

/** States from which on only a correction record changes a case, whether or not its period is closed. */
export const legalisedStates: readonly CaseState[] = [
  'DISAHKAN',
  'TERKIRIM',
  'DITERIMA',
  'DITOLAK',
  'DITARIK',
];
