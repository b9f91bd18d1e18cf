import type { FormBatch } from '../../electron/printing/verification-form.ts';
import { batch, form, instrument } from '../fixtures/papers.ts';

/** BDT 2015 cut to what fills two pages, for a household of one; the bar of the office is set on it. */
const twoPageInstrument = {
  ...instrument,
  household: instrument.household.slice(1),
  process: [],
  member: instrument.member.map((group) => ({ ...group, questions: group.questions.slice(0, 14) })),
};

export function twoPageForms(count: number): FormBatch {
  return batch(
    Array.from({ length: count }, (_, index) => form(1, index + 1)),
    { instrument: twoPageInstrument },
  );
}

/** The form as offices print it, for households of one to six. */
export function wholeForms(count: number): FormBatch {
  return batch(Array.from({ length: count }, (_, index) => form(1 + (index % 6), index + 1)));
}
