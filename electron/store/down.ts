import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

/** What came down from the province, as it was signed, and what became of it. */

export interface DownMark {
  cursor: number;
  /** When the province was last read; null before. */
  readAt: string | null;
  /** Since when its word is refused, because it does not prove to be its own; null while it does. */
  refusedAt: string | null;
}

const MarkRow = z.object({
  cursor: z.number(),
  readAt: z.string().nullable(),
  refusedAt: z.string().nullable(),
});

export function readDownMark(db: ReadableDb): DownMark {
  const raw = db
    .prepare('SELECT cursor, read_at AS readAt, refused_at AS refusedAt FROM down_cursor WHERE id = 1')
    .get();
  return raw === undefined ? { cursor: 0, readAt: null, refusedAt: null } : MarkRow.parse(raw);
}

export function putDownMark(db: WritableDb, mark: DownMark): void {
  db.prepare(
    'INSERT OR REPLACE INTO down_cursor (id, cursor, read_at, refused_at) VALUES (1, @cursor, @readAt, @refusedAt)',
  ).run(mark);
}

/** Id of the item that was taken last; undefined where none was since the office began, or began anew, to count. */
export function findItemTaken(db: ReadableDb): string | undefined {
  return z
    .string()
    .optional()
    .parse(
      db.prepare('SELECT id FROM down_item WHERE cursor = (SELECT cursor FROM down_cursor)').pluck().get(),
    );
}

export interface StoredItem {
  id: string;
  /** The order in which the province issued it; {@link countAnew} puts it before all that comes afterwards. */
  cursor: number;
  kind: string;
  jws: string;
  issuedAt: string;
  receivedAt: string;
}

/** Keeps an item; says whether it is new. One of before that comes again takes its place among those of now. */
export function insertItem(db: WritableDb, item: StoredItem): boolean {
  const { changes } = db
    .prepare(
      `INSERT INTO down_item (id, cursor, kind, jws, issued_at, received_at) VALUES (@id, @cursor, @kind, @jws, @issuedAt, @receivedAt)
       ON CONFLICT (id) DO NOTHING`,
    )
    .run(item);
  if (changes === 0)
    db.prepare('UPDATE down_item SET cursor = @cursor WHERE id = @id AND cursor < 0').run({
      id: item.id,
      cursor: item.cursor,
    });
  return changes === 1;
}

/** @param at null where it waits (again) */
export function setItemApplied(db: WritableDb, id: string, at: string | null): void {
  db.prepare('UPDATE down_item SET applied_at = ? WHERE id = ?').run(at, id);
}

/**
 * What waits goes, with the settings that wait for their day, and what comes down is asked for from the start: it
 * comes again, signed as it is believed now. What was applied stays.
 */
export function forgetWaitingItems(db: WritableDb): void {
  const waiting = `SELECT id FROM down_item WHERE applied_at IS NULL`;
  db.exec(`
    DELETE FROM published_setting WHERE item_id IN (${waiting});
    DELETE FROM down_item WHERE applied_at IS NULL AND id NOT IN (SELECT item_id FROM province_decision) AND id NOT IN (SELECT item_id FROM task);
  `);
  countAnew(db);
}

/**
 * What comes down is asked for from the start. What is here keeps its order, before all that comes from now on: the
 * province may count anew.
 */
export function countAnew(db: WritableDb): void {
  db.exec(`
    DELETE FROM down_cursor;
    UPDATE down_item SET cursor = cursor - 1 - last FROM (SELECT max(cursor) AS last FROM down_item) AS newest;
  `);
}

const PendingRow = z.object({ id: z.string(), kind: z.string(), jws: z.string() });

/** What waits, in the order in which the province issued it; not the parts of lists. */
export function listPendingItems(db: ReadableDb): z.infer<typeof PendingRow>[] {
  return z
    .array(PendingRow)
    .parse(
      db
        .prepare(
          `SELECT id, kind, jws FROM down_item WHERE applied_at IS NULL AND kind <> 'reference.list' ORDER BY cursor, seq`,
        )
        .all(),
    );
}

