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
import { digitsOf } from './numbers.ts';
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

/** Sheets of heads (one row a No KK) whose families a sheet completes: it is read, save for who stands on them. */
export type HeadSheets = readonly Pick<KnownSheet, 'name' | 'niks'>[];

interface SeenBefore {
  /** What the sheet repeats; null where it is to be read. */
  repeated: Repeated | null;
  heads: HeadSheets;
}

const nothingBefore: SeenBefore = { repeated: null, heads: [] };

interface RepeatedOptions extends SheetOptions {
  profile: Profile;
  mapping: ListMapping | null;
}

/**
 * Tells the sheets that say again who stands on sheets before them, as one of everybody beside one an RW does, or
 * one of members after one of their heads: read in, everybody of theirs would stand in the list twice. Known only at a sheet's end, when its rows would
 * have been handed on; so the NIKs of all sheets are read beforehand, as soon as there is a second one.
 */
export class RepeatedSheets {
  readonly #file: ByteSource;
  readonly #options: RepeatedOptions;
  #found: Promise<ReadonlyMap<number, SeenBefore>> | null = null;
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
  async at(place: number): Promise<SeenBefore> {
    this.#found ??= this.#find();
    return (await this.#found).get(place) ?? nothingBefore;
  }

  async #find(): Promise<ReadonlyMap<number, SeenBefore>> {
    const { profile, mapping, onProgress: _, ...options } = this.#options;
    const found = new Map<number, SeenBefore>();
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
      const own: KnownSheet = {
        name: sheet.name ?? '',
        niks: new NumberSet(),
        cards: new NumberSet(),
        isOfHeads: true,
      };
      const seen = await compare(
        wholeNumbers(header, profile, { rows, signal: options.signal }),
        own,
        before,
      );
      found.set(place, seen);
      if (seen.repeated === null) before.push(own);
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
  cards: NumberSet;
  /** Each row has a whole No KK of its own. */
  isOfHeads: boolean;
}

/** Whole NIK and No KK of a row; null for one that is none or that nobody can trust, as `RowReader` has it. */
interface RowNumbers {
  nik: string | null;
  kk: string | null;
}

/**
 * What a sheet repeats, and which sheets of heads it completes: those of whose heads it repeats some, and to whose
 * families most of its other rows belong.
 *
 * @param own is given its numbers.
 */
async function compare(
  numbers: AsyncIterable<readonly RowNumbers[]>,
  own: KnownSheet,
  before: readonly KnownSheet[],
): Promise<SeenBefore> {
  const ofHeads = before.filter(({ isOfHeads }) => isOfHeads);
  const of = new Set<KnownSheet>();
  let [all, shared, withoutNik, others, related] = [0, 0, 0, 0, 0];
  for await (const some of numbers)
    for (const { nik, kk } of some) {
      if (kk === null || !own.cards.add(kk)) own.isOfHeads = false;
      if (nik === null) withoutNik += 1;
      const isNew = nik !== null && own.niks.add(nik);
      if (isNew) all += 1;
      const sheet = nik === null ? undefined : before.find((known) => known.niks.has(nik));
      if (sheet === undefined) {
        others += 1;
        if (kk !== null && ofHeads.some(({ cards }) => cards.has(kk))) related += 1;
      } else if (isNew) {
        shared += 1;
        of.add(sheet);
      }
    }
  const heads = ofHeads.filter((known) => of.has(known));
  if (heads.length > 0 && 2 * related > others) return { repeated: null, heads };
  if (shared < fewest || 2 * shared <= all) return nothingBefore;
  const names = before.filter((known) => of.has(known)).map(({ name }) => name);
  return { repeated: { of: names, niks: all, own: all - shared, withoutNik }, heads: [] };
}

/** The numbers of a sheet's rows, some rows at a time. */
async function* wholeNumbers(
  { match }: FoundHeader,
  profile: Profile,
  flowing: Flowing,
): AsyncGenerator<RowNumbers[]> {
  const columns = new RowColumns(profile, match);
  const numbers = new NumberColumns(columns);
  for await (const rows of rowsTogether(flowing)) {
    numbers.look(rows);
    yield rows.map((row) => ({ nik: digitsOf(numbers.nik(row)), kk: digitsOf(numbers.kk(row)) }));
  }
}
