import { z } from 'zod';
import { DocumentKind, LetterKind } from '../domain/document.ts';
import { Period } from '../domain/period.ts';
import { IsoDate, IsoInstant } from '../domain/person.ts';

/** A paper in one of the states it was printed in. */
export const IssuedDocument = z.object({
  id: z.string(),
  kind: DocumentKind,
  number: z.string(),
  title: z.string(),
  /** 1 for the first state, more after each change of what it says. */
  version: z.int(),
  newest: z.boolean(),
  prints: z.int(),
  issuedAt: IsoInstant,
  issuedByName: z.string(),
});
export type IssuedDocument = z.infer<typeof IssuedDocument>;

/** A line of the register of letters. */
export const Letter = z.object({
  id: z.string(),
  /** Running number within the year, over all kinds; null for a number given by hand. */
  serial: z.int().positive().nullable(),
  number: z.string(),
  kind: LetterKind,
  title: z.string(),
  dated: IsoDate,
  periodId: Period.shape.id,
  createdAt: IsoInstant,
  createdByName: z.string(),
});
export type Letter = z.infer<typeof Letter>;

/** A number that the office gives a letter itself; left out, the register gives the next. */
export const LetterNumber = z.string().trim().min(1).max(80).optional();

/** Input of the document `cetak_ulang`: a paper of the archive, as it was. */
export const Reprint = z.object({ documentId: z.uuid() });
export type Reprint = z.infer<typeof Reprint>;

export const documentsContract = {
  /** The number of a letter, or the one that it would be given now. */
  letterNumber: {
    input: z.object({ kind: LetterKind, subject: z.string().max(120) }),
    output: z.object({ number: z.string().nullable(), next: z.string() }),
  },
  archive: { input: z.object({ periodId: Period.shape.id }), output: z.array(IssuedDocument) },
  letters: {
    input: z.object({ year: z.int() }),
    output: z.object({ years: z.array(z.int()), letters: z.array(Letter) }),
  },
};
