import type { CaseState, Edge } from './case-flow.ts';

/** States in which a case can be found to be the same family as another, and be absorbed by it. */
export const absorbableStates = [
  'DIKEMBALIKAN',
  'TERDAFTAR',
  'TERIDENTIFIKASI',
  'DAFTAR_SASARAN',
  'MUSKEL_GANDA',
  // Taken back from the province; that record says where it went.
  'DITARIK',
] as const satisfies readonly CaseState[];

function mergeAndBack(from: CaseState): Edge[] {
  return [
    { from, action: 'gabungkan', to: 'DIGABUNG', by: ['petugas_verifikasi'], reason: true, ownScreen: true },
    {
      from: 'DIGABUNG',
      action: 'pisahkan',
      to: from,
      by: ['petugas_verifikasi'],
      reason: true,
      revokes: 'gabungkan',
      returns: true,
      ownScreen: true,
    },
  ];
}

/** States of a case on its way, which ends where the whole family leaves or needs no help any more. */
export const leavableStates = [
  'DIKEMBALIKAN',
  'TERDAFTAR',
  'TERIDENTIFIKASI',
  'DAFTAR_SASARAN',
  'MUSKEL_LAYAK',
  'DITUGASKAN',
  'DICACAH',
  'DIPERIKSA',
] as const satisfies readonly CaseState[];

function leaveAndBack(from: CaseState): Edge[] {
  const shared = { by: ['lurah'], reason: true, ownScreen: true } as const;
  return [
    { from, action: 'tutup_peristiwa', to: 'DITUTUP', ...shared },
    {
      from: 'DITUTUP',
      action: 'batalkan_peristiwa',
      to: from,
      revokes: 'tutup_peristiwa',
      returns: true,
      ...shared,
    },
  ];
}

/** Edges that leave the way and lead back to where they left it. */
export const detours: readonly Edge[] = [
  // Dua berkas satu keluarga: yang satu masuk ke yang lain, dan dapat dipisahkan lagi.
  ...absorbableStates.flatMap(mergeAndBack),
  // Seluruh keluarga pergi atau lulus: berkasnya ditutup dengan persetujuan lurah, dan dapat dibuka lagi.
  ...leavableStates.flatMap(leaveAndBack),
];
