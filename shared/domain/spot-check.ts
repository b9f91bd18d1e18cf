import { z } from 'zod';
import { inspectAnswer, type Question } from './instrument.ts';
import { IsoDate } from './person.ts';

/** What a second visit says of one answer of the first: `konfirmasi` of the revisit form. */
export const Confirmation = z.object({
  code: z.enum(['1', '2']),
  /** The right answer, where the first was not. */
  value: z.string().max(200),
});
export type Confirmation = z.infer<typeof Confirmation>;

export const confirmationLabel: Record<Confirmation['code'], string> = { '1': 'Sesuai', '2': 'Perbaikan' };

/** How the officer worked, by what the second visit found. */
export const OfficerRating = z.enum(['1', '2', '3']);
export type OfficerRating = z.infer<typeof OfficerRating>;

export const officerRatingLabel: Record<OfficerRating, string> = { '1': 'Baik', '2': 'Cukup', '3': 'Kurang' };

/** What is typed from a revisit form. */
export const SpotCheckEntry = z.object({
  checkedOn: IsoDate.nullable(),
  checker: z.string().trim().max(120),
  rating: OfficerRating.nullable(),
  note: z.string().trim().max(500),
  /** By field: `household.<question>` or `members.<id>.<question>`. */
  confirmations: z.record(z.string(), Confirmation),
});
export type SpotCheckEntry = z.infer<typeof SpotCheckEntry>;

export const emptySpotCheck: SpotCheckEntry = {
  checkedOn: null,
  checker: '',
  rating: null,
  note: '',
  confirmations: {},
};

/** An answer of the first visit, to be confirmed by the second. */
export interface SpotCheckLine {
  field: string;
  question: Question;
  recorded: string;
}

/** What a line still needs, in words; null where it is whole. */
export function inspectConfirmation(
  line: SpotCheckLine,
  confirmation: Confirmation | undefined,
): string | null {
  if (confirmation === undefined) return 'Ketik 1 sesuai atau 2 perbaikan.';
  if (confirmation.code === '1') return null;
  if (confirmation.value === line.recorded) return 'Isian ini sama dengan yang tercatat.';
  return inspectAnswer(line.question, confirmation.value);
}

/** Agreed and corrected answers of a check. */
export function countConfirmations({ confirmations }: SpotCheckEntry): { agreed: number; corrected: number } {
  const all = Object.values(confirmations);
  const agreed = all.filter(({ code }) => code === '1').length;
  return { agreed, corrected: all.length - agreed };
}
