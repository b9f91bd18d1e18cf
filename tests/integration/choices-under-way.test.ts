import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { takeStep } from '../../electron/services/case-steps.ts';
import { openClashes } from '../../electron/services/clashes.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { settleAgreed } from '../../electron/services/sync-queue.ts';
import { takeOver } from '../../electron/services/sync-takeover.ts';
import { findKnownVersion, putClash } from '../../electron/store/clashes.ts';
import { transaction } from '../../electron/store/connection.ts';
import { findNewestItem } from '../../electron/store/sync.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { choose, theDinas, waitingIn } from './choosing.ts';
import { altering, answerLost, cut, notYet, onBatches } from './line.ts';
import { kelurahan } from './office.ts';
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
const rt = 'household.address.rt';
const byChoice = 'Pilihan kantor atas isian yang berbeda';
/** Why a correction was typed at the counter. */
const typed = 'Salah tulis di loket';

describe('a field of which somebody chooses while a record that says it is on its way', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  const openOf = (caseId: string) => waitingIn(o, caseId);

  const here = (caseId: string): unknown =>
    o.register().db.prepare('SELECT rt FROM case_file WHERE id = ?').pluck().get(caseId);

  const there = async (caseId: string) => {
    const { rows } = await province.server.pool.query<{ rt: number; phone: string | null }>(
      `SELECT rt, coalesce(held.body, record.body) #>> '{household,phone}' AS phone FROM province_case AS stands
       JOIN case_version AS held ON held.case_id = stands.case_id AND held.version = stands.version
       LEFT JOIN record ON record.key = held.record_key WHERE stands.case_id = $1`,
      [caseId],
    );
    return rows[0];
  };

  /** Of the newest record. */
  const keyOf = (caseId: string): string => findNewestItem(o.register().db, caseId)?.key ?? '';

  const isThere = async (key: string): Promise<boolean> =>
    (await province.server.pool.query('SELECT 1 FROM record WHERE key = $1', [key])).rowCount === 1;

  /** Why each record of the case was told, oldest first; null where it is no correction. */
  const told = (caseId: string): (string | null)[] =>
    Bodies.parse(
      o
        .register()
        .db.prepare(`SELECT body FROM outbox WHERE case_id = ? AND kind <> 'family.consent' ORDER BY rowid`)
        .pluck()
        .all(caseId)
        .map((body) => JSON.parse(String(body))),
    ).map(({ correction }) => correction?.reason ?? null);

  const asked = async () => await (await o.t.as('lurah')).attention.list.query();

  /** What the province changes comes down, while nothing goes up. */
  async function changedThere(caseId: string, path: string, value: unknown): Promise<void> {
    await changeThere(province, caseId, path, value);
    o.line.fault = notYet;
    await takenDown(o, province);
  }

  /** Two corrections on their way, of which the first has its answer: a field that followed the province is asked about. */
  async function answeredInPart(caseId: string, newRt: number): Promise<void> {
    const key = keyOf(caseId);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: String(newRt) }));
    o.line.fault = altering((answer) => onlyOf(answer, key));
    retryNow(o.register());
    await vi.waitFor(
      () => expect(openOf(caseId)).toMatchObject([{ path: rt, ours: newRt, theirs: 8 }]),
      patient,
    );
    // The second is taken, too, and its answer is lost.
    await vi.waitFor(async () => {
      retryNow(o.register());
      expect(await isThere(keyOf(caseId))).toBe(true);
    }, patient);
    o.line.fault = notYet;
    expect(o.item(caseId)?.state).not.toBe('diterima');
  }

  /** A correction of the telephone waits, and the RT has followed the province meanwhile. */
  async function followedMeanwhile(): Promise<string> {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await changedThere(caseId, rt, 8);
    expect(here(caseId)).toBe(8);
    return caseId;
  }

  async function answered(): Promise<void> {
    o.line.fault = null;
    // One that was just under way is due again later by the office's clock, which stands still.
    await vi.waitFor(
      () => {
        retryNow(o.register());
        expect(o.status().waiting).toBe(0);
      },
      { ...patient, interval: 200 },
    );
  }

  it('is told anew as it was chosen, where the province takes what was given up', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    expect(await choose(o, openOf(caseId), 'provinsi')).toEqual({ told: 'nanti' });
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([8, { rt: 8, phone: '021-555' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    expect(told(caseId)).toEqual([null, typed, typed, byChoice]);
  });

  it('is not asked again where the record from before the choice comes back as a conflict', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await changedThere(caseId, rt, 7);
    expect(await choose(o, openOf(caseId), 'kantor')).toEqual({ told: 'sekarang' });
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-556' }));
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([9, { rt: 9, phone: '021-556' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    expect(told(caseId)).toEqual([null, typed, typed, byChoice, typed, typed]);
  });

  it('is not asked again either where the conflict tells of more, of which one is', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9', street: 'Jl. Baru 2' }));
    const asks = { caseId, key: null, code: 'photo', field: null, sentence: 'Foto KK buram.', by: 'Dinas' };
    await issueTo(o, province, 'record.rejected', asks);
    await changedThere(caseId, rt, 7);
    await choose(o, openOf(caseId), 'kantor');
    o.line.fault = cut;
    await changeThere(province, caseId, 'household.address.street', 'Jl. Dinas 1');
    o.line.fault = (request, pass) => (request.url.includes('/v1/down') ? cut(request, pass) : pass());
    retryNow(o.register());
    await vi.waitFor(() => {
      retryNow(o.register());
      expect(openOf(caseId)).toMatchObject([{ ours: 'Jl. Baru 2', theirs: 'Jl. Dinas 1' }]);
    }, patient);
    await answered();
    await choose(o, openOf(caseId), 'provinsi');
    await answered();
    expect([here(caseId), (await there(caseId))?.rt]).toEqual([9, 9]);
    expect([o.stateOf(caseId), openOf(caseId)]).toEqual(['DITERIMA', []]);
    // Neither choice mends what the Dinas asked for.
    expect(await asked()).toMatchObject([{ kind: 'tugas' }]);
  });

  it('is told with the next choice where something else of the case still waits for one, and the receipt is kept', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await changedThere(caseId, 'household.roof', 'genteng');
    await choose(o, openOf(caseId), 'provinsi');
    // Of somebody who is no longer in the case.
    const gone = {
      path: `members.${randomUUID()}.name`,
      base: null,
      ours: null,
      theirs: 'ANI',
      by: theDinas,
    };
    transaction(o.register().db, () => openClashes(o.register(), caseId, 'turun', [gone]));
    await answered();
    expect([o.stateOf(caseId), o.item(caseId)?.state]).toEqual(['DITERIMA', 'diterima']);
    expect([here(caseId), (await there(caseId))?.rt]).toEqual([8, 5]);
    expect(await choose(o, openOf(caseId), 'kantor')).toEqual({ told: 'sekarang' });
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([8, { rt: 8, phone: '021-555' }]);
    expect([o.stateOf(caseId), openOf(caseId)]).toEqual(['DITERIMA', []]);
  });

  it('is told as well where what waited beside it differs no longer', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await changedThere(caseId, 'household.roof', 'genteng');
    await choose(o, openOf(caseId), 'provinsi');
    const gone = {
      path: `members.${randomUUID()}.name`,
      base: null,
      ours: null,
      theirs: 'ANI',
      by: theDinas,
    };
    const { db } = o.register();
    transaction(db, () => openClashes(o.register(), caseId, 'turun', [gone]));
    await answered();
    const [clash] = openOf(caseId);
    transaction(db, () => {
      if (clash !== undefined) putClash(db, { ...clash, id: randomUUID(), theirs: null });
      expect(settleAgreed(o.register(), caseId)).toBe(true);
    });
    await answered();
    expect([here(caseId), (await there(caseId))?.rt, openOf(caseId)]).toEqual([8, 8, []]);
    expect(told(caseId).at(-1)).toBe(byChoice);
  });

  it('undoes nothing that the office has said since, though this register knows nothing of that', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    await changedThere(caseId, rt, 8);
    await choose(o, openOf(caseId), 'provinsi');
    await answered();
    expect([here(caseId), o.stateOf(caseId)]).toEqual([8, 'DITERIMA']);
    // As after an old backup was put back.
    const known = findKnownVersion(o.register().db, caseId);
    const said = (at: Date) => ({
      path: rt,
      before: 8,
      after: 5,
      by: { side: 'kantor' as const, name: 'Kelurahan', at: at.toISOString() },
    });
    const tell = (version: number, at: Date) =>
      transaction(o.register().db, () =>
        takeOver(o.register(), caseId, { baseVersion: known, version, edits: [said(at)], reason: 'Padan' }),
      );
    tell(known + 1, provinceTime);
    expect([here(caseId), openOf(caseId)]).toEqual([8, []]);
    tell(known + 2, new Date(provinceTime.getTime() + 86_400_000));
    expect([here(caseId), openOf(caseId)]).toEqual([5, []]);
  });

  it('answers nothing that the Dinas asked to be mended, neither by the choice nor by what is told of it', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    const asks = { caseId, key: null, code: 'photo', field: null, sentence: 'Foto KK buram.', by: 'Dinas' };
    await issueTo(o, province, 'record.rejected', asks);
    await takenDown(o, province);
    await choose(o, openOf(caseId), 'provinsi');
    await answered();
    expect(await there(caseId)).toMatchObject({ rt: 8 });
    expect(await asked()).toMatchObject([{ kind: 'tugas', sentence: 'Foto KK buram.' }]);
    // A person mends it.
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-557' }));
    expect(await asked()).toEqual([]);
    await answered();
  });

  it('is asked about no more once the province has taken what this office says', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([5, { rt: 5, phone: '021-555' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    expect(told(caseId)).toEqual([null, typed, typed]);
  });

  it('is told anew also where the receipt came late, and it was chosen after that', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await changedThere(caseId, 'household.roof', 'genteng');
    await answered();
    expect(openOf(caseId)).toMatchObject([{ path: rt, ours: 5, theirs: 8 }]);
    expect(await choose(o, openOf(caseId), 'provinsi')).toEqual({ told: 'sekarang' });
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([8, { rt: 8, phone: '021-555' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    expect(told(caseId)).toEqual([null, typed, typed, byChoice]);
  });

  it('stays asked about where what is queued meanwhile says it as the province had it', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-556' }));
    await answered();
    // What stands there by now is asked about.
    expect([here(caseId), (await there(caseId))?.rt]).toEqual([5, 8]);
    expect(openOf(caseId)).toMatchObject([{ ours: 5, theirs: 8 }]);
    await choose(o, openOf(caseId), 'kantor');
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([5, { rt: 5, phone: '021-556' }]);
  });

  it('stays with the office where that was chosen, though its record says what stood there before', async () => {
    const caseId = await o.accepted(1);
    const before = Number(here(caseId));
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await changedThere(caseId, rt, 8);
    await answeredInPart(caseId, before);
    await choose(o, openOf(caseId), 'kantor');
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([before, { rt: before, phone: '021-555' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    // The choice went by the number of its version before what the province had changed, and was merged with that.
    expect(told(caseId)).toEqual([null, typed, typed, byChoice, byChoice]);
  });

  it('stays as the province had it where that was chosen, though another correction meets the value that was given up', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    const first = keyOf(caseId);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    // By the number of its version the last correction builds on what the province held before it took that.
    for (const roof of ['genteng', 'asbes', 'beton']) await changedThere(caseId, 'household.roof', roof);
    o.line.fault = altering((answer) => onlyOf(answer, first));
    retryNow(o.register());
    await vi.waitFor(() => expect(openOf(caseId)).toMatchObject([{ path: rt, ours: 5, theirs: 8 }]), patient);
    o.line.fault = notYet;
    await choose(o, openOf(caseId), 'provinsi');
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-556' }));
    await answered();
    expect([here(caseId), await there(caseId)]).toEqual([8, { rt: 8, phone: '021-556' }]);
    expect([o.stateOf(caseId), openOf(caseId), await asked()]).toEqual(['DITERIMA', [], []]);
    expect(told(caseId)).toEqual([null, typed, typed, typed, byChoice]);
  });

  it('is told to nobody where the province says that already', async () => {
    const caseId = await o.accepted(1);
    const there = here(caseId);
    const shown = { path: rt, base: 3, ours: 9, theirs: there, by: theDinas };
    transaction(o.register().db, () => openClashes(o.register(), caseId, 'turun', [shown]));
    expect(await choose(o, openOf(caseId), 'provinsi')).toEqual({ told: 'tidak' });
    expect([here(caseId), told(caseId)]).toEqual([there, [null]]);
  });

  it('is mended with the rest where the record is rejected after the choice', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = onBatches(answerLost);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await vi.waitFor(async () => expect((await there(caseId))?.phone).toBe('021-555'), patient);
    const first = keyOf(caseId);
    await changedThere(caseId, rt, 8);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '5' }));
    await changedThere(caseId, rt, 7);
    expect(openOf(caseId)).toMatchObject([{ ours: 5, theirs: 7 }]);
    await province.server.pool.query(`UPDATE office SET area = '31.71.02.1001' WHERE id = $1`, [
      o.officeId(),
    ]);
    o.line.fault = altering((answer) => onlyOf(answer, first));
    await vi.waitFor(
      () => {
        retryNow(o.register());
        expect(o.status().waiting).toBe(1);
      },
      { ...patient, interval: 200 },
    );
    o.line.fault = notYet;
    expect(await choose(o, openOf(caseId), 'provinsi')).toEqual({ told: 'nanti' });
    await answered();
    expect([o.stateOf(caseId), here(caseId)]).toEqual(['DITOLAK', 7]);
    await province.server.pool.query(`UPDATE office SET area = $2 WHERE id = $1`, [o.officeId(), kelurahan]);
    takeStep(o.register(), theLurah, {
      caseId,
      action: 'perbaiki_dan_sahkan_ulang',
      reason: 'Sudah diperiksa',
    });
    await answered();
    expect([o.stateOf(caseId), here(caseId), await there(caseId)]).toEqual([
      'DITERIMA',
      7,
      { rt: 7, phone: '021-555' },
    ]);
  });
});

const Answers = z.looseObject({ answers: z.array(z.looseObject({ key: z.string() })) });

const Bodies = z.array(z.looseObject({ correction: z.looseObject({ reason: z.string() }).optional() }));

/** An answer to a batch in which one record alone has its own. */
function onlyOf(answer: unknown, key: string): unknown {
  const { answers, ...rest } = Answers.parse(answer);
  return { ...rest, answers: answers.filter((one) => one.key === key) };
}
