import { z } from 'zod';
import {
  DifferenceKind,
  DifferenceSubject,
  ProofSide,
  ProofState,
  ProofVia,
} from '../../shared/contract/proof.ts';
import { OutboxState } from '../../shared/domain/outbox.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { isWord, ofItsCase, waits } from './sync.ts';

/** What this office holds receipts for, and how that compared with the province. */

const HeldRow = z.object({
  caseId: z.string(),
  key: z.string(),
  kind: z.string(),
  number: z.string(),
  body: z.string(),
  kelurahan: z.string(),
  rw: z.number(),
  rt: z.number(),
});
export type HeldRecord = z.infer<typeof HeldRow>;

/**
 * Where the province counts a case whose newest record says no address, as one that takes it back: where the
 * record before says. What the office has no receipt of comes next, and last what stands here, since a
 * refusal may have taken that record out of the outbox while it was on its way.
 */
const addressPart = (part: string): string => `
  coalesce(newest.body ->> '$.household.address.${part}', (
    SELECT earlier.body ->> '$.household.address.${part}' FROM outbox AS earlier LEFT JOIN receipt AS proven ON proven.outbox_id = earlier.id
    WHERE earlier.case_id = newest.case_id AND earlier.body -> '$.household' IS NOT NULL
      AND earlier.state NOT IN ('ditolak', 'bertentangan')
    ORDER BY proven.version DESC NULLS LAST, earlier.rowid DESC LIMIT 1), case_file.${part}) AS ${part}`;

/** The newest record of each case that the province has given a receipt for, one by one. */
export function* readHeld(db: ReadableDb): Generator<HeldRecord> {
  const rows = db
    .prepare(
      `SELECT newest.case_id AS caseId, newest.idempotency_key AS key, newest.kind, newest.body ->> '$.case.number' AS number, newest.body,
              ${addressPart('kelurahan')}, ${addressPart('rw')}, ${addressPart('rt')}
       FROM outbox AS newest JOIN receipt ON receipt.outbox_id = newest.id JOIN case_file ON case_file.id = newest.case_id
       WHERE newest.state = 'diterima' AND ${ofItsCase('newest')} AND NOT EXISTS (
         SELECT 1 FROM outbox AS newer JOIN receipt AS later ON later.outbox_id = newer.id
         WHERE newer.case_id = newest.case_id AND ${ofItsCase('newer')} AND newer.state = 'diterima' AND later.version > receipt.version)`,
    )
    .iterate();
  for (const raw of rows) yield HeldRow.parse(raw);
}

const HeldWordRow = HeldRow.omit({ kelurahan: true, rw: true, rt: true });
export type HeldWord = z.infer<typeof HeldWordRow>;

/** What each case's family said last that the province has given a receipt for (ADR 27). */
export function listHeldWords(db: ReadableDb): HeldWord[] {
  return z.array(HeldWordRow).parse(
    db
      .prepare(
        `SELECT case_id AS caseId, idempotency_key AS key, kind, body ->> '$.case.number' AS number, body FROM outbox
         WHERE rowid IN (
           SELECT max(outbox.rowid) FROM outbox JOIN receipt ON receipt.outbox_id = outbox.id
           WHERE ${isWord} AND state = 'diterima' GROUP BY outbox.case_id)`,
      )
      .all(),
  );
}

