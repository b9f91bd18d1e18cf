import { z } from 'zod';

/** Why a person has no NIK yet; typed by its number. */
export const NoNikReason = z.enum(['1', '2', '3', '4', '5']);
export type NoNikReason = z.infer<typeof NoNikReason>;

export const noNikReasonLabel: Record<NoNikReason, string> = {
  '1': 'Bayi, kelahirannya belum dilaporkan',
  '2': 'Belum pernah direkam Dukcapil',
  '3': 'Dokumen hilang, nomornya tidak diingat',
  '4': 'Sedang diurus di Dukcapil',
  '5': 'Orang terlantar atau tidak diketahui asalnya',
};

/**
 * A provisional identity, by which the office can speak of a person without NIK: `BN-KTRW-QMHX`. It
 * has letters only and another length, so that nothing and nobody takes it for a NIK; vowels are left
 * out, so that it spells no word.
 */
export const ProvisionalCode = z.string().regex(/^BN-[B-DF-HJ-NP-TV-Z]{4}-[B-DF-HJ-NP-TV-Z]{4}$/);

const letters = 'BCDFGHJKLMNPQRSTVWXYZ';

/** Makes one of eight random bytes. */
export function provisionalCode(random: Uint8Array): string {
  const drawn = Array.from(random.subarray(0, 8), (byte) => letters[byte % letters.length]).join('');
  return `BN-${drawn.slice(0, 4)}-${drawn.slice(4)}`;
}
