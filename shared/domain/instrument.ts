import { z } from 'zod';

/**
 * An instrument (questionnaire) is data with a version: `resources/instruments/<id>.json`. One
 * evaluator serves the screen, the paper and the import; a new version is a new file, not code.
 */
export const InstrumentOption = z.object({ code: z.string(), label: z.string() });

/** `when` holds if the answer of `field` is one of `in`. All conditions of a question must hold. */
export const Condition = z.object({ field: z.string(), in: z.array(z.string()).min(1) });

export const Question = z.object({
  /** Field name of the instrument, e.g. `lantai`. */
  id: z.string(),
  /** Number printed on the paper, e.g. `3.4`. */
  no: z.string(),
  label: z.string(),
  help: z.string().nullable().default(null),
  kind: z.enum(['choice', 'number', 'text']),
  options: z.array(InstrumentOption).default([]),
  /** Number of boxes on paper (and most digits typed) for numbers. */
  digits: z.int().positive().default(2),
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  /** Asked only when all of these hold. */
  when: z.array(Condition).default([]),
  /** Members only: asked from this age on, in years. */
  minAge: z.int().nullable().default(null),
  maxAge: z.int().nullable().default(null),
  /** Members only: asked only of this sex. */
  sex: z.enum(['L', 'P']).nullable().default(null),
  required: z.boolean().default(true),
});
export type Question = z.infer<typeof Question>;

export const QuestionGroup = z.object({
  no: z.string(),
  title: z.string(),
  questions: z.array(Question).min(1),
});
export type QuestionGroup = z.infer<typeof QuestionGroup>;

export const Instrument = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  source: z.string(),
  household: z.array(QuestionGroup).min(1),
  member: z.array(QuestionGroup).min(1),
});
export type Instrument = z.infer<typeof Instrument>;

export const Answers = z.record(z.string(), z.string());
export type Answers = z.infer<typeof Answers>;

export interface Subject {
  /** Age in years on the day of the visit; null for a household, or where it is not known. */
  age: number | null;
  sex: 'L' | 'P' | null;
}

export interface AnswerFinding {
  question: string;
  message: string;
}

const household: Subject = { age: null, sex: null };

/** Whether a question is to be asked, given the answers before it. */
export function isAsked(question: Question, answers: Answers, subject: Subject = household): boolean {
  if (question.sex !== null && subject.sex !== question.sex) return false;
  if (question.minAge !== null && subject.age !== null && subject.age < question.minAge) return false;
  if (question.maxAge !== null && subject.age !== null && subject.age > question.maxAge) return false;
  return question.when.every((condition) => condition.in.includes(answers[condition.field] ?? ''));
}

/** What is wrong with one answer, or null. */
export function inspectAnswer(question: Question, answer: string | undefined): string | null {
  const value = answer?.trim() ?? '';
  if (value === '') return question.required ? 'Belum diisi.' : null;
  switch (question.kind) {
    case 'choice':
      return question.options.some((option) => option.code === value)
        ? null
        : `Kode ${value} tidak ada. Pilihannya ${question.options.map((option) => option.code).join(', ')}.`;
    case 'number': {
      if (!/^\d+$/.test(value)) return 'Isi dengan angka bulat.';
      const number = Number(value);
      if (question.min !== null && number < question.min) return `Paling kecil ${question.min}.`;
      if (question.max !== null && number > question.max) return `Paling besar ${question.max}.`;
      return null;
    }
    case 'text':
      return value.length > 200 ? 'Paling panjang 200 huruf.' : null;
  }
}

/** Everything wrong with a set of answers; an answer to a question that was not to be asked counts. */
export function inspectAnswers(
  groups: readonly QuestionGroup[],
  answers: Answers,
  subject: Subject = household,
): AnswerFinding[] {
  const found: AnswerFinding[] = [];
  for (const question of groups.flatMap((group) => group.questions)) {
    const asked = isAsked(question, answers, subject);
    const answer = answers[question.id];
    if (!asked && answer !== undefined && answer !== '') {
      found.push({
        question: question.id,
        message: 'Pertanyaan ini dilewati menurut jawaban sebelumnya; kosongkan.',
      });
    }
    const message = asked ? inspectAnswer(question, answer) : null;
    if (message !== null) found.push({ question: question.id, message });
  }
  return found;
}

/** Whole years between two ISO dates. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
