import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { getCase } from '../../electron/services/case-steps.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { findOfficeKey } from '../../electron/store/office-link.ts';
import { lookAt, makeBundle, openBundle } from '../../electron/sync/courier-file.ts';
import { publicHalf } from '../../electron/sync/signatures.ts';
import type { DifferenceSubject, ProofSide, ProofView } from '../../shared/contract/proof.ts';
import { CourierDown, CourierUp } from '../../shared/provincial/courier.ts';
import { loadCourierKey } from '../provincial-server/courier.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, codeOf, hasKey } from './carrying.ts';
import { cut } from './line.ts';
import { codeOf as codeOfCall } from './office.ts';
import { lendOffice, type PushingOffice, provinceTime } from './pushing.ts';
import { shownBy } from './shown.ts';

describe('the proof that both sides hold the same, on a stick alone', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  const { make, take, atProvince, round, changed } = carrierOf(
    () => o,
    () => province,
  );
  beforeEach(async () => {
    await hasKey(o);
    // What the line proved at the first contact is over.
    await o.until(({ proof }) => proof !== null);
    o.line.fault = cut;
  });

  const view = async (): Promise<ProofView> => (await o.t.as('petugas_verifikasi')).proof.view.query();
  const repair = async (
    caseId: string,
    from: ProofSide,
    subject: DifferenceSubject = 'berkas',
  ): Promise<ProofView> =>
    (await o.t.as('petugas_verifikasi')).proof.repair.mutate({ caseId, subject, from });
  /** As nobody does. */
  const there = (sql: string) =>
    province.server.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  const loseThere = (caseId: string) =>
    there(`DELETE FROM province_case WHERE case_id = '${caseId}'; DELETE FROM case_version WHERE case_id = '${caseId}';
           DELETE FROM record WHERE case_id = '${caseId}'`);
  async function held(caseId: string): Promise<{ key: string; kind: string }[]> {
    const { rows } = await province.server.pool.query(
      'SELECT key, kind FROM record WHERE case_id = $1 ORDER BY version',
      [caseId],
    );
    return rows;
  }
  /** A case that both sides hold, with as many corrections. */
  async function accepted(n: number, ...corrections: string[]): Promise<string> {
    const caseId = await o.legalise(n);
    await round();
    for (const rt of corrections) {
      await o.correct(caseId, (body) => Object.assign(body.address, { rt }));
      await round();
    }
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    return caseId;
  }
  /** The office is put back to what it knew before the newest record of a case. */
  function forgetNewest(caseId: string): void {
    const { db } = o.register();
    const id = db
      .prepare('SELECT id FROM outbox WHERE case_id = ? ORDER BY rowid DESC LIMIT 1')
      .pluck()
      .get(caseId);
    db.prepare('DELETE FROM receipt WHERE outbox_id = ?').run(id);
    db.prepare('DELETE FROM outbox WHERE id = ?').run(id);
  }

  it('says cocok as of when the province read the bundle', async () => {
    await o.legalise(1);
    const bundle = await make();
    // What is queued once the stick is on its way is no difference.
    const later = await o.legalise(2);
    expect(await take((await atProvince(bundle)).file)).toMatchObject({ confirmed: 1, proof: 'cocok' });
    const at = provinceTime.toISOString();
    expect(await view()).toMatchObject({
      mark: { state: 'cocok', at, via: 'kurir', differences: 0 },
      casesHere: 1,
      casesThere: 1,
      areas: [{ here: 1, there: 1, same: true }],
    });
    expect(o.status().proof).toMatchObject({ state: 'cocok', via: 'kurir' });
    await round();
    expect(await view()).toMatchObject({ mark: { state: 'cocok' }, casesHere: 2, casesThere: 2 });
    expect(o.stateOf(later)).toBe('DITERIMA');
  });

  it('finds what the province lost, names its RT, and sends it again with the next bundle', async () => {
    const [lost, kept] = [await accepted(1), await accepted(2)];
    await loseThere(lost);
    await round();
    const { address } = getCase(o.register(), lost).household;
    expect((await view()).differences).toMatchObject([
      { caseId: lost, kind: 'hilang_di_provinsi', rw: address.rw, rt: address.rt, mendedFrom: null },
    ]);
    expect((await repair(lost, 'kantor')).mark).toMatchObject({ state: 'berbeda', differences: 0 });
    expect(await round()).toMatchObject({ confirmed: 1, proof: 'cocok' });
    expect(await held(lost)).toHaveLength(1);
    expect(await held(kept)).toHaveLength(1);
    expect((await view()).differences).toEqual([]);
    expect(verifyJournal(o.register().db)).toMatchObject({ intact: true });
  });

  it('finds what this office lost, and takes it from the very answer that showed it', async () => {
    const caseId = await accepted(1, '7', '8');
    forgetNewest(caseId);
    forgetNewest(caseId);
    await round();
    expect((await view()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    const asked = o.line.delivered.length;
    await repair(caseId, 'provinsi');
    expect(o.line.delivered).toHaveLength(asked);
    expect(await round()).toMatchObject({ proof: 'cocok' });
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
    expect(await held(caseId)).toHaveLength(3);
  });

  it('makes a case again that an old backup does not know', async () => {
    const file = (name: string) => join(o.t.dataDir, name);
    for (const role of ['petugas_verifikasi', 'petugas_loket', 'lurah'] as const) await o.t.as(role);
    await o.t.office.close();
    copyFileSync(file('register.db'), file('cadangan.db'));
    await o.t.restart();
    const caseId = await accepted(1);
    const before = getCase(o.register(), caseId);
    await o.t.office.close();
    copyFileSync(file('cadangan.db'), file('register.db'));
    await o.t.restart();
    o.t.clock.advance(60_000);
    expect(await round()).toMatchObject({ number: 1, proof: 'berbeda' });
    const { rt } = before.household.address;
    expect((await view()).differences).toMatchObject([
      { caseId, kind: 'hilang_di_kantor', number: before.number, headName: null, rt },
    ]);
    await repair(caseId, 'provinsi');
    const { number, household, state } = getCase(o.register(), caseId);
    expect({ number, household, state }).toEqual({
      number: before.number,
      household: before.household,
      state: 'DITERIMA',
    });
    expect(await round()).toMatchObject({ proof: 'cocok' });
  });

  it('gets a receipt again that was lost here, and gives up what nobody can prove', async () => {
    const caseId = await accepted(1, '7', '8');
    const { db } = o.register();
    const records = await held(caseId);
    db.prepare('DELETE FROM receipt').run();
    // Of the three, the province holds the second no longer, and the third builds on the first.
    await there(
      `DELETE FROM case_version WHERE record_key = '${records[1]?.key}'; DELETE FROM record WHERE key = '${records[1]?.key}';
       UPDATE record SET envelope = jsonb_set(envelope, '{parent}', '"${records[0]?.key}"') WHERE key = '${records[2]?.key}'`,
    );
    await round();
    expect((await view()).differences).toMatchObject([{ caseId, kind: 'hilang_di_kantor' }]);
    await repair(caseId, 'provinsi');
    const states = db.prepare('SELECT state FROM outbox WHERE case_id = ? ORDER BY rowid').pluck();
    expect(states.all(caseId)).toEqual(['diterima', 'ditolak', 'diterima']);
    expect(await round()).toMatchObject({ proof: 'cocok' });
  });

  it('says that a record which did not come along comes with the next answer', async () => {
    const caseId = await accepted(1, '7');
    forgetNewest(caseId);
    const { file } = await atProvince(await make());
    const without = await changed(file, (down) => ({
      ...down,
      ...(down.proof && { proof: { ...down.proof, records: [] } }),
    }));
    await take(without);
    expect(await codeOfCall(repair(caseId, 'provinsi'))).toBe('record_not_carried');
    expect((await view()).differences).toMatchObject([{ caseId, mendedFrom: null }]);
    o.t.clock.advance(60_000);
    await round();
    await repair(caseId, 'provinsi');
    expect(await round()).toMatchObject({ proof: 'cocok' });
  });

  it('lays an altered record beside the one here, from either side', async () => {
    const caseId = await accepted(1);
    const alter = () =>
      there(
        `UPDATE record SET body = jsonb_set(body, '{household,phone}', '"081299"') WHERE case_id = '${caseId}'`,
      );
    await alter();
    await round();
    expect((await view()).differences).toMatchObject([{ caseId, kind: 'isi_berbeda' }]);
    await repair(caseId, 'provinsi');
    const lurah = await o.t.as('lurah');
    const [item] = await lurah.attention.list.query();
    expect(item).toMatchObject({ kind: 'pertentangan', fields: [{ theirs: '081299' }] });
    if (item?.kind !== 'pertentangan') throw new Error('no clash');
    await lurah.attention.resolve.mutate({
      caseId,
      choices: item.fields.map(({ id }) => ({ clashId: id, choice: 'kantor' })),
    });
    expect(await round()).toMatchObject({ proof: 'cocok' });
    expect((await held(caseId)).map(({ kind }) => kind)).toEqual(['case.legalised', 'case.corrected']);
  });

  it.each(['kantor', 'provinsi'] as const)(
    'compares what families said of being shown, and mends it from %s',
    async (from) => {
      const caseId = await accepted(1);
      const say = async (kind: '1' | '4') =>
        (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind });
      const isShown = async () => (await shownBy(province)).includes(caseId);
      await say('4');
      expect(await round()).toMatchObject({ proof: 'cocok' });
      if (from === 'kantor') {
        await there(
          `DELETE FROM family_consent WHERE case_id = '${caseId}'; DELETE FROM record WHERE case_id = '${caseId}' AND kind = 'family.consent'`,
        );
      } else {
        forgetNewest(caseId);
        o.register().db.prepare('DELETE FROM case_consent').run();
      }
      expect(await round()).toMatchObject({ proof: 'berbeda' });
      expect((await view()).differences).toMatchObject([{ caseId, subject: 'persetujuan' }]);
      await repair(caseId, from, 'persetujuan');
      expect(await round()).toMatchObject({ proof: 'cocok' });
      expect(await isShown()).toBe(false);
      expect((await (await o.t.as('petugas_loket')).cases.get.query({ caseId })).consent).toBe('4');
    },
  );

  it('takes for no difference what the line confirmed since the bundle was made', async () => {
    await accepted(1);
    const { file } = await atProvince(await make());
    o.line.fault = null;
    o.line.fault = (request, pass) =>
      request.url.includes('/v1/proof') ? Promise.reject(new TypeError('fetch failed')) : pass();
    o.register().push?.retryNow();
    const since = await o.legalise(2);
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(since)).toBe('DITERIMA');
    expect(await take(file)).toMatchObject({ proof: 'cocok' });
    const seen = { casesHere: 2, casesThere: 1, differences: [] };
    const areas = expect.arrayContaining([expect.objectContaining({ same: true, later: 1 })]);
    expect(await view()).toMatchObject({ mark: { later: 1 }, ...seen, areas });
  });

  it('leaves standing what was compared over the line since the bundle was made', async () => {
    const caseId = await accepted(1);
    const { file } = await atProvince(await make());
    await loseThere(caseId);
    o.line.fault = null;
    await (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
    o.line.fault = cut;
    expect(await take(file)).toMatchObject({ proof: null });
    expect(await view()).toMatchObject({
      mark: { state: 'berbeda', via: 'sambungan' },
      differences: [{ caseId, kind: 'hilang_di_provinsi' }],
    });
  });

  it('believes nothing that does not add up, and takes the rest of the answer', async () => {
    await accepted(1);
    const caseId = await o.legalise(2);
    const { file } = await atProvince(await make());
    const forged = await changed(file, (down) => ({
      ...down,
      ...(down.proof && { proof: { ...down.proof, areas: [] } }),
    }));
    expect(await take(forged)).toMatchObject({ confirmed: 1, proof: 'tidak_terbukti' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await view()).toMatchObject({ mark: { state: 'tidak_terbukti' }, casesHere: 1, differences: [] });
    expect(await round()).toMatchObject({ proof: 'cocok' });
  });

  it('believes no proof of another bundle', async () => {
    await accepted(1);
    let old: CourierDown['proof'];
    await changed((await atProvince(await make())).file, (down) => {
      old = down.proof;
      return down;
    });
    o.t.clock.advance(60_000);
    const replayed = await changed((await atProvince(await make())).file, (down) => ({
      ...down,
      ...(old && { proof: old }),
    }));
    expect(await take(replayed)).toMatchObject({ proof: 'tidak_terbukti' });
  });

  it('takes nothing back where a province of before says nothing', async () => {
    await accepted(1);
    await o.legalise(2);
    const { file } = await atProvince(await make());
    const older = await changed(file, (down) => ({ ...down, proof: undefined, recaps: undefined }));
    expect(await take(older)).toMatchObject({ confirmed: 1, proof: 'tidak_didukung' });
    expect((await view()).mark).toMatchObject({ state: 'cocok', via: 'kurir' });
    o.register().db.exec('DELETE FROM proof_run');
    o.t.clock.advance(60_000);
    const again = await changed((await atProvince(await make())).file, (down) => ({
      ...down,
      proof: undefined,
    }));
    expect(await take(again)).toMatchObject({ proof: 'tidak_didukung' });
    expect((await view()).mark).toMatchObject({ state: 'tidak_didukung' });
  });

  it('answers an office of before, which says nothing of what it holds', async () => {
    await accepted(1);
    const [keys, key] = [findCourierKeys(o.register().db), findOfficeKey(o.register().db)];
    const file = await make();
    const outside = lookAt(file);
    if (keys === null || key === null || outside.kind !== 'bundle') throw new Error('no keys');
    const up = await openBundle(
      file,
      await loadCourierKey(province.server.pool),
      [publicHalf(key)],
      outside.header,
      CourierUp,
    );
    const older = { ...up, holds: undefined, recaps: undefined };
    const { typ, officeId, number } = outside.header;
    const told = await makeBundle(older, { typ, officeId, number }, key, keys.provinceKey);
    expect(await take((await atProvince(told)).file)).toMatchObject({ proof: 'cocok' });
  });

  it('keeps no receipt away where it fails as it is compared, and leaves nothing half done', async () => {
    const kept = await accepted(1);
    const caseId = await o.legalise(2);
    await loseThere(kept);
    const { file } = await atProvince(await make());
    const { db } = o.register();
    db.exec('ALTER TABLE proof_record RENAME TO proof_record_away');
    expect(await take(file)).toMatchObject({ confirmed: 1, proof: 'tidak_terbanding' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(await view()).toMatchObject({ mark: { state: 'tidak_terbanding' }, differences: [] });
    db.exec('ALTER TABLE proof_record_away RENAME TO proof_record');
    o.t.clock.advance(60_000);
    expect(await round()).toMatchObject({ proof: 'berbeda' });
    expect(verifyJournal(db)).toMatchObject({ intact: true });
  });

  it('keeps no receipt away where not even its verdict can be kept', async () => {
    const caseId = await o.legalise(1);
    const { file } = await atProvince(await make());
    const { db } = o.register();
    db.exec('ALTER TABLE proof_run RENAME TO proof_run_away');
    expect(await take(file)).toMatchObject({ confirmed: 1, proof: null });
    db.exec('ALTER TABLE proof_run_away RENAME TO proof_run');
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('takes nothing of an answer for which the disk has no room', async () => {
    const caseId = await o.legalise(1);
    const { file } = await atProvince(await make());
    const { db } = o.register();
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON proof_run BEGIN SELECT no_room(); END`);
    db.function('no_room', () => {
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    });
    expect(await codeOf(take(file))).toContain('full');
    expect(o.item(caseId)?.state).toBe('menunggu');
    db.exec('DROP TRIGGER full');
    expect(await take(file)).toMatchObject({ confirmed: 1, proof: 'cocok' });
  });

  it('keeps no receipt away where the province cannot read what it holds', async () => {
    const odd = await accepted(1);
    await there(`UPDATE record SET body = body #- '{case,number}' WHERE case_id = '${odd}'`);
    const caseId = await o.legalise(2);
    expect(await round()).toMatchObject({ confirmed: 1 });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('keeps no bundle away where this office cannot read what it holds', async () => {
    const odd = await accepted(1);
    const { db } = o.register();
    db.prepare(`UPDATE outbox SET body = json_remove(body, '$.case.number') WHERE case_id = ?`).run(odd);
    const caseId = await o.legalise(2);
    expect(await round()).toMatchObject({ confirmed: 1, proof: 'tidak_terbanding' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });
});
