import './shifted-clock.ts';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';

/**
 * Loaded into a real office before the program (`node --import`): the clock of its machine is off by so many
 * milliseconds, and the disk of its register takes no new page while a file of that name is there. The program itself
 * is the one that is shipped.
 */
const { DISK_FULL_WHILE: fullWhile } = z.object({ DISK_FULL_WHILE: z.string() }).parse(process.env);

/** Pages that a register may have on a disk with room. */
const plenty = 1_000_000_000;

const begin = Database.prototype.transaction;
Object.defineProperty(Database.prototype, 'transaction', {
  value(this: Database.Database, ...args: Parameters<typeof begin>) {
    // Less than it has already is taken for what it has.
    if (!this.readonly) this.pragma(`max_page_count = ${existsSync(fullWhile) ? 1 : plenty}`);
    return Reflect.apply(begin, this, args);
  },
});
