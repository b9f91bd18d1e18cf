import type { Migration } from '../migrate.ts';

/** An office without a line enrols by a courier, and knows what it waits for after a restart. */
export const courierEnrolment: Migration = {
  version: 73,
  name: 'courier-enrolment',
  sql: `
-- What opens the province's answer (the code's hash, then the office's own key), and which key it must enrol.
CREATE TABLE courier_enrolment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  public_key TEXT NOT NULL,
  reply_key TEXT NOT NULL CHECK (json_valid(reply_key)),
  asked_at TEXT NOT NULL
) STRICT;
`,
};
