import { describe, expect, it, vi } from 'vitest';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { openClashes } from '../../electron/services/clashes.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { takeOver } from '../../electron/services/sync-takeover.ts';
import { type ClashRecord, deleteClash, putClash } from '../../electron/store/clashes.ts';
import { transaction } from '../../electron/store/connection.ts';
import { findReceiptedVersion } from '../../electron/store/sync.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { choose, theDinas, waitingIn } from './choosing.ts';
import { answerLost, cut, notYet, onBatches } from './line.ts';
import { codeOf } from './office.ts';
import { changeThere, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };

describe('a field that waits for a choice', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const openOf = (caseId: string): ClashRecord[] => waitingIn(o, caseId);

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

  const streetThere = async (caseId: string) => {
    const { rows } = await province.server.pool.query(
      `SELECT body -> 'household' -> 'address' ->> 'street' AS street
       FROM province_case JOIN record ON key = record_key WHERE province_case.case_id = $1`,
      [caseId],
    );
    return rows[0]?.street;
  };

  const receiptedOf = (caseId: string): number => findReceiptedVersion(o.register().db, caseId);

  const rtHere = (caseId: string): unknown =>
    o.register().db.prepare('SELECT rt FROM case_file WHERE id = ?').pluck().get(caseId);

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

    await choose(o, shown, 'kantor');
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
    expect(await codeOf(choose(o, shown, 'kantor'))).toBe('clash_gone');

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
    expect(await codeOf(choose(o, shown, 'provinsi'))).toBe('clash_gone');
    await choose(o, openOf(caseId), 'provinsi');
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
    expect(openOf(caseId)).toEqual([]);
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect([await heldThere(caseId), await streetThere(caseId)]).toMatchObject([{ rt: 8 }, 'Jl. Baru 2']);
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
    await choose(o, openOf(caseId), 'kantor');
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

  it('is chosen as the office has it by now, where it said something else when the record was queued', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(() => expect(openOf(caseId)).toHaveLength(1), patient);
    await o.until(({ waiting }) => waiting === 0);
    expect(openOf(caseId)).toMatchObject([{ origin: 'naik', ours: 5, theirs: 7 }]);
    await choose(o, openOf(caseId), 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect(await heldThere(caseId)).toMatchObject({ rt: 5 });
  });

  it('is not asked for again once it was given up, where the answer to the record comes after the choice: the rest is told', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9', street: 'Jl. Sisa' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = notYet;
    await takenDown(o, province);
    await choose(o, openOf(caseId), 'provinsi');
    expect(rtHere(caseId)).toBe(7);
    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(openOf(caseId)).toEqual([]);
    expect([await heldThere(caseId), await streetThere(caseId)]).toMatchObject([{ rt: 7 }, 'Jl. Sisa']);
    expect(await (await o.t.as('lurah')).attention.list.query()).toEqual([]);
    const types = o
      .register()
      .db.prepare(`SELECT type FROM event WHERE case_id = ? AND type LIKE 'pertentangan_%' ORDER BY seq`)
      .pluck()
      .all(caseId);
    // The conflict asks nothing that was answered.
    expect(types).toEqual(['pertentangan_dibuka', 'pertentangan_diputus']);
  });

  it('is not asked for again once it was given up, where more was corrected on what was not applied', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await o.correct(caseId, (body) => Object.assign(body.address, { street: 'Jl. Lebih' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = notYet;
    await takenDown(o, province);
    await choose(o, openOf(caseId), 'provinsi');
    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await o.until(({ waiting }) => waiting === 0);
    expect(openOf(caseId)).toEqual([]);
    expect([await heldThere(caseId), await streetThere(caseId)]).toMatchObject([{ rt: 7 }, 'Jl. Lebih']);
    expect(await (await o.t.as('lurah')).attention.list.query()).toEqual([]);
  });

  it('is not asked for once more where the receipt of a record from before comes after the choice, but where the province changes it again', async () => {
    const caseId = await o.accepted(1);
    const known = receiptedOf(caseId);
    const before = rtHere(caseId);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = notYet;
    await takenDown(o, province);
    await choose(o, openOf(caseId), 'kantor');
    const told = (version: number, ...changed: { before: unknown; after: number }[]) => {
      const edits = changed.map((change) => ({ path: 'household.address.rt', by: theDinas, ...change }));
      const take = { baseVersion: known, version, edits, reason: 'Pada waktu yang sama' };
      transaction(o.register().db, () => takeOver(o.register(), caseId, take));
    };
    told(known + 1, { before, after: 7 });
    expect([rtHere(caseId), openOf(caseId)]).toEqual([9, []]);
    // The word of a version after the choice may itself come late.
    told(known + 3);
    told(known + 2, { before: 7, after: 6 });
    expect(openOf(caseId)).toMatchObject([{ ours: 9, theirs: 6 }]);
  });

  it('is told where the province has accepted the office\u2019s own value since the other one was shown', async () => {
    const caseId = await o.accepted(1);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    const shown = { path: 'household.address.rt', base: 1, ours: 9, theirs: 7, by: theDinas };
    const version = receiptedOf(caseId);
    transaction(o.register().db, () => {
      // What a record from before was answered has told of this version, too.
      takeOver(o.register(), caseId, { baseVersion: version - 1, version, edits: [], reason: 'Padan' });
      openClashes(o.register(), caseId, 'turun', [shown]);
    });
    await choose(o, openOf(caseId), 'provinsi');
    await o.until(({ waiting }) => waiting === 0);
    expect([rtHere(caseId), await heldThere(caseId)]).toMatchObject([7, { rt: 7 }]);
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

    await choose(o, openOf(caseId), 'provinsi');
    expect([rtHere(caseId), openOf(caseId)]).toEqual([6, []]);
    answered();
    expect(openOf(caseId)).toMatchObject([{ origin: 'naik', ours: 6, theirs: 6 }]);
  });

  it('leaves it to the lurah to give a retraction up for what the province changed', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    takeStep(o.register(), theLurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    await changeThere(province, caseId, 'household.address.rt', 7);
    o.line.fault = null;
    await vi.waitFor(() => expect(o.item(caseId)).toMatchObject({ state: 'bertentangan' }), patient);
    const choices = openOf(caseId).map(({ id }) => ({ clashId: id, choice: 'provinsi' }) as const);
    const verifier = await o.t.as('petugas_verifikasi');
    expect(await codeOf(verifier.attention.resolve.mutate({ caseId, choices }))).toBe('step_not_yours');
    expect(o.stateOf(caseId)).toBe('DITARIK');
    await (await o.t.as('lurah')).attention.resolve.mutate({ caseId, choices });
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
  });

  it('goes into the whole that it is a part of, where the office took that away and the province changed it', async () => {
    const caseId = await o.accepted(1);
    const member = getCase(o.register(), caseId).household.members[2];
    const path = `members.${member?.id}`;
    const known = receiptedOf(caseId);
    o.line.fault = cut;
    await o.correct(caseId, (body) => {
      body.members = body.members.filter(({ name }) => name !== member?.name);
    });
    await changeThere(province, caseId, `${path}.name`, 'NAMA PROVINSI');
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(openOf(caseId)).toMatchObject([{ path: `${path}.name`, ours: null, theirs: 'NAMA PROVINSI' }]);
    const there = { ...member, name: 'NAMA PROVINSI' };
    // What was answered at the version that is known, and what comes late and is older than what waits.
    for (const [version, theirs] of [
      [known + 1, there],
      [known, member],
    ] as const) {
      transaction(o.register().db, () =>
        takeOver(o.register(), caseId, {
          baseVersion: known,
          version,
          edits: [],
          clashes: [{ path, base: member, ours: null, theirs, by: theDinas }],
          reason: 'Pada waktu yang sama',
        }),
      );
      expect(openOf(caseId)).toMatchObject([{ path, ours: null, theirs: { name: 'NAMA PROVINSI' } }]);
      if (version > known) {
        const { db } = o.register();
        const whole = openOf(caseId)[0];
        if (whole === undefined) throw new Error('The whole waits for a choice.');
        deleteClash(db, whole.id);
        putClash(db, { ...whole, path: `${path}.name`, theirs: 'NAMA PROVINSI' });
      }
    }
    await choose(o, openOf(caseId), 'provinsi');
    const { members } = getCase(o.register(), caseId).household;
    expect(members.find(({ id }) => id === member?.id)).toEqual(there);
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
      // Where both came to say the same before, the rest was told by itself.
      const whole = { path: `members.${id}`, origin: 'naik', theirs: null };
      expect(openOf(caseId)).toMatchObject(same ? [] : [whole]);
      expect(await (await o.t.as('lurah')).attention.list.query()).toMatchObject(same ? [] : [{ caseId }]);
      if (!same) await choose(o, openOf(caseId), 'provinsi');
      await o.until(({ waiting }) => waiting === 0);
      expect(await streetThere(caseId)).toBe(street);
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
});
