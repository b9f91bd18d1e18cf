import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person } from '../../tests/fixtures/memory-source.ts';
import { describeError } from '../../shared/errors.ts';
import { type Job, JobPool, type NewJob } from '../jobs/job-pool.ts';
import { normalisePerson } from '../matching/normalise.ts';
import { firstKeys } from '../matching/blocking.ts';
import { openConnection, transaction, type WritableDb } from '../store/connection.ts';
import { GatheredKeys } from '../store/gathered-keys.ts';
import { KeyIndex } from '../store/matching.ts';
import { migrate } from '../store/migrate.ts';
import { giveListNumber, writeListKeys } from '../store/reference-keys.ts';
import { renewKeys, staleParts } from '../store/rekey.ts';
import { demandKeys, KeyRenewal, renewalNotice, renewedOf, renewIn } from './key-renewal.ts';

/** Enough for several transactions of pages. */
const persons = 12_000;

let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-pembaruan-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  for (const _ of renewKeys(db));
  transaction(db, () => addList('lama', '2024-12-31', 'LAMA', 3));
  transaction(db, () => addList('baru', '2025-12-31', 'BARU', persons));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A list of persons, a household each, whose names tell which they are. */
function addList(id: string, date: string, name: string, count: number): void {
  db.prepare(
    `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
     VALUES (?, 'DTKS', ?, ?, 1, '', ?, '{}', ?, ?, '', 'x')`,
  ).run(id, name, date, '0'.repeat(64), count, count);
  const household = db.prepare(
    `INSERT INTO reference_household (list_id, source_id, kelurahan, answers) VALUES (?, ?, '31.71.01.1001', '{}')`,
  );
  const member = db.prepare(
    `INSERT INTO reference_person (household_id, position, name, birth_date, answers) VALUES (?, 1, ?, '1980-08-17', '{}')`,
  );
  const gathered = new GatheredKeys();
  const ids: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const home = household.run(id, `${id}-${at}`).lastInsertRowid;
    ids.push(Number(member.run(home, nameOf(at)).lastInsertRowid));
    gathered.add(normalisePerson(person({ name: nameOf(at), birthDate: '1980-08-17' })), `${id}-${at}`);
  }
  for (const _ of writeListKeys(db, giveListNumber(db, id), gathered.sorted(), (at) => ids[at] ?? 0));
}

function nameOf(at: number): string {
  const letters = [...String(at)].map((digit) => 'BCDFGHJKLM'[Number(digit)]).join('A');
  return `${letters}I SUTRISNO`;
}

const other = 'UPDATE reference_index SET rules = 1';
const found = (listId: string, at: number) =>
  new KeyIndex(db).findListed(JSON.stringify([listId]), [
    firstKeys(normalisePerson(person({ name: nameOf(at), birthDate: '1980-08-17' }))),
  ]).glimpses[0]?.length;
const pages = () =>
  ['key', 'brief'].map((kind) => db.prepare(`SELECT * FROM reference_${kind}_page ORDER BY id`).all());
const tools = { progress: () => {}, turn: async () => {}, signal: new AbortController().signal };
const asked = { lists: ['baru', 'lama'] };

/** A renewal whose job the test holds in its hands. */
function held() {
  let now = 0;
  const started: { job: Job; order: NewJob }[] = [];
  const job = (): Job => ({
    id: '',
    kind: '',
    ownerId: '',
    state: 'berjalan',
    done: 0,
    total: 0,
    message: '',
    result: null,
    problem: null,
  });
  class HeldJobs extends JobPool {
    override start(order: NewJob): Job {
      const begun = job();
      started.push({ job: begun, order });
      return begun;
    }
  }
  const register = {
    db,
    file: 'register.db',
    key: randomBytes(32),
    clock: { now: () => new Date(now) },
    jobs: new HeldJobs({ logFailure: () => '' }),
  };
  const renewal = new KeyRenewal(register);
  return { renewal, started, pass: (ms: number) => (now += ms) };
}

