import type { Pool } from 'pg';
import { z } from 'zod';
import { createLog, type Log, logFailure } from '../../electron/log.ts';
import {
  encryptionHalf,
  lookAt,
  makeBundle,
  makeDecryptionKey,
  openBundle,
} from '../../electron/sync/courier-file.ts';
import {
  courierDirection,
  CourierDown,
  CourierFile,
  CourierKey,
  type CourierKeyResponse,
  type CourierPiece,
  type CourierProof,
  type CourierRecap,
  type CourierRecapAnswer,
  CourierUp,
  DecryptionKey,
} from '../../shared/provincial/courier.ts';
import { RecapRequest } from '../../shared/provincial/recap.ts';
import { signatureType, wireLimits, wireVersion } from '../../shared/provincial/wire.ts';
import { acceptBatch } from './accept-batch.ts';
import { attachmentState, takeChunk } from './attachments.ts';
import { inTransaction } from './database.ts';
import { noteTaken, readDown } from './down.ts';
import { grantNumbers } from './numbers.ts';
import { type EnrolledOffice, findOffice } from './offices.ts';
import { parse } from './parse-request.ts';
import { proveToCourier } from './proof.ts';
import { takeRecap } from './recaps.ts';
import { Refusal } from './refusal.ts';
import { isSignedBy, type ServerKey, signCompact } from './signing.ts';
import { readVouchers } from './server-keys.ts';

/** The province's end of the courier: reads a bundle as it reads batches, and writes the answer. */

/** Why a file was not read; each leaves everything as it was. */
export class CourierRefusal extends Error {
  override readonly name = 'CourierRefusal';
}

/** The key that bundles are encrypted to; made once, shared by every process on this database. */
export async function loadCourierKey(pool: Pool): Promise<DecryptionKey> {
  return await inTransaction(pool, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_courier_key'))`);
    const { rows } = await tx.query<{ private_jwk: unknown }>('SELECT private_jwk FROM courier_key');
    if (rows[0] !== undefined) return DecryptionKey.parse(rows[0].private_jwk);
    const made = await makeDecryptionKey();
    await tx.query('INSERT INTO courier_key (private_jwk) VALUES ($1)', [JSON.stringify(made)]);
    return made;
  });
}

export async function signCourierKey(pool: Pool, serverKey: ServerKey): Promise<CourierKeyResponse> {
  const told: CourierKey = { wire: wireVersion, key: encryptionHalf(await loadCourierKey(pool)) };
  return { wire: wireVersion, key: signCompact(serverKey, signatureType.courierKey, told) };
}

export interface CourierRead {
  officeName: string;
  number: number;
  records: number;
  /** Of closed periods. */
  recaps: number;
  /** Read before: the same answers again. */
  repeated: boolean;
  /** The answer bundle, for the office. */
  file: string;
  fileName: string;
}

/**
 * Reads an office's bundle. The records go the way of every batch, so one that came over the line
 * meanwhile is answered with its receipt again; the same bundle twice is answered alike.
 *
 * @throws CourierRefusal with a sentence for the operator.
 */
