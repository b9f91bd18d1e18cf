import { z } from 'zod';
import type { FindingFilter } from '../../shared/contract/finding.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { FindingKind, FindingOutcome, type FoundMismatch } from '../../shared/domain/finding.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Cases that ended, or went into another, have no findings. */
const ended = `('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH')`;

// Looking at cases ---------------------------------------------------------------------------------

const Stale = z.object({ id: z.string(), stamp: z.string() });

/**
 * Cases that changed since they were looked at, or were looked at with other lists or rules, and the
 * stamp to note for each; `world` is what lists and rules say.
 */
export function listUnscanned(db: ReadableDb, world: string): { id: string; stamp: string }[] {
  return z.array(Stale).parse(
    db
      .prepare(
        `SELECT id, stamp FROM (
           SELECT case_file.id, case_file.serial,
                  case_file.version || ' ' || case_file.updated_at || ' ' || ? AS stamp
           FROM case_file WHERE case_file.state NOT IN ${ended}) AS now
         WHERE stamp IS NOT (SELECT scan.stamp FROM finding_scan AS scan WHERE scan.case_id = now.id)
         ORDER BY serial`,
      )
      .all(world),
  );
}

/**
 * Keeps what was found of a case: a finding that is still the same keeps its age and its outcome, one
 * whose facts changed is open again, one that is no longer true is gone.
 */
export function replaceFindings(
  db: WritableDb,
  caseId: string,
  found: readonly FoundMismatch[],
  scan: { stamp: string; at: string; newId: () => string },
): void {
  const upsert = db.prepare(
    `INSERT INTO finding (id, case_id, kind, key, member_id, other_case_id, source, subject, reported, listed, note, found_at)
     VALUES (@id, @caseId, @kind, @key, @memberId, @otherCaseId, @source, @subject, @reported, @listed, @note, @at)
     ON CONFLICT (case_id, key) DO UPDATE SET
       subject = excluded.subject, reported = excluded.reported, listed = excluded.listed, note = excluded.note,
       found_at = CASE WHEN ${isAnother} THEN excluded.found_at ELSE found_at END,
       outcome = CASE WHEN ${isChanged} THEN NULL ELSE outcome END,
       outcome_note = CASE WHEN ${isChanged} THEN NULL ELSE outcome_note END,
       resolved_at = CASE WHEN ${isChanged} THEN NULL ELSE resolved_at END,
       resolved_by = CASE WHEN ${isChanged} THEN NULL ELSE resolved_by END,
       gone_at = NULL`,
  );
  for (const one of found) upsert.run({ ...one, id: scan.newId(), caseId, key: keyOf(one), at: scan.at });
  db.prepare(
    `UPDATE finding SET gone_at = ? WHERE case_id = ? AND gone_at IS NULL
     AND key NOT IN (SELECT value FROM json_each(?))`,
  ).run(scan.at, caseId, JSON.stringify(found.map(keyOf)));
  db.prepare(
    'INSERT INTO finding_scan (case_id, stamp) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET stamp = excluded.stamp',
  ).run(caseId, scan.stamp);
}

/** Whether the facts of a stored finding are others now. */
const isChanged = `(finding.reported IS NOT excluded.reported OR finding.listed IS NOT excluded.listed)`;
/** One that was gone, or settled and is open again, begins anew. */
const isAnother = `(finding.gone_at IS NOT NULL OR (finding.resolved_at IS NOT NULL AND ${isChanged}))`;

function keyOf({ kind, memberId, otherCaseId, source, subject }: FoundMismatch): string {
  // Whoever is no member is known by their name.
  return [kind, memberId ?? otherCaseId ?? subject, source].join(' ');
}

// Worklist -----------------------------------------------------------------------------------------

const Row = z.object({
  id: z.string(),
  kind: FindingKind,
  case_id: z.string(),
  number: z.string(),
  state: CaseState,
  other_case_id: z.string().nullable(),
  member_id: z.string().nullable(),
  head_name: z.string().nullable(),
  rt: z.number(),
  rw: z.number(),
  source: z.string(),
  subject: z.string(),
  nik: z.string().nullable(),
  reported: z.string().nullable(),
  listed: z.string().nullable(),
  note: z.string().nullable(),
  found_at: z.string(),
  outcome: FindingOutcome.nullable(),
  outcome_note: z.string().nullable(),
  resolved_at: z.string().nullable(),
  resolved_by_name: z.string().nullable(),
});

export type FindingRecord = ReturnType<typeof rowToFinding>;

const from = `
  FROM finding JOIN case_file ON case_file.id = finding.case_id
  LEFT JOIN account ON account.id = finding.resolved_by`;

const columns = `
  finding.*, case_file.number, case_file.state, case_file.rt, case_file.rw, account.name AS resolved_by_name,
  (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1' LIMIT 1) AS head_name,
  (SELECT nik FROM member WHERE member.id = finding.member_id) AS nik`;

