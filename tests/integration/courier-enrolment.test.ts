import { beforeEach, describe, expect, it } from 'vitest';
import {
  askByCourier,
  enrolmentWaiting,
  readEnrolmentAnswer,
} from '../../electron/services/courier-enrolment.ts';
import { findAskedEnrolment } from '../../electron/store/courier-enrolment.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { findLinkRecord, findNextKey, findOfficeKey } from '../../electron/store/office-link.ts';
import { lookAt, makeDecryptionKey, encryptionHalf } from '../../electron/sync/courier-file.ts';
import {
  hashCode,
  idOfCode,
  openEnrolment,
  openWith,
  sealEnrolment,
  sealFor,
} from '../../electron/sync/enrolment-file.ts';
import { enrolRequest } from '../../electron/sync/province-client.ts';
import { makeOfficeKey, signJson } from '../../electron/sync/signatures.ts';
import {
  EnrolmentAsked,
  enrolmentDirection,
  EnrolmentTold,
} from '../../shared/provincial/courier-enrolment.ts';
import { EnrolResponse, Problem, signatureHeader, signatureType } from '../../shared/provincial/wire.ts';
import { enrolByCourier } from '../provincial-server/courier-enrolment.ts';
import { createEnrolmentCode, findOffice, revokeOffice } from '../provincial-server/offices.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import { signCompact } from '../provincial-server/signing.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, codeOf, refusal } from './carrying.ts';
import { cut } from './line.ts';
import { codeOf as codeOfCall, kelurahan, noted } from './office.ts';
import { lendOffice, provinceTime, type PushingOffice } from './pushing.ts';

