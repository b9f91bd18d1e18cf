import { z } from 'zod';
import { Answers } from './answers.ts';
import { allHold, Condition } from './condition.ts';
import { Sex } from './person.ts';

export { Answers } from './answers.ts';

/**
 * An instrument (questionnaire) is data with a version: `resources/instruments/<id>-<version>.json`.
 * One evaluator serves the screen, the paper, the import and the export; a new version is a new file,
 * not code.
 */
export const InstrumentOption = z.object({
  /** As printed and exchanged. */
  code: z.string(),
  label: z.string(),
  /**
   * What is kept where that is not the code: Ya/Tidak is printed 1/2 for one asset and 3/4 for the
   * next, and kept as `ya` and `tidak`.
   */
  value: z.string().optional(),
  /** In a sum: cannot be added to others (0 none, 99 does not know). */
  exclusive: z.boolean().optional(),
});
export type InstrumentOption = z.infer<typeof InstrumentOption>;

/** What the register itself keeps of a household or a member, so that no visit asks it again. */
export const KeptFrom = z.enum([
  'name',
  'nik',
  'relation',
  'familyNo',
  'familyRelation',
  'sex',
  'birthPlace',
  'birthDate',
  'age',
  'motherName',
  'position',
  'provinsi',
  'kabkota',
  'kecamatan',
  'kelurahan',
  'address',
  'headName',
  'memberCount',
  'kk',
  'percentile',
  'visitResult',
  'visitDate',
  'enumerator',
  'muskelStatus',
  'muskelReason',
  'muskelAble',
  'dukcapilMatch',
  'photos',
]);
export type KeptFrom = z.infer<typeof KeptFrom>;

export const Question = z.object({
  /** Field name of the instrument, e.g. `lantai`. */
  id: z.string(),
  /** Number printed on the paper, e.g. `3.4`. */
  no: z.string(),
  label: z.string(),
  help: z.string().nullable().default(null),
  /** `sum` adds up the codes that apply (1, 2, 4 …); `ticks` names any of them; dates are ISO. */
  kind: z.enum(['choice', 'number', 'text', 'sum', 'date', 'ticks']),
  options: z.array(InstrumentOption).default([]),
  /** The question whose printed list of codes this one shares. */
  codesOf: z.string().nullable().default(null),
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
  sex: Sex.nullable().default(null),
  required: z.boolean().default(true),
  /** Members only: says whether the visit found them. Answers by which they are not of the household, and the one of a newcomer. */
  presence: z
    .object({ gone: z.array(z.string()), added: z.string() })
    .nullable()
    .default(null),
  /** Name in exchanged files, where it is not the id. */
  column: z.string().nullable().default(null),
  /** Kept by the register, not asked; `codes` says how its values are written. */
  kept: z
    .object({ from: KeptFrom, codes: z.record(z.string(), z.string()).optional() })
    .nullable()
    .default(null),
});
export type Question = z.infer<typeof Question>;

export const QuestionGroup = z.object({
  no: z.string(),
  title: z.string(),
  questions: z.array(Question).min(1),
});
export type QuestionGroup = z.infer<typeof QuestionGroup>;

/** An error holds the visit back; a warning lets pass with a reason. */
export const FindingLevel = z.enum(['blokir', 'peringatan']);
export type FindingLevel = z.infer<typeof FindingLevel>;

/** What cannot be, or hardly is, between several answers. */
export const Rule = z.object({
  id: z.string(),
  level: FindingLevel,
  of: z.enum(['household', 'family', 'member']),
  /** Where it is said and mended. */
  field: z.string(),
  /** The contradiction: all of these hold. */
  when: z.array(Condition).min(1),
  message: z.string(),
});
export type Rule = z.infer<typeof Rule>;

/** Where files under this instrument come from, and what is known to be wrong with them. */
export const Origin = z.object({
  id: z.string(),
  title: z.string(),
  /** Codes of that origin and the instrument's own, by field: shifted lists are put right here. */
  recode: z.record(z.string(), z.record(z.string(), z.string())),
  /** Fields that may be wrong in files of that origin: shown as doubtful, never ranked on alone. */
  doubtful: z.array(z.string()),
});
export type Origin = z.infer<typeof Origin>;

export const Instrument = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^[1-9]\d*$/),
  /** New sheets take the newest version whose day has come. */
  validFrom: z.string().default('2000-01-01'),
  title: z.string(),
  source: z.string(),
  /** Whom one record describes: a roof, or each family under it. */
  unit: z.enum(['rumah_tangga', 'keluarga']).default('rumah_tangga'),
  /** Sources of reference lists that answer under this instrument's fields and codes. */
  lists: z.array(z.string()).default([]),
  /** How the form's own blocks are numbered, beside those of the instrument. */
  blocks: z
    .object({ identity: z.string(), roster: z.string(), visit: z.string() })
    .default({ identity: 'I', roster: 'II', visit: 'III' }),
  /** Asked once a roof. */
  household: z.array(QuestionGroup).min(1),
  /** Asked of each family under the roof, where `unit` says that a record describes one. */
  family: z.array(QuestionGroup).default([]),
  member: z.array(QuestionGroup).min(1),
  /** Asked once, after the members: documents, photos, the officers' own numbers. */
  process: z.array(QuestionGroup).default([]),
  rules: z.array(Rule).default([]),
  origins: z.array(Origin).default([]),
});
export type Instrument = z.infer<typeof Instrument>;

