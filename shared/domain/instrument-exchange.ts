import type { Answers } from './answers.ts';
import { type Household, headOf } from './household.ts';
import {
  ageOn,
  type Instrument,
  type KeptFrom,
  type Question,
  type QuestionGroup,
  questionsOf,
  valueOf,
} from './instrument.ts';
import type { Member } from './person.ts';

/** Answers on their way in and out: codes as files write them, and what the register keeps. */

/** The code that files and paper write for what is kept; what is no option of the question as it stands. */
export function encodeAnswer(question: Question, kept: string): string {
  return question.options.find((option) => valueOf(option) === kept)?.code ?? kept;
}

/**
 * What is kept of a code in a file, or null where the question has no such code. The origin says
 * whose numbering it is: SIKS-Droid counts disabilities without "tuna rungu".
 */
export function decodeAnswer(
  instrument: Pick<Instrument, 'origins'>,
  question: Question,
  code: string,
  origin = 'formulir',
): string | null {
  const typed = code.trim();
  const recode = instrument.origins.find(({ id }) => id === origin)?.recode[question.id];
  const own = recode === undefined ? typed : recode[String(Number(typed))];
  if (own === undefined || own === '') return null;
  if (question.kind !== 'choice') return own;
  const option = question.options.find((candidate) => candidate.code === own);
  return option === undefined ? null : valueOf(option);
}

/** Answers under an instrument's fields as files write them. */
export function encodeAnswers(groups: readonly QuestionGroup[], answers: Answers): Answers {
  return Object.fromEntries(
    questionsOf(groups).flatMap((question) => {
      const kept = answers[question.id] ?? '';
      return kept === '' ? [] : [[question.id, encodeAnswer(question, kept)]];
    }),
  );
}

/** The answers of a file that are answers of the instrument; columns and codes it does not know are left out. */
export function decodeAnswers(
  instrument: Pick<Instrument, 'origins'>,
  groups: readonly QuestionGroup[],
  codes: Answers,
  origin?: string,
): Answers {
  return Object.fromEntries(
    questionsOf(groups).flatMap((question) => {
      const code = codes[question.id] ?? codes[question.column ?? ''] ?? '';
      const kept = code === '' ? null : decodeAnswer(instrument, question, code, origin);
      return kept === null ? [] : [[question.id, kept]];
    }),
  );
}

/** Fields that may be wrong in files of an origin: shown as doubtful, never decided on alone. */
export function doubtfulFields(instrument: Pick<Instrument, 'origins'>, origin: string): readonly string[] {
  return instrument.origins.find(({ id }) => id === origin)?.doubtful ?? [];
}

export type KeptValues = Partial<Record<KeptFrom, string | null>>;

/** What the register keeps, under the instrument's fields and in its codes. */
export function keptAnswers(groups: readonly QuestionGroup[], values: KeptValues): Answers {
  return Object.fromEntries(
    questionsOf(groups).flatMap(({ id, kept }) => {
      const value = kept === null ? null : (values[kept.from] ?? null);
      return value === null || value === '' ? [] : [[id, kept?.codes?.[value] ?? value]];
    }),
  );
}

/** What the register keeps of a member; the age is that on the day of the visit. */
export function keptOfMember(member: Member, position: number, day: string): KeptValues {
  return {
    position: String(position),
    name: member.name,
    nik: member.nik,
    relation: member.relation,
    familyNo: String(member.familyNo),
    familyRelation: member.familyRelation,
    sex: member.sex,
    birthPlace: member.birthPlace,
    birthDate: member.birthDate,
    age: member.birthDate === null ? null : String(ageOn(member.birthDate, day)),
    motherName: member.motherName,
  };
}

/** One record of an instrument: a whole roof, or one family under it. */
export interface Unit {
  familyNo: number | null;
  kk: string | null;
  head: Member | null;
  members: readonly Member[];
}

/**
 * The records a household makes: one of the roof where the instrument describes households, one a
 * family where it describes families. Members stay in their order; nobody is in two records.
 */
export function unitsOf(unit: Instrument['unit'], household: Household): Unit[] {
  if (unit === 'rumah_tangga')
    return [
      {
        familyNo: null,
        kk: household.families[0]?.kk ?? null,
        head: headOf(household),
        members: household.members,
      },
    ];
  return household.families.flatMap(({ no, kk }) => {
    const members = household.members.filter((member) => member.familyNo === no);
    if (members.length === 0) return [];
    const head = members.find((member) => member.familyRelation === '1') ?? null;
    return [{ familyNo: no, kk, head, members }];
  });
}

/** All that a record of the instrument says beside its members: of the roof, of the family, of the visit. */
export function unitQuestions({
  household,
  family,
  process,
}: Pick<Instrument, 'household' | 'family' | 'process'>): QuestionGroup[] {
  return [...household, ...family, ...process];
}

export interface VisitRecord {
  kk: string | null;
  household: Answers;
  members: Answers[];
}

export interface VisitToExport {
  household: Household;
  answers: {
    household: Answers;
    /** By number of the family. */
    families?: Readonly<Record<string, Answers>>;
    process: Answers;
    members: Readonly<Record<string, Answers>>;
  };
  /** What the register keeps of the household and the case, beside what follows from the unit. */
  kept: KeptValues;
  /** ISO date of the visit. */
  day: string;
}

/** A finished visit as files hold it: the instrument's columns and codes, a record a unit. */
export function exportVisit(instrument: Instrument, visit: VisitToExport): VisitRecord[] {
  const roof = unitQuestions(instrument);
  return unitsOf(instrument.unit, visit.household).map((unit) => {
    const answered = encodeAnswers(roof, {
      ...visit.answers.household,
      ...visit.answers.families?.[String(unit.familyNo)],
      ...visit.answers.process,
    });
    const kept = keptAnswers(roof, {
      ...visit.kept,
      kk: unit.kk,
      headName: unit.head?.name ?? null,
      memberCount: String(unit.members.length),
    });
    return {
      kk: unit.kk,
      household: columnsOf(roof, { ...answered, ...kept }),
      members: unit.members.map((member, index) =>
        columnsOf(instrument.member, {
          ...encodeAnswers(instrument.member, visit.answers.members[member.id] ?? {}),
          ...keptAnswers(instrument.member, keptOfMember(member, index + 1, visit.day)),
        }),
      ),
    };
  });
}

function columnsOf(groups: readonly QuestionGroup[], answers: Answers): Answers {
  return Object.fromEntries(
    questionsOf(groups).flatMap(({ id, column }) => {
      const answer = answers[id];
      return answer === undefined ? [] : [[column ?? id, answer]];
    }),
  );
}
