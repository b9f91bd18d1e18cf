import type { Migration } from '../migrate.ts';

/**
 * A file that replaces lists of other names is laid beside all of them together, so that each of their families has its
 * row. `members` are ids of who is counted in the earlier household, where that is not everyone of its rows and
 * nobody else. `replaces` is ids alone; a file that waited before has no rows of those lists, and replaces none. Of two lists
 * one comparison stands; one that comes in its place is worked out beside it.
 */
export const earlierTogether: Migration = {
  version: 68,
  name: 'earlier-together',
  sql: `
PRAGMA defer_foreign_keys = ON;
CREATE TABLE reference_difference_before AS SELECT * FROM reference_difference;
DROP TABLE reference_difference;
CREATE TABLE reference_difference (
  id TEXT PRIMARY KEY,
  base_list TEXT NOT NULL REFERENCES reference_list (id),
  list TEXT NOT NULL REFERENCES reference_list (id),
  -- Whether who is not in the later list is gone; else it holds a part only.
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  -- Null until all of it is written.
  finished_at TEXT,
  -- Lists of other names that count no more once it is saved; null where it is said to hold no more than its own.
  replaces TEXT CHECK (replaces IS NULL OR json_valid(replaces))
) STRICT;
INSERT INTO reference_difference (id, base_list, list, complete, finished_at)
SELECT id, base_list, list, complete, finished_at FROM reference_difference_before;
DROP TABLE reference_difference_before;
CREATE INDEX reference_difference_list ON reference_difference (list);
CREATE INDEX reference_difference_base ON reference_difference (base_list);
CREATE UNIQUE INDEX reference_difference_pair ON reference_difference (base_list, list) WHERE finished_at IS NOT NULL;
ALTER TABLE reference_change ADD COLUMN members TEXT CHECK (members IS NULL OR json_valid(members));
`,
};
