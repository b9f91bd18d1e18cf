import { z } from 'zod';
import { Answers } from './answers.ts';
import {
  ageOn,
  type FindingLevel,
  inspectAnswers,
  type Instrument,
  readAnswers,
  type Subject,
} from './instrument.ts';
import { keptAnswers, keptOfMember } from './instrument-exchange.ts';
import { inspectRules } from './instrument-rules.ts';
import { IsoDate, type Member } from './person.ts';
import { noCorrections, VisitCorrections } from './visit-corrections.ts';
import { abandonedFamilies, askedFamilies } from './visit-families.ts';
import { VisitResult } from './visit.ts';

/** What is typed from a verification sheet that came back. */
export const VisitEntry = z.object({
  result: VisitResult.nullable(),
  visitedOn: IsoDate.nullable(),
  enumerator: z.string().max(120),
  note: z.string().max(1000),
  /** Number of the case that is the same family, where the result says so. */
  duplicateOf: z.string().max(60).default(''),
  household: Answers,
  /** Answers by number of the family, where the instrument asks each. */
  families: z.record(z.string().regex(/^[1-9]$/), Answers).default({}),
  /** Answers by member id. */
  members: z.record(z.string(), Answers),
  process: Answers.default({}),
  /** What was written beside the printed identity, and who was found besides. */
  corrections: VisitCorrections.default(noCorrections),
  /** Why a warning was let pass, by `<field>!<rule>`. */
  passes: z.record(z.string(), z.string().max(200)).default({}),
  /** Why an answer differs from what was printed, by field: a code of the office's list, or words. */
  reasons: z.record(z.string(), z.string().max(200)).default({}),
});
export type VisitEntry = z.infer<typeof VisitEntry>;

/** A visit nobody has typed anything of. */
export function emptyVisit(enumerator: string): VisitEntry {
  return {
    result: null,
    visitedOn: null,
    enumerator,
    note: '',
    duplicateOf: '',
    household: {},
    families: {},
    members: {},
    process: {},
    corrections: noCorrections,
    passes: {},
    reasons: {},
  };
}

export interface VisitFinding {
  /**
   * `result`, `visitedOn`, `enumerator`, `note`, `duplicateOf`, `household.<question>`, `process.<question>`,
   * `families.<no>.<question>`, `families.<no>` for all its answers, `members.<id>.<question>`, `identity.<field>` for what the register keeps.
   */
  field: string;
  level: FindingLevel;
  /** Which rule of the instrument, or `identitas`; null where the answer itself is missing or wrong. */
  rule: string | null;
  message: string;
}

/** The result of a visit that asked everything; the others need a note instead. */
export const fullVisit: VisitResult = '1';

/** The result of a visit that found the family in another case already. */
export const duplicateResult: VisitResult = '6';

/** Whom the questions of a member are put to: their age on the day of the visit, and what is known. */
export function subjectOf(
  instrument: Instrument,
  members: readonly Member[],
  member: Member,
  day: string,
): Subject {
  return {
    age: member.birthDate === null ? null : ageOn(member.birthDate, day),
    sex: member.sex,
    kept: keptAnswers(instrument.member, keptOfMember(member, members.indexOf(member) + 1, day)),
  };
}

/** The key under which a warning is let pass. */
export function passKey({ field, rule }: Pick<VisitFinding, 'field' | 'rule'>): string {
  return `${field}!${rule ?? ''}`;
}

/** What still holds a visit back: every error, and warnings without a reason. */
export function holdingBack(findings: readonly VisitFinding[], passes: VisitEntry['passes']): VisitFinding[] {
  return findings.filter(
    (finding) => finding.level === 'blokir' || (passes[passKey(finding)] ?? '').trim() === '',
  );
}

