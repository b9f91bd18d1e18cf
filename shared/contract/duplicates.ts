import { z } from 'zod';
import { DraftHousehold } from '../domain/draft.ts';
import { IsoInstant } from '../domain/person.ts';
import { Problem } from './jobs.ts';

/** Where a likely family was found: a case of the register, somebody's draft, a reference list. */
export const DuplicateKind = z.enum(['berkas', 'draf', 'acuan']);
export type DuplicateKind = z.infer<typeof DuplicateKind>;

export const duplicateKindLabel: Record<DuplicateKind, string> = {
  berkas: 'Berkas',
  draf: 'Draf',
  acuan: 'Daftar acuan',
};

/** Why a family is shown: who of it looks like whom, by which fields. */
export const DuplicateReason = z.object({
  /** Name as typed; empty while only a number was typed. */
  reportedName: z.string(),
  otherName: z.string(),
  same: z.array(z.string()),
  different: z.array(z.string()),
});
export type DuplicateReason = z.infer<typeof DuplicateReason>;

export const LikelyFamily = z.object({
  kind: DuplicateKind,
  /** Id of the case, draft or household of a list. */
  id: z.string(),
  /** "Berkas MPM/2026/0012", "Draf Siti", "BDT 2015 Gambir". */
  label: z.string(),
  /** State of the case, time of the draft, date of the list. */
  detail: z.string(),
  /** Name of the head, or of the first who was recognised. */
  headName: z.string(),
  address: z.string(),
  /** "Hampir pasti keluarga yang sama." */
  verdict: z.string(),
  sure: z.boolean(),
  why: z.array(DuplicateReason),
  /** What KK and address say, e.g. `No KK sama`. */
  household: z.array(z.string()),
  members: z.array(z.string()),
});
export type LikelyFamily = z.infer<typeof LikelyFamily>;

/** "Bukan keluarga yang sama", as somebody said of this draft. */
export const DeclinedFamily = z.object({
  verdictId: z.string(),
  kind: DuplicateKind,
  label: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: IsoInstant,
});
export type DeclinedFamily = z.infer<typeof DeclinedFamily>;

export const DuplicateHint = z.object({
  families: z.array(LikelyFamily),
  declined: z.array(DeclinedFamily),
  /** Set where a search word was so common that it was left out: more may exist than is shown. */
  incomplete: z.boolean(),
  /** Set where so many share a No KK that was typed that nobody was looked for by it. */
  crowded: z.boolean(),
  /** Set while keys are renewed: who stands there may not be found yet. */
  renewing: Problem.nullable(),
});
export type DuplicateHint = z.infer<typeof DuplicateHint>;

/** A family that was found, and the draft beside which it was. */
const Other = z.object({ draftId: z.uuid(), kind: DuplicateKind, otherId: z.string().min(1).max(60) });

export const duplicatesContract = {
  hint: { input: z.object({ draftId: z.uuid(), body: DraftHousehold }), output: DuplicateHint },
  /** The whole family as a draft, numbers and mothers' names too, every field of it still to be looked at. */
  take: { input: Other, output: DraftHousehold },
  decline: {
    input: Other.extend({
      reason: z.string().trim().min(1, 'Tulis alasannya dengan singkat.').max(300),
    }),
  },
  restore: { input: z.object({ draftId: z.uuid(), verdictId: z.uuid() }) },
};
