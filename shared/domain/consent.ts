import { z } from 'zod';

/** How the family agreed that its data is kept and sent to the province; typed by its number. */
export const Consent = z.enum(['1', '2', '3', '4']);
export type Consent = z.infer<typeof Consent>;

/** The answer of a family that does not want its data to be shared. */
export const refusal: Consent = '4';

export const consentLabel: Record<Consent, string> = {
  '1': 'Tanda tangan atau cap jempol di formulir',
  '2': 'Lisan, di hadapan petugas',
  '3': 'Oleh wali atau wakil yang sah',
  '4': 'Tidak setuju datanya dibagikan',
};

/** What became of a family's consent, as the journal words it; null where nothing is recorded. */
export function consentChange(before: Consent | null, after: Consent | null): string {
  const said = after === null ? 'Belum ada persetujuan yang tercatat' : consentLabel[after];
  return before === null || before === after ? said : `${consentLabel[before]} → ${said}`;
}
