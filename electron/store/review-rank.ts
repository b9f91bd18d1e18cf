import { z } from 'zod';
import { IdentificationResult } from '../../shared/domain/registration.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { lookWith } from './looked-with.ts';

/** What the queue keeps of a case between two looks; no name and no number of a person. */
export const RankBody = z.object({
  result: IdentificationResult,
  /** Members whom a list knows. */
  found: z.int(),
  /** Links that confirming it would make, a member and a list each; and how many of them are wrong on average. */
  links: z.int().default(0),
  wrong: z.number().default(0),
  /** A search word was too common and was left out: somebody may have been overlooked. */
  incomplete: z.boolean().default(false),
  /** It could not be compared at all: a person has to look why. */
  failed: z.boolean().default(false),
  /** Why a decision is worth making, in one phrase. */
  why: z.string(),
});
export type RankBody = z.infer<typeof RankBody>;

export interface Rank {
  caseId: string;
  stamp: string;
  sure: boolean;
  /** Persons who would on average be recorded wrongly if nobody looked. */
  gain: number;
  body: RankBody;
  /** Persons of a list that the case is asked about. */
  asked: readonly string[];
}

const Ids = z.array(z.string());

/**
 * With other lists or another model than the last time (`world`) every case that waits is ranked again;
 * until then its rank keeps its place, and nothing of it is sure.
 */
export function heedRankWorld(db: WritableDb, world: string): void {
  lookWith(db, 'urutan', world, () => {
    db.prepare(
      `INSERT INTO rank_due SELECT serial FROM case_file WHERE state = 'TERDAFTAR' ON CONFLICT DO NOTHING`,
    ).run();
    db.prepare('UPDATE review_rank SET sure = 0 WHERE sure = 1').run();
  });
}

/** Cases in TERDAFTAR without a rank of today: never ranked, changed since, or a decision touched them. */
export function listUnranked(db: ReadableDb): string[] {
  return Ids.parse(
    db.prepare('SELECT id FROM rank_due CROSS JOIN case_file USING (serial) ORDER BY serial').pluck().all(),
  );
}

export function countUnranked(db: ReadableDb): number {
  return Count.parse(db.prepare('SELECT count(*) FROM rank_due').pluck().get());
}

/** The next of them, first come first. */
export function nextUnranked(db: ReadableDb): string | null {
  return NextId.parse(
    db.prepare('SELECT id FROM case_file WHERE serial = (SELECT min(serial) FROM rank_due)').pluck().get() ??
      null,
  );
}

const Count = z.int();
const NextId = z.string().nullable();

/** Numbers of the cases that wait and could not be compared. */
export function listFailed(db: ReadableDb, stamp: string): { caseId: string; number: string }[] {
  return Failed.parse(
    db
      .prepare(
        `SELECT case_file.id AS caseId, case_file.number FROM case_file JOIN review_rank AS rank ON rank.case_id = case_file.id
         WHERE case_file.state = 'TERDAFTAR' AND rank.stamp IS case_file.version || ' ' || ? AND json_extract(rank.body, '$.failed')
         ORDER BY case_file.serial`,
      )
      .all(stamp),
  );
}

const Failed = z.array(z.object({ caseId: z.string(), number: z.string() }));

export function rankStamp(version: number, stamp: string): string {
  return `${version} ${stamp}`;
}

