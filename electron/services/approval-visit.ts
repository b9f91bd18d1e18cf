import type { VisitFindings } from '../../shared/contract/approval.ts';
import { FieldChange, foldChanges } from '../../shared/domain/household-diff.ts';
import type { Answers } from '../../shared/domain/answers.ts';
import {
  answerWords,
  type Instrument,
  type QuestionGroup,
  questionsOf,
} from '../../shared/domain/instrument.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { duplicateResult, fullVisit, VisitEntry } from '../../shared/domain/visit-entry.ts';
import { missingPhotos } from '../../shared/domain/visit-photos.ts';
import { visitResultLabel } from '../../shared/domain/visit.ts';
import { findFinishedVisit } from '../store/approval.ts';
import { listAttachmentsOfCase } from '../store/attachments.ts';
import type { JournalEntry } from '../store/journal.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import type { Register } from './register.ts';
import { findNumberedCase, recordedAnswers } from './verification.ts';

/** Finds an instrument by its id and version. */
export type InstrumentSource = (id: string, version: string) => Instrument;

/** Reads each instrument once: a list of two hundred results is judged by one or two of them. */
export function instrumentSource(register: Register): InstrumentSource {
  const known = new Map<string, Instrument>();
  return (id, version) => {
    const key = `${id} ${version}`;
    const instrument = known.get(key) ?? loadInstrument(shelfOf(register), id, version);
    known.set(key, instrument);
    return instrument;
  };
}

/** The answers of one visit, or what was known before it. */
interface AnswerSet {
  household: Answers;
  /** By number of the family. */
  families: Record<string, Answers>;
  members: Record<string, Answers>;
  process: Answers;
}

/**
 * What the visit found, beside what the reference lists knew; null while no visit is finished.
 *
 * @param events of the case, oldest first: the visit before tells what was mended since.
 */
export function visitFindings(
  register: Register,
  current: Case,
  events: readonly JournalEntry[],
  instrumentOf: InstrumentSource,
): VisitFindings | null {
  const visit = findFinishedVisit(register.db, current.id);
  if (visit === null) return null;
  const instrument = instrumentOf(visit.instrument, visit.instrumentVersion);
  const recorded = { ...recordedAnswers(register, current, instrument), process: {} };
  const before = findVisitBefore(events);
  return {
    resultLabel: visit.result === null ? 'Hasil belum diisi' : visitResultLabel[visit.result],
    visitedOn: visit.visitedOn,
    enumerator: visit.enumerator,
    note: visit.note,
    enteredBy: visit.enteredByName,
    duplicateOf: visit.result === duplicateResult ? findNumberedCase(register, visit.duplicateOf) : null,
    missingPhotos:
      visit.result === fullVisit
        ? missingPhotos(instrument, listAttachmentsOfCase(register.db, current.id)).map(({ label }) => label)
        : [],
    corrections: foldChanges(
      events
        .filter(isVisitCorrection)
        .map((event) => FieldChange.array().safeParse(event.payload?.['perubahan']).data ?? []),
    ),
    identifiedAgain: identifiedAgain(events),
    compared: [
      recorded.household,
      ...Object.values(recorded.families),
      ...Object.values(recorded.members),
    ].some((answers) => Object.keys(answers).length > 0),
    // A first answer is no difference: the list did not ask.
    differences: diffVisits(instrument, current, recorded, visit).filter(
      (change) => change.before !== null && change.after !== null,
    ),
    changes:
      before === null
        ? null
        : [...diffHead(before, visit), ...diffVisits(instrument, current, before, visit)],
    answers: [
      ...listAnswers(instrument.household, null, visit.household),
      ...numbersOf(visit).flatMap((no) =>
        listAnswers(instrument.family, familyWords(current, no, visit), visit.families[no] ?? {}),
      ),
      ...current.household.members.flatMap((member) =>
        listAnswers(instrument.member, member.name, visit.members[member.id] ?? {}),
      ),
      ...listAnswers(instrument.process, null, visit.process),
    ],
  };
}

