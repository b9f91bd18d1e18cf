import type { Migration } from '../migrate.ts';

/** What goes to the province, what comes back from it, what differs, and what it lent this office. */
export const exchange: Migration = {
  version: 10,
  name: 'exchange',
  sql: `
-- The push ----------------------------------------------------------------------------------------

-- The office's own key pair, kept before the first try of an enrolment: when its answer is lost, the
-- same code is sent again under the same key.
CREATE TABLE office_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  private_key TEXT NOT NULL CHECK (json_valid(private_key)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE office_link (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  address TEXT NOT NULL,
  office_id TEXT NOT NULL,
  credential TEXT NOT NULL,
  server_public_key TEXT NOT NULL CHECK (json_valid(server_public_key)),
  enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE REFERENCES event (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  parent_key TEXT,
  base_version INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > base_version),
  body TEXT NOT NULL CHECK (json_valid(body)),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  state TEXT NOT NULL CHECK (state IN ('menunggu', 'dikirim', 'ditahan', 'diterima', 'ditolak', 'bertentangan')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT NOT NULL,
  lease_until TEXT,
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_try_at);
CREATE INDEX outbox_case ON outbox (case_id);

CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  outbox_id TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  jws TEXT NOT NULL,
  record_hash TEXT NOT NULL CHECK (length(record_hash) = 64),
  -- Version of the case that the province holds since; above the item's own after a merge.
  version INTEGER NOT NULL CHECK (version > 0),
  server_time TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;

-- What comes back ---------------------------------------------------------------------------------

-- The version of a case that this office knows the province to hold.
CREATE TABLE case_province (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Fields that the province changed and this version keeps nowhere else: handed on with every record.
-- 'own' is what this office says of the field; once that changes, it counts instead.
CREATE TABLE province_field (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  own TEXT NOT NULL CHECK (json_valid(own)),
  PRIMARY KEY (case_id, path)
) STRICT, WITHOUT ROWID;

-- The same field, changed here and there. Both values stay until a person has chosen, and after.
CREATE TABLE clash (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  -- 'naik': a record of ours was not applied; 'turun': a change of theirs was not.
  origin TEXT NOT NULL CHECK (origin IN ('naik', 'turun')),
  base TEXT NOT NULL CHECK (json_valid(base)),
  ours TEXT NOT NULL CHECK (json_valid(ours)),
  theirs TEXT NOT NULL CHECK (json_valid(theirs)),
  theirs_side TEXT NOT NULL CHECK (theirs_side IN ('kantor', 'provinsi')),
  theirs_by TEXT NOT NULL,
  theirs_at TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  choice TEXT CHECK (choice IN ('kantor', 'provinsi')),
  decided_by TEXT REFERENCES account (id),
  decided_at TEXT,
  CHECK ((choice IS NULL) = (decided_by IS NULL) AND (choice IS NULL) = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX clash_open ON clash (case_id, path) WHERE choice IS NULL;
CREATE INDEX clash_case ON clash (case_id);
CREATE INDEX clash_decided_by ON clash (decided_by);

CREATE TABLE down_cursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL CHECK (cursor >= 0),
  read_at TEXT,
  refused_at TEXT
) STRICT;

-- Everything that came down, as it was signed. What this version cannot apply waits for the next.
CREATE TABLE down_item (
  id TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL UNIQUE CHECK (cursor > 0),
  kind TEXT NOT NULL,
  jws TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  applied_at TEXT
) STRICT;
CREATE INDEX down_item_pending ON down_item (cursor) WHERE applied_at IS NULL;

-- The province's word on a case; a later one on the same matter counts.
CREATE TABLE province_decision (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES down_item (id),
  -- Not always a case of this register: an office may have been set up anew.
  case_id TEXT NOT NULL,
  matter TEXT NOT NULL CHECK (matter IN ('penetapan', 'peringkat', 'program')),
  period_id TEXT NOT NULL,
  program TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (json_valid(outcome)),
  UNIQUE (item_id, case_id, matter, program)
) STRICT;
CREATE INDEX province_decision_case ON province_decision (case_id, id);

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL UNIQUE REFERENCES down_item (id),
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  field TEXT,
  sentence TEXT NOT NULL,
  from_name TEXT NOT NULL,
  received_at TEXT NOT NULL,
  done_at TEXT,
  done_by TEXT REFERENCES account (id),
  note TEXT,
  CHECK ((done_at IS NULL) = (note IS NULL))
) STRICT;
CREATE INDEX task_case ON task (case_id);
CREATE INDEX task_done_by ON task (done_by);

CREATE TABLE published_setting (
  item_id TEXT PRIMARY KEY REFERENCES down_item (id),
  setting TEXT NOT NULL CHECK (setting IN ('kalender', 'instrumen', 'aturan_program', 'model_skor')),
  subject TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  -- Why this version of the program cannot use it; null where it does.
  unusable TEXT
) STRICT;
CREATE INDEX published_setting_subject ON published_setting (setting, subject, effective_from);

-- A request for numbers is repeated under its id until it is answered.
CREATE TABLE number_request (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  request_id TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0)
) STRICT;

CREATE TABLE number_pool (
  id TEXT PRIMARY KEY,
  prefix TEXT NOT NULL,
  digits INTEGER NOT NULL CHECK (digits BETWEEN 6 AND 12),
  next INTEGER NOT NULL CHECK (next > 0),
  last INTEGER NOT NULL CHECK (last > 0 AND next <= last + 1),
  grant_jws TEXT NOT NULL,
  granted_at TEXT NOT NULL
) STRICT;

-- Files that follow a record that the province has confirmed.
CREATE TABLE attachment_push (
  hash TEXT PRIMARY KEY REFERENCES attachment (hash),
  state TEXT NOT NULL CHECK (state IN ('menunggu', 'selesai', 'ditolak')),
  sent INTEGER NOT NULL CHECK (sent >= 0),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  next_try_at TEXT NOT NULL,
  problem TEXT,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_push_due ON attachment_push (state, next_try_at);
`,
};
