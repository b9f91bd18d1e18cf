import { z } from 'zod';

/**
 * What the visit wrote beside what the sheet was printed with, as it is typed: text, perhaps not whole
 * yet. What stands in no field stays as it was.
 */
export const VisitCorrections = z.object({
  /** By field: `address.rt`, `phone`, `families.1.kk`, `members.<id>.nik`. */
  fields: z.record(z.string().max(80), z.string().max(200)).default({}),
  /** Members whom the visit found besides those printed; what is known of them stands in `fields`. */
  added: z.array(z.uuid()).max(40).default([]),
});
export type VisitCorrections = z.infer<typeof VisitCorrections>;

export const noCorrections: VisitCorrections = { fields: {}, added: [] };

/** What the paper prints of the household and of each member with boxes beside it, in its order. */
export const correctableOfAddress = ['street', 'rt', 'rw'] as const;
export const correctableOfMember = ['name', 'relation', 'sex', 'familyNo', 'nik', 'birthDate'] as const;

export function withCorrection(corrections: VisitCorrections, field: string, text: string): VisitCorrections {
  if ((corrections.fields[field] ?? '') === text) return corrections;
  const { [field]: _, ...others } = corrections.fields;
  return { ...corrections, fields: text === '' ? others : { ...others, [field]: text } };
}

/** Somebody who was added by mistake, with everything typed of them, taken out again. */
export function withoutAdded(corrections: VisitCorrections, id: string): VisitCorrections {
  return {
    fields: Object.fromEntries(
      Object.entries(corrections.fields).filter(([field]) => !field.startsWith(`members.${id}.`)),
    ),
    added: corrections.added.filter((other) => other !== id),
  };
}
