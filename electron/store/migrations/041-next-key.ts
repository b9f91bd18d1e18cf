import type { Migration } from '../migrate.ts';

/**
 * The key with which an office that was refused enrols again. Kept beside the one that its link was enrolled
 * with until the answer is here: a try that fails leaves the link as it was, and every try is of the same office.
 */
export const nextKey: Migration = {
  version: 41,
  name: 'next-key',
  sql: `
CREATE TABLE office_next_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  private_key TEXT NOT NULL CHECK (json_valid(private_key)),
  created_at TEXT NOT NULL
) STRICT;
`,
};
