import type { Household } from '../domain/household.ts';
import { type Instrument, type QuestionGroup, questionsOf } from '../domain/instrument.ts';

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
