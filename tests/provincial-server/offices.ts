import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { hashCode } from '../../electron/sync/enrolment-file.ts';
import { CourierEnrolRequest } from '../../shared/provincial/courier-enrolment.ts';
import {
  EnrolRequest,
  type EnrolResponse,
  PublicKey,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import { parse } from './parse-request.ts';
import { Refusal } from './refusal.ts';
import { earlierKeys, isLost } from './server-keys.ts';
import {
  isSignedBy,
  makeCode,
  makeCredential,
  matchesHash,
  readCredential,
  type ServerKey,
} from './signing.ts';

export interface EnrolledOffice {
  id: string;
  name: string;
  area: string;
  /** Code of the city its records are kept by. */
  city: string;
  publicKey: PublicKey;
}

/**
 * A new single-use code, valid for 30 days.
 *
 * @param area the area it is for; null leaves that to the office (for trying by hand).
 */
export async function createEnrolmentCode(pool: Tx, area: string | null, now: Date): Promise<string> {
  const code = makeCode();
  const expires = new Date(now.getTime() + 30 * 86_400_000);
  await pool.query(
    'INSERT INTO enrolment_code (code_hash, area, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [hashCode(code), area, now, expires],
  );
  return code;
}

interface CodeRow {
  area: string | null;
  expires_at: Date;
  office_id: string | null;
  used_at: Date | null;
}

/** What each way takes, and what it is signed for: what came by the one is of no use on the other. */
export const enrolmentWays = {
  line: { schema: EnrolRequest, typ: signatureType.enrolment },
  courier: { schema: CourierEnrolRequest, typ: signatureType.courierEnrolment },
} as const;

/**
 * The request of an enrolment: its bytes are signed, for the way it came, by the private half of the key that it is for.
 *
 * @throws Refusal `wire_unsupported`, `invalid_request`, `signature_invalid`.
 */
export async function readEnrolRequest<Schema extends z.ZodType<EnrolRequest>>(
  { schema, typ }: { schema: Schema; typ: string },
  bytes: Uint8Array,
  json: unknown,
  signature: string | undefined,
): Promise<z.infer<Schema>> {
  const request = parse(schema, json);
  if (!(await isSignedBy(request.publicKey, signature, bytes, typ))) throw new Refusal('signature_invalid');
  return request;
}

/**
 * Enrols an office. Repeat-safe: an office whose answer was lost sends the same code under the same
 * key again and gets the same credential, as long as it was not heard of since. So it does not matter
 * which of the answers reaches it, nor whether a request arrives long after.
 *
 * @throws Refusal `enrolment_refused`; which of the reasons it was is not told to strangers. `unavailable` where this
 * process runs on with a key that got out.
 */
export async function enrol(
  pool: Pool,
  request: EnrolRequest,
  serverKey: ServerKey,
  now: Date,
): Promise<EnrolResponse> {
  return await inTransaction(pool, async (tx) => {
    if (await isLost(tx, serverKey)) throw new Refusal('unavailable', { retryAfter: 60 });
    const hash = hashCode(request.code);
    const { rows } = await tx.query<CodeRow>(
      'SELECT area, expires_at, office_id, used_at FROM enrolment_code WHERE code_hash = $1 FOR UPDATE',
      [hash],
    );
    const code = rows[0];
    if (!code || code.expires_at <= now) throw new Refusal('enrolment_refused');
    if (code.area !== null && code.area !== request.office.area) throw new Refusal('enrolment_refused');
    if (code.office_id !== null && !(await isUnansweredRepeat(tx, code, request)))
      throw new Refusal('enrolment_refused');

    const officeId = code.office_id ?? (await findItself(tx, request, code)) ?? randomUUID();
    const { credential, hash: credentialHash } = await credentialFor(tx, serverKey, officeId, {
      codeHash: hash,
      publicKey: request.publicKey,
    });
    await tx.query(
      `INSERT INTO office (id, name, area, public_key, credential_hash, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, public_key = excluded.public_key, credential_hash = excluded.credential_hash,
         enrolled_at = excluded.enrolled_at, revoked_at = NULL, (last_contact_at, known_key, refuses_since) = (
           SELECT office.last_contact_at, office.known_key, office.refuses_since
           WHERE office.revoked_at IS NULL AND office.public_key ->> 'x' = excluded.public_key ->> 'x')`,
      [officeId, request.office.name, request.office.area, request.publicKey, credentialHash, now],
    );
    await tx.query('UPDATE enrolment_code SET office_id = $2, used_at = $3 WHERE code_hash = $1', [
      hash,
      officeId,
      now,
    ]);
    return {
      wire: wireVersion,
      officeId,
      credential,
      serverKey: serverKey.publicJwk,
      serverTime: now.toISOString(),
    };
  });
}

/**
 * The one that stands, where an enrolment under this very key made it, also by a key that the province signed with
 * before, or with another code: of two requests, over the line and by a courier, neither takes the other's away.
 */
async function credentialFor(
  tx: Tx,
  serverKey: ServerKey,
  officeId: string,
  enrolment: Parameters<typeof makeCredential>[2],
): Promise<ReturnType<typeof makeCredential>> {
  const { rows } = await tx.query<{ credential_hash: Buffer }>(
    'SELECT credential_hash FROM office WHERE id = $1 AND revoked_at IS NULL',
    [officeId],
  );
  const [standing] = rows;
  if (standing === undefined) return makeCredential(serverKey, officeId, enrolment);
  const codes = await tx.query<{ code_hash: Buffer }>(
    'SELECT code_hash FROM enrolment_code WHERE office_id = $1',
    [officeId],
  );
  const hashes = [enrolment.codeHash, ...codes.rows.map(({ code_hash }) => code_hash)];
  const made = [serverKey, ...(await earlierKeys(tx))].flatMap((key) =>
    hashes.map((codeHash) => makeCredential(key, officeId, { ...enrolment, codeHash })),
  );
  return (
    made.find(({ hash }) => standing.credential_hash.equals(hash)) ??
    makeCredential(serverKey, officeId, enrolment)
  );
}

/**
 * An office that was revoked comes back as itself, under a new key: its cases, receipts and numbers
 * stay its own. So does one that comes with another code under the key that it has: the answer to the
 * code before was lost. Which of several of its area it was, it
 * says; one that is not known here is another. An older program, and a register that was set up anew, do not say it: they are the revoked office that was heard of last. A code that
 * names no area was meant for no office: nobody takes the place of a revoked one by it.
 */
async function findItself(
  tx: Tx,
  { office, publicKey, formerOfficeId }: EnrolRequest,
  code: Pick<CodeRow, 'area'>,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string; its_own: boolean }>(
    `SELECT id, public_key ->> 'x' = $2 AS its_own FROM office
     WHERE area = $1 AND ((revoked_at IS NOT NULL AND $3) OR public_key ->> 'x' = $2)
     ORDER BY its_own DESC, last_contact_at DESC NULLS LAST, revoked_at DESC FOR UPDATE`,
    [office.area, publicKey.x, code.area !== null],
  );
  const [first] = rows;
  const itself =
    first?.its_own || formerOfficeId === undefined ? first : rows.find(({ id }) => id === formerOfficeId);
  return itself?.id ?? null;
}

