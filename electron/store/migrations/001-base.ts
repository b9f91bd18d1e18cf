import type { Migration } from '../migrate.ts';

/**
 * The base schema. Three layers that are never mixed: reported (case_file … visit), reference
 * (reference_*), decided (identification*, event). Reasons: docs/adr/0002-event-journal.md.
 */
export const base: Migration = {
  version: 1,
  name: 'base',
  sql: `
-- Office ------------------------------------------------------------------------------------------

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  nip TEXT,
  role TEXT NOT NULL CHECK (role IN ('petugas_loket', 'petugas_verifikasi', 'lurah', 'administrator')),
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE office (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  area TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL CHECK (value >= 0)
) STRICT;

-- Reported ----------------------------------------------------------------------------------------

CREATE TABLE case_file (
  id TEXT PRIMARY KEY,
  serial INTEGER NOT NULL UNIQUE CHECK (serial > 0),
  number TEXT NOT NULL UNIQUE,
  province_number TEXT UNIQUE,
  mode TEXT NOT NULL CHECK (mode IN ('aktif', 'pasif')),
  passive TEXT CHECK (passive IS NULL OR json_valid(passive)),
  state TEXT NOT NULL CHECK (state IN (
    'MENUNGGU_LURAH', 'DIKEMBALIKAN', 'DITOLAK_LURAH', 'TERDAFTAR', 'TERIDENTIFIKASI', 'DAFTAR_SASARAN',
    'MUSKEL_LAYAK', 'MUSKEL_TIDAK_LAYAK', 'MUSKEL_TIDAK_DITEMUKAN', 'MUSKEL_GANDA', 'DITUGASKAN',
    'DICACAH', 'DIPERIKSA', 'DISAHKAN', 'TERKIRIM', 'DITERIMA', 'DITOLAK', 'DITARIK', 'DITUTUP', 'DIGABUNG')),
  result TEXT CHECK (result IN ('tetap', 'berubah', 'baru')),
  period_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  street TEXT NOT NULL,
  rt INTEGER NOT NULL CHECK (rt BETWEEN 1 AND 999),
  rw INTEGER NOT NULL CHECK (rw BETWEEN 1 AND 999),
  kelurahan TEXT NOT NULL,
  phone TEXT,
  registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL REFERENCES account (id),
  updated_at TEXT NOT NULL,
  -- Since when it has been in its state: who has waited longest comes first.
  state_since TEXT NOT NULL,
  CHECK ((mode = 'pasif') = (passive IS NOT NULL))
) STRICT;
CREATE INDEX case_file_state ON case_file (state, serial);
CREATE INDEX case_file_waiting ON case_file (state, state_since, serial);
CREATE INDEX case_file_period ON case_file (period_id, rw, rt);
CREATE INDEX case_file_registered_by ON case_file (registered_by);
-- Every filter of the list of cases, in its order: a page far down is found without reading a case.
CREATE INDEX case_file_list ON case_file (serial, state, mode, result, rw, rt, kelurahan, period_id);

CREATE TABLE family (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  no INTEGER NOT NULL CHECK (no BETWEEN 1 AND 9),
  kk TEXT CHECK (kk IS NULL OR length(kk) = 16),
  PRIMARY KEY (case_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX family_kk ON family (kk);

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position > 0),
  name TEXT NOT NULL,
  nik TEXT CHECK (nik IS NULL OR length(nik) = 16),
  nik_note TEXT,
  sex TEXT NOT NULL CHECK (sex IN ('L', 'P')),
  birth_place TEXT,
  birth_date TEXT,
  relation TEXT NOT NULL CHECK (relation BETWEEN '1' AND '8'),
  family_no INTEGER NOT NULL,
  family_relation TEXT NOT NULL CHECK (family_relation BETWEEN '1' AND '8'),
  mother_name TEXT,
  UNIQUE (case_id, position)
) STRICT;
CREATE INDEX member_nik ON member (nik);

-- Everyone who typed something of a case: none of them may approve it.
CREATE TABLE case_enterer (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL REFERENCES account (id),
  PRIMARY KEY (case_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_enterer_account ON case_enterer (account_id);

-- Search as you type: the words of each case; rowid = case_file.serial. The prefixes are as long as
-- what is typed of a NIK before it tells persons apart.
CREATE VIRTUAL TABLE case_search USING fts5 (
  words, spoken UNINDEXED, tokenize = 'unicode61', prefix = '2 3 4 5 6 7 8', detail = none);

-- The vocabulary of names and streets, found by pieces of three letters where one of them is wrong.
CREATE TABLE search_word (
  word TEXT PRIMARY KEY,
  cases INTEGER NOT NULL CHECK (cases > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_gram (
  gram TEXT NOT NULL CHECK (length(gram) = 3),
  word TEXT NOT NULL REFERENCES search_word (word) ON DELETE CASCADE,
  PRIMARY KEY (gram, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_gram_word ON search_gram (word);

-- Autosaved work; no event is written for it. A registered draft names its case, so that a second
-- "register" of the same draft gives the same case.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES account (id),
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  discarded_at TEXT,
  case_id TEXT REFERENCES case_file (id)
) STRICT;
CREATE INDEX draft_owner ON draft (owner_id, updated_at);
CREATE INDEX draft_case ON draft (case_id);

CREATE TABLE attachment (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  size INTEGER NOT NULL CHECK (size > 0),
  content BLOB NOT NULL,
  -- Where and when a photo says it was taken.
  latitude REAL CHECK (latitude BETWEEN -90 AND 90),
  longitude REAL CHECK (longitude BETWEEN -180 AND 180),
  taken_at TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE attachment_link (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL REFERENCES attachment (hash),
  draft_id TEXT REFERENCES draft (id),
  case_id TEXT REFERENCES case_file (id),
  slot TEXT NOT NULL,
  name TEXT NOT NULL,
  added_by TEXT NOT NULL REFERENCES account (id),
  added_at TEXT NOT NULL,
  CHECK (draft_id IS NOT NULL OR case_id IS NOT NULL)
) STRICT;
CREATE INDEX attachment_link_hash ON attachment_link (hash);
CREATE INDEX attachment_link_draft ON attachment_link (draft_id);
CREATE INDEX attachment_link_case ON attachment_link (case_id);
CREATE INDEX attachment_link_added_by ON attachment_link (added_by);

-- Reference ---------------------------------------------------------------------------------------

CREATE TABLE reference_list (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  list_date TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 0),
  area_codes TEXT CHECK (area_codes IN ('bps', 'kemendagri')),
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  report TEXT NOT NULL CHECK (json_valid(report)),
  households INTEGER NOT NULL,
  persons INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL REFERENCES account (id),
  -- The list whose differences were accepted to make this one.
  based_on TEXT REFERENCES reference_list (id),
  -- Undone: it stays, because decisions may name its persons, but it counts no more.
  withdrawn_at TEXT,
  withdrawn_by TEXT REFERENCES account (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
-- A list that is only being looked at has version 0.
CREATE UNIQUE INDEX reference_list_version ON reference_list (source, name, version) WHERE version > 0;
CREATE INDEX reference_list_imported_by ON reference_list (imported_by);
CREATE INDEX reference_list_based_on ON reference_list (based_on);
CREATE INDEX reference_list_withdrawn_by ON reference_list (withdrawn_by);

CREATE TABLE reference_household (
  id INTEGER PRIMARY KEY,
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  source_id TEXT NOT NULL,
  kk TEXT,
  street TEXT,
  rt INTEGER,
  rw INTEGER,
  kelurahan TEXT,
  kelurahan_name TEXT,
  percentile INTEGER CHECK (percentile BETWEEN 0 AND 100),
  desil INTEGER CHECK (desil BETWEEN 1 AND 10),
  -- Whose rank it is, where this list left it blank and an earlier one stated it; else its own list's.
  rank_list_id TEXT REFERENCES reference_list (id),
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  -- Fields emptied on purpose; kept only while a list is being looked at.
  cleared TEXT CHECK (json_valid(cleared))
) STRICT;
CREATE INDEX reference_household_rank ON reference_household (rank_list_id) WHERE rank_list_id IS NOT NULL;
CREATE INDEX reference_household_list ON reference_household (list_id, source_id);
CREATE INDEX reference_household_kk ON reference_household (kk);

CREATE TABLE reference_person (
  id INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES reference_household (id),
  position INTEGER NOT NULL,
  source_id TEXT,
  name TEXT NOT NULL,
  nik TEXT,
  kk TEXT,
  sex TEXT CHECK (sex IN ('L', 'P')),
  birth_place TEXT,
  birth_date TEXT,
  age INTEGER,
  relation TEXT,
  family_no INTEGER,
  mother_name TEXT,
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  cleared TEXT CHECK (json_valid(cleared))
) STRICT;
CREATE INDEX reference_person_household ON reference_person (household_id);
CREATE INDEX reference_person_nik ON reference_person (nik);

-- Blocking keys of everyone who is registered or listed; owner_id is member.id, or
-- reference_person.id as text.
CREATE TABLE match_key (
  key TEXT NOT NULL,
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('member', 'reference')),
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_kind, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_key_owner ON match_key (owner_kind, owner_id);

-- Those of drafts apart, owner_id = "draft id/member id": they change with every letter typed, and among
-- a few drafts a saving touches a few pages, among all persons of the office one for every key.
CREATE TABLE draft_key (
  key TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_key_owner ON draft_key (owner_id);

-- Decided -----------------------------------------------------------------------------------------

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  actor_id TEXT REFERENCES account (id),
  actor_role TEXT NOT NULL CHECK (actor_role IN ('petugas_loket', 'petugas_verifikasi', 'lurah', 'administrator', 'sistem')),
  type TEXT NOT NULL,
  case_id TEXT REFERENCES case_file (id),
  from_state TEXT,
  to_state TEXT,
  payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64),
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX event_case ON event (case_id, seq);
CREATE INDEX event_actor ON event (actor_id);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- What was said; kept apart so that a person's data can be erased and the chain still verifies.
CREATE TABLE event_payload (
  event_id TEXT PRIMARY KEY REFERENCES event (id),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER event_payload_no_update BEFORE UPDATE ON event_payload BEGIN SELECT RAISE(ABORT, 'a payload is erased, never changed'); END;

-- Which payloads were erased, on whose order: a missing payload that is not named here is tampering.
CREATE TABLE erasure (
  event_id TEXT PRIMARY KEY REFERENCES event (id),
  ordered_by_event TEXT NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX erasure_order ON erasure (ordered_by_event);

CREATE TABLE identification (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  result TEXT NOT NULL CHECK (result IN ('tetap', 'berubah', 'baru')),
  proposed TEXT NOT NULL CHECK (proposed IN ('tetap', 'berubah', 'baru')),
  override_reason TEXT,
  model_version TEXT NOT NULL,
  -- Decisions of one key press bear one mark, so that one Ctrl+Z takes all of them back.
  stroke TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  decided_at TEXT NOT NULL,
  revoked_at TEXT,
  -- Taken back as a slip of the hand: its verdicts are offered again as they were.
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  CHECK (result = proposed OR override_reason IS NOT NULL),
  CHECK (undone = 0 OR revoked_at IS NOT NULL)
) STRICT;
CREATE INDEX identification_case ON identification (case_id);
CREATE INDEX identification_decided_by ON identification (decided_by, decided_at);
CREATE INDEX identification_stroke ON identification (stroke);

CREATE TABLE identification_link (
  identification_id TEXT NOT NULL REFERENCES identification (id),
  member_id TEXT NOT NULL,
  reference_person_id INTEGER NOT NULL REFERENCES reference_person (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('sama', 'bukan')),
  -- Why they are two people.
  reason TEXT,
  probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
  explanation TEXT NOT NULL CHECK (json_valid(explanation)),
  PRIMARY KEY (identification_id, member_id, reference_person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identification_link_reference ON identification_link (reference_person_id);

-- "Bukan keluarga yang sama", remembered so that the hint does not come back.
CREATE TABLE duplicate_verdict (
  id TEXT PRIMARY KEY,
  draft_id TEXT REFERENCES draft (id),
  case_id TEXT REFERENCES case_file (id),
  other_kind TEXT NOT NULL CHECK (other_kind IN ('berkas', 'draf', 'acuan')),
  -- Id of the case or draft; of a list the household by the list's own numbering, which its next
  -- snapshot keeps ('DTKS 3171…').
  other_id TEXT NOT NULL,
  -- What it was called when it was said.
  other_label TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  decided_at TEXT NOT NULL,
  CHECK (draft_id IS NOT NULL OR case_id IS NOT NULL)
) STRICT;
CREATE INDEX duplicate_verdict_draft ON duplicate_verdict (draft_id);
CREATE INDEX duplicate_verdict_case ON duplicate_verdict (case_id);
CREATE INDEX duplicate_verdict_other ON duplicate_verdict (other_kind, other_id);
CREATE INDEX duplicate_verdict_decided_by ON duplicate_verdict (decided_by);

-- Every paper that left the program, counted per subject.
CREATE TABLE print (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  print_no INTEGER NOT NULL CHECK (print_no > 0),
  case_id TEXT REFERENCES case_file (id),
  printed_at TEXT NOT NULL,
  printed_by TEXT NOT NULL REFERENCES account (id),
  run_id TEXT NOT NULL REFERENCES print_run (id),
  UNIQUE (kind, subject, print_no)
) STRICT;
CREATE INDEX print_case ON print (case_id);
CREATE INDEX print_run_id ON print (run_id);
CREATE INDEX print_printed_by ON print (printed_by);
`,
};
