import { z } from 'zod';
import type { Answers } from './answers.ts';

/**
 * What a question is asked by, and what a rule objects to, as data. Fields are names of the
 * instrument; those the register keeps (age, relation …) answer under their own names too. What has
 * no answer meets no condition.
 */
export type Condition =
  /** Answered with one of these stored values. */
  | { field: string; in: string[] }
  /** A number within bounds. */
  | { field: string; min?: number | undefined; max?: number | undefined }
  /** A sum of codes that contains this one. */
  | { field: string; has: string }
  /** A number smaller than so many times another. */
  | { field: string; below: string; times: number }
  | { any: Condition[] }
  | { not: Condition[] }
  /** Of a household: some member, or none, for whom all of these hold. */
  | { some: Condition[] }
  | { none: Condition[] };

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string(), in: z.array(z.string()).min(1) }),
    z.strictObject({ field: z.string(), has: z.string() }),
    z.strictObject({ field: z.string(), below: z.string(), times: z.number().positive() }),
    z
      .strictObject({ field: z.string(), min: z.number().optional(), max: z.number().optional() })
      .refine(({ min, max }) => min !== undefined || max !== undefined),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: z.array(Condition).min(1) }),
    z.strictObject({ some: z.array(Condition).min(1) }),
    z.strictObject({ none: z.array(Condition).min(1) }),
  ]),
);

/** What conditions look at: the answers of whom they are put to, and those of the members. */
export interface AnswerView {
  answers: Answers;
  members?: readonly Answers[];
}

export function allHold(conditions: readonly Condition[], view: AnswerView): boolean {
  return conditions.every((condition) => holds(condition, view));
}

export function holds(condition: Condition, view: AnswerView): boolean {
  if ('any' in condition) return condition.any.some((each) => holds(each, view));
  if ('not' in condition) return !allHold(condition.not, view);
  if ('some' in condition) return someMember(condition.some, view);
  if ('none' in condition) return !someMember(condition.none, view);
  const answer = view.answers[condition.field] ?? '';
  if (answer === '') return false;
  if ('in' in condition) return condition.in.includes(answer);
  if ('has' in condition) return contains(answer, condition.has);
  if ('below' in condition) {
    const other = view.answers[condition.below] ?? '';
    return other !== '' && Number(answer) < condition.times * Number(other);
  }
  const number = Number(answer);
  return number >= (condition.min ?? -Infinity) && number <= (condition.max ?? Infinity);
}

function someMember(conditions: readonly Condition[], view: AnswerView): boolean {
  return (view.members ?? []).some((answers) => allHold(conditions, { answers }));
}

/** Whether a sum of codes that are powers of two holds this code. */
export function contains(sum: string, code: string): boolean {
  const part = Number(code);
  return part > 0 && (Number(sum) & part) === part;
}

/** The fields conditions look at: of whom they are put to, and of the members. */
export function fieldsOf(conditions: readonly Condition[]): { own: string[]; members: string[] } {
  const own: string[] = [];
  const members: string[] = [];
  for (const condition of conditions) {
    if ('any' in condition || 'not' in condition) {
      const inner = fieldsOf('any' in condition ? condition.any : condition.not);
      own.push(...inner.own);
      members.push(...inner.members);
    } else if ('some' in condition || 'none' in condition)
      members.push(...fieldsOf('some' in condition ? condition.some : condition.none).own);
    else own.push(condition.field, ...('below' in condition ? [condition.below] : []));
  }
  return { own, members };
}

/** Whether a condition looks at such a field of whom it is put to. */
export function looksAt(condition: Condition, isSuch: (field: string) => boolean): boolean {
  if ('any' in condition) return condition.any.some((each) => looksAt(each, isSuch));
  if ('not' in condition) return condition.not.some((each) => looksAt(each, isSuch));
  if ('some' in condition || 'none' in condition) return false;
  return isSuch(condition.field) || ('below' in condition && isSuch(condition.below));
}
