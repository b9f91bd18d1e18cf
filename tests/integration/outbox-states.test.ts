import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OutboxPart } from '../../shared/contract/sync.ts';
import {
  nextOutboxState,
  type OutboxEvent,
  OutboxState,
  settledOutboxStates,
  waitingOutboxStates,
} from '../../shared/domain/outbox.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { leaseLength, senderPorts } from '../../electron/services/sync-push.ts';
import { enqueue } from '../../electron/services/sync-queue.ts';
import { openConnection, transaction, type WritableDb } from '../../electron/store/connection.ts';
import { appendEvent, verifyJournal } from '../../electron/store/journal.ts';
import { putLinkRecord } from '../../electron/store/office-link.ts';
import { listOutbox, readTotals } from '../../electron/store/sync-views.ts';
import { backoff } from '../../electron/sync/backoff.ts';
import type { Outgoing, Settlement } from '../../electron/sync/outgoing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { legaliseCase } from './legalise.ts';
import { openKnownOffice, TestClock } from './office.ts';

const outcomes = ['confirmed', 'merged', 'rejected', 'held', 'unclear', 'conflict'] as const;
const day = 86_400_000;

/** What may happen to an outbox; `n` picks among what there is at that moment. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('take' as const), most: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ what: fc.constant('giveBack' as const), n: fc.nat(9) }),
  fc.record({
    what: fc.constant('answer' as const),
    n: fc.nat(9),
    outcome: fc.constantFrom(...outcomes),
  }),
  fc.record({ what: fc.constant('startAgain' as const) }),
  fc.record({ what: fc.constant('hurry' as const) }),
  fc.record({ what: fc.constant('queue' as const), n: fc.nat(2) }),
  fc.record({
    what: fc.constant('pass' as const),
    time: fc.constantFrom(
      1_000,
      60_000,
      150_000,
      3_600_000,
      3 * day,
      -3_600_000,
      -400 * day,
      -800 * day,
      400 * day,
    ),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const events: OutboxEvent[] = ['ambil', 'lepas', 'tunda', 'tahan', 'terima', 'tolak', 'tentang'];

const Row = z.object({
  id: z.string(),
  state: OutboxState,
  tries: z.int().min(0),
  lease: z.string().nullable(),
  receipts: z.number(),
  fixed: z.string(),
});
type Row = z.infer<typeof Row>;

class Crash extends Error {}

describe('the outbox on real SQL, whatever happens to it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-kotak-'));
  const base = join(folder, 'awal.db');
  let office: Register;
  let caseIds: string[];
  let copies = 0;

  beforeAll(async () => {
    const { t, register } = await openKnownOffice();
    const clerk = await t.as('petugas_loket');
    caseIds = [];
    for (const n of [1, 2, 3]) {
      const { caseId } = await registerActive(clerk, syntheticFamily(n));
      legaliseCase(register(), caseId);
      caseIds.push(caseId);
    }
    office = register();
    putLinkRecord(office.db, {
      address: 'https://provinsi.test',
      officeId: uuid(),
      credential: 'x',
      serverKey: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
      enrolledAt: office.clock.now().toISOString(),
    });
    office.db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(office.file, base);
    await t.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The register as a program finds it that starts on these files. */
  function open(from: string, clock: TestClock, take = copyFileSync): Register {
    const file = join(folder, `${(copies += 1)}.db`);
    for (const part of ['', '-wal']) if (existsSync(from + part)) take(from + part, file + part);
    return { ...office, file, clock, push: null, db: openConnection(file, { key: office.key }) };
  }

  function end(register: Register): void {
    register.db.close();
    for (const part of ['', '-wal', '-shm']) rmSync(register.file + part, { force: true });
  }

  it('keeps every item, moves it by the table alone, and brings it to an answer, past any crash', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ happening, crashAt: fc.option(fc.nat(25), { nil: null }) }), {
          minLength: 8,
          maxLength: 30,
        }),
        (run) => {
          const clock = new TestClock();
          let register = open(base, clock);
          let taken: Outgoing[] = [];
          for (const { happening: now, crashAt } of run) {
            const before = rowsOf(register.db);
            const image = `${register.file}.jatuh`;
            const done = crash(register, image, crashAt ?? Number.POSITIVE_INFINITY, (doomed) =>
              happen(doomed, register.db, now, taken),
            );
            if (done === null) {
              end(register);
              register = open(image, clock, renameSync);
            }
            taken = done ?? taken;
            const after = rowsOf(register.db);
            expect(inspect(before, after)).toHaveLength(done !== null && now.what === 'queue' ? 1 : 0);
            // Nothing is there of what had not come to its end.
            expect(done === null ? after : before).toEqual(before);
          }
          count(register, rowsOf(register.db));
          finish(register);
          count(register, rowsOf(register.db));
          end(register);
        },
      ),
      { numRuns: 400 },
    );
  });

  /** Does it, unless the program dies at a statement on the way: then null, and what the disk held. */
  function crash(
    register: Register,
    image: string,
    at: number,
    work: (doomed: Register) => Outgoing[],
  ): Outgoing[] | null {
    let left = at;
    const db = dying(register.db, () => {
      left -= 1;
      if (left >= 0) return;
      // What the disk holds at this moment, with all that was not committed yet.
      for (const part of ['', '-wal'])
        if (existsSync(register.file + part)) copyFileSync(register.file + part, image + part);
      throw new Crash();
    });
    try {
      return work({ ...register, db });
    } catch (cause) {
      if (cause instanceof Crash) return null;
      throw cause;
    }
  }

  /**
   * @param register what may die at a statement
   * @param db the same files, looked at without dying: what the program itself did is committed or not by
   *   its own statements alone
   * @returns what is on its way afterwards
   */
  function happen(register: Register, db: WritableDb, now: Happening, taken: Outgoing[]): Outgoing[] {
    const ports = senderPorts(register, () => 0.5);
    const items = rowsOf(db);
    switch (now.what) {
      case 'take': {
        const leased = items.filter(({ lease }) => isAlive(register, lease)).map(({ id }) => id);
        const claimed = ports.claim(now.most, []);
        const twice = claimed.filter(({ itemId }) => leased.includes(itemId));
        if (twice.length > 0) throw new Error('Taken though another has it, whose lease has not run out.');
        return [...taken, ...claimed];
      }
      case 'giveBack':
        ports.release(taken.slice(now.n, now.n + 2).map(({ itemId }) => itemId));
        return taken;
      case 'answer': {
        // Also to what was answered before, and to what nobody took just now (a courier, a late line).
        const item = items[now.n % items.length];
        if (item === undefined) return taken;
        const ended = ports.settle([settlement(db, item.id, now.outcome)]);
        const nowAt = rowsOf(db).find(({ id }) => id === item.id)?.state ?? item.state;
        if (ended !== (item.state !== nowAt && settledOutboxStates.includes(nowAt) ? 1 : 0))
          throw new Error(`Counted as ${ended} ended, though it went from ${item.state} to ${nowAt}.`);
        return taken;
      }
      case 'startAgain':
        ports.releaseLeases();
        return [];
      case 'hurry':
        retryNow(register);
        return taken;
      case 'queue':
        queue(register, caseIds[now.n] ?? '');
        return taken;
      case 'pass':
        if (register.clock instanceof TestClock) register.clock.advance(now.time);
        return taken;
    }
  }

  /** Whoever still waits is sent once its wait is over, in the order it was queued, and answered. */
  function finish(register: Register): void {
    const ports = senderPorts(register, () => 0.5);
    const waiting = rowsOf(register.db).filter(({ state }) => waitingOutboxStates.includes(state));
    const due = ports.nextDueIn();
    expect(due === null).toBe(waiting.length === 0);
    expect(due ?? 0).toBeLessThanOrEqual(backoff.longest);
    if (register.clock instanceof TestClock) register.clock.advance(backoff.longest + 1);
    const claimed = ports.claim(1_000, []).map(({ itemId }) => itemId);
    expect(claimed).toEqual(waiting.map(({ id }) => id));
    const receipts = claimed.map((id) => settlement(register.db, id, 'confirmed'));
    expect(ports.settle(receipts)).toBe(receipts.length);
    expect(rowsOf(register.db).filter(({ state }) => waitingOutboxStates.includes(state))).toEqual([]);
    expect(verifyJournal(register.db)).toMatchObject({ intact: true });
  }
});

