import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { exportJWK, generateKeyPair } from 'jose';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import {
  type ConflictAnswer,
  ConflictProof,
  KeyVoucher,
  type MergeNote,
  PrivateKey,
  PublicKey,
  Receipt,
  signatureType,
} from '../../shared/provincial/wire.ts';
import { letGo } from './let-go.ts';

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
  // Not by jose, which holds several copies of what it signs, and takes three times as long.
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  const signed = signedText(header, bytes);
  const signature = sign(null, signed, key);
  letGo(signed);
  return `${header}..${signature.toString('base64url')}`;
}

/** What goes out as JSON, byte for byte, and its detached signature. */
export function signJson(
  privateKey: PrivateKey,
  said: unknown,
  typ: string,
): { bytes: Uint8Array<ArrayBuffer>; signature: string } {
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return { bytes, signature: signDetached(privateKey, bytes, typ) };
}

/** So many bytes are written as base64url at once, a multiple of three: no text as long as the whole is made. */
const writtenAtOnce = 24 * 1024;

function signedText(header: string, bytes: Uint8Array): Buffer<ArrayBuffer> {
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not from the pool that small buffers share: it is given back by itself.
  const text = Buffer.allocUnsafeSlow(header.length + 1 + Math.ceil((payload.length * 4) / 3));
  let end = text.write(`${header}.`, 'latin1');
  for (let at = 0; at < payload.length; at += writtenAtOnce)
    end += text.write(payload.toString('base64url', at, at + writtenAtOnce), end, 'latin1');
  return text;
}

/** The province's keys, as an office knows them. */
export interface ProvinceKeys {
  /** The one that was pinned at enrolment, and each that the one before it vouched for as its successor. */
  serverKeys: readonly PublicKey[];
  /** Of before the pinned one. */
  earlierKeys: readonly PublicKey[];
}

/** Those that open what the province says now: the newest, which may be announced only, and the one before it. */
export function signingKeys({ serverKeys }: ProvinceKeys): readonly PublicKey[] {
  return serverKeys.slice(-2);
}

/** Those that open what may have been signed long ago, an answer that is given again; the newest last. */
export function allKeys({ serverKeys, earlierKeys }: ProvinceKeys): readonly PublicKey[] {
  return [...earlierKeys, ...serverKeys];
}

/**
 * The keys that are known, and those that the newest of them vouches for. Only the newest may: the successor of each
 * other is known already, so that an old key which gets out names none. Of two successors the first one counts, and
 * what nobody known has signed counts for nothing.
 */
export async function vouchedKeys(known: ProvinceKeys, vouchers: readonly string[]): Promise<ProvinceKeys> {
  const serverKeys = [...known.serverKeys];
  const earlierKeys = [...known.earlierKeys];
  const isNew = ({ x }: PublicKey): boolean => [...serverKeys, ...earlierKeys].every((key) => key.x !== x);
  const named = async (relation: KeyVoucher['relation']): Promise<PublicKey[]> => {
    const newest = serverKeys.slice(-1);
    const opened = await Promise.all(
      vouchers.map((jws) => openSigned(jws, newest, signatureType.serverKey, KeyVoucher)),
    );
    return opened.flatMap((told) => (told?.relation === relation ? [told.key] : []));
  };
  for (;;) {
    const next = (await named('next')).find(isNew);
    if (next === undefined) break;
    serverKeys.push(next);
  }
  for (const key of await named('earlier')) if (isNew(key)) earlierKeys.push(key);
  return { serverKeys, earlierKeys };
}

/** What a receipt must be for, field by field; `version` is the least it may name (a merge raises it). */
export type Expected = Pick<Receipt, 'officeId' | 'key' | 'kind' | 'caseId' | 'version' | 'hash'>;

/**
 * Opens a receipt: signed by a key of the province, for this purpose, and for exactly this record.
 *
 * @returns null where any of it does not hold; such an answer marks nothing as sent.
 */
export async function openReceipt(
  jws: string,
  serverKeys: readonly PublicKey[],
  expected: Expected,
): Promise<Receipt | null> {
  const receipt = await openSigned(jws, serverKeys, signatureType.receipt, Receipt);
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
  serverKeys: readonly PublicKey[],
  { officeId, key, caseId, hash }: Pick<Expected, 'officeId' | 'key' | 'caseId' | 'hash'>,
): Promise<boolean> {
  if (proof === undefined) return false;
  const proven = await openSigned(proof, serverKeys, signatureType.conflict, ConflictProof);
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
 * Opens what the province signed for a purpose, by any of its keys: the payload, read by its schema.
 *
 * @returns null where signature, purpose or shape do not hold.
 */
export async function openSigned<Schema extends z.ZodType>(
  jws: string,
  serverKeys: readonly PublicKey[],
  typ: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  // The newest signs what comes today.
  for (const key of serverKeys.toReversed()) {
    try {
      const { header, payload } = verifyCompact(jws, key);
      return header.typ === typ ? schema.parse(JSON.parse(payload)) : null;
    } catch {
      // Of another key, perhaps.
    }
  }
  return null;
}

/** A compact JWS by Ed25519, and nothing that would change what its signature means (RFC 7515, 4.1.11). */
const compactJws = /^[\w-]+\.[\w-]+\.[\w-]{86}$/;
const SignedHeader = z.object({
  alg: z.enum(['EdDSA', 'Ed25519']),
  typ: z.string(),
  crit: z.undefined().optional(),
  b64: z.undefined().optional(),
});

/**
 * Not by jose: that goes through a promise of another thread for each of a batch's hundreds of receipts, and
 * takes three times as long. `signatures.test.ts` holds the two against each other.
 *
 * @throws where the key has not signed this.
 */
function verifyCompact(
  jws: string,
  publicKey: PublicKey,
): { header: z.infer<typeof SignedHeader>; payload: string } {
  if (!compactJws.test(jws)) throw new TypeError('No compact JWS by Ed25519.');
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const key = readPublicKey(publicKey);
  const signed = Buffer.from(`${header}.${payload}`, 'latin1');
  if (!verify(null, signed, key, Buffer.from(signature, 'base64url')))
    throw new TypeError('Signed by another key, or altered.');
  return { header: SignedHeader.parse(JSON.parse(textOf(header))), payload: textOf(payload) };
}

/** Keys as they were read, by their `x`; the oldest goes when there are too many. */
const readKeys = new Map<string, KeyObject>();
const mostReadKeys = 8;

/** Each is kept: a province has few, and reading one costs half of what verifying by it does. */
function readPublicKey(jwk: PublicKey): KeyObject {
  const known = readKeys.get(jwk.x);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('No Ed25519 key.');
  const [oldest] = readKeys.keys();
  if (oldest !== undefined && readKeys.size === mostReadKeys) readKeys.delete(oldest);
  readKeys.set(jwk.x, key);
  return key;
}

function textOf(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('utf8');
}

/** Reads what was opened by {@link openSigned} before it was kept; null where it has not this shape. */
export function readProven<Schema extends z.ZodType>(jws: string, schema: Schema): z.infer<Schema> | null {
  return schema.safeParse(JSON.parse(textOf(jws.split('.')[1] ?? ''))).data ?? null;
}
