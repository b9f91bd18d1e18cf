import type { Migration } from '../migrate.ts';

/** A file that does not reach the province: since when, and what became of it here. When it arrived, in bundles of the courier. */
export const failingFiles: Migration = {
  version: 72,
  name: 'failing-files',
  sql: `
CREATE TABLE attachment_push_then AS SELECT * FROM attachment_push;
DROP TABLE attachment_push;
-- Files that follow a record that the province has confirmed.
CREATE TABLE attachment_push (
  hash TEXT PRIMARY KEY REFERENCES attachment (hash),
  -- 'rusak': what is kept here is not what the hash names; 'tak_terbaca': the register gives it out no more.
  state TEXT NOT NULL CHECK (state IN ('menunggu', 'rusak', 'tak_terbaca', 'selesai')),
  sent INTEGER NOT NULL CHECK (sent >= 0),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  next_try_at TEXT NOT NULL,
  problem TEXT,
  -- The first time in a row that it did not go; NULL where it did, or was not tried.
  failing_since TEXT,
  -- How many bundles of the courier had been made when it arrived.
  bundles INTEGER NOT NULL DEFAULT 0 CHECK (bundles >= 0),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_push_due ON attachment_push (state, next_try_at);
CREATE INDEX attachment_push_failing ON attachment_push (failing_since) WHERE failing_since IS NOT NULL;
INSERT INTO attachment_push (hash, state, sent, tries, next_try_at, problem, failing_since, bundles, updated_at)
SELECT hash, iif(state = 'selesai', 'selesai', 'menunggu'), sent, tries, next_try_at, problem,
  iif(state <> 'selesai' AND tries > 0, updated_at, NULL),
  coalesce((SELECT max(number) FROM courier_bundle WHERE made_at <= attachment_push_then.updated_at), 0), updated_at
FROM attachment_push_then;
DROP TABLE attachment_push_then;
`,
};
