import type { Migration } from '../migrate.ts';

/** What a list was learnt to be like beside the office's cases, in place of the shipped model (ADR 10). */
export const listModel: Migration = {
  version: 57,
  name: 'list-model',
  sql: `
CREATE TABLE list_model (
  list_id TEXT PRIMARY KEY REFERENCES reference_list (id) ON DELETE CASCADE,
  -- The shipped model that it was learnt from: beside another one it counts no more.
  learnt_from TEXT NOT NULL,
  version TEXT NOT NULL,
  -- Persons of the cases whose number stands in the list too.
  persons INTEGER NOT NULL CHECK (persons >= 0),
  -- Null where the shipped model stands; then it says why.
  body TEXT CHECK (json_valid(body)),
  refused TEXT,
  learnt_at TEXT NOT NULL,
  CHECK ((body IS NULL) <> (refused IS NULL))
) STRICT, WITHOUT ROWID;
`,
};
