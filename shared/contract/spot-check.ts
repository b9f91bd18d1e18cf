import { z } from 'zod';
import { CaseState } from '../domain/case-flow.ts';
import { Question } from '../domain/instrument.ts';
import { IsoInstant } from '../domain/person.ts';
import { SpotCheckEntry } from '../domain/spot-check.ts';

/** A family that was drawn to be visited a second time. */
export const SpotCheck = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  number: z.string(),
  state: CaseState,
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  /** Whose visit is checked. */
  enumerator: z.string(),
  drawnAt: IsoInstant,
  drawnByName: z.string(),
  version: z.int().positive(),
  finishedAt: IsoInstant.nullable(),
  entry: SpotCheckEntry,
});
export type SpotCheck = z.infer<typeof SpotCheck>;

export const SpotCheckLineOut = z.object({
  field: z.string(),
  /** Title of the part of the questionnaire, or the name of the member. */
  group: z.string(),
  question: Question,
  recorded: z.string(),
});

export const SpotCheckDetail = z.object({ check: SpotCheck, lines: z.array(SpotCheckLineOut) });
export type SpotCheckDetail = z.infer<typeof SpotCheckDetail>;

const Ref = z.object({ checkId: z.uuid() });

/** Input of the document `kunjungan_ulang`: the forms of these checks, one behind the other. */
export const PrintSpotChecks = z.object({ checkIds: z.array(z.uuid()).min(1).max(100) });
export type PrintSpotChecks = z.infer<typeof PrintSpotChecks>;

export const spotCheckContract = {
  list: {
    output: z.object({
      checks: z.array(SpotCheck),
      /** Finished visits that can still be drawn, by officer. */
      drawable: z.array(z.object({ enumerator: z.string(), visits: z.int() })),
    }),
  },
  /** Draws so many visits by lot, of one officer or of all. */
  draw: {
    input: z.object({ count: z.int().min(1).max(50), enumerator: z.string().max(120).nullable() }),
    output: z.object({ drawn: z.int() }),
  },
  read: { input: Ref, output: SpotCheckDetail },
  /** Saves what was typed; `done` finishes the check. */
  save: {
    input: Ref.extend({ version: z.int().positive(), entry: SpotCheckEntry, done: z.boolean() }),
    output: z.object({ version: z.int() }),
  },
};
