import { z } from 'zod';
import { MuskelTraits, MuskelVerdict, YesNo } from '../../shared/domain/muskel.ts';
import { Sex } from '../../shared/domain/person.ts';

/** The areas of a list, each with its code, as the head of the printed list has them. */
export const AreaHead = z.object({
  lines: z.array(z.object({ label: z.string(), code: z.string(), name: z.string() })),
});

/** A family on the printed list. */
export const ListedFamily = z.object({
  no: z.number(),
  number: z.string(),
  head: z.string(),
  sex: Sex,
  spouse: z.string().nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  nik: z.string().nullable(),
  /** Belum ada dalam data terpadu. */
  isNew: z.boolean(),
  verdict: MuskelVerdict.nullable(),
  traits: MuskelTraits,
});
export type ListedFamily = z.infer<typeof ListedFamily>;

/** A meeting as papers name it. */
export const MeetingFacts = z.object({
  name: z.string(),
  period: z.string(),
  heldOn: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  place: z.string(),
  areas: z.string(),
});
export type MeetingFacts = z.infer<typeof MeetingFacts>;

export const ProposedFamily = z.object({
  name: z.string(),
  sex: Sex,
  spouse: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  proposer: z.string(),
  capable: YesNo,
});
