import type { OpenSheet } from '../../../shared/contract/verification.ts';
import type { Answers } from '../../../shared/domain/answers.ts';
import { fieldsOf } from '../../../shared/domain/condition.ts';
import {
  type Instrument,
  type Question,
  type QuestionGroup,
  readAnswers,
} from '../../../shared/domain/instrument.ts';
import { withoutAdded } from '../../../shared/domain/visit-corrections.ts';
import { askedFamilies, presenceQuestion } from '../../../shared/domain/visit-families.ts';
import type { Member } from '../../../shared/domain/person.ts';
import {
  passKey,
  subjectOf,
  type VisitEntry,
  type VisitFinding,
} from '../../../shared/domain/visit-entry.ts';

/** Whose answers a question's are: the household's, a family's by number, a member's by id, or those of the checks at the end. */
export type Answerer =
  | { kind: 'household' }
  | { kind: 'family'; id: string }
  | { kind: 'member'; id: string }
  | { kind: 'process' };

/** Where the answers of those of whom there are several stand in a visit. */
const listOf = { family: 'families', member: 'members' } as const;

export function answersOf(
  entry: {
    household: Answers;
    families: Record<string, Answers>;
    members: Record<string, Answers>;
    process?: Answers;
  },
  who: Answerer,
): Answers {
  switch (who.kind) {
    case 'household':
      return entry.household;
    case 'family':
    case 'member':
      return entry[listOf[who.kind]][who.id] ?? {};
    case 'process':
      return entry.process ?? {};
  }
}

/** A visit with one answer changed; an empty one is taken out. */
export function withAnswer(entry: VisitEntry, who: Answerer, question: string, answer: string): VisitEntry {
  const before = answersOf(entry, who);
  if ((before[question] ?? '') === answer) return entry;
  const { [question]: _, ...rest } = before;
  const answers = answer === '' ? rest : { ...rest, [question]: answer };
  if (who.kind === 'household' || who.kind === 'process') return { ...entry, [who.kind]: answers };
  const list = listOf[who.kind];
  return { ...entry, [list]: { ...entry[list], [who.id]: answers } };
}

/** A visit with one more member, whom the form already says to be new. */
export function withNewMember(entry: VisitEntry, instrument: Instrument, id: string): VisitEntry {
  const question = presenceQuestion(instrument);
  const code = question?.presence?.added ?? '';
  const { corrections } = entry;
  return {
    ...entry,
    corrections: {
      added: [...corrections.added, id],
      fields: { ...corrections.fields, [`members.${id}.familyNo`]: '1' },
    },
    members: question === null ? entry.members : { ...entry.members, [id]: { [question.id]: code } },
  };
}

/** Families that only a correction names: their card follows the members on the paper. */
export function newFamilies({ corrections }: VisitEntry, known: readonly number[]): number[] {
  const named = Object.entries(corrections.fields).flatMap(([field, text]) =>
    field.endsWith('.familyNo') && /^[1-9]$/.test(text.trim()) ? [Number(text)] : [],
  );
  return [...new Set(named)].filter((no) => !known.includes(no)).toSorted((left, right) => left - right);
}

export function withoutNewMember(entry: VisitEntry, id: string): VisitEntry {
  const { [id]: _, ...members } = entry.members;
  return { ...entry, members, corrections: withoutAdded(entry.corrections, id) };
}

/** Path of an answer as findings name it. */
export function pathOfAnswer(who: Answerer, question: string): string {
  return who.kind === 'household' || who.kind === 'process'
    ? `${who.kind}.${question}`
    : `${listOf[who.kind]}.${who.id}.${question}`;
}

/** Id of a field's input, by which findings lead to it. */
export function fieldId(path: string): string {
  return `isian-${path.replaceAll('.', '-')}`;
}

/** What a rule says beside a field, and why it was let pass. */
export interface Warning {
  key: string;
  message: string;
  /** Null where no reason lets it pass: the answers cannot all be right. */
  reason: string | null;
}

/** Id of the input that takes the reason for letting a warning pass. */
export function passId(finding: Pick<VisitFinding, 'field' | 'rule'>): string {
  return reasonId(passKey(finding));
}

export function reasonId(key: string): string {
  return `alasan-${key.replaceAll(/[.!]/g, '-')}`;
}

export function warningsByField(
  findings: readonly VisitFinding[],
  passes: VisitEntry['passes'],
): Map<string, Warning[]> {
  const found = new Map<string, Warning[]>();
  for (const finding of findings) {
    if (finding.rule === null) continue;
    const key = passKey(finding);
    const reason = finding.level === 'blokir' ? null : (passes[key] ?? '');
    const warning = { key, message: finding.message, reason };
    found.set(finding.field, [...(found.get(finding.field) ?? []), warning]);
  }
  return found;
}

/** Everyone whose answers the form asks, in the order of the paper. */
export function answerersOf(
  sheet: Pick<OpenSheet, 'instrument'>,
  members: readonly Member[],
  entry: VisitEntry,
): { who: Answerer; groups: readonly QuestionGroup[] }[] {
  return [
    { who: { kind: 'household' }, groups: sheet.instrument.household },
    ...askedFamilies(sheet.instrument, members, entry).map(({ no }) => ({
      who: { kind: 'family' as const, id: String(no) },
      groups: sheet.instrument.family,
    })),
    ...members.map((member) => ({
      who: { kind: 'member' as const, id: member.id },
      groups: sheet.instrument.member,
    })),
    { who: { kind: 'process' }, groups: sheet.instrument.process },
  ];
}

/**
 * Takes what is on record for every question that is to be asked and has no answer yet. Taking one
 * answer may open further questions, so it goes question by question.
 */
export function acceptRecorded(
  entry: VisitEntry,
  sheet: Pick<OpenSheet, 'instrument' | 'recorded'>,
  members: readonly Member[],
  day: string,
): { entry: VisitEntry; taken: number } {
  let next = entry;
  let taken = 0;
  for (const { who, groups } of answerersOf(sheet, members, entry)) {
    const member = who.kind === 'member' ? members.find((candidate) => candidate.id === who.id) : undefined;
    const subject = member === undefined ? undefined : subjectOf(sheet.instrument, members, member, day);
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
  const open = fieldsOf(question.when).own.find((field) => asked.has(field) && (answers[field] ?? '') === '');
  return questions.find((candidate) => candidate.id === open)?.no ?? null;
}
