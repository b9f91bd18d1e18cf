import Database from 'better-sqlite3';
import { openConnection, setUp, type WritableDb } from '../../electron/store/connection.ts';

/**
 * Registers of simulated runs lie in the clear, in a folder that goes with the run: to encipher each page and authenticate
 * it takes a fifteenth of a run and proves nothing of order and content. Real runs and the killed register are encrypted.
 */
export function openClear(file: string, { readonly = false } = {}): WritableDb {
  return setUp(new Database(file, { readonly }));
}

/** Leaves a register that nobody has open without its encryption. */
export function decipher(file: string, key: Buffer): void {
  const db = openConnection(file, { key });
  // A log of pages that are enciphered could not be read any more.
  db.pragma('journal_mode = DELETE');
  db.pragma(`rekey = ''`);
  db.close();
}