/** Everything to be said about a visit, in the order of the paper; rules after single answers. */
export function inspectVisit(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly Member[],
  today: string,
): VisitFinding[] {
  const found: VisitFinding[] = [];
  const say = (field: string, message: string) => found.push({ field, message, level: 'blokir', rule: null });
  if (entry.visitedOn === null) say('visitedOn', 'Isi tanggal kunjungan.');
  else if (entry.visitedOn > today)
    say('visitedOn', 'Tanggal kunjungan belum tiba. Periksa lagi di formulir.');
  if (entry.enumerator.trim() === '') say('enumerator', 'Isi nama petugas yang berkunjung.');
  if (entry.result === null) say('result', 'Isi hasil kunjungan, kode 1 sampai 6.');
  else if (entry.result !== fullVisit && entry.note.trim() === '')
    say('note', 'Jelaskan dengan singkat mengapa tidak selesai dicacah.');
  if (entry.result === duplicateResult && entry.duplicateOf.trim() === '')
    say('duplicateOf', 'Tulis nomor berkas keluarga yang sama.');
  return entry.result === fullVisit
    ? [
        ...found,
        ...answerFindings(entry, instrument, members, today),
        ...ruleFindings(entry, instrument, members, today),
      ]
    : found;
}

function answerFindings(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly Member[],
  today: string,
): VisitFinding[] {
  const day = entry.visitedOn ?? today;
  const said = (path: string, found: ReturnType<typeof inspectAnswers>) =>
    found.map(({ question, message }): VisitFinding => ({
      field: `${path}.${question}`,
      level: 'blokir',
      rule: null,
      message,
    }));
  return [
    ...said('household', inspectAnswers(instrument.household, entry.household)),
    ...askedFamilies(instrument, members, entry).flatMap(({ no }) =>
      said(`families.${no}`, inspectAnswers(instrument.family, entry.families[String(no)] ?? {})),
    ),
    ...abandonedFamilies(instrument, members, entry).map((no): VisitFinding => ({
      field: `families.${no}`,
      level: 'blokir',
      rule: null,
      message: `Keluarga ${no} sudah punya jawaban, tetapi tidak ada lagi anggotanya. Periksa nomor keluarga dan keberadaan anggota, atau buang jawabannya.`,
    })),
    ...members.flatMap((member) =>
      said(
        `members.${member.id}`,
        inspectAnswers(
          instrument.member,
          entry.members[member.id] ?? {},
          subjectOf(instrument, members, member, day),
        ),
      ),
    ),
    ...said('process', inspectAnswers(instrument.process, entry.process)),
  ];
}

function ruleFindings(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly Member[],
  today: string,
): VisitFinding[] {
  const day = entry.visitedOn ?? today;
  return inspectRules(instrument, {
    household: entry.household,
    families: askedFamilies(instrument, members, entry).map(({ no, members: own }) => ({
      no,
      answers: entry.families[String(no)] ?? {},
      members: own.map((member) => members.indexOf(member)),
    })),
    members: members.map((member) => ({
      answers: entry.members[member.id] ?? {},
      subject: subjectOf(instrument, members, member, day),
    })),
  }).map(({ rule, level, family, member, field, message }) => ({
    field:
      family !== null
        ? `families.${family}.${field}`
        : member === null
          ? `household.${field}`
          : `members.${members[member]?.id ?? ''}.${field}`,
    level,
    rule,
    message,
  }));
}

/** A visit without answers to questions that were not to be asked; what is saved. */
export function withoutSkipped(
  entry: VisitEntry,
  instrument: Instrument,
  members: readonly Member[],
  today: string,
): VisitEntry {
  const day = entry.visitedOn ?? today;
  return {
    ...entry,
    household: readAnswers(instrument.household, entry.household).answers,
    // Those of a family that nobody is in any more stay until somebody says they may go.
    families: {
      ...entry.families,
      ...Object.fromEntries(
        askedFamilies(instrument, members, entry).map(({ no }) => [
          String(no),
          readAnswers(instrument.family, entry.families[String(no)] ?? {}).answers,
        ]),
      ),
    },
    members: Object.fromEntries(
      members.map((member) => [
        member.id,
        readAnswers(
          instrument.member,
          entry.members[member.id] ?? {},
          subjectOf(instrument, members, member, day),
        ).answers,
      ]),
    ),
    process: readAnswers(instrument.process, entry.process).answers,
  };
}
