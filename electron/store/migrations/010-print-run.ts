import type { Migration } from '../migrate.ts';

/** What became of each paper after it was noted; `print.run_id` has pointed here from the start. */
export const printRun: Migration = {
  version: 10,
  name: 'print-run',
  sql: `
-- One press of the print key, of one paper or a stack: noted, made, sent to the printer, and what came of it.
CREATE TABLE print_run (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('dicatat', 'dibuat', 'dikirim', 'keluar', 'gagal')),
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL REFERENCES account (id),
  settled_at TEXT,
  note TEXT
) STRICT;
CREATE INDEX print_run_noted_by ON print_run (noted_by, noted_at);
`,
};
