import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptionHalf, lookAt, makeDecryptionKey } from '../../electron/sync/courier-file.ts';
import { hashCode, openEnrolment, openWith, sealEnrolment } from '../../electron/sync/enrolment-file.ts';
import { enrolRequest } from '../../electron/sync/province-client.ts';
import { makeOfficeKey, publicHalf, signJson } from '../../electron/sync/signatures.ts';
import type { DecryptionKey } from '../../shared/provincial/courier.ts';
import { enrolmentDirection, EnrolmentTold } from '../../shared/provincial/courier-enrolment.ts';
import {
  EnrolResponse,
  type PrivateKey,
  Problem,
  signatureHeader,
  signatureType,
} from '../../shared/provincial/wire.ts';
import { CourierRefusal } from './courier.ts';
import { enrolByCourier } from './courier-enrolment.ts';
import { createEnrolmentCode, revokeOffice } from './offices.ts';
import { loadServerKey } from './server-keys.ts';
import { gambir, startTestProvince, type TestProvince } from './testing.ts';

describe('an enrolment by a courier, at the province', () => {
  let province: TestProvince;
  let key: PrivateKey;
  let replyKey: DecryptionKey;
  const now = new Date('2026-11-22T02:00:00Z');

  beforeAll(async () => {
    province = await startTestProvince({ now: () => now });
    [key, replyKey] = [await makeOfficeKey(), await makeDecryptionKey()];
  });
  afterAll(async () => {
    await province.stop();
  });

  const newCode = () => createEnrolmentCode(province.server.pool, gambir, now);
  /** What an office asks, signed for a way. */
  const signed = (
    code: string,
    { by = key, change = {}, typ = signatureType.courierEnrolment as string } = {},
  ) =>
    signJson(
      by,
      {
        ...enrolRequest(by, { name: 'Kelurahan Gambir', area: gambir }, code),
        replyKey: encryptionHalf(replyKey),
        training: false,
        ...change,
      },
      typ,
    );
  const post = async ({ bytes, signature }: ReturnType<typeof signed>) =>
    await fetch(`${province.server.address}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [signatureHeader]: signature },
      body: bytes,
    });
  /** The office's file, or one by whoever has its code. */
  const sealed = async (
    code: string,
    { bytes, signature }: ReturnType<typeof signed>,
    beside = {},
    by = key,
  ) =>
    await sealEnrolment(
      hashCode(code),
      { typ: enrolmentDirection.up, wire: 1, key: by.x },
      { wire: 1, request: Buffer.from(bytes).toString('base64url'), signature, ...beside },
    );
  const read = async (file: string, at = now) => {
    const { pool } = province.server;
    return await enrolByCourier(pool, await loadServerKey(pool), file, 'https://provinsi.test', at);
  };
  const refusal = async (work: Promise<unknown>) =>
    await work.then(
      () => 'nothing',
      (cause: unknown) => (cause instanceof CourierRefusal ? cause.message : `odd: ${String(cause)}`),
    );
  /** The credential, for whoever has the code and this key. */
  const granted = async (file: string, code: string, openedBy: DecryptionKey) => {
    const outside = lookAt(file);
    if (outside.kind !== 'enrolment') throw new Error(outside.kind);
    const told = await openEnrolment(file, hashCode(code), outside.header, EnrolmentTold);
    return await openWith(openedBy, told?.enrolled ?? '', EnrolResponse);
  };

  it('is of no use over the line to whoever takes the request out of its file', async () => {
    const code = await newCode();
    const asked = signed(code);
    const problem = async () => Problem.parse(await (await post(asked)).json()).error.code;
    expect(await problem()).toBe('signature_invalid');
    const { file } = await read(await sealed(code, asked));
    // The code is used now, and the office was not heard of: over the line, it would be answered once more.
    expect((await post(signed(code, { typ: signatureType.enrolment }))).status).toBe(200);
    expect(await problem()).toBe('signature_invalid');
    expect(await granted(file, code, replyKey)).not.toBeNull();
  });

  it('takes no request of the line, and none that asks for an answer under another key than it was signed with', async () => {
    const code = await newCode();
    const thief = await makeDecryptionKey();
    const asked = signed(code);
    const exchanged = signed(code, { by: await makeOfficeKey(), change: { publicKey: publicHalf(key) } });
    const withThief = signed(code, { change: { replyKey: encryptionHalf(thief) } });
    for (const forged of [
      signed(code, { typ: signatureType.enrolment }),
      signed(code, { typ: signatureType.enrolment, change: { replyKey: undefined, training: undefined } }),
      { ...withThief, signature: asked.signature },
      exchanged,
    ])
      expect(await refusal(read(await sealed(code, forged)))).toContain('berubah di jalan');
    // Beside what is signed, a key counts for nothing.
    const { file } = await read(await sealed(code, asked, { replyKey: encryptionHalf(thief) }));
    expect(await granted(file, code, thief)).toBeNull();
    expect(await granted(file, code, replyKey)).not.toBeNull();
  });

  it('takes no request for an answer that nobody could read, and none of an office for training', async () => {
    const code = await newCode();
    const noPoint = { ...encryptionHalf(replyKey), x: 'A'.repeat(43) };
    const asking = async (change: object) =>
      await refusal(read(await sealed(code, signed(code, { change }))));
    expect(await asking({ replyKey: noPoint })).toContain('berubah di jalan');
    expect(await asking({ training: true })).toContain('kantor latihan');
  });

  it('asks for a newer program where the request within is newer', async () => {
    const code = await newCode();
    expect(await refusal(read(await sealed(code, signed(code, { change: { wire: 2 } }))))).toContain(
      'lebih baru',
    );
  });

  it('does not lead the operator to revoke the office whose own request comes late', async () => {
    const { pool } = province.server;
    const code = await newCode();
    const own = await sealed(code, signed(code));
    await read(own);
    const muchLater = new Date(now.getTime() + 31 * 86_400_000);
    expect(await refusal(read(own, muchLater))).toContain('kedaluwarsa');
    await pool.query(`UPDATE office SET last_contact_at = $1 WHERE public_key ->> 'x' = $2`, [now, key.x]);
    for (const at of [now, muchLater]) {
      const told = await refusal(read(own, at));
      expect(told).toContain(
        'sudah terdaftar dan sudah menghubungi provinsi; tidak ada yang perlu dilakukan',
      );
      expect(told).not.toContain('cabut');
    }

    const stranger = await makeOfficeKey();
    const other = await sealed(code, signed(code, { by: stranger }), {}, stranger);
    expect(await refusal(read(other))).toContain(
      'bukan komputer Kelurahan Gambir ini, cabut pendaftaran itu',
    );

    const { rows } = await pool.query(`SELECT id FROM office WHERE public_key ->> 'x' = $1`, [key.x]);
    await revokeOffice(pool, String(rows[0].id), now);
    expect(await refusal(read(own))).toContain(
      'sudah dicabut. Bila kantor ini harus terdaftar lagi, buat kode baru',
    );
    // As the sentence says: it comes back by another code.
    const again = await newCode();
    const { file } = await read(await sealed(again, signed(again)));
    expect(await granted(file, again, replyKey)).toMatchObject({ officeId: rows[0].id });
  });
});