/** Cases of which the newest word is stated as received, and the receipt is gone. */
export function listUnprovenWords(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT case_id FROM outbox LEFT JOIN receipt ON receipt.outbox_id = outbox.id
         WHERE receipt.id IS NULL AND outbox.rowid IN (
           SELECT max(rowid) FROM outbox WHERE ${isWord} AND state <> 'ditolak' GROUP BY case_id)
           AND state = 'diterima'`,
      )
      .pluck()
      .all(),
  );
}

const UnprovenRow = HeldRow.pick({ caseId: true, number: true, kelurahan: true, rw: true, rt: true });
export type UnprovenCase = z.infer<typeof UnprovenRow>;

/** Cases of which a record is stated as received, and the receipt is gone; as the newest such record places them. */
export function listUnprovenCases(db: ReadableDb): UnprovenCase[] {
  return z.array(UnprovenRow).parse(
    db
      .prepare(
        `SELECT newest.case_id AS caseId, newest.body ->> '$.case.number' AS number, ${addressPart('kelurahan')}, ${addressPart('rw')}, ${addressPart('rt')}
         FROM outbox AS newest JOIN case_file ON case_file.id = newest.case_id
         WHERE newest.rowid IN (
           SELECT max(stated.rowid) FROM outbox AS stated LEFT JOIN receipt ON receipt.outbox_id = stated.id
           WHERE stated.state = 'diterima' AND ${ofItsCase('stated')} AND receipt.id IS NULL GROUP BY stated.case_id)`,
      )
      .all(),
  );
}

export function countReceipts(db: ReadableDb): number {
  return z.number().parse(db.prepare('SELECT count(*) FROM receipt').pluck().get());
}

export interface ProofRun {
  state: ProofState;
  /** As of when the province held what it proved. */
  at: string;
  /** How its proof came. */
  via: ProofVia;
  casesHere: number;
  casesThere: number;
  receipts: number;
  /** ISO instant of the province's clock, of what it proved; null where it proved nothing. */
  serverTime: string | null;
  /** Cases left to the next comparison, in whole or in part. */
  later: number;
}

const RunRow = z.object({
  state: ProofState,
  at: z.string(),
  via: ProofVia,
  casesHere: z.number(),
  casesThere: z.number(),
  receipts: z.number(),
  serverTime: z.string().nullable(),
  later: z.number(),
});

export function findProofRun(db: ReadableDb): ProofRun | null {
  const raw = db
    .prepare(
      'SELECT state, at, via, cases_here AS casesHere, cases_there AS casesThere, receipts, server_time AS serverTime, later FROM proof_run WHERE id = 1',
    )
    .get();
  return raw === undefined ? null : RunRow.parse(raw);
}

export function putProofRun(db: WritableDb, run: ProofRun): void {
  db.prepare(
    `INSERT OR REPLACE INTO proof_run (id, state, at, via, cases_here, cases_there, receipts, server_time, later, bundles)
     VALUES (1, @state, @at, @via, @casesHere, @casesThere, @receipts, @serverTime, @later, (SELECT coalesce(max(number), 0) FROM courier_bundle))`,
  ).run(run);
}

/**
 * As of when the line's last verdict is, where it came since a bundle was made: what the bundle's answer proves may be of
 * before that. By the province's clock, or this office's where the province proved nothing; null where there is none.
 */
export function findVerdictSince(db: ReadableDb, bundle: number): string | null {
  return (
    z
      .string()
      .optional()
      .parse(
        db
          .prepare(`SELECT coalesce(server_time, at) FROM proof_run WHERE via = 'sambungan' AND bundles >= ?`)
          .pluck()
          .get(bundle),
      ) ?? null
  );
}

const SinceRow = z.object({ key: z.string(), caseId: z.string(), subject: DifferenceSubject });

/** Receipts that came since a bundle was made, each with the key of its record and what it is of. */
export function listReceiptsSince(db: ReadableDb, bundle: number): z.infer<typeof SinceRow>[] {
  return z.array(SinceRow).parse(
    db
      .prepare(
        `SELECT idempotency_key AS key, case_id AS caseId, iif(${isWord}, 'persetujuan', 'berkas') AS subject FROM receipt JOIN outbox ON outbox.id = receipt.outbox_id
           WHERE receipt.bundles >= ?`,
      )
      .all(bundle),
  );
}

/** Keys of all records, and words of families, that the province has given a receipt for. */
export function listProvenKeys(db: ReadableDb): string[] {
  return z
    .array(z.string())
    .parse(
      db
        .prepare(
          `SELECT idempotency_key FROM receipt JOIN outbox ON outbox.id = outbox_id WHERE state = 'diterima'`,
        )
        .pluck()
        .all(),
    );
}

/** Cases of which somebody asked for a record that the courier's answer had not brought. */
export function listWanted(db: ReadableDb): string[] {
  return z
    .array(z.string())
    .parse(db.prepare('SELECT DISTINCT case_id FROM proof_difference WHERE wanted = 1').pluck().all());
}

export function setWanted(
  db: WritableDb,
  { caseId, subject }: Pick<NewDifference, 'caseId' | 'subject'>,
): void {
  db.prepare('UPDATE proof_difference SET wanted = 1 WHERE case_id = ? AND subject = ?').run(caseId, subject);
}

/** Keys of all records that are stated as received, and whose receipt is gone; of what somebody asked for in vain first. */
export function listUnprovenKeys(db: ReadableDb): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT idempotency_key FROM outbox LEFT JOIN receipt ON receipt.outbox_id = outbox.id
         WHERE outbox.state = 'diterima' AND receipt.id IS NULL
         ORDER BY outbox.case_id IN (SELECT case_id FROM proof_difference WHERE wanted = 1) DESC, outbox.rowid`,
      )
      .pluck()
      .all(),
  );
}

/**
 * Keeps what a courier brought of the records that differ, in place of what the comparison before it had.
 *
 * @param records JSON of each answer by the key; null of those that the province does not hold
 */
export function replaceCarried(db: WritableDb, records: ReadonlyMap<string, string | null>): void {
  db.prepare('DELETE FROM proof_record').run();
  const put = db.prepare('INSERT INTO proof_record (key, answer) VALUES (?, ?)');
  for (const [key, answer] of records) put.run(key, answer);
}

