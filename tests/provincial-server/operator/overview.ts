import type { Pool } from 'pg';
import { missingFiles, missingFilesNamed } from '../attachments.ts';
import type { OperatorAction } from './operators.ts';

/** What the operators' pages show of the offices and what they could not deliver. */

export interface OfficeLine {
  id: string;
  name: string;
  area: string;
  enrolledAt: Date;
  lastContactAt: Date | null;
  revokedAt: Date | null;
  cases: number;
  /** Records that wait for an earlier one, or for a server that knows their kind, and files that are not here whole, though a record names them. */
  waiting: number;
  /** Refused, and nothing of the case was accepted from the office since. */
  rejected: number;
  /** The same field changed on both sides, and nobody has decided yet. */
  conflicts: number;
  /** Items issued to the office that it has not taken. */
  behind: number;
  /** Since when it says that it cannot prove them to be the province's own, and takes none; null while it does not. */
  refusesSince: Date | null;
}

/**
 * Open: the office sent nothing of the same case (nor, where it was of its family's consent, of that) that was accepted
 * after the refusal, nor took the case back that was never taken; for one that names no case, nothing at all.
 */
const openRefusals = `
  SELECT refused.* FROM rejection AS refused
  WHERE NOT EXISTS (
    SELECT 1 FROM record
    WHERE record.case_id = refused.case_id AND record.office_id = refused.office_id AND record.received_at > refused.received_at
      AND (record.kind = 'family.consent') = (refused.kind IS NOT DISTINCT FROM 'family.consent'))
  AND NOT EXISTS (
    SELECT 1 FROM rejection AS closing
    WHERE closing.case_id = refused.case_id AND closing.office_id = refused.office_id
      AND closing.code = 'nothing_to_retract' AND closing.received_at >= refused.received_at)
  AND (refused.case_id IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM record WHERE record.office_id = refused.office_id AND record.received_at > refused.received_at))`;

/**
 * Of a kind that this server does not know, and not answered otherwise since; what its office has not sent again for a day
 * of contact, it keeps no more.
 */
const unread = `
  SELECT unread_record.* FROM unread_record JOIN office AS sender ON sender.id = unread_record.office_id
  WHERE seen_at >= sender.last_contact_at - interval '1 day'
    AND NOT EXISTS (SELECT 1 FROM record WHERE record.office_id = unread_record.office_id AND record.key = unread_record.key)
    AND NOT EXISTS (SELECT 1 FROM rejection WHERE rejection.office_id = unread_record.office_id AND rejection.key = unread_record.key)
    AND NOT EXISTS (SELECT 1 FROM held_record WHERE held_record.office_id = unread_record.office_id AND held_record.key = unread_record.key)`;

const officeLines = `
  SELECT office.id, office.name, office.area, enrolled_at AS "enrolledAt", last_contact_at AS "lastContactAt",
    revoked_at AS "revokedAt", refuses_since AS "refusesSince",
    (SELECT count(*)::int FROM province_case WHERE office_id = office.id AND retracted_at IS NULL) AS cases,
    (SELECT count(*)::int FROM held_record WHERE office_id = office.id)
      + (SELECT count(*)::int FROM (${unread}) AS unread WHERE unread.office_id = office.id)
      + (SELECT count(*)::int FROM (${missingFiles}) AS missing) AS waiting,
    coalesce(refusals.rejected, 0) AS rejected, coalesce(refusals.conflicts, 0) AS conflicts,
    (SELECT count(*)::int FROM down_item WHERE down_item.office_id = office.id AND cursor > office.down_cursor)
      + (SELECT count(*)::int FROM down_item
         WHERE down_item.area IN (left(office.area, 2), left(office.area, 5), left(office.area, 8), office.area)
           AND cursor > office.down_cursor) AS behind
  FROM office LEFT JOIN (
    SELECT office_id, count(*) FILTER (WHERE conflict IS NULL)::int AS rejected,
      count(*) FILTER (WHERE conflict IS NOT NULL)::int AS conflicts
    FROM (${openRefusals}) AS refused GROUP BY office_id
  ) AS refusals ON refusals.office_id = office.id`;

export async function listOffices(pool: Pool): Promise<OfficeLine[]> {
  const { rows } = await pool.query<OfficeLine>(`${officeLines} ORDER BY office.area, office.enrolled_at`);
  return rows;
}

export async function findOffice(pool: Pool, id: string): Promise<OfficeLine | null> {
  const { rows } = await pool.query<OfficeLine>(`${officeLines} WHERE office.id = $1`, [id]);
  return rows[0] ?? null;
}

