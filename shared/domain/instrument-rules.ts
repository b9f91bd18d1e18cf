import type { Answers } from './answers.ts';
import { allHold, fieldsOf, holds, looksAt } from './condition.ts';
import {
  concerns,
  type FindingLevel,
  type Instrument,
  isAsked,
  type Question,
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
export interface Seen {
  answers: Answers;
  open: ReadonlySet<string>;
}

export interface SeenSheet {
  household: Seen;
  families: readonly { no: number; seen: Seen; own: readonly Seen[] }[];
  members: readonly Seen[];
}

/**
 * What the instrument's rules object to across several answers, in the order of the file. A rule
 * speaks once all it looks at is answered or skipped: nobody is accused halfway down the form.
 */
export function inspectRules(instrument: Instrument, sheet: AnswerSheet): RuleFinding[] {
  const members = sheet.members.map(({ answers, subject }) => see(instrument.member, answers, subject));
  return inspectSeen(instrument.rules, {
    household: see(instrument.household, sheet.household),
    families: sheet.families.map(({ no, answers, members: places }) => ({
      no,
      seen: see(instrument.family, answers),
      own: members.filter((_, index) => places.includes(index)),
    })),
    members,
  });
}

/** As `inspectRules`, for respondents already seen. */
export function inspectSeen(
  rules: readonly Rule[],
  { household, families, members }: SeenSheet,
): RuleFinding[] {
  return rules.flatMap((rule) => {
    if (rule.of === 'household') return speaks(rule, household, members) ? [finding(rule, {})] : [];
    if (rule.of === 'family')
      return families.flatMap(({ no, seen, own }) =>
        speaks(rule, seen, own) ? [finding(rule, { family: no })] : [],
      );
    return members.flatMap((member, index) =>
      speaks(rule, member, []) ? [finding(rule, { member: index })] : [],
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

/**
 * One respondent as a file tells of them. A file that lacks what a question hangs on says nothing of
 * whether it was asked: an answer to it counts, a blank is as little known as what it hangs on.
 */
export function seeOfFile(
  groups: Instrument['household'],
  stated: Answers,
  { age, sex, kept }: Subject = { age: null, sex: null },
): Seen {
  const known: Answers = { ...kept };
  const subject: Subject = { age, sex };
  const open = new Set<string>();
  for (const question of questionsOf(groups)) {
    const { id, required } = question;
    if (known[id] !== undefined) continue;
    const asked = isAsked(question, known, subject);
    if (!asked && !mayBeAsked(question, known, open, subject)) continue;
    const answer = stated[id]?.trim() ?? '';
    if (answer !== '') known[id] = answer;
    else if (!asked || required) open.add(id);
  }
  return { answers: known, open };
}

/** Whether only what is not known keeps a question from being asked. */
function mayBeAsked(
  question: Question,
  known: Answers,
  open: ReadonlySet<string>,
  { age, sex }: Subject,
): boolean {
  const { kept, when } = question;
  if (kept !== null) return true;
  if (!concerns(question, { age, sex: sex ?? question.sex })) return false;
  return when.every(
    (condition) => looksAt(condition, (field) => open.has(field)) || holds(condition, { answers: known }),
  );
}

/** Whether a rule holds is asked first: it seldom does, and whether it may speak costs more to know. */
function speaks(rule: Rule, { answers, open }: Seen, members: readonly Seen[]): boolean {
  return (
    allHold(rule.when, { answers, members: members.map((member) => member.answers) }) &&
    isRipe(rule, open, members)
  );
}

function isRipe(rule: Rule, own: ReadonlySet<string>, members: readonly Seen[]): boolean {
  const fields = fieldsOf(rule.when);
  return (
    !fields.own.some((field) => own.has(field)) &&
    !members.some(({ open }) => fields.members.some((field) => open.has(field)))
  );
}

function finding(
  { id, level, field, message }: Rule,
  { family = null, member = null }: { family?: number | null; member?: number | null },
): RuleFinding {
  return { rule: id, level, family, member, field, message };
}