/** What still counts: true when last looked at, of a case that has not ended; or settled by a person. */
const counts = `(finding.resolved_at IS NOT NULL OR (finding.gone_at IS NULL AND case_file.state NOT IN ${ended}))`;

/** One page, the oldest first; settled ones latest first. */
export function listFindings(
  db: ReadableDb,
  filter: FindingFilter,
  page: { offset: number; limit: number },
): { total: number; rows: FindingRecord[] } {
  const settled = filter.state === 'selesai';
  const where = `WHERE ${counts} AND (@kind IS NULL OR finding.kind = @kind) AND (@rw IS NULL OR case_file.rw = @rw)
    AND (finding.resolved_at IS NOT NULL) = @settled`;
  const values = { kind: filter.kind ?? null, rw: filter.rw ?? null, settled: settled ? 1 : 0 };
  const total = z.number().parse(db.prepare(`SELECT count(*) ${from} ${where}`).pluck().get(values));
  const order = settled ? 'finding.resolved_at DESC' : 'finding.found_at';
  const rows = db
    .prepare(
      `SELECT ${columns} ${from} ${where} ORDER BY ${order}, case_file.serial, finding.id LIMIT @limit OFFSET @offset`,
    )
    .all({ ...values, ...page })
    .map(rowToFinding);
  return { total, rows };
}

const CountRow = z.object({
  kind: FindingKind,
  rw: z.number(),
  open: z.number(),
  settled: z.number(),
  oldest: z.string().nullable(),
});

export type FindingTally = z.infer<typeof CountRow>;

/** The one query that counts, per kind and RW: screen, paper and workbook are sums of it. */
export function countFindings(db: ReadableDb): FindingTally[] {
  return z.array(CountRow).parse(
    db
      .prepare(
        `SELECT finding.kind, case_file.rw, sum(finding.resolved_at IS NULL) AS open,
                sum(finding.resolved_at IS NOT NULL) AS settled,
                min(CASE WHEN finding.resolved_at IS NULL THEN finding.found_at END) AS oldest
         ${from} WHERE ${counts} GROUP BY finding.kind, case_file.rw`,
      )
      .all(),
  );
}

export function findFinding(db: ReadableDb, id: string): FindingRecord | null {
  const raw = db.prepare(`SELECT ${columns} ${from} WHERE finding.id = ?`).get(id);
  return raw === undefined ? null : rowToFinding(raw);
}

export function settleFinding(
  db: WritableDb,
  id: string,
  settled: { outcome: FindingOutcome; note: string; at: string; by: string },
): void {
  db.prepare(
    'UPDATE finding SET outcome = ?, outcome_note = ?, resolved_at = ?, resolved_by = ? WHERE id = ?',
  ).run(settled.outcome, settled.note, settled.at, settled.by, id);
}

export function unsettleFinding(db: WritableDb, id: string): void {
  db.prepare(
    'UPDATE finding SET outcome = NULL, outcome_note = NULL, resolved_at = NULL, resolved_by = NULL WHERE id = ?',
  ).run(id);
}

const Bearer = z.object({
  id: z.number(),
  household_id: z.number(),
  name: z.string(),
  kk: z.string().nullable(),
});

/** Everyone in these lists who bears this NIK, in the order of import. */
export function listNikBearers(
  db: ReadableDb,
  listIds: readonly string[],
  nik: string,
): { personId: string; householdId: string; name: string; kk: string | null }[] {
  return z
    .array(Bearer)
    .parse(
      db
        .prepare(
          `SELECT person.id, person.household_id, person.name, coalesce(person.kk, household.kk) AS kk
           FROM reference_person AS person JOIN reference_household AS household ON household.id = person.household_id
           WHERE person.nik = ? AND household.list_id IN (SELECT value FROM json_each(?)) ORDER BY person.id`,
        )
        .all(nik, JSON.stringify(listIds)),
    )
    .map(({ id, household_id, name, kk }) => ({
      personId: String(id),
      householdId: String(household_id),
      name,
      kk,
    }));
}

/** What was said or done elsewhere touches these cases: they are looked at again. */
export function forgetScans(db: WritableDb, caseIds: readonly string[]): void {
  db.prepare('DELETE FROM finding_scan WHERE case_id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(caseIds),
  );
}

function rowToFinding(raw: unknown) {
  const row = Row.parse(raw);
  return {
    id: row.id,
    kind: row.kind,
    caseId: row.case_id,
    caseNumber: row.number,
    caseState: row.state,
    otherCaseId: row.other_case_id,
    headName: row.head_name ?? '',
    rt: row.rt,
    rw: row.rw,
    source: row.source,
    subject: row.subject,
    nik: row.nik,
    reported: row.reported,
    listed: row.listed,
    note: row.note,
    foundAt: row.found_at,
    outcome: row.outcome,
    outcomeNote: row.outcome_note,
    resolvedAt: row.resolved_at,
    resolvedByName: row.resolved_by_name,
  };
}