/** The office comes to a province anew: what was compared with the one before says nothing of it, nor do the records that came from there. */
export function forgetComparison(db: WritableDb): void {
  for (const table of ['proof_record', 'proof_difference', 'proof_area', 'proof_run'])
    db.prepare(`DELETE FROM ${table}`).run();
}

/** What the courier brought of a record: JSON of it, null where the province does not hold it, undefined where nothing came. */
export function findCarried(db: ReadableDb, key: string): string | null | undefined {
  return z
    .string()
    .nullish()
    .parse(db.prepare('SELECT answer FROM proof_record WHERE key = ?').pluck().get(key));
}

const AreaRow = z.object({
  kelurahan: z.string(),
  rw: z.number(),
  here: z.number(),
  there: z.number(),
  same: z.number(),
  later: z.number(),
});

export interface AreaRecord extends Omit<z.infer<typeof AreaRow>, 'same'> {
  same: boolean;
}

export function listProofAreas(db: ReadableDb): AreaRecord[] {
  return z
    .array(AreaRow)
    .parse(db.prepare('SELECT * FROM proof_area ORDER BY kelurahan, rw').all())
    .map((row) => ({ ...row, same: row.same === 1 }));
}

export interface NewDifference {
  caseId: string;
  subject: DifferenceSubject;
  kind: DifferenceKind;
  kelurahan: string;
  rw: number;
  /** Null where nobody told it. */
  rt: number | null;
  number: string;
  thereKey: string | null;
  /** Of its body, as the province signed it. */
  thereHash: string | null;
}

/** Replaces the last comparison; a difference that was there before keeps the time it was found, and whether it is wanted. */
export function replaceComparison(
  db: WritableDb,
  areas: readonly AreaRecord[],
  differences: readonly NewDifference[],
  at: string,
): void {
  db.prepare('DELETE FROM proof_area').run();
  const putArea = db.prepare(
    'INSERT INTO proof_area (kelurahan, rw, here, there, same, later) VALUES (@kelurahan, @rw, @here, @there, @same, @later)',
  );
  for (const area of areas) putArea.run({ ...area, same: area.same ? 1 : 0 });
  const known = new Map(listDifferences(db).map((before) => [differenceKey(before), before.foundAt]));
  const wanted = new Set(listWanted(db));
  db.prepare('DELETE FROM proof_difference').run();
  const put = db.prepare(
    `INSERT INTO proof_difference (case_id, subject, kind, kelurahan, rw, rt, number, there_key, there_hash, found_at, wanted)
     VALUES (@caseId, @subject, @kind, @kelurahan, @rw, @rt, @number, @thereKey, @thereHash, @foundAt, @wanted)`,
  );
  for (const { caseId, subject, kind, kelurahan, rw, rt, number, thereKey, thereHash } of differences)
    put.run({
      caseId,
      subject,
      kind,
      kelurahan,
      rw,
      rt,
      number,
      thereKey,
      thereHash,
      foundAt: known.get(differenceKey({ caseId, subject })) ?? at,
      wanted: wanted.has(caseId) ? 1 : 0,
    });
}

/** What differs, as a text to find it by. */
export function differenceKey({ caseId, subject }: Pick<NewDifference, 'caseId' | 'subject'>): string {
  return `${caseId} ${subject}`;
}

/** What is told of a difference, open or mended. */
const Compared = z.object({
  caseId: z.string(),
  subject: DifferenceSubject,
  kind: DifferenceKind,
  kelurahan: z.string(),
  rw: z.number(),
  rt: z.number().nullable(),
  number: z.string(),
  thereKey: z.string().nullable(),
  thereHash: z.string().nullable(),
});
const compared =
  'difference.case_id AS caseId, subject, kind, kelurahan, rw, rt, number, there_key AS thereKey, there_hash AS thereHash';

const DifferenceRow = Compared.extend({
  foundAt: z.string(),
  mendedFrom: ProofSide.nullable(),
  headName: z.string().nullable(),
});
export type DifferenceRecord = z.infer<typeof DifferenceRow>;

export function listDifferences(db: ReadableDb): DifferenceRecord[] {
  return z.array(DifferenceRow).parse(
    db
      .prepare(
        `SELECT ${compared}, found_at AS foundAt, mended_from AS mendedFrom, head.name AS headName
         FROM proof_difference AS difference
         LEFT JOIN member AS head ON head.case_id = difference.case_id AND head.relation = '1'
         ORDER BY kelurahan, rw, rt, number, difference.case_id, subject`,
      )
      .all(),
  );
}

export function countDifferences(db: ReadableDb): number {
  return z
    .number()
    .parse(db.prepare('SELECT count(*) FROM proof_difference WHERE mended_at IS NULL').pluck().get());
}

