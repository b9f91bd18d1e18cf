import { z } from 'zod';
import {
  ageOn,
  Answers,
  inspectAnswers,
  type Instrument,
  isAsked,
  type QuestionGroup,
  type Subject,
} from './instrument.ts';
import { IsoDate, type Sex } from './person.ts';
import { VisitResult } from './visit.ts';

/** What is typed from a verification sheet that came back. */
export const VisitEntry = z.object({
  result: VisitResult.nullable(),
  visitedOn: IsoDate.nullable(),
  enumerator: z.string().max(120),
  note: z.string().max(1000),
  household: Answers,
  /** Answers by member id. */
  members: z.record(z.string(), Answers),
});
export type VisitEntry = z.infer<typeof VisitEntry>;

export interface VisitMember {
  id: string;
  sex: Sex;
  birthDate: string | null;
}

export interface VisitFinding {
  /** `result`, `visitedOn`, `enumerator`, `note`, `household.<question>`, `members.<id>.<question>`. */
  field: string;
  message: string;
}

/** The result of a visit that asked everything; the others need a note instead. */
export const fullVisit: VisitResult = '1';

/** Whom the questions of a member are put to: their age on the day of the visit. */
export function subjectOf(member: VisitMember, day: string): Subject {
  return { age: member.birthDate === null ? null : ageOn(member.birthDate, day), sex: member.sex };
}

/** Everything that keeps a visit from being finished, in the order of the paper. */
export function inspectVisit(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly VisitMember[],
  today: string,
): VisitFinding[] {
  const found: VisitFinding[] = [];
  if (entry.visitedOn === null) found.push({ field: 'visitedOn', message: 'Isi tanggal kunjungan.' });
  else if (entry.visitedOn > today)
    found.push({ field: 'visitedOn', message: 'Tanggal kunjungan belum tiba. Periksa lagi di formulir.' });
  if (entry.enumerator.trim() === '')
    found.push({ field: 'enumerator', message: 'Isi nama petugas yang berkunjung.' });
  if (entry.result === null)
    found.push({ field: 'result', message: 'Isi hasil kunjungan, kode 1 sampai 6.' });
  else if (entry.result !== fullVisit && entry.note.trim() === '')
    found.push({ field: 'note', message: 'Jelaskan dengan singkat mengapa tidak selesai dicacah.' });
  return entry.result === fullVisit
    ? [...found, ...inspectAnswersOf(entry, instrument, members, today)]
    : found;
}

function inspectAnswersOf(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly VisitMember[],
  today: string,
): VisitFinding[] {
  const day = entry.visitedOn ?? today;
  const household = inspectAnswers(instrument.household, entry.household);
  return [
    ...household.map(({ question, message }) => ({ field: `household.${question}`, message })),
    ...members.flatMap((member) =>
      inspectAnswers(instrument.member, entry.members[member.id] ?? {}, subjectOf(member, day)).map(
        ({ question, message }) => ({
          field: `members.${member.id}.${question}`,
          message,
        }),
      ),
    ),
  ];
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
  for (const question of groups.flatMap((group) => group.questions)) {
    if (!isAsked(question, counted, subject)) continue;
    asked.add(question.id);
    const answer = answers[question.id]?.trim() ?? '';
    if (answer !== '') counted[question.id] = answer;
  }
  return { asked, answers: counted };
}

/** A visit without answers to questions that were not to be asked; what is saved. */
export function withoutSkipped(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly VisitMember[],
  today: string,
): VisitEntry {
  const day = entry.visitedOn ?? today;
  return {
    ...entry,
    household: readAnswers(instrument.household, entry.household).answers,
    members: Object.fromEntries(
      members.map((member) => [
        member.id,
        readAnswers(instrument.member, entry.members[member.id] ?? {}, subjectOf(member, day)).answers,
      ]),
    ),
  };
}
