import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { listReferenceLists } from '../../electron/store/reference.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { listedHousehold as household } from './listed.ts';
import { issueTo, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';

describe('lists that the province issues', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  const issue = (kind: string, body: Record<string, unknown>, to?: { area: string }) =>
    issueTo(o, province, kind, body, to);
  const taken = () => takenDown(o, province);

  const stands = (listId: string): Promise<void> =>
    vi.waitFor(
      () => expect(listReferenceLists(o.register().db).map(({ id }) => id)).toContain(listId),
      patient,
    );

  const listOf = (sourceIds: string[]) => ({
    source: 'DTSEN',
    name: 'DTSEN Gambir',
    listDate: '2026-10-01',
    version: 1,
    baseListId: null,
    part: 1,
    parts: 1,
    households: sourceIds.map(household),
    removed: [],
  });

  it('moves a large list in by steps that nobody sees, and begins anew after it was broken off', async () => {
    const listId = randomUUID();
    // Told by the register itself at the list's first step, so that the office is closed before its last.
    const { db } = o.register();
    const begun = new Promise<void>((resolve) => {
      db.function('list_moves', () => void resolve());
    });
    db.exec('CREATE TEMP TRIGGER moves AFTER INSERT ON reference_pending BEGIN SELECT list_moves(); END');
    const sourceIds = Array.from({ length: 2_000 }, (_, index) => `R${index}`);
    for (const part of [1, 2])
      await issue('reference.list', {
        ...listOf(sourceIds.slice((part - 1) * 1_000, part * 1_000)),
        listId,
        part,
        parts: 2,
      });
    const moving = (): unknown =>
      o.register().db.prepare('SELECT list_id FROM reference_pending').pluck().get();
    o.register().push?.retryNow();
    await begun;
    expect(moving()).toBe(listId);
    expect(listReferenceLists(o.register().db)).toEqual([]);
    await o.t.restart();
    await o.t.as('petugas_loket');
    await stands(listId);
    expect(moving()).toBeUndefined();
    expect(listReferenceLists(o.register().db)).toMatchObject([{ households: 2_000, persons: 2_000 }]);
  });

  it('says which list waits and why, and begins no list a second time that it cannot read', async () => {
    const [unreadable, ahead] = [randomUUID(), randomUUID()];
    const { db } = o.register();
    let begun = 0;
    db.function('list_begins', () => void (begun += 1));
    db.exec('CREATE TEMP TRIGGER begins AFTER INSERT ON reference_pending BEGIN SELECT list_begins(); END');
    const many = Array.from({ length: 1_000 }, (_, nth) => `A${nth}`);
    const parts = [listOf(many), { ...listOf(['B']), households: [{ sourceId: 'B', shape: 'newer' }] }];
    for (const [at, body] of parts.entries())
      await issue('reference.list', {
        ...body,
        name: 'DTSEN baru',
        listId: unreadable,
        part: at + 1,
        parts: 2,
      });
    await issue('reference.list', {
      ...listOf(['C']),
      name: 'Susulan',
      listId: ahead,
      baseListId: randomUUID(),
    });
    await taken();
    const clerk = await o.t.as('lurah');
    const held = async () =>
      (await clerk.sync.settings.query()).map(({ title, unusable }) => `${title}: ${unusable}`);
    const told = [
      expect.stringMatching(/^Susulan: Menunggu daftar sebelumnya/),
      expect.stringMatching(/^DTSEN baru: .*belum dapat memakainya/),
    ];
    await vi.waitFor(async () => expect(await held()).toEqual(expect.arrayContaining(told)), patient);
    const before = begun;
    for (const _ of [1, 2]) {
      o.register().push?.retryNow();
      await taken();
    }
    expect([before, begun]).toEqual([1, 1]);
    expect(listReferenceLists(db)).toEqual([]);
  });

  it('begins a list anew also where what was left of it could not be taken out before', async () => {
    const listId = randomUUID();
    o.register().db.exec(
      `INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households, persons, imported_at, imported_by)
       SELECT '${listId}', 'DTSEN', 'DTSEN Gambir', '2026-10-01', 0, '', '${'f'.repeat(64)}', '{}', 0, 0, '', id FROM account LIMIT 1;
       INSERT INTO reference_pending (list_id, state) VALUES ('${listId}', 'masuk')`,
    );
    await issue('reference.list', { ...listOf(['R1']), listId });
    o.register().push?.retryNow();
    await stands(listId);
    expect(listReferenceLists(o.register().db)).toMatchObject([{ households: 1, persons: 1 }]);
  });

  it('takes a list of the province in when its last part has come, and a difference laid over it', async () => {
    const listId = randomUUID();
    const part = (n: number, parts: number, sourceIds: string[], more: Record<string, unknown> = {}) =>
      issue('reference.list', {
        listId,
        ...listOf(sourceIds),
        part: n,
        parts,
        ...more,
      });
    await part(2, 2, ['B']);
    await taken();
    expect(listReferenceLists(o.register().db)).toEqual([]);
    await part(1, 2, ['A']);
    await taken();
    await stands(listId);
    expect(listReferenceLists(o.register().db)).toMatchObject([{ id: listId, households: 2, persons: 2 }]);
    const next = randomUUID();
    await part(1, 1, ['C'], { listId: next, baseListId: listId, version: 2, removed: ['A'] });
    await taken();
    await stands(next);
    expect(listReferenceLists(o.register().db).find(({ id }) => id === next)).toMatchObject({
      households: 2,
      basedOn: listId,
    });
    // B was not mentioned: its rank is still what the list before said, and says so.
    const ranks = o
      .register()
      .db.prepare(
        'SELECT source_id, desil, rank_list_id FROM reference_household WHERE list_id = ? ORDER BY 1',
      )
      .all(next);
    expect(ranks).toEqual([
      { source_id: 'B', desil: 3, rank_list_id: listId },
      { source_id: 'C', desil: 3, rank_list_id: null },
    ]);
  });

  it('takes every quarter of a list in beside lists of an earlier date, and what waits behind it', async () => {
    const send = async (name: string, listDate: string, sourceIds: string[]) => {
      const listId = randomUUID();
      await issue('reference.list', {
        listId,
        ...listOf(sourceIds),
        name,
        listDate,
      });
      await taken();
      await stands(listId);
    };
    await send('DTSEN Petojo', '2026-06-30', ['A']);
    await send('DTSEN Gambir', '2026-09-30', ['A', 'B']);
    await send('DTSEN Gambir', '2026-10-31', ['A', 'B', 'C']);
    await send('DTSEN Cideng', '2026-10-31', ['D']);
    const lists = listReferenceLists(o.register().db).filter(({ current }) => current);
    expect(lists.map(({ name, listDate }) => `${name} ${listDate}`).toSorted()).toEqual([
      'DTSEN Cideng 2026-10-31',
      'DTSEN Gambir 2026-10-31',
    ]);
  });
});