/** Ids of what waits of a kind, in the order it came. */
export function listPendingOfKind(db: ReadableDb, kind: string): string[] {
  return z
    .array(z.string())
    .parse(
      db
        .prepare('SELECT id FROM down_item WHERE applied_at IS NULL AND kind = ? ORDER BY seq')
        .pluck()
        .all(kind),
    );
}

/** Which of these items wait, and were not forgotten meanwhile. */
export function listPendingOf(db: ReadableDb, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  return z
    .array(z.string())
    .parse(
      db
        .prepare(
          'SELECT id FROM down_item WHERE applied_at IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY cursor, seq',
        )
        .pluck()
        .all(JSON.stringify(ids)),
    );
}

/** Items of these kinds as the province signed them, in the order in which it issued them. */
export function listItemsOfKinds(db: ReadableDb, kinds: readonly string[]): string[] {
  return z
    .array(z.string())
    .parse(
      db
        .prepare(
          'SELECT jws FROM down_item WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY cursor, seq',
        )
        .pluck()
        .all(JSON.stringify(kinds)),
    );
}

/** An item as the province signed it; null where it was forgotten as the office enrolled anew. */
export function findItemJws(db: ReadableDb, id: string): string | null {
  return (
    z.string().optional().parse(db.prepare('SELECT jws FROM down_item WHERE id = ?').pluck().get(id)) ?? null
  );
}

export interface NewDecision {
  itemId: string;
  caseId: string;
  /** Whom of the case it is about; null where it is all. */
  memberId: string | null;
  matter: 'penetapan' | 'peringkat' | 'program';
  periodId: string;
  /** Name of the program; empty where it is none. */
  program: string;
  outcome: Record<string, unknown>;
}

/** @returns false where it stands already. */
export function insertDecision(db: WritableDb, decision: NewDecision): boolean {
  const { changes } = db
    .prepare(
      `INSERT INTO province_decision (item_id, case_id, member_id, matter, period_id, program, outcome)
       VALUES (@itemId, @caseId, @memberId, @matter, @periodId, @program, @outcome) ON CONFLICT DO NOTHING`,
    )
    .run({ ...decision, memberId: decision.memberId ?? '', outcome: JSON.stringify(decision.outcome) });
  return changes > 0;
}

const DecisionRow = z.object({
  memberId: z.string().nullable(),
  matter: z.enum(['penetapan', 'peringkat', 'program']),
  periodId: z.string(),
  program: z.string(),
  outcome: z.string(),
  issuedAt: z.string(),
});

export interface CaseDecision extends Omit<z.infer<typeof DecisionRow>, 'outcome'> {
  outcome: unknown;
}

/**
 * The province's word on a case as it stands: of each matter, member, program and period the one that it issued last, by
 * its own order. When it says it issued it is the clock of whichever process did, and when it came says nothing: what
 * was forgotten while it waited comes again after what is newer.
 */
export function listDecisionsOfCase(db: ReadableDb, caseId: string): CaseDecision[] {
  return db
    .prepare(
      `SELECT nullif(member_id, '') AS memberId, matter, period_id AS periodId, program, outcome, issued_at AS issuedAt
       FROM province_decision AS decision JOIN down_item AS item ON item.id = decision.item_id
       WHERE case_id = @caseId AND NOT EXISTS (
         SELECT 1 FROM province_decision AS later JOIN down_item AS next ON next.id = later.item_id
         WHERE later.case_id = decision.case_id AND later.member_id = decision.member_id AND later.matter = decision.matter
           AND later.program = decision.program AND later.period_id = decision.period_id
           AND next.cursor > item.cursor)
       ORDER BY period_id DESC, matter, program, decision.id`,
    )
    .all({ caseId })
    .map((raw) => {
      const row = DecisionRow.parse(raw);
      return { ...row, outcome: JSON.parse(row.outcome) };
    });
}

/** The newest day before this one on which a program ended that the province had granted; null where none did. */
export function findLastGrantEnd(db: ReadableDb, before: string): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(
          `SELECT max(outcome ->> 'until') FROM province_decision
           WHERE matter = 'program' AND outcome ->> 'until' IS NOT NULL AND outcome ->> 'until' < ?`,
        )
        .pluck()
        .get(before),
    );
}

export interface TaskRecord {
  id: string;
  itemId: string;
  caseId: string;
  code: string;
  field: string | null;
  sentence: string;
  from: string;
  receivedAt: string;
}

