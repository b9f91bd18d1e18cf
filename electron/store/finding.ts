import { z } from 'zod';
import type { FindingFilter } from '../../shared/contract/finding.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { FindingKind, FindingOutcome, type FoundMismatch } from '../../shared/domain/finding.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { listedByNik } from './listed-niks.ts';
import type { PageShelf } from './page-shelf.ts';
import { lookWith } from './looked-with.ts';

/** Cases that ended, or went into another, have no findings. */
const ended = `('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH')`;

// Looking at cases ---------------------------------------------------------------------------------

/** With other lists or rules than the last time (`world`) every case is looked at again. */
export function heedFindingWorld(db: WritableDb, world: string): void {
  lookWith(db, 'temuan', world, () => {
    db.prepare(
      `INSERT INTO finding_due SELECT serial FROM case_file WHERE state NOT IN ${ended} ON CONFLICT DO NOTHING`,
    ).run();
  });
}

/** How many cases are to be looked at: changed since, or never looked at with these lists and rules. */
export function countUnscanned(db: ReadableDb): number {
  return z.number().parse(db.prepare('SELECT count(*) FROM finding_due').pluck().get());
}

/** The next of them, first come first. */
export function nextUnscanned(db: ReadableDb): string | null {
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare('SELECT id FROM case_file WHERE serial = (SELECT min(serial) FROM finding_due)')
        .pluck()
        .get() ?? null,
    );
}

/**
 * Keeps what was found of a case: a finding that is still the same keeps its age and its outcome, one
 * whose facts changed is open again, one that is no longer true is gone. One that comes back after it was remedied
 * is open again; what somebody looked at and let be stays so.
 */
export function replaceFindings(
  db: WritableDb,
  caseId: string,
  found: readonly FoundMismatch[],
  scan: { at: string; newId: () => string },
): void {
  const upsert = db.prepare(
    `INSERT INTO finding (id, case_id, kind, key, member_id, other_case_id, source, subject, reported, listed, note, listed_persons, found_at)
     VALUES (@id, @caseId, @kind, @key, @memberId, @otherCaseId, @source, @subject, @reported, @listed, @note, @persons, @at)
     ON CONFLICT (case_id, key) DO UPDATE SET
       subject = excluded.subject, reported = excluded.reported, listed = excluded.listed, note = excluded.note,
       listed_persons = excluded.listed_persons,
       found_at = CASE WHEN ${isAnother} THEN excluded.found_at ELSE found_at END,
       outcome = CASE WHEN ${isChanged} THEN NULL ELSE outcome END,
       outcome_note = CASE WHEN ${isChanged} THEN NULL ELSE outcome_note END,
       resolved_at = CASE WHEN ${isChanged} THEN NULL ELSE resolved_at END,
       resolved_by = CASE WHEN ${isChanged} THEN NULL ELSE resolved_by END,
       gone_at = NULL`,
  );
  const known = byKey(found);
  for (const [key, { listedPersons = [], about: _about, ...one }] of known)
    upsert.run({
      ...one,
      id: scan.newId(),
      caseId,
      key,
      persons: JSON.stringify(listedPersons),
      at: scan.at,
    });
  db.prepare(
    `UPDATE finding SET gone_at = ? WHERE case_id = ? AND gone_at IS NULL
     AND key NOT IN (SELECT value FROM json_each(?))`,
  ).run(scan.at, caseId, JSON.stringify([...known.keys()]));
  const of = 'serial = (SELECT serial FROM case_file WHERE id = ?)';
  db.prepare(`DELETE FROM finding_due WHERE ${of}`).run(caseId);
  db.prepare(`DELETE FROM finding_listed WHERE ${of}`).run(caseId);
  const persons = found.flatMap(({ listedPersons = [] }) => listedPersons.map(Number));
  db.prepare(
    `INSERT INTO finding_listed (reference_person_id, serial)
     SELECT DISTINCT listed.value, case_file.serial FROM json_each(?) AS listed, case_file WHERE case_file.id = ?`,
  ).run(JSON.stringify(persons), caseId);
}

/** Settled by what was looked at, and not by a remedy: true as long as the facts are the same. */
const judged: readonly FindingOutcome[] = ['dibiarkan', 'keluarga_lain'];
/** Whether the facts of a stored finding are others now, or are back although it was remedied. */
const isChanged = `(finding.reported IS NOT excluded.reported OR finding.listed IS NOT excluded.listed
  OR (finding.gone_at IS NOT NULL AND finding.outcome NOT IN (${judged.map((one) => `'${one}'`).join(', ')})))`;
/** One that was gone, or settled and is open again, begins anew. */
const isAnother = `(finding.gone_at IS NOT NULL OR (finding.resolved_at IS NOT NULL AND ${isChanged}))`;

/**
 * Each by what it is known by at the next look, within its case. Two lists of one kind that say different things of
 * a member are one finding: the latest says it. Two persons of one name who are no members are two, and so are two of
 * a list of each of whom is asked whether they are the member.
 */
