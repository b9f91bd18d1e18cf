import type { Answers } from '../../shared/domain/answers.ts';
import { fieldsOf } from '../../shared/domain/condition.ts';
import {
  ageOn,
  inspectAnswer,
  type Instrument,
  type Question,
  type QuestionGroup,
  questionsOf,
  type Rule,
  type Subject,
} from '../../shared/domain/instrument.ts';
import { decodeAnswers, keptAnswers, unitQuestions } from '../../shared/domain/instrument-exchange.ts';
import { inspectSeen, type Seen, seeOfFile } from '../../shared/domain/instrument-rules.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { Findings } from './findings.ts';

/** What is known of a household while its rows come in: where it began, and the kinds of member it has. */
interface Roof {
  sheet: string | null;
  row: number;
  own: Seen;
  members: Seen[];
}

/**
 * Holds the answers of a list to its instrument, by the evaluator of screen and paper: ranges, skips,
 * and rules between answers. What is odd is told by row and comes in as it stands; nobody is refused
 * for it. Codes are the columns' own matter. What a file leaves blank it may not know, and no rule
 * speaks of it. Rows of one household may stand apart: rules between a household and its members are
 * told at the end, at its first row.
 */
export class AnswerCheck {
  readonly #instrument: Instrument;
  readonly #findings: Findings;
  readonly #today: string;
  readonly #unit: QuestionGroup[];
  readonly #ofUnit: readonly Rule[];
  readonly #ofMember: readonly Rule[];
  readonly #ofRoof: readonly Rule[];
  readonly #roofs = new Map<string, Roof>();
  readonly #kinds: { own: SeenKinds; member: SeenKinds };
  /** The answer that says the relation to the head of the family, where the file has one beside that of the roof. */
  readonly #familyRelation: string;

  constructor(instrument: Instrument, findings: Findings, today: string) {
    const relation = questionsOf(instrument.member).find(({ kept }) => kept?.from === 'familyRelation');
    this.#instrument = instrument;
    this.#ofMember = instrument.rules.filter(({ of }) => of === 'member');
    this.#ofRoof = instrument.rules.filter(isOfRoof);
    this.#ofUnit = instrument.rules.filter((rule) => rule.of !== 'member' && !isOfRoof(rule));
    const looked = this.#ofRoof.map(({ when }) => fieldsOf(when));
    this.#kinds = {
      own: new SeenKinds(looked.flatMap(({ own }) => own)),
      member: new SeenKinds(looked.flatMap(({ members }) => members)),
    };
    this.#familyRelation = relation?.column ?? relation?.id ?? '';
    this.#findings = findings;
    this.#today = today;
    this.#unit = unitQuestions(instrument);
  }

  household(key: string, row: number, { answers: codes }: ReferenceHousehold): void {
    const answers = decodeAnswers(this.#instrument, this.#unit, codes);
    const seen = seeOfFile(this.#unit, answers);
    this.#tellAnswers(row, this.#unit, answers, seen);
    this.#tellRules(row, this.#ofUnit, seen, []);
    this.#roofs.set(key, { sheet: this.#findings.sheet, row, own: this.#kinds.own.of(seen), members: [] });
  }

  person(key: string, row: number, person: ReferencePerson): void {
    const answers = decodeAnswers(this.#instrument, this.#instrument.member, person.answers);
    const age = person.birthDate === null ? person.age : ageOn(person.birthDate, this.#today);
    const subject: Subject = {
      age,
      sex: person.sex,
      kept: keptAnswers(this.#instrument.member, {
        relation: person.relation,
        familyRelation:
          person.answers[this.#familyRelation] ??
          (this.#instrument.unit === 'keluarga' ? person.relation : null),
        sex: person.sex,
        birthDate: person.birthDate,
        age: age === null ? null : String(age),
      }),
    };
    const seen = seeOfFile(this.#instrument.member, answers, subject);
    this.#tellAnswers(row, this.#instrument.member, answers, seen);
    this.#tellRules(row, this.#ofMember, nothing, [seen]);
    const roof = this.#roofs.get(key);
    const kind = this.#kinds.member.of(seen);
    if (roof?.members.includes(kind) === false) roof.members.push(kind);
  }

  /** What could not be told before the last row was read. */
  finish(): void {
    for (const { sheet, row, own, members } of this.#roofs.values()) {
      this.#findings.sheet = sheet;
      this.#tellRules(row, this.#ofRoof, own, members);
    }
    this.#findings.sheet = null;
  }

  #tellAnswers(row: number, groups: readonly QuestionGroup[], stated: Answers, seen: Seen): void {
    for (const question of questionsOf(groups)) {
      const answer = stated[question.id];
      if (answer === undefined || question.kept !== null) continue;
      const wrong =
        seen.answers[question.id] === undefined
          ? skippedBy(question, { ...seen.answers, ...stated })
          : inspectAnswer(question, answer);
      if (wrong !== null && question.kind !== 'sum')
        this.#findings.warn('answer_odd', row, said(question, wrong), `${question.id} ${wrong}`);
    }
  }

  #tellRules(row: number, rules: readonly Rule[], own: Seen, members: readonly Seen[]): void {
    const sheet = { household: own, families: [{ no: 1, seen: own, own: members }], members };
    for (const { rule, field, message } of inspectSeen(rules, sheet)) {
      const question = questionsOf([...this.#unit, ...this.#instrument.member]).find(
        ({ id }) => id === field,
      );
      this.#findings.warn('answers_contradict', row, said(question, message), rule);
    }
  }
}

const nothing: Seen = { answers: {}, open: new Set() };

function isOfRoof({ of, when }: Rule): boolean {
  return of !== 'member' && fieldsOf(when).members.length > 0;
}

/** Respondents as some rules see them; those who look alike to them are one. */
class SeenKinds {
  readonly #fields: readonly string[];
  readonly #kinds = new Map<string, Seen>();

  constructor(fields: readonly string[]) {
    this.#fields = [...new Set(fields)];
  }

  of({ answers, open }: Seen): Seen {
    const look = this.#fields.map((field) => answers[field] ?? (open.has(field) ? null : ''));
    const key = JSON.stringify(look);
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const pairs = this.#fields.flatMap((field, at) => (look[at] ? [[field, look[at]]] : []));
      kind = {
        answers: Object.fromEntries(pairs),
        open: new Set(this.#fields.filter((_, at) => look[at] === null)),
      };
      this.#kinds.set(key, kind);
    }
    return kind;
  }
}

/** An answer that another one rules out; where the file lacks that other one, nothing can be said. */
function skippedBy({ when }: Question, known: Answers): string | null {
  const fields = fieldsOf(when).own;
  return fields.length > 0 && fields.every((field) => known[field] !== undefined)
    ? 'Terisi, padahal dilewati menurut jawaban lain.'
    : null;
}

function said(question: Question | undefined, message: string): string {
  const where = question === undefined ? '' : `${question.no} ${question.label}: `;
  return `${where}${message} Isinya masuk apa adanya; pastikan saat kunjungan.`;
}
