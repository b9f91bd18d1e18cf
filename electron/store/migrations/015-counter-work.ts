import type { Migration } from '../migrate.ts';

/** One editor at a time, what the lurah has opened before approving a batch, life events, stacks of paper. */
export const counterWork: Migration = {
  version: 15,
  name: 'counter-work',
  sql: `
-- Who types in a draft right now; a lease that nobody renews runs out.
CREATE TABLE draft_lease (
  draft_id TEXT PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
  holder_id TEXT NOT NULL REFERENCES account (id),
  since TEXT NOT NULL,
  renewed_at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_lease_holder ON draft_lease (holder_id);

-- That somebody has seen a case as it stood after an event.
CREATE TABLE case_opening (
  event_id TEXT NOT NULL REFERENCES event (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  opened_at TEXT NOT NULL,
  PRIMARY KEY (event_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_opening_account ON case_opening (account_id);

-- A stack of forms typed in one after the other; what they have in common is typed once.
CREATE TABLE paper_batch (
  id TEXT PRIMARY KEY,
  dated TEXT NOT NULL,
  rt INTEGER NOT NULL CHECK (rt BETWEEN 1 AND 999),
  rw INTEGER NOT NULL CHECK (rw BETWEEN 1 AND 999),
  kelurahan TEXT NOT NULL,
  source TEXT NOT NULL,
  officer TEXT NOT NULL,
  opened_by TEXT NOT NULL REFERENCES account (id),
  opened_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
CREATE INDEX paper_batch_opened_by ON paper_batch (opened_by);
CREATE INDEX paper_batch_open ON paper_batch (opened_at) WHERE finished_at IS NULL;
CREATE TABLE paper_batch_case (
  batch_id TEXT NOT NULL REFERENCES paper_batch (id),
  position INTEGER NOT NULL CHECK (position > 0),
  case_id TEXT NOT NULL UNIQUE REFERENCES case_file (id),
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

-- A birth, death, move … as it was typed; the lurah's approval carries it out. Null for a correction.
ALTER TABLE correction ADD COLUMN life_event TEXT CHECK (life_event IS NULL OR json_valid(life_event));
`,
};
