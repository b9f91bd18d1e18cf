import { z } from 'zod';
import type { FieldChange } from './household-diff.ts';
import {
  answerWords,
  type Instrument,
  type Question,
  type QuestionGroup,
  questionsOf,
} from './instrument.ts';
import type { Member } from './person.ts';
import { VisitEntry } from './visit-entry.ts';
import { presenceQuestion } from './visit-families.ts';

/**
 * A visit that is mended after the case was legalised: its answers, when and by whom it was made, and
 * its note. How it ended and whom it found stay, as steps of the case and the household hang on them.
 */

/** One value of a visit; an answer that was or is not there is the empty text. */
export const VisitEdit = z.object({
  /** `visit.note`, `visit.household.<question>`, `visit.members.<id>.<question>`, `visit.passes.<finding>`. */
  path: z.string(),
  before: z.string(),
  after: z.string(),
});
export type VisitEdit = z.infer<typeof VisitEdit>;

const own = ['visitedOn', 'enumerator', 'note'] as const;
/** One record of texts each, and a record of such records each. */
const flat = ['household', 'process', 'passes', 'reasons'] as const;
const nested = ['families', 'members'] as const;

export function isVisitPath(path: string): boolean {
  return path.startsWith('visit.');
}

/** What is typed over a finished visit, as far as it may be mended. */
export function amendedVisit(stands: VisitEntry, typed: VisitEntry, instrument: Instrument): VisitEntry {
  const { visitedOn, enumerator, note, household, families, process, passes, reasons } = typed;
  const presence = presenceQuestion(instrument)?.id ?? null;
  const members = Object.fromEntries(
    Object.entries(typed.members).map(([id, answers]) => {
      const found = presence === null ? '' : (stands.members[id]?.[presence] ?? '');
      return [id, presence === null ? answers : { ...without(answers, presence), ...only(presence, found) }];
    }),
  );
  return {
    ...stands,
    visitedOn,
    enumerator,
    note,
    household,
    families,
    members,
    process,
    passes,
    reasons,
  };
}

export function visitEdits(before: VisitEntry, after: VisitEntry): VisitEdit[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path) ?? '', now.get(path) ?? ''];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

/** The value at a path of a visit; empty where there is none. */
export function readVisit(entry: VisitEntry, path: string): string {
  return textsOf(entry).get(path) ?? '';
}

/** A visit with each edit's value in its place; a record that is left empty stays. */
export function withVisitEdits(entry: VisitEntry, edits: readonly VisitEdit[]): VisitEntry {
  const next = structuredClone(entry);
  for (const { path, after } of edits) {
    const [, part = '', ...rest] = path.split('.');
    if (part === 'visitedOn') next.visitedOn = after === '' ? null : after;
    else if (part === 'enumerator' || part === 'note') next[part] = after;
    else if (isOneOf(flat, part)) put(next[part], rest.join('.'), after);
    else if (isOneOf(nested, part)) {
      const [id = '', ...question] = rest;
      put((next[part][id] ??= {}), question.join('.'), after);
    }
  }
  return VisitEntry.parse(next);
}

/** The edits in the words of the questionnaire; why something was let pass is no change of an answer. */
export function visitChanges(
  edits: readonly VisitEdit[],
  instrument: Instrument,
  members: readonly Pick<Member, 'id' | 'name'>[],
): FieldChange[] {
  return edits.flatMap(({ path, before, after }): FieldChange[] => {
    const [, part = '', ...rest] = path.split('.');
    const said = (group: string, groups: readonly QuestionGroup[], id: string | undefined) => {
      const question = questionsOf(groups).find((candidate) => candidate.id === id);
      const label = question === undefined ? (id ?? '') : `${question.no} ${question.label}`;
      return [{ field: path, group, label, ...wordsOf(question, before, after) }];
    };
    switch (part) {
      case 'visitedOn':
      case 'enumerator':
      case 'note':
        return [{ field: path, group: 'Kunjungan', label: ownLabel[part], ...texts(part, before, after) }];
      case 'household':
      case 'process':
        return said('Rumah tangga', instrument[part], rest[0]);
      case 'families':
        return said(`Keluarga ${rest[0]}`, instrument.family, rest[1]);
      case 'members': {
        const member = members.find(({ id }) => id === rest[0]);
        return said(member?.name ?? 'Anggota', instrument.member, rest[1]);
      }
      default:
        return [];
    }
  });
}

const ownLabel = {
  visitedOn: 'Tanggal kunjungan',
  enumerator: 'Petugas lapangan',
  note: 'Catatan',
} as const;

function texts(part: string, before: string, after: string): Pick<FieldChange, 'before' | 'after'> {
  const say = (text: string) =>
    text === '' ? null : part === 'visitedOn' ? text.split('-').toReversed().join('-') : text;
  return { before: say(before), after: say(after) };
}

function wordsOf(
  question: Question | undefined,
  before: string,
  after: string,
): Pick<FieldChange, 'before' | 'after'> {
  const say = (text: string) =>
    text === '' ? null : question === undefined ? text : answerWords(question, text);
  return { before: say(before), after: say(after) };
}

function textsOf(entry: VisitEntry): Map<string, string> {
  return new Map([
    ...own.map((part) => [`visit.${part}`, entry[part] ?? ''] as const),
    ...flat.flatMap((part) =>
      Object.entries(entry[part]).map(([key, text]) => [`visit.${part}.${key}`, text] as const),
    ),
    ...nested.flatMap((part) =>
      Object.entries(entry[part]).flatMap(([id, answers]) =>
        Object.entries(answers).map(([key, text]) => [`visit.${part}.${id}.${key}`, text] as const),
      ),
    ),
  ]);
}

function put(record: Record<string, string>, key: string, text: string): void {
  if (text === '') delete record[key];
  else record[key] = text;
}

function without(answers: Record<string, string>, key: string): Record<string, string> {
  const { [key]: _, ...rest } = answers;
  return rest;
}

function only(key: string, text: string): Record<string, string> {
  return text === '' ? {} : { [key]: text };
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some((candidate) => candidate === name);
}
