import { describe, expect, it } from 'vitest';
import { lostEnrolment } from '../../electron/store/migrations/045-lost-enrolment.ts';
import { findLinkRecord, findNextKey, putOfficeKey } from '../../electron/store/office-link.ts';
import { findCarried, replaceCarried } from '../../electron/store/proof.ts';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import { createEnrolmentCode, revokeOffice } from '../provincial-server/offices.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut } from './line.ts';
import { codeOf, kelurahan, noted } from './office.ts';
import { lendOffice, provinceTime, type PushingOffice } from './pushing.ts';

describe('an enrolment that is asked for twice at once', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });

  const bothAtOnce = async (codes: readonly [string, string], second = province.server.address) => {
    const administrator = await o.t.as('administrator');
    const enrol = async (code: string, address: string) =>
      await codeOf(administrator.sync.enrol.mutate({ address, code }));
    return await Promise.all([enrol(codes[0], province.server.address), enrol(codes[1], second)]);
  };
  const newCode = () => createEnrolmentCode(province.server.pool, kelurahan, o.t.clock.now());

  const enrolledThenRevoked = async () => {
    await o.enrol(province.server);
    await revokeOffice(province.server.pool, o.officeId(), provinceTime);
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
  };
  const enrolments = () => noted(o.register(), 'kantor_didaftarkan').length;
  /** As the same province is called from this computer as well. */
  const otherName = () => province.server.address.replace('127.0.0.1', 'localhost');

  it('is one, under one key, and what is legalised goes through', async () => {
    const code = await newCode();
    expect(await bothAtOnce([code, code])).toEqual(['no error', 'no error']);
    await o.accepted(1);
    expect(enrolments()).toBe(1);
  });

  it('is one also where the office enrols anew', async () => {
    await enrolledThenRevoked();
    const code = await newCode();
    expect(await bothAtOnce([code, code])).toEqual(['no error', 'no error']);
    await o.accepted(1);
    expect(enrolments()).toBe(2);
  });

  it('is asked for again by the second where the first is refused', async () => {
    expect(await bothAtOnce(['AAAA-BBBB', await newCode()])).toEqual(['enrolment_refused', 'no error']);
    await o.accepted(1);
  });

  it('is asked for again by the second where the first is refused and the office enrols anew', async () => {
    await enrolledThenRevoked();
    expect(await bothAtOnce(['AAAA-BBBB', await newCode()])).toEqual(['enrolment_refused', 'no error']);
    await o.accepted(1);
  });

  it('leaves behind what was compared with the province before, and what a courier brought of it', async () => {
    await o.enrol(province.server);
    const caseId = await o.accepted(1);
    await province.server.pool.query('DELETE FROM province_case WHERE case_id = $1', [caseId]);
    const verifier = await o.t.as('petugas_verifikasi');
    expect((await verifier.proof.compare.mutate()).differences).toHaveLength(1);
    replaceCarried(o.register().db, new Map([['kunci', null]]));
    await revokeOffice(province.server.pool, o.officeId(), provinceTime);
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
    o.line.fault = (request, pass) => (request.url.includes('/v1/proof') ? cut(request, pass) : pass());
    const code = await newCode();
    await (await o.t.as('administrator')).sync.enrol.mutate({ address: province.server.address, code });
    expect(o.status().proof).toBeNull();
    expect(await verifier.proof.view.query()).toMatchObject({ mark: null, areas: [], differences: [] });
    expect(findCarried(o.register().db, 'kunci')).toBeUndefined();
  });

  it('says so where the second is for another province', async () => {
    await enrolledThenRevoked();
    const codes = [await newCode(), await newCode()] as const;
    expect(await bothAtOnce(codes, otherName())).toEqual(['no error', 'already_enrolled']);
    await o.accepted(1);
    expect(enrolments()).toBe(2);
  });
});

describe('a register that is updated after the answer to a second enrolment was lost', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('comes back as the office that it is, with another code and no operator', async () => {
    const caseId = await o.accepted(1);
    const officeId = o.officeId();
    const { pool, address } = province.server;
    await revokeOffice(pool, officeId, provinceTime);
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');

    // As the version before migration 41 did it: the new key in the place of the old, and the answer lost.
    const { db } = o.register();
    const key = await makeOfficeKey();
    o.t.clock.advance(60_000);
    putOfficeKey(db, key, o.t.clock.now().toISOString());
    const code = await createEnrolmentCode(pool, kelurahan, o.t.clock.now());
    const office = { name: 'Kelurahan Gambir', area: kelurahan };
    expect(await o.register().push?.client.enrol(address, key, office, code)).toMatchObject({
      kind: 'answered',
    });

    db.exec(lostEnrolment.sql);
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
    await o.enrol(province.server);
    expect(o.officeId()).toBe(officeId);
    expect(findNextKey(db)).toBeNull();
    await o.correct(caseId, (body) => Object.assign(body, { phone: '021-555' }));
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(caseId)).toMatchObject({ state: 'diterima' });
  });

  it('is left alone where its enrolment stands', async () => {
    o.line.fault = cut;
    const { db } = o.register();
    const before = findLinkRecord(db);
    db.exec(lostEnrolment.sql);
    expect([findNextKey(db), findLinkRecord(db)]).toEqual([null, before]);
  });
});
