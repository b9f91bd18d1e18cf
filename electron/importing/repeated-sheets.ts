import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import { type Flowing, rowsTogether, seeSheet, type SheetOptions, sheetsOf } from './list-sheets.ts';
import { KnownPeople, type RowPerson, RowPersons } from './known-people.ts';
import { NumberSet } from './number-set.ts';
import { matchHeader, type Profile } from './profile.ts';
import type { ByteSource } from './source.ts';

/** Of how many people at least it is told that a sheet repeats others. */
const fewest = 3;

/** A sheet of which most people stand on sheets before it, by their whole NIK or by No KK and name. */
export interface Repeated {
  /** Those sheets, in the order of their tabs. */
  of: string[];
  /** Its whole NIKs, and how many of them stand on no sheet before it. */
  niks: number;
  own: number;
  /** Its rows of whom one sheet has no NIK, but who stand there by No KK and name. */
  byCard: number;
  /** Its other rows without one: nobody knows whether they stand on those sheets. */
  withoutNik: number;
}

/** Sheets of heads (one row a No KK) whose families a sheet completes: it is read, save for who stands on them. */
export type HeadSheets = readonly Pick<KnownSheet, 'name' | 'people'>[];

interface SeenBefore {
  /** What the sheet repeats; null where it is to be read. */
  repeated: Repeated | null;
  heads: HeadSheets;
}

const nothingBefore: SeenBefore = { repeated: null, heads: [] };

interface RepeatedOptions extends SheetOptions {
  profile: Profile;
  mapping: ListMapping | null;
  today: string;
}

/**
 * Tells the sheets that say again who stands on sheets before them, as one of everybody beside one an RW does, or
 * one of members after one of their heads: read in, everybody of theirs would stand in the list twice. Known only at a sheet's end, when its rows would
 * have been handed on; so the people of all sheets are read beforehand, as soon as there is a second one.
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
    const { profile, mapping, today, onProgress: _, ...options } = this.#options;
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
        people: new KnownPeople(() => own.isOfHeads),
        isOfHeads: true,
      };
      const { from1904 = false } = sheet;
      const seen = await compare(
        personsOf(new RowPersons(header, { profile, today, from1904 }), { rows, signal: options.signal }),
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
  people: KnownPeople;
  /** Each row has a whole No KK of its own. */
  isOfHeads: boolean;
}

/**
 * What a sheet repeats, and which sheets of heads it completes: those of whose heads it repeats some, and to whose
 * families most of its other rows belong.
 *
 * @param own is given its people.
 */
async function compare(
  persons: AsyncIterable<readonly RowPerson[]>,
  own: KnownSheet,
  before: readonly KnownSheet[],
): Promise<SeenBefore> {
  const ofHeads = before.filter(({ isOfHeads }) => isOfHeads);
  const of = new Set<KnownSheet>();
  let [all, shared, byCard, withoutNik, others, related] = [0, 0, 0, 0, 0, 0];
  for await (const some of persons)
    for (const person of some) {
      const { nik, kk } = person;
      if (kk === null || !own.cards.add(kk)) own.isOfHeads = false;
      own.people.add(person);
      const isNew = nik !== null && own.niks.add(nik);
      const byNik = nik === null ? undefined : before.find((known) => known.niks.has(nik));
      const sheet = byNik ?? before.find((known) => known.people.knows(person) !== null);
      if (byNik === undefined && sheet !== undefined) byCard += 1;
      else if (nik === null) withoutNik += 1;
      else if (isNew) all += 1;
      if (sheet !== undefined) of.add(sheet);
      if (byNik !== undefined && isNew) shared += 1;
      if (sheet !== undefined) continue;
      others += 1;
      if (kk !== null && ofHeads.some(({ cards }) => cards.has(kk))) related += 1;
    }
  const heads = ofHeads.filter((known) => of.has(known));
  if (heads.length > 0 && 2 * related > others) return { repeated: null, heads };
  const found = shared + byCard;
  if (found < fewest || 2 * found <= all + byCard) return nothingBefore;
  const names = before.filter((known) => of.has(known)).map(({ name }) => name);
  return { repeated: { of: names, niks: all, own: all - shared, byCard, withoutNik }, heads: [] };
}

/** Who the rows of a sheet are of, some rows at a time. */
async function* personsOf(persons: RowPersons, flowing: Flowing): AsyncGenerator<RowPerson[]> {
  for await (const rows of rowsTogether(flowing)) {
    persons.look(rows);
    yield rows.map((row) => persons.of(row));
  }
}
