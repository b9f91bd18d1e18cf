import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import type { FileRow, PersonFile } from '../../electron/link-files/person-file.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import { slipDate, slipName, slipNumber } from '../../electron/training/noise.ts';
import { Random } from '../../electron/training/random.ts';
import { kelurahan } from '../integration/office.ts';

/** A person as a file would hold one; under the names of the map's columns. */
export type FilePerson = Record<
  'id' | 'family' | 'nama' | 'jk' | 'lahir' | 'nik' | 'kk' | 'alamat' | 'rt' | 'rw',
  string | null
>;

export interface KelurahanFiles {
  references: FilePerson[];
  cases: FilePerson[];
  /** Id of a case to the id of the reference's person; who is not in the reference is absent. */
  truth: Map<string, string>;
  /** Where twins were put in: id of a case to the row of the other twin, to whom nobody may link them. */
  otherTwin?: Map<string, string>;
}

export const fullMap: ColumnMap = {
  id: 'id',
  name: ['nama'],
  sex: ['jk'],
  dob: ['lahir'],
  nik: ['nik'],
  kk: ['kk'],
  address: ['alamat'],
  rt: ['rt'],
  rw: ['rw'],
};

export const mapWithoutNumbers: ColumnMap = {
  id: 'id',
  name: ['nama'],
  sex: ['jk'],
  dob: ['lahir'],
  address: ['alamat'],
  rt: ['rt'],
  rw: ['rw'],
};

/** How often the counter loses or mistypes what the family says, beyond what the made-up kelurahan does itself. */
export const usualDirt = {
  nikLost: 0.05,
  nikWrong: 0.07,
  kkLost: 0.05,
  kkWrong: 0.02,
  name: 0.08,
  date: 0.03,
};

/**
 * The DTKS of a made-up kelurahan and the families that come to its counter, a third of whom it does
 * not know, with dirty numbers.
 */
export function makeKelurahanFiles(
  households: number,
  cases: number,
  seed: number,
  dirt = usualDirt,
): KelurahanFiles {
  const areas = loadAreaData(loadAreas('resources'), 'resources');
  const made = generateKelurahan({ households, seed, kelurahan, areas, today: '2026-11-22', cases });
  const random = new Random(seed + 77);
  const list = made.reference.find(({ source }) => source === 'DTKS');
  const references = (list?.rows ?? []).map((row): FilePerson => {
    const at = (column: string) => {
      const value = row[column] ?? null;
      return value === null ? null : String(value);
    };
    return {
      id: at('id_dtks'),
      family: at('nomor_kk'),
      nama: at('nama'),
      jk: at('jenis_kelamin'),
      lahir: at('tanggal_lahir'),
      nik: at('nomor_nik'),
      kk: at('nomor_kk'),
      alamat: at('alamat'),
      rt: at('rt'),
      rw: at('rw'),
    };
  });
  const truth = new Map<string, string>();
  const reported: FilePerson[] = [];
  for (const [index, { household, truth: known }] of made.cases.entries()) {
    const kks = new Map(
      household.families.map(({ no, kk }) => [
        no,
        slipNumber(random, kk, { lost: dirt.kkLost, wrong: dirt.kkWrong }).value,
      ]),
    );
    const { street, rt, rw } = household.address;
    for (const member of household.members) {
      reported.push({
        id: member.id,
        family: String(index),
        nama: slipName(random, member.name, dirt.name).value,
        jk: member.sex,
        lahir: member.birthDate === null ? null : slipDate(random, member.birthDate, dirt.date).value,
        nik: slipNumber(random, member.nik, { lost: dirt.nikLost, wrong: dirt.nikWrong }).value,
        kk: kks.get(member.familyNo) ?? null,
        alamat: street,
        rt: String(rt),
        rw: String(rw),
      });
    }
    for (const { memberId, dtksId } of known.members) if (dtksId !== null) truth.set(memberId, dtksId);
  }
  return { references, cases: reported, truth };
}

/** People of whom nobody made a file, as the reader of files takes them. */
export function asPersonFile(people: readonly FilePerson[], map: ColumnMap): PersonFile {
  const columns: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(map).map(([field, names]) => [field, [names].flat()]),
  );
  async function* rows(): AsyncGenerator<FileRow> {
    for (const [index, person] of people.entries())
      yield {
        line: index + 2,
        id: person.id ?? '',
        of: (field) => (columns[field] ?? []).map((name) => valueOf(person, name)),
      };
  }
  return { path: 'kelurahan', missing: [], rows: rows() };
}

function valueOf(person: FilePerson, column: string): string | null {
  return Object.entries(person).find(([name]) => name === column)?.[1] ?? null;
}
