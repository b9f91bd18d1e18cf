import { z } from 'zod';
import type { WireAuthor } from '../../shared/provincial/wire.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { ofItsCase, waits } from './sync.ts';

/** What this office and the province say differently of a case, and how far each knows the other. */

const VersionRow = z.object({ version: z.number() });

/** The version of the case that the province is known to hold; 0 where it holds none. */
export function findKnownVersion(db: ReadableDb, caseId: string): number {
  const raw = db.prepare('SELECT version FROM case_province WHERE case_id = ?').get(caseId);
  return raw === undefined ? 0 : VersionRow.parse(raw).version;
}

/** Never goes back: an older word that comes late says nothing new. */
export function raiseKnownVersion(db: WritableDb, caseId: string, version: number, at: string): void {
  db.prepare(
    `INSERT INTO case_province (case_id, version, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at WHERE excluded.version > version`,
  ).run(caseId, version, at);
}

/** The province has lost what it held beyond this version (0: all of it): what is sent now builds on that. */
export function lowerKnownVersion(db: WritableDb, caseId: string, version: number, at: string): void {
  if (version === 0) db.prepare('DELETE FROM case_province WHERE case_id = ?').run(caseId);
  else
    db.prepare(
      'UPDATE case_province SET version = @version, updated_at = @at WHERE case_id = @caseId AND version > @version',
    ).run({ caseId, version, at });
}

export interface ProvinceField {
  path: string;
  value: unknown;
  /** What the office itself said of the field when the province's value was taken. */
  own: unknown;
}

const FieldRow = z.object({ path: z.string(), value: z.string(), own: z.string() });

export function listProvinceFields(db: ReadableDb, caseId: string): ProvinceField[] {
  return db
    .prepare('SELECT path, value, own FROM province_field WHERE case_id = ? ORDER BY path')
    .all(caseId)
    .map((raw) => {
      const { path, value, own } = FieldRow.parse(raw);
      return { path, value: JSON.parse(value), own: JSON.parse(own) };
    });
}

export function putProvinceField(db: WritableDb, caseId: string, field: ProvinceField): void {
  db.prepare(
    `INSERT INTO province_field (case_id, path, value, own) VALUES (?, ?, ?, ?)
     ON CONFLICT (case_id, path) DO UPDATE SET value = excluded.value, own = excluded.own`,
  ).run(caseId, field.path, JSON.stringify(field.value ?? null), JSON.stringify(field.own ?? null));
}

/** The office itself says by now what the province does. */
export function deleteProvinceField(db: WritableDb, caseId: string, path: string): void {
  db.prepare('DELETE FROM province_field WHERE case_id = ? AND path = ?').run(caseId, path);
}

export interface ClashRecord {
  id: string;
  caseId: string;
  path: string;
  origin: 'naik' | 'turun';
  base: unknown;
  ours: unknown;
  theirs: unknown;
  by: WireAuthor;
  openedAt: string;
}

/** Opens a clash; one that is open on the same field takes the newer values, and is another one then: nobody chose between those. */
export function putClash(db: WritableDb, clash: ClashRecord): void {
  db.prepare(
    `INSERT INTO clash (id, case_id, path, origin, base, ours, theirs, theirs_side, theirs_by, theirs_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (case_id, path) WHERE choice IS NULL DO UPDATE SET
       id = CASE WHEN ours = excluded.ours AND theirs = excluded.theirs THEN id ELSE excluded.id END,
       origin = CASE WHEN excluded.origin = 'naik' THEN 'naik' ELSE origin END, ours = excluded.ours, theirs = excluded.theirs,
       theirs_side = excluded.theirs_side, theirs_by = excluded.theirs_by, theirs_at = excluded.theirs_at`,
  ).run(
    clash.id,
    clash.caseId,
    clash.path,
    clash.origin,
    JSON.stringify(clash.base ?? null),
    JSON.stringify(clash.ours ?? null),
    JSON.stringify(clash.theirs ?? null),
    clash.by.side,
    clash.by.name,
    clash.by.at,
    clash.openedAt,
  );
}