function byKey(found: readonly FoundMismatch[]): Map<string, FoundMismatch> {
  const known = new Map<string, FoundMismatch>();
  for (const one of found) {
    const { kind, memberId, otherCaseId, ofHousehold, source, subject, about } = one;
    const whose = memberId ?? otherCaseId ?? (ofHousehold === true ? 'rumah tangga' : null);
    const first = [kind, whose ?? subject, source, ...(about === undefined ? [] : [about])].join(' ');
    let key = first;
    if (whose === null) for (let nth = 2; known.has(key); nth += 1) key = `${first} ke-${nth}`;
    if (!known.has(key)) known.set(key, one);
  }
  return known;
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
  listed_persons: z.string(),
  found_at: z.string(),
  outcome: FindingOutcome.nullable(),
  outcome_note: z.string().nullable(),
  resolved_at: z.string().nullable(),
  resolved_by_name: z.string().nullable(),
  gone: z.number(),
});

const Ids = z.array(z.string());

export type FindingRecord = ReturnType<typeof rowToFinding>;

const beside = `
  JOIN case_file ON case_file.id = finding.case_id
  LEFT JOIN account ON account.id = finding.resolved_by`;

const columns = `
  finding.*, case_file.number, case_file.state, case_file.rt, case_file.rw, account.name AS resolved_by_name,
  finding.gone_at IS NOT NULL OR case_file.state IN ${ended} AS gone,
  (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1' LIMIT 1) AS head_name,
  (SELECT nik FROM member WHERE member.id = finding.member_id) AS nik`;

/**
 * What still counts, each side from its index: true when last looked at, of a case that has not ended;
 * or settled by a person.
 */
const counting = {
  open: `FROM finding INDEXED BY finding_open
    JOIN case_file AS place INDEXED BY case_file_place ON place.id = finding.case_id
    WHERE finding.resolved_at IS NULL AND finding.gone_at IS NULL AND place.state NOT IN ${ended}`,
  settled: `FROM finding INDEXED BY finding_settled
    JOIN case_file AS place INDEXED BY case_file_place ON place.id = finding.case_id
    WHERE finding.resolved_at IS NOT NULL`,
};

