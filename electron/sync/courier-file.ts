import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  CompactEncrypt,
  CompactSign,
  compactDecrypt,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import type { z } from 'zod';
import { EnrolmentHeader } from '../../shared/provincial/courier-enrolment.ts';
import { CourierHeader, DecryptionKey, EncryptionKey } from '../../shared/provincial/courier.ts';

/** Makes and opens bundles; knows nothing of what is in them. */

const [deflate, inflate] = [promisify(gzip), promisify(gunzip)];

/** Bytes of a bundle's content once inflated; far above any office's outbox. */
const longest = 512 * 1024 * 1024;

export async function makeDecryptionKey(): Promise<DecryptionKey> {
  const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
  return DecryptionKey.parse(await exportJWK(privateKey));
}

export function encryptionHalf({ kty, crv, x }: DecryptionKey): EncryptionKey {
  return EncryptionKey.parse({ kty, crv, x });
}

/**
 * @param signWith the sender's Ed25519 key
 * @param sealFor the reader's X25519 key
 */
export async function makeBundle(
  content: unknown,
  header: Pick<CourierHeader, 'typ' | 'officeId' | 'number' | 'keys'>,
  signWith: CryptoKey | JWK,
  sealFor: EncryptionKey,
): Promise<string> {
  const signer =
    'type' in signWith && 'algorithm' in signWith ? signWith : await importJWK(signWith, 'EdDSA');
  const signed = await new CompactSign(await deflate(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'EdDSA', typ: header.typ })
    .sign(signer);
  const plain = new TextEncoder().encode(signed);
  return await new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...header, size: plain.length })
    .encrypt(await importJWK(sealFor, 'ECDH-ES'));
}

/** Whether a bundle can be encrypted to this key: not every 32 bytes are a point that agrees on one. */
export async function canSealFor(key: EncryptionKey): Promise<boolean> {
  try {
    await new CompactEncrypt(new Uint8Array(1))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(await importJWK(key, 'ECDH-ES'));
    return true;
  } catch {
    return false;
  }
}

/** What a file says of itself before anyone opens it. */
export type Outside =
  | { kind: 'bundle'; header: CourierHeader }
  /** Of an enrolment without a line. */
  | { kind: 'enrolment'; header: EnrolmentHeader }
  /** No file of a courier at all, or one whose beginning is damaged. */
  | { kind: 'other' }
  /** One that breaks off, at times before what it says of itself is whole. */
  | { kind: 'cut' };

/** How the header of each begins, in whole groups of base64url. */
const beginnings = ['{"alg":"ECDH-ES', '{"alg":"dir","e'].map((text) =>
  Buffer.from(text).toString('base64url'),
);

export function lookAt(file: string): Outside {
  const [first = '', ...parts] = file.trim().split('.');
  const read = readHeader(first);
  if (read === null) return { kind: parts.length === 0 && isBegun(first) ? 'cut' : 'other' };
  const content = parts[2];
  if (parts.length !== 4 || content === undefined) return { kind: parts.length < 4 ? 'cut' : 'other' };
  const tag = Buffer.from(parts[3] ?? '', 'base64url').length;
  if (Buffer.from(content, 'base64url').length < read.header.size || tag < 16) return { kind: 'cut' };
  return read;
}

function readHeader(part: string): Extract<Outside, { header: unknown }> | null {
  const json = readJson(part);
  const bundle = CourierHeader.safeParse(json);
  if (bundle.success) return { kind: 'bundle', header: bundle.data };
  const enrolment = EnrolmentHeader.safeParse(json);
  return enrolment.success ? { kind: 'enrolment', header: enrolment.data } : null;
}

function isBegun(part: string): boolean {
  return part !== '' && beginnings.some((whole) => whole.startsWith(part.slice(0, whole.length)));
}

/**
 * Opens a bundle: decrypts, verifies the sender's signature for this direction, and reads the content.
 *
 * @param signedBy the keys that the sender may have signed with
 * @returns null where any of it fails: a file that was altered, or one for somebody else's key.
 */
export async function openBundle<Schema extends z.ZodType>(
  file: string,
  openWith: DecryptionKey,
  signedBy: readonly JWK[],
  header: CourierHeader,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    const { plaintext } = await compactDecrypt(file.trim(), await importJWK(openWith, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const { payload, protectedHeader } = await Promise.any(
      signedBy.map(async (key) =>
        compactVerify(plaintext, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA', 'Ed25519'] }),
      ),
    );
    if (protectedHeader.typ !== header.typ) return null;
    const json = await inflate(payload, { maxOutputLength: longest });
    return schema.parse(JSON.parse(json.toString('utf8')));
  } catch {
    return null;
  }
}

function readJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
