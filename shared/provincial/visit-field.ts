import type { Household } from '../domain/household.ts';
import {
  answerWords,
  type Instrument,
  type Question,
  type QuestionGroup,
  questionsOf,
} from '../domain/instrument.ts';
import { decodeAnswer } from '../domain/instrument-exchange.ts';

export interface VisitField {
  /** Where the sheet of the visit has it, as its findings name it: `household.lantai`; null where it has no such field. */
  path: string | null;
  /** In words, with the number on the paper: `3.4 Jenis lantai terluas, Siti Aminah`. */
  label: string;
}

const ofVisit: Record<string, string> = {
  visitedOn: 'tanggal kunjungan',
  enumerator: 'petugas lapangan',
  result: 'hasil kunjungan',
  note: 'catatan kunjungan',
  duplicateOf: 'nomor berkas yang sama',
};

/** A field of the wire that is of the visit, on the sheet and in the questions it was made with; null where it is none. */
export function visitFieldOf(
  field: string | null,
  instrument: Instrument,
  household: Household,
): VisitField | null {
  const [root, part = '', ...rest] = field?.replace(/^body\./, '').split('.') ?? [];
  if (root !== 'visit') return null;
  if (part in ofVisit) return { path: part, label: ofVisit[part] ?? '' };
  if (part === 'household') {
    const [id] = rest;
    return (
      question(instrument.household, 'household', id) ??
      question(instrument.process, 'process', id) ??
      unknown('rumah tangga')
    );
  }
  const [id = '', asked] = rest;
  if (part === 'families') {
    const of = `keluarga ${id}`;
    return question(instrument.family, `families.${id}`, asked, of) ?? unknown(of);
  }
  if (part === 'members') {
    const of = household.members.find((member) => member.id === id)?.name ?? 'seorang anggota';
    return question(instrument.member, `members.${id}`, asked, of) ?? unknown(of);
  }
  if (part === 'corrections') return { path: null, label: 'perbaikan pada lembar kunjungan' };
  return { path: null, label: 'hasil kunjungan' };
}

/**
 * What the wire says at a field of the visit, as the options of the questionnaire word it: `Keramik`; several answers each
 * with its question. Null where it is no answer to a question of it.
 */
export function visitAnswerOf(field: string, value: unknown, instrument: Instrument): string | null {
  const [root, part = '', ...rest] = field.replace(/^body\./, '').split('.');
  if (root !== 'visit') return null;
  const groups = groupsOf(part, instrument);
  const id = part === 'household' ? rest[0] : rest[1];
  if (groups === null) return null;
  if (id !== undefined) return answer(groups, id, value, instrument)?.words ?? null;
  if (typeof value !== 'object' || value === null) return null;
  const said = Object.entries(value).map(([asked, code]) => answer(groups, asked, code, instrument));
  return said.length === 0 || said.includes(null)
    ? null
    : said.map((one) => `${one?.question.no} ${one?.question.label}: ${one?.words}`).join('; ');
}

function groupsOf(
  part: string,
  { household, process, family, member }: Instrument,
): readonly QuestionGroup[] | null {
  if (part === 'household') return [...household, ...process];
  return part === 'families' ? family : part === 'members' ? member : null;
}

function answer(
  groups: readonly QuestionGroup[],
  id: string,
  code: unknown,
  instrument: Instrument,
): { question: Question; words: string } | null {
  const found = questionsOf(groups).find((candidate) => candidate.id === id);
  if (found === undefined || typeof code !== 'string') return null;
  const words = answerWords(found, decodeAnswer(instrument, found, code) ?? code);
  return words === null ? null : { question: found, words };
}

function question(
  groups: readonly QuestionGroup[],
  of: string,
  id: string | undefined,
  whose?: string,
): VisitField | null {
  const found = questionsOf(groups).find((candidate) => candidate.id === id && candidate.kept === null);
  if (found === undefined) return null;
  const label = `${found.no} ${found.label}`;
  return { path: `${of}.${found.id}`, label: whose === undefined ? label : `${label}, ${whose}` };
}

function unknown(of: string): VisitField {
  return { path: null, label: `hasil kunjungan, ${of}` };
}