describe('renewing the keys of lists', () => {
  it('goes list by list, those that count first, and asks none that is not whole', () => {
    const whole = pages();
    db.exec(other);
    expect(staleParts(db)).toMatchObject([{ id: 'baru', persons }, { id: 'lama' }]);
    expect(renewedOf(db, ['baru', 'lama'])).toEqual([]);
    const seen = new Map<string, number>();
    const foundInFirst: unknown[] = [];
    for (const { part, done } of renewKeys(db)) {
      const id = part.part === 'daftar' ? part.id : part.part;
      expect(done).toBeGreaterThanOrEqual(seen.get(id) ?? 0);
      seen.set(id, done);
      expect(() => found(id, 2)).toThrow('while its keys are renewed');
      foundInFirst.push(id === 'lama' ? found('baru', 11_999) : 1);
    }
    expect(new Set(foundInFirst)).toEqual(new Set([1]));
    expect([...seen.keys()]).toEqual(['baru', 'lama']);
    expect(seen.get('baru')).toBeGreaterThan(persons / 2);
    expect(pages()).toEqual(whole);
    expect(found('lama', 2)).toBe(1);
  });

  it('counts how rare a name is in lists that are whole alone', () => {
    const share = () => new KeyIndex(db).frequency('SUTRISNO');
    const before = share();
    expect(before).toBeGreaterThan(0.8);
    const steps = renewKeys(db);
    db.exec(other);
    const shares: number[] = [];
    for (const _ of steps) shares.push(share());
    expect(Math.max(...shares)).toBeLessThanOrEqual(before);
    // Of lists that are half written nothing is counted: then what is estimated for any office holds.
    expect(new Set(shares).size).toBeLessThanOrEqual(2);
    expect(share()).toBe(before);
  });

  it('stops at a full disk with a word for it, and goes on to the end once there is room', async () => {
    const whole = pages();
    db.exec(other);
    // Nothing is free in it, so that nothing can be made room for.
    db.exec('UPDATE reference_index SET rules = NULL; DELETE FROM reference_brief_page; VACUUM');
    const size = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${size}`);
    await expect(renewIn(db, tools)).rejects.toMatchObject({
      code: 'keys_disk_full',
      details: { what: 'daftar BARU' },
    });
    expect(staleParts(db)).toHaveLength(2);
    db.pragma('max_page_count = 1073741823');
    await renewIn(db, tools);
    expect(pages()).toEqual(whole);
    expect(staleParts(db)).toEqual([]);
  });

  it('stops where the office closes, and throws what is no full disk', async () => {
    db.exec(other);
    const stop = new AbortController();
    stop.abort();
    await expect(renewIn(db, { ...tools, signal: stop.signal })).rejects.toMatchObject({
      code: 'match_stopped',
    });
    db.exec(
      `CREATE TRIGGER refused BEFORE INSERT ON reference_key_page BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    await expect(renewIn(db, tools)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_TRIGGER' });
  });

  it('lets a list be that is taken out meanwhile', async () => {
    db.exec(other);
    const steps = renewKeys(db);
    steps.next();
    steps.next();
    db.exec(`DELETE FROM reference_index WHERE list_id = 'baru'`);
    expect(() => [...steps]).toThrow('was taken out');
    await renewIn(db, tools);
    expect(staleParts(db)).toEqual([]);
  });
});

describe('what is told meanwhile', () => {
  it('is of which lists, how many of how many persons, and nothing where all is whole', () => {
    const { renewal, started } = held();
    const register = { db, renewal };
    renewal.goOn();
    expect(started).toEqual([]);
    expect(renewalNotice(register, asked)).toBeNull();
    db.exec(other);
    renewal.goOn();
    renewal.goOn();
    expect(started).toHaveLength(1);
    Object.assign(started[0]?.job ?? {}, { message: 'daftar BARU', done: 4_000 });
    expect(() => demandKeys(register, asked)).toThrow(
      'Kunci pencarian daftar BARU dan daftar LAMA sedang diperbarui, 4.000 dari 12.003 orang.',
    );
    expect(renewalNotice(register, { lists: ['lama'] })?.message).toBe(
      'Kunci pencarian daftar LAMA sedang diperbarui, 0 dari 3 orang.',
    );
    expect(renewalNotice(register, { cases: true, drafts: true })).toBeNull();
    expect(renewalNotice({ db, renewal: null }, { lists: 'all' })?.code).toBe('keys_renewing');
  });

  it('is, of a full disk, what to do; it is tried again a minute later, and not what failed otherwise', async () => {
    const { renewal, started, pass } = held();
    db.exec(other);
    renewal.goOn();
    const end = async (code: 'keys_disk_full' | 'job_failed') => {
      const last = started.at(-1);
      if (last === undefined) throw new Error('Nothing was begun.');
      await last.order.onEnd?.('gagal');
      Object.assign(last.job, {
        state: 'gagal',
        problem: describeError(code, { reference: 'R-7', what: 'x' }),
      });
    };
    await end('keys_disk_full');
    expect(renewalNotice({ db, renewal }, asked)).toMatchObject({
      code: 'keys_disk_full',
      message:
        'Kunci pencarian daftar BARU dan daftar LAMA belum dapat diperbarui karena disk komputer kantor penuh.',
      next: expect.stringContaining('Kosongkan ruang'),
    });
    pass(59_000);
    renewal.goOn();
    expect(started).toHaveLength(1);
    pass(1_000);
    renewal.goOn();
    expect(started).toHaveLength(2);
    await end('job_failed');
    pass(600_000);
    renewal.goOn();
    expect(started).toHaveLength(2);
    expect(renewalNotice({ db, renewal }, asked)?.next).toContain('R-7');
  });
});
