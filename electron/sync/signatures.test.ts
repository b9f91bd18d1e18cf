import { createPrivateKey, randomBytes, sign as signBytes } from 'node:crypto';
import { compactVerify, CompactSign, flattenedVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type PrivateKey, type Receipt, signatureType } from '../../shared/provincial/wire.ts';
import {
  allKeys,
  type Expected,
  makeOfficeKey,
  openReceipt,
  openSigned,
  publicHalf,
  signDetached,
  signingKeys,
  vouchedKeys,
} from './signatures.ts';

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
    expect(await openReceipt(await sign(receipt), [publicHalf(serverKey)], expected)).toEqual(receipt);
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
      await openReceipt(await sign({ ...receipt, [field]: other }), [publicHalf(serverKey)], expected),
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
      expect(await openReceipt(bad, [publicHalf(serverKey)], expected)).toBeNull();
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

it.each([0, 1, 2, 3, 24 * 1024 - 1, 24 * 1024, 24 * 1024 + 1, 100_000])(
  'signs %d bytes as any reader of JWS writes them',
  async (length) => {
    const key = await makeOfficeKey();
    const bytes = randomBytes(length);
    const [header, , signature] = signDetached(key, bytes, signatureType.chunk).split('.');
    const jws = { protected: header, payload: bytes.toString('base64url'), signature: String(signature) };
    await flattenedVerify(jws, await importJWK(publicHalf(key), 'EdDSA'));
    expect(header).not.toBe('');
  },
);

describe('what is signed', () => {
  const typ = signatureType.down;

  /** Under any header at all, as jose would not write it. */
  function signed(key: PrivateKey, header: unknown, payload = '{"nama":"Ñ"}'): string {
    const text = [JSON.stringify(header), payload]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    const made = signBytes(null, Buffer.from(text), createPrivateKey({ key, format: 'jwk' }));
    return `${text}.${made.toString('base64url')}`;
  }

  /** By jose; null where it does not open. */
  async function openedByJose(jws: string, key: PrivateKey): Promise<unknown> {
    try {
      const { payload, protectedHeader } = await compactVerify(
        jws,
        await importJWK(publicHalf(key), 'EdDSA'),
        {
          algorithms: ['EdDSA', 'Ed25519'],
        },
      );
      return protectedHeader.typ === typ ? JSON.parse(new TextDecoder().decode(payload)) : null;
    } catch {
      return null;
    }
  }

  it('opens where it opens for jose, and nowhere else', async () => {
    const [key, other] = [await makeOfficeKey(), await makeOfficeKey()];
    const good = signed(key, { alg: 'EdDSA', typ, kid: 'x' });
    const [header = '', payload = '', signature = ''] = good.split('.');
    const headerOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cases: [opens: boolean, jws: string][] = [
      [true, good],
      [true, signed(key, { alg: 'Ed25519', typ })],
      [false, signed(other, { alg: 'EdDSA', typ })],
      [false, signed(key, { alg: 'EdDSA' })],
      [false, signed(key, { alg: 'EdDSA', typ: signatureType.batch })],
      [false, signed(key, { alg: 'EdDSA', typ, crit: ['exp'], exp: 1 })],
      [false, signed(key, { alg: 'EdDSA', typ, crit: [] })],
      [false, signed(key, { alg: 'EdDSA', typ, crit: null })],
      ...['none', 'HS256', 'ES256', 'Ed448', '', null].map((alg): [boolean, string] => [
        false,
        signed(key, { alg, typ }),
      ]),
      [false, signed(key, [{ alg: 'EdDSA', typ }])],
      [false, signed(key, null)],
      [false, signed(key, { alg: 'EdDSA', typ }, 'no JSON')],
      [false, `${headerOf({ alg: 'EdDSA', typ, kid: 'y' })}.${payload}.${signature}`],
      [false, `${headerOf({ alg: 'none', typ })}.${payload}.`],
      [false, `${header}.${payload}`],
      [false, `${header}..${signature}`],
      [false, `${good}.${payload}`],
      [false, `${header}.${payload}.${signature.slice(1)}`],
      [false, `${header}.${payload}.${signature}AA`],
      [false, `${header}.${payload.slice(0, -1)}.${signature}`],
      [false, `${header}.${payload}.${randomBytes(64).toString('base64url')}`],
      [false, ` ${good}`],
    ];
    for (const [opens, jws] of cases) {
      const expectedPayload = opens ? { nama: 'Ñ' } : null;
      expect([jws, await openSigned(jws, [publicHalf(key)], typ, z.unknown())]).toEqual([
        jws,
        expectedPayload,
      ]);
      expect([jws, await openedByJose(jws, key)]).toEqual([jws, expectedPayload]);
    }
    // Whichever key was asked for before, and however many.
    const many = await Promise.all(Array.from({ length: 9 }, () => makeOfficeKey()));
    for (const by of many) expect(await openSigned(good, [publicHalf(by)], typ, z.unknown())).toBeNull();
    const ofOther = signed(other, { alg: 'EdDSA', typ });
    for (const [by, opens] of [
      [other, ofOther],
      [key, good],
      [other, ofOther],
    ] as const)
      for (const jws of [good, ofOther])
        expect([jws, await openSigned(jws, [publicHalf(by)], typ, z.unknown())]).toEqual([
          jws,
          jws === opens ? { nama: 'Ñ' } : null,
        ]);
    // Every single character counts.
    for (let at = 0; at < good.length - 1; at += 7) {
      const altered = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
      expect([at, await openSigned(altered, [publicHalf(key)], typ, z.unknown())]).toEqual([at, null]);
    }
  });
});

