import { randomUUID } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseLegalisedBody, PushRecord } from '../../shared/provincial/record.ts';
import { Problem, Receipt, signatureType, wireLimits } from '../../shared/provincial/wire.ts';
import { loadServerKey } from './server-keys.ts';
import {
  corrected,
  gambir,
  hashOf,
  legalised,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

describe('batches', () => {
  let province: TestProvince;
  let office: TestOffice;

  beforeAll(async () => {
    province = await startTestProvince();
    office = await TestOffice.enrolled(province.server);
  });
  afterAll(async () => {
    await province.stop();
  });

  async function stored(key: string): Promise<number> {
    const { rows } = await province.server.pool.query(
      'SELECT count(*)::int AS count FROM record WHERE key = $1',
      [key],
    );
    return rows[0].count;
  }

  it('accepts a legalised case and signs for it', async () => {
    const record = legalised();
    const [answer] = await office.answers(province.server, [record]);
    if (answer?.status !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(answer)}`);

    const serverKey = await loadServerKey(province.server.pool);
    const { payload, protectedHeader } = await compactVerify(
      answer.receipt,
      await importJWK(serverKey.publicJwk, 'EdDSA'),
    );
    const receipt = Receipt.parse(JSON.parse(new TextDecoder().decode(payload)));
    expect(protectedHeader.typ).toBe(signatureType.receipt);
    expect(receipt).toMatchObject({
      officeId: office.id,
      key: record.key,
      caseId: record.caseId,
      hash: record.hash,
      version: 1,
    });

    const { rows } = await province.server.pool.query(
      'SELECT kelurahan, rw, rt, result FROM province_case WHERE case_id = $1',
      [record.caseId],
    );
    expect(rows).toEqual([{ kelurahan: gambir, rw: 2, rt: 4, result: 'baru' }]);
  });

  it('answers the same record again with the same receipt, and keeps it once', async () => {
    const record = legalised();
    const [first] = await office.answers(province.server, [record]);
    const [again, inSameBatch] = await office.answers(province.server, [record, record]);
    expect(first?.status).toBe('accepted');
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect(inSameBatch).toEqual(again);
    expect(await stored(record.key)).toBe(1);
  });

  it('refuses another record under a key that is taken, and keeps the first', async () => {
    const record = legalised();
    await office.answers(province.server, [record]);
    const other = legalised({ record: { key: record.key } });
    const [answer] = await office.answers(province.server, [other]);
    expect(answer).toMatchObject({ status: 'rejected', code: 'key_reused', field: 'key' });
    const [first] = await office.answers(province.server, [record]);
    expect(first?.status).toBe('duplicate');
  });

  it('keeps a record once when two senders push it at the same time', async () => {
    const records = Array.from({ length: 20 }, () => legalised());
    const answers = await Promise.all([
      office.answers(province.server, records),
      office.answers(province.server, [...records].reverse()),
    ]);
    const receipts = answers.map(
      (given) =>
        new Map(given.map((answer) => [answer.key, 'receipt' in answer ? answer.receipt : answer.status])),
    );
    for (const { key } of records) {
      expect(receipts[0]?.get(key)).toBe(receipts[1]?.get(key));
      expect(await stored(key)).toBe(1);
    }
  });

  it('accepts one of two cases on the same base version from two processes', async () => {
    const another = await province.startAnother();
    const caseId = randomUUID();
    const rivals = [legalised({ record: { caseId } }), legalised({ record: { caseId } })];
    const [one, two] = await Promise.all([
      office.answers(province.server, rivals.slice(0, 1)),
      office.answers(another, rivals.slice(1)),
    ]);
    expect([one[0]?.status, two[0]?.status].sort()).toEqual(['accepted', 'rejected']);
  });

  it('holds a record until the one it builds on arrives, then answers with its receipt', async () => {
    const first = legalised();
    const second = nextVersion(first, 2);
    const third = nextVersion(second, 3);
    const early = await office.answers(province.server, [third, second]);
    expect(early).toMatchObject([
      { status: 'held', code: 'parent_missing', parent: second.key },
      { status: 'held', code: 'parent_missing', parent: first.key },
    ]);
    expect(await office.answers(province.server, [second])).toMatchObject([{ status: 'held' }]);
    expect(await office.answers(province.server, [first])).toMatchObject([{ status: 'accepted' }]);
    expect(await office.answers(province.server, [second, third])).toMatchObject([
      { status: 'duplicate' },
      { status: 'duplicate' },
    ]);
    const { rows } = await province.server.pool.query(
      'SELECT version, record_key FROM province_case WHERE case_id = $1',
      [first.caseId],
    );
    expect(rows).toEqual([{ version: 3, record_key: third.key }]);
  });

  it('does not take in what it refused while it was held, once the one it builds on arrives', async () => {
    const first = legalised();
    const second = nextVersion(first, 2);
    await office.answers(province.server, [second]);
    const move = (area: string) =>
      province.server.pool.query('UPDATE office SET area = $1 WHERE id = $2', [area, office.id]);
    await move('31.71.02.1001');
    const refused = [{ status: 'rejected', code: 'outside_area' }];
    expect(await office.answers(province.server, [second])).toMatchObject(refused);
    await move(gambir);
    expect(await office.answers(province.server, [first])).toMatchObject([{ status: 'accepted' }]);
    expect(await office.answers(province.server, [second])).toMatchObject(refused);
    expect(await stored(second.key)).toBe(0);
  });

  it('refuses another record under the key of one that is held', async () => {
    const parent = randomUUID();
    const held = legalised({ record: { parent } });
    await office.answers(province.server, [held]);
    expect(
      await office.answers(province.server, [legalised({ record: { parent, key: held.key } })]),
    ).toMatchObject([{ status: 'rejected', code: 'key_reused' }]);
  });

  it('holds a kind of record that only a newer server knows', async () => {
    const [answer] = await office.answers(province.server, [legalised({ record: { kind: 'case.divided' } })]);
    expect(answer).toMatchObject({ status: 'held', code: 'kind_unknown', parent: null });
  });

  it.each([
    [
      'body.members.0.nik',
      'invalid_record',
      legalised({ body: (body) => Object.assign(body.members[0] ?? {}, { nik: '123' }) }),
    ],
    [
      'body.members.0.relation',
      'invalid_record',
      legalised({ body: (body) => Object.assign(body.members[0] ?? {}, { relation: '3' }) }),
    ],
    [
      'body.members.0.familyNo',
      'invalid_record',
      legalised({ body: (body) => Object.assign(body.members[0] ?? {}, { familyNo: 2 }) }),
    ],
    [
      'body.household.address.rt',
      'invalid_record',
      legalised({ body: (body) => Object.assign(body.household.address, { rt: 0 }) }),
    ],
    [
      'body.household.address.kelurahan',
      'outside_area',
      legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: '31.72.01.1001' }) }),
    ],
    [
      'body.case.id',
      'case_mismatch',
      legalised({ body: (body) => Object.assign(body.case, { id: randomUUID() }) }),
    ],
    ['body.case.version', 'base_version', legalised({ record: { baseVersion: 1 } })],
    ['hash', 'hash_mismatch', legalised({ record: { hash: '0'.repeat(64) } })],
    ['caseId', 'invalid_record', { ...legalised(), caseId: 'x' }],
    ['parent', 'invalid_record', { ...legalised(), parent: randomUUID().toUpperCase() }],
    [
      'body',
      'invalid_record',
      {
        key: randomUUID(),
        kind: 'case.legalised',
        caseId: randomUUID(),
        baseVersion: 0,
        parent: null,
        createdAt: '2026-11-22T02:10:00Z',
        hash: '0'.repeat(64),
      },
    ],
  ])('rejects a record for its field %s (%s)', async (field, code, record) => {
    const [answer] = await office.answers(province.server, [record]);
    expect(answer).toMatchObject({ status: 'rejected', code, field });
    expect(answer?.status === 'rejected' && answer.sentence).toMatch(/^\S.*\.$/);
    expect(await stored(record.key)).toBe(0);
    // Final: the same again is answered the same.
    expect(await office.answers(province.server, [record])).toEqual([answer]);
  });

  it('rejects a case that builds on a version the province does not hold', async () => {
    const first = legalised();
    await office.answers(province.server, [first]);
    const [answer] = await office.answers(province.server, [nextVersion(first, 9, { baseVersion: 8 })]);
    expect(answer).toMatchObject({ status: 'rejected', code: 'base_version', field: 'baseVersion' });
  });

  it('rejects a case of another office', async () => {
    const record = legalised();
    await office.answers(province.server, [record]);
    const stranger = await TestOffice.enrolled(province.server);
    expect(
      await stranger.answers(province.server, [legalised({ record: { caseId: record.caseId } })]),
    ).toMatchObject([{ status: 'rejected', code: 'case_of_other_office', field: 'caseId' }]);
  });

  it('lets a record that PostgreSQL itself refuses stop none of the others', async () => {
    const good = [legalised(), legalised()];
    // A whole number passes the schema, and this one no column.
    const poisoned = legalised({ body: (body) => Object.assign(body.case, { version: 2 ** 40 }) });
    const answers = await office.answers(province.server, [good[0], poisoned, good[1]]);
    expect(answers.map((answer) => answer.status)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(answers[1]).toMatchObject({ code: 'unstorable', key: poisoned.key });
    expect(
      await Promise.all([good[0]?.key, poisoned.key, good[1]?.key].map((key) => stored(key ?? ''))),
    ).toEqual([1, 0, 1]);
  });

  it('refuses by its field what PostgreSQL holds nowhere, also where the record would wait or clash', async () => {
    const good = legalised();
    const first = legalised();
    await office.answers(province.server, [first]);
    const nul = (body: CaseLegalisedBody) =>
      Object.assign(body.members[0] ?? {}, { birthPlace: 'Ja\u0000karta' });
    const waits = legalised({ body: nul, record: { parent: randomUUID() } });
    const clashes = corrected(first, [['household.address.street', 'Gg. \u0000']]);
    const answers = await office.answers(province.server, [waits, good, clashes]);
    expect(answers).toMatchObject([
      { status: 'rejected', code: 'unstorable', field: 'body.members.0.birthPlace' },
      { status: 'accepted' },
      { status: 'rejected', code: 'unstorable', field: 'body.household.address.street' },
    ]);
  });

  it('begins the cases of a batch in one statement, and judges apart what does not stand by itself', async () => {
    const { pool } = province.server;
    const theirs = legalised();
    const stranger = await TestOffice.enrolled(province.server);
    await stranger.answers(province.server, [theirs]);
    await pool.query(`
      CREATE TABLE statements (n integer);
      CREATE FUNCTION count_statement() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO statements SELECT 1 WHERE EXISTS (SELECT FROM fresh); RETURN NULL; END $$;
      CREATE TRIGGER count_statement AFTER INSERT ON record REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION count_statement();
    `);
    const first = legalised();
    const answers = await office.answers(province.server, [
      first,
      legalised({ record: { caseId: theirs.caseId } }),
      legalised(),
      corrected(first, [['household.address.rt', 5]]),
      legalised(),
      legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: '31.72.01.1001' }) }),
    ]);
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM statements');
    await pool.query(
      'DROP TRIGGER count_statement ON record; DROP FUNCTION count_statement; DROP TABLE statements',
    );
    expect(answers.map(({ status }) => status)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'accepted',
      'accepted',
      'rejected',
    ]);
    // Those two, and by themselves the case that is corrected in the same batch and its correction.
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('keeps nothing of a batch that breaks between two of its records, and all of it when it comes again', async () => {
    const records = [legalised(), legalised(), legalised()] as const;
    const { pool } = province.server;
    // The connection dies at the second record, as when PostgreSQL is killed there.
    await pool.query(`
      CREATE FUNCTION break_here() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER break_here BEFORE INSERT ON record
        FOR EACH ROW WHEN (NEW.key = '${records[1].key}') EXECUTE FUNCTION break_here();
    `);
    const broken = await office.push(province.server, records);
    await pool.query('DROP TRIGGER break_here ON record; DROP FUNCTION break_here');
    expect(broken.status).toBe(503);
    expect(await Promise.all(records.map(({ key }) => stored(key)))).toEqual([0, 0, 0]);
    const answers = await office.answers(province.server, records);
    expect(answers.map((answer) => answer.status)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await Promise.all(records.map(({ key }) => stored(key)))).toEqual([1, 1, 1]);
  });

  it('keeps and hands on fields it does not know, in the envelope and in the body', async () => {
    const record = legalised({
      record: { priority: 'tinggi' },
      body: (body) => Object.assign(body, { ranking: { score: 0.25 } }),
    });
    expect(await office.answers(province.server, [record])).toMatchObject([{ status: 'accepted' }]);
    const { rows } = await province.server.pool.query('SELECT envelope, body FROM record WHERE key = $1', [
      record.key,
    ]);
    expect(rows[0].envelope.priority).toBe('tinggi');
    expect(hashOf(rows[0].body)).toBe(record.hash);
  });

  it('reads a compressed batch and refuses one that swells', async () => {
    expect((await office.push(province.server, [legalised()], { gzip: true })).status).toBe(200);
    const bomb = JSON.stringify('0'.repeat(wireLimits.inflatedBytes));
    expect(await problemOf(office.send(province.server, bomb, { gzip: true }))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    const wide = JSON.stringify('0'.repeat(wireLimits.requestBytes));
    expect(await problemOf(office.send(province.server, wide))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  it('refuses a whole request it cannot trust or read', async () => {
    const record = legalised();
    const stranger = await TestOffice.create();
    const push = (change: Parameters<TestOffice['push']>[2]): Promise<Response> =>
      office.push(province.server, [record], change);
    expect(await problemOf(push({ signWith: stranger.privateKey }))).toMatchObject({
      status: 401,
      code: 'signature_invalid',
    });
    expect(await problemOf(push({ signAs: signatureType.enrolment }))).toMatchObject({
      code: 'signature_invalid',
    });
    expect(
      await problemOf(push({ headers: { authorization: `Bearer ${office.id}.${'A'.repeat(43)}` } })),
    ).toMatchObject({ status: 401, code: 'credential_unknown' });
    expect(await problemOf(push({ headers: { authorization: '' } }))).toMatchObject({
      status: 401,
      code: 'credential_unknown',
    });
    expect(await problemOf(push({ envelope: { officeId: randomUUID() } }))).toMatchObject({
      status: 403,
      code: 'office_mismatch',
    });
    expect(await problemOf(push({ envelope: { wire: 2 } }))).toMatchObject({
      status: 422,
      code: 'wire_unsupported',
    });
    expect(await problemOf(push({ envelope: { records: [] } }))).toMatchObject({
      status: 422,
      code: 'invalid_request',
      field: 'records',
    });
    expect(await problemOf(push({ envelope: { records: [{ ...record, key: 1 }] } }))).toMatchObject({
      field: 'records.0.key',
    });
    expect(await problemOf(push({ headers: { 'content-encoding': 'br' } }))).toMatchObject({
      status: 415,
      code: 'encoding_unsupported',
    });
    expect(await problemOf(push({ headers: { 'content-encoding': 'gzip' } }))).toMatchObject({
      status: 400,
      code: 'not_json',
    });
    expect(await problemOf(office.send(province.server, '{"wire":1'))).toMatchObject({
      status: 400,
      code: 'not_json',
    });
    expect(await problemOf(fetch(`${province.server.address}/v2/batches`))).toMatchObject({
      status: 404,
      code: 'unknown_path',
    });
    expect(await stored(record.key)).toBe(0);
  });

  it('asks those to wait for whom there is no room', async () => {
    const full = await province.startAnother({ concurrency: 0 });
    const response = await office.push(full, [legalised()]);
    expect(response.headers.get('retry-after')).toMatch(/^[1-5]$/);
    expect(await problemOf(Promise.resolve(response))).toMatchObject({ status: 429, code: 'busy' });
  });
});

function nextVersion(before: PushRecord, version: number, change: Partial<PushRecord> = {}): PushRecord {
  return legalised({
    record: { caseId: before.caseId, parent: before.key, baseVersion: version - 1, ...change },
    body: (body) => Object.assign(body.case, { version }),
  });
}

async function problemOf(
  response: Promise<Response>,
): Promise<{ status: number; code: string; field: string | null }> {
  const answer = await response;
  const { code, field } = Problem.parse(await answer.json()).error;
  return { status: answer.status, code, field };
}
