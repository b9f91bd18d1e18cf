import type { Migration } from '../migrate.ts';

/**
 * What came down stands in the order it came. Cursors are of one enrolment: a province that an office enrols at anew,
 * because its key got out or it was set up again, may count from the start, and its items met those of before.
 */
export const downOrder: Migration = {
  version: 48,
  name: 'down-order',
  sql: `
PRAGMA defer_foreign_keys = ON;
CREATE TABLE down_item_before AS SELECT * FROM down_item;
DROP TABLE down_item;
CREATE TABLE down_item (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  jws TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  applied_at TEXT
) STRICT;
INSERT INTO down_item (id, kind, jws, issued_at, received_at, applied_at)
SELECT id, kind, jws, issued_at, received_at, applied_at FROM down_item_before ORDER BY cursor;
DROP TABLE down_item_before;
CREATE INDEX down_item_pending ON down_item (seq) WHERE applied_at IS NULL;
`,
};
