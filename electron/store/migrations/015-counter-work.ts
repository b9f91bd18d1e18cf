import type { Migration } from '../migrate.ts';

/** One editor at a time, what the lurah has opened before approving a batch, and life events. */
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

-- A birth, death, move … as it was typed; the lurah's approval carries it out. Null for a correction.
ALTER TABLE correction ADD COLUMN life_event TEXT CHECK (life_event IS NULL OR json_valid(life_event));
`,
};
