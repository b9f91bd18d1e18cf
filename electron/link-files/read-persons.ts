import { readRtRw } from '../../shared/domain/rt-rw.ts';
import { systemClock, today } from '../clock.ts';
import { normaliseAddress, type NormalisedAddress } from '../matching/addresses.ts';
import { shortForms } from '../matching/address-tables.ts';
import { normaliseName } from '../matching/names.ts';
import { PersonTable, SharedWords, type TablePerson } from '../matching/bulk/person-table.ts';
import type { ColumnMap } from './column-map.ts';
import {
  dateOf,
  type FileHabits,
  findHabits,
  hasShortYear,
  isDamaged,
  noSample,
  numberOf,
  plain,
  type Sample,
  sexOf,
} from './file-values.ts';
import type { FileRow, PersonFile } from './person-file.ts';

/** Rows looked at before the values of a file are read. */
const sampleRows = 3_000;

/** Words for files of one map: each `other` column is a text, and so is the kelurahan. */
export function wordsFor(map: ColumnMap): SharedWords {
  const others = map.other?.length ?? 0;
  return map.kelurahan === undefined ? new SharedWords(others) : new SharedWords(others + 1, others);
}

/** Values of a file that stand there and say nothing to the program, or not enough. */
export interface Unread {
  sex: number;
  dob: number;
  /** Birth dates of which the century was guessed. */
  century: number;
  /** NIK and No KK of which a spreadsheet lost the last digits. */
  damaged: number;
  /** Rows with fewer cells than the header. */
  short: number;
}

export const nothingUnread: Readonly<Unread> = { sex: 0, dob: 0, century: 0, damaged: 0, short: 0 };

/** A file of which the first rows were looked at. */
export interface SampledFile {
  first: readonly FileRow[];
  rest: AsyncIterator<FileRow>;
  sample: Sample;
}

export async function sampleFile(file: PersonFile): Promise<SampledFile> {
  const rest = file.rows[Symbol.asyncIterator]();
  const first: FileRow[] = [];
  while (first.length < sampleRows) {
    const next = await rest.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  const values = (field: 'nik' | 'kk' | 'dob') =>
    first.flatMap((row) => joined(row.of(field), field === 'dob' ? '-' : ' ') ?? []);
  return { first, rest, sample: { nik: values('nik'), kk: values('kk'), dob: values('dob') } };
}

/**
 * Reads a file into a table, row by row: what is kept of a person are numbers.
 *
 * @param unread counts what could not be read.
 * @param beside what the other file is written like, for what this one does not tell.
 */
export async function readPersons(
  file: PersonFile | SampledFile,
  map: ColumnMap,
  words: SharedWords,
  unread: Unread = { ...nothingUnread },
  beside: Sample = noSample,
): Promise<PersonTable> {
  const { first, rest, sample } = 'rest' in file ? file : await sampleFile(file);
  const habits = findHabits(sample, today(systemClock), beside);
  const table = new PersonTable(words);
  const read = (row: FileRow) => {
    const person = personOf(row, map, habits);
    if (person.sex === null && joined(row.of('sex')) !== null) unread.sex += 1;
    const dob = joined(row.of('dob'), '-');
    if (person.birthDate === null && dob !== null) unread.dob += 1;
    if (person.birthDate !== null && hasShortYear(dob)) unread.century += 1;
    for (const field of ['nik', 'kk'] as const)
      if (isDamaged(joined(row.of(field)) ?? '')) unread.damaged += 1;
    if (row.short === true) unread.short += 1;
    table.add(person);
  };
  for (const row of first) read(row);
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return table;
    read(next.value);
  }
}

function personOf(row: FileRow, map: ColumnMap, habits: FileHabits): TablePerson {
  const sex = sexOf(joined(row.of('sex')));
  const others = row.of('other').map(plain);
  return {
    id: row.id,
    name: normaliseName(joined(row.of('name')) ?? '', sex),
    number: numberOf(joined(row.of('nik')), habits.nikIsNik),
    household: numberOf(joined(row.of('kk')), habits.kkIsKk),
    sex,
    birthDate: dateOf(joined(row.of('dob'), '-'), habits),
    address: addressOf(row),
    texts: map.kelurahan === undefined ? others : [...others, placeOf(joined(row.of('kelurahan')))],
  };
}

function addressOf(row: FileRow): NormalisedAddress {
  const raw = {
    street: joined(row.of('address')),
    ...readRtRw(joined(row.of('rt')), joined(row.of('rw'))),
    kelurahan: null,
  };
  const address = normaliseAddress(raw);
  return address.number === '' ? withLooseNumber(address, raw.street ?? '') : address;
}

/** `12 Main Street`, `Kebon Sirih 12`: a house number without a word for it; `Kebon Kacang IX` has none. */
function withLooseNumber(address: NormalisedAddress, text: string): NormalisedAddress {
  const at = address.street.findIndex(
    (word) => /^\d+[A-Z]?$/.test(word) && text.includes(String(Number.parseInt(word, 10))),
  );
  const number = address.street[at];
  if (number === undefined || address.street.length < 2) return address;
  return { ...address, number, street: address.street.toSpliced(at, 1) };
}

/** Codes without their dots; names as text, with short forms written out: `Kel. Kb. Kacang` is `KEBON KACANG`. */
function placeOf(value: string | null): string | null {
  const digits = value?.replace(/[.\s]/g, '') ?? '';
  if (/^\d+$/.test(digits)) return digits;
  const name = plain(value)?.replace(/^(KEL|KELURAHAN|DESA) /, '');
  return name?.replace(/\S+/g, (word) => shortForms.get(word) ?? word) ?? null;
}

function joined(values: readonly (string | null)[], by = ' '): string | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.join(by);
}
