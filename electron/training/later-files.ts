import { dtks } from '../importing/dtks.ts';
import { dtsen } from '../importing/dtsen.ts';
import { dukcapil } from '../importing/dukcapil.ts';
import { ppks } from '../importing/ppks.ts';
import type { ProfileColumn } from '../importing/profile.ts';
import { regsosek } from '../importing/regsosek.ts';
import { siks } from '../importing/siks.ts';
import {
  carikPerson,
  type Listable,
  type ListedFamily,
  padanPerson,
  ppksPerson,
  regsosekFamilies,
  siksHousehold,
} from './later-lists.ts';
import type { TrueHousehold, World } from './population.ts';
import { Random } from './random.ts';
import type { AreaCodes, ListRow } from './reference-views.ts';

export interface SyntheticSheet {
  name: string;
  columns: readonly ProfileColumn[];
  rows: readonly ListRow[];
  /** Rows above the header, as OpenSID's workbook has them. */
  above?: readonly string[];
}

/** A list as a file for `make-kelurahan`; a file of one sheet may be a CSV. */
export interface SyntheticFile {
  fileName: string;
  sheets: readonly SyntheticSheet[];
}

/** The lists beside BDT and DTKS, each in the shape in which an office receives it. */
export function laterFiles(
  world: World,
  population: readonly TrueHousehold[],
  quarters: { before: ListedFamily[]; now: ListedFamily[] },
  codes: AreaCodes,
  seed: number,
): SyntheticFile[] {
  const random = new Random(seed);
  const poor = population.filter((household) => household.wealth < 0.7);
  const persons = population.flatMap((household) =>
    household.members.map((person) => ({ household, person })),
  );
  const inNeed = persons.filter(() => random.chance(0.04));
  const askedFor = persons.filter(({ person }) => person.nik !== null && random.chance(0.5));
  const carik = persons.map(({ household, person }) => carikPerson(world, household, person));
  return [
    familyFile('dtsen-sebelumnya.xlsx', ['Keluarga', 'Individu'], dtsen.columns, quarters.before),
    familyFile('dtsen.xlsx', ['Keluarga', 'Individu'], dtsen.columns, quarters.now),
    familyFile(
      'siks.xlsx',
      ['rumah_tangga', 'anggota'],
      siks.columns,
      poor.map((household, index) => siksHousehold(world, household, index + 1)),
    ),
    familyFile(
      'regsosek.xlsx',
      ['Keluarga', 'Anggota Keluarga'],
      regsosek.columns,
      poor.flatMap((household) => regsosekFamilies(household, codes, world.today)),
      ['I. KETERANGAN TEMPAT'],
    ),
    oneSheet(
      'ppks.csv',
      'PPKS',
      [...dtks.columns.filter(({ field }) => field !== 'jenis_ppks'), ...ppks.columns.slice(-1)],
      inNeed.map(({ household, person }, index) => ppksPerson(random, world, household, person, index + 1)),
    ),
    oneSheet('carik.csv', 'Carik', plainColumns(carik), carik),
    oneSheet(
      'padan-dukcapil.xlsx',
      'Hasil padan',
      dukcapil.columns,
      askedFor.map(({ household, person }) => padanPerson(random, world, household, person)),
    ),
  ];
}

/** One row a person, the family's columns repeated: what the import makes of the two sheets. */
export function joinedRows(families: readonly ListedFamily[]): ListRow[] {
  return families.flatMap(({ family, members }) => members.map((member) => ({ ...family, ...member })));
}

/** Households that the lists may know: all but those that will come as new. */
export function listable(
  population: readonly TrueHousehold[],
  kinds: ReadonlyMap<TrueHousehold, 'tetap' | 'berubah' | 'baru'>,
): Listable[] {
  return population.flatMap((household) => {
    const kind = kinds.get(household);
    return kind === 'baru' ? [] : [{ household, kind: kind ?? null }];
  });
}

function familyFile(
  fileName: string,
  [families, members]: readonly [string, string],
  columns: readonly ProfileColumn[],
  listed: readonly ListedFamily[],
  above: readonly string[] = [],
): SyntheticFile {
  const familyRows = listed.map(({ family }) => family);
  const memberRows = listed.flatMap((entry) => entry.members);
  return {
    fileName,
    sheets: [
      { name: families, columns: usedColumns(columns, familyRows), rows: familyRows, above },
      { name: members, columns: usedColumns(columns, memberRows), rows: memberRows, above },
    ],
  };
}

function oneSheet(
  fileName: string,
  name: string,
  columns: readonly ProfileColumn[],
  rows: readonly ListRow[],
): SyntheticFile {
  return { fileName, sheets: [{ name, columns: usedColumns(columns, rows), rows }] };
}

/** The columns that some row fills, in the profile's order. */
function usedColumns(columns: readonly ProfileColumn[], rows: readonly ListRow[]): ProfileColumn[] {
  const used = new Set(rows.flatMap((row) => Object.keys(row)));
  return columns.filter(({ field }) => used.has(field));
}

function plainColumns(rows: readonly ListRow[]): ProfileColumn[] {
  return Object.keys(rows[0] ?? {}).map((header) => ({
    header,
    field: header,
    role: 'name',
    scope: 'member',
    synonyms: [],
  }));
}