/** Whether the office that used this code asks once more, and was not heard of since it did. */
async function isUnansweredRepeat(
  tx: Tx,
  { office_id, used_at }: Pick<CodeRow, 'office_id' | 'used_at'>,
  request: EnrolRequest,
): Promise<boolean> {
  const { rows } = await tx.query<{ x: string; area: string; silent: boolean }>(
    `SELECT public_key ->> 'x' AS x, area, revoked_at IS NULL AND (last_contact_at IS NULL OR last_contact_at < $2) AS silent
     FROM office WHERE id = $1`,
    [office_id, used_at],
  );
  const office = rows[0];
  return (
    office !== undefined &&
    office.silent &&
    office.x === request.publicKey.x &&
    office.area === request.office.area
  );
}

interface OfficeRow {
  id: string;
  name: string;
  area: string;
  city: string;
  public_key: unknown;
  credential_hash: Buffer;
  revoked_at: Date | null;
}

/** An office of this id, also one that was revoked; null where there is none. */
export async function findOffice(
  pool: Pool,
  id: string,
): Promise<{ office: EnrolledOffice; credentialHash: Buffer; revoked: boolean } | null> {
  const { rows } = await pool.query<OfficeRow>(
    'SELECT id, name, area, city, public_key, credential_hash, revoked_at FROM office WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { name, area, city } = row;
  return {
    office: { id: row.id, name, area, city, publicKey: PublicKey.parse(row.public_key) },
    credentialHash: row.credential_hash,
    revoked: row.revoked_at !== null,
  };
}

/** The office a request comes from. @throws Refusal `credential_unknown` or `office_revoked`. */
export async function authenticate(pool: Pool, authorization: string | undefined): Promise<EnrolledOffice> {
  const token = readCredential(authorization);
  if (!token) throw new Refusal('credential_unknown');
  const found = await findOffice(pool, token.id);
  if (found === null || !matchesHash(token.secret, found.credentialHash))
    throw new Refusal('credential_unknown');
  if (found.revoked) throw new Refusal('office_revoked');
  return found.office;
}

/**
 * Takes the office's row for this transaction: its batches are worked off one after the other, so
 * that two senders of one office neither deadlock nor see half of each other's work.
 *
 * @throws Refusal `office_revoked` where that happened meanwhile.
 */
export async function takeTurn(tx: Tx, { id, publicKey }: EnrolledOffice, now: Date): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE office SET last_contact_at = $3 WHERE id = $1 AND public_key ->> 'x' = $2 AND revoked_at IS NULL`,
    [id, publicKey.x, now],
  );
  if (rowCount !== 1) throw new Refusal('office_revoked');
}

/**
 * Keeps the office enrolled until this transaction ends. A body may take minutes to arrive, and the office that
 * sends it may be revoked meanwhile, or have come back under another key.
 *
 * @throws Refusal `office_revoked` where that happened.
 */
export async function holdEnrolment(tx: Tx, { id, publicKey }: EnrolledOffice): Promise<void> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM office WHERE id = $1 AND public_key ->> 'x' = $2 AND revoked_at IS NULL FOR SHARE`,
    [id, publicKey.x],
  );
  if (rowCount !== 1) throw new Refusal('office_revoked');
}

/** @returns false where the office is not enrolled, or no longer */
export async function revokeOffice(pool: Tx, officeId: string, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE office SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL',
    [officeId, now],
  );
  return rowCount === 1;
}

/** Names of the offices of an area that are enrolled now. */
export async function listLiveOffices(pool: Tx, area: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT name FROM office WHERE area = $1 AND revoked_at IS NULL ORDER BY name',
    [area],
  );
  return rows.map(({ name }) => name);
}