const ClashRow = z.object({
  id: z.string(),
  case_id: z.string(),
  path: z.string(),
  origin: z.enum(['naik', 'turun']),
  base: z.string(),
  ours: z.string(),
  theirs: z.string(),
  theirs_side: z.enum(['kantor', 'provinsi']),
  theirs_by: z.string(),
  theirs_at: z.string(),
  opened_at: z.string(),
});

const DecidedRow = z.object({ choice: z.enum(['kantor', 'provinsi']), decided_at: z.string() });

function rowToClash(raw: unknown): ClashRecord {
  const row = ClashRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    path: row.path,
    origin: row.origin,
    base: JSON.parse(row.base),
    ours: JSON.parse(row.ours),
    theirs: JSON.parse(row.theirs),
    by: { side: row.theirs_side, name: row.theirs_by, at: row.theirs_at },
    openedAt: row.opened_at,
  };
}

/** Clashes that wait for a person, of one case or of all, oldest first. */
export function listOpenClashes(db: ReadableDb, caseId: string | null): ClashRecord[] {
  return db
    .prepare(
      'SELECT * FROM clash WHERE choice IS NULL AND (@caseId IS NULL OR case_id = @caseId) ORDER BY opened_at, case_id, path',
    )
    .all({ caseId })
    .map(rowToClash);
}

export interface DecidedClash extends ClashRecord {
  choice: 'kantor' | 'provinsi';
  decidedAt: string;
}

/** What a person chose last of each field of a case, with both values as they were shown. */
export function listDecided(db: ReadableDb, caseId: string): DecidedClash[] {
  const decided = db
    .prepare('SELECT * FROM clash WHERE choice IS NOT NULL AND case_id = ? ORDER BY rowid')
    .all(caseId)
    .map((raw) => {
      const { choice, decided_at: decidedAt } = DecidedRow.parse(raw);
      return { ...rowToClash(raw), choice, decidedAt };
    });
  return [...new Map(decided.map((clash) => [clash.path, clash])).values()];
}

const QueuedRow = z.object({ id: z.string(), waits: z.literal([0, 1]), serverTime: z.string().nullable() });

/**
 * The records of the case that were queued before a person chose, by the order of the journal: whether each still waits
 * for its answer, and the province's time in its receipt.
 */
export function listQueuedBefore(
  db: ReadableDb,
  { caseId, decidedAt }: Pick<DecidedClash, 'caseId' | 'decidedAt'>,
): { id: string; waits: boolean; serverTime: string | null }[] {
  return db
    .prepare(
      `SELECT outbox.id, ${waits} AS waits, server_time AS serverTime
       FROM outbox JOIN event AS cause ON cause.id = event_id LEFT JOIN receipt ON outbox_id = outbox.id
       WHERE outbox.case_id = @caseId AND ${ofItsCase('outbox')} AND cause.seq < (
         SELECT max(seq) FROM event WHERE case_id = @caseId AND type = 'pertentangan_diputus' AND at = @decidedAt)`,
    )
    .all({ caseId, decidedAt })
    .map((raw) => {
      const row = QueuedRow.parse(raw);
      return { ...row, waits: row.waits === 1 };
    });
}

export function deleteClash(db: WritableDb, id: string): void {
  db.prepare('DELETE FROM clash WHERE id = ? AND choice IS NULL').run(id);
}

export function setClashChoice(
  db: WritableDb,
  id: string,
  choice: { choice: 'kantor' | 'provinsi'; by: string; at: string },
): void {
  db.prepare(
    'UPDATE clash SET choice = ?, decided_by = ?, decided_at = ? WHERE id = ? AND choice IS NULL',
  ).run(choice.choice, choice.by, choice.at, id);
}
