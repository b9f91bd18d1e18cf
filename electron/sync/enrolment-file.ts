import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import type { z } from 'zod';
import type { DecryptionKey, EncryptionKey } from '../../shared/provincial/courier.ts';
import { enrolmentCodeId, type EnrolmentHeader } from '../../shared/provincial/courier-enrolment.ts';
import { plainCode } from '../../shared/provincial/enrolment-code.ts';

/** Seals and opens the files of an enrolment without a line; knows nothing of what is in them. */

/** SHA-256 of a code, however it was typed: all that a province keeps of it. */
export function hashCode(code: string): Buffer {
  return createHash('sha256').update(plainCode(code)).digest();
}

/** By what a file says which code it is sealed with; tells nothing of the code. */
export function idOfCode(codeHash: Uint8Array): string {
  return derive(codeHash, enrolmentCodeId, 16).toString('base64url');
}

export async function sealEnrolment(
  codeHash: Uint8Array,
  header: Pick<EnrolmentHeader, 'typ' | 'wire' | 'key'>,
  content: unknown,
): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(content));
  return await new CompactEncrypt(plain)
    .setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
      ...header,
      kid: idOfCode(codeHash),
      size: plain.length,
    })
    .encrypt(derive(codeHash, header.typ, 32));
}

/** @returns null where it was altered, or sealed with another code, or for the other direction. */
export async function openEnrolment<Schema extends z.ZodType>(
  file: string,
  codeHash: Uint8Array,
  { typ }: EnrolmentHeader,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    const { plaintext } = await compactDecrypt(file.trim(), derive(codeHash, typ, 32), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return schema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
  } catch {
    return null;
  }
}

/** What the one alone may read that asked, also of those that have the code. */
export async function sealFor(key: EncryptionKey, content: unknown): Promise<string> {
  return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
    .encrypt(await importJWK(key, 'ECDH-ES'));
}

/** @returns null where it was altered, or is for another. */
export async function openWith<Schema extends z.ZodType>(
  key: DecryptionKey,
  sealed: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, await importJWK(key, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return schema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
  } catch {
    return null;
  }
}

function derive(codeHash: Uint8Array, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', codeHash, '', info, bytes));
}
