import type { Migration } from '../migrate.ts';

/**
 * Two cases that are one family. What each case was before stands in the payload of the event, where
 * it can be erased; this table says which merge holds (docs/adr: reversible merge).
 */
export const caseMerge: Migration = {
  version: 9,
  name: 'case-merge',
  sql: `
CREATE TABLE case_merge (
  id TEXT PRIMARY KEY,
  kept_id TEXT NOT NULL REFERENCES case_file (id),
  absorbed_id TEXT NOT NULL REFERENCES case_file (id),
  -- State of the absorbed case before, to which it returns.
  absorbed_state TEXT NOT NULL,
  -- Holds both households as they were, the plan, and what came of it.
  event_id TEXT NOT NULL REFERENCES event (id),
  merged_by TEXT NOT NULL REFERENCES account (id),
  merged_at TEXT NOT NULL,
  separated_at TEXT,
  CHECK (kept_id <> absorbed_id)
) STRICT;
CREATE INDEX case_merge_kept ON case_merge (kept_id);
-- A case goes into one other at a time.
CREATE UNIQUE INDEX case_merge_absorbed ON case_merge (absorbed_id) WHERE separated_at IS NULL;
CREATE INDEX case_merge_absorbed_all ON case_merge (absorbed_id);
CREATE INDEX case_merge_event ON case_merge (event_id);
CREATE INDEX case_merge_merged_by ON case_merge (merged_by);
`,
};
