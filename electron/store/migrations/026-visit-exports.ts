import type { Migration } from '../migrate.ts';

/** Answers of visits leave too: which kinds there are is for the program to say (`ExportKind`). */
export const visitExports: Migration = {
  version: 26,
  name: 'visit-exports',
  sql: `
CREATE TABLE data_export_next (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  recipient TEXT NOT NULL,
  basis TEXT,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  rows INTEGER NOT NULL CHECK (rows >= 0),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
INSERT INTO data_export_next SELECT * FROM data_export;
DROP TABLE data_export;
ALTER TABLE data_export_next RENAME TO data_export;
CREATE INDEX data_export_made_by ON data_export (made_by);
`,
};
