import { z } from 'zod';

/** How a visit ended: `hasil_verivali` of the verification form, codes 1–6. */
export const VisitResult = z.enum(['1', '2', '3', '4', '5', '6']);
export type VisitResult = z.infer<typeof VisitResult>;

export const visitResultLabel: Record<VisitResult, string> = {
  '1': 'Selesai dicacah',
  '2': 'Rumah tangga tidak ditemukan',
  '3': 'Pindah atau bangunan sudah tidak ada',
  '4': 'Bagian dari rumah tangga lain di daftar',
  '5': 'Responden menolak',
  '6': 'Data ganda',
};
