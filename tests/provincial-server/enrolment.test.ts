import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vouchedKeys } from '../../electron/sync/signatures.ts';
import type { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { EnrolResponse, Health, Problem } from '../../shared/provincial/wire.ts';
import { acceptBatch } from './accept-batch.ts';
import { takeChunk } from './attachments.ts';
import { grantNumbers } from './numbers.ts';
import { createEnrolmentCode, findOffice, revokeOffice } from './offices.ts';
import { takeRecap } from './recaps.ts';
import { Refusal } from './refusal.ts';
import { announceKey, changeKey, loadServerKey, readVouchers, replaceKey } from './server-keys.ts';
import {
  corrected,
  gambir,
  hashOf,
  legalised,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

describe('enrolment of offices', () => {
  let province: TestProvince;
  let now = new Date('2026-11-22T02:00:00Z');

  beforeAll(async () => {
    province = await startTestProvince({ now: () => now });
  });
  afterAll(async () => {
    await province.stop();
  });

  async function code(area: string | null = gambir): Promise<string> {
    return await createEnrolmentCode(province.server.pool, area, now);
  }

  it('tells that it serves, in a way no captive portal does', async () => {
    const response = await fetch(`${province.server.address}/v1/health`);
    expect(Health.parse(await response.json()).serverTime).toBe(now.toISOString());
  });

  it('gives an office with a good code its id, its credential and the key that signs receipts', async () => {
    const office = await TestOffice.create();
    const enrolled = EnrolResponse.parse(await (await office.enrol(province.server, await code())).json());
    expect(enrolled.credential).toContain(enrolled.officeId);

    const { rows } = await province.server.pool.query(
      'SELECT area, credential_hash FROM office WHERE id = $1',
      [enrolled.officeId],
    );
    expect(rows[0].area).toBe(gambir);
    expect(JSON.stringify(rows[0])).not.toContain(enrolled.credential.split('.')[1]);
  });

  it('reads a code as people type it', async () => {
    const typed = (await code()).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const response = await (await TestOffice.create()).enrol(province.server, typed);
    expect(response.status).toBe(200);
  });

  it('refuses a wrong code, an expired one, one for another area, and one that is used', async () => {
    const office = await TestOffice.create();
    const expired = await code();
    const elsewhere = await code('31.71.01.1002');
    const used = await code();
    expect((await office.enrol(province.server, used)).status).toBe(200);

    expect(await problemOf(await office.enrol(province.server, 'AAAA-BBBB-CCCC-DDDD'))).toBe(
      'enrolment_refused',
    );
    expect(await problemOf(await office.enrol(province.server, elsewhere))).toBe('enrolment_refused');
    expect(await problemOf(await (await TestOffice.create()).enrol(province.server, used))).toBe(
      'enrolment_refused',
    );

    const before = now;
    now = new Date(now.getTime() + 31 * 86_400_000);
    expect(await problemOf(await office.enrol(province.server, expired))).toBe('enrolment_refused');
    now = before;
  });

  it('gives one code to one of two offices that try it at once', async () => {
    const offices = await Promise.all([TestOffice.create(), TestOffice.create()]);
    const shared = await code();
    const answers = await Promise.all(
      offices.map(async (office) => (await office.enrol(province.server, shared)).status),
    );
    expect(answers.sort()).toEqual([200, 403]);
  });

  it('answers an office whose answer was lost once more, until it has pushed', async () => {
    const office = await TestOffice.create();
    const lost = await code();
    await office.enrol(province.server, lost);
    const given = EnrolResponse.parse(await (await office.enrol(province.server, lost)).json());

    Object.assign(office, { id: given.officeId, credential: given.credential });
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
    expect(await problemOf(await office.enrol(province.server, lost))).toBe('enrolment_refused');
  });

  it('leaves the office its credential where the request for it arrives once more', async () => {
    const office = await TestOffice.create();
    const typed = await code();
    const given = EnrolResponse.parse(await (await office.enrol(province.server, typed)).json());
    const late = EnrolResponse.parse(await (await office.enrol(province.server, typed)).json());
    expect(late).toEqual(given);

    Object.assign(office, { id: given.officeId, credential: given.credential });
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
  });

  it('leaves the office its credential where a request with another code arrives under the same key', async () => {
    const office = await TestOffice.create();
    const [first, second] = [await code(), await code()];
    const given = EnrolResponse.parse(await (await office.enrol(province.server, second)).json());
    Object.assign(office, { id: given.officeId, credential: given.credential });
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
    const late = EnrolResponse.parse(await (await office.enrol(province.server, first)).json());
    expect(late).toEqual(given);
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
  });

  it('keeps what it knows of an office where a request arrives under the key that it stands under, and no longer', async () => {
    const { pool } = province.server;
    const area = '31.71.01.1003';
    const office = await TestOffice.enrolled(province.server, area, now);
    await pool.query(
      `UPDATE office SET last_contact_at = $1, known_key = 'x', refuses_since = $1 WHERE id = $2`,
      [now, office.id],
    );
    const known = async () =>
      (
        await pool.query('SELECT last_contact_at, known_key, refuses_since FROM office WHERE id = $1', [
          office.id,
        ])
      ).rows[0];
    const before = await known();
    expect((await office.enrol(province.server, await code(area), area)).status).toBe(200);
    expect(await known()).toEqual(before);
    await revokeOffice(pool, office.id, now);
    expect((await office.enrol(province.server, await code(area), area)).status).toBe(200);
    expect(await known()).toEqual({ last_contact_at: null, known_key: null, refuses_since: null });
  });

  it('answers once more also where the office was heard of before that code, and not since', async () => {
    const office = await TestOffice.enrolled(province.server, gambir, now);
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
    const before = now;
    now = new Date(now.getTime() + 60_000);
    const lost = await code();
    const [first, again] = [
      await office.enrol(province.server, lost),
      await office.enrol(province.server, lost),
    ];
    expect(EnrolResponse.parse(await again.json())).toEqual(EnrolResponse.parse(await first.json()));
    expect((await office.push(province.server, [legalised()])).status).toBe(200);
    expect(await problemOf(await office.enrol(province.server, lost))).toBe('enrolment_refused');
    now = before;
  });

  it('gives an office that comes back after its revocation another credential', async () => {
    const office = await TestOffice.enrolled(province.server, '31.71.01.1002');
    await revokeOffice(province.server.pool, office.id, now);
    const back = await office.enrol(province.server, await code('31.71.01.1002'), '31.71.01.1002');
    const given = EnrolResponse.parse(await back.json());
    expect(given.officeId).toBe(office.id);
    expect(given.credential).not.toBe(office.credential);
  });

  it('gives each of several offices of an area its own place back, whichever was revoked last', async () => {
    const area = '31.71.02.1001';
    const { pool } = province.server;
    const [first, second] = [
      await TestOffice.enrolled(province.server, area),
      await TestOffice.enrolled(province.server, area),
    ];
    const record = legalised({ body: inArea(area) });
    expect(await second.answers(province.server, [record])).toMatchObject([{ status: 'accepted' }]);
    for (const { id } of [second, first]) await revokeOffice(pool, id, now);
    const back = async (former: TestOffice): Promise<TestOffice> => {
      const office = await TestOffice.create();
      const answer = await office.enrol(province.server, await code(area), area, former);
      const { officeId, credential } = EnrolResponse.parse(await answer.json());
      return Object.assign(office, { id: officeId, credential });
    };
    const again = await back(second);
    expect(again.id).toBe(second.id);
    const correction = corrected(record, [['household.phone', '021-555']]);
    expect(await again.answers(province.server, [correction])).toMatchObject([{ status: 'accepted' }]);
    expect((await back(first)).id).toBe(first.id);
    await revokeOffice(pool, again.id, now);
    // A register that was put back, too, whatever keys it has had since; and one that is not known here is another.
    expect((await back(second)).id).toBe(second.id);
    const stranger = Object.assign(await TestOffice.create(), { id: randomUUID() });
    await revokeOffice(pool, second.id, now);
    expect([first.id, second.id]).not.toContain((await back(stranger)).id);
  });

  it('takes an office that does not say who it was for the one that was heard of last', async () => {
    const area = '31.71.02.1002';
    const [first, second] = [
      await TestOffice.enrolled(province.server, area),
      await TestOffice.enrolled(province.server, area),
    ];
    await second.push(province.server, [legalised({ body: inArea(area) })]);
    for (const { id } of [second, first]) await revokeOffice(province.server.pool, id, now);
    const back = await TestOffice.create();
    const answer = await back.enrol(province.server, await code(area), area);
    expect(EnrolResponse.parse(await answer.json()).officeId).toBe(second.id);
  });

  it('knows an office that comes with another code under the key it has: the answer before was lost', async () => {
    const area = '31.71.01.1003';
    const office = await TestOffice.enrolled(province.server, area);
    await revokeOffice(province.server.pool, office.id, now);
    const back = await TestOffice.create();
    await back.enrol(province.server, await code(area), area);
    const again = await back.enrol(province.server, await code(area), area);
    const given = EnrolResponse.parse(await again.json());
    expect(given.officeId).toBe(office.id);
    Object.assign(back, { id: given.officeId, credential: given.credential });
    expect((await back.push(province.server, [legalised()])).status).toBe(200);
  });

  it('refuses a key whose private half the sender does not hold', async () => {
    const office = await TestOffice.create();
    Object.assign(office, { publicKey: (await TestOffice.create()).publicKey });
    expect(await problemOf(await office.enrol(province.server, await code()))).toBe('signature_invalid');
  });

  it('refuses a revoked office, at its next request and in the middle of one', async () => {
    const office = await TestOffice.enrolled(province.server);
    await revokeOffice(province.server.pool, office.id, now);
    expect(await problemOf(await office.push(province.server, [legalised()]))).toBe('office_revoked');
  });

  it('takes nothing from an office that was revoked while it sent, nor from one that is another by now', async () => {
    const { pool } = province.server;
    const area = '31.71.01.1004';
    const key = await loadServerKey(pool);
    const office = await TestOffice.enrolled(province.server, area);
    const found = await findOffice(pool, office.id);
    if (found === null) throw new Error('The office was enrolled.');
    const told = found.office;
    const hash = 'a'.repeat(64);
    const recap = {
      periodId: '2026-11',
      closedAt: now.toISOString(),
      cells: [],
      carried: 0,
      carriedTo: '2027-05',
    };
    const ways: Record<string, () => Promise<unknown>> = {
      batch: () =>
        acceptBatch(
          pool,
          told,
          { wire: 1, batchId: randomUUID(), officeId: office.id, sentAt: now.toISOString(), records: [] },
          key,
          now,
        ),
      numbers: () =>
        grantNumbers(
          pool,
          told,
          { wire: 1, officeId: office.id, requestId: randomUUID(), count: 5 },
          key,
          now,
        ),
      chunk: () => takeChunk(pool, told, hash, 0, Buffer.from('x'), now),
      recap: () =>
        takeRecap(
          pool,
          told,
          { wire: 1, officeId: office.id, hash: hashOf(recap), recap },
          { bytes: Buffer.from('x'), signature: 'x' },
          key,
          now,
        ),
    };
    const refusals = async () =>
      await Promise.all(
        Object.values(ways).map(async (way) =>
          way().then(
            () => 'taken',
            (cause: unknown) => (cause instanceof Refusal ? cause.code : String(cause)),
          ),
        ),
      );
    await revokeOffice(pool, office.id, now);
    expect(await refusals()).toEqual(Array<string>(4).fill('office_revoked'));
    // It has come back by now, on another computer.
    const back = await TestOffice.create();
    const given = EnrolResponse.parse(
      await (await back.enrol(province.server, await code(area), area)).json(),
    );
    expect(given.officeId).toBe(office.id);
    expect(await refusals()).toEqual(Array<string>(4).fill('office_revoked'));
    const { rows } = await pool.query('SELECT 1 FROM period_recap WHERE office_id = $1', [office.id]);
    expect(rows).toEqual([]);
  });

  it('lets nobody take the place of a revoked office by a code that was made for none', async () => {
    const area = '31.71.01.1005';
    const office = await TestOffice.enrolled(province.server, area);
    await revokeOffice(province.server.pool, office.id, now);
    const stranger = await TestOffice.create();
    const given = await (await stranger.enrol(province.server, await code(null), area)).json();
    expect(EnrolResponse.parse(given).officeId).not.toBe(office.id);
  });

  it('keeps one signing key for all processes and starts', async () => {
    const another = await province.startAnother();
    const [one, two] = await Promise.all(
      [province.server, another].map(async (server) =>
        EnrolResponse.parse(await (await (await TestOffice.create()).enrol(server, await code())).json()),
      ),
    );
    expect(one?.serverKey).toEqual(two?.serverKey);
  });

  it('leaves an office its credential also where the province changed its key in between', async () => {
    const office = await TestOffice.create();
    const typed = await code();
    const given = EnrolResponse.parse(await (await office.enrol(province.server, typed)).json());
    await announceKey(province.server.pool, new Date());
    await changeKey(province.server.pool, new Date());
    const restarted = await province.startAnother({ now: () => now });
    const late = EnrolResponse.parse(await (await office.enrol(restarted, typed)).json());
    expect(late.credential).toBe(given.credential);
    expect(late.serverKey).not.toEqual(given.serverKey);
    Object.assign(office, { id: given.officeId, credential: given.credential });
    expect((await office.push(restarted, [legalised()])).status).toBe(200);
  });

  it('enrols offices also where private halves of earlier keys were destroyed', async () => {
    const { pool } = province.server;
    const area = '31.71.01.1006';
    const office = await TestOffice.enrolled(province.server, area);
    await announceKey(pool, new Date());
    await changeKey(pool, new Date());
    await pool.query(`UPDATE signing_key SET private_jwk = private_jwk - 'd' WHERE retired_at IS NOT NULL`);
    const restarted = await province.startAnother({ now: () => now });
    await revokeOffice(pool, office.id, now);
    const back = await office.enrol(restarted, await code(area), area);
    expect(EnrolResponse.parse(await back.json()).officeId).toBe(office.id);
    // Their public halves are all that the next key needs to vouch for them.
    const { publicJwk } = await announceKey(pool, new Date());
    const pinned = EnrolResponse.parse(
      await (await (await TestOffice.create()).enrol(province.server, await code())).json(),
    ).serverKey;
    const { keys = [] } = await readVouchers(pool);
    const known = await vouchedKeys({ serverKeys: [publicJwk], earlierKeys: [] }, keys);
    expect(known.earlierKeys.map(({ x }) => x)).toContain(pinned.x);
  });

  it('is done by no process that runs on with a key which got out', async () => {
    const { pool } = province.server;
    const standing = await TestOffice.enrolled(province.server);
    await replaceKey(pool, now);
    expect(await problemOf(await standing.push(province.server, [legalised()]))).toBe('office_revoked');
    const typed = await code();
    expect(await problemOf(await (await TestOffice.create()).enrol(province.server, typed))).toBe(
      'unavailable',
    );
    const restarted = await province.startAnother({ now: () => now });
    const given = await (await TestOffice.create()).enrol(restarted, typed);
    expect(EnrolResponse.parse(await given.json()).serverKey).toEqual((await loadServerKey(pool)).publicJwk);
  });
});

async function problemOf(response: Response): Promise<string> {
  return Problem.parse(await response.json()).error.code;
}

function inArea(kelurahan: string): (body: CaseLegalisedBody) => void {
  return (body) => Object.assign(body.household.address, { kelurahan });
}
