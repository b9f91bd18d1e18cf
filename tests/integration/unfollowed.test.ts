import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { getCase } from '../../electron/services/case-steps.ts';
import { outboxOfCase, retryNow } from '../../electron/services/sync.ts';
import { bodyOf } from '../../electron/services/sync-body.ts';
import { settleOutbox } from '../../electron/services/sync-settle.ts';
import { type ClashRecord, listOpenClashes } from '../../electron/store/clashes.ts';
import { listPendingOfKind, setItemApplied } from '../../electron/store/down.ts';
import { findNewestTold } from '../../electron/store/sync.ts';
import type { Settlement } from '../../electron/sync/outgoing.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { Member } from '../../shared/domain/person.ts';
import { readField } from '../../shared/provincial/merge.ts';
import type { WireEdit } from '../../shared/provincial/wire.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut, holding, notYet } from './line.ts';
import { codeOf } from './office.ts';
import {
  changeThere,
  issueTo,
  lendOffice,
  type PushingOffice,
  patient,
  provinceTime,
  takenDown,
} from './pushing.ts';

describe('what the office cannot follow', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const openOf = (caseId: string): ClashRecord[] => listOpenClashes(o.register().db, caseId);

  const by = { side: 'provinsi', name: 'Dinas Dukcapil', at: provinceTime.toISOString() } as const;
  const householdOf = (caseId: string) => getCase(o.register(), caseId).household;
  const idsOf = (caseId: string) => householdOf(caseId).members.map(({ id }) => id);
  const lurah = () => o.t.as('lurah');

  /** The same child, as one of both sides enters it. */
  function babyOf(caseId: string): Member {
    const [, , child] = householdOf(caseId).members;
    return Member.parse({
      ...child,
      id: randomUUID(),
      name: 'Bayi Uji',
      nik: '3171011001240003',
      sex: 'L',
      birthDate: '2024-01-10',
    });
  }

  /** The clerk enters a child, and the lurah approves it. */
  const enter = (caseId: string, child: Member) =>
    o.correct(caseId, (body) => {
      const household = { ...householdOf(caseId), members: [child] };
      body.members.push(...draftOfHousehold(household, null).members);
    });

  const addThere = (caseId: string, child: Member) =>
    changeThere(province, caseId, `members.${child.id}`, child);

  const openPaths = (caseId: string) => openOf(caseId).map(({ path }) => path);

  const decide = async (caseId: string, choiceOf: (clash: ClashRecord) => 'kantor' | 'provinsi') =>
    await (
      await lurah()
    ).attention.resolve.mutate({
      caseId,
      choices: openOf(caseId).map((clash) => ({ clashId: clash.id, choice: choiceOf(clash) })),
    });

  it('keeps no other receipt waiting', async () => {
    o.line.fault = cut;
    const [first, second, third] = [await o.legalise(1), await o.legalise(2), await o.legalise(3)];
    const [head] = householdOf(second).members;
    const path = `members.${head?.id}.relation`;
    const confirmed = (caseId: string, theirs: WireEdit[]): Settlement => ({
      itemId: o.item(caseId)?.id ?? '',
      outcome: 'confirmed',
      jws: 'x.y.z',
      receiptId: randomUUID(),
      serverTime: by.at,
      version: 2,
      merge: theirs.length === 0 ? null : { theirs },
    });
    settleOutbox(
      o.register(),
      [
        confirmed(first, []),
        confirmed(second, [
          { path, before: '1', after: { kode: '12' }, by },
          { path: 'household.phone', before: null, after: '021-555', by },
        ]),
        confirmed(third, []),
      ],
      Math.random,
    );
    expect([first, second, third].map((caseId) => o.stateOf(caseId))).toEqual(
      Array<string>(3).fill('DITERIMA'),
    );
    expect(householdOf(second).phone).toBe('021-555');
    expect(openOf(second)).toMatchObject([{ path, ours: '1', theirs: { kode: '12' } }]);
  });

  it('keeps nothing waiting that came down with it or after it, and what holds together follows', async () => {
    const [first, second] = [await o.accepted(1), await o.accepted(2)];
    const [head] = householdOf(first).members;
    const [stranger] = householdOf(second).members;
    const aunt = { ...babyOf(first), name: 'Bibi Uji', nik: null, familyNo: 2 };
    const twin = { ...babyOf(first), nik: head?.nik };
    const change = (caseId: string, edits: [path: string, before: unknown, after: unknown][]) =>
      issueTo(o, province, 'case.changed', {
        caseId,
        baseVersion: 1,
        version: 2,
        reason: 'Padan',
        edits: edits.map(([path, before, after]) => ({ path, before, after, by })),
      });
    await change(first, [
      [`members.${aunt.id}`, null, aunt],
      [`members.${head?.id}.sex`, 'L', 'X'],
      [`members.${twin.id}`, null, twin],
      [`members.${stranger?.id}`, null, { ...stranger, relation: '7' }],
      ['household.families.2', null, { no: 2, kk: null }],
      ['household.phone', null, '021-555'],
    ]);
    await change(second, [
      ['household.phone', null, '021-777'],
      ['household.families.3', null, { no: 1, kk: null }],
    ]);
    await takenDown(o, province);

    expect(householdOf(second).phone).toBe('021-777');
    expect(openPaths(second)).toEqual(['household.families.3']);
    expect(householdOf(first).phone).toBe('021-555');
    expect(householdOf(first).families.map(({ no }) => no)).toEqual([1, 2]);
    expect(idsOf(first)).toContain(aunt.id);
    expect(openPaths(first).toSorted()).toEqual(
      [`members.${head?.id}.sex`, `members.${twin.id}`, `members.${stranger?.id}`].toSorted(),
    );
    // What waits keeps no correction from being approved, and goes out as it came.
    o.line.fault = cut;
    await o.correct(first, (body) => Object.assign(body, { phone: '021-888' }));
    const sent: unknown = JSON.parse(findNewestTold(o.register().db, first)?.body ?? '');
    expect(['household.phone', `members.${head?.id}.sex`].map((path) => readField(sent, path))).toEqual([
      '021-888',
      'X',
    ]);
    // What does not go together is chosen by nobody; nothing has changed then.
    const chosen = (...paths: string[]) =>
      codeOf(decide(first, ({ path }) => (paths.includes(path) ? 'provinsi' : 'kantor')));
    expect(await chosen(`members.${twin.id}`)).toBe('clash_breaks');
    expect(await chosen(`members.${stranger?.id}`)).toBe('clash_breaks');
    expect(openOf(first)).toHaveLength(3);
    await decide(first, ({ path }) => (path.endsWith('.sex') ? 'provinsi' : 'kantor'));
    const body = bodyOf(o.register(), getCase(o.register(), first));
    expect(readField(body, `members.${head?.id}.sex`)).toBe('X');
    expect(householdOf(first).members[0]?.sex).toBe('L');
    // It is over when the province says what the office does.
    await issueTo(o, province, 'case.changed', {
      caseId: first,
      baseVersion: 9,
      version: 10,
      reason: 'Padan',
      edits: [{ path: `members.${head?.id}.sex`, before: 'X', after: 'L', by }],
    });
    o.line.fault = notYet;
    await takenDown(o, province);
    const after = bodyOf(o.register(), getCase(o.register(), first));
    expect(readField(after, `members.${head?.id}.sex`)).toBe('L');
    expect(openOf(first)).toEqual([]);
  });

  it('keeps a later change of the same case waiting, and none of another: its own record overwrites neither', async () => {
    const [first, second] = [await o.accepted(1), await o.accepted(2)];
    const change = (caseId: string, version: number, edits: unknown) =>
      issueTo(o, province, 'case.changed', {
        caseId,
        baseVersion: version - 1,
        version,
        reason: 'Padan',
        edits,
      });
    const edit = (path: string, after: unknown) => ({ path, before: null, after, by });
    await change(first, 2, 'dalam bentuk yang belum dikenal');
    await change(first, 3, [edit('household.phone', '021-333')]);
    await change(second, 2, [edit('household.phone', '021-222')]);
    await takenDown(o, province);
    expect([householdOf(first).phone, householdOf(second).phone]).toEqual([null, '021-222']);
    o.line.fault = cut;
    await o.correct(first, (body) => Object.assign(body.address, { rt: '9' }));
    expect(findNewestTold(o.register().db, first)).toMatchObject({ baseVersion: 1 });
    // Once the earlier one could be read, the later one follows.
    const { db } = o.register();
    const [earlier] = listPendingOfKind(db, 'case.changed');
    setItemApplied(db, earlier ?? '', provinceTime.toISOString());
    o.line.fault = null;
    await issueTo(o, province, 'case.changed', {
      caseId: randomUUID(),
      baseVersion: 1,
      version: 2,
      reason: '',
      edits: [],
    });
    await takenDown(o, province);
    expect(householdOf(first).phone).toBe('021-333');
  });

  it('is no longer handed on once the office has said otherwise, also where it says again what it said before', async () => {
    const caseId = await o.accepted(1);
    await issueTo(o, province, 'case.changed', {
      caseId,
      baseVersion: 1,
      version: 2,
      reason: 'Padan',
      edits: [{ path: 'household.address.rt', before: 1, after: 'tujuh', by }],
    });
    await takenDown(o, province);
    await decide(caseId, () => 'provinsi');
    const rt = householdOf(caseId).address.rt;
    const sent = () => readField(bodyOf(o.register(), getCase(o.register(), caseId)), 'household.address.rt');
    expect(sent()).toBe('tujuh');
    o.line.fault = cut;
    for (const said of [Number(rt) + 1, rt]) {
      await o.correct(caseId, (body) => Object.assign(body.address, { rt: String(said) }));
      expect(sent()).toBe(said);
    }
  });

  it('is told by the province where both entered the same child, and one of them is chosen', async () => {
    const caseId = await o.accepted(1);
    const [here, there] = [babyOf(caseId), babyOf(caseId)];
    o.line.fault = cut;
    await enter(caseId, here);
    const mine = idsOf(caseId).at(-1) ?? '';
    await addThere(caseId, there);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
    expect(openPaths(caseId).toSorted()).toEqual([`members.${mine}`, `members.${there.id}`].toSorted());
    const [item] = await (await lurah()).attention.list.query();
    expect(item).toMatchObject({ kind: 'pertentangan', caseId });
    const contradicted = () =>
      outboxOfCase(o.register(), caseId).find(({ state }) => state === 'bertentangan');
    expect(contradicted()).toMatchObject({ toMend: true });
    const both = ({ path }: ClashRecord) => (path.endsWith(mine) ? 'kantor' : 'provinsi');
    expect(await codeOf(decide(caseId, both))).toBe('clash_breaks');
    await decide(caseId, () => 'provinsi');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(idsOf(caseId)).toEqual(expect.arrayContaining([there.id]));
    expect(idsOf(caseId)).not.toContain(mine);
    expect(await membersThere(caseId)).toEqual(idsOf(caseId));
    expect(contradicted()).toMatchObject({ toMend: false });
  });

  it('is seen where a receipt brings a child that was entered here meanwhile', async () => {
    const caseId = await o.accepted(1);
    const [here, there] = [babyOf(caseId), babyOf(caseId)];
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await addThere(caseId, there);
    const { fault, holds, letGo } = holding('/v1/batches');
    o.line.fault = (request, pass) =>
      request.url.includes('/v1/down') ? cut(request, pass) : fault(request, pass);
    retryNow(o.register());
    await holds;
    await enter(caseId, here);
    const mine = idsOf(caseId).at(-1) ?? '';
    o.line.fault = cut;
    letGo();
    await vi.waitFor(() => expect(openPaths(caseId)).toEqual([`members.${there.id}`]), patient);
    expect(idsOf(caseId)).not.toContain(there.id);
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    expect(openPaths(caseId).toSorted()).toEqual([`members.${mine}`, `members.${there.id}`].toSorted());
    await decide(caseId, () => 'kantor');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(await membersThere(caseId)).toEqual(idsOf(caseId));
    expect(idsOf(caseId)).toContain(mine);
  });

  async function membersThere(caseId: string): Promise<string[]> {
    const { rows } = await province.server.pool.query(
      `SELECT coalesce(case_version.body, record.body) -> 'members' AS members
       FROM province_case JOIN case_version USING (case_id, version, city)
       LEFT JOIN record ON record.office_id = case_version.office_id AND record.key = case_version.record_key
       WHERE province_case.case_id = $1`,
      [caseId],
    );
    return Member.array()
      .parse(rows[0].members)
      .map(({ id }) => id);
  }
});
