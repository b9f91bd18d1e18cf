import type { Migration } from '../migrate.ts';

/**
 * A list is moved in by many short transactions, so that nobody waits for a long one; until the last
 * of them it is pending, and nobody sees it. One that is still pending when the register is opened
 * was cut off, and is taken out again.
 */
export const referencePending: Migration = {
  version: 2,
  name: 'reference-pending',
  sql: `
CREATE TABLE reference_pending (
  list_id TEXT PRIMARY KEY REFERENCES reference_list (id)
) STRICT, WITHOUT ROWID;

CREATE VIEW finished_list AS
  SELECT * FROM reference_list WHERE id NOT IN (SELECT list_id FROM reference_pending);
`,
};
