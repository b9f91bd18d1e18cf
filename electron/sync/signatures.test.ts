import { CompactSign, flattenedVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PrivateKey, type Receipt, signatureType } from '../../shared/provincial/wire.ts';
import { type Expected, makeOfficeKey, openReceipt, publicHalf, signDetached } from './signatures.ts';

const expected: Expected = {
  officeId: '0198a000-0000-7000-8000-000000000001',
  key: '0198a000-0000-7000-8000-000000000002',
  kind: 'case.legalised',
  caseId: '0198a000-0000-7000-8000-000000000003',
  version: 2,
  hash: 'a'.repeat(64),
};
const receipt: Receipt = {
  ...expected,
  wire: 1,
  receiptId: '0198a000-0000-7000-8000-000000000004',
  serverTime: '2026-11-22T02:00:00.000Z',
};

describe('a receipt', () => {
  let serverKey: PrivateKey;
  beforeAll(async () => {
    serverKey = await makeOfficeKey();
  });

  async function sign(
    payload: unknown,
    key = serverKey,
    typ: string = signatureType.receipt,
  ): Promise<string> {
    return await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'EdDSA', typ })
      .sign(await importJWK(key, 'EdDSA'));
  }

  it('opens when the pinned key signed it for this very record', async () => {
    expect(await openReceipt(await sign(receipt), publicHalf(serverKey), expected)).toEqual(receipt);
  });

  it.each(Object.keys(expected))('does not open when its %s is another', async (field) => {
    const other =
      field === 'version'
        ? 1
        : field === 'hash'
          ? 'b'.repeat(64)
          : field === 'kind'
            ? 'case.corrected'
            : '0198a000-0000-7000-8000-00000000000f';
    expect(
      await openReceipt(await sign({ ...receipt, [field]: other }), publicHalf(serverKey), expected),
    ).toBeNull();
  });

  it('does not open when it was altered, signed by another key or for another purpose, or is no receipt', async () => {
    const jws = await sign(receipt);
    const [head, , tail] = jws.split('.');
    const altered = `${head}.${Buffer.from(JSON.stringify({ ...receipt, serverTime: '2026-11-23T02:00:00.000Z' })).toString('base64url')}.${tail}`;
    for (const bad of [
      altered,
      await sign(receipt, await makeOfficeKey()),
      await sign(receipt, serverKey, signatureType.batch),
      await sign({ ok: true }),
      'a.b.c',
      '',
    ])
      expect(await openReceipt(bad, publicHalf(serverKey), expected)).toBeNull();
  });
});

it('signs bytes apart from them, so that any reader of JWS can verify it', async () => {
  const key = await makeOfficeKey();
  const whole = new TextEncoder().encode('xx{"nama":"Ñ"}');
  const bytes = whole.subarray(2);
  const [header, none, signature] = signDetached(key, bytes, signatureType.batch).split('.');
  expect(none).toBe('');
  const jws = { protected: header, signature: String(signature) };
  const verify = async (payload: Uint8Array) =>
    await flattenedVerify(
      { ...jws, payload: Buffer.from(payload).toString('base64url') },
      await importJWK(publicHalf(key), 'EdDSA'),
    );
  expect((await verify(bytes)).protectedHeader).toEqual({ alg: 'EdDSA', typ: signatureType.batch });
  await expect(verify(whole)).rejects.toThrow('signature verification failed');
});
