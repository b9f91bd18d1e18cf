import type { Answers } from './answers.ts';
import { allHold, fieldsOf } from './condition.ts';
import {
  type FindingLevel,
  type Instrument,
  questionsOf,
  readAnswers,
  type Rule,
  type Subject,
} from './instrument.ts';

export interface RuleFinding {
  rule: string;
  level: FindingLevel;
  /** Number of the family; null where it is not of one. */
  family: number | null;
  /** The member by place in the list; null where it is not of one. */
  member: number | null;
  field: string;
  message: string;
}

export interface AnswerSheet {
  household: Answers;
  /** Those who are asked, and who is in each, by place in the list of members. */
  families: readonly { no: number; answers: Answers; members: readonly number[] }[];
  members: readonly { answers: Answers; subject: Subject }[];
}

/** One respondent as rules see them: what counts of the answers, and what must still be answered. */
interface Seen {
  answers: Answers;
  open: ReadonlySet<string>;
}

/**
 * What the instrument's rules object to across several answers, in the order of the file. A rule
 * speaks once all it looks at is answered or skipped: nobody is accused halfway down the form.
 */
export function inspectRules(instrument: Instrument, sheet: AnswerSheet): RuleFinding[] {
  const household = see(instrument.household, sheet.household);
  const members = sheet.members.map(({ answers, subject }) => see(instrument.member, answers, subject));
  const families = sheet.families.map(({ no, answers, members: places }) => ({
    no,
    seen: see(instrument.family, answers),
    own: members.filter((_, index) => places.includes(index)),
  }));
  return instrument.rules.flatMap((rule) => {
    if (rule.of === 'household')
      return isRipe(rule, household, members) &&
        allHold(rule.when, { answers: household.answers, members: members.map(({ answers }) => answers) })
        ? [finding(rule, {})]
        : [];
    if (rule.of === 'family')
      return families.flatMap(({ no, seen, own }) =>
        isRipe(rule, seen, own) &&
        allHold(rule.when, { answers: seen.answers, members: own.map(({ answers }) => answers) })
          ? [finding(rule, { family: no })]
          : [],
      );
    return members.flatMap((member, index) =>
      isRipe(rule, member, []) && allHold(rule.when, { answers: member.answers })
        ? [finding(rule, { member: index })]
        : [],
    );
  });
}

function see(groups: Instrument['household'], typed: Answers, subject?: Subject): Seen {
  const { asked, answers } = readAnswers(groups, typed, subject);
  return {
    answers: { ...subject?.kept, ...answers },
    open: new Set(
      questionsOf(groups)
        .filter(({ id, required }) => required && asked.has(id) && answers[id] === undefined)
        .map(({ id }) => id),
    ),
  };
}

function isRipe(rule: Rule, own: Seen, members: readonly Seen[]): boolean {
  const fields = fieldsOf(rule.when);
  return (
    !fields.own.some((field) => own.open.has(field)) &&
    !members.some(({ open }) => fields.members.some((field) => open.has(field)))
  );
}

function finding(
  { id, level, field, message }: Rule,
  { family = null, member = null }: { family?: number | null; member?: number | null },
): RuleFinding {
  return { rule: id, level, family, member, field, message };
}
