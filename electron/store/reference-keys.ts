import type Database from 'better-sqlite3';
import { z } from 'zod';
import { keyOf, type MatchKey } from '../matching/blocking.ts';
import { briefBytes, type Glimpse } from '../matching/brief.ts';
import { normalisationVersion } from '../matching/normalise.ts';
import { type ReadableDb, transaction, type WritableDb } from './connection.ts';
import type { PersonKeys } from './gathered-keys.ts';
import { type PageRow, PageShelf, type ShelvedPage } from './page-shelf.ts';

/*
 * The keys of a list never change once it stands, so they are kept as sorted pages, each a row found by the
 * first key it holds: a million persons' keys are written in seconds, and a look-up is one row read.
 * A page of keys is u32 distances from its first key, then as many u32 ids of persons; a page of briefs
 * begins with the person it is named after, the others follow by id.
 */

/** Keys are forty bits; the number of the list stands above them. */
const listOfKey = 2 ** 40;
/** And above the ids of persons in the pages of briefs. */
const listOfPerson = 2 ** 32;
/** As many as a page of the file holds, beside what the cipher keeps of it: 3977 bytes. */
const keysAPage = 497;
const briefsAPage = 71;
/** More bearers than this and the key tells nothing: its finer keys find the same persons. */
export const mostBearers = 1000;
/** Rows of pages written in one transaction. */
export const pagesAtOnce = 250;

/**
 * Writes the pages of a list, some at a time; between two steps others may write. Yields the share that is written.
 *
 * @param keys sorted.
 * @param idOf the id of the nth person; they grow.
 */
export function* writeListKeys(
  db: WritableDb,
  list: number,
  keys: PersonKeys,
  idOf: (ordinal: number) => number,
): Generator<number> {
  const pages = keys.pairs.length / 2 / keysAPage + keys.persons / briefsAPage;
  let written = 0;
  const insertKeys = db.prepare('INSERT INTO reference_key_page (id, entries) VALUES (?, ?)');
  for (const page of keyPages(keys, idOf)) {
    insertKeys.run(BigInt(list * listOfKey + page.first), page.entries);
    if ((written += 1) % pagesAtOnce === 0) yield Math.min(1, written / pages);
  }
  const insertBriefs = db.prepare('INSERT INTO reference_brief_page (id, briefs) VALUES (?, ?)');
  for (const page of briefPages(keys, idOf)) {
    insertBriefs.run(BigInt(list * listOfPerson + page.first), page.briefs);
    if ((written += 1) % pagesAtOnce === 0) yield Math.min(1, written / pages);
  }
  const insertPart = db.prepare('INSERT INTO reference_name_part (part, list, bearers) VALUES (?, ?, ?)');
  const parts = [...keys.parts].map(([canon, bearers]): [number, number] => [partKey(canon), bearers]);
  const summed = new Map<number, number>();
  for (const [part, bearers] of parts) summed.set(part, (summed.get(part) ?? 0) + bearers);
  for (const [part, bearers] of [...summed].sort(([left], [right]) => left - right)) {
    insertPart.run(BigInt(part), BigInt(list), BigInt(bearers));
    if ((written += 1) % (20 * pagesAtOnce) === 0) yield Math.min(1, written / pages);
  }
}

function* keyPages(
  { pairs }: PersonKeys,
  idOf: (ordinal: number) => number,
): Generator<{ first: number; entries: Buffer }> {
  const count = pairs.length / 2;
  const keyAt = (at: number) => (pairs[2 * at + 1] ?? 0) * 256 + ((pairs[2 * at] ?? 0) >>> 24);
  const page = new GrowingPage();
  for (let from = 0; from < count;) {
    const key = keyAt(from);
    let upTo = from + 1;
    while (upTo < count && keyAt(upTo) === key) upTo += 1;
    // All who bear a key stand in one page, so that no two pages begin with the same one.
    if (!page.hasRoom(key, upTo - from)) yield page.end();
    // Nobody's id: the key is borne by too many.
    if (upTo - from > mostBearers) page.add(key, 0);
    else for (let at = from; at < upTo; at += 1) page.add(key, idOf((pairs[2 * at] ?? 0) & 0xff_ffff));
    from = upTo;
  }
  if (count > 0) yield page.end();
}

