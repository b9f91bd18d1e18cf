import type { CaseState, Edge } from './case-flow.ts';

/** What the province proves to hold was legalised, though this register has forgotten it (an old backup). */
function restore(from: CaseState): Edge {
  return { from, action: 'pulihkan_dari_provinsi', to: 'DITERIMA', by: ['sistem'], reason: false };
}

/** Part of the table of edges: how a case catches up with what the province holds of it, or takes no more. */
export const restoreFlow: readonly Edge[] = [
  restore('MENUNGGU_LURAH'),
  restore('DIKEMBALIKAN'),
  restore('TERDAFTAR'),
  restore('TERIDENTIFIKASI'),
  restore('DAFTAR_SASARAN'),
  restore('MUSKEL_LAYAK'),
  restore('DITUGASKAN'),
  restore('DICACAH'),
  restore('DIPERIKSA'),
  restore('DITOLAK'),
  restore('DITARIK'),
  { from: 'DITERIMA', action: 'pulihkan_penarikan', to: 'DITARIK', by: ['sistem'], reason: false },
  // A record that the province had lost was sent again, and is not taken any more.
  { from: 'DITERIMA', action: 'catat_ditolak', to: 'DITOLAK', by: ['sistem'], reason: true },
];