export interface Subject {
  /** Age in years on the day of the visit; null for a household, or where it is not known. */
  age: number | null;
  sex: 'L' | 'P' | null;
  /** What the register keeps of them, by field of the instrument. */
  kept?: Answers;
}

export interface AnswerFinding {
  question: string;
  message: string;
}

const household: Subject = { age: null, sex: null };

export function questionsOf(groups: readonly QuestionGroup[]): Question[] {
  return groups.flatMap((group) => group.questions);
}

/** Number of a row in one of the form's own blocks: `1.2` in block I, `A2` in block A. */
export function rowNumber(block: string, index: number): string {
  const roman = ['I', 'II', 'III'].indexOf(block) + 1;
  return roman > 0 ? `${roman}.${index}` : `${block}${index}`;
}

/** What is kept where this option is chosen. */
export function valueOf(option: InstrumentOption): string {
  return option.value ?? option.code;
}

/** Whether a question is to be asked, given the answers before it. */
export function isAsked(question: Question, answers: Answers, subject: Subject = household): boolean {
  if (question.kept !== null || !concerns(question, subject)) return false;
  const { kept } = subject;
  return allHold(question.when, { answers: kept === undefined ? answers : { ...kept, ...answers } });
}

/** Whether age and sex let a question be asked of them; an age that is not known does. */
export function concerns(
  { sex, minAge, maxAge }: Question,
  subject: Pick<Subject, 'age' | 'sex'> = household,
): boolean {
  if (sex !== null && subject.sex !== sex) return false;
  if (subject.age === null) return true;
  return subject.age >= (minAge ?? -Infinity) && subject.age <= (maxAge ?? Infinity);
}

/** What is wrong with one answer, or null. */
export function inspectAnswer(question: Question, answer: string | undefined): string | null {
  const value = answer?.trim() ?? '';
  if (value === '') return question.required ? 'Belum diisi.' : null;
  switch (question.kind) {
    case 'choice':
      return question.options.some((option) => valueOf(option) === value)
        ? null
        : `Kode ${value} tidak ada. Pilihannya ${codesOf(question)}.`;
    case 'sum':
      return partsOf(question, value) === null
        ? `${value} bukan jumlah dari kode ${codesOf(question)}.${exclusiveWords(question)}`
        : null;
    case 'ticks':
      return value.split(' ').every((code) => question.options.some((option) => option.code === code))
        ? null
        : `Pilihannya ${codesOf(question)}.`;
    case 'number': {
      if (!/^\d+$/.test(value)) return 'Isi dengan angka bulat.';
      const number = Number(value);
      if (question.min !== null && number < question.min) return `Paling kecil ${question.min}.`;
      if (question.max !== null && number > question.max) return `Paling besar ${question.max}.`;
      return null;
    }
    case 'date':
      return isDay(value) ? null : 'Tanggal ini tidak ada di kalender.';
    case 'text':
      return value.length > 200 ? 'Paling panjang 200 huruf.' : null;
  }
}

function codesOf(question: Question): string {
  return question.options.map((option) => option.code).join(', ');
}

function exclusiveWords(question: Question): string {
  const alone = question.options.filter(isExclusive).map((option) => option.code);
  return alone.length === 0 ? '' : ` Kode ${alone.join(' dan ')} berdiri sendiri.`;
}

function isExclusive(option: InstrumentOption): boolean {
  return option.exclusive ?? option.code === '0';
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** The options a sum is made of, or null where it is no sum of them: 5 of KTP (4) and akta (1). */
export function partsOf(question: Question, sum: string): InstrumentOption[] | null {
  if (!/^\d+$/.test(sum)) return null;
  const alone = question.options.find((option) => isExclusive(option) && Number(option.code) === Number(sum));
  if (alone !== undefined) return [alone];
  const parts = question.options.filter(
    (option) => !isExclusive(option) && (Number(sum) & Number(option.code)) === Number(option.code),
  );
  const total = parts.reduce((all, option) => all + Number(option.code), 0);
  return parts.length > 0 && total === Number(sum) ? parts : null;
}

/** `Keramik`, as the option says it; a number or text as it stands; null for none. */
export function answerWords(question: Question, answer: string | undefined): string | null {
  const value = answer?.trim() ?? '';
  if (value === '') return null;
  if (question.kind === 'sum')
    return (
      partsOf(question, value)
        ?.map((option) => option.label)
        .join(' + ') ?? value
    );
  if (question.kind === 'date') return value.split('-').toReversed().join('-');
  return question.options.find((option) => valueOf(option) === value)?.label ?? value;
}

/** Everything wrong with a set of answers; an answer to a question that was not to be asked counts. */
export function inspectAnswers(
  groups: readonly QuestionGroup[],
  answers: Answers,
  subject: Subject = household,
): AnswerFinding[] {
  const found: AnswerFinding[] = [];
  for (const question of questionsOf(groups)) {
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

/**
 * Of what was typed, the questions that were to be asked and the answers that count. Conditions look
 * at answers that count themselves: what hangs on a skipped question is skipped too.
 */
export function readAnswers(
  groups: readonly QuestionGroup[],
  answers: Answers,
  subject?: Subject,
): { asked: Set<string>; answers: Answers } {
  const asked = new Set<string>();
  const counted: Answers = {};
  for (const question of questionsOf(groups)) {
    if (!isAsked(question, counted, subject)) continue;
    asked.add(question.id);
    const answer = answers[question.id]?.trim() ?? '';
    if (answer !== '') counted[question.id] = answer;
  }
  return { asked, answers: counted };
}

/** Whole years between two ISO dates. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
