import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { z } from 'zod';
import { compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import {
  type ConflictAnswer,
  ConflictProof,
  type MergeNote,
  PrivateKey,
  PublicKey,
  Receipt,
  signatureType,
} from '../../shared/provincial/wire.ts';

/** A new Ed25519 key pair of the office; the private half as JWK, as it is kept in the register. */
export async function makeOfficeKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return PrivateKey.parse(await exportJWK(privateKey));
}

export function publicHalf(privateKey: PrivateKey): PublicKey {
  return PublicKey.parse({ kty: privateKey.kty, crv: privateKey.crv, x: privateKey.x });
}

/** Detached signature over these bytes: a compact JWS with its payload left out (RFC 7515, Appendix F). */
export function signDetached(privateKey: PrivateKey, bytes: Uint8Array, typ: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ })).toString('base64url');
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
  // Not by jose, which holds several copies of what it signs, and takes three times as long.
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  const signature = sign(null, Buffer.from(`${header}.${payload}`, 'latin1'), key);
  return `${header}..${signature.toString('base64url')}`;
}

/** What a receipt must be for, field by field; `version` is the least it may name (a merge raises it). */
export type Expected = Pick<Receipt, 'officeId' | 'key' | 'kind' | 'caseId' | 'version' | 'hash'>;

/**
 * Opens a receipt: signed by the pinned key, for this purpose, and for exactly this record.
 *
 * @returns null where any of it does not hold; such an answer marks nothing as sent.
 */
export async function openReceipt(
  jws: string,
  serverKey: PublicKey,
  expected: Expected,
): Promise<Receipt | null> {
  const receipt = await openSigned(jws, serverKey, signatureType.receipt, Receipt);
  if (receipt === null) return null;
  const { officeId, key: recordKey, kind, caseId, version, hash } = expected;
  const fits =
    receipt.officeId === officeId &&
    receipt.key === recordKey &&
    receipt.kind === kind &&
    receipt.caseId === caseId &&
    receipt.version >= version &&
    receipt.hash === hash;
  return fits ? receipt : null;
}

/**
 * Whether the receipt is for just this merge, or for none. A version above the record's own comes of a
 * merge alone, so that one which an older server did not sign is noticed where its note was taken away, too.
 */
export function isMergeProven(
  receipt: Receipt,
  merged: MergeNote | undefined,
  recordVersion: number,
): boolean {
  if (merged === undefined) return receipt.mergedHash === undefined && receipt.version === recordVersion;
  return receipt.mergedHash !== undefined && hashOf(merged) === receipt.mergedHash;
}

/** Whether the province signed this conflict, word for word, for exactly this record. */
export async function isConflictProven(
  { proof, ...said }: ConflictAnswer,
  serverKey: PublicKey,
  { officeId, key, caseId, hash }: Pick<Expected, 'officeId' | 'key' | 'caseId' | 'hash'>,
): Promise<boolean> {
  if (proof === undefined) return false;
  const proven = await openSigned(proof, serverKey, signatureType.conflict, ConflictProof);
  return (
    proven !== null &&
    proven.officeId === officeId &&
    proven.key === key &&
    proven.caseId === caseId &&
    proven.hash === hash &&
    proven.answerHash === hashOf(said)
  );
}

/** Null for what has no canonical JSON: nobody can have signed that. */
function hashOf(said: unknown): string | null {
  try {
    return createHash('sha256').update(canonicalJson(said)).digest('hex');
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}

/**
 * Opens what the province signed for a purpose: the payload, read by its schema.
 *
 * @returns null where signature, purpose or shape do not hold.
 */
export async function openSigned<Schema extends z.ZodType>(
  jws: string,
  serverKey: PublicKey,
  typ: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    const key = await importJWK(serverKey, 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA', 'Ed25519'] });
    if (protectedHeader.typ !== typ) return null;
    return schema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return null;
  }
}

/** Reads what was opened by {@link openSigned} before it was kept; null where it has not this shape. */
export function readProven<Schema extends z.ZodType>(jws: string, schema: Schema): z.infer<Schema> | null {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
  return schema.safeParse(JSON.parse(payload)).data ?? null;
}
