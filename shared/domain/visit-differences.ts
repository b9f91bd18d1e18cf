import type { Answers } from './answers.ts';
import { type Instrument, type Question, questionsOf, readAnswers } from './instrument.ts';
import type { Member } from './person.ts';
import { fullVisit, subjectOf, type VisitEntry } from './visit-entry.ts';
import { askedFamilies } from './visit-families.ts';

/** An answer of the visit that is not what the sheet was printed with. */
export interface Difference {
  /** `household.<question>`, `families.<no>.<question>` or `members.<id>.<question>`. */
  field: string;
  question: Question;
  /** Name of the member, or the family where there are several; null for the household. */
  person: string | null;
  printed: string;
  found: string;
}

/** What a sheet was printed with as on record. */
export interface RecordedAnswers {
  household: Answers;
  /** By number of the family. */
  families?: Readonly<Record<string, Answers>>;
  members: Readonly<Record<string, Answers>>;
}

/** Where the visit found otherwise than printed, in the order of the paper; skipped answers do not count. */
export function differencesOf(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly Member[],
  printed: RecordedAnswers,
  today: string,
): Difference[] {
  if (entry.result !== fullVisit) return [];
  const day = entry.visitedOn ?? today;
  const families = askedFamilies(instrument, members, entry);
  return [
    ...between(
      instrument.household,
      'household',
      null,
      printed.household,
      readAnswers(instrument.household, entry.household).answers,
    ),
    ...families.flatMap(({ no }) =>
      between(
        instrument.family,
        `families.${no}`,
        families.length > 1 ? `Keluarga ${no}` : null,
        printed.families?.[String(no)] ?? {},
        readAnswers(instrument.family, entry.families[String(no)] ?? {}).answers,
      ),
    ),
    ...members.flatMap((member) =>
      between(
        instrument.member,
        `members.${member.id}`,
        member.name,
        printed.members[member.id] ?? {},
        readAnswers(
          instrument.member,
          entry.members[member.id] ?? {},
          subjectOf(instrument, members, member, day),
        ).answers,
      ),
    ),
  ];
}

/** Differences that nobody has given a reason for. */
export function unexplained(
  differences: readonly Difference[],
  reasons: VisitEntry['reasons'],
): Difference[] {
  return differences.filter(({ field }) => (reasons[field] ?? '').trim() === '');
}

function between(
  groups: Instrument['household'],
  path: string,
  person: string | null,
  before: Answers,
  after: Answers,
): Difference[] {
  return questionsOf(groups).flatMap((question) => {
    const printed = before[question.id] ?? '';
    const found = after[question.id] ?? '';
    return printed === '' || found === '' || printed === found
      ? []
      : [{ field: `${path}.${question.id}`, question, person, printed, found }];
  });
}
