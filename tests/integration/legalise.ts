import { takeStep } from '../../electron/services/case-steps.ts';
import type { Register, ServiceActor } from '../../electron/services/register.ts';
import type { CaseAction } from '../../shared/domain/case-flow.ts';
import type { Role } from '../../shared/domain/role.ts';

export const wayToLegalise: readonly [CaseAction, Role, string | null][] = [
  ['tetapkan_identifikasi', 'petugas_verifikasi', null],
  ['masukkan_daftar_sasaran', 'petugas_verifikasi', null],
  ['lewati_muskel', 'petugas_verifikasi', 'Muskel belum diadakan'],
  ['tugaskan', 'petugas_verifikasi', null],
  ['catat_hasil_kunjungan', 'petugas_verifikasi', null],
  ['setujui_pemeriksaan', 'lurah', null],
  ['sahkan', 'lurah', null],
];

/** Takes a registered case along the table of edges; who acts is no account of the office's. */
export function legaliseCase(register: Register, caseId: string): void {
  for (const [action, role, reason] of wayToLegalise) {
    const actor: ServiceActor = { id: null, name: role, role };
    takeStep(register, actor, {
      caseId,
      action,
      reason,
      met: ['pencocokan_diputuskan', 'petugas_lapangan', 'hasil_kunjungan'],
    });
  }
}
