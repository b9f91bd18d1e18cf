import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { bodyOf } from '../../electron/services/sync-body.ts';
import { settleOutbox } from '../../electron/services/sync-settle.ts';
import { takeOver } from '../../electron/services/sync-takeover.ts';
import { type ClashRecord, listOpenClashes } from '../../electron/store/clashes.ts';
import { transaction } from '../../electron/store/connection.ts';
import { findNewestTold, findReceiptedVersion } from '../../electron/store/sync.ts';
import type { Settlement } from '../../electron/sync/outgoing.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { Member } from '../../shared/domain/person.ts';
import { readField } from '../../shared/provincial/merge.ts';
import type { WireEdit } from '../../shared/provincial/wire.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { answerLost, cut, holding, onBatches } from './line.ts';
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

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };

const theDinas = { side: 'provinsi', name: 'Dinas Dukcapil', at: provinceTime.toISOString() } as const;

/** Nothing goes up, while what the province has to say comes down. */
const notYet = onBatches(() => {
  const error = { code: 'not_yet', sentence: 'Belum bisa.', field: null };
  return Promise.resolve(Response.json({ wire: 1, error }, { status: 422 }));
});

describe('a field that waits for a choice', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const openOf = (caseId: string): ClashRecord[] => listOpenClashes(o.register().db, caseId);

  /** A case of which the office says RT 9, and the province RT 7. */
  async function undecided(): Promise<string> {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
    return caseId;
  }

  const heldThere = async (caseId: string) => {
    const { rows } = await province.server.pool.query(
      `SELECT rt, body -> 'household' ->> 'phone' AS phone FROM province_case JOIN record ON key = record_key WHERE province_case.case_id = $1`,
      [caseId],
    );
    return rows[0];
  };

  const receiptedOf = (caseId: string): number => findReceiptedVersion(o.register().db, caseId);

  const rtHere = (caseId: string): unknown =>
    o.register().db.prepare('SELECT rt FROM case_file WHERE id = ?').pluck().get(caseId);

  const choose = async (caseId: string, clashes: readonly ClashRecord[], choice: 'kantor' | 'provinsi') =>
    await (
      await o.t.as('lurah')
    ).attention.resolve.mutate({
      caseId,
      choices: clashes.map(({ id }) => ({ clashId: id, choice })),
    });

  it('stays as the province has it while other corrections go out, and the case is not taken back', async () => {
    const caseId = await undecided();
    const shown = openOf(caseId);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(await heldThere(caseId)).toEqual({ rt: 7, phone: '021-555' });
    expect(openOf(caseId)).toEqual(shown);

    const { version } = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case;
    const back = { caseId, action: 'tarik_kembali', reason: 'Salah keluarga', version } as const;
    expect(await codeOf((await o.t.as('lurah')).cases.takeStep.mutate(back))).toBe('clash_open');
    expect(o.stateOf(caseId)).toBe('DITERIMA');

    await choose(caseId, shown, 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect(await heldThere(caseId)).toEqual({ rt: 9, phone: '021-555' });
    takeStep(o.register(), theLurah, { ...back, version: undefined });
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITARIK');
  });

  it('shows what the office says of it by now, and is over once that is what the province has', async () => {
    const caseId = await undecided();
    const shown = openOf(caseId);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    await o.until(({ waiting }) => waiting === 0);
    expect(openOf(caseId)).toMatchObject([{ ours: 5, theirs: 7 }]);
    expect(await heldThere(caseId)).toMatchObject({ rt: 7 });
    // What was shown before is no choice between these.
    expect(shown).toMatchObject([{ ours: 9, theirs: 7 }]);
    expect(await codeOf(choose(caseId, shown, 'kantor'))).toBe('clash_gone');

    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '7' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(openOf(caseId)).toEqual([]);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.map(({ label }) => label)).toContain('Tidak lagi berbeda dengan provinsi');
  });

  it('takes no choice between values of which one has changed since it was shown', async () => {
    const caseId = await undecided();
    const shown = openOf(caseId);
    await changeThere(province, caseId, 'household.address.rt', 6);
    await takenDown(o, province);
    expect(openOf(caseId)).toMatchObject([{ ours: 9, theirs: 6 }]);
    expect(await codeOf(choose(caseId, shown, 'provinsi'))).toBe('clash_gone');
    await choose(caseId, openOf(caseId), 'provinsi');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(await heldThere(caseId)).toMatchObject({ rt: 6 });
  });

  it('is over where the province comes to say the same, and where it takes its change back brings nothing dead', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    await changeThere(province, caseId, 'household.address.rt', 9);
    // Both words come down before the correction goes up.
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(openOf(caseId)).toEqual([]);
    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(openOf(caseId)).toEqual([]);
    expect(await heldThere(caseId)).toMatchObject({ rt: 9 });

    // Of a record that was not applied the rest is still to be told: what is shown is what stands there.
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '8', street: 'Jl. Baru 2' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
    await changeThere(province, caseId, 'household.address.rt', 8);
    await takenDown(o, province);
    expect(openOf(caseId)).toMatchObject([{ ours: 8, theirs: 8 }]);
    await choose(caseId, openOf(caseId), 'provinsi');
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const { household } = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case;
    expect(household.address).toMatchObject({ rt: 8, street: 'Jl. Baru 2' });
  });

  it('is what an approved return to the value before becomes, where a record from before is told of the change again', async () => {
    const caseId = await o.accepted(1);
    const before = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case.household.address.rt;
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await changeThere(province, caseId, 'household.address.rt', 8);
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(o.register().db.prepare('SELECT rt FROM case_file WHERE id = ?').pluck().get(caseId)).toBe(8);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: String(before) }));
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    expect(openOf(caseId)).toMatchObject([{ path: 'household.address.rt', ours: before, theirs: 8 }]);
    await choose(caseId, openOf(caseId), 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect(await heldThere(caseId)).toEqual({ rt: before, phone: '021-555' });
  });

  it('leaves what followed the province since alone, where the receipt of a record from before comes late', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    // It is merged with the change; its answer is lost on the way.
    o.line.fault = onBatches(answerLost);
    retryNow(o.register());
    await vi.waitFor(
      async () => expect(await heldThere(caseId)).toEqual({ rt: 7, phone: '021-555' }),
      patient,
    );
    await changeThere(province, caseId, 'household.address.rt', 8);
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(rtHere(caseId)).toBe(8);
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    expect([rtHere(caseId), openOf(caseId)]).toEqual([8, []]);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-556' }));
    await o.until(({ waiting }) => waiting === 0);
    expect(await heldThere(caseId)).toEqual({ rt: 8, phone: '021-556' });
  });

  it('is chosen as the province has it by now, where the answer to a record from before comes late', async () => {
    const caseId = await o.accepted(1);
    const known = receiptedOf(caseId);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    await changeThere(province, caseId, 'household.address.rt', 6);
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(openOf(caseId)).toMatchObject([{ origin: 'turun', ours: 9, theirs: 6 }]);
    const late = {
      baseVersion: known,
      version: known + 1,
      edits: [],
      clashes: [{ path: 'household.address.rt', base: 1, ours: 9, theirs: 7, by: theDinas }],
      reason: 'Pada waktu yang sama',
    };
    const answered = () => transaction(o.register().db, () => takeOver(o.register(), caseId, late));
    answered();
    expect(openOf(caseId)).toMatchObject([{ origin: 'naik', ours: 9, theirs: 6 }]);

    await choose(caseId, openOf(caseId), 'provinsi');
    expect([rtHere(caseId), openOf(caseId)]).toEqual([6, []]);
    answered();
    expect(openOf(caseId)).toMatchObject([{ origin: 'naik', ours: 6, theirs: 6 }]);
  });

  it('is still what the rest of a record is told with, where the province changes the whole that it is a part of', async () => {
    for (const [n, same] of [
      [1, false],
      [2, true],
    ] as const) {
      const caseId = await o.accepted(n);
      const id = (await (await o.t.as('lurah')).cases.get.query({ caseId })).case.household.members[1]?.id;
      const street = `Jl. Sisa ${n}`;
      o.line.fault = cut;
      await o.correct(caseId, ({ address, members }) => {
        Object.assign(address, { street });
        Object.assign(members[1] ?? {}, { name: 'Nama Kantor' });
      });
      await changeThere(province, caseId, `members.${id}.name`, 'Nama Provinsi');
      o.line.fault = null;
      await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
      if (same) await changeThere(province, caseId, `members.${id}.name`, 'Nama Kantor');
      await changeThere(province, caseId, `members.${id}`, null);
      await takenDown(o, province);
      expect(openOf(caseId)).toMatchObject([
        { path: same ? `members.${id}.name` : `members.${id}`, origin: 'naik', theirs: null },
      ]);
      expect(await (await o.t.as('lurah')).attention.list.query()).toMatchObject([{ caseId }]);
      await choose(caseId, openOf(caseId), 'provinsi');
      await o.until(({ waiting }) => waiting === 0);
      const { rows } = await province.server.pool.query(
        `SELECT body -> 'household' -> 'address' ->> 'street' AS street
         FROM province_case JOIN record ON key = record_key WHERE province_case.case_id = $1`,
        [caseId],
      );
      expect(rows).toEqual([{ street }]);
    }
  });

  it('is none of what followed the province before a record was queued, and was left alone since', async () => {
    const caseId = await o.accepted(1);
    await changeThere(province, caseId, 'household.address.rt', 8);
    await takenDown(o, province);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    await o.until(({ waiting }) => waiting === 0);
    const known = receiptedOf(caseId);
    const edits = [{ path: 'household.address.rt', before: 5, after: 4, by: theDinas }];
    transaction(o.register().db, () => {
      takeOver(o.register(), caseId, { baseVersion: known, version: known + 1, edits: [], reason: 'Padan' });
      takeOver(o.register(), caseId, { baseVersion: known, version: known + 2, edits, reason: 'Padan' });
    });
    expect([rtHere(caseId), openOf(caseId)]).toEqual([4, []]);
  });

  describe('of what the office cannot follow', () => {
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
      const error = { code: 'not_yet', sentence: 'Belum bisa.', field: null };
      o.line.fault = onBatches(() => Promise.resolve(Response.json({ wire: 1, error }, { status: 422 })));
      await takenDown(o, province);
      const after = bodyOf(o.register(), getCase(o.register(), first));
      expect(readField(after, `members.${head?.id}.sex`)).toBe('L');
      expect(openOf(first)).toEqual([]);
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
      const both = ({ path }: ClashRecord) => (path.endsWith(mine) ? 'kantor' : 'provinsi');
      expect(await codeOf(decide(caseId, both))).toBe('clash_breaks');
      await decide(caseId, () => 'provinsi');
      await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
      expect(idsOf(caseId)).toEqual(expect.arrayContaining([there.id]));
      expect(idsOf(caseId)).not.toContain(mine);
      expect(await membersThere(caseId)).toEqual(idsOf(caseId));
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
});
