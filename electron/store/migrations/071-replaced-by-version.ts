import type { Migration } from '../migrate.ts';

/** Which version of a list replaced another: once that is undone, an older version of its name replaces nothing. */
export const replacedByVersion: Migration = {
  version: 71,
  name: 'replaced-by-version',
  sql: `
CREATE TABLE reference_replaced_then AS SELECT list_id, by_name FROM reference_replaced;
DROP TABLE reference_replaced;
-- A list that counts no more while the list that said so stands, or a version of its name that came after it.
CREATE TABLE reference_replaced (
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  by_list TEXT NOT NULL REFERENCES reference_list (id),
  PRIMARY KEY (list_id, by_list)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_replaced_by ON reference_replaced (by_list);
-- The first version that came in after the list that is replaced, or the first there is.
INSERT INTO reference_replaced
SELECT list_id, by_list FROM (
  SELECT replaced.list_id, (
    SELECT said.id FROM reference_list AS said
    WHERE said.source = list.source AND said.name = replaced.by_name AND said.version > 0
    ORDER BY said.imported_at < list.imported_at, said.version LIMIT 1) AS by_list
  FROM reference_replaced_then AS replaced JOIN reference_list AS list ON list.id = replaced.list_id)
WHERE by_list IS NOT NULL;
DROP TABLE reference_replaced_then;
`,
};
