import type { Migration } from '../migrate.ts';

/** Rows of a list that did not come in, with all their cells: they leave for whoever sent the list (`RefusedSourceRow`). */
export const refusedRows: Migration = {
  version: 53,
  name: 'refused-rows',
  sql: `
CREATE TABLE reference_refused_sheet (
  id INTEGER PRIMARY KEY,
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  -- From 0 within its list.
  no INTEGER NOT NULL CHECK (no >= 0),
  name TEXT,
  even_rows INTEGER NOT NULL CHECK (even_rows IN (0, 1)),
  headers TEXT NOT NULL CHECK (json_valid(headers))
) STRICT;
CREATE INDEX reference_refused_sheet_list ON reference_refused_sheet (list_id, no);
CREATE TABLE reference_refused_row (
  sheet_id INTEGER NOT NULL REFERENCES reference_refused_sheet (id),
  row INTEGER NOT NULL CHECK (row > 0),
  wrong TEXT NOT NULL,
  remedy TEXT NOT NULL,
  shifted INTEGER NOT NULL CHECK (shifted IN (0, 1)),
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  PRIMARY KEY (sheet_id, row)
) STRICT, WITHOUT ROWID;
`,
};
