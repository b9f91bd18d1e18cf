import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import {
  type Flowing,
  type FoundHeader,
  rowsTogether,
  seeSheet,
  type SheetOptions,
  sheetsOf,
} from './list-sheets.ts';
import { NumberColumns } from './number-columns.ts';
import { NumberSet } from './number-set.ts';
import { matchHeader, type Profile } from './profile.ts';
import { RowColumns } from './row-columns.ts';
import type { ByteSource } from './source.ts';

/** Of how many NIKs at least it is told that a sheet repeats others. */
const fewest = 3;

/** A sheet of which most whole NIKs stand on sheets before it. */
export interface Repeated {
  /** Those sheets, in the order of their tabs. */
  of: string[];
  /** Its whole NIKs, and how many of them stand on no sheet before it. */
  niks: number;
  own: number;
  /** Its rows without one: nobody knows whether they stand on those sheets. */
  withoutNik: number;
}

interface RepeatedOptions extends SheetOptions {
  profile: Profile;
  mapping: ListMapping | null;
}

/**
 * Tells the sheets that say again who stands on sheets before them, as one of everybody beside one an RW does:
 * read in, everybody of theirs would stand in the list twice. Known only at a sheet's end, when its rows would
 * have been handed on; so the NIKs of all sheets are read beforehand, as soon as there is a second one.
 */
export class RepeatedSheets {
  readonly #file: ByteSource;
  readonly #options: RepeatedOptions;
  #found: Promise<ReadonlyMap<number, Repeated>> | null = null;
  /** Bytes read beforehand. */
  #looked = 0;
  #read = 0;

  constructor(file: ByteSource, options: RepeatedOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** Takes how far the file is read; what is read beforehand counts too. */
  readonly onProgress = (done: number, total: number): void => {
    this.#read = done;
    this.#tell(total);
  };

  /**
   * @param place of the sheet in the file, from 1.
   * @throws AppError as the reading of the file does.
   */
  async at(place: number): Promise<Repeated | null> {
    this.#found ??= this.#find();
    return (await this.#found).get(place) ?? null;
  }

  async #find(): Promise<ReadonlyMap<number, Repeated>> {
    const { profile, mapping, onProgress: _, ...options } = this.#options;
    const found = new Map<number, Repeated>();
    const before: KnownSheet[] = [];
    let place = 0;
    const columns = (headers: readonly string[]) => matchHeader(profile, headers).at.size;
    const onProgress = (done: number, total: number) => {
      this.#looked = done;
      this.#tell(total);
    };
    for await (const sheet of sheetsOf(this.#file, columns, { ...options, onProgress })) {
      place += 1;
      const rows = sheet.rows[Symbol.asyncIterator]();
      const { header, holds } = await seeSheet(sheet, rows, profile, mapping);
      if (header === null || holds !== 'persons') {
        // It must flow past too before the next can be read.
        while (!(await rows.next()).done);
        continue;
      }
      const niks = new NumberSet();
      const repeated = await compare(
        wholeNiks(header, profile, { rows, signal: options.signal }),
        niks,
        before,
      );
      if (repeated === null) before.push({ name: sheet.name ?? '', niks });
      else found.set(place, repeated);
    }
    return found;
  }

  #tell(total: number): void {
    const passes = this.#looked === 0 ? 1 : 2;
    this.#options.onProgress?.(this.#read + this.#looked, passes * total);
  }
}

/** A sheet that is read in. */
interface KnownSheet {
  name: string;
  niks: NumberSet;
}

/**
 * What a sheet repeats; null where it is to be read.
 *
 * @param own is given its NIKs.
 */
async function compare(
  niks: AsyncIterable<readonly (string | null)[]>,
  own: NumberSet,
  before: readonly KnownSheet[],
): Promise<Repeated | null> {
  const of = new Set<KnownSheet>();
  let [all, shared, withoutNik] = [0, 0, 0];
  for await (const some of niks)
    for (const nik of some) {
      if (nik === null) withoutNik += 1;
      if (nik === null || !own.add(nik)) continue;
      all += 1;
      const sheet = before.find((known) => known.niks.has(nik));
      if (sheet === undefined) continue;
      shared += 1;
      of.add(sheet);
    }
  if (shared < fewest || 2 * shared <= all) return null;
  return {
    of: before.filter((known) => of.has(known)).map(({ name }) => name),
    niks: all,
    own: all - shared,
    withoutNik,
  };
}

/** The NIKs of a sheet's rows, some rows at a time; null for one that is none or that nobody can trust, as `RowReader` has it. */
async function* wholeNiks(
  { match }: FoundHeader,
  profile: Profile,
  flowing: Flowing,
): AsyncGenerator<(string | null)[]> {
  const columns = new RowColumns(profile, match);
  const numbers = new NumberColumns(columns);
  for await (const rows of rowsTogether(flowing)) {
    numbers.look(rows);
    yield rows.map((row) => {
      const nik = numbers.nik(row);
      return nik.kind === 'whole' ? nik.digits : null;
    });
  }
}
