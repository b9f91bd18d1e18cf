import { z } from 'zod';
import { FieldChange } from '../domain/household-diff.ts';
import { LifeEvent } from '../domain/life-event.ts';

const Typed = z.object({ caseId: z.uuid(), event: LifeEvent });

/** What an event would do, before anybody asks for it. */
export const LifeEventPlan = z.object({
  changes: z.array(FieldChange),
  /** What becomes of the case where the whole family leaves or needs no help any more; else null. */
  ends: z.enum(['ditutup', 'ditarik']).nullable(),
  /** Names of those for whom a registration of their own is begun. */
  splitOff: z.array(z.string()),
});
export type LifeEventPlan = z.infer<typeof LifeEventPlan>;

export const NewLifeEvent = Typed.extend({
  reason: z.string().trim().min(1, 'Alasan wajib diisi. Tulis dengan singkat.').max(400),
  /** Number of the letter that proves it; empty where there is none. */
  letter: z.string().trim().max(80),
});
export type NewLifeEvent = z.infer<typeof NewLifeEvent>;

export const lifeEventContract = {
  preview: { input: Typed, output: LifeEventPlan },
  propose: { input: NewLifeEvent, output: z.object({ id: z.string() }) },
  /** Opens a case again that a life event closed. */
  revoke: { input: z.object({ caseId: z.uuid(), reason: z.string().trim().min(1).max(500) }) },
};