/** The figures of the foot and of the proof sentence are those of the items, each counted once, and of the lists. */
function count({ db }: Register, items: readonly Row[]): void {
  const { saved, waiting, confirmed, rejected } = readTotals(db);
  const inState = (...states: OutboxState[]) => items.filter(({ state }) => states.includes(state)).length;
  const ended = inState('ditolak', 'bertentangan');
  expect([waiting, confirmed]).toEqual([inState(...waitingOutboxStates), inState('diterima')]);
  expect(waiting + confirmed + ended).toBe(items.length);
  // Of what ended otherwise, what nothing was done about yet.
  expect(rejected).toBeLessThanOrEqual(ended);
  expect(saved).toBe(db.prepare('SELECT count(*) FROM event').pluck().get());
  const listed = (part: OutboxPart) =>
    listOutbox(db, part, { holdRefusing: 0, offset: 0, limit: items.length }).rows.map(({ id }) => id);
  expect([listed('menunggu').length, listed('diterima').length, listed('ditolak').length]).toEqual([
    waiting,
    confirmed,
    rejected,
  ]);
  expect(listed('semua').toSorted()).toEqual(items.map(({ id }) => id).toSorted());
}

/** What became of each item is in the table of states; returns what is new. */
function inspect(before: readonly Row[], after: readonly Row[]): Row[] {
  for (const old of before) {
    const item = after.find(({ id }) => id === old.id);
    const reached = [old.state, ...events.map((event) => nextOutboxState(old.state, event))];
    if (item?.fixed !== old.fixed || !reached.includes(item.state))
      throw new Error(`Of ${JSON.stringify(old)} became ${JSON.stringify(item)}.`);
  }
  for (const item of after)
    if (
      (item.lease !== null) !== (item.state === 'dikirim') ||
      item.receipts !== (item.state === 'diterima' ? 1 : 0)
    )
      throw new Error(`No state for that lease and those receipts: ${JSON.stringify(item)}.`);
  return after.filter(({ id }) => !before.some((old) => old.id === id));
}

