import { totalmem } from 'node:os';
import { z } from 'zod';
import { cacheAtLeast, type WritableDb } from './connection.ts';
import { listCurrentLists, listLatestLists } from './identification.ts';
import type { PageShelf } from './page-shelf.ts';
import { keyedLists, pagesARead, pageTables, readPages } from './reference-keys.ts';
import { staleParts } from './rekey.ts';

/** Bytes in which a person of a list is looked up: a dozen keys and a brief, in pages. */
const eachPerson = 190;
const megabyte = 2 ** 20;
/** What is kept where the machine has hardly more than the connection's own cache. */
const shelfAtLeast = 16;

/**
 * How much is kept in memory of what persons are looked up by, in MB, where cases are compared with lists of so many
 * persons: all of it, as long as that and the connection's cache are no more than a sixteenth of the machine's
 * memory (ADR 10).
 */
export function shelfFor(persons: number, memory: number): number {
  const wanted = Math.ceil((persons * eachPerson) / megabyte);
  return Math.max(shelfAtLeast, Math.min(wanted, Math.floor(memory / 16 / megabyte) - cacheAtLeast));
}

/** The same of a worker that compares many cases and then ends: of half the memory, as the office's own stays beside it. */
export function shelfOfWorker(persons: number, memory: number = totalmem()): number {
  return shelfFor(persons, memory / 2);
}

/**
 * Reads what persons are looked up by in the lists that count, a little at a time while nobody asks: a
 * page that is asked for costs many times as much when it has to be read and decrypted first. After another
 * connection has written, once nobody writes any more, it looks whether there are other lists.
 */
export class ReadAhead {
  readonly #db: WritableDb;
  readonly #shelf: PageShelf;
  readonly #memory: number;
  #version: number;
  #isDue = true;
  #steps: Generator<void> | null = null;

  constructor(db: WritableDb, shelf: PageShelf, memory: number = totalmem()) {
    this.#db = db;
    this.#shelf = shelf;
    this.#memory = memory;
    this.#version = this.#versionNow();
  }

  /** Call where it has become quiet; answers whether others are writing, so that it is to be called again. */
  begin(): boolean {
    const version = this.#versionNow();
    const isWritten = version !== this.#version;
    this.#version = version;
    if (isWritten) {
      this.#isDue = true;
      this.#steps = null;
    } else if (this.#isDue) {
      this.#isDue = false;
      this.#steps = this.#read();
    }
    return isWritten;
  }

  /** A few milliseconds of it; false where nothing is left to read. */
  step(): boolean {
    if (this.#steps?.next().done === false) return true;
    this.#steps = null;
    return false;
  }

  *#read(): Generator<void> {
    const lists = listCurrentLists(this.#db);
    const shelf = this.#shelf;
    shelf.room = shelfFor(
      lists.reduce((sum, list) => sum + list.persons, 0),
      this.#memory,
    );
    // Those that register nobody are not read ahead, but what was read of them for findings stays.
    shelf.keepOnly(new Set(listLatestLists(this.#db).map(({ id }) => id)));
    const stale = new Set(staleParts(this.#db).map((part) => (part.part === 'daftar' ? part.id : null)));
    const keyed = keyedLists(
      this.#db,
      lists.flatMap(({ id }) => (stale.has(id) ? [] : id)),
    );
    for (const table of pageTables) {
      for (const list of keyed) {
        const row = shelf.row(table, list.id);
        if (row.isWhole) continue;
        let last = readPages(this.#db, shelf, table, list, null);
        while (last !== null && shelf.hasRoom(pagesARead)) {
          yield;
          last = readPages(this.#db, shelf, table, list, last);
        }
        row.isWhole = last === null;
      }
    }
  }

  /** Changes where another connection has written. */
  #versionNow(): number {
    return z.number().parse(this.#db.pragma('data_version', { simple: true }));
  }
}