const MendedRow = Compared.extend({
  mendedAt: z.string(),
  mendedFrom: ProofSide,
  underWay: z.number(),
});
export interface MendedDifference extends Omit<z.infer<typeof MendedRow>, 'underWay'> {
  /** Its record waits to be sent, or a person has yet to choose between the values. */
  underWay: boolean;
}

/** Differences that somebody has repaired. */
export function listMended(db: ReadableDb): MendedDifference[] {
  return z
    .array(MendedRow)
    .parse(
      db
        .prepare(
          `SELECT ${compared}, mended_at AS mendedAt, mended_from AS mendedFrom,
                  EXISTS (
                    SELECT 1 FROM outbox WHERE outbox.case_id = difference.case_id AND ${waits}
                      AND (subject = 'persetujuan') = (${isWord}))
                  OR (subject = 'berkas' AND kind = 'isi_berbeda' AND EXISTS (
                    SELECT 1 FROM clash WHERE clash.case_id = difference.case_id AND choice IS NULL)) AS underWay
           FROM proof_difference AS difference WHERE mended_at IS NOT NULL`,
        )
        .all(),
    )
    .map((row) => ({ ...row, underWay: row.underWay === 1 }));
}

/** Whether a repair is no longer on its way: time to look whether it held. */
export function isRepairThrough(db: ReadableDb): boolean {
  return listMended(db).some(({ underWay }) => !underWay);
}

export function setMended(
  db: WritableDb,
  { caseId, subject }: Pick<NewDifference, 'caseId' | 'subject'>,
  from: ProofSide,
  at: string,
): void {
  db.prepare(
    'UPDATE proof_difference SET mended_at = ?, mended_from = ? WHERE case_id = ? AND subject = ?',
  ).run(at, from, caseId, subject);
}

const AcceptedRow = z.object({
  id: z.string(),
  key: z.string(),
  state: OutboxState,
  hash: z.string(),
  version: z.number().nullable(),
  jws: z.string().nullable(),
});
export type OutboxOfCase = z.infer<typeof AcceptedRow>;
const AcceptedRows = z.array(AcceptedRow);

/** Every record of a case, oldest first, with the version its receipt names. */
export function listRecordsOfCase(db: ReadableDb, caseId: string): OutboxOfCase[] {
  return recordsOfCase(db, caseId, ofItsCase('outbox'));
}

function recordsOfCase(db: ReadableDb, caseId: string, which: string): OutboxOfCase[] {
  return AcceptedRows.parse(
    db
      .prepare(
        `SELECT outbox.id, idempotency_key AS key, state, body_hash AS hash, receipt.version, receipt.jws
         FROM outbox LEFT JOIN receipt ON receipt.outbox_id = outbox.id
         WHERE case_id = ? AND ${which} ORDER BY outbox.rowid`,
      )
      .all(caseId),
  );
}

/** Every word of a case's family (ADR 27), oldest first. */
export function listWordsOfCase(db: ReadableDb, caseId: string): OutboxOfCase[] {
  return recordsOfCase(db, caseId, isWord);
}

/** Whether this office can prove that the province took a record: it was told so, and has the receipt still. */
export function isProven({ state, jws }: OutboxOfCase): boolean {
  return state === 'diterima' && jws !== null;
}

/** Whether a record is stated as received, and nothing proves it any more. */
export function isUnproven({ state, jws }: OutboxOfCase): boolean {
  return state === 'diterima' && jws === null;
}

/** Body of a record as it was fixed when it was queued. */
export function findBodyOf(db: ReadableDb, key: string): string | null {
  return (
    z
      .string()
      .optional()
      .parse(db.prepare('SELECT body FROM outbox WHERE idempotency_key = ?').pluck().get(key)) ?? null
  );
}

/** Puts confirmed records back among those that wait; their receipts go, the caller keeps them. */
export function reopenRecords(db: WritableDb, ids: readonly string[], at: string): void {
  const drop = db.prepare('DELETE FROM receipt WHERE outbox_id = ?');
  const reopen = db.prepare(
    `UPDATE outbox SET state = 'menunggu', next_try_at = @at, lease_until = NULL, problem = NULL, courier_number = NULL,
       updated_at = @at WHERE id = @id`,
  );
  for (const id of ids) {
    drop.run(id);
    reopen.run({ id, at });
  }
}

/**
 * Files of a case that the province may have lost with its record: the receipt of the record that names them
 * sets them on their way again. One that another case is sending now goes on.
 */
export function forgetSentFiles(db: WritableDb, caseId: string): void {
  db.prepare(
    `DELETE FROM attachment_push WHERE hash IN (SELECT hash FROM attachment_link WHERE case_id = @caseId)
       AND (state = 'selesai' OR NOT EXISTS (
         SELECT 1 FROM attachment_link AS link WHERE link.hash = attachment_push.hash AND link.case_id <> @caseId))`,
  ).run({ caseId });
}
