import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { readField } from '../../shared/provincial/merge.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { Receipt, signatureType } from '../../shared/provincial/wire.ts';
import { changeCase } from './province-cases.ts';
import { loadServerKey } from './server-keys.ts';
import { signCompact } from './signing.ts';
import {
  corrected,
  hashOf,
  legalised,
  retracted,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

const rt = 'household.address.rt';
const phone = 'household.phone';

describe('corrections and retractions', () => {
  let province: TestProvince;
  let office: TestOffice;
  const at = new Date('2026-11-23T02:00:00.000Z');

  beforeAll(async () => {
    province = await startTestProvince();
    office = await TestOffice.enrolled(province.server);
  });
  afterAll(() => province.stop());

  const answerTo = async (record: PushRecord) => (await office.answers(province.server, [record]))[0];

  async function begun(): Promise<PushRecord> {
    const record = legalised();
    expect(await answerTo(record)).toMatchObject({ status: 'accepted' });
    return record;
  }

  async function provinceChanges(record: PushRecord, path: string, value: unknown): Promise<void> {
    await changeCase(
      province.server.pool,
      { caseId: record.caseId, edits: [{ path, value }], by: 'Dinas Sosial', reason: 'Padan data' },
      at,
    );
  }

  async function held(record: PushRecord): Promise<{ version: number; body: unknown; retracted: boolean }> {
    const { rows } = await province.server.pool.query(
      `SELECT province_case.version, retracted_at IS NOT NULL AS retracted, coalesce(case_version.body, record.body) AS body
       FROM province_case JOIN case_version USING (case_id, version, city)
       LEFT JOIN record ON record.office_id = case_version.office_id AND record.key = case_version.record_key
       WHERE province_case.case_id = $1`,
      [record.caseId],
    );
    return rows[0];
  }

  it('takes a correction as a record of its own, on the version it names', async () => {
    const first = await begun();
    const second = corrected(first, [[rt, 9]]);
    expect(await answerTo(second)).toMatchObject({ status: 'accepted' });
    const now = await held(first);
    expect([now.version, readField(now.body, rt)]).toEqual([2, 9]);
  });

  it('leaves a case the number that it bears, though a correction says none: nobody else gets it', async () => {
    const { pool } = province.server;
    const first = await begun();
    const number = 'JKT-90000001';
    await pool.query('UPDATE province_case SET province_number = $2 WHERE case_id = $1', [
      first.caseId,
      number,
    ]);
    expect(await answerTo(corrected(first, [['case.provinceNumber', null]]))).toMatchObject({
      status: 'accepted',
    });
    const { rows } = await pool.query('SELECT province_number FROM province_case WHERE case_id = $1', [
      first.caseId,
    ]);
    expect(rows).toEqual([{ province_number: number }]);
  });

  it('is listed under the number and the period that the province gives it, never under the number of another', async () => {
    const { pool } = province.server;
    const [first, other] = [await begun(), await begun()];
    const columns = async () => {
      const { rows } = await pool.query(
        'SELECT version, province_number, period_id FROM province_case WHERE case_id = $1',
        [first.caseId],
      );
      return rows[0];
    };
    const change = (caseId: string, edits: { path: string; value: unknown }[]) =>
      changeCase(pool, { caseId, edits, by: 'Dinas Sosial', reason: 'Penomoran' }, new Date());
    const number = { path: 'case.provinceNumber', value: 'JKT-90000002' };
    expect(await change(first.caseId, [number, { path: 'case.periodId', value: '2027-05' }])).toBe(2);
    expect(await columns()).toEqual({
      version: 2,
      province_number: 'JKT-90000002',
      period_id: '2027-05',
    });
    expect(await change(other.caseId, [number])).toBeNull();
    // Nor under one that another bore once, whoever says it.
    const next = { ...number, value: 'JKT-90000003' };
    expect(await change(first.caseId, [next])).toBe(3);
    expect(await change(other.caseId, [number])).toBeNull();
    await pool.query(`INSERT INTO number_pool (id, office_id, request_id, first, last, granted_at)
      VALUES (gen_random_uuid(), (SELECT office_id FROM province_case LIMIT 1), gen_random_uuid(), 90000001, 90000009, now())`);
    expect(await answerTo(corrected(other, [['case.provinceNumber', number.value]]))).toMatchObject({
      status: 'rejected',
      code: 'number_taken',
    });
    expect(await change(first.caseId, [number])).toBe(4);
    // Taken out of the body, it stays the case's all the same.
    expect(await change(first.caseId, [{ ...number, value: null }])).toBe(5);
    expect(await columns()).toMatchObject({ version: 5, province_number: 'JKT-90000002' });
    // Two at once: one of them gets it.
    const free = { ...number, value: 'JKT-90000004' };
    const both = [first, other].map(({ caseId }) => change(caseId, [free]));
    expect((await Promise.all(both)).filter((version) => version === null)).toHaveLength(1);
  });

  it('keeps what it merged from a correction that was queued on the record before its answer', async () => {
    const first = await begun();
    await provinceChanges(first, phone, '021-555');
    // After a refusal an office counts higher than it names: its own version is that of the merge, nearly.
    const second = corrected(first, [[rt, 9]], { version: 3 });
    const third = corrected(second, [[rt, 10]]);
    expect(await office.answers(province.server, [second, third])).toMatchObject([
      { status: 'accepted', merged: { version: 4 } },
      { status: 'accepted', merged: { baseVersion: 3 } },
    ]);
    const now = await held(first);
    expect([readField(now.body, rt), readField(now.body, phone)]).toEqual([10, '021-555']);
  });

  it('merges what both sides changed in different fields, and says what it met', async () => {
    const first = await begun();
    await provinceChanges(first, phone, '021-555');
    const second = corrected(first, [[rt, 9]]);
    const answer = await answerTo(second);
    expect(answer).toMatchObject({
      status: 'accepted',
      merged: {
        version: 3,
        baseVersion: 1,
        theirs: [
          { path: phone, before: null, after: '021-555', by: { side: 'provinsi', name: 'Dinas Sosial' } },
        ],
      },
    });
    const now = await held(first);
    expect([now.version, readField(now.body, rt), readField(now.body, phone)]).toEqual([3, 9, '021-555']);
    expect(await answerTo(second)).toEqual({ ...answer, status: 'duplicate' });
  });

  it('signs anew what it had answered before receipts named what was merged', async () => {
    const first = await begun();
    await provinceChanges(first, phone, '021-555');
    const second = corrected(first, [[rt, 9]]);
    const answer = await answerTo(second);
    if (answer?.status !== 'accepted') throw new Error('It was not accepted.');
    const { pool } = province.server;
    const key = await loadServerKey(pool);
    const { mergedHash, ...older } = Receipt.parse(decodeJwt(answer.receipt));
    expect(mergedHash).toBe(hashOf(answer.merged));
    await pool.query('UPDATE record SET receipt = $1 WHERE key = $2', [
      signCompact(key, signatureType.receipt, older),
      second.key,
    ]);
    expect(await answerTo(second)).toEqual({ ...answer, status: 'duplicate' });
  });

  it('applies nothing where both changed the same field, and shows both values, who and when', async () => {
    const first = await begun();
    await provinceChanges(first, rt, 7);
    await provinceChanges(first, phone, '021-555');
    const second = corrected(first, [[rt, 9]]);
    const answer = await answerTo(second);
    expect(answer).toMatchObject({
      status: 'conflict',
      code: 'same_field',
      version: 3,
      clashes: [
        {
          path: rt,
          base: 4,
          ours: 9,
          theirs: 7,
          by: { side: 'provinsi', name: 'Dinas Sosial', at: at.toISOString() },
        },
      ],
      theirs: [{ path: phone, after: '021-555' }],
    });
    expect(await answerTo(second)).toEqual(answer);
    expect(await held(first)).toMatchObject({ version: 3 });

    // What builds on it cannot be taken either; what a person decided, on the province's version, can.
    const child = corrected(second, [[phone, '9']]);
    expect(await answerTo(child)).toMatchObject({ status: 'rejected', code: 'parent_rejected' });
    const decided = corrected(
      first,
      [
        [rt, 9],
        [phone, '021-555'],
      ],
      { baseVersion: 3, version: 4 },
    );
    expect(await answerTo(decided)).toMatchObject({ status: 'accepted' });
    expect(readField((await held(first)).body, rt)).toBe(9);
  });

  it('takes the same change of both sides for agreement', async () => {
    const first = await begun();
    await provinceChanges(first, rt, 9);
    expect(await answerTo(corrected(first, [[rt, 9]]))).toMatchObject({ status: 'accepted' });
  });

  it('builds a chain of corrections on what was merged, without calling the office against itself', async () => {
    const first = await begun();
    await provinceChanges(first, phone, '021-555');
    const second = corrected(first, [[rt, 9]]);
    const third = corrected(second, [[rt, 10]]);
    const answers = await office.answers(province.server, [second, third]);
    expect(answers).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    const now = await held(first);
    expect([now.version, readField(now.body, rt), readField(now.body, phone)]).toEqual([4, 10, '021-555']);
  });

  it('hands on fields it does not know through merges', async () => {
    const first = legalised({ body: (body) => Object.assign(body.household, { roof: { kind: 'genteng' } }) });
    await answerTo(first);
    await provinceChanges(first, 'household.roof.kind', 'seng');
    await answerTo(
      corrected(first, [
        [rt, 9],
        ['household.roof.colour', 'merah'],
      ]),
    );
    expect(readField((await held(first)).body, 'household.roof')).toEqual({ kind: 'seng', colour: 'merah' });
  });

  it('takes a case back, keeps what it was, and lets it be legalised again', async () => {
    const first = await begun();
    const back = retracted(first);
    expect(await answerTo(back)).toMatchObject({ status: 'accepted' });
    expect(await held(first)).toMatchObject({ version: 2, retracted: true, body: { case: { version: 1 } } });
    expect(await answerTo(corrected(back, [[rt, 9]], { body: first.body }))).toMatchObject({
      status: 'rejected',
      code: 'case_retracted',
    });
    const again = legalised({
      record: { caseId: first.caseId, parent: back.key, baseVersion: 2 },
      body: (body) => Object.assign(body.case, { version: 3 }),
    });
    expect(await answerTo(again)).toMatchObject({ status: 'accepted' });
    expect(await held(first)).toMatchObject({ version: 3, retracted: false });
  });

  it('asks before it takes back what the province has changed meanwhile', async () => {
    const first = await begun();
    await provinceChanges(first, phone, '021-555');
    expect(await answerTo(retracted(first))).toMatchObject({
      status: 'conflict',
      clashes: [{ path: phone, ours: null, theirs: '021-555' }],
    });
  });

  it('shows both where what each side changed makes no case together, and applies neither', async () => {
    const first = await begun();
    const members = z.array(z.looseObject({ nik: z.string().nullable() })).parse(first.body['members']);
    const child = (nik: string) => ({
      ...members[0],
      id: randomUUID(),
      relation: '3',
      familyRelation: '3',
      nik,
    });
    const [here, there] = [child('3171011001100009'), child('3171011001100009')];
    await provinceChanges(first, `members.${there.id}`, there);
    await provinceChanges(first, phone, '021-555');
    expect(
      await answerTo(
        corrected(first, [
          [`members.${here.id}`, here],
          [rt, 9],
        ]),
      ),
    ).toMatchObject({
      status: 'conflict',
      clashes: [
        { path: `members.${there.id}`, ours: null, theirs: { id: there.id }, by: { side: 'provinsi' } },
        { path: `members.${here.id}`, ours: { id: here.id }, theirs: null },
      ],
      theirs: [{ path: phone, after: '021-555' }],
    });
    const now = await held(first);
    expect([now.version, readField(now.body, rt)]).toEqual([3, readField(first.body, rt)]);

    // A family that one side takes away, and a member whom the other adds to it.
    const two = await begun();
    const family = { no: 2, kk: null };
    const second = corrected(two, [['household.families.2', family]]);
    expect(await answerTo(second)).toMatchObject({ status: 'accepted' });
    await provinceChanges(two, 'household.families.2', null);
    const inIt = { ...child('3171011001100017'), familyNo: 2 };
    expect(await answerTo(corrected(second, [[`members.${inIt.id}`, inIt]]))).toMatchObject({
      status: 'conflict',
      clashes: [{ path: 'household.families.2' }, { path: `members.${inIt.id}` }],
    });
  });

  it('changes no case by itself into what would be none', async () => {
    const first = await begun();
    const members = z.array(z.looseObject({ id: z.string() })).parse(first.body['members']);
    await provinceChanges(first, `members.${members[0]?.id}.relation`, '3');
    await provinceChanges(first, `members.${members[0]?.id}.familyNo`, 8);
    expect(await held(first)).toMatchObject({ version: 1 });
  });

  it('refuses a correction of what it does not hold', async () => {
    expect(await answerTo(corrected(legalised(), [[rt, 9]], { parent: null }))).toMatchObject({
      status: 'rejected',
      code: 'case_unknown',
    });
    expect(await answerTo({ ...corrected(await begun(), [[rt, 9]]), baseVersion: 0 })).toMatchObject({
      status: 'rejected',
      code: 'case_unknown',
    });
  });

  it('holds nothing of a case that is closed though it was only ever rejected', async () => {
    const never = legalised();
    const closing = (record: PushRecord) => ({ ...retracted(record), parent: null, baseVersion: 0 });
    expect(await answerTo(closing(never))).toMatchObject({ status: 'rejected', code: 'nothing_to_retract' });
    expect(await held(never)).toBeUndefined();
    expect(await answerTo(closing(await begun()))).toMatchObject({
      status: 'rejected',
      code: 'base_version',
    });
    expect(await answerTo(never)).toMatchObject({ status: 'accepted' });
  });

  it('accepts one of two corrections of the same field that race, and shows the other', async () => {
    const another = await province.startAnother();
    const first = await begun();
    const rivals = [corrected(first, [[rt, 8]]), corrected(first, [[rt, 9]])];
    const [one, two] = await Promise.all([
      office.answers(province.server, rivals.slice(0, 1)),
      office.answers(another, rivals.slice(1)),
    ]);
    expect([one[0]?.status, two[0]?.status].sort()).toEqual(['accepted', 'conflict']);
    const conflict = [one[0], two[0]].find((answer) => answer?.status === 'conflict');
    expect(conflict).toMatchObject({ clashes: [{ by: { side: 'kantor', name: 'Kelurahan Gambir' } }] });
  });

  it('keeps a revoked office itself when it comes back under a new key', async () => {
    const first = await begun();
    await province.server.pool.query('UPDATE office SET revoked_at = now() WHERE id = $1', [office.id]);
    const back = await TestOffice.enrolled(province.server);
    expect(back.id).toBe(office.id);
    expect(await back.answers(province.server, [corrected(first, [[rt, 9]])])).toMatchObject([
      { status: 'accepted' },
    ]);
    office = back;
  });

  it('lets no order of two offices\u2019 edits lose one (all orders of three corrections)', async () => {
    const edits: [string, unknown][] = [
      [rt, 9],
      [phone, '1'],
      ['household.address.rw', 8],
    ];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const first = await begun();
      for (const edit of order.flatMap((index) => edits.slice(index, index + 1)))
        expect(await answerTo(corrected(first, [edit]))).toMatchObject({ status: 'accepted' });
      const { body } = await held(first);
      for (const [path, value] of edits) expect(readField(body, path)).toEqual(value);
    }
  });
});