/** The outbox in the order it is sent in. */
function rowsOf(db: WritableDb): Row[] {
  return z.array(Row).parse(
    db
      .prepare(
        `SELECT id, state, tries, lease_until AS lease,
           (SELECT count(*) FROM receipt WHERE outbox_id = outbox.id) AS receipts,
           json_array(event_id, case_id, kind, idempotency_key, parent_key, base_version, version, body, body_hash, created_at) AS fixed
         FROM outbox ORDER BY rowid`,
      )
      .all(),
  );
}

/** A lease counts while it lies ahead, but no further than any lease can. */
function isAlive({ clock }: Register, lease: string | null): boolean {
  const left = lease === null ? 0 : Date.parse(lease) - clock.now().getTime();
  return left > 0 && left <= leaseLength;
}

function queue(register: Register, caseId: string): void {
  transaction(register.db, () => {
    const eventId = appendEvent(register.db, {
      at: register.clock.now().toISOString(),
      actor: { id: null, role: 'sistem' },
      type: 'catatan_dikirim_ulang',
      caseId,
      payload: {},
    });
    enqueue(register, getCase(register, caseId), eventId, { kind: 'case.legalised' });
  });
}

function settlement(db: WritableDb, itemId: string, outcome: (typeof outcomes)[number]): Settlement {
  const version = z.number().parse(db.prepare('SELECT version FROM outbox WHERE id = ?').pluck().get(itemId));
  const at = '2026-11-10T02:00:00.000Z';
  const by = { side: 'provinsi' as const, name: 'Dinas', at };
  const said = { code: 'uji', sentence: 'Kalimat uji.' };
  const edit = { path: 'household.phone', before: null, after: '021', by };
  switch (outcome) {
    case 'confirmed':
    case 'merged':
      return {
        itemId,
        outcome: 'confirmed',
        jws: 'x.y.z',
        receiptId: uuid(),
        serverTime: at,
        version: outcome === 'merged' ? version + 1 : version,
        merge: outcome === 'merged' ? { theirs: [edit] } : null,
      };
    case 'rejected':
      return { itemId, outcome, ...said, field: null };
    case 'conflict': {
      const clash = { path: 'household.address.rt', base: 1, ours: 2, theirs: 3, by };
      return { itemId, outcome, ...said, version, clashes: [clash], theirs: [edit] };
    }
    case 'held':
    case 'unclear':
      return { itemId, outcome, ...said };
  }
}

/** A connection that may die before any statement is made or run. */
function dying(db: WritableDb, beforeEach: () => void): WritableDb {
  return standIn(db, 'prepare', (prepare) => (sql: string) => {
    beforeEach();
    return standIn(Object(prepare(sql)), 'run', (run) => (...values: unknown[]) => {
      beforeEach();
      return run(...values);
    });
  });
}

/** The same thing, but for one of its methods. */
function standIn<Thing extends object>(
  thing: Thing,
  method: string,
  instead: (real: (...values: unknown[]) => unknown) => (...values: never[]) => unknown,
): Thing {
  // Of no target of its own: methods that cannot be replaced are among them.
  const none: Thing = Object.create(null);
  return new Proxy(none, {
    get(_, name) {
      const value: unknown = Reflect.get(thing, name, thing);
      if (typeof value !== 'function') return value;
      const bound = value.bind(thing);
      return name === method ? instead(bound) : bound;
    },
  });
}
