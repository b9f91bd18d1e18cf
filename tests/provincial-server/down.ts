import type { Pool } from 'pg';
import { DownItem, downLimits, type DownPage } from '../../shared/provincial/down.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { inTransaction, type Tx } from './database.ts';
import type { EnrolledOffice } from './offices.ts';
import { readVouchers } from './server-keys.ts';
import { type ServerKey, signCompact } from './signing.ts';

/** What the province issues to its offices. */

export interface NewDownItem {
  id: string;
  to: { officeId: string } | { area: string };
  kind: string;
  issuedAt: Date;
  body: Record<string, unknown>;
}

/** Most items of a page. */
const pageItems = 100;

/**
 * Issues an item, in the caller's transaction. One at a time until its commit: cursors become
 * visible in the order they were given out, so that no office passes one that is not there yet.
 * The same id a second time changes nothing.
 */
export async function issue(tx: Tx, { id, to, kind, issuedAt, body }: NewDownItem): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('mutakhir_down'))`);
  await tx.query(
    `INSERT INTO down_item (id, office_id, area, kind, issued_at, body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      'officeId' in to ? to.officeId : null,
      'area' in to ? to.area : null,
      kind,
      issuedAt,
      JSON.stringify(body),
    ],
  );
}

export async function publish(pool: Pool, item: NewDownItem): Promise<void> {
  await inTransaction(pool, async (tx) => await issue(tx, item));
}

interface DownRow {
  cursor: string;
  id: string;
  office_id: string | null;
  area: string | null;
  kind: string;
  issued_at: Date;
  body: Record<string, unknown>;
  /** How many items a page could hold at most, and one more where there is more. */
  found: string;
}

/**
 * What was issued to this office, or to an area that it lies in, after the cursor: as many items as have
 * `most` bytes, and one in any case.
 */
export async function readDown(
  pool: Pool,
  office: EnrolledOffice,
  { after, most = downLimits.page }: { after: number; most?: number | undefined },
  serverKey: ServerKey,
  now: Date,
): Promise<DownPage> {
  const { rows: page } = await pool.query<DownRow>(
    `SELECT cursor, id, office_id, area, kind, issued_at, body, found FROM (
       SELECT *, count(*) OVER () AS found, row_number() OVER (ORDER BY cursor) AS nth,
         sum(length(body::text)) OVER (ORDER BY cursor) AS bytes
       FROM (SELECT * FROM down_item WHERE cursor > $1 AND (office_id = $2 OR area = ANY ($3)) ORDER BY cursor LIMIT $4) AS next
     ) AS counted WHERE nth = 1 OR (nth < $4 AND bytes <= $5) ORDER BY cursor`,
    [after, office.id, areasAround(office.area), pageItems + 1, Math.min(most, downLimits.page)],
  );
  return {
    wire: wireVersion,
    items: page.map((row) => signCompact(serverKey, signatureType.down, rowToItem(row))),
    next: Number(page.at(-1)?.cursor ?? after),
    more: page.length < Number(page[0]?.found ?? 0),
    serverTime: now.toISOString(),
    ...(await readVouchers(pool)),
  };
}

/**
 * The office has taken all up to this cursor: it asks for what comes after only once that is kept. So it is with the
 * newest key that it knows; an older program tells none.
 *
 * @param taken id of the item that it took last; an older program does not tell it.
 * @param refused whether what it got last did not prove to be the province's own, so that it took none of it; null where
 * it does not say, as by courier
 * @returns false where that item does not stand at the cursor: an older copy of the database was put back, and what
 * was issued since would be passed over. The office has taken nothing of what is issued here now.
 */
export async function noteTaken(
  pool: Pool,
  officeId: string,
  {
    after,
    taken = null,
    knownKey = null,
    refused = null,
  }: {
    after: number;
    taken?: string | null | undefined;
    knownKey?: string | null | undefined;
    refused?: boolean | null;
  },
  now: Date,
): Promise<boolean> {
  const { rows } = await pool.query<{ stands: boolean }>(
    `WITH told AS (SELECT $3::uuid IS NULL OR EXISTS (SELECT FROM down_item WHERE cursor = $2 AND id = $3) AS stands)
     UPDATE office SET down_cursor = CASE WHEN stands THEN greatest(down_cursor, $2) ELSE 0 END, known_key = $4, last_contact_at = $5,
       refuses_since = CASE WHEN $6::boolean IS NULL THEN refuses_since WHEN $6 THEN coalesce(refuses_since, $5) END
     FROM told WHERE office.id = $1 RETURNING stands`,
    [officeId, after, taken, knownKey, now, refused],
  );
  return rows[0]?.stands !== false;
}

/** `31.71.01.1001` → the kelurahan, its kecamatan, its city, the province. */
export function areasAround(area: string): string[] {
  const parts = area.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function rowToItem(row: DownRow): DownItem {
  return DownItem.parse({
    wire: wireVersion,
    id: row.id,
    cursor: Number(row.cursor),
    officeId: row.office_id,
    area: row.area,
    kind: row.kind,
    issuedAt: row.issued_at.toISOString(),
    body: row.body,
  });
}