/** Whether an event changed the household because a sheet said so. */
export function isVisitCorrection(event: JournalEntry): boolean {
  return event.type === 'data_diubah' && typeof event.payload?.['lembar'] === 'string';
}

function identifiedAgain(events: readonly JournalEntry[]): string | null {
  const words = events.findLast(({ type }) => type === 'identifikasi_diulang')?.payload?.['keterangan'];
  return typeof words === 'string' ? words : null;
}

/** The visit as it stood when it was sent back, from its own event; null for a first visit. */
function findVisitBefore(events: readonly JournalEntry[]): VisitEntry | null {
  const visits = events.filter((event) => event.type === 'catat_hasil_kunjungan');
  return VisitEntry.safeParse(visits.at(-2)?.payload?.['kunjungan']).data ?? null;
}

function diffHead(
  before: VisitEntry,
  after: Pick<VisitEntry, 'result'> & { note: string | null },
): FieldChange[] {
  const texts = [
    {
      field: 'result',
      label: 'Hasil kunjungan',
      from: resultWords(before.result),
      to: resultWords(after.result),
    },
    { field: 'note', label: 'Catatan', from: before.note, to: after.note ?? '' },
  ];
  return texts
    .filter(({ from, to }) => from !== to)
    .map(({ field, label, from, to }) => ({
      field,
      label,
      group: 'Kunjungan',
      before: from === '' ? null : from,
      after: to === '' ? null : to,
    }));
}

function resultWords(result: VisitEntry['result']): string {
  return result === null ? '' : visitResultLabel[result];
}

function diffVisits(
  instrument: Instrument,
  current: Case,
  before: AnswerSet,
  after: AnswerSet,
): FieldChange[] {
  return [
    ...diffAnswers(instrument.household, 'Rumah tangga', 'household', before.household, after.household),
    ...numbersOf(before, after).flatMap((no) =>
      diffAnswers(
        instrument.family,
        familyWords(current, no, before, after) ?? 'Keluarga',
        `families.${no}`,
        before.families[no] ?? {},
        after.families[no] ?? {},
      ),
    ),
    ...current.household.members.flatMap(({ id, name }) =>
      diffAnswers(
        instrument.member,
        name,
        `members.${id}`,
        before.members[id] ?? {},
        after.members[id] ?? {},
      ),
    ),
    ...diffAnswers(instrument.process, 'Pemeriksaan', 'process', before.process, after.process),
  ];
}

function numbersOf(...sets: readonly Pick<AnswerSet, 'families'>[]): string[] {
  return [...new Set(sets.flatMap(({ families }) => Object.keys(families)))].toSorted();
}

/** `Keluarga 2, Budi Santoso` where there are several; null where there is but one. */
function familyWords(
  current: Case,
  no: string,
  ...sets: readonly Pick<AnswerSet, 'families'>[]
): string | null {
  if (numbersOf(...sets).length < 2) return null;
  const head = current.household.members.find(
    ({ familyNo, familyRelation }) => String(familyNo) === no && familyRelation === '1',
  );
  return head === undefined ? `Keluarga ${no}` : `Keluarga ${no}, ${head.name}`;
}

function diffAnswers(
  groups: readonly QuestionGroup[],
  group: string,
  path: string,
  before: Answers,
  after: Answers,
): FieldChange[] {
  return questionsOf(groups).flatMap((question) => {
    const from = answerWords(question, before[question.id]);
    const to = answerWords(question, after[question.id]);
    if (from === to) return [];
    return [{ field: `${path}.${question.id}`, group, label: question.label, before: from, after: to }];
  });
}

function listAnswers(
  groups: readonly QuestionGroup[],
  person: string | null,
  answers: Answers,
): VisitFindings['answers'] {
  return groups.flatMap(({ title, questions }) =>
    questions.flatMap((question) => {
      const answer = answerWords(question, answers[question.id]);
      return answer === null
        ? []
        : [{ group: person ?? title, no: question.no, label: question.label, answer }];
    }),
  );
}
