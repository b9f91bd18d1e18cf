import type { Migration } from '../migrate.ts';

/** Bundles that a courier carries to the province and back. */
export const courier: Migration = {
  version: 19,
  name: 'courier',
  sql: `
-- The province's key that bundles are encrypted to, and this office's own for the answers.
CREATE TABLE courier_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  province_key TEXT NOT NULL CHECK (json_valid(province_key)),
  reply_key TEXT NOT NULL CHECK (json_valid(reply_key))
) STRICT;

CREATE TABLE courier_bundle (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  bundle_id TEXT NOT NULL UNIQUE,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES account (id),
  records INTEGER NOT NULL CHECK (records >= 0),
  down_after INTEGER NOT NULL CHECK (down_after >= 0),
  answered_at TEXT
) STRICT;
CREATE INDEX courier_bundle_made_by ON courier_bundle (made_by);

-- The newest bundle that carries the item; it goes over the line all the same once that is back.
ALTER TABLE outbox ADD COLUMN courier_number INTEGER REFERENCES courier_bundle (number);
CREATE INDEX outbox_courier ON outbox (courier_number) WHERE courier_number IS NOT NULL;
`,
};