describe('keys that the province vouches for', () => {
  const at = '2026-11-22T02:00:00.000Z';

  async function voucher(by: PrivateKey, relation: string, of: PrivateKey): Promise<string> {
    const told = { wire: 1, key: publicHalf(of), relation, vouchedAt: at };
    return await new CompactSign(new TextEncoder().encode(JSON.stringify(told)))
      .setProtectedHeader({ alg: 'EdDSA', typ: signatureType.serverKey })
      .sign(await importJWK(by, 'EdDSA'));
  }

  const known = (serverKeys: PrivateKey[], earlierKeys: PrivateKey[] = []) => ({
    serverKeys: serverKeys.map(publicHalf),
    earlierKeys: earlierKeys.map(publicHalf),
  });

  /** What a province tells that changed its key twice, not in the order in which it did; and a stranger. */
  async function twice() {
    const [one = never(), two = never(), three = never(), stranger = never()] = await Promise.all(
      Array.from({ length: 4 }, () => makeOfficeKey()),
    );
    const told = [
      await voucher(three, 'earlier', one),
      await voucher(three, 'earlier', two),
      await voucher(two, 'next', three),
      await voucher(two, 'earlier', one),
      await voucher(one, 'next', two),
    ];
    return { one, two, three, stranger, told };
  }

  it('are known from each of them, in whatever order they are told, and no others', async () => {
    const { one, two, three, stranger, told } = await twice();
    const foreign = [
      await voucher(stranger, 'next', stranger),
      await voucher(stranger, 'next', two),
      await voucher(stranger, 'earlier', two),
    ];
    const all = [...foreign, ...told];
    expect(await vouchedKeys(known([one]), all)).toEqual(known([one, two, three]));
    expect(await vouchedKeys(known([two]), all)).toEqual(known([two, three], [one]));
    expect(await vouchedKeys(known([three]), all)).toEqual(known([three], [one, two]));
    expect(await vouchedKeys(known([one, two], []), all)).toEqual(known([one, two, three]));
    expect(await vouchedKeys(known([three], [one]), [])).toEqual(known([three], [one]));
  });

  it('are named by the newest alone: an old one that got out names none', async () => {
    const { one, two, three, stranger, told } = await twice();
    const forged = await Promise.all(
      [one, two].flatMap((out) => [voucher(out, 'next', stranger), voucher(out, 'earlier', stranger)]),
    );
    for (const standing of [known([one, two, three]), known([two, three], [one]), known([three], [one, two])])
      expect(await vouchedKeys(standing, [...forged, ...told, ...forged])).toEqual(standing);
    // Nor does one of before that is met in the same page.
    expect(await vouchedKeys(known([three]), [...forged, ...told])).toEqual(known([three], [one, two]));
  });

  it('have one successor each, the first that was told', async () => {
    const { one, two, three, stranger, told } = await twice();
    const forged = await voucher(one, 'next', stranger);
    expect(await vouchedKeys(known([one]), [...told, forged])).toEqual(known([one, two, three]));
    expect(await vouchedKeys(known([one, two]), [forged, ...told])).toEqual(known([one, two, three]));
  });

  it('are none that stand in a relation which this version does not know, or in none', async () => {
    const { one, two, three, told } = await twice();
    const [old, next] = [await voucher(one, 'lain', three), await voucher(two, 'next', three)];
    expect(await vouchedKeys(known([one]), [old])).toEqual(known([one]));
    const { payload } = await compactVerify(next, await importJWK(publicHalf(two), 'EdDSA'));
    const { relation, ...bare } = z
      .looseObject({ relation: z.string() })
      .parse(JSON.parse(new TextDecoder().decode(payload)));
    expect(relation).toBe('next');
    const unmarked = await new CompactSign(new TextEncoder().encode(JSON.stringify(bare)))
      .setProtectedHeader({ alg: 'EdDSA', typ: signatureType.serverKey })
      .sign(await importJWK(two, 'EdDSA'));
    expect(await vouchedKeys(known([two]), [unmarked])).toEqual(known([two]));
    expect(await vouchedKeys(known([one]), [old, ...told])).toEqual(known([one, two, three]));
  });

  it('open what was signed long ago, each; what is said now, the newest and the one before', async () => {
    const { one, two, three, stranger } = await twice();
    const keys = known([one, two, three], [stranger]);
    expect(signingKeys(keys)).toEqual([two, three].map(publicHalf));
    expect(allKeys(keys)).toEqual([stranger, one, two, three].map(publicHalf));
    expect(signingKeys(known([one], [two]))).toEqual([publicHalf(one)]);
  });
});

function never(): never {
  throw new Error('A key is missing.');
}
