import { z } from 'zod';
import type { WritableDb } from './connection.ts';
import { pairLonePersons } from './lone-persons.ts';
import { hasLastingIdentity } from './reference-rows.ts';

export interface ComparedLists {
  baseList: string;
  list: string;
  /** Whether who is not in the later list is gone. */
  complete: boolean;
}

/** Which of two lists a row of `temp.bearer` is of: of a million persons each, their ids would take half its memory. */
export const sides = { base: 0, later: 1 } as const;

/** Fills `temp.bearer` with the NIKs of both lists: one that is only looked at has no keys to find them by. */
function noteBearers(db: WritableDb, baseList: string, list: string): void {
  db.exec(`DROP TABLE IF EXISTS temp.bearer;
           CREATE TEMP TABLE bearer (
             side INTEGER NOT NULL, nik TEXT NOT NULL, person INTEGER NOT NULL, household INTEGER NOT NULL,
             PRIMARY KEY (side, nik, person)
           ) WITHOUT ROWID`);
  const note = db.prepare(
    `INSERT INTO temp.bearer
     SELECT ?, person.nik, person.id, household.id FROM reference_household AS household
     JOIN reference_person AS person ON person.household_id = household.id
     WHERE household.list_id = ? AND person.nik IS NOT NULL ORDER BY person.nik, person.id`,
  );
  note.run(sides.base, baseList);
  note.run(sides.later, list);
}

/**
 * Fills `temp.pair` with every household of both lists: pairs, and those that stand alone; and `temp.bearer`.
 * Households are one where their lasting identity is, else where most NIK of their members are; by a list that holds
 * a part only, where more than half of the earlier members are, since the others stay with it. Who stands alone in
 * both lists is one person by name and birth date (`pairLonePersons`).
 */
export function pairHouseholds(db: WritableDb, { baseList, list, complete }: ComparedLists): void {
  noteBearers(db, baseList, list);
  db.exec(`DROP TABLE IF EXISTS temp.pair;
           CREATE TEMP TABLE pair (base INTEGER, household INTEGER);`);
  pairByIdentity(db, baseList, list);
  db.exec(
    'CREATE INDEX temp.pair_base ON pair (base); CREATE INDEX temp.pair_household ON pair (household);',
  );
  const shared = z.array(z.tuple([z.number(), z.number()])).parse(
    db
      .prepare(
        `SELECT before.household, later.household FROM temp.bearer AS later
         JOIN temp.bearer AS before ON before.side = ${sides.base} AND before.nik = later.nik
         WHERE later.side = ${sides.later}
           AND later.household NOT IN (SELECT household FROM temp.pair)
           AND before.household NOT IN (SELECT base FROM temp.pair)
         GROUP BY before.household, later.household
         HAVING ? OR 2 * count(*) > (SELECT count(*) FROM reference_person WHERE household_id = before.household)
         ORDER BY count(*) DESC, before.household, later.household`,
      )
      .raw()
      .all(complete ? 1 : 0),
  );
  const insert = db.prepare('INSERT INTO temp.pair (base, household) VALUES (?, ?)');
  const taken = new Set<string>();
  for (const [base, household] of shared) {
    if (taken.has(`b${base}`) || taken.has(`h${household}`)) continue;
    taken.add(`b${base}`).add(`h${household}`);
    insert.run(base, household);
  }
  for (const { base, later } of pairLonePersons(db, baseList, list)) insert.run(base, later);
  db.prepare(
    `INSERT INTO temp.pair SELECT NULL, id FROM reference_household
     WHERE list_id = ? AND id NOT IN (SELECT household FROM temp.pair WHERE household IS NOT NULL)`,
  ).run(list);
  db.prepare(
    `INSERT INTO temp.pair SELECT id, NULL FROM reference_household
     WHERE list_id = ? AND id NOT IN (SELECT base FROM temp.pair WHERE base IS NOT NULL)`,
  ).run(baseList);
}

/** Those that both lists call the same: what the earlier one calls its households is put in order for it. */
function pairByIdentity(db: WritableDb, baseList: string, list: string): void {
  db.exec(`DROP TABLE IF EXISTS temp.called;
           CREATE TEMP TABLE called (
             source_id TEXT NOT NULL, household INTEGER NOT NULL, PRIMARY KEY (source_id, household)
           ) WITHOUT ROWID`);
  db.prepare(
    `INSERT INTO temp.called SELECT source_id, id FROM reference_household WHERE list_id = ? ORDER BY source_id, id`,
  ).run(baseList);
  db.prepare(
    `INSERT INTO temp.pair
     SELECT min(base.household), later.id FROM reference_household AS later
     CROSS JOIN temp.called AS base ON base.source_id = later.source_id
     WHERE later.list_id = ? AND ${hasLastingIdentity('later.source_id')} GROUP BY later.id`,
  ).run(list);
  db.exec('DROP TABLE temp.called');
}

/** Takes out what `pairHouseholds` made. */
export function dropPairs(db: WritableDb): void {
  db.exec(
    'DROP TABLE IF EXISTS temp.pair; DROP TABLE IF EXISTS temp.bearer; DROP TABLE IF EXISTS temp.called; DROP TABLE IF EXISTS temp.lone; DROP TABLE IF EXISTS temp.unread',
  );
}
