import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepStatements } from './statements.ts';

describe('statements of a connection', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec(
      "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO person (name) VALUES ('Ani'), ('Budi')",
    );
    keepStatements(db);
  });
  afterEach(() => db.close());
  const names = 'SELECT name FROM person ORDER BY id';

  it('are prepared once', () => {
    expect(db.prepare(names)).toBe(db.prepare(names));
    expect(db.prepare(names).pluck()).toBe(db.prepare(names).pluck());
  });

  it('give whole rows, whoever took single columns of the same before, after, or in between', () => {
    const whole = db.prepare(names);
    expect(db.prepare(names).pluck().all()).toEqual(['Ani', 'Budi']);
    expect(whole.all()).toEqual([{ name: 'Ani' }, { name: 'Budi' }]);
    expect(db.prepare(names).raw().all()).toEqual([['Ani'], ['Budi']]);
    expect(db.prepare(names).get()).toEqual({ name: 'Ani' });
    expect(db.prepare(names).pluck().get()).toBe('Ani');
  });

  it('can be walked through within a walk through the same', () => {
    const seen: unknown[] = [];
    for (const outer of db.prepare(names).pluck().iterate())
      for (const inner of db.prepare(names).pluck().iterate()) seen.push([outer, inner]);
    expect(seen).toEqual([
      ['Ani', 'Ani'],
      ['Ani', 'Budi'],
      ['Budi', 'Ani'],
      ['Budi', 'Budi'],
    ]);
    for (const outer of db.prepare(names).iterate()) expect([outer, db.prepare(names).all()]).toHaveLength(2);
  });

  it('follow the schema when it changes', () => {
    const all = 'SELECT * FROM person WHERE id = 1';
    expect(db.prepare(all).get()).toEqual({ id: 1, name: 'Ani' });
    db.exec('ALTER TABLE person ADD COLUMN born TEXT');
    expect(db.prepare(all).get()).toEqual({ id: 1, name: 'Ani', born: null });
  });

  it('are let go where there are too many, and go on working', () => {
    const first = db.prepare(names);
    for (let n = 0; n < 600; n += 1) db.prepare(`SELECT ${n} AS n`).get();
    expect(db.prepare(names)).not.toBe(first);
    expect(first.get()).toEqual(db.prepare(names).get());
  });
});
