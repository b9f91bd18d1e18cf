import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { findNewestItem } from '../../electron/store/sync.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { choose, waitingIn } from './choosing.ts';
import { altering, answerLost, cut, notYet, onBatches } from './line.ts';
import { kelurahan } from './office.ts';
import { changeThere, issueTo, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';

const theLurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };
const rt = 'household.address.rt';

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
  });

  it('stays asked about where what is queued meanwhile says it as the province had it', async () => {
    const caseId = await followedMeanwhile();
    await changedThere(caseId, 'household.roof', 'seng');
    await answeredInPart(caseId, 5);
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-556' }));
    await answered();
    const [clash] = openOf(caseId);
    // Whichever stands there by now: nothing differs that nobody is asked about.
    expect([here(caseId), (await there(caseId))?.rt]).toEqual([5, clash === undefined ? 5 : 8]);
    if (clash !== undefined) await choose(o, [clash], 'kantor');
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

/** An answer to a batch in which one record alone has its own. */
function onlyOf(answer: unknown, key: string): unknown {
  const { answers, ...rest } = Answers.parse(answer);
  return { ...rest, answers: answers.filter((one) => one.key === key) };
}
