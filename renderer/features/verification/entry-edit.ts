import type { OpenSheet } from '../../../shared/contract/verification.ts';
import type { Answers, Question, QuestionGroup } from '../../../shared/domain/instrument.ts';
import { readAnswers, subjectOf, type VisitEntry } from '../../../shared/domain/visit-entry.ts';

/** Whose answers a question's are: the household's, or a member's, by id. */
export type Answerer = { kind: 'household' } | { kind: 'member'; id: string };

export function answersOf(entry: Pick<VisitEntry, 'household' | 'members'>, who: Answerer): Answers {
  return who.kind === 'household' ? entry.household : (entry.members[who.id] ?? {});
}

/** A visit with one answer changed; an empty one is taken out. */
export function withAnswer(entry: VisitEntry, who: Answerer, question: string, answer: string): VisitEntry {
  const before = answersOf(entry, who);
  if ((before[question] ?? '') === answer) return entry;
  const { [question]: _, ...rest } = before;
  const answers = answer === '' ? rest : { ...rest, [question]: answer };
  return who.kind === 'household'
    ? { ...entry, household: answers }
    : { ...entry, members: { ...entry.members, [who.id]: answers } };
}

/** Path of an answer as findings name it. */
export function pathOfAnswer(who: Answerer, question: string): string {
  return who.kind === 'household' ? `household.${question}` : `members.${who.id}.${question}`;
}

/** Id of a field's input, by which findings lead to it. */
export function fieldId(path: string): string {
  return `isian-${path.replaceAll('.', '-')}`;
}

/** Everyone whose answers the form asks, in the order of the paper. */
export function answerersOf(sheet: OpenSheet): { who: Answerer; groups: readonly QuestionGroup[] }[] {
  return [
    { who: { kind: 'household' }, groups: sheet.instrument.household },
    ...sheet.members.map((member) => ({
      who: { kind: 'member' as const, id: member.id },
      groups: sheet.instrument.member,
    })),
  ];
}

/**
 * Takes what is on record for every question that is to be asked and has no answer yet. Taking one
 * answer may open further questions, so it goes question by question.
 */
export function acceptRecorded(
  entry: VisitEntry,
  sheet: OpenSheet,
  day: string,
): { entry: VisitEntry; taken: number } {
  let next = entry;
  let taken = 0;
  for (const { who, groups } of answerersOf(sheet)) {
    const member =
      who.kind === 'member' ? sheet.members.find((candidate) => candidate.id === who.id) : undefined;
    const subject = member === undefined ? undefined : subjectOf(member, day);
    const recorded = answersOf(sheet.recorded, who);
    for (const question of groups.flatMap((group) => group.questions)) {
      const answers = answersOf(next, who);
      const known = recorded[question.id] ?? '';
      if (known === '' || (answers[question.id] ?? '') !== '') continue;
      if (!readAnswers(groups, answers, subject).asked.has(question.id)) continue;
      next = withAnswer(next, who, question.id, known);
      taken += 1;
    }
  }
  return { entry: next, taken };
}

/**
 * Number of the question whose answer decides whether this one is asked, while it has none yet; null
 * where the question is asked, or is skipped for good.
 */
export function waitsFor(
  question: Question,
  questions: readonly Question[],
  asked: ReadonlySet<string>,
  answers: Answers,
): string | null {
  if (asked.has(question.id)) return null;
  const open = question.when.find(
    (condition) => asked.has(condition.field) && (answers[condition.field] ?? '') === '',
  );
  return questions.find((candidate) => candidate.id === open?.field)?.no ?? null;
}
