import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRegisterTrouble, savepointOr, transaction } from './connection.ts';

describe('part of a transaction that fails by itself', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('CREATE TABLE said (word TEXT NOT NULL)');
  });
  afterEach(() => db.close());

  const say = (word: string | null) => db.prepare('INSERT INTO said VALUES (?)').run(word);
  const said = () => db.prepare('SELECT word FROM said').pluck().all();

  it('is taken back alone, and what stands instead is written', () => {
    transaction(db, () => {
      say('before');
      const done = savepointOr(
        db,
        () => {
          say('half');
          return say(null);
        },
        () => say('instead'),
      );
      expect(done.changes).toBe(1);
      say('after');
    });
    expect(said()).toEqual(['before', 'instead', 'after']);
  });

  it('takes the whole with it where SQLite took that back', () => {
    const whole = () =>
      transaction(db, () => {
        say('before');
        savepointOr<unknown>(
          db,
          () => db.exec('INSERT OR ROLLBACK INTO said VALUES (NULL)'),
          () => say('instead'),
        );
      });
    expect(whole).toThrow('NOT NULL');
    expect(said()).toEqual([]);
  });

  it.each([
    ['SQLITE_FULL', true],
    ['SQLITE_IOERR_WRITE', true],
    ['SQLITE_IOERR_FSYNC', true],
    ['SQLITE_BUSY', true],
    ['SQLITE_BUSY_SNAPSHOT', true],
    ['SQLITE_CORRUPT_INDEX', true],
    ['SQLITE_NOMEM', true],
    ['SQLITE_READONLY_DBMOVED', true],
    ['SQLITE_CONSTRAINT_TRIGGER', false],
    ['SQLITE_CONSTRAINT_UNIQUE', false],
    ['SQLITE_MISMATCH', false],
    ['SQLITE_TOOBIG', false],
    ['SQLITE_RANGE', false],
    ['SQLITE_ERROR', false],
  ])('%s is the register’s trouble: %s', (code, isTrouble) => {
    expect(isRegisterTrouble(new Database.SqliteError('', code))).toBe(isTrouble);
  });

  it('no mistake of the program is the register’s trouble', () => {
    expect(isRegisterTrouble(new TypeError('undefined is no case'))).toBe(false);
  });
});