export async function readCourier(
  pool: Pool,
  serverKey: ServerKey,
  file: string,
  now: Date,
  log: Log = createLog(),
): Promise<CourierRead> {
  const outside = lookAt(file);
  if (outside.kind === 'cut')
    throw new CourierRefusal('Paket ini terpotong; minta kantor menyalinnya lagi ke USB.');
  if (outside.kind !== 'bundle') throw new CourierRefusal('Ini bukan paket kurir Mutakhir.');
  const { header } = outside;
  if (header.typ !== courierDirection.up)
    throw new CourierRefusal('Ini paket jawaban untuk kantor, bukan paket dari kantor.');
  const office = await senderOf(pool, header.officeId);
  const up = await openBundle(file, await loadCourierKey(pool), [office.publicKey], header, CourierUp);
  if (up === null || up.officeId !== office.id || up.number !== header.number)
    throw new CourierRefusal('Paket ini berubah di jalan, atau bukan untuk provinsi ini.');
  const repeated = await isRepeated(pool, office.id, up);
  const answers = [];
  for (let at = 0; at < up.records.length; at += wireLimits.records) {
    const records = up.records.slice(at, at + wireLimits.records);
    const batch = { wire: up.wire, batchId: up.bundleId, officeId: office.id, sentAt: up.madeAt, records };
    answers.push(...(await acceptBatch(pool, office, batch, serverKey, now)).answers);
  }
  const files = await takePieces(pool, office, up.pieces ?? [], now);
  const recaps = await takeRecaps(pool, office, up.recaps ?? [], serverKey, now);
  if (!repeated) await noteRead(pool, office.id, up, now);
  const taken = { after: up.downAfter, taken: up.downTaken, knownKey: up.knownKey };
  const stands = await noteTaken(pool, office.id, taken, now);
  const down: CourierDown = {
    wire: wireVersion,
    bundleId: up.bundleId,
    officeId: office.id,
    number: up.number,
    madeAt: now.toISOString(),
    answers,
    items: await itemsAfter(pool, office, stands ? up.downAfter : 0, serverKey, now),
    ...(stands ? {} : { anew: true }),
    numbers: up.numbers === null ? null : await lend(pool, office, up.numbers, serverKey, now),
    files,
    recaps,
    proof: await prove(pool, office, up, serverKey, now, log),
  };
  return {
    officeName: office.name,
    number: up.number,
    records: up.records.length,
    recaps: recaps.length,
    repeated,
    file: await makeBundle(
      CourierDown.parse(down),
      { typ: courierDirection.down, officeId: office.id, number: up.number, ...(await readVouchers(pool)) },
      serverKey.privateKey.export({ format: 'jwk' }),
      up.replyKey,
    ),
    fileName: `kurir-turun-${office.area.replaceAll('.', '')}-${String(up.number).padStart(4, '0')}.mutakhir`,
  };
}

/** After the records that name the files; says of each how much of it is here. */
async function takePieces(
  pool: Pool,
  office: EnrolledOffice,
  pieces: readonly CourierPiece[],
  now: Date,
): Promise<CourierFile[]> {
  const files = new Map<string, CourierFile>();
  for (const piece of pieces) {
    const state = await takePiece(pool, office, piece, now);
    if (state !== null) files.set(piece.hash, CourierFile.parse(state));
  }
  return [...files.values()];
}

/** Null where no record that was accepted names the file. */
async function takePiece(
  pool: Pool,
  office: EnrolledOffice,
  { hash, offset, bytes }: CourierPiece,
  now: Date,
): Promise<CourierFile | null> {
  try {
    return await takeChunk(pool, office, hash, offset, Buffer.from(bytes, 'base64url'), now);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return cause.code === 'attachment_unknown' ? null : await attachmentState(pool, office, hash);
  }
}

/** Each as if it had come over the line, with the office's signature over it. */
async function takeRecaps(
  pool: Pool,
  office: EnrolledOffice,
  carried: readonly CourierRecap[],
  serverKey: ServerKey,
  now: Date,
): Promise<CourierRecapAnswer[]> {
  const answers: CourierRecapAnswer[] = [];
  for (const { request, signature } of carried) {
    const bytes = Buffer.from(request, 'base64url');
    const json = readJson(bytes);
    const periodId = Periodic.safeParse(json).data?.recap.periodId ?? '';
    try {
      if (!(await isSignedBy(office.publicKey, signature, bytes, signatureType.recap)))
        throw new Refusal('signature_invalid');
      const told = parse(RecapRequest, json);
      if (told.officeId !== office.id) throw new Refusal('office_mismatch', { field: 'officeId' });
      const { receipt } = await takeRecap(pool, office, told, { bytes, signature }, serverKey, now);
      answers.push({ periodId, receipt });
    } catch (cause) {
      if (!(cause instanceof Refusal) || cause.code === 'office_revoked') throw cause;
      // Of who sends it, not of what it says: as over the line, it waits for another time.
      const isOfSender = cause.status === 401 || cause.status === 403;
      answers.push({
        periodId,
        ...(isOfSender ? {} : { refused: { code: cause.code, sentence: cause.message } }),
      });
    }
  }
  return answers;
}

