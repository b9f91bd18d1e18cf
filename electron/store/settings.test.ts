import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownSettings, writeSettings } from './settings.ts';

describe('the settings as they were last read', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
  });
  afterEach(() => db.close());

  it('are taken apart once while they stay what they are', () => {
    const known = new KnownSettings();
    expect(known.read(db).idleMinutes).toBe(15);
    writeSettings(db, { idleMinutes: 5, periodMonths: [3, 9] });
    const read = known.read(db);
    expect(read).toMatchObject({ idleMinutes: 5, periodMonths: [3, 9], paper: 'F4' });
    expect(known.read(db)).toBe(read);
  });

  it('are those that stand, whoever wrote them and whatever was taken back', () => {
    const known = new KnownSettings();
    db.exec(`BEGIN; INSERT INTO setting VALUES ('idleMinutes', '7')`);
    expect(known.read(db).idleMinutes).toBe(7);
    db.exec('ROLLBACK');
    expect(known.read(db).idleMinutes).toBe(15);
    db.exec(`INSERT INTO setting VALUES ('idleMinutes', '9')`);
    expect(known.read(db).idleMinutes).toBe(9);
  });

  it('cannot be changed by whoever was given them', () => {
    const { periodMonths } = new KnownSettings().read(db);
    expect(() => periodMonths.push(1)).toThrow(TypeError);
  });

  it('that no program wrote are refused at each reading, not only at the first', () => {
    db.exec(`INSERT INTO setting VALUES ('idleMinutes', '0')`);
    const known = new KnownSettings();
    for (const _ of [1, 2]) expect(() => known.read(db)).toThrow('idleMinutes');
  });
});
