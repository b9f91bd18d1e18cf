import type { Migration } from '../migrate.ts';

/**
 * A list is moved in by many short transactions, so that nobody waits for a long one; until the last
 * of them it is pending, and nobody sees it. One that is still moving (`masuk`) when the register is
 * opened was cut off, and is taken out again; one that lies there to be looked at (`periksa`) waits
 * until somebody accepts or discards it.
 */
export const referencePending: Migration = {
  version: 2,
  name: 'reference-pending',
  sql: `
CREATE TABLE reference_pending (
  list_id TEXT PRIMARY KEY REFERENCES reference_list (id),
  state TEXT NOT NULL DEFAULT 'masuk' CHECK (state IN ('masuk', 'periksa'))
) STRICT, WITHOUT ROWID;

-- The lists that stand: moved in whole, and not undone.
CREATE VIEW finished_list AS
  SELECT * FROM reference_list
  WHERE withdrawn_at IS NULL AND id NOT IN (SELECT list_id FROM reference_pending);
`,
};
