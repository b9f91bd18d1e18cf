import type { Migration } from '../migrate.ts';

/**
 * What was refused of a waiting file stands beside its rows, which are long: all of half a million persons is refused
 * in a moment. A decision keeps whom it turned until the file is saved, and who made it as long as the list that came of it
 * stands. The index holds all that a difference is filtered, counted and put in order by.
 */
export const stagedDecisions: Migration = {
  version: 62,
  name: 'staged-decisions',
  sql: `
CREATE TABLE reference_refusal (
  change_id INTEGER PRIMARY KEY REFERENCES reference_change (id) ON DELETE CASCADE
) STRICT;
INSERT INTO reference_refusal SELECT id FROM reference_change WHERE accepted = 0;
ALTER TABLE reference_change DROP COLUMN accepted;
CREATE TABLE reference_decision (
  id INTEGER PRIMARY KEY,
  -- The file that waits; once it is saved, the version that came of it.
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  -- The filter, where it was about all that was shown; else rows were ticked.
  part TEXT CHECK (json_valid(part)),
  -- The rows that stood otherwise before; null once they are gone, or were turned back.
  turned TEXT CHECK (json_valid(turned)),
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  withdrawn_at TEXT,
  withdrawn_by TEXT REFERENCES account (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX reference_decision_list ON reference_decision (list_id);
CREATE INDEX reference_decision_by ON reference_decision (decided_by);
CREATE INDEX reference_decision_withdrawn_by ON reference_decision (withdrawn_by);
DROP INDEX reference_change_difference;
CREATE INDEX reference_change_difference ON reference_change
  (difference_id, kind, kelurahan, rw, rt, head_name, from_kelurahan, from_rw, rank_before, rank_after, unread);
`,
};
