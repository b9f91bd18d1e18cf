import type { Migration } from '../migrate.ts';

/**
 * A register list counts beside those of other names until somebody said that another replaces it. What was
 * replaced by its date alone until now stays so; other lists (padan, PPKS, Carik) count again by their names.
 */
export const replacedLists: Migration = {
  version: 43,
  name: 'replaced-lists',
  sql: `
-- A list that counts no more while any version of the list of this name, of the same source, stands.
CREATE TABLE reference_replaced (
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  by_name TEXT NOT NULL,
  PRIMARY KEY (list_id, by_name)
) STRICT, WITHOUT ROWID;
INSERT INTO reference_replaced
SELECT list.id, later.name FROM reference_list AS list
JOIN finished_list AS later ON later.source = list.source AND later.name <> list.name AND later.list_date > list.list_date
WHERE list.version > 0 AND list.source IN ('BDT2015', 'DTKS', 'SIKS', 'DTSEN', 'REGSOSEK')
GROUP BY list.id, later.name;
`,
};