describe('an office without any line', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });
  beforeEach(() => {
    o.line.fault = cut;
  });
  const { round, take: takeBundle } = carrierOf(
    () => o,
    () => province,
  );

  const newCode = (area: string | null = kelurahan) =>
    createEnrolmentCode(province.server.pool, area, provinceTime);
  const administrator = async () => {
    const { account } = await (await o.t.as('administrator')).session.current.query();
    return { id: account.id, name: account.name, role: account.role };
  };
  const ask = async (code: string) =>
    (await askByCourier(o.register(), await administrator(), { code })).content;
  const take = async (file: string) => await readEnrolmentAnswer(o.register(), await administrator(), file);
  const atProvince = async (file: string, { now = provinceTime, address = province.server.address } = {}) => {
    const { pool } = province.server;
    return await enrolByCourier(pool, await loadServerKey(pool), file, address, now);
  };
  /** All that an answer may change. */
  const stand = () => {
    const { db } = o.register();
    return {
      link: findLinkRecord(db),
      keys: findCourierKeys(db),
      asked: findAskedEnrolment(db),
      own: [findOfficeKey(db), findNextKey(db)],
    };
  };
  const enrolled = async () => {
    const { file } = await atProvince(await ask(await newCode()));
    await take(file);
  };
  /** Somebody who has a code changes a file. */
  const changed = async (file: string, code: string, change: Partial<EnrolmentTold>, wire = 1) => {
    const { typ, key } = headOf(file);
    return await sealEnrolment(
      hashCode(code),
      { typ, wire, key },
      { ...(await opened(file, code)), ...change },
    );
  };

  it('enrols by a stick, and its bundles go from the first day', async () => {
    const caseId = await o.legalise(1);
    const file = await ask(await newCode());
    expect(enrolmentWaiting(o.register())).toEqual({ askedAt: provinceTime.toISOString() });
    const read = await atProvince(file);
    expect(read).toMatchObject({
      officeName: 'Kelurahan Gambir',
      area: kelurahan,
      fileName: 'kurir-terdaftar-3171011001.mutakhir',
    });
    const status = await take(read.file);
    expect(status.province).toMatchObject({ address: province.server.address });
    expect(enrolmentWaiting(o.register())).toBeNull();
    expect(noted(o.register(), 'kantor_didaftarkan')).toMatchObject([{ lewat: 'kurir' }]);

    expect(await round()).toMatchObject({ number: 1, confirmed: 1, waiting: 0, proof: 'cocok' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(o.line.delivered).toEqual([]);
    // And once there is one, the line knows it, too.
    o.line.fault = null;
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'tersambung');
    await o.accepted(2);
  });

  it('tells the courier nothing but a public key', async () => {
    const code = await newCode();
    const file = await ask(code);
    const { file: answer } = await atProvince(file);
    await take(answer);
    const { link } = stand();
    // Nor the credential to who has the code, too.
    expect(
      JSON.stringify([
        await opened(answer, code),
        await openEnrolment(file, hashCode(code), headOf(file), EnrolmentAsked),
      ]),
    ).not.toContain(link?.credential);
    for (const carried of [file, answer]) {
      const seen = carried
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
        .join();
      for (const secret of [code, code.replaceAll('-', ''), 'Gambir', kelurahan, link?.credential ?? ''])
        expect(seen).not.toContain(secret);
    }
  });

  it('writes what is of no use over the line, to whoever has the code and the file', async () => {
    const code = await newCode();
    const file = await ask(code);
    const asked = await openEnrolment(file, hashCode(code), headOf(file), EnrolmentAsked);
    await atProvince(file);
    const lifted = await fetch(`${province.server.address}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [signatureHeader]: asked?.signature ?? '' },
      body: Buffer.from(asked?.request ?? '', 'base64url'),
    });
    expect(Problem.parse(await lifted.json()).error.code).toBe('signature_invalid');
  });

  it('waits through a restart, under the key that it asked for', async () => {
    const file = await ask(await newCode());
    const before = stand();
    await o.t.restart();
    expect(stand()).toEqual(before);
    await take((await atProvince(file)).file);
    expect(stand().own).toEqual(before.own);
    expect(stand().link).not.toBeNull();
  });

  it('keeps what it waits for before it hands the file out, or nothing of it', async () => {
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER power_cut BEFORE INSERT ON event WHEN NEW.type = 'pendaftaran_kurir_diminta'
       BEGIN SELECT RAISE(ABORT, 'power cut'); END`,
    );
    const code = await newCode();
    await expect(ask(code)).rejects.toThrow('power cut');
    expect(stand()).toEqual({ link: null, keys: null, asked: null, own: [null, null] });
    db.exec('DROP TRIGGER power_cut');
    await take((await atProvince(await ask(code))).file);
    expect(stand().link).not.toBeNull();
  });

  it('takes an answer whole, or nothing of it', async () => {
    const { file } = await atProvince(await ask(await newCode()));
    const before = stand();
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER power_cut BEFORE INSERT ON event WHEN NEW.type = 'kantor_didaftarkan'
       BEGIN SELECT RAISE(ABORT, 'power cut'); END`,
    );
    await expect(take(file)).rejects.toThrow('power cut');
    expect(stand()).toEqual(before);
    db.exec('DROP TRIGGER power_cut');
    await take(file);
    expect(stand()).toMatchObject({ asked: null });
    expect(stand().keys).not.toBeNull();
  });

  it('is answered alike where the province stopped before it wrote the answer, or the stick was lost', async () => {
    const code = await newCode();
    const file = await ask(code);
    const first = await atProvince(file);
    const again = await atProvince(await ask(code));
    const [one, other] = [await opened(first.file, code), await opened(again.file, code)];
    expect(await granted(one)).toEqual(await granted(other));
    expect(await granted(one)).not.toBeNull();
    await take(first.file);
    expect(await codeOf(take(again.file))).toBe('already_enrolled');
    expect(await round()).toMatchObject({ number: 1 });
  });

  it('says what is wrong with a file that is no answer for it, and changes nothing', async () => {
    const code = await newCode();
    const own = await ask(code);
    const { file } = await atProvince(own);
    const stranger = await makeOfficeKey();
    const before = stand();
    const refused = async (answer: string) => await codeOf(take(answer));
    expect(await refused(file.slice(0, -30))).toBe('courier_cut');
    expect(await refused('bukan apa-apa')).toBe('enrolment_file_other');
    expect(await refused(own)).toBe('enrolment_file_own');
    expect(await refused(await changed(file, code, {}, 2))).toBe('enrolment_file_newer');
    const head = { typ: enrolmentDirection.down, wire: 1 };
    const told = await opened(file, code);
    const key = told?.key ?? '';
    const forOther = { ...head, key: stranger.x };
    expect(await refused(await sealEnrolment(hashCode(code), forOther, told))).toBe(
      'enrolment_file_other_office',
    );
    expect(await refused(await sealEnrolment(hashCode(await newCode()), { ...head, key }, told))).toBe(
      'enrolment_file_other_code',
    );
    // By whoever guesses at the code, but not at what names it.
    expect(await refused(await forged({ ...head, key }, code, told))).toBe('enrolment_file_altered');
    expect(await refused(await changed(file, code, { key: stranger.x }))).toBe('enrolment_file_altered');
    const pool = province.server.pool;
    const signer = await loadServerKey(pool);
    const half = encryptionHalf(await makeDecryptionKey());
    const courierKey = signCompact(signer, signatureType.receipt, { wire: 1, key: half });
    expect(await refused(await changed(file, code, { courierKey }))).toBe('enrolment_file_altered');
    const enrolledAnew = await sealFor(half, await granted(told));
    expect(await refused(await changed(file, code, { enrolled: enrolledAnew }))).toBe(
      'enrolment_file_altered',
    );
    expect(await refused(file.slice(0, 400) + (file[400] === 'A' ? 'B' : 'A') + file.slice(401))).toBe(
      'enrolment_file_altered',
    );
    expect(await refused(await changed(file, code, { address: 'http://10.0.0.1' }))).toBe(
      'province_address_insecure',
    );
    expect(stand()).toEqual(before);
    await take(file);
    expect(await refused(file)).toBe('already_enrolled');
    expect(await codeOf(takeBundle(file))).toBe('courier_enrolment_file');
  });

  it('takes no answer that it did not ask for', async () => {
    const code = await newCode();
    const key = await makeOfficeKey();
    const asked = {
      ...enrolRequest(key, { name: 'Lain', area: kelurahan }, code),
      replyKey: encryptionHalf(await makeDecryptionKey()),
      training: false,
    };
    const { bytes, signature } = signJson(key, asked, signatureType.courierEnrolment);
    const request = Buffer.from(bytes).toString('base64url');
    const header = { typ: enrolmentDirection.up, wire: 1, key: key.x };
    const file = await sealEnrolment(hashCode(code), header, { wire: 1, request, signature });
    expect(await codeOf(take((await atProvince(file)).file))).toBe('enrolment_not_asked');
  });

  it('waits for the answer to its last request; an older one is read once its code is typed again', async () => {
    const [first, second] = [await newCode(), await newCode()];
    const { file } = await atProvince(await ask(first));
    await ask(second);
    expect(await codeOf(take(file))).toBe('enrolment_file_other_code');
    await ask(first);
    await take(file);
    expect(await round()).toMatchObject({ number: 1 });
  });

  it('may enrol over the line that is back: the stick is read, and changes nothing', async () => {
    const code = await newCode();
    const file = await ask(code);
    o.line.fault = null;
    await (await o.t.as('administrator')).sync.enrol.mutate({ address: province.server.address, code });
    const link = findLinkRecord(o.register().db);
    expect(enrolmentWaiting(o.register())).toBeNull();
    await o.accepted(1);
    expect(await refusal(atProvince(file))).toContain('sudah terdaftar dan sudah menghubungi provinsi');
    await o.accepted(2);
    expect(findLinkRecord(o.register().db)).toMatchObject({ credential: link?.credential });
  });

  it('keeps its credential where it enrolled over the line with another code, whichever is read last', async () => {
    const file = await ask(await newCode());
    o.line.fault = null;
    await o.enrol(province.server);
    await o.accepted(1);
    const officeId = o.officeId();
    const { file: answer } = await atProvince(file);
    await o.accepted(2);
    expect(await codeOf(take(answer))).toBe('already_enrolled');
    expect([o.officeId(), o.status().connection]).toEqual([officeId, 'tersambung']);
  });

  it('is told over the line what the stick has brought already', async () => {
    const code = await newCode();
    const { file } = await atProvince(await ask(code));
    o.line.fault = null;
    await (await o.t.as('administrator')).sync.enrol.mutate({ address: province.server.address, code });
    expect(await codeOf(take(file))).toBe('already_enrolled');
    await o.accepted(1);
  });

  it('asks for nothing while it is connected', async () => {
    o.line.fault = null;
    await o.enrol(province.server);
    await o.until(({ connection }) => connection === 'tersambung');
    expect(await codeOf(ask(await newCode()))).toBe('already_enrolled');
  });

  it('comes back as itself after its enrolment was withdrawn, which it heard of nobody', async () => {
    await enrolled();
    const caseId = await o.legalise(1);
    await round();
    const officeId = o.officeId();
    const { pool } = province.server;
    const file = await ask(await newCode());
    const before = stand();
    expect(await refusal(atProvince(file))).toContain('masih terdaftar di sini');
    expect(await findOffice(pool, officeId)).toMatchObject({
      revoked: false,
      office: { publicKey: { x: before.own[0]?.x } },
    });
    await revokeOffice(pool, officeId, provinceTime);
    await take((await atProvince(file)).file);
    expect(o.officeId()).toBe(officeId);
    expect(stand().own).toEqual([before.own[1], null]);
    await o.legalise(2);
    expect(await round()).toMatchObject({ confirmed: 1, waiting: 0, proof: 'cocok' });
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });

  it('has its request refused at the province with a sentence that says what to do', async () => {
    const code = await newCode();
    const file = await ask(code);
    expect(await refusal(atProvince(file.slice(0, -30)))).toContain('terpotong');
    expect(await refusal(atProvince('bukan apa-apa'))).toContain('bukan permintaan pendaftaran');
    expect(
      await refusal(atProvince(file.slice(0, 500) + (file[500] === 'A' ? 'B' : 'A') + file.slice(501))),
    ).toContain('berubah di jalan');
    expect(await refusal(atProvince(await ask('ABCD-EFGH-JKMN-PQRS')))).toContain(
      'bukan kode dari provinsi ini',
    );
    const later = new Date(provinceTime.getTime() + 31 * 86_400_000);
    expect(await refusal(atProvince(file, { now: later }))).toContain('kedaluwarsa');
    expect(await refusal(atProvince(await ask(await newCode('31.71.01.1002'))))).toContain(
      'untuk wilayah 31.71.01.1002',
    );
    expect(await refusal(atProvince(file, { address: 'http://10.0.0.1' }))).toContain('harus memakai https');
    const head = { typ: enrolmentDirection.up, wire: 1, key: findOfficeKey(o.register().db)?.x ?? '' };
    const asked = await openEnrolment(file, hashCode(code), headOf(file), EnrolmentAsked);
    const resealed = (change: object, header = head) =>
      sealEnrolment(hashCode(code), header, { ...asked, ...change });
    expect(await refusal(atProvince(await resealed({}, { ...head, wire: 2 })))).toContain('lebih baru');
    const request = Buffer.from('{').toString('base64url');
    expect(await refusal(atProvince(await resealed({ request })))).toContain('berubah di jalan');
    const stranger = await makeOfficeKey();
    expect(await refusal(atProvince(await resealed({}, { ...head, key: stranger.x })))).toContain(
      'berubah di jalan',
    );

    const { file: answer } = await atProvince(file);
    expect(await refusal(atProvince(answer))).toContain('jawaban pendaftaran untuk kantor');
    await ask(code);
    await take(answer);
    await round();
    expect(await refusal(atProvince(file))).toContain('sudah terdaftar dan sudah menghubungi provinsi');
  });

  it('lets its administrator alone do it, with a whole code', async () => {
    const post = async (path: string, role: 'administrator' | 'lurah', body: string) =>
      await o.t.office.fetch(
        new Request(`http://mutakhir.test/files/courier/enrolment${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await o.t.tokenOf(role)}` },
          body,
        }),
      );
    const typed = JSON.stringify({ code: await newCode() });
    expect((await post('', 'lurah', typed)).status).toBe(403);
    expect((await post('/answer', 'lurah', 'x')).status).toBe(403);
    expect(await codeOfCall((await o.t.as('lurah')).courier.enrolment.query())).toBe('not_allowed');
    const short = await post('', 'administrator', JSON.stringify({ code: 'ABCD-EFGH-JKMN' }));
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('16 huruf dan angka')]);
    expect((await post('/answer', 'administrator', 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);

    const asked = await post('', 'administrator', typed);
    expect(asked.headers.get('content-disposition')).toContain('kurir-daftar-3171011001.mutakhir');
    const { file } = await atProvince(await asked.text());
    const answered = await post('/answer', 'administrator', file);
    expect(await answered.json()).toMatchObject({ province: { address: province.server.address } });
  });

  function headOf(file: string) {
    const outside = lookAt(file);
    if (outside.kind !== 'enrolment') throw new Error(outside.kind);
    return outside.header;
  }

  async function opened(file: string, code: string): Promise<EnrolmentTold | null> {
    return await openEnrolment(file, hashCode(code), headOf(file), EnrolmentTold);
  }

  /** What is for this office alone. */
  async function granted(told: EnrolmentTold | null) {
    const replyKey = findAskedEnrolment(o.register().db)?.replyKey;
    return replyKey === undefined ? null : await openWith(replyKey, told?.enrolled ?? '', EnrolResponse);
  }

  /** Named after the right code, and sealed with another. */
  async function forged(
    head: { typ: (typeof enrolmentDirection)['down']; wire: number; key: string },
    code: string,
    told: EnrolmentTold | null,
  ): Promise<string> {
    const kid = idOfCode(hashCode(code));
    const other = await sealEnrolment(hashCode('ZZZZ-ZZZZ-ZZZZ-ZZZZ'), head, told);
    const [first = '', ...rest] = other.split('.');
    const renamed = { ...JSON.parse(Buffer.from(first, 'base64url').toString()), kid };
    return [Buffer.from(JSON.stringify(renamed)).toString('base64url'), ...rest].join('.');
  }
});
