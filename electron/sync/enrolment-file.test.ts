import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { enrolmentDirection } from '../../shared/provincial/courier-enrolment.ts';
import { lookAt } from './courier-file.ts';
import { hashCode, idOfCode, openEnrolment, sealEnrolment } from './enrolment-file.ts';

const code = 'ABCD-EFGH-JKMN-P0Q1';
const content = { office: 'Kelurahan Gambir' };
const Content = z.object({ office: z.string() });
const header = { typ: enrolmentDirection.up, wire: 1, key: 'k'.repeat(43) } as const;

const seal = () => sealEnrolment(hashCode(code), header, content);
const open = (file: string, typed: string) => {
  const outside = lookAt(file);
  if (outside.kind !== 'enrolment') throw new Error(outside.kind);
  return openEnrolment(file, hashCode(typed), outside.header, Content);
};

describe('the file of an enrolment without a line', () => {
  it('is opened by whoever has the code, however it is typed, and by nobody else', async () => {
    const file = await seal();
    expect(await open(file, code)).toEqual(content);
    expect(await open(file, ' abcdefgh jkmn poqi ')).toEqual(content);
    expect(await open(file, 'ABCD-EFGH-JKMN-P0Q2')).toBeNull();
  });

  it('is opened after the known steps of RFC 5869 and RFC 7516', async () => {
    // The same by another program: HKDF of Web Crypto, and AES-GCM by hand.
    const [head = '', , iv = '', text = '', tag = ''] = (await seal()).split('.');
    const secret = await crypto.subtle.importKey('raw', new Uint8Array(hashCode(code)), 'HKDF', false, [
      'deriveKey',
    ]);
    const info = new TextEncoder().encode('mutakhir-kurir-daftar');
    const key = await crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
      secret,
      { name: 'AES-GCM', length: 256 },
      false,
      ['decrypt'],
    );
    const plain = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: Buffer.from(iv, 'base64url'),
        additionalData: new TextEncoder().encode(head),
      },
      key,
      Buffer.concat([Buffer.from(text, 'base64url'), Buffer.from(tag, 'base64url')]),
    );
    expect(JSON.parse(Buffer.from(plain).toString())).toEqual(content);
  });

  it('passes for no file of the other direction, and for none whose header was changed', async () => {
    const [head = '', ...rest] = (await seal()).split('.');
    const changed = (change: object) =>
      [
        Buffer.from(
          JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...change }),
        ).toString('base64url'),
        ...rest,
      ].join('.');
    expect(await open(changed({}), code)).toEqual(content);
    for (const change of [{ typ: enrolmentDirection.down }, { wire: 2 }, { key: 'x'.repeat(43) }])
      expect(await open(changed(change), code), JSON.stringify(change)).toBeNull();
  });

  it('says which code it is sealed with by what tells nothing of it', async () => {
    const outside = lookAt(await seal());
    expect(outside).toMatchObject({
      kind: 'enrolment',
      header: { ...header, kid: idOfCode(hashCode(code)) },
    });
    expect(hashCode(code).toString('base64url')).not.toContain(idOfCode(hashCode(code)));
    expect(idOfCode(hashCode('ABCD-EFGH-JKMN-P0Q2'))).not.toBe(idOfCode(hashCode(code)));
  });

  it('is known for what it is where it was cut off, wherever that was', async () => {
    const file = await seal();
    for (let length = 1; length < file.length; length += 1)
      expect(lookAt(file.slice(0, length)).kind, String(length)).toBe('cut');
    expect(lookAt('').kind).toBe('other');
  });
});
