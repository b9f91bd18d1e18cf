import { totalmem } from 'node:os';
import { z } from 'zod';
import { cacheAtLeast, type WritableDb } from './connection.ts';
import { listCurrentLists } from './identification.ts';
import { pagesARead, pageTables, readPages } from './reference-keys.ts';

/** Bytes in which a person of a list is looked up: a dozen keys and a brief, in pages. */
const eachPerson = 170;
const megabyte = 2 ** 20;
/** What the rest of the register keeps of the cache, in pages. */
const others = 8192;

/**
 * How much of the register is kept in memory, in MB, where cases are compared with lists of so many persons: all
 * that they are looked up by, as long as that is no more than a sixteenth of the machine's memory (ADR 10).
 */
export function cacheFor(persons: number, memory: number): number {
  const wanted = cacheAtLeast + Math.ceil((persons * eachPerson) / megabyte);
  return Math.max(cacheAtLeast, Math.min(wanted, Math.floor(memory / 16 / megabyte)));
}

/**
 * Reads what persons are looked up by in the lists that count, a little at a time while nobody asks: a
 * page that is asked for costs five times as much when it has to be decrypted first. What another
 * connection writes empties this one's cache: then it is read anew, once nobody writes any more.
 */
export class ReadAhead {
  readonly #db: WritableDb;
  readonly #memory: number;
  #version: number;
  #isDue = true;
  #steps: Generator<void> | null = null;

  constructor(db: WritableDb, memory: number = totalmem()) {
    this.#db = db;
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
    const cache = cacheFor(
      lists.reduce((sum, list) => sum + list.persons, 0),
      this.#memory,
    );
    this.#db.pragma(`cache_size = -${1024 * cache}`);
    let room = (cache * megabyte) / 4096 - others;
    for (const table of pageTables) {
      for (const { id } of lists) {
        let last = readPages(this.#db, table, id, null);
        while (last !== null && room > 0) {
          room -= pagesARead;
          yield;
          last = readPages(this.#db, table, id, last);
        }
      }
    }
  }

  /** Changes where another connection has written. */
  #versionNow(): number {
    return z.number().parse(this.#db.pragma('data_version', { simple: true }));
  }
}
