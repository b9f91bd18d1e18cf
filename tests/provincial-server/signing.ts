import {
  createHash,
  createPrivateKey,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import { calculateJwkThumbprint, flattenedVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import {
  type ConflictAnswer,
  type ConflictProof,
  type MergeNote,
  PublicKey,
  Receipt,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';

export interface ServerKey {
  kid: string;
  privateKey: KeyObject;
  publicJwk: PublicKey;
}

/** The key as it signs. */
export async function toServerKey(jwk: JWK): Promise<ServerKey> {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('The signing key is no Ed25519 key.');
  const publicJwk = await publicHalf(jwk);
  return { kid: publicJwk.kid, privateKey, publicJwk };
}

/** The key as it is shown, its private half kept or not. */
export async function publicHalf(jwk: JWK): Promise<PublicKey & { kid: string }> {
  const shown = PublicKey.parse({ kty: jwk.kty, crv: jwk.crv, x: jwk.x });
  return { ...shown, kid: await calculateJwkThumbprint(jwk) };
}

/** What the province says, under its signature for that one purpose. */
export function signCompact(key: ServerKey, typ: string, payload: unknown): string {
  const header = { alg: 'EdDSA', typ, kid: key.kid };
  const signed = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  // Not by jose, which takes twice as long: a batch has hundreds of receipts.
  const signature = sign(null, Buffer.from(signed, 'latin1'), key.privateKey);
  return `${signed}.${signature.toString('base64url')}`;
}

/** SHA-256 over the canonical JSON, as signatures name what they cover. */
export function digestOf(said: unknown): string {
  return sha256(canonicalJson(said)).toString('hex');
}

const SignedHeader = z.object({ kid: z.string() });

/** What was signed before, word for word, by the key that signs now: no office needs one that got out. */
export function signedNow(key: ServerKey, typ: string, jws: string): string {
  const [header, payload] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return SignedHeader.parse(JSON.parse(header ?? '')).kid === key.kid
    ? jws
    : signCompact(key, typ, JSON.parse(payload ?? ''));
}

/** As {@link signedNow}, of a receipt that names what was merged; receipts of before did not. */
export function receiptNow(key: ServerKey, receipt: string, merged: MergeNote | undefined): string {
  if (merged === undefined) return signedNow(key, signatureType.receipt, receipt);
  const payload = Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString();
  const read = Receipt.parse(JSON.parse(payload));
  // In the order of the schema, as a receipt of today is written: the same words are the same receipt.
  return read.mergedHash === undefined
    ? signCompact(key, signatureType.receipt, Receipt.parse({ ...read, mergedHash: digestOf(merged) }))
    : signedNow(key, signatureType.receipt, receipt);
}

/** The answer under a signature for just this record. */
export function signConflict(
  key: ServerKey,
  about: Pick<ConflictProof, 'officeId' | 'key' | 'caseId' | 'hash'>,
  answer: ConflictAnswer,
): ConflictAnswer {
  const payload: ConflictProof = { wire: wireVersion, ...about, answerHash: digestOf(answer) };
  return { ...answer, proof: signCompact(key, signatureType.conflict, payload) };
}

/** Whether a detached signature header covers exactly these bytes, by this key, for this purpose. */
export async function isSignedBy(
  publicJwk: PublicKey,
  header: string | undefined,
  bytes: Uint8Array,
  type: string,
): Promise<boolean> {
  const [protectedHeader, none, signature, ...rest] = header?.split('.') ?? [];
  if (!protectedHeader || none !== '' || !signature || rest.length > 0) return false;
  try {
    const key = await importJWK(publicJwk, 'EdDSA');
    // Not by jose's own base64, which takes longer over a batch than the signature.
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
    const jws = { protected: protectedHeader, payload, signature };
    const { protectedHeader: verified } = await flattenedVerify(jws, key, {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    return verified?.typ === type;
  } catch {
    return false;
  }
}

/**
 * The bearer token of an office: its id and a secret of which the server keeps only the hash. The same
 * for the same enrolment, since its answers may overtake each other: Ed25519 signs alike each time, and
 * nobody else can.
 */
export function makeCredential(
  key: ServerKey,
  officeId: string,
  { codeHash, publicKey }: { codeHash: Buffer; publicKey: PublicKey },
): { credential: string; hash: Buffer } {
  const enrolment = { officeId, code: codeHash.toString('base64url'), key: publicKey.x };
  const secret = sha256(signCompact(key, 'mutakhir-credential', enrolment)).toString('base64url');
  return { credential: `${officeId}.${secret}`, hash: sha256(secret) };
}

/** Id (of an office, or of a reader's token) and secret, or null where it has not the shape of one. */
export function readCredential(authorization: string | undefined): { id: string; secret: string } | null {
  const match = /^Bearer ([0-9a-f-]{36})\.([\w-]{43})$/.exec(authorization ?? '');
  return match?.[1] && match[2] ? { id: match[1], secret: match[2] } : null;
}

export function matchesHash(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(sha256(secret), hash);
}

/** Sixteen characters of Crockford's alphabet, 80 bits: not to be guessed in the life of a code. */
export function makeCode(): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const characters = Array.from(randomBytes(16), (byte) => alphabet[byte % 32]).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