export interface FailingItem {
  /** Of the record; of a file, that of the record which named it first. */
  key: string;
  state: 'ditolak' | 'bertentangan' | 'menunggu';
  caseId: string | null;
  field: string | null;
  /** Null for a file. */
  sentence: string | null;
  file: MissingFile | null;
  /** When the record came. */
  at: Date;
}

/** A file that a record names and that is not here whole. */
export interface MissingFile {
  /** What the office says it shows; any text. */
  slot: string;
  /** Bytes, as the record says. */
  size: number;
  /** Bytes that are here. */
  received: number;
}

/** Most items of an office that are shown. */
export const failingShown = 200;

/** What of an office's records is not accepted, and which files of those accepted are not here whole, newest first. */
export async function listFailing(pool: Pool, officeId: string): Promise<FailingItem[]> {
  const { rows } = await pool.query<FailingItem>(
    `SELECT key, CASE WHEN conflict IS NULL THEN 'ditolak' ELSE 'bertentangan' END AS state, case_id AS "caseId",
       field, sentence, NULL::jsonb AS file, received_at AS at
     FROM (${openRefusals}) AS refused WHERE office_id = $1
     UNION ALL
     SELECT key, 'menunggu', (record ->> 'caseId')::uuid, NULL, 'Menunggu catatan sebelumnya dari berkas yang sama.', NULL, received_at
     FROM held_record WHERE office_id = $1
     UNION ALL
     SELECT key, 'menunggu', case_id, NULL, $2, NULL, since FROM (${unread}) AS unread WHERE office_id = $1
     UNION ALL
     SELECT missing.key, 'menunggu', missing.case_id, 'body.attachments', NULL,
       jsonb_build_object('slot', named -> 'slot', 'size', named -> 'size', 'received', coalesce(attachment.received, 0)),
       missing.received_at
     FROM office CROSS JOIN LATERAL (${missingFilesNamed}) AS missing
       LEFT JOIN attachment ON attachment.office_id = office.id AND attachment.hash = named ->> 'hash'
     WHERE office.id = $1
     ORDER BY at DESC, key LIMIT ${failingShown}`,
    [officeId, unreadSentence],
  );
  return rows;
}

/** The kind itself is not repeated: it can be any text. */
const unreadSentence =
  'Jenis catatan ini belum dikenal server ini; perbarui servernya, lalu kantornya mengirimnya lagi sendiri.';

export interface ActionLine {
  at: Date;
  /** Null where it was a command at the server itself. */
  who: string | null;
  action: OperatorAction;
  about: Record<string, unknown>;
}

export async function listActions(pool: Pool): Promise<ActionLine[]> {
  const { rows } = await pool.query<ActionLine>(
    `SELECT at, operator.name AS who, action, about FROM operator_action LEFT JOIN operator ON operator.id = operator_id
     ORDER BY operator_action.id DESC LIMIT 200`,
  );
  return rows;
}

export interface AccessLine {
  at: Date;
  reader: string;
  role: string;
  what: string;
  rows: number;
  refused: string | null;
}

export async function listAccesses(pool: Pool): Promise<AccessLine[]> {
  const { rows } = await pool.query<AccessLine>(
    `SELECT at, reader, role, what, rows, refused FROM read_access JOIN read_token ON read_token.id = token_id
     ORDER BY read_access.id DESC LIMIT 200`,
  );
  return rows;
}

export interface TokenLine {
  id: string;
  reader: string;
  role: string;
  area: string;
  expiresAt: Date;
  revokedAt: Date | null;
  readAt: Date | null;
}

export async function listTokens(pool: Pool): Promise<TokenLine[]> {
  const { rows } = await pool.query<TokenLine>(
    `SELECT id, reader, role, area, expires_at AS "expiresAt", revoked_at AS "revokedAt",
       (SELECT at FROM read_access WHERE token_id = read_token.id ORDER BY id DESC LIMIT 1) AS "readAt"
     FROM read_token ORDER BY reader, created_at`,
  );
  return rows;
}

export interface OperatorLine {
  id: string;
  name: string;
  createdAt: Date;
  /** What the operator did last; null where that is nothing yet. */
  actedAt: Date | null;
  disabledAt: Date | null;
}

export async function listOperators(pool: Pool): Promise<OperatorLine[]> {
  const { rows } = await pool.query<OperatorLine>(
    `SELECT id, name, created_at AS "createdAt", disabled_at AS "disabledAt",
       (SELECT max(at) FROM operator_action WHERE operator_id = operator.id) AS "actedAt"
     FROM operator ORDER BY disabled_at IS NOT NULL, name`,
  );
  return rows;
}