const Periodic = z.looseObject({ recap: z.looseObject({ periodId: z.string() }) });

/** Null for what is no JSON. */
export function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

async function senderOf(pool: Pool, officeId: string): Promise<EnrolledOffice> {
  const found = await findOffice(pool, officeId);
  if (found === null) throw new CourierRefusal('Kantor pengirim paket ini tidak terdaftar di sini.');
  if (found.revoked)
    throw new CourierRefusal(`Pendaftaran ${found.office.name} sudah dicabut; paketnya tidak dibaca.`);
  return found.office;
}

/** Whether this very bundle was read before. @throws CourierRefusal where a later one was. */
async function isRepeated(pool: Pool, officeId: string, up: CourierUp): Promise<boolean> {
  const { rows } = await pool.query<{ number: number; bundle_id: string; made_at: Date }>(
    // Nobody makes a bundle after it was read: a clock that was so far ahead says nothing.
    `SELECT number, bundle_id, CASE WHEN made_at > read_at + interval '1 day' THEN read_at ELSE made_at END AS made_at
     FROM courier_bundle WHERE office_id = $1 ORDER BY 3 DESC LIMIT 1`,
    [officeId],
  );
  const newest = rows[0];
  // An office that put back an old backup counts anew: only what is older by its own clock, too, is older.
  if (newest !== undefined && newest.number > up.number && newest.made_at > new Date(up.madeAt))
    throw new CourierRefusal(
      `Paket ${up.number} lebih lama dari paket ${newest.number} yang sudah dibaca; isinya sudah termuat di sana.`,
    );
  return newest?.bundle_id === up.bundleId;
}

/** Once its records are taken in: a bundle over which the server stopped was not read. */
async function noteRead(pool: Pool, officeId: string, up: CourierUp, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO courier_bundle (office_id, bundle_id, number, made_at, records, read_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (office_id, bundle_id) DO NOTHING`,
    [officeId, up.bundleId, up.number, up.madeAt, up.records.length, now],
  );
}

async function itemsAfter(
  pool: Pool,
  office: EnrolledOffice,
  after: number,
  serverKey: ServerKey,
  now: Date,
): Promise<string[]> {
  const items: string[] = [];
  for (let cursor = after, more = true; more;) {
    const page = await readDown(pool, office, { after: cursor }, serverKey, now);
    items.push(...page.items);
    [cursor, more] = [page.next, page.more];
  }
  return items;
}

/** What was taken in is answered all the same where the proof fails; undefined then. */
async function prove(
  pool: Pool,
  office: EnrolledOffice,
  { bundleId, holds, records }: CourierUp,
  serverKey: ServerKey,
  now: Date,
  log: Log,
): Promise<CourierProof | undefined> {
  const sent = new Map(records.map(({ key, hash }) => [key, hash]));
  try {
    return await proveToCourier(pool, office, { bundleId, holds: holds ?? null, sent }, serverKey, now);
  } catch (cause) {
    logFailure(log, cause);
    return undefined;
  }
}

/** Numbers are a convenience: where none are lent, the rest of the answer goes all the same. */
async function lend(
  pool: Pool,
  office: EnrolledOffice,
  asked: NonNullable<CourierUp['numbers']>,
  serverKey: ServerKey,
  now: Date,
): Promise<string | null> {
  try {
    return (await grantNumbers(pool, office, asked, serverKey, now)).pool;
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'number_refused') return null;
    throw cause;
  }
}