/** One page, the oldest first; settled ones latest first. */
export function listFindings(
  db: ReadableDb,
  filter: FindingFilter,
  page: { offset: number; limit: number },
): FindingRecord[] {
  const settled = filter.state === 'selesai';
  const order = settled ? 'finding.resolved_at DESC, finding.id' : 'finding.found_at, finding.id';
  return db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT finding.id ${settled ? counting.settled : counting.open}
         AND (@kind IS NULL OR finding.kind = @kind) AND (@rw IS NULL OR place.rw = @rw)
         ORDER BY ${order} LIMIT @limit OFFSET @offset)
       SELECT ${columns} FROM page CROSS JOIN finding ON finding.id = page.id ${beside} ORDER BY ${order}`,
    )
    .all({ kind: filter.kind ?? null, rw: filter.rw ?? null, ...page })
    .map(rowToFinding);
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
  const rows = z.array(CountRow).parse(
    db
      .prepare(
        `SELECT finding.kind, place.rw, count(*) AS open, 0 AS settled, min(finding.found_at) AS oldest
         ${counting.open} GROUP BY finding.kind, place.rw
         UNION ALL
         SELECT finding.kind, place.rw, 0, count(*), NULL ${counting.settled} GROUP BY finding.kind, place.rw`,
      )
      .all(),
  );
  return [...Map.groupBy(rows, ({ kind, rw }) => `${kind} ${rw}`).values()].flatMap(([first, second]) =>
    first === undefined ? [] : [{ ...first, settled: (second ?? first).settled }],
  );
}

/** How many a filter lets through, as sums of the counting query. */
export function totalOfFindings(tallies: readonly FindingTally[], filter: FindingFilter): number {
  return tallies
    .filter(({ kind, rw }) => (filter.kind ?? kind) === kind && (filter.rw ?? rw) === rw)
    .reduce((sum, one) => sum + (filter.state === 'selesai' ? one.settled : one.open), 0);
}

/** How many are open, of all kinds. */
export function countOpenFindings(db: ReadableDb): number {
  return z.number().parse(db.prepare(`SELECT count(*) ${counting.open}`).pluck().get());
}

export function findFinding(db: ReadableDb, id: string): FindingRecord | null {
  const raw = db.prepare(`SELECT ${columns} FROM finding ${beside} WHERE finding.id = ?`).get(id);
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
  list_id: z.string(),
  nik: z.string(),
  name: z.string(),
  kk: z.string().nullable(),
});

/**
 * Everyone in these lists who bears one of these NIKs, in the order of import.
 *
 * @param pages those of the lists that this connection read before.
 */
export function listNikBearers(
  db: ReadableDb,
  listIds: readonly string[],
  niks: readonly string[],
  pages: PageShelf,
): { personId: string; householdId: string; listId: string; nik: string; name: string; kk: string | null }[] {
  return z
    .array(Bearer)
    .parse(
      db
        .prepare(
          `SELECT person.id, person.household_id, household.list_id, person.nik, person.name, coalesce(person.kk, household.kk) AS kk
           FROM reference_person AS person JOIN reference_household AS household ON household.id = person.household_id
           WHERE person.id IN (SELECT value FROM json_each(?)) AND person.nik IN (SELECT value FROM json_each(?)) ORDER BY person.id`,
        )
        .all(JSON.stringify(listedByNik(db, niks, listIds, pages)), JSON.stringify(niks)),
    )
    .map(({ id, household_id, list_id, nik, name, kk }) => ({
      personId: String(id),
      householdId: String(household_id),
      listId: list_id,
      nik,
      name,
      kk,
    }));
}

/** Whether somebody of another case that has not ended bears this NIK. */
export function isNikOfAnotherCase(db: ReadableDb, nik: string, caseId: string): boolean {
  const borne = db.prepare(
    `SELECT EXISTS (SELECT 1 FROM member JOIN case_file ON case_file.id = member.case_id
       WHERE member.nik = ? AND case_file.id <> ? AND case_file.state NOT IN ${ended})`,
  );
  return z.number().parse(borne.pluck().get(nik, caseId)) === 1;
}

/** Names under which this NIK stands in other cases that have not ended. */
export function listNamesInOtherCases(db: ReadableDb, nik: string, caseId: string): string[] {
  const borne = db.prepare(
    `SELECT DISTINCT member.name FROM member JOIN case_file ON case_file.id = member.case_id
     WHERE member.nik = ? AND case_file.id <> ? AND case_file.state NOT IN ${ended}`,
  );
  return z.array(z.string()).parse(borne.pluck().all(nik, caseId));
}

/** What was said or done elsewhere touches these cases: they are looked at again. */
export function forgetScans(db: WritableDb, caseIds: readonly string[]): void {
  db.prepare(
    `INSERT INTO finding_due SELECT serial FROM case_file WHERE id IN (SELECT value FROM json_each(?))
     AND state NOT IN ${ended} ON CONFLICT DO NOTHING`,
  ).run(JSON.stringify(caseIds));
}

/** These cases have something in common with an earlier one: whoever says nothing of it yet is looked at again. */
export function expectFindings(db: WritableDb, caseIds: readonly string[], earlierId: string): void {
  db.prepare(
    `INSERT INTO finding_due SELECT serial FROM case_file WHERE id IN (SELECT value FROM json_each(?))
     AND state NOT IN ${ended}
     AND NOT EXISTS (SELECT 1 FROM finding WHERE finding.case_id = case_file.id AND other_case_id = ? AND gone_at IS NULL)
     ON CONFLICT DO NOTHING`,
  ).run(JSON.stringify(caseIds), earlierId);
}

/**
 * Notes with which NIKs a case was looked at, and returns those that came or left since the last look: by them may be told
 * whose a row of a list is that another case was taken for.
 */
export function heedNiks(db: WritableDb, serial: number, niks: readonly string[]): string[] {
  const of = 'SELECT nik FROM finding_nik WHERE serial = ?';
  const before = new Set(Niks.parse(db.prepare(of).pluck().all(serial)));
  const now = new Set(niks);
  const changed = [...niks.filter((nik) => !before.has(nik)), ...[...before].filter((nik) => !now.has(nik))];
  const come = db.prepare('INSERT INTO finding_nik (serial, nik) VALUES (?, ?)');
  const leave = db.prepare('DELETE FROM finding_nik WHERE serial = ? AND nik = ?');
  for (const nik of new Set(changed)) (now.has(nik) ? come : leave).run(serial, nik);
  return changed;
}

const Niks = z.array(z.string());

/** NIKs of cases that ended since this was last asked. */
export function listNiksLeft(db: ReadableDb): string[] {
  return Niks.parse(db.prepare('SELECT nik FROM finding_nik_left').pluck().all());
}

export function forgetNiksLeft(db: WritableDb): void {
  db.exec('DELETE FROM finding_nik_left');
}

/** The cases of which a finding speaks of one of these rows of lists are looked at again, but for one of them. */
export function forgetScansOfListed(
  db: WritableDb,
  personIds: readonly number[],
  exceptSerial: number | null,
): void {
  db.prepare(
    `INSERT INTO finding_due
     SELECT DISTINCT serial FROM finding_listed JOIN case_file USING (serial)
     WHERE reference_person_id IN (SELECT value FROM json_each(?)) AND serial IS NOT ? AND state NOT IN ${ended}
     ON CONFLICT DO NOTHING`,
  ).run(JSON.stringify(personIds), exceptSerial);
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
    memberId: row.member_id,
    headName: row.head_name ?? '',
    rt: row.rt,
    rw: row.rw,
    source: row.source,
    subject: row.subject,
    nik: row.nik,
    reported: row.reported,
    listed: row.listed,
    note: row.note,
    listedPersons: Ids.parse(JSON.parse(row.listed_persons)),
    foundAt: row.found_at,
    outcome: row.outcome,
    outcomeNote: row.outcome_note,
    resolvedAt: row.resolved_at,
    resolvedByName: row.resolved_by_name,
    gone: row.gone === 1,
  };
}
