import type { Answers } from '../../shared/domain/answers.ts';
import { fieldsOf } from '../../shared/domain/condition.ts';
import {
  ageOn,
  inspectAnswer,
  type Instrument,
  isAsked,
  type Question,
  type QuestionGroup,
  questionsOf,
  type Rule,
  type Subject,
} from '../../shared/domain/instrument.ts';
import { decodeAnswers, keptAnswers, unitQuestions } from '../../shared/domain/instrument-exchange.ts';
import { inspectRules, type RuleFinding } from '../../shared/domain/instrument-rules.ts';
import type { ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { Findings } from './findings.ts';

/**
 * Holds the answers of a list to its instrument, by the evaluator of screen and paper: ranges, skips,
 * and rules between answers. What is odd is told by row and comes in as it stands; nobody is refused
 * for it. Codes are the columns' own matter. What a file leaves blank it may not know, and rules that
 * look at a household and its members wait for the visit: rows of one household may stand apart.
 */
export class AnswerCheck {
  readonly #instrument: Instrument;
  readonly #findings: Findings;
  readonly #today: string;
  readonly #unit: QuestionGroup[];
  readonly #ofUnit: Instrument;
  readonly #ofMember: Instrument;
  /** The answer that says the relation to the head of the family, where the file has one beside that of the roof. */
  readonly #familyRelation: string;

  constructor(instrument: Instrument, findings: Findings, today: string) {
    const under = (applies: (rule: Rule) => boolean) => ({
      ...instrument,
      rules: instrument.rules.filter(applies),
    });
    const relation = questionsOf(instrument.member).find(({ kept }) => kept?.from === 'familyRelation');
    this.#instrument = instrument;
    this.#ofUnit = under(({ of, when }) => of !== 'member' && fieldsOf(when).members.length === 0);
    this.#ofMember = under(({ of }) => of === 'member');
    this.#familyRelation = relation?.column ?? relation?.id ?? '';
    this.#findings = findings;
    this.#today = today;
    this.#unit = unitQuestions(instrument);
  }

  household(row: number, { answers: codes }: ReferenceHousehold): void {
    const answers = decodeAnswers(this.#instrument, this.#unit, codes);
    this.#tellAnswers(row, this.#unit, answers);
    this.#tellRules(
      row,
      inspectRules(this.#ofUnit, {
        household: answers,
        families: [{ no: 1, answers, members: [] }],
        members: [],
      }),
    );
  }

  person(row: number, person: ReferencePerson): void {
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
    this.#tellAnswers(row, this.#instrument.member, answers, subject);
    this.#tellRules(
      row,
      inspectRules(this.#ofMember, { household: {}, families: [], members: [{ answers, subject }] }),
    );
  }

  #tellAnswers(row: number, groups: readonly QuestionGroup[], answers: Answers, subject?: Subject): void {
    for (const question of questionsOf(groups)) {
      const answer = answers[question.id];
      if (answer === undefined || question.kept !== null) continue;
      const wrong = isAsked(question, answers, subject)
        ? inspectAnswer(question, answer)
        : skippedBy(question, { ...subject?.kept, ...answers });
      if (wrong !== null && question.kind !== 'sum')
        this.#findings.warn('answer_odd', row, said(question, wrong), `${question.id} ${wrong}`);
    }
  }

  #tellRules(row: number, found: readonly RuleFinding[]): void {
    for (const { rule, field, message } of found) {
      const question = questionsOf([...this.#unit, ...this.#instrument.member]).find(
        ({ id }) => id === field,
      );
      this.#findings.warn('answers_contradict', row, said(question, message), rule);
    }
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
