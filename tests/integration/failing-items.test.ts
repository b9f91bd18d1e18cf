import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { attentionItems } from '../../electron/services/attention.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { applyInOrder } from '../../electron/services/sync-down-apply.ts';
import { applyPending } from '../../electron/services/sync-down.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { findKnownVersion } from '../../electron/store/clashes.ts';
import {
  countAnew,
  insertItem,
  listDecisionsOfCase,
  listOpenTasks,
  listPendingItems,
  readDownMark,
} from '../../electron/store/down.ts';
import { listReferenceLists } from '../../electron/store/reference.ts';
import type { DownItem } from '../../shared/provincial/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, hasKey } from './carrying.ts';
import { cut } from './line.ts';
import { listedHousehold } from './listed.ts';
import { issueTo, lendOffice, type PushingOffice, patient, provinceTime, takenDown } from './pushing.ts';

const by = { side: 'provinsi', name: 'Dinas', at: provinceTime.toISOString() };

describe('what came down and throws as it is applied', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  /** How often the item was tried that {@link poison} is put into. */
  let tries = 0;
  beforeEach(() => {
    tries = 0;
  });

  const issue = (kind: string, body: Record<string, unknown>) => issueTo(o, province, kind, body);
  const taken = () => takenDown(o, province);
  /** The line is gone, and with it whatever was under way: that would take the first of several items alone. */
  async function cutOff(): Promise<void> {
    o.line.fault = cut;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.register().push?.connection().state).toBe('offline'), patient);
  }
  const householdOf = (caseId: string) => getCase(o.register(), caseId).household;

  const change = (caseId: string, version: number, after: string, before: string | null = null) =>
    issue('case.changed', {
      caseId,
      baseVersion: version - 1,
      version,
      reason: 'Padan',
      edits: [{ path: 'household.phone', before, after, by }],
    });

  const rank = (caseId: string) =>
    issue('decision.rank', {
      periodId: '2026-11',
      model: 'pmt-1',
      ranks: [{ caseId, rank: 1, desil: null }],
    });

  const ask = (caseId: string) =>
    issue('record.rejected', {
      caseId,
      key: null,
      code: 'nik_ganda',
      field: null,
      sentence: 'Periksa NIK-nya.',
      by: 'Dinas',
    });

  /** What goes wrong where a change of this case is written, as long as this program runs. */
  function poison(caseId: string, wrong: string): void {
    const { db } = o.register();
    db.function('tried', () => void (tries += 1));
    db.function('mistake', () => {
      throw new TypeError('Slamet, 3171011708800001');
    });
    db.exec(
      `CREATE TEMP TRIGGER poison BEFORE INSERT ON case_province WHEN new.case_id = '${caseId}'
       BEGIN SELECT tried(); SELECT ${wrong}; END`,
    );
  }
  const heal = () => o.register().db.exec('DROP TRIGGER poison');

  /** Nothing of it comes before all was issued, so that it stands in one page. */
  async function inOnePage(work: () => Promise<void>): Promise<void> {
    await cutOff();
    await work();
    o.line.fault = null;
    await taken();
  }

  it.each([
    ['a rule of the register', `RAISE(ABORT, 'poison')`],
    ['what SQLite cannot read', `json_extract('{', '$')`],
    ['a mistake of the program', 'mistake()'],
  ])('for %s: waits with what follows it in its case, and the rest of its page goes on', async (_, wrong) => {
    const [first, second] = [await o.accepted(1), await o.accepted(2)];
    poison(first, wrong);
    const logged = vi.spyOn(o.register(), 'logFailure');
    await inOnePage(async () => {
      await rank(first);
      await change(first, 2, '021-111');
      await change(first, 3, '021-333', '021-111');
      await change(second, 2, '021-222');
      await ask(first);
      await rank(second);
    });
    expect([householdOf(first).phone, householdOf(second).phone]).toEqual([null, '021-222']);
    expect(findKnownVersion(o.register().db, first)).toBe(0);
    for (const caseId of [first, second])
      expect(listDecisionsOfCase(o.register().db, caseId)).toMatchObject([{ outcome: { rank: 1 } }]);
    expect(listOpenTasks(o.register().db)).toMatchObject([{ caseId: first }]);
    expect(listPendingItems(o.register().db)).toHaveLength(2);

    // A person hears of it; the log hears once, and nothing of the family.
    expect(o.status()).toMatchObject({ downFailed: 1, downRefused: false, attention: 2 });
    // As of a page that was taken back afterwards.
    o.register().failedItems.set(randomUUID(), second);
    const shown = attentionItems(o.register());
    expect(shown).toHaveLength(2);
    expect(shown).toContainEqual({
      kind: 'berita_gagal',
      id: 'butir',
      count: 1,
      cases: [expect.objectContaining({ caseId: first })],
    });
    for (const caseId of [second, second]) {
      await rank(caseId);
      await taken();
      applyPending(o.register());
    }
    expect(tries).toBe(1);
    retryNow(o.register());
    expect(tries).toBe(2);
    expect(logged).toHaveBeenCalledTimes(1);

    heal();
    retryNow(o.register());
    expect(householdOf(first).phone).toBe('021-333');
    expect(findKnownVersion(o.register().db, first)).toBe(3);
    expect(listPendingItems(o.register().db)).toEqual([]);
    expect(o.status()).toMatchObject({ downFailed: 0, attention: 1 });
  });

  it('is tried again at each start, and waits on where it still throws', async () => {
    const caseId = await o.accepted(1);
    const register = o.register();
    register.db.exec(
      `CREATE TRIGGER poison BEFORE INSERT ON case_province BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    await change(caseId, 2, '021-111');
    await taken();
    expect(o.status().downFailed).toBe(1);
    await o.t.restart();
    await o.t.as('petugas_loket');
    expect(o.register()).not.toBe(register);
    expect(o.status()).toMatchObject({ downFailed: 1, attention: 1 });
    expect(householdOf(caseId).phone).toBeNull();
    heal();
    await o.t.restart();
    await o.t.as('petugas_loket');
    expect(o.status()).toMatchObject({ downFailed: 0, attention: 0 });
    expect(householdOf(caseId).phone).toBe('021-111');
  });

  it('for a full disk is no such thing: the page comes again whole', async () => {
    const caseId = await o.accepted(1);
    await taken();
    const { db } = o.register();
    const { cursor } = readDownMark(db);
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.exec('CREATE TABLE filler (bytes BLOB)');
    db.function('tried', () => void (tries += 1));
    db.exec(
      'CREATE TEMP TRIGGER poison BEFORE INSERT ON task BEGIN SELECT tried(); INSERT INTO filler VALUES (zeroblob(1 << 28)); END',
    );
    db.pragma(`max_page_count = ${pages + 256}`);
    await cutOff();
    await rank(caseId);
    await ask(caseId);
    o.line.fault = null;
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(0), patient);
    expect(readDownMark(db).cursor).toBe(cursor);
    expect(listDecisionsOfCase(db, caseId)).toEqual([]);
    expect(listOpenTasks(db)).toEqual([]);
    expect(listPendingItems(db)).toEqual([]);
    expect(o.status()).toMatchObject({ downFailed: 0, downTrouble: null, attention: 0 });
    o.t.clock.advance(2 * 60_000);
    expect(o.status()).toMatchObject({ downFailed: 0, downTrouble: 'penuh', attention: 1 });
    db.pragma('max_page_count = 1000000000');
    heal();
    await taken();
    expect(o.status()).toMatchObject({ downTrouble: null, attention: 1 });
    expect(listOpenTasks(db)).toMatchObject([{ caseId }]);
    expect(listDecisionsOfCase(db, caseId)).toHaveLength(1);
  });

  it('keeps no receipt from a courier, nor what else it carried', async () => {
    await hasKey(o);
    const { make, take, atProvince } = carrierOf(
      () => o,
      () => province,
    );
    const changed = await o.accepted(1);
    await cutOff();
    const waiting = await o.legalise(2);
    await change(changed, 2, '021-111');
    await rank(changed);
    poison(changed, 'mistake()');
    const { file } = await atProvince(await make());
    expect(await take(file)).toMatchObject({ confirmed: 1, waiting: 0, items: 2 });
    expect(o.stateOf(waiting)).toBe('DITERIMA');
    expect(listDecisionsOfCase(o.register().db, changed)).toHaveLength(1);
    expect(o.status()).toMatchObject({ downFailed: 1, attention: 1 });
    heal();
    retryNow(o.register());
    expect(householdOf(changed).phone).toBe('021-111');
  });

  it('as a list moves in keeps no other list out', async () => {
    const [failing, other] = [randomUUID(), randomUUID()];
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER poison BEFORE INSERT ON reference_pending WHEN new.list_id = '${failing}'
       BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    const logged = vi.spyOn(o.register(), 'logFailure');
    for (const [listId, name] of [
      [failing, 'DTSEN gagal'],
      [other, 'DTSEN lain'],
    ] as const)
      await issue('reference.list', {
        listId,
        source: 'DTSEN',
        name,
        listDate: '2026-10-01',
        version: 1,
        baseListId: null,
        part: 1,
        parts: 1,
        households: [listedHousehold(listId)],
        removed: [],
      });
    await taken();
    const stands = () => listReferenceLists(db).map(({ id }) => id);
    await vi.waitFor(() => expect(stands()).toEqual([other]), patient);
    await vi.waitFor(() => expect(o.status()).toMatchObject({ downFailed: 1, attention: 1 }), patient);
    const clerk = await o.t.as('lurah');
    expect(await clerk.sync.settings.query()).toMatchObject([
      { title: 'DTSEN gagal', unusable: expect.stringContaining('Perlu perhatian') },
    ]);
    await rank(randomUUID());
    await taken();
    expect(logged).toHaveBeenCalledTimes(1);
    // It is told until it stands, and tried also where the line is gone.
    await cutOff();
    expect(retryNow(o.register()).downFailed).toBe(1);
    retryNow(o.register());
    await vi.waitFor(() => expect(logged).toHaveBeenCalledTimes(2), patient);
    // Once for both presses.
    await o.register().movingLists;
    expect(logged).toHaveBeenCalledTimes(2);
    expect(o.status()).toMatchObject({ downFailed: 1, attention: 1 });
    heal();
    expect(retryNow(o.register()).downFailed).toBe(1);
    await vi.waitFor(() => expect(stands().toSorted()).toEqual([failing, other].toSorted()), patient);
    await vi.waitFor(() => expect(o.status().downFailed).toBe(0), patient);
  });

  it('holds up what a province that counts anew says of the case after it', async () => {
    const caseId = await o.accepted(1);
    await cutOff();
    const { db } = o.register();
    const item = (cursor: number, version: number, edits: unknown): DownItem => ({
      wire: 1,
      id: randomUUID(),
      cursor,
      officeId: o.officeId(),
      area: null,
      kind: 'case.changed',
      issuedAt: by.at,
      body: { caseId, baseVersion: version - 1, version, reason: '', edits },
    });
    const come = (one: DownItem) => {
      const jws = `e30.${Buffer.from(JSON.stringify(one)).toString('base64url')}.AAAA`;
      insertItem(db, { ...one, jws, receivedAt: by.at });
      applyInOrder(o.register(), [one]);
    };
    come(item(500, 2, 'dalam bentuk yang belum dikenal'));
    countAnew(db);
    come(item(3, 3, [{ path: 'household.phone', before: null, after: '021-333', by }]));
    expect(householdOf(caseId).phone).toBeNull();
    expect(listPendingItems(db)).toHaveLength(2);
  });
});
