import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { statementsOf, takeAllSteps } from '../packaging/write-schema.ts';
import { setCaseState, setCaseVersion } from './cases.ts';
import {
  foldLog,
  openConnection,
  readThenWrite,
  snapshot,
  transaction,
  type WritableDb,
} from './connection.ts';
import { insertItem, listDecisionsOfCase, listPendingItems } from './down.ts';
import { countUnscanned, forgetScans, heedFindingWorld, nextUnscanned, replaceFindings } from './finding.ts';
import { appendEvent, erasePayloads, listCaseEvents, verifyJournal } from './journal.ts';
import { migrate, migrations } from './migrate.ts';
import {
  forgetRank,
  heedRankWorld,
  listUnranked,
  nextUnranked,
  rankStamp,
  writeRank,
} from './review-rank.ts';

let folder: string;
let db: WritableDb;
const key = randomBytes(32);
const system = { id: null, role: 'sistem' } as const;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-store-'));
  db = openConnection(join(folder, 'register.db'), { key });
  migrate(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const Names = z.array(z.object({ name: z.string() }));

function tables(register: WritableDb = db): string[] {
  const rows = register
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'case_search%'`,
    )
    .all();
  return Names.parse(rows).map(({ name }) => name);
}

describe('the register file', () => {
  it('opens with its own key alone', () => {
    expect(() => openConnection(join(folder, 'register.db'), { key: randomBytes(32) })).toThrow(AppError);
  });

  it('syncs each commit, and lets nothing spill to disk', () => {
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('temp_store', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  });
});

describe('the write-ahead log', () => {
  const write = () =>
    transaction(db, () =>
      appendEvent(db, { at: '2026-11-10T01:00:00.000Z', actor: system, type: 'uji', payload: {} }),
    );
  /** Pages of the log, and how many of them stand in the register already. */
  const log = () => {
    const [state] = z
      .array(z.object({ log: z.number(), checkpointed: z.number() }))
      .parse(db.pragma('wal_checkpoint(NOOP)'));
    return state;
  };

  it('is folded in by no commit, and once by whoever has the time', () => {
    const folded = foldLog(db, 0);
    for (let n = 0; n < 300; n += 1) write();
    expect(log()?.log).toBeGreaterThan(1_000);
    expect(log()?.checkpointed).toBe(0);
    const again = foldLog(db, folded);
    expect(log()?.checkpointed).toBe(log()?.log);
    expect(foldLog(db, again)).toBe(again);
  });
});

describe('reading and then writing', () => {
  it('writes what rests on what stands then, and lets others write while it reads', () => {
    const other = openConnection(join(folder, 'register.db'), { key });
    const count = (from: WritableDb) => Number(from.prepare('SELECT count(*) FROM event').pluck().get());
    const add = (to: WritableDb, type: string) =>
      transaction(to, () =>
        appendEvent(to, { at: '2026-11-10T01:00:00.000Z', actor: system, type, payload: {} }),
      );
    const seen: number[] = [];
    readThenWrite(db, () => {
      seen.push(count(db));
      if (seen.length === 1) add(other, 'di_antaranya');
      add(db, `melihat_${seen.at(-1)}`);
    });
    expect(seen).toEqual([0, 1]);
    const types = db.prepare('SELECT type FROM event ORDER BY seq').pluck().all();
    expect(types).toEqual(['di_antaranya', 'melihat_1']);
    other.close();
  });
});

describe('a snapshot', () => {
  it('shows the register as it stood when it began, and holds nobody up', async () => {
    const other = openConnection(join(folder, 'register.db'), { key });
    const count = () => other.prepare('SELECT count(*) FROM event').pluck().get();
    const seen = await snapshot(other, async () => {
      const before = count();
      await Promise.resolve();
      appendEvent(db, { at: '2026-11-10T01:00:00.000Z', actor: system, type: 'lain', payload: {} });
      return [before, count()];
    });
    expect([...seen, count()]).toEqual([0, 0, 1]);
    other.close();
  });
});

describe('migrations', () => {
  it('ask again for the members of a family whose word was dropped', () => {
    const old = openConnection(join(folder, 'decisions.db'), { key });
    for (const { version, sql } of migrations) if (version < 36) old.exec(sql);
    old.pragma('user_version = 35');
    old.exec(
      `INSERT INTO down_item (id, cursor, kind, jws, issued_at, received_at, applied_at) VALUES ('i', 1, 'decision.recipients', '', '', '', 'x'), ('r', 2, 'decision.rank', '', '', '', 'x');
       INSERT INTO province_decision (item_id, case_id, matter, period_id, program, outcome)
       VALUES ('i', 'c', 'program', '2026-11', 'KJP', '{"memberId":"m"}'), ('r', 'c', 'peringkat', '2026-11', '', '{"rank":1}')`,
    );
    migrate(old);
    expect(listDecisionsOfCase(old, 'c').map(({ matter, memberId }) => [matter, memberId])).toEqual([
      ['peringkat', null],
      ['program', 'm'],
    ]);
    expect(listPendingItems(old).map(({ id }) => id)).toEqual(['i']);
    old.close();
  });

  describe('to the order of the province', () => {
    const [small, capital] = ['0198a000-0000-7000-8000-00000000000a', '0198A000-0000-7000-8000-00000000000A'];

    /** @param enrolments how often the office enrolled before */
    function migrated(enrolments: number) {
      const old = openConnection(join(folder, `order-${enrolments}.db`), { key });
      for (const { version, sql } of migrations) if (version < 50) old.exec(sql);
      old.pragma('user_version = 49');
      for (let n = 0; n < enrolments; n += 1)
        appendEvent(old, { at: '', actor: system, type: 'kantor_didaftarkan', payload: {} });
      // Of a case that is not here.
      old.pragma('foreign_keys = OFF');
      old.exec(
        `INSERT INTO down_item (id, kind, jws, issued_at, received_at, applied_at) VALUES
           ('later', 'decision.rank', '', '2026-11-10T02:00:01Z', '', 'x'), ('earlier', 'decision.rank', '', '2026-11-10T02:00:00Z', '', 'x'),
           ('member', 'decision.recipients', '', '2026-11-10T02:00:02Z', '', 'x'),
           ('task', 'record.rejected', '', '2026-11-10T02:00:03Z', '', 'x'), ('nobodys', 'record.rejected', '', '2026-11-10T02:00:04Z', '', 'x');
         INSERT INTO task (id, item_id, case_id, code, sentence, from_name, received_at) VALUES ('t', 'task', '${small}', 'x', 'x', 'x', 'x');
         INSERT INTO province_decision (item_id, case_id, member_id, matter, period_id, program, outcome) VALUES
           ('later', '${small}', '', 'peringkat', '2026-11', '', '{"rank":1}'), ('earlier', '${small}', '', 'peringkat', '2026-11', '', '{"rank":2}'),
           ('member', '${small}', '${capital}', 'program', '2026-11', 'KJP', '{}')`,
      );
      migrate(old);
      return old;
    }

    it.each([
      ['of coming is it', 1, 2],
      ['of the clocks is kept where the office enrolled anew, and what was forgotten came again', 2, 1],
    ])('that %s', (_, enrolments, rank) => {
      const old = migrated(enrolments);
      expect(listDecisionsOfCase(old, small).map(({ outcome }) => outcome)).toEqual([{ rank }]);
      // What comes now is newer.
      const cursor = enrolments === 1 ? 6 : 1;
      insertItem(old, {
        id: 'new',
        cursor,
        kind: 'decision.rank',
        jws: '',
        issuedAt: '2026-11-10T01:00:00Z',
        receivedAt: '',
      });
      old.exec(
        `INSERT INTO province_decision (item_id, case_id, member_id, matter, period_id, program, outcome)
         VALUES ('new', '${small}', '', 'peringkat', '2026-11', '', '{"rank":3}')`,
      );
      expect(listDecisionsOfCase(old, small).map(({ outcome }) => outcome)).toEqual([{ rank: 3 }]);
      old.close();
    });

    it('apply once more what was kept under ids in capitals, or was said of nobody', () => {
      const old = migrated(1);
      expect(listPendingItems(old).map(({ id }) => id)).toEqual(['member', 'nobodys']);
      old.close();
    });
  });

  it('make of an empty register, taken one by one, what a new one begins with', () => {
    const stepped = openConnection(join(folder, 'stepped.db'), { key });
    takeAllSteps(stepped);
    expect(statementsOf(db).toSorted()).toEqual(statementsOf(stepped).toSorted());
    const contents = (register: WritableDb) =>
      tables(register).map((table) => [table, register.prepare(`SELECT * FROM "${table}"`).all()]);
    expect(contents(db)).toEqual(contents(stepped));
    expect(db.pragma('user_version')).toEqual(stepped.pragma('user_version'));
    stepped.close();
  });

  it('are numbered without gaps and run once', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    expect(migrate(db)).toEqual([]);
  });

  it('refuse a register of a newer program', () => {
    db.pragma(`user_version = ${migrations.length + 1}`);
    expect(() => migrate(db)).toThrow('versi Mutakhir yang lebih baru');
  });
});

describe('the schema', () => {
  it('has only STRICT tables', () => {
    const loose = z
      .array(z.object({ name: z.string(), strict: z.number() }))
      .parse(db.prepare('SELECT name, strict FROM pragma_table_list').all());
    expect(loose.filter(({ name, strict }) => tables().includes(name) && strict !== 1)).toEqual([]);
  });

  it('has an index that begins with each foreign key', () => {
    const bare: string[] = [];
    for (const table of tables()) {
      const keys = z
        .array(z.object({ from: z.string() }))
        .parse(db.prepare('SELECT "from" FROM pragma_foreign_key_list(?)').all(table));
      const indexes = Names.parse(db.prepare('SELECT name FROM pragma_index_list(?)').all(table));
      const firstColumns = indexes.map(
        ({ name }) =>
          // One over an expression begins with no column.
          Names.parse(
            db.prepare('SELECT name FROM pragma_index_info(?) WHERE seqno = 0 AND cid >= 0').all(name),
          )[0]?.name,
      );
      // A table lies in the order of the number that is its key.
      const own = Names.parse(
        db.prepare(`SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND type = 'INTEGER'`).all(table),
      );
      const first = [...firstColumns, ...own.map(({ name }) => name)];
      for (const { from } of keys) if (!first.includes(from)) bare.push(`${table}.${from}`);
    }
    expect(bare).toEqual([]);
  });

  it('finds duplicates and lists by index', () => {
    const plan = (sql: string) =>
      z
        .array(z.object({ detail: z.string() }))
        .parse(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
        .map(({ detail }) => detail)
        .join('\n');
    expect(plan('SELECT owner FROM member_key WHERE key = 1')).toContain(
      'SEARCH member_key USING PRIMARY KEY',
    );
    expect(plan('SELECT * FROM reference_key_page WHERE id <= 1 ORDER BY id DESC LIMIT 1')).toContain(
      'SEARCH reference_key_page USING INTEGER PRIMARY KEY',
    );
    expect(
      plan(
        `SELECT max(outcome ->> 'until') FROM province_decision
         WHERE matter = 'program' AND outcome ->> 'until' IS NOT NULL AND outcome ->> 'until' < '2026'`,
      ),
    ).toContain('SEARCH province_decision USING INDEX province_decision_until');
    expect(plan(`SELECT * FROM case_file WHERE state = 'TERDAFTAR' ORDER BY serial DESC`)).toContain(
      'USING INDEX case_file_state',
    );
    expect(
      plan(`SELECT 1 FROM reference_person WHERE birth_date IS NULL AND household_id BETWEEN 1 AND 2`),
    ).toContain('USING INDEX reference_person_undated');
    const alike = plan(`SELECT * FROM member WHERE id = 'x' OR nik = 'x' OR birth_date = 'x'`);
    expect(alike).toContain('SEARCH member USING INDEX member_birth_date');
    expect(alike).not.toContain('SCAN');
    expect(plan(`SELECT * FROM event WHERE case_id = 'x' ORDER BY seq`)).toContain('USING INDEX event_case');
  });
});

describe('what a changed case makes due', () => {
  const due = () => ({
    findings: countUnscanned(db),
    ranks: listUnranked(db),
    sure: db.prepare('SELECT sure FROM review_rank ORDER BY case_id').pluck().all(),
  });
  const insert = (id: string, serial: number) =>
    db
      .prepare(
        `INSERT INTO case_file (id, serial, number, mode, state, period_id, version, street, rt, rw, kelurahan, registered_at, registered_by, updated_at, state_since)
         VALUES (?, ?, ?, 'aktif', 'TERDAFTAR', '2026-11', 1, 'Gg. Uji', 1, 1, '31.71.01.1001', '2026-11-10', 'a', '2026-11-10', '2026-11-10')`,
      )
      .run(id, serial, `K/${serial}`);
  const look = (id: string) => {
    replaceFindings(db, id, [], { at: '2026-11-10', newId: () => 'f' });
    writeRank(db, {
      caseId: id,
      stamp: rankStamp(1, 'daftar'),
      sure: true,
      gain: 0,
      body: { result: 'baru', found: 0, links: 0, wrong: 0, incomplete: false, failed: false, why: '' },
      asked: [],
    });
  };

  beforeEach(() => {
    db.pragma('foreign_keys = OFF');
    heedFindingWorld(db, 'daftar');
    heedRankWorld(db, 'daftar');
    insert('k2', 2);
    insert('k1', 1);
  });

  it('is looked at once, first come first, and again when it changed or the lists did', () => {
    expect(due()).toEqual({ findings: 2, ranks: ['k1', 'k2'], sure: [] });
    expect([nextUnscanned(db), nextUnranked(db)]).toEqual(['k1', 'k1']);
    for (const id of ['k1', 'k2']) look(id);
    expect(due()).toEqual({ findings: 0, ranks: [], sure: [1, 1] });
    setCaseVersion(db, 'k2', 2);
    expect(due()).toEqual({ findings: 1, ranks: ['k2'], sure: [1, 0] });
    look('k2');
    heedFindingWorld(db, 'daftar');
    heedRankWorld(db, 'daftar');
    expect(due()).toEqual({ findings: 0, ranks: [], sure: [1, 1] });
    heedFindingWorld(db, 'daftar baru');
    heedRankWorld(db, 'daftar baru');
    expect(due()).toEqual({ findings: 2, ranks: ['k1', 'k2'], sure: [0, 0] });
  });

  it('is looked at no more once it ended, and has no rank where it does not wait', () => {
    look('k1');
    setCaseState(db, 'k1', 'TERIDENTIFIKASI', '2026-11-11');
    setCaseState(db, 'k2', 'DITUTUP', '2026-11-11');
    expect(due()).toEqual({ findings: 1, ranks: [], sure: [] });
    setCaseState(db, 'k1', 'TERDAFTAR', '2026-11-12');
    forgetScans(db, ['k1', 'k2']);
    expect(due()).toEqual({ findings: 1, ranks: ['k1'], sure: [] });
  });

  it('is ranked again where its rank is forgotten', () => {
    look('k1');
    forgetRank(db, 'k1');
    expect(due().ranks).toEqual(['k1', 'k2']);
  });
});

describe('the journal', () => {
  beforeEach(() => {
    db.pragma('foreign_keys = OFF');
    for (let n = 0; n < 5; n += 1) {
      appendEvent(db, {
        at: '2026-11-10T00:00:00.000Z',
        actor: system,
        type: 'uji',
        caseId: n < 3 ? 'a' : 'b',
        payload: { nama: `Rahasia ${n}` },
      });
    }
  });

  it('verifies, also after the payloads of a case were erased on order', () => {
    expect(verifyJournal(db)).toMatchObject({ intact: true, events: 5 });
    const order = appendEvent(db, {
      at: '2026-11-10T00:00:00.000Z',
      actor: system,
      type: 'data_dihapus',
      caseId: 'a',
    });
    expect(erasePayloads(db, 'a', order)).toBe(3);
    expect(verifyJournal(db)).toMatchObject({ intact: true, events: 6 });
    expect(listCaseEvents(db, 'a').map(({ payload }) => payload)).toEqual([null, null, null, {}]);
    expect(db.prepare(`SELECT count(*) AS n FROM event_payload WHERE body LIKE '%Rahasia 0%'`).get()).toEqual(
      { n: 0 },
    );
  });

  it('refuses to be changed', () => {
    expect(() => db.prepare(`UPDATE event SET type = 'lain'`).run()).toThrow('append-only');
    expect(() => db.prepare('DELETE FROM event').run()).toThrow('append-only');
    expect(() => db.prepare(`UPDATE event_payload SET body = '{}'`).run()).toThrow('never changed');
  });

  it('shows tampering from outside: a changed field, a lost payload, a lost event', () => {
    db.exec(
      'DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER event_payload_no_update;',
    );
    const tampered = (sql: string) => {
      db.exec('SAVEPOINT before');
      db.exec(sql);
      const verdict = verifyJournal(db);
      db.exec('ROLLBACK TO before; RELEASE before;');
      return verdict;
    };
    expect(tampered(`UPDATE event SET actor_role = 'lurah' WHERE seq = 2`)).toEqual({
      intact: false,
      seq: 2,
      why: 'rantai',
    });
    expect(
      tampered(`UPDATE event_payload SET body = '{}' WHERE event_id = (SELECT id FROM event WHERE seq = 3)`),
    ).toEqual({ intact: false, seq: 3, why: 'isi' });
    expect(
      tampered(`DELETE FROM event_payload WHERE event_id = (SELECT id FROM event WHERE seq = 4)`),
    ).toEqual({ intact: false, seq: 4, why: 'hilang' });
    expect(tampered('DELETE FROM event WHERE seq = 2')).toMatchObject({ intact: false, why: 'rantai' });
    expect(verifyJournal(db)).toMatchObject({ intact: true });
  });

  it('is rolled back with the transaction that wrote it', () => {
    expect(() =>
      transaction(db, () => {
        appendEvent(db, { at: '2026-11-10T00:00:00.000Z', actor: system, type: 'uji' });
        throw new Error('batal');
      }),
    ).toThrow('batal');
    expect(verifyJournal(db)).toMatchObject({ intact: true, events: 5 });
  });
});
