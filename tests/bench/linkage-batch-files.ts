import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ColumnMap } from '../../electron/link-files/column-map.ts';
import { csvLine } from '../../electron/training/list-files.ts';
import { slipDate, slipName, slipNumber } from '../../electron/training/noise.ts';
import { Random } from '../../electron/training/random.ts';
import type { ListRow } from '../../electron/training/reference-views.ts';
import { makeCity } from './linkage-city.ts';
import { Lookup, type LookedUp } from './linkage-peer.ts';
import { usualDirt } from './linkage-kelurahan.ts';

const seed = 29;
/** Of ten families so many stand in the reference only, so many in the cases only; the others in both. */
const aloneInTen = 1;
/** How often a family of both lives elsewhere meanwhile, and how often it has a new No KK then. */
const moved = { elsewhere: 0.12, withNewCard: 0.5 };

const columns = ['id', 'nama', 'jk', 'lahir', 'nik', 'kk', 'alamat', 'rt', 'rw', 'kelurahan'] as const;
type FileRow = Record<(typeof columns)[number], string | null>;

const map: ColumnMap = {
  id: 'id',
  name: ['nama'],
  sex: ['jk'],
  dob: ['lahir'],
  nik: ['nik'],
  kk: ['kk'],
  address: ['alamat'],
  rt: ['rt'],
  rw: ['rw'],
  kelurahan: ['kelurahan'],
};

/** Two files of persons, and their map; who is one person has one id in both. */
export interface BatchFiles {
  reference: string;
  cases: string;
  map: string;
  references: number;
  /** Persons of the cases, and how many of them stand in the reference. */
  wanted: number;
  known: number;
  /** Ids of the cases whom the reference does not know. */
  strangers: Set<string>;
  /** What a spreadsheet's lookup finds for each case, and of which family it is. */
  lookedUp: Map<string, { family: string; found: string | null }>;
}

/**
 * Two files of so many persons each: a city's people as one list has them, and as another does that was
 * taken down anew, with the slips of a counter, families that moved, and families that only one of them knows.
 */
export async function writeBatch(folder: string, persons: number): Promise<BatchFiles> {
  const at = (name: string) => join(folder, name);
  const files = { reference: at('reference.csv'), cases: at('cases.csv'), map: at('map.json') };
  await writeFile(files.map, JSON.stringify(map));
  const random = new Random(seed);
  const [reference, cases] = [await openCsv(files.reference), await openCsv(files.cases)];
  const counts = { references: 0, wanted: 0, known: 0, strangers: new Set<string>() };
  const lookup = new Lookup();
  const lookedFor: { person: LookedUp; family: string }[] = [];
  let before: ListRow = {};
  let family: ListRow[] = [];
  const writeFamily = async () => {
    const [first] = family;
    if (first === undefined) return;
    const place = random.int(0, 9);
    const [inReference, inCases] = [place >= aloneInTen, place < 10 - aloneInTen];
    const elsewhere = random.chance(moved.elsewhere) ? before : first;
    const newCard = elsewhere !== first && random.chance(moved.withNewCard);
    const kk = newCard ? String(random.int(1e9, 9e9)) + String(random.int(100_000, 999_999)) : null;
    for (const row of family) {
      if (inReference) {
        await reference.write(rowOf(row));
        lookup.add(lookedUpOf(rowOf(row)));
      }
      if (!inCases) continue;
      const taken = takenAnew(random, rowOf(row), rowOf(elsewhere), kk);
      await cases.write(taken);
      lookedFor.push({ person: lookedUpOf(taken), family: String(first['nomor_kk']) });
    }
    if (inReference) counts.references += family.length;
    if (inCases) counts.wanted += family.length;
    if (inReference && inCases) counts.known += family.length;
    if (!inReference) for (const row of family) counts.strangers.add(String(row['id_dtks']));
    before = first;
  };
  await makeCity(Math.round((persons * 10) / (10 - aloneInTen)), async (row) => {
    if (family.length > 0 && family[0]?.['nomor_kk'] !== row['nomor_kk']) {
      await writeFamily();
      family = [];
    }
    family.push(row);
  });
  await writeFamily();
  await reference.close();
  await cases.close();
  const lookedUp = new Map(
    lookedFor.map(({ person, family }) => [person.id, { family, found: lookup.find(person) }]),
  );
  return { ...files, ...counts, lookedUp };
}

function lookedUpOf({ id, nik, nama, lahir }: FileRow): LookedUp {
  return { id: id ?? '', nik, name: nama, birth: lahir };
}

function rowOf(row: ListRow): FileRow {
  const at = (column: string) => {
    const value = row[column] ?? null;
    return value === null ? null : String(value);
  };
  return {
    id: at('id_dtks'),
    nama: at('nama'),
    jk: at('jenis_kelamin'),
    lahir: at('tanggal_lahir'),
    nik: at('nomor_nik'),
    kk: at('nomor_kk'),
    alamat: at('alamat'),
    rt: at('rt'),
    rw: at('rw'),
    kelurahan: at('desa_kelurahan'),
  };
}

/** @param kk the family's new card; null where it has the old one. */
function takenAnew(random: Random, row: FileRow, home: FileRow, kk: string | null): FileRow {
  const { alamat, rt, rw, kelurahan } = home;
  // As people write it: the slips know names in small letters.
  const name = (row.nama ?? '').replace(/\B\p{L}+/gu, (letters) => letters.toLowerCase());
  return {
    ...row,
    nama: slipName(random, name, usualDirt.name).value,
    lahir: row.lahir === null ? null : slipDate(random, row.lahir, usualDirt.date).value,
    nik: slipNumber(random, row.nik, { lost: usualDirt.nikLost, wrong: usualDirt.nikWrong }).value,
    kk: slipNumber(random, kk ?? row.kk, { lost: usualDirt.kkLost, wrong: usualDirt.kkWrong }).value,
    alamat,
    rt,
    rw,
    kelurahan,
  };
}

async function openCsv(
  path: string,
): Promise<{ write(row: FileRow): Promise<void>; close(): Promise<void> }> {
  const file: WriteStream = createWriteStream(path);
  await once(file, 'open');
  file.write(csvLine(columns));
  return {
    write: async (row) => {
      if (!file.write(csvLine(columns.map((column) => row[column] ?? '')))) await once(file, 'drain');
    },
    close: async () => {
      file.end();
      await finished(file);
    },
  };
}
