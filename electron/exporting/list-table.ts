import {
  type ReferenceHousehold,
  type ReferencePerson,
  type ReferenceSource,
} from '../../shared/domain/reference.ts';
import { type ColumnRole, isAnswer, type ProfileColumn } from '../importing/profile.ts';
import { relationWord } from '../importing/difference.ts';
import { profiles } from '../importing/profiles.ts';

/** Names of the areas above a kelurahan. */
export interface AreaNames {
  provinsi: string;
  kabkota: string;
  kecamatan: string;
}

export interface ListTable {
  headers: string[];
  rowsOf: (household: ReferenceHousehold, persons: readonly ReferencePerson[]) => (string | null)[][];
}

/** Columns of a list whose source has none of its own. */
const plainColumns: readonly [header: string, role: ColumnRole][] = [
  ['Nomor KK', 'kk'],
  ['ID rumah tangga', 'household_id'],
  ['NIK', 'nik'],
  ['Nama', 'name'],
  ['Jenis kelamin', 'sex'],
  ['Tempat lahir', 'birth_place'],
  ['Tanggal lahir', 'birth_date'],
  ['Hubungan keluarga', 'relation'],
  ['Nama ibu kandung', 'mother_name'],
  ['Alamat', 'street'],
  ['RT', 'rt'],
  ['RW', 'rw'],
  ['Kelurahan', 'kelurahan'],
  ['Desil', 'desil'],
  ['Persentil', 'percentile'],
];

/**
 * A list as a table, one row a person, under the headers of its source, so that it can be read back
 * in. Area codes are left out: which system they follow could no longer be told.
 *
 * @param fields the answers that the list holds.
 * @param areaOf names above a kelurahan's code.
 */
export function listTable(
  source: ReferenceSource,
  fields: ReadonlySet<string>,
  areaOf: (kelurahan: string) => AreaNames | null,
): ListTable {
  const columns = columnsOf(source, fields);
  const numbered = profiles.some((profile) => profile.source === source && profile.relationCodes === true);
  return {
    headers: columns.map(({ header }) => header),
    rowsOf: (household, persons) => {
      const area = household.kelurahan === null ? null : areaOf(household.kelurahan);
      return persons.map((person) =>
        columns.map((column) => valueOf(column, household, person, area, numbered)),
      );
    },
  };
}

type TableColumn = Pick<ProfileColumn, 'header' | 'field' | 'role' | 'scope'> & { answer: boolean };

function columnsOf(source: ReferenceSource, fields: ReadonlySet<string>): TableColumn[] {
  const own = profiles.find((profile) => profile.source === source);
  const known: TableColumn[] =
    own === undefined
      ? plainColumns.map(([header, role]) => ({
          header,
          field: header,
          role,
          scope: 'member',
          answer: false,
        }))
      : own.columns
          .filter(
            (column) => !column.role.endsWith('_code') && (!isAnswer(column) || fields.has(column.field)),
          )
          .map((column) => ({ ...column, answer: isAnswer(column) }));
  const named = new Set(known.map(({ field }) => field));
  const others = [...fields].filter((field) => !named.has(field) && field !== 'nama_sls');
  return [
    ...known,
    ...others.map((field) => ({
      header: field,
      field,
      role: 'answer' as const,
      scope: 'member' as const,
      answer: true,
    })),
  ];
}

function valueOf(
  column: TableColumn,
  household: ReferenceHousehold,
  person: ReferencePerson,
  area: AreaNames | null,
  numbered: boolean,
): string | null {
  if (column.answer) return person.answers[column.field] ?? household.answers[column.field] ?? null;
  switch (column.role) {
    case 'household_id':
      return household.sourceId;
    case 'kk':
      return person.kk ?? household.kk;
    case 'street':
      return household.street;
    case 'rt':
    case 'rw':
      return household[column.role]?.toString().padStart(3, '0') ?? null;
    case 'sls':
      return household.answers['nama_sls'] ?? null;
    case 'kelurahan':
      return household.kelurahanName;
    case 'kecamatan':
    case 'kabkota':
    case 'provinsi':
      return area?.[column.role] ?? null;
    case 'percentile':
    case 'desil':
      return household[column.role]?.toString() ?? null;
    case 'person_id':
      return person.sourceId;
    case 'order':
      return String(person.order);
    case 'name':
      return person.name;
    case 'nik':
      return person.nik;
    case 'sex':
      return person.sex;
    case 'birth_place':
      return person.birthPlace;
    case 'birth_date':
      return person.birthDate;
    case 'age':
      return person.age?.toString() ?? null;
    case 'relation':
      return numbered ? person.relation : relationWord(person.relation);
    case 'family_no':
      return person.familyNo?.toString() ?? null;
    case 'mother_name':
      return person.motherName;
    default:
      return null;
  }
}
