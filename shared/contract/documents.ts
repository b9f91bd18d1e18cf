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
  /** Running number within the year, over all kinds. */
  serial: z.int().positive(),
  number: z.string(),
  kind: LetterKind,
  title: z.string(),
  dated: IsoDate,
  periodId: Period.shape.id,
  createdAt: IsoInstant,
  createdByName: z.string(),
});
export type Letter = z.infer<typeof Letter>;

/** Input of the document `cetak_ulang`: a paper of the archive, as it was. */
export const Reprint = z.object({ documentId: z.uuid() });
export type Reprint = z.infer<typeof Reprint>;

export const documentsContract = {
  archive: { input: z.object({ periodId: Period.shape.id }), output: z.array(IssuedDocument) },
  letters: {
    input: z.object({ year: z.int() }),
    output: z.object({ years: z.array(z.int()), letters: z.array(Letter) }),
  },
};
