import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type AttachmentState, chunkBytes } from '../../shared/provincial/down.ts';
import { wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import { type EnrolledOffice, holdEnrolment } from './offices.ts';
import { Refusal } from './refusal.ts';

/** Attachments come after the record that names them, piece by piece, under the hash of their content. */

interface Attachment {
  size: number;
  received: number;
  complete: boolean;
}

/**
 * How much of an attachment has arrived.
 *
 * @throws Refusal `attachment_unknown` where no accepted record of this office names it, `body_too_large`.
 */
export async function attachmentState(
  pool: Pool,
  office: EnrolledOffice,
  hash: string,
): Promise<AttachmentState> {
  return await inTransaction(pool, async (tx) => toState(hash, await open(tx, office, hash)));
}

/** A state as the answer to one request, which it names; an older office asks under no nonce. */
export function answerOf(state: AttachmentState, nonce: string | undefined): AttachmentState {
  return nonce === undefined ? state : { ...state, nonce };
}

/**
 * Takes one piece. A piece that came before is left as it is, so that a resend is harmless; the last
 * one is followed by a look at the whole: what does not have the hash it was announced under is
 * thrown away and asked for again.
 *
 * @throws Refusal `attachment_unknown`, `chunk_out_of_place`, `body_too_large`, `attachment_damaged`, or as {@link holdEnrolment}.
 */
export async function takeChunk(
  pool: Pool,
  office: EnrolledOffice,
  hash: string,
  offset: number,
  bytes: Uint8Array,
  now: Date,
): Promise<AttachmentState> {
  if (bytes.length > chunkBytes) throw new Refusal('body_too_large');
  const state = await inTransaction(pool, async (tx) => {
    await holdEnrolment(tx, office);
    const attachment = await open(tx, office, hash);
    const end = offset + bytes.length;
    if (attachment.complete || end <= attachment.received) return toState(hash, attachment);
    if (offset !== attachment.received || end > attachment.size || bytes.length === 0)
      throw new Refusal('chunk_out_of_place', { field: String(attachment.received) });
    await tx.query(
      'INSERT INTO attachment_chunk (office_id, hash, first_byte, bytes) VALUES ($1, $2, $3, $4)',
      [office.id, hash, offset, bytes],
    );
    const complete = end === attachment.size;
    const whole = !complete || (await hashOfChunks(tx, office.id, hash)) === hash;
    if (!whole) {
      await tx.query('DELETE FROM attachment_chunk WHERE office_id = $1 AND hash = $2', [office.id, hash]);
      await tx.query('UPDATE attachment SET received = 0 WHERE office_id = $1 AND hash = $2', [
        office.id,
        hash,
      ]);
      return null;
    }
    await tx.query(
      'UPDATE attachment SET received = $3, complete_at = $4 WHERE office_id = $1 AND hash = $2',
      [office.id, hash, end, complete ? now : null],
    );
    return toState(hash, { ...attachment, received: end, complete });
  });
  if (state === null) throw new Refusal('attachment_damaged');
  return state;
}

const namedAndMissing = `
  FROM record, jsonb_array_elements(record.body -> 'attachments') AS named
  WHERE record.office_id = office.id AND record.city = office.city AND record.body -> 'attachments' <> '[]'
    AND NOT EXISTS (SELECT 1 FROM attachment
      WHERE attachment.office_id = office.id AND attachment.hash = named ->> 'hash' AND complete_at IS NOT NULL)`;

/** SQL: hashes of files that records of `office` name and that are not here whole; read by an index of its own. */
export const missingFiles = `SELECT DISTINCT named ->> 'hash' AS hash ${namedAndMissing}`;

/** SQL: of each of {@link missingFiles} the record that named it first, as `key`, `case_id`, `received_at`, and `named`. */
export const missingFilesNamed = `
  SELECT DISTINCT ON (named ->> 'hash') record.key, record.case_id, record.received_at, named ${namedAndMissing}
  ORDER BY named ->> 'hash', record.received_at, record.key`;

/** @param from the hash that is named first, or the next after it: those that never come keep no others waiting. */
export async function listMissingFiles(
  pool: Tx,
  office: EnrolledOffice,
  from: string,
  most: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ hash: string }>(
    `SELECT missing.hash FROM office, LATERAL (${missingFiles}) AS missing WHERE office.id = $1
     ORDER BY missing.hash COLLATE "C" < $2 COLLATE "C", missing.hash COLLATE "C" LIMIT $3`,
    [office.id, from, most],
  );
  return rows.map(({ hash }) => hash);
}

/**
 * Begins an attachment that a record names, or finds it begun. By its name, and not through the office's records one after the
 * other, as PostgreSQL would while it knows nothing of how many there are: of ten thousand that is a tenth of a second a piece.
 */
export function openingOf(
  { id, city }: Pick<EnrolledOffice, 'id' | 'city'>,
  hash: string,
): { text: string; values: string[] } {
  return {
    text: `WITH naming AS MATERIALIZED (
       SELECT office_id, body -> 'attachments' AS attachments FROM record
       WHERE city = $3 AND body -> 'attachments' @> jsonb_build_array(jsonb_build_object('hash', $2::text)))
     INSERT INTO attachment (office_id, hash, size, media_type, received)
     SELECT $1, $2, least((named ->> 'size')::numeric, 2147483647)::integer, named ->> 'mediaType', 0
     FROM naming, jsonb_array_elements(attachments) AS named
     WHERE office_id = $1 AND named ->> 'hash' = $2 LIMIT 1
     ON CONFLICT (office_id, hash) DO UPDATE
       SET size = CASE WHEN attachment.received = 0 THEN excluded.size ELSE attachment.size END
     RETURNING size, received, complete_at IS NOT NULL AS complete`,
    values: [id, hash, city],
  };
}

async function open(tx: Tx, office: EnrolledOffice, hash: string): Promise<Attachment> {
  const { text, values } = openingOf(office, hash);
  const { rows } = await tx.query<{ size: number; received: number; complete: boolean }>(text, values);
  const row = rows[0];
  if (row === undefined) throw new Refusal('attachment_unknown');
  if (row.size > mostBytes) throw new Refusal('body_too_large');
  return row;
}

/** Of a whole file; the office itself takes none above 8 MiB. */
const mostBytes = 32 * 1024 * 1024;

async function hashOfChunks(tx: Tx, officeId: string, hash: string): Promise<string> {
  const digest = createHash('sha256');
  // One after the other: a file is never in memory whole.
  for (let at = 0; ;) {
    const { rows } = await tx.query<{ bytes: Buffer }>(
      'SELECT bytes FROM attachment_chunk WHERE office_id = $1 AND hash = $2 AND first_byte = $3',
      [officeId, hash, at],
    );
    const chunk = rows[0]?.bytes;
    if (chunk === undefined || chunk.length === 0) return digest.digest('hex');
    digest.update(chunk);
    at += chunk.length;
  }
}

function toState(hash: string, { size, received, complete }: Attachment): AttachmentState {
  return { wire: wireVersion, hash, size, received, complete };
}