export function writeRank(db: WritableDb, rank: Rank): void {
  db.prepare('DELETE FROM review_asked WHERE case_id = ?').run(rank.caseId);
  db.prepare(
    `INSERT INTO review_rank (case_id, serial, stamp, sure, gain, body)
     SELECT id, serial, @stamp, @sure, @gain, @body FROM case_file WHERE id = @caseId
     ON CONFLICT (case_id) DO UPDATE SET stamp = excluded.stamp, sure = excluded.sure, gain = excluded.gain, body = excluded.body`,
  ).run({
    caseId: rank.caseId,
    stamp: rank.stamp,
    sure: rank.sure ? 1 : 0,
    gain: rank.gain,
    body: JSON.stringify(rank.body),
  });
  const insert = db.prepare(
    'INSERT INTO review_asked (case_id, reference_person_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  for (const personId of rank.asked) insert.run(rank.caseId, Number(personId));
  db.prepare('DELETE FROM rank_due WHERE serial = (SELECT serial FROM case_file WHERE id = ?)').run(
    rank.caseId,
  );
}

/** Of the cases that wait: how many are ranked for `stamp`, how many the program is sure of, how many were searched incompletely, what confirming the sure would link, and how much of that is wrong on average. */
export function rankFigures(db: ReadableDb, stamp: string): z.infer<typeof RankFigures> {
  return RankFigures.parse(
    db
      .prepare(
        `SELECT count(*) AS waiting, count(rank.case_id) AS ranked, coalesce(sum(rank.sure), 0) AS sure,
                coalesce(sum(json_extract(rank.body, '$.incomplete')), 0) AS incomplete,
                coalesce(sum(json_extract(rank.body, '$.links')) FILTER (WHERE rank.sure), 0) AS links,
                coalesce(sum(json_extract(rank.body, '$.wrong')) FILTER (WHERE rank.sure), 0) AS wrong
         FROM case_file LEFT JOIN review_rank AS rank
           ON rank.case_id = case_file.id AND rank.stamp IS case_file.version || ' ' || ?
         WHERE case_file.state = 'TERDAFTAR'`,
      )
      .get(stamp),
  );
}

const RankFigures = z.object({
  waiting: z.int(),
  ranked: z.int(),
  sure: z.int(),
  incomplete: z.int(),
  links: z.int(),
  wrong: z.number(),
});

/** A decision on these persons was made or taken back: who is asked about them is ranked anew. */
export function forgetRanksAsking(db: WritableDb, personIds: readonly string[]): void {
  db.prepare(
    `DELETE FROM review_rank WHERE case_id IN
       (SELECT case_id FROM review_asked WHERE reference_person_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)))`,
  ).run(JSON.stringify(personIds));
}

export function forgetRank(db: WritableDb, caseId: string): void {
  db.prepare('DELETE FROM review_rank WHERE case_id = ?').run(caseId);
}

const QueueRow = z.object({
  case_id: z.string(),
  number: z.string(),
  version: z.number(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  head_name: z.string().nullable(),
  members: z.number(),
  sure: z.number(),
  gain: z.number(),
  stale: z.number(),
  body: z.string(),
});

export interface RankedCase {
  caseId: string;
  number: string;
  version: number;
  address: { street: string; rt: number; rw: number };
  headName: string;
  members: number;
  sure: boolean;
  gain: number;
  /** Ranked before the case, the lists or the model changed: it keeps its place, and nothing of it is sure. */
  stale: boolean;
  body: RankBody;
}

/** Ranked cases that wait, the greatest gain first, then what is sure; first come first among equals. */
export function listRanked(
  db: ReadableDb,
  stamp: string,
  page: { offset: number; limit: number },
): { waiting: number; rows: RankedCase[] } {
  const waiting = z
    .number()
    .parse(db.prepare(`SELECT count(*) FROM case_file WHERE state = 'TERDAFTAR'`).pluck().get());
  const rows = db
    .prepare(
      `WITH page AS MATERIALIZED (SELECT case_id FROM review_rank INDEXED BY review_rank_order
         ORDER BY sure, gain DESC, serial LIMIT @limit OFFSET @offset)
       SELECT case_file.id AS case_id, number, version, street, rt, rw, rank.gain, rank.body, rank.sure,
              rank.stamp IS NOT version || ' ' || @stamp AS stale,
              (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1' LIMIT 1) AS head_name,
              (SELECT count(*) FROM member WHERE member.case_id = case_file.id) AS members
       FROM page CROSS JOIN review_rank AS rank ON rank.case_id = page.case_id
       CROSS JOIN case_file ON case_file.id = page.case_id
       ORDER BY rank.sure, rank.gain DESC, rank.serial`,
    )
    .all({ ...page, stamp })
    .map(rowToRanked);
  return { waiting, rows };
}

const SureRow = z.object({
  case_id: z.string(),
  number: z.string(),
  version: z.number(),
  head_name: z.string().nullable(),
  body: z.string(),
});

const isSure = `rank.sure = 1 AND case_file.state = 'TERDAFTAR' AND rank.stamp IS case_file.version || ' ' || ?`;

/** All cases that the program is sure of today, first come first. */
export function listSure(
  db: ReadableDb,
  stamp: string,
): { caseId: string; number: string; version: number; headName: string; body: RankBody }[] {
  return db
    .prepare(
      `SELECT case_file.id AS case_id, number, version, rank.body,
              (SELECT name FROM member WHERE member.case_id = case_file.id AND relation = '1' LIMIT 1) AS head_name
       FROM review_rank AS rank JOIN case_file ON case_file.id = rank.case_id
       WHERE ${isSure} ORDER BY rank.serial`,
    )
    .all(stamp)
    .map((raw) => {
      const row = SureRow.parse(raw);
      return {
        caseId: row.case_id,
        number: row.number,
        version: row.version,
        headName: row.head_name ?? '',
        body: RankBody.parse(JSON.parse(row.body)),
      };
    });
}

export function countSure(db: ReadableDb, stamp: string): number {
  return Count.parse(
    db
      .prepare(
        `SELECT count(*) FROM review_rank AS rank JOIN case_file ON case_file.id = rank.case_id WHERE ${isSure}`,
      )
      .pluck()
      .get(stamp),
  );
}

function rowToRanked(raw: unknown): RankedCase {
  const row = QueueRow.parse(raw);
  return {
    caseId: row.case_id,
    number: row.number,
    version: row.version,
    address: { street: row.street, rt: row.rt, rw: row.rw },
    headName: row.head_name ?? '',
    members: row.members,
    sure: row.sure === 1,
    gain: row.gain,
    stale: row.stale === 1,
    body: RankBody.parse(JSON.parse(row.body)),
  };
}