/** A page of keys that grows; of numbers that stay where they are, as there are millions. */
class GrowingPage {
  readonly #distances = new Uint32Array(Math.max(keysAPage, mostBearers));
  readonly #persons = new Uint32Array(Math.max(keysAPage, mostBearers));
  #first = 0;
  #count = 0;

  hasRoom(key: MatchKey, bearers: number): boolean {
    return this.#count === 0 || (this.#count + bearers <= keysAPage && key - this.#first < 2 ** 32);
  }

  add(key: MatchKey, person: number): void {
    if (this.#count === 0) this.#first = key;
    this.#distances[this.#count] = key - this.#first;
    this.#persons[this.#count] = person;
    this.#count += 1;
  }

  /** What it holds; the next key begins another. */
  end(): { first: number; entries: Buffer } {
    const count = this.#count;
    const entries = new Uint32Array(2 * count);
    entries.set(this.#distances.subarray(0, count));
    entries.set(this.#persons.subarray(0, count), count);
    this.#count = 0;
    return { first: this.#first, entries: Buffer.from(entries.buffer) };
  }
}

function* briefPages(
  { persons, briefs }: PersonKeys,
  idOf: (ordinal: number) => number,
): Generator<{ first: number; briefs: Buffer }> {
  for (let from = 0; from < persons;) {
    const first = idOf(from);
    let upTo = from + 1;
    while (upTo < persons && upTo - from < briefsAPage && idOf(upTo) === first + upTo - from) upTo += 1;
    yield {
      first,
      briefs: Buffer.from(briefs.buffer, briefs.byteOffset + briefBytes * from, briefBytes * (upTo - from)),
    };
    from = upTo;
  }
}

/** What a name part is counted under. */
export function partKey(canon: string): number {
  return keyOf('T', canon);
}

/** The number that a list bears in the pages; its keys are made by today's rules. */
export function giveListNumber(db: WritableDb, listId: string): number {
  return z.number().parse(
    db
      .prepare(
        `INSERT INTO reference_index (number, list_id, rules)
           VALUES ((SELECT coalesce(max(number), 0) + 1 FROM reference_index), ?, ?) RETURNING number`,
      )
      .pluck()
      .get(listId, BigInt(normalisationVersion)),
  );
}

/** So many pages of a list are taken out at once, which takes some milliseconds. */
const pagesDropped = 500;

/** Takes the keys of a list out, a transaction a step; the number that it bears in the pages goes last. */
export function* dropListKeySteps(db: WritableDb, listId: string): Generator<void> {
  const list = ListNumber.parse(
    db.prepare('SELECT number FROM reference_index WHERE list_id = ?').pluck().get(listId),
  );
  if (list === undefined) return;
  yield* dropPageSteps(db, list);
  transaction(db, () => db.prepare('DELETE FROM reference_index WHERE number = ?').run(BigInt(list)));
}

/** Takes out what stands under a list's number, a transaction a step. */
export function* dropPageSteps(db: WritableDb, list: number): Generator<void> {
  for (const [table, { unit }] of Object.entries(pageKinds)) {
    const some = db.prepare(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id >= ? AND id < ? LIMIT ${pagesDropped})`,
    );
    const between = [BigInt(list * unit), BigInt((list + 1) * unit)];
    while (transaction(db, () => some.run(...between)).changes > 0) yield;
  }
  transaction(db, () => db.prepare('DELETE FROM reference_name_part WHERE list = ?').run(BigInt(list)));
}

/** The tables of pages, first the one of which a case needs the most. */
export const pageTables = ['reference_brief_page', 'reference_key_page'] as const;
type PageTable = (typeof pageTables)[number];
/** So many pages are read ahead at once, which takes some milliseconds. */
export const pagesARead = 100;

const pageKinds = {
  reference_key_page: { unit: listOfKey, bytes: 'entries', toPage: toKeyPage },
  reference_brief_page: { unit: listOfPerson, bytes: 'briefs', toPage: toBriefPage },
} as const;

/** A list that stands, and the number that it bears in the pages. */
export interface KeyedList {
  id: string;
  number: number;
}

/**
 * What a killed import left (version 0) does not stand: nobody asks it, and nobody renews its keys.
 *
 * @param listIds null asks for all lists, those that were undone too.
 * @throws Error where the keys of one of them are not of today's rules: who asks has to wait for them
 * (`services/key-renewal.ts`), or to leave the list out and say so.
 */
export function keyedLists(db: ReadableDb, listIds: readonly string[] | null): KeyedList[] {
  const lists = KeyedLists.parse(
    db
      .prepare(
        `SELECT list_id AS id, number, rules FROM reference_index
         WHERE (@lists IS NULL OR list_id IN (SELECT value FROM json_each(@lists)))
           AND NOT EXISTS (SELECT 1 FROM reference_list WHERE id = list_id AND version = 0)`,
      )
      .all({ lists: listIds === null ? null : JSON.stringify(listIds) }),
  );
  if (lists.some(({ rules }) => rules !== normalisationVersion))
    throw new Error('A list was asked while its keys are renewed.');
  return lists.map(({ id, number }) => ({ id, number }));
}

/**
 * Reads some pages of a list onto the shelf, those that follow `last`; answers the last of them, or null where
 * none are left.
 */
export function readPages(
  db: ReadableDb,
  shelf: PageShelf,
  table: PageTable,
  { id: listId, number }: KeyedList,
  last: number | null,
): number | null {
  const { unit, bytes, toPage } = pageKinds[table];
  const row = shelf.row(table, listId);
  const raw = Pages.parse(
    db
      .prepare(`SELECT id, ${bytes} FROM ${table} WHERE id > ? AND id < ? ORDER BY id LIMIT ${pagesARead}`)
      .raw()
      .all(BigInt(number * unit + (last ?? -1)), BigInt((number + 1) * unit)),
  );
  const pages = raw.map(([id, content]) => toPage(id - number * unit, content));
  for (const page of pages) shelf.put(row, page);
  return pages.at(-1)?.first ?? null;
}

/** Households of a list, so many, from all parts of it; each is looked up as it is asked for. */
export function* householdsAcross(
  db: ReadableDb,
  { id, persons }: { id: string; persons: number },
  count: number,
): Generator<string> {
  const [list] = keyedLists(db, [id]);
  if (list === undefined) return;
  const firstPage = db
    .prepare('SELECT id FROM reference_brief_page WHERE id >= ? ORDER BY id LIMIT 1')
    .pluck();
  const first =
    z.number().parse(firstPage.get(BigInt(list.number * listOfPerson))) - list.number * listOfPerson;
  const householdOf = db
    .prepare('SELECT household_id FROM reference_person WHERE id >= ? ORDER BY id LIMIT 1')
    .pluck();
  let last: number | undefined;
  for (let nth = 0; nth < count; nth += 1) {
    const household = ListNumber.parse(householdOf.get(first + Math.floor((nth * persons) / count)));
    if (household !== undefined && household !== last) yield String(household);
    last = household;
  }
}

const ListNumber = z.number().optional();
const KeyedLists = z.array(z.object({ id: z.string(), number: z.number(), rules: z.number().nullable() }));
const Page = z.tuple([z.number(), z.instanceof(Uint8Array)]);
const Pages = z.array(Page);
const Flag = z.number();

/** @param first the key by which the page is found, the list's number taken off. */
function toKeyPage(first: number, { buffer, byteOffset, byteLength }: Uint8Array): ShelvedPage {
  const view = new DataView(buffer, byteOffset, byteLength);
  return { first, last: first + view.getUint32(4 * (byteLength / 8 - 1), true), view };
}

/** @param first the same of the first person. */
function toBriefPage(first: number, { buffer, byteOffset, byteLength }: Uint8Array): ShelvedPage {
  const view = new DataView(buffer, byteOffset, byteLength);
  return { first, last: first + byteLength / briefBytes - 1, view };
}

/**
 * Households of a list are numbered as it moves in: this looks at those from its first on, and errs to yes
 * where a later list has undated persons.
 */
const undatedInList = `
  WITH homes AS (
    SELECT (
      SELECT household_id FROM reference_person WHERE id >= (
        SELECT id - @from FROM reference_brief_page WHERE id >= @from ORDER BY id LIMIT 1
      ) ORDER BY id LIMIT 1
    ) AS first
  )
  SELECT EXISTS (
    SELECT 1 FROM homes CROSS JOIN reference_person AS person INDEXED BY reference_person_undated
      ON person.birth_date IS NULL AND person.household_id >= homes.first
  )`;

/** Looks keys and persons up in lists that stand; in the order of the pages, so that each is read once. */
export class ReferenceKeys {
  readonly #statements: Record<PageTable, Database.Statement<unknown[]>>;
  readonly #undated: Database.Statement<unknown[]>;
  readonly #shelf: PageShelf;

  /** @param shelf what was read before, where one connection asks again and again. */
  constructor(db: ReadableDb, shelf: PageShelf = new PageShelf()) {
    this.#shelf = shelf;
    this.#statements = {
      reference_key_page: db.prepare(onePage.reference_key_page).raw(),
      reference_brief_page: db.prepare(onePage.reference_brief_page).raw(),
    };
    this.#undated = db.prepare(undatedInList).pluck();
  }

  /**
   * Who of the list bears each key; null where too many do, and absent where nobody does.
   *
   * @param keys in their order, as `inOrder` puts them: many lists are asked for the same ones.
   */
  bearers(list: KeyedList, keys: Float64Array): Map<MatchKey, number[] | null> {
    const row = this.#shelf.row('reference_key_page', list.id);
    const found = new Map<MatchKey, number[] | null>();
    let page: ShelvedPage | null = null;
    for (const key of keys) {
      if (page === null || key > page.last)
        page = row.find(key) ?? this.#read('reference_key_page', row, list, key);
      if (page === null) continue;
      const persons = bearersIn(page, key);
      if (persons === null || persons.length > 0) found.set(key, persons);
    }
    return found;
  }

  /** Those who stand in the list, each at a glance. */
  glimpses(list: KeyedList, persons: readonly number[]): Map<number, Glimpse> {
    const row = this.#shelf.row('reference_brief_page', list.id);
    const found = new Map<number, Glimpse>();
    let page: ShelvedPage | null = null;
    for (const person of inOrder(persons)) {
      if (page === null || person > page.last)
        page = row.find(person) ?? this.#read('reference_brief_page', row, list, person);
      if (page === null || person > page.last) throw new Error('A person of a list has no brief.');
      found.set(person, {
        id: String(person),
        list: list.id,
        briefs: page.view,
        at: briefBytes * (person - page.first),
      });
    }
    return found;
  }

  /** Whether somebody who stands in the list may have no birth date. */
  haveUndated({ number }: KeyedList): boolean {
    return Flag.parse(this.#undated.get({ from: BigInt(number * listOfPerson) })) === 1;
  }

  /** The page that holds `at`, or would; null where none begins before it. */
  #read(table: PageTable, row: PageRow, { number }: KeyedList, at: number): ShelvedPage | null {
    const { unit, toPage } = pageKinds[table];
    const raw = this.#statements[table].get(number * unit + at);
    if (raw === undefined) return null;
    const [id, content] = Page.parse(raw);
    // What stands before the list's first page is another list's.
    if (id < number * unit) return null;
    const page = toPage(id - number * unit, content);
    this.#shelf.put(row, page);
    return page;
  }
}

const onePage: Readonly<Record<PageTable, string>> = {
  reference_key_page: 'SELECT id, entries FROM reference_key_page WHERE id <= ? ORDER BY id DESC LIMIT 1',
  reference_brief_page: 'SELECT id, briefs FROM reference_brief_page WHERE id <= ? ORDER BY id DESC LIMIT 1',
};

/** Each once. */
export function inOrder(numbers: readonly number[]): Float64Array {
  const sorted = new Float64Array(numbers).sort();
  let count = 0;
  for (const number of sorted) {
    if (count > 0 && sorted[count - 1] === number) continue;
    sorted[count] = number;
    count += 1;
  }
  return sorted.subarray(0, count);
}

/** Null where too many bear the key. */
function bearersIn({ first, view }: ShelvedPage, key: MatchKey): number[] | null {
  const sought = key - first;
  const count = view.byteLength / 8;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (view.getUint32(4 * middle, true) < sought) low = middle + 1;
    else high = middle;
  }
  const persons: number[] = [];
  for (; low < count && view.getUint32(4 * low, true) === sought; low += 1) {
    const person = view.getUint32(4 * (count + low), true);
    if (person === 0) return null;
    persons.push(person);
  }
  return persons;
}