export function insertTask(db: WritableDb, task: TaskRecord): void {
  db.prepare(
    `INSERT INTO task (id, item_id, case_id, code, field, sentence, from_name, received_at)
     VALUES (@id, @itemId, @caseId, @code, @field, @sentence, @from, @receivedAt) ON CONFLICT DO NOTHING`,
  ).run(task);
}

const TaskRow = z.object({
  id: z.string(),
  itemId: z.string(),
  caseId: z.string(),
  code: z.string(),
  field: z.string().nullable(),
  sentence: z.string(),
  from: z.string(),
  receivedAt: z.string(),
});

export function listOpenTasks(db: ReadableDb): TaskRecord[] {
  return z.array(TaskRow).parse(
    db
      .prepare(
        `SELECT id, item_id AS itemId, case_id AS caseId, code, field, sentence, from_name AS "from", received_at AS receivedAt
           FROM task WHERE done_at IS NULL ORDER BY received_at, id`,
      )
      .all(),
  );
}

/** Says whether the task was open. */
export function setTaskDone(
  db: WritableDb,
  id: string,
  done: { by: string | null; at: string; note: string },
): boolean {
  const { changes } = db
    .prepare('UPDATE task SET done_at = @at, done_by = @by, note = @note WHERE id = @id AND done_at IS NULL')
    .run({ id, ...done });
  return changes === 1;
}

const Ids = z.array(z.string());

/** Tasks of a case that a new record of it answers. */
export function listOpenTasksOfCase(db: ReadableDb, caseId: string): string[] {
  return Ids.parse(
    db.prepare('SELECT id FROM task WHERE case_id = ? AND done_at IS NULL').pluck().all(caseId),
  );
}

export interface PublishedSetting {
  itemId: string;
  setting: 'kalender' | 'instrumen' | 'aturan_program' | 'model_skor';
  subject: string;
  version: string;
  title: string;
  effectiveFrom: string;
  content: Record<string, unknown>;
  /** Why this version of the program cannot use it; null where it does. */
  unusable: string | null;
}

export function insertSetting(db: WritableDb, setting: PublishedSetting): void {
  db.prepare(
    `INSERT INTO published_setting (item_id, setting, subject, version, title, effective_from, content, unusable)
     VALUES (@itemId, @setting, @subject, @version, @title, @effectiveFrom, @content, @unusable)
     ON CONFLICT (item_id) DO UPDATE SET unusable = excluded.unusable`,
  ).run({ ...setting, content: JSON.stringify(setting.content) });
}

const SettingRow = z.object({
  itemId: z.string(),
  setting: z.enum(['kalender', 'instrumen', 'aturan_program', 'model_skor']),
  subject: z.string(),
  version: z.string(),
  title: z.string(),
  effectiveFrom: z.string(),
  content: z.string(),
  unusable: z.string().nullable(),
});

/** What the province has set for its offices; of each kind the latest day first, of one day what it put last. */
export function listSettings(db: ReadableDb): PublishedSetting[] {
  return db
    .prepare(
      `SELECT item_id AS itemId, setting, subject, version, title, effective_from AS effectiveFrom, content, unusable
       FROM published_setting JOIN down_item ON down_item.id = item_id
       ORDER BY setting, effective_from DESC, cursor DESC`,
    )
    .all()
    .map((raw) => {
      const row = SettingRow.parse(raw);
      return { ...row, content: z.record(z.string(), z.unknown()).parse(JSON.parse(row.content)) };
    });
}

/** Settings of kinds that this version does not know, as they were signed, in the order they came. */
export function listUnknownSettings(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT jws FROM down_item WHERE applied_at IS NULL AND kind = 'setting.published'
             AND id NOT IN (SELECT item_id FROM published_setting) ORDER BY seq`,
      )
      .pluck()
      .all(),
  );
}

/** Who enrolled the office: in whose name lists of the province are taken in. */
export function findEnroller(db: ReadableDb): string | null {
  const raw = db
    .prepare(`SELECT actor_id FROM event WHERE type = 'kantor_didaftarkan' ORDER BY seq DESC LIMIT 1`)
    .pluck()
    .get();
  return z.string().nullish().parse(raw) ?? null;
}
