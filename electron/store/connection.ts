import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { keepStatements } from './statements.ts';

/** A connection that may write. Functions that only read ask for `ReadableDb`. */
export type WritableDb = Database.Database;
export type ReadableDb = Pick<Database.Database, 'prepare'>;

/** What each connection keeps of the register in memory, in MB. */
export const cacheAtLeast = 64;

export interface ConnectionOptions {
  /** Thirty-two bytes; the register is opened with them as they are (no key derivation here). */
  key: Buffer;
  readonly?: boolean;
}

/**
 * Opens the encrypted register. Every connection of the program is made here, worker threads
 * included, so that the durability and privacy settings hold everywhere.
 *
 * @throws AppError `register_unreadable` when the key does not fit or the file is damaged.
 */
export function openConnection(file: string, options: ConnectionOptions): WritableDb {
  const db = new Database(file, { readonly: options.readonly ?? false });
  try {
    db.pragma(`cipher='sqlcipher'`);
    db.pragma(`key="x'${options.key.toString('hex')}'"`);
    return setUp(db);
  } catch (cause) {
    db.close();
    if (isSqliteError(cause, 'SQLITE_NOTADB')) throw new AppError('register_unreadable');
    throw cause;
  }
}

/** Gives a connection the settings on which durability, privacy and speed rest, once it can read its file. */
export function setUp(db: WritableDb): WritableDb {
  // Nothing of a sort or a temporary index may reach the disk in the clear.
  db.pragma('temp_store = MEMORY');
  db.pragma('secure_delete = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  // A random read costs five times as much when its page has to be decrypted again; see ADR 10.
  db.pragma(`cache_size = -${1024 * cacheAtLeast}`);
  if (!db.readonly) {
    db.pragma('journal_mode = WAL');
    // What a person typed must survive a power cut: FULL syncs each commit.
    db.pragma('synchronous = FULL');
    // The log is folded in by `foldLog`, while nobody waits; a commit does it only where no moment was quiet.
    db.pragma('wal_autocheckpoint = 8000');
  }
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  keepStatements(db);
  return db;
}

/**
 * Folds the write-ahead log into the register, where anything was written since `folded`, what an earlier
 * call answered. Nobody's commit has to wait for it then.
 */
export function foldLog(db: WritableDb, folded: number): number {
  const written = Number(db.prepare('SELECT total_changes()').pluck().get());
  if (written !== folded) db.pragma('wal_checkpoint(PASSIVE)');
  return written;
}

/** Runs `work` in one immediate transaction; everything inside must be synchronous. */
export function transaction<Result>(db: WritableDb, work: () => Result): Result {
  return db.inTransaction ? work() : countingUndone(db, () => db.transaction(work).immediate());
}

/** Part of a transaction that is taken back by itself where it throws. */
export function savepoint<Result>(db: WritableDb, work: () => Result): Result {
  return countingUndone(db, () => db.transaction(work)());
}

/**
 * As {@link savepoint}: where what was to be written is wrong, that part alone is taken back, and what `failed` makes of
 * it stands instead.
 *
 * @throws where the register itself cannot be written (a full disk, a lock, a damaged page), or SQLite took back the whole
 * transaction: then nothing of it may stand.
 */
export function savepointOr<Result>(
  db: WritableDb,
  work: () => Result,
  failed: (cause: unknown) => Result,
): Result {
  try {
    return savepoint(db, work);
  } catch (cause) {
    if (isRegisterTrouble(cause) || !db.inTransaction) throw cause;
    return failed(cause);
  }
}

/** How often something of a connection was taken back: SQLite counts what was written, and not what was undone. */
const undone = new WeakMap<ReadableDb, number>();

function countingUndone<Result>(db: WritableDb, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    undone.set(db, (undone.get(db) ?? 0) + 1);
    throw cause;
  }
}

/** What changes with everything that is written to the register, or taken back, by this connection or another. */
export function standOf(db: ReadableDb): string {
  const others = String(db.prepare('PRAGMA data_version').pluck().get());
  const own = String(db.prepare('SELECT total_changes()').pluck().get());
  return `${others} ${own} ${undone.get(db) ?? 0}`;
}

/**
 * The same as {@link transaction} for what a power cut may take back, because nobody was told of it yet: it does not wait for the disk.
 * Nothing is torn by that, and the next commit that waits brings to the disk what came before it.
 */
export function transactionUntold<Result>(db: WritableDb, work: () => Result): Result {
  if (db.inTransaction) return work();
  db.pragma('synchronous = NORMAL');
  try {
    return transaction(db, work);
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/**
 * Runs what reads many times as one reading: all of it sees the register as it stands now, and a statement
 * need not lock and unlock it, which costs more than finding a row.
 */
export function reading<Result>(db: WritableDb, work: () => Result): Result {
  return db.inTransaction ? work() : countingUndone(db, () => db.transaction(work).deferred());
}

/**
 * Runs long reading and the writing that rests on it as one, and holds nobody up while it reads: it
 * writes only where nobody wrote since it began to read, and otherwise runs once more, alone.
 */
export function readThenWrite<Result>(db: WritableDb, work: () => Result): Result {
  if (db.inTransaction) return work();
  const whole = db.transaction(work);
  try {
    return countingUndone(db, () => whole.deferred());
  } catch (cause) {
    // Somebody wrote meanwhile, or writes now: who reads already is not made to wait by SQLite.
    if (!isSqliteError(cause, 'SQLITE_BUSY_SNAPSHOT') && !isSqliteError(cause, 'SQLITE_BUSY')) throw cause;
    return countingUndone(db, () => whole.immediate());
  }
}

/**
 * Runs `work`, which may pause, on the register as it stands now, whatever others write meanwhile. The
 * connection must be this work's own, and what it writes belongs after it.
 */
export async function snapshot<Result>(db: WritableDb, work: () => Promise<Result>): Promise<Result> {
  db.exec('BEGIN');
  try {
    return await work();
  } finally {
    db.exec('ROLLBACK');
  }
}

export function isSqliteError(
  cause: unknown,
  code?: string,
): cause is InstanceType<typeof Database.SqliteError> {
  return cause instanceof Database.SqliteError && (code === undefined || cause.code === code);
}

/** What SQLite says of a statement or its values; all else that it says is of the file, the disk or the memory. */
const ofStatement = /^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)(?:_|$)/;

/** Whether the register cannot be read or written just now, whatever is to be done with it. */
export function isRegisterTrouble(cause: unknown): boolean {
  return isSqliteError(cause) && !ofStatement.test(cause.code);
}

export function isDiskFull(cause: unknown): boolean {
  return isSqliteError(cause, 'SQLITE_FULL') || isSqliteError(cause, 'SQLITE_IOERR_WRITE');
}

/** Whether the file is damaged, or the disk under it fails. */
export function isDamaged(cause: unknown): boolean {
  return isSqliteError(cause) && /^SQLITE_(?:CORRUPT|NOTADB|IOERR)(?:_|$)/.test(cause.code);
}

/** Whether what is asked for lies where the register, or the disk under it, is damaged. */
export function isUnreadable(cause: unknown): boolean {
  return isSqliteError(cause, 'SQLITE_CORRUPT') || isSqliteError(cause, 'SQLITE_IOERR_READ');
}
