import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FamilyDetail, FamilyPage, RecapAnswer } from '../../shared/provincial/read.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { Problem } from '../../shared/provincial/wire.ts';
import { listOffices } from './operator/overview.ts';
import { createReadToken } from './read-tokens.ts';
import {
  consent,
  corrected,
  gambir,
  hashOf,
  legalised,
  retracted,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

describe('what families say of being shown', () => {
  let province: TestProvince;
  let office: TestOffice;
  let token: string;
  let now = new Date('2026-11-24T02:00:00Z');
  beforeAll(async () => {
    province = await startTestProvince({ now: () => now });
    office = await TestOffice.enrolled(province.server, gambir);
    const reader = { reader: 'Situs uji', role: 'provinsi', area: gambir, days: 1 } as const;
    ({ token } = await createReadToken(province.server.pool, reader, now));
  });
  afterAll(() => province.stop());

  const statuses = async (records: readonly PushRecord[]): Promise<string[]> =>
    (await office.answers(province.server, records)).map(({ status }) => status);

  function ask(path: string, body?: unknown): Promise<Response> {
    return fetch(`${province.server.address}/v1/read${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Whether a family is found by name and by address, and can be opened: always all three, or none. */
  async function isShown(caseId: string): Promise<boolean> {
    const pages = await Promise.all(
      [{ name: 'siti' }, { kelurahan: gambir }].map(async (criteria) =>
        FamilyPage.parse(await (await ask('/families', { wire: 1, limit: 100, ...criteria })).json()),
      ),
    );
    const opened = await ask(`/families/${caseId}`);
    const answer: unknown = await opened.json();
    const shown = [
      ...pages.map(({ families }) => families.some((line) => line.caseId === caseId)),
      FamilyDetail.safeParse(answer).data?.caseId === caseId,
      Problem.safeParse(answer).data?.error.code !== 'family_unknown',
    ];
    expect(new Set(shown).size).toBe(1);
    return opened.ok;
  }

  async function begun(): Promise<PushRecord> {
    const record = legalised();
    expect(await statuses([record])).toEqual(['accepted']);
    return record;
  }

  it('leave a family out of all that names it, count it all the same, and bring it back when it agrees', async () => {
    const { caseId } = await begun();
    expect(await isShown(caseId)).toBe(true);
    const counted = async () => RecapAnswer.parse(await (await ask(`/recap?area=${gambir}`)).json()).lines;
    const before = await counted();
    expect(await statuses([consent(caseId, 'refused')])).toEqual(['accepted']);
    expect(await isShown(caseId)).toBe(false);
    expect(await counted()).toEqual(before);
    expect(await statuses([consent(caseId, 'given', { version: 2 })])).toEqual(['accepted']);
    expect(await isShown(caseId)).toBe(true);
  });

  it('note a try to open a family that refuses like one that is not there', async () => {
    const { caseId } = await begun();
    await statuses([consent(caseId, 'refused')]);
    expect(await isShown(caseId)).toBe(false);
    const { rows } = await province.server.pool.query(
      `SELECT what, rows, case_ids, refused FROM read_access WHERE criteria ->> 'caseId' = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ what: 'lihat_keluarga', rows: 0, case_ids: [], refused: 'family_unknown' }]);
  });

  it('may come before the case, which is then never shown', async () => {
    const first = legalised();
    const word = consent(first.caseId, 'refused');
    expect(await statuses([word, first])).toEqual(['accepted', 'accepted']);
    expect(await isShown(first.caseId)).toBe(false);
  });

  it('stand while the case is corrected, taken back and legalised anew', async () => {
    const first = await begun();
    await statuses([consent(first.caseId, 'refused')]);
    const mended = corrected(first, [['household.phone', '021']]);
    const back = retracted(mended);
    const anew = legalised({
      record: { caseId: first.caseId, baseVersion: 3, parent: back.key },
      body: (body) => Object.assign(body.case, { version: 4 }),
    });
    for (const record of [mended, back, anew]) {
      expect(await statuses([record])).toEqual(['accepted']);
      expect(await isShown(first.caseId)).toBe(false);
    }
    expect(await statuses([consent(first.caseId, 'given', { version: 2 })])).toEqual(['accepted']);
    expect(await isShown(first.caseId)).toBe(true);
  });

  it('come in the order they were said: a later one waits for the one before, however they arrive', async () => {
    const { caseId } = await begun();
    const first = consent(caseId, 'refused');
    const second = consent(caseId, 'given', { version: 2, parent: first.key });
    expect(await office.answers(province.server, [second])).toMatchObject([
      { status: 'held', code: 'parent_missing', parent: first.key },
    ]);
    expect(await isShown(caseId)).toBe(true);
    expect(await statuses([first])).toEqual(['accepted']);
    expect(await statuses([second, first])).toEqual(['duplicate', 'duplicate']);
    expect(await isShown(caseId)).toBe(true);
    const { rows } = await province.server.pool.query(
      'SELECT version, sharing FROM family_consent WHERE case_id = $1',
      [caseId],
    );
    expect(rows).toEqual([{ version: 2, sharing: 'given' }]);
  });

  it('are waited for by those that wait for those that wait for them', async () => {
    const { caseId } = await begun();
    const first = consent(caseId, 'given');
    const second = consent(caseId, 'refused', { version: 2, parent: first.key });
    const third = consent(caseId, 'given', { version: 3, parent: second.key });
    const fourth = consent(caseId, 'refused', { version: 4, parent: third.key });
    expect(await statuses([fourth, third, second])).toEqual(['held', 'held', 'held']);
    expect(await statuses([first])).toEqual(['accepted']);
    expect(await isShown(caseId)).toBe(false);
    expect(await statuses([fourth])).toEqual(['duplicate']);
  });

  it('overtake what waits for a word that never came: when that comes after all, it brings nothing in', async () => {
    const [{ caseId }, other] = [await begun(), await begun()];
    const [lost, elsewhere] = [consent(caseId, 'refused'), consent(other.caseId, 'given')];
    const waiting = consent(caseId, 'given', { version: 2, parent: lost.key });
    const untouched = consent(other.caseId, 'refused', { version: 2, parent: elsewhere.key });
    expect(await statuses([waiting, untouched])).toEqual(['held', 'held']);
    expect(await statuses([consent(caseId, 'refused', { version: 3 })])).toEqual(['accepted']);
    expect(await statuses([lost, elsewhere])).toEqual(['accepted', 'accepted']);
    expect([await isShown(caseId), await isShown(other.caseId)]).toEqual([false, false]);
    // Its office has it still, and sends it again.
    expect(await statuses([waiting])).toEqual(['accepted']);
  });

  it('leave a record of the case waiting for what it builds on', async () => {
    const first = legalised();
    const mended = corrected(first, [['household.phone', '021']]);
    expect(await statuses([mended])).toEqual(['held']);
    expect(await statuses([consent(first.caseId, 'given')])).toEqual(['accepted']);
    expect(await statuses([first])).toEqual(['accepted']);
    expect(await statuses([mended])).toEqual(['duplicate']);
  });

  it('need nothing of what was refused before them, and count anew after an old backup', async () => {
    const { caseId } = await begun();
    const wrong = { ...consent(caseId, 'given'), hash: '0'.repeat(64) };
    const next = consent(caseId, 'refused', { version: 2, parent: wrong.key });
    expect(await office.answers(province.server, [wrong, next])).toMatchObject([
      { status: 'rejected', code: 'hash_mismatch' },
      { status: 'accepted' },
    ]);
    expect(await isShown(caseId)).toBe(false);
    expect(await statuses([consent(caseId, 'given')])).toEqual(['accepted']);
    expect(await isShown(caseId)).toBe(true);
  });

  it('are the word of the office of the case: another one changes nothing, before the case or after it', async () => {
    const stranger = await TestOffice.enrolled(province.server, '31.71.01.1002');
    const first = legalised();
    expect(await stranger.answers(province.server, [consent(first.caseId, 'refused')])).toMatchObject([
      { status: 'accepted' },
    ]);
    expect(await statuses([first])).toEqual(['accepted']);
    expect(await isShown(first.caseId)).toBe(true);
    expect(
      await stranger.answers(province.server, [consent(first.caseId, 'refused', { version: 2 })]),
    ).toMatchObject([{ status: 'rejected', code: 'case_of_other_office', field: 'caseId' }]);
    expect(await isShown(first.caseId)).toBe(true);
  });

  it('are refused with the field where they are none', async () => {
    const { caseId } = await begun();
    const odd = consent(caseId, 'refused');
    const other = consent(randomUUID(), 'refused', { caseId });
    const back = consent(caseId, 'refused', { baseVersion: 1 });
    const body = { ...odd.body, consent: { ...Object(odd.body['consent']), sharing: 'perhaps' } };
    expect(
      await office.answers(province.server, [{ ...odd, body, hash: hashOf(body) }, other, back]),
    ).toMatchObject([
      { status: 'rejected', code: 'invalid_record', field: 'body.consent.sharing' },
      { status: 'rejected', code: 'case_mismatch', field: 'body.case.id' },
      { status: 'rejected', code: 'base_version', field: 'body.consent.version' },
    ]);
    expect(await isShown(caseId)).toBe(true);
  });

  it('are no version of the case: its next record builds on the one before', async () => {
    const first = await begun();
    const word = consent(first.caseId, 'refused');
    const mended = corrected(first, [['household.phone', '021']]);
    expect(await statuses([word, mended])).toEqual(['accepted', 'accepted']);
    // One that names it as its parent is merged with nothing of it.
    const next = corrected(first, [['household.address.rt', 9]], { parent: word.key, version: 3 });
    expect(await statuses([next])).toEqual(['accepted']);
    const { rows } = await province.server.pool.query(
      'SELECT version, rt, record_key FROM province_case WHERE case_id = $1',
      [first.caseId],
    );
    expect(rows).toEqual([{ version: 4, rt: 9, record_key: next.key }]);
  });

  it('settle no refused record of the case on the operators’ page, nor does the case settle one of theirs', async () => {
    const area = '31.71.02.1001';
    const own = await TestOffice.enrolled(province.server, area);
    const open = async () =>
      (await listOffices(province.server.pool)).find(({ id }) => id === own.id)?.rejected;
    const first = legalised({
      body: (body) => Object.assign(body.household.address, { kelurahan: area }),
    });
    const send = async (record: PushRecord): Promise<void> => {
      await own.answers(province.server, [record]);
      now = new Date(now.getTime() + 60_000);
    };
    const broken = (record: PushRecord): PushRecord => ({
      ...record,
      key: randomUUID(),
      hash: '0'.repeat(64),
    });
    await send(broken(first));
    await send(consent(first.caseId, 'refused'));
    expect(await open()).toBe(1);
    await send(first);
    expect(await open()).toBe(0);
    await send(broken(consent(first.caseId, 'given', { version: 2 })));
    await send(corrected(first, [['household.phone', '021']]));
    expect(await open()).toBe(1);
    await send(consent(first.caseId, 'given', { version: 2 }));
    expect(await open()).toBe(0);
  });
});
