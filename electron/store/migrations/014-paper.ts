import type { Migration } from '../migrate.ts';

/**
 * Paper on its way: what became of each press of the print key (`print.run_id` has pointed here from
 * the start), the ledger of verification sheets, and what was typed from them.
 */
export const paper: Migration = {
  version: 14,
  name: 'paper',
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

-- The ledger of printed verification sheets.
CREATE TABLE sheet (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 12),
  print_no INTEGER NOT NULL CHECK (print_no BETWEEN 1 AND 999),
  case_version INTEGER NOT NULL,
  instrument TEXT NOT NULL,
  instrument_version TEXT NOT NULL,
  paper TEXT NOT NULL CHECK (paper IN ('F4', 'A4')),
  enumerator TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('dicetak', 'keluar', 'kembali', 'dientri', 'dipindai', 'batal')),
  -- What stood on the paper: the household as reported, and what was on record.
  content TEXT NOT NULL CHECK (json_valid(content)),
  out_at TEXT,
  returned_at TEXT,
  entered_at TEXT,
  scanned_at TEXT,
  -- The image of the paper as it came back.
  scan_hash TEXT REFERENCES attachment (hash),
  printed_at TEXT NOT NULL,
  printed_by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (case_id, print_no)
) STRICT;
CREATE INDEX sheet_printed_by ON sheet (printed_by);
CREATE INDEX sheet_state ON sheet (state, printed_at);
CREATE INDEX sheet_scan ON sheet (scan_hash);

-- What the visit found, as entered from a sheet; a draft until it is finished.
CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  sheet_id TEXT NOT NULL UNIQUE REFERENCES sheet (id),
  state TEXT NOT NULL CHECK (state IN ('draf', 'selesai', 'dibatalkan')),
  result TEXT CHECK (result BETWEEN '1' AND '6'),
  visited_on TEXT,
  enumerator TEXT,
  note TEXT,
  household_answers TEXT NOT NULL CHECK (json_valid(household_answers)),
  member_answers TEXT NOT NULL CHECK (json_valid(member_answers)),
  process_answers TEXT NOT NULL CHECK (json_valid(process_answers)),
  -- Why warnings were let pass, by field and rule.
  passes TEXT NOT NULL CHECK (json_valid(passes)),
  -- Why an answer differs from what was printed, by field.
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  version INTEGER NOT NULL CHECK (version > 0),
  entered_by TEXT NOT NULL REFERENCES account (id),
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX visit_case ON visit (case_id);
CREATE INDEX visit_entered_by ON visit (entered_by);
`,
};
