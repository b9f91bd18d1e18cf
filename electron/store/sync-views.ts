import { z } from 'zod';
import type { OutboxPart } from '../../shared/contract/sync.ts';
import { OutboxState } from '../../shared/domain/outbox.ts';
import { FamilyConsentBody } from '../../shared/provincial/record.ts';
import type { ReadableDb } from './connection.ts';
import {
  held,
  type Holding,
  isNewest,
  isWord,
  OutboxProblem,
  retractionRefused,
  waits,
  wordRefused,
} from './sync.ts';

/** What the screens show of the outbox. */

/** Rejected or contradicted, and nothing has been done about it yet. */
const awaitsMend = `((outbox.state = 'ditolak' AND ${isNewest}
    AND (case_file.state = 'DITOLAK' OR EXISTS (SELECT 1 FROM clash WHERE clash.case_id = outbox.case_id AND choice IS NULL
      -- Refused for what it builds on, which is counted itself.
      AND outbox.problem ->> '$.code' <> 'same_field')))
  OR ${retractionRefused} OR ${wordRefused}
  OR (outbox.state = 'bertentangan' AND EXISTS (SELECT 1 FROM clash WHERE clash.case_id = outbox.case_id AND choice IS NULL)
    AND NOT EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.case_id = outbox.case_id AND newer.rowid > outbox.rowid AND newer.state = 'bertentangan')))`;

const ofCase = 'JOIN case_file ON case_file.id = outbox.case_id';

const inPart: Record<OutboxPart, string> = {
  semua: 'TRUE',
  menunggu: waits,
  ditolak: `outbox.state IN ('ditolak', 'bertentangan') AND ${awaitsMend}`,
  diterima: `outbox.state = 'diterima'`,
};

const Totals = z.object({
  saved: z.number(),
  waiting: z.number(),
  confirmed: z.number(),
  rejected: z.number(),
  lastConfirmedAt: z.string().nullable(),
});

/** The figures of the foot; `saved` counts the changes in the journal, all that was ever saved. */
export function readTotals(db: ReadableDb): z.infer<typeof Totals> {
  return Totals.parse(
    db
      .prepare(
        `SELECT (SELECT coalesce(max(seq), 0) FROM event) AS saved,
                (SELECT count(*) FROM outbox WHERE ${waits}) AS waiting,
                (SELECT count(*) FROM outbox WHERE ${inPart.diterima}) AS confirmed,
                (SELECT count(*) FROM outbox ${ofCase} WHERE ${inPart.ditolak}) AS rejected,
                (SELECT received_at FROM receipt ORDER BY rowid DESC LIMIT 1) AS lastConfirmedAt`,
      )
      .get(),
  );
}

const ViewRow = z.object({
  id: z.string(),
  case_id: z.string(),
  number: z.string(),
  head_name: z.string(),
  rt: z.number(),
  rw: z.number(),
  state: OutboxState,
  tries: z.number(),
  next_try_at: z.string(),
  problem: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  body_hash: z.string(),
  receipt_id: z.string().nullable(),
  server_time: z.string().nullable(),
  received_at: z.string().nullable(),
  awaits_mend: z.number(),
  held: z.number(),
  sharing: FamilyConsentBody.shape.consent.shape.sharing.nullable(),
  courier_number: z.number().nullable(),
  courier_at: z.string().nullable(),
});

export interface OutboxView {
  id: string;
  caseId: string;
  number: string;
  headName: string;
  rt: number;
  rw: number;
  state: OutboxState;
  tries: number;
  nextTryAt: string;
  problem: OutboxProblem | null;
  createdAt: string;
  updatedAt: string;
  hash: string;
  receipt: { id: string; serverTime: string; receivedAt: string } | null;
  /** The bundle that carries it while it waits. */
  courier: { number: number; madeAt: string } | null;
  /** Rejected, and nothing has been done about it yet. */
  awaitsMend: boolean;
  /** Kept back because the family refuses to share it. */
  held: boolean;
  /** What it says of the family being shown; null where it is a record of its case. */
  sharing: FamilyConsentBody['consent']['sharing'] | null;
}

const beside = `
  JOIN case_file ON case_file.id = outbox.case_id
  JOIN member AS head ON head.case_id = case_file.id AND head.relation = '1'
  LEFT JOIN receipt ON receipt.outbox_id = outbox.id
  LEFT JOIN courier_bundle AS bundle ON bundle.number = outbox.courier_number`;

const columns = `
  outbox.*, case_file.number, case_file.rt, case_file.rw, head.name AS head_name, ${awaitsMend} AS awaits_mend, ${held} AS held,
  CASE WHEN ${isWord} THEN outbox.body ->> '$.consent.sharing' END AS sharing,
  bundle.made_at AS courier_at, receipt.id AS receipt_id, receipt.server_time, receipt.received_at`;

/** Newest first. */
export function listOutbox(
  db: ReadableDb,
  part: OutboxPart,
  page: Holding & { offset: number; limit: number },
): { total: number; rows: OutboxView[] } {
  // The order of a page is read from an index: the records themselves bear whole families.
  const from = `FROM outbox INDEXED BY outbox_due ${part === 'ditolak' ? ofCase : ''} WHERE ${inPart[part]}`;
  const total = z.number().parse(db.prepare(`SELECT count(*) ${from}`).pluck().get());
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT outbox.rowid AS at ${from} ORDER BY outbox.rowid DESC LIMIT @limit OFFSET @offset)
       SELECT ${columns} FROM page CROSS JOIN outbox ON outbox.rowid = page.at ${beside} ORDER BY page.at DESC`,
    )
    .all(page)
    .map(rowToView);
  return { total, rows };
}

export function listOutboxOfCase(db: ReadableDb, caseId: string, holding: Holding): OutboxView[] {
  return db
    .prepare(
      `SELECT ${columns} FROM outbox ${beside} WHERE outbox.case_id = @caseId ORDER BY outbox.rowid DESC`,
    )
    .all({ ...holding, caseId })
    .map(rowToView);
}

function rowToView(raw: unknown): OutboxView {
  const row = ViewRow.parse(raw);
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    headName: row.head_name,
    rt: row.rt,
    rw: row.rw,
    state: row.state,
    tries: row.tries,
    nextTryAt: row.next_try_at,
    problem: row.problem === null ? null : OutboxProblem.parse(JSON.parse(row.problem)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    hash: row.body_hash,
    receipt:
      row.receipt_id === null || row.server_time === null || row.received_at === null
        ? null
        : { id: row.receipt_id, serverTime: row.server_time, receivedAt: row.received_at },
    courier:
      row.courier_number === null || row.courier_at === null
        ? null
        : { number: row.courier_number, madeAt: row.courier_at },
    awaitsMend: row.awaits_mend === 1,
    held: row.held === 1,
    sharing: row.sharing,
  };
}
