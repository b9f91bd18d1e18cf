import { z } from 'zod';
import type { WritableDb } from './connection.ts';
import { dropLaid, type EarlierList, layTogether, sides } from './earlier-lists.ts';
import { pairLonePersons } from './lone-persons.ts';
import { hasLastingIdentity } from './reference-rows.ts';

export interface ComparedLists {
  /** The latest first. */
  earlier: readonly EarlierList[];
  list: string;
  /** Whether who is not in the later list is gone. */
  complete: boolean;
}

/**
 * Lays the earlier lists together (`layTogether`), and fills `temp.pair` with every household of them and of the later
 * list: pairs, and those that stand alone. Households are one where their lasting identity is, else where most NIK of
 * their members are (first of those with one name or birth date, since a NIK may be typed wrong); by a list that holds
 * a part only, where more than half of the earlier members are, since the others stay with it. Who stands alone in
 * both lists is one person by name and birth date (`pairLonePersons`).
 */
export function pairHouseholds(db: WritableDb, { earlier, list, complete }: ComparedLists): void {
  layTogether(db, earlier, list);
  db.exec(`DROP TABLE IF EXISTS temp.pair;
           CREATE TEMP TABLE pair (base INTEGER, household INTEGER);`);
  pairByIdentity(db, list);
  db.exec(
    'CREATE INDEX temp.pair_base ON pair (base); CREATE INDEX temp.pair_household ON pair (household);',
  );
  const shared = z.array(z.tuple([z.number(), z.number()])).parse(
    db
      .prepare(
        `SELECT before.household, later.household FROM temp.bearer AS later
         JOIN temp.bearer AS before ON before.side = ${sides.base} AND before.nik = later.nik
         JOIN reference_person AS was ON was.id = before.person
         JOIN reference_person AS now ON now.id = later.person
         WHERE later.side = ${sides.later}
           AND later.household NOT IN (SELECT household FROM temp.pair)
           AND before.household NOT IN (SELECT base FROM temp.pair)
         GROUP BY before.household, later.household
         HAVING ? OR 2 * count(*) > (SELECT count(*) FROM temp.standing
                                      WHERE side = ${sides.base} AND household = before.household)
         ORDER BY sum(was.birth_date IS now.birth_date AND now.birth_date IS NOT NULL OR was.name = now.name COLLATE NOCASE) DESC,
                  count(*) DESC, before.household, later.household`,
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
  for (const { base, later } of pairLonePersons(db)) insert.run(base, later);
  db.prepare(
    `INSERT INTO temp.pair SELECT NULL, id FROM reference_household
     WHERE list_id = ? AND id NOT IN (SELECT household FROM temp.pair WHERE household IS NOT NULL)`,
  ).run(list);
  db.prepare(
    `INSERT INTO temp.pair SELECT household, NULL FROM temp.earlier
     WHERE household NOT IN (SELECT base FROM temp.pair WHERE base IS NOT NULL)`,
  ).run();
}

/** Those that both call the same. */
function pairByIdentity(db: WritableDb, list: string): void {
  db.prepare(
    `INSERT INTO temp.pair
     SELECT min(base.household), later.id FROM reference_household AS later
     CROSS JOIN temp.earlier AS base ON base.source_id = later.source_id
     WHERE later.list_id = ? AND ${hasLastingIdentity('later.source_id')} GROUP BY later.id`,
  ).run(list);
}

/** Takes out what `pairHouseholds` made. */
export function dropPairs(db: WritableDb): void {
  dropLaid(db);
  db.exec('DROP TABLE IF EXISTS temp.pair; DROP TABLE IF EXISTS temp.lone; DROP TABLE IF EXISTS temp.unread');
}
