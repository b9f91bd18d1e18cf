-- What the migrations up to 73 make of an empty register: a new one begins here. Made by `npm run schema`.
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
CREATE TABLE family (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  no INTEGER NOT NULL CHECK (no BETWEEN 1 AND 9),
  kk TEXT CHECK (kk IS NULL OR length(kk) = 16),
  PRIMARY KEY (case_id, no)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE case_enterer (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL REFERENCES account (id),
  PRIMARY KEY (case_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE case_search USING fts5 (
  words, spoken UNINDEXED, tokenize = 'unicode61', prefix = '2 3 4 5 6 7 8', detail = none);
CREATE TABLE search_word (
  word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE search_gram (
  gram TEXT NOT NULL CHECK (length(gram) = 3),
  word TEXT NOT NULL REFERENCES search_word (word) ON DELETE CASCADE,
  PRIMARY KEY (gram, word)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE event_payload (
  event_id TEXT PRIMARY KEY REFERENCES event (id),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TABLE erasure (
  event_id TEXT PRIMARY KEY REFERENCES event (id),
  ordered_by_event TEXT NOT NULL REFERENCES event (id)
) STRICT;
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
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)), case_version INTEGER CHECK (case_version > 0),
  CHECK (result = proposed OR override_reason IS NOT NULL),
  CHECK (undone = 0 OR revoked_at IS NOT NULL)
) STRICT;
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
CREATE TABLE reference_pending (
  list_id TEXT PRIMARY KEY REFERENCES reference_list (id),
  state TEXT NOT NULL DEFAULT 'masuk' CHECK (state IN ('masuk', 'periksa'))
) STRICT, WITHOUT ROWID;
CREATE TABLE period (
  id TEXT PRIMARY KEY CHECK (id GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  deadlines TEXT NOT NULL CHECK (json_valid(deadlines)),
  closed_at TEXT,
  closed_by TEXT REFERENCES account (id),
  -- Recap cells at the closing, and how many cases were carried on; null while it is open.
  closing TEXT CHECK (closing IS NULL OR json_valid(closing)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closing IS NULL))
) STRICT;
CREATE TABLE correction (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- Field edits of the reported data, applied when the lurah approves; null for a note in words.
  edits TEXT CHECK (edits IS NULL OR json_valid(edits)),
  state TEXT NOT NULL CHECK (state IN ('diajukan', 'disetujui', 'ditolak')),
  answer TEXT,
  proposed_by TEXT NOT NULL REFERENCES account (id),
  proposed_at TEXT NOT NULL,
  decided_by TEXT REFERENCES account (id),
  decided_at TEXT, life_event TEXT CHECK (life_event IS NULL OR json_valid(life_event)), draft_id TEXT REFERENCES draft (id),
  CHECK ((state = 'diajukan') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (decided_by <> proposed_by)
) STRICT;
CREATE TABLE "pair_verdict" (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  -- Both persons as they stood when it was said (electron/matching/identity.ts).
  member TEXT NOT NULL CHECK (json_valid(member)),
  listed TEXT NOT NULL CHECK (json_valid(listed)),
  list_name TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  stroke TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  decided_at TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT REFERENCES account (id),
  withdrawn_stroke TEXT, verdict TEXT NOT NULL DEFAULT 'bukan' CHECK (verdict IN ('sama', 'bukan')),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE TABLE "pair_verdict_key" (
  key TEXT NOT NULL,
  pair_verdict_id TEXT NOT NULL REFERENCES "pair_verdict" (id) ON DELETE CASCADE,
  PRIMARY KEY (key, pair_verdict_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_mapping (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  source TEXT NOT NULL,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE TABLE reference_change (
  id INTEGER PRIMARY KEY,
  difference_id TEXT NOT NULL REFERENCES reference_difference (id),
  kind TEXT NOT NULL CHECK (kind IN ('baru', 'berubah', 'hilang', 'sama')),
  base_household INTEGER REFERENCES reference_household (id),
  household INTEGER REFERENCES reference_household (id),
  head_name TEXT NOT NULL,
  kk TEXT,
  kelurahan TEXT,
  rt INTEGER,
  rw INTEGER,
  rank_before INTEGER,
  rank_after INTEGER,
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  unread TEXT CHECK (json_valid(unread)), from_kelurahan TEXT, from_rw INTEGER, members TEXT CHECK (members IS NULL OR json_valid(members)),
  CHECK (base_household IS NOT NULL OR household IS NOT NULL)
) STRICT;
CREATE TABLE letter (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  -- Null for a number that the office gave by hand.
  serial INTEGER CHECK (serial > 0),
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('berita_acara', 'sptjm', 'surat_tugas', 'surat_pengantar')),
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  dated TEXT NOT NULL,
  period_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (year, serial),
  UNIQUE (kind, subject)
) STRICT;
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  period_id TEXT NOT NULL,
  case_id TEXT REFERENCES case_file (id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  file_name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (kind, subject, version)
) STRICT;
CREATE TABLE team_decree (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  dated TEXT NOT NULL,
  about TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE TABLE team_member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- From which body the member comes: TKSK, PSM, … ; the list is a setting.
  origin TEXT NOT NULL,
  position TEXT NOT NULL CHECK (position IN ('ketua', 'sekretaris', 'anggota')),
  phone TEXT NOT NULL,
  decree_id TEXT REFERENCES team_decree (id),
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  training TEXT NOT NULL CHECK (json_valid(training)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at TEXT NOT NULL
, nik TEXT CHECK (nik GLOB '[0-9]*' AND length(nik) = 16)) STRICT;
CREATE TABLE assignment (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id),
  member_id TEXT NOT NULL REFERENCES team_member (id),
  assigned_at TEXT NOT NULL,
  assigned_by TEXT NOT NULL REFERENCES account (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_merge (
  id TEXT PRIMARY KEY,
  kept_id TEXT NOT NULL REFERENCES case_file (id),
  absorbed_id TEXT NOT NULL REFERENCES case_file (id),
  -- State of the absorbed case before, to which it returns.
  absorbed_state TEXT NOT NULL,
  -- Holds both households as they were, the plan, and what came of it.
  event_id TEXT NOT NULL REFERENCES event (id),
  merged_by TEXT NOT NULL REFERENCES account (id),
  merged_at TEXT NOT NULL,
  separated_at TEXT,
  CHECK (kept_id <> absorbed_id)
) STRICT;
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
, vouched_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(vouched_keys)), earlier_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier_keys))) STRICT;
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
, courier_number INTEGER REFERENCES courier_bundle (number)) STRICT;
CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  outbox_id TEXT NOT NULL UNIQUE REFERENCES outbox (id),
  jws TEXT NOT NULL,
  record_hash TEXT NOT NULL CHECK (length(record_hash) = 64),
  -- Version of the case that the province holds since; above the item's own after a merge.
  version INTEGER NOT NULL CHECK (version > 0),
  server_time TEXT NOT NULL,
  received_at TEXT NOT NULL
, bundles INTEGER NOT NULL DEFAULT 0 CHECK (bundles >= 0)) STRICT;
CREATE TABLE case_province (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE province_field (
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  own TEXT NOT NULL CHECK (json_valid(own)),
  PRIMARY KEY (case_id, path)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE down_cursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL CHECK (cursor >= 0),
  read_at TEXT,
  refused_at TEXT
) STRICT;
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
CREATE TABLE case_consent (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind BETWEEN '1' AND '4'),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE TABLE provisional_identity (
  code TEXT PRIMARY KEY CHECK (code GLOB 'BN-[A-Z][A-Z][A-Z][A-Z]-[A-Z][A-Z][A-Z][A-Z]'),
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  member_id TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL CHECK (reason BETWEEN '1' AND '5'),
  given_at TEXT NOT NULL,
  given_by TEXT NOT NULL REFERENCES account (id),
  resolved_at TEXT
) STRICT;
CREATE TABLE muskel (
  id TEXT PRIMARY KEY,
  period_id TEXT NOT NULL,
  -- 1 for the first meeting of the period.
  no INTEGER NOT NULL CHECK (no > 0),
  held_on TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  place TEXT NOT NULL,
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  attendees TEXT NOT NULL CHECK (json_valid(attendees)),
  form TEXT NOT NULL CHECK (json_valid(form)),
  state TEXT NOT NULL CHECK (state IN ('berlangsung', 'selesai', 'disahkan')),
  version INTEGER NOT NULL CHECK (version > 0),
  created_by TEXT NOT NULL REFERENCES account (id),
  created_at TEXT NOT NULL,
  legalised_by TEXT REFERENCES account (id),
  legalised_at TEXT,
  UNIQUE (period_id, no),
  CHECK ((state = 'disahkan') = (legalised_at IS NOT NULL) AND (legalised_at IS NULL) = (legalised_by IS NULL))
) STRICT;
CREATE TABLE muskel_item (
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  -- Its place in the printed list.
  no INTEGER NOT NULL CHECK (no > 0),
  verdict TEXT CHECK (verdict IS NULL OR json_valid(verdict)),
  decided_at TEXT,
  -- Columns 10 and 11 of the printed list.
  work TEXT CHECK (work BETWEEN '1' AND '8'),
  disability TEXT CHECK (disability IN ('1', '2')),
  PRIMARY KEY (muskel_id, case_id),
  UNIQUE (muskel_id, no)
) STRICT, WITHOUT ROWID;
CREATE TABLE muskel_proposal (
  id TEXT PRIMARY KEY,
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  body TEXT NOT NULL CHECK (json_valid(body)),
  draft_id TEXT REFERENCES draft (id),
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE objection (
  id TEXT PRIMARY KEY,
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  objector TEXT NOT NULL,
  relation TEXT NOT NULL,
  grounds TEXT NOT NULL,
  -- Why it was taken in although its time was over.
  late_reason TEXT,
  filed_at TEXT NOT NULL,
  filed_by TEXT NOT NULL REFERENCES account (id),
  answer_due TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('diajukan', 'diterima', 'ditolak')),
  answer TEXT,
  decided_at TEXT,
  decided_by TEXT REFERENCES account (id),
  CHECK ((state = 'diajukan') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL))
) STRICT;
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  -- Kind, member, other case and source: unique within the case.
  key TEXT NOT NULL,
  member_id TEXT,
  other_case_id TEXT REFERENCES case_file (id),
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  reported TEXT,
  listed TEXT,
  note TEXT,
  found_at TEXT NOT NULL,
  -- No longer true when it was last looked at.
  gone_at TEXT,
  outcome TEXT,
  outcome_note TEXT,
  resolved_at TEXT,
  resolved_by TEXT REFERENCES account (id), listed_persons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(listed_persons)),
  UNIQUE (case_id, key),
  CHECK ((outcome IS NULL) = (resolved_at IS NULL)),
  CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
) STRICT;
CREATE TABLE print_run (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('dicatat', 'dibuat', 'dikirim', 'keluar', 'gagal')),
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL REFERENCES account (id),
  settled_at TEXT,
  note TEXT
) STRICT;
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
, corrections TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(corrections)), applied TEXT CHECK (json_valid(applied)), duplicate_of TEXT NOT NULL DEFAULT '', family_answers TEXT NOT NULL DEFAULT '{}') STRICT;
CREATE TABLE draft_lease (
  draft_id TEXT PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
  holder_id TEXT NOT NULL REFERENCES account (id),
  since TEXT NOT NULL,
  renewed_at TEXT NOT NULL
) STRICT;
CREATE TABLE case_opening (
  event_id TEXT NOT NULL REFERENCES event (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  opened_at TEXT NOT NULL,
  PRIMARY KEY (event_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE paper_batch (
  id TEXT PRIMARY KEY,
  dated TEXT NOT NULL,
  rt INTEGER NOT NULL CHECK (rt BETWEEN 1 AND 999),
  rw INTEGER NOT NULL CHECK (rw BETWEEN 1 AND 999),
  kelurahan TEXT NOT NULL,
  source TEXT NOT NULL,
  officer TEXT NOT NULL,
  opened_by TEXT NOT NULL REFERENCES account (id),
  opened_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
CREATE TABLE paper_batch_case (
  batch_id TEXT NOT NULL REFERENCES paper_batch (id),
  position INTEGER NOT NULL CHECK (position > 0),
  case_id TEXT NOT NULL UNIQUE REFERENCES case_file (id),
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE proof_area (
  kelurahan TEXT NOT NULL,
  rw INTEGER NOT NULL CHECK (rw > 0),
  here INTEGER NOT NULL CHECK (here >= 0),
  there INTEGER NOT NULL CHECK (there >= 0),
  same INTEGER NOT NULL CHECK (same IN (0, 1)), later INTEGER NOT NULL DEFAULT 0 CHECK (later >= 0),
  PRIMARY KEY (kelurahan, rw)
) STRICT, WITHOUT ROWID;
CREATE TABLE spot_check (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  drawn_at TEXT NOT NULL,
  drawn_by TEXT NOT NULL REFERENCES account (id),
  entry TEXT NOT NULL CHECK (json_valid(entry)),
  version INTEGER NOT NULL CHECK (version > 0),
  finished_at TEXT,
  finished_by TEXT REFERENCES account (id),
  CHECK ((finished_at IS NULL) = (finished_by IS NULL))
) STRICT;
CREATE TABLE recap_receipt (
  period_id TEXT PRIMARY KEY REFERENCES period (id),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  receipt TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TABLE network_proxy (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  host TEXT NOT NULL CHECK (host <> ''),
  port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  username TEXT NOT NULL,
  password TEXT NOT NULL
) STRICT;
CREATE TABLE recap_refusal (
  period_id TEXT PRIMARY KEY REFERENCES period (id),
  -- As the province worded it.
  sentence TEXT NOT NULL,
  refused_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "data_export" (
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
CREATE TABLE looked_with (
  task TEXT PRIMARY KEY CHECK (task IN ('temuan', 'urutan')),
  stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_due (
  serial INTEGER PRIMARY KEY REFERENCES case_file (serial) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE review_rank (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  serial INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  gain REAL NOT NULL CHECK (gain >= 0),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE TABLE review_asked (
  case_id TEXT NOT NULL REFERENCES review_rank (case_id) ON DELETE CASCADE,
  reference_person_id INTEGER NOT NULL,
  PRIMARY KEY (case_id, reference_person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE rank_due (
  serial INTEGER PRIMARY KEY REFERENCES case_file (serial) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE match_member (
  id INTEGER PRIMARY KEY,
  member_id TEXT NOT NULL UNIQUE,
  brief BLOB NOT NULL
, rules INTEGER) STRICT;
CREATE TABLE member_key (
  key INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  PRIMARY KEY (key, owner)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_key (
  key INTEGER NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_index (
  number INTEGER PRIMARY KEY,
  list_id TEXT NOT NULL UNIQUE REFERENCES reference_list (id)
, rules INTEGER) STRICT;
CREATE TABLE reference_key_page (
  id INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;
CREATE TABLE reference_brief_page (
  id INTEGER PRIMARY KEY,
  briefs BLOB NOT NULL
) STRICT;
CREATE TABLE reference_name_part (
  part INTEGER NOT NULL,
  list INTEGER NOT NULL,
  bearers INTEGER NOT NULL,
  PRIMARY KEY (part, list)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_filter (
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
  filter TEXT NOT NULL CHECK (json_valid(filter)),
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE "province_decision" (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES down_item (id),
  -- Not always a case of this register: an office may have been set up anew.
  case_id TEXT NOT NULL,
  -- Empty where it is of the household.
  member_id TEXT NOT NULL,
  matter TEXT NOT NULL CHECK (matter IN ('penetapan', 'peringkat', 'program')),
  period_id TEXT NOT NULL,
  program TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (json_valid(outcome)),
  UNIQUE (item_id, case_id, member_id, matter, program)
) STRICT;
CREATE TABLE office_next_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  private_key TEXT NOT NULL CHECK (json_valid(private_key)),
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE down_item (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  jws TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  applied_at TEXT
, cursor INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE key_rules (
  part TEXT PRIMARY KEY CHECK (part IN ('keputusan', 'draf', 'berkas', 'urutan')),
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_refused_sheet (
  id INTEGER PRIMARY KEY,
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  -- From 0 within its list.
  no INTEGER NOT NULL CHECK (no >= 0),
  name TEXT,
  even_rows INTEGER NOT NULL CHECK (even_rows IN (0, 1)),
  headers TEXT NOT NULL CHECK (json_valid(headers))
) STRICT;
CREATE TABLE reference_refused_row (
  sheet_id INTEGER NOT NULL REFERENCES reference_refused_sheet (id),
  row INTEGER NOT NULL CHECK (row > 0),
  wrong TEXT NOT NULL,
  remedy TEXT NOT NULL,
  shifted INTEGER NOT NULL CHECK (shifted IN (0, 1)),
  cells TEXT NOT NULL CHECK (json_valid(cells)), who TEXT CHECK (json_valid(who)),
  PRIMARY KEY (sheet_id, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE "proof_difference" (
  case_id TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('berkas', 'persetujuan')),
  kind TEXT NOT NULL CHECK (kind IN ('hilang_di_provinsi', 'hilang_di_kantor', 'isi_berbeda', 'rw_berbeda')),
  kelurahan TEXT NOT NULL,
  rw INTEGER NOT NULL CHECK (rw > 0),
  number TEXT NOT NULL,
  -- Key of the newest record that the province holds, and the hash of its body as the province signed it.
  there_key TEXT,
  there_hash TEXT,
  found_at TEXT NOT NULL,
  mended_at TEXT,
  mended_from TEXT CHECK (mended_from IN ('kantor', 'provinsi')), rt INTEGER CHECK (rt > 0), wanted INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1)),
  PRIMARY KEY (case_id, subject),
  CHECK (kind = 'hilang_di_provinsi' OR there_key IS NOT NULL),
  CHECK ((there_key IS NULL) = (there_hash IS NULL)),
  CHECK ((mended_at IS NULL) = (mended_from IS NULL))
) STRICT, WITHOUT ROWID;
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
CREATE TABLE visit_amendment (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  edits TEXT NOT NULL CHECK (json_type(edits) = 'array'),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (sheet_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reference_refusal (
  change_id INTEGER PRIMARY KEY REFERENCES reference_change (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE reference_decision (
  id INTEGER PRIMARY KEY,
  -- The file that waits; once it is saved, the version that came of it.
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  -- The filter, where it was about all that was shown; else rows were ticked.
  part TEXT CHECK (json_valid(part)),
  -- The rows that stood otherwise before; null once they are gone, or were turned back.
  turned TEXT CHECK (json_valid(turned)),
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  withdrawn_at TEXT,
  withdrawn_by TEXT REFERENCES account (id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE TABLE proof_record (
  key TEXT PRIMARY KEY,
  answer TEXT CHECK (json_valid(answer))
) STRICT;
CREATE TABLE finding_nik (
  serial INTEGER NOT NULL REFERENCES case_file (serial) ON DELETE CASCADE,
  nik TEXT NOT NULL,
  PRIMARY KEY (serial, nik)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_nik_left (
  nik TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_listed (
  reference_person_id INTEGER NOT NULL,
  serial INTEGER NOT NULL REFERENCES case_file (serial) ON DELETE CASCADE,
  PRIMARY KEY (reference_person_id, serial)
) STRICT, WITHOUT ROWID;
CREATE TABLE "proof_run" (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- 'tidak_terbukti': the answer was not the province's own; 'tidak_didukung': its server is older; 'tidak_terbanding':
  -- this office could not read what it holds itself.
  state TEXT NOT NULL
    CHECK (state IN ('cocok', 'berbeda', 'tidak_terbukti', 'tidak_didukung', 'tidak_terbanding')),
  at TEXT NOT NULL,
  cases_here INTEGER NOT NULL CHECK (cases_here >= 0),
  cases_there INTEGER NOT NULL CHECK (cases_there >= 0),
  -- How many receipts there were then; another number calls for another comparison.
  receipts INTEGER NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('sambungan', 'kurir')),
  -- Bundles of the courier that had been made then.
  bundles INTEGER NOT NULL CHECK (bundles >= 0),
  -- The province's clock as it proved what was compared; null where nothing was.
  server_time TEXT,
  -- Cases that were left to the next comparison, in whole or in part.
  later INTEGER NOT NULL CHECK (later >= 0)
) STRICT;
CREATE TABLE reference_difference (
  id TEXT PRIMARY KEY,
  base_list TEXT NOT NULL REFERENCES reference_list (id),
  list TEXT NOT NULL REFERENCES reference_list (id),
  -- Whether who is not in the later list is gone; else it holds a part only.
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  -- Null until all of it is written.
  finished_at TEXT,
  -- Lists of other names that count no more once it is saved; null where it is said to hold no more than its own.
  replaces TEXT CHECK (replaces IS NULL OR json_valid(replaces))
) STRICT;
CREATE TABLE reference_replaced (
  list_id TEXT NOT NULL REFERENCES reference_list (id),
  by_list TEXT NOT NULL REFERENCES reference_list (id),
  PRIMARY KEY (list_id, by_list)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment_push (
  hash TEXT PRIMARY KEY REFERENCES attachment (hash),
  -- 'rusak': what is kept here is not what the hash names; 'tak_terbaca': the register gives it out no more.
  state TEXT NOT NULL CHECK (state IN ('menunggu', 'rusak', 'tak_terbaca', 'selesai')),
  sent INTEGER NOT NULL CHECK (sent >= 0),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  next_try_at TEXT NOT NULL,
  problem TEXT,
  -- The first time in a row that it did not go; NULL where it did, or was not tried.
  failing_since TEXT,
  -- How many bundles of the courier had been made when it arrived.
  bundles INTEGER NOT NULL DEFAULT 0 CHECK (bundles >= 0),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE courier_enrolment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  public_key TEXT NOT NULL,
  reply_key TEXT NOT NULL CHECK (json_valid(reply_key)),
  asked_at TEXT NOT NULL
) STRICT;
CREATE VIEW finished_list AS
  SELECT * FROM reference_list
  WHERE withdrawn_at IS NULL AND id NOT IN (SELECT list_id FROM reference_pending);
CREATE INDEX case_file_state ON case_file (state, serial);
CREATE INDEX case_file_waiting ON case_file (state, state_since, serial);
CREATE INDEX case_file_period ON case_file (period_id, rw, rt);
CREATE INDEX case_file_registered_by ON case_file (registered_by);
CREATE INDEX case_file_list ON case_file (serial, state, mode, result, rw, rt, kelurahan, period_id);
CREATE INDEX family_kk ON family (kk);
CREATE INDEX member_nik ON member (nik);
CREATE INDEX case_enterer_account ON case_enterer (account_id);
CREATE INDEX search_gram_word ON search_gram (word);
CREATE INDEX draft_owner ON draft (owner_id, updated_at);
CREATE INDEX draft_case ON draft (case_id);
CREATE INDEX attachment_link_hash ON attachment_link (hash);
CREATE INDEX attachment_link_draft ON attachment_link (draft_id);
CREATE INDEX attachment_link_case ON attachment_link (case_id);
CREATE INDEX attachment_link_added_by ON attachment_link (added_by);
CREATE UNIQUE INDEX reference_list_version ON reference_list (source, name, version) WHERE version > 0;
CREATE INDEX reference_list_imported_by ON reference_list (imported_by);
CREATE INDEX reference_list_based_on ON reference_list (based_on);
CREATE INDEX reference_list_withdrawn_by ON reference_list (withdrawn_by);
CREATE INDEX reference_household_rank ON reference_household (rank_list_id) WHERE rank_list_id IS NOT NULL;
CREATE INDEX reference_person_household ON reference_person (household_id);
CREATE INDEX event_case ON event (case_id, seq);
CREATE INDEX event_actor ON event (actor_id);
CREATE INDEX erasure_order ON erasure (ordered_by_event);
CREATE INDEX identification_case ON identification (case_id);
CREATE INDEX identification_decided_by ON identification (decided_by, decided_at);
CREATE INDEX identification_stroke ON identification (stroke);
CREATE INDEX identification_link_reference ON identification_link (reference_person_id);
CREATE INDEX duplicate_verdict_draft ON duplicate_verdict (draft_id);
CREATE INDEX duplicate_verdict_case ON duplicate_verdict (case_id);
CREATE INDEX duplicate_verdict_other ON duplicate_verdict (other_kind, other_id);
CREATE INDEX duplicate_verdict_decided_by ON duplicate_verdict (decided_by);
CREATE INDEX print_case ON print (case_id);
CREATE INDEX print_run_id ON print (run_id);
CREATE INDEX print_printed_by ON print (printed_by);
CREATE INDEX period_closed_by ON period (closed_by);
CREATE INDEX correction_case ON correction (case_id);
CREATE INDEX correction_state ON correction (state);
CREATE INDEX correction_proposed_by ON correction (proposed_by);
CREATE INDEX correction_decided_by ON correction (decided_by);
CREATE INDEX reference_mapping_saved_by ON reference_mapping (saved_by);
CREATE INDEX reference_change_base ON reference_change (base_household);
CREATE INDEX reference_change_household ON reference_change (household);
CREATE INDEX letter_created_by ON letter (created_by);
CREATE INDEX document_period ON document (period_id, created_at);
CREATE INDEX document_case ON document (case_id);
CREATE INDEX document_created_by ON document (created_by);
CREATE INDEX team_decree_created_by ON team_decree (created_by);
CREATE INDEX team_member_decree ON team_member (decree_id);
CREATE INDEX assignment_member ON assignment (member_id);
CREATE INDEX assignment_assigned_by ON assignment (assigned_by);
CREATE INDEX case_merge_kept ON case_merge (kept_id);
CREATE UNIQUE INDEX case_merge_absorbed ON case_merge (absorbed_id) WHERE separated_at IS NULL;
CREATE INDEX case_merge_absorbed_all ON case_merge (absorbed_id);
CREATE INDEX case_merge_event ON case_merge (event_id);
CREATE INDEX case_merge_merged_by ON case_merge (merged_by);
CREATE INDEX outbox_due ON outbox (state, next_try_at);
CREATE INDEX outbox_case ON outbox (case_id);
CREATE UNIQUE INDEX clash_open ON clash (case_id, path) WHERE choice IS NULL;
CREATE INDEX clash_case ON clash (case_id);
CREATE INDEX clash_decided_by ON clash (decided_by);
CREATE INDEX task_case ON task (case_id);
CREATE INDEX task_done_by ON task (done_by);
CREATE INDEX published_setting_subject ON published_setting (setting, subject, effective_from);
CREATE INDEX case_consent_recorded_by ON case_consent (recorded_by);
CREATE INDEX provisional_identity_case ON provisional_identity (case_id);
CREATE INDEX provisional_identity_given_by ON provisional_identity (given_by);
CREATE INDEX muskel_created_by ON muskel (created_by);
CREATE INDEX muskel_legalised_by ON muskel (legalised_by);
CREATE INDEX muskel_item_case ON muskel_item (case_id);
CREATE INDEX muskel_proposal_muskel ON muskel_proposal (muskel_id);
CREATE INDEX muskel_proposal_draft ON muskel_proposal (draft_id);
CREATE INDEX objection_muskel ON objection (muskel_id);
CREATE INDEX objection_case ON objection (case_id, state);
CREATE INDEX objection_filed_by ON objection (filed_by);
CREATE INDEX objection_decided_by ON objection (decided_by);
CREATE INDEX finding_other_case ON finding (other_case_id);
CREATE INDEX finding_resolved_by ON finding (resolved_by);
CREATE INDEX print_run_noted_by ON print_run (noted_by, noted_at);
CREATE INDEX sheet_printed_by ON sheet (printed_by);
CREATE INDEX sheet_state ON sheet (state, printed_at);
CREATE INDEX sheet_scan ON sheet (scan_hash);
CREATE INDEX visit_case ON visit (case_id);
CREATE INDEX visit_entered_by ON visit (entered_by);
CREATE INDEX draft_lease_holder ON draft_lease (holder_id);
CREATE INDEX case_opening_account ON case_opening (account_id);
CREATE INDEX paper_batch_opened_by ON paper_batch (opened_by);
CREATE INDEX paper_batch_open ON paper_batch (opened_at) WHERE finished_at IS NULL;
CREATE INDEX spot_check_case ON spot_check (case_id);
CREATE INDEX spot_check_drawn_by ON spot_check (drawn_by);
CREATE INDEX spot_check_finished_by ON spot_check (finished_by);
CREATE INDEX courier_bundle_made_by ON courier_bundle (made_by);
CREATE INDEX outbox_courier ON outbox (courier_number) WHERE courier_number IS NOT NULL;
CREATE INDEX case_file_walk ON case_file (state, kelurahan, rw, rt, street, serial);
CREATE INDEX sheet_ledger ON sheet (state, enumerator, id);
CREATE INDEX sheet_enumerator ON sheet (enumerator, id, printed_at);
CREATE INDEX data_export_made_by ON data_export (made_by);
CREATE INDEX reference_person_undated ON reference_person (household_id) WHERE birth_date IS NULL;
CREATE INDEX case_file_place ON case_file (id, state, rw, serial);
CREATE INDEX member_without_nik ON member (case_id, position) WHERE nik IS NULL;
CREATE INDEX outbox_stuck ON outbox (created_at) WHERE problem IS NOT NULL AND state IN ('menunggu', 'ditahan');
CREATE INDEX finding_open ON finding (found_at, id, case_id, kind) WHERE resolved_at IS NULL AND gone_at IS NULL;
CREATE INDEX finding_settled ON finding (resolved_at DESC, id, case_id, kind) WHERE resolved_at IS NOT NULL;
CREATE INDEX review_rank_order ON review_rank (sure, gain DESC, serial);
CREATE INDEX review_asked_person ON review_asked (reference_person_id);
CREATE INDEX member_key_owner ON member_key (owner);
CREATE INDEX draft_key_owner ON draft_key (owner_id);
CREATE INDEX province_decision_case ON province_decision (case_id, id);
CREATE INDEX province_decision_until ON province_decision (outcome ->> 'until')
WHERE matter = 'program' AND outcome ->> 'until' IS NOT NULL;
CREATE INDEX reference_household_list ON reference_household (list_id);
CREATE INDEX down_item_pending ON down_item (seq) WHERE applied_at IS NULL;
CREATE INDEX outbox_consent ON outbox (state) WHERE kind = 'family.consent';
CREATE INDEX reference_refused_sheet_list ON reference_refused_sheet (list_id, no);
CREATE INDEX visit_amendment_account ON visit_amendment (account_id);
CREATE INDEX member_birth_date ON member (birth_date) WHERE birth_date IS NOT NULL;
CREATE INDEX correction_draft ON correction (draft_id);
CREATE INDEX reference_decision_list ON reference_decision (list_id);
CREATE INDEX reference_decision_by ON reference_decision (decided_by);
CREATE INDEX reference_decision_withdrawn_by ON reference_decision (withdrawn_by);
CREATE INDEX reference_change_difference ON reference_change
  (difference_id, kind, kelurahan, rw, rt, head_name, from_kelurahan, from_rw, rank_before, rank_after, unread);
CREATE INDEX pair_verdict_case ON pair_verdict (case_id);
CREATE INDEX pair_verdict_decided_by ON pair_verdict (decided_by);
CREATE INDEX pair_verdict_withdrawn_by ON pair_verdict (withdrawn_by);
CREATE INDEX pair_verdict_stroke ON pair_verdict (stroke);
CREATE INDEX pair_verdict_withdrawn_stroke ON pair_verdict (withdrawn_stroke);
CREATE INDEX pair_verdict_key_id ON pair_verdict_key (pair_verdict_id);
CREATE INDEX finding_listed_serial ON finding_listed (serial);
CREATE INDEX reference_difference_list ON reference_difference (list);
CREATE INDEX reference_difference_base ON reference_difference (base_list);
CREATE UNIQUE INDEX reference_difference_pair ON reference_difference (base_list, list) WHERE finished_at IS NOT NULL;
CREATE INDEX reference_replaced_by ON reference_replaced (by_list);
CREATE INDEX attachment_push_due ON attachment_push (state, next_try_at);
CREATE INDEX attachment_push_failing ON attachment_push (failing_since) WHERE failing_since IS NOT NULL;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_payload_no_update BEFORE UPDATE ON event_payload BEGIN SELECT RAISE(ABORT, 'a payload is erased, never changed'); END;
CREATE TRIGGER period_stays_closed BEFORE UPDATE ON period WHEN OLD.closed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed period is never changed'); END;
CREATE TRIGGER period_is_kept BEFORE DELETE ON period WHEN OLD.closed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed period is never deleted'); END;
CREATE TRIGGER official_rank_stands BEFORE UPDATE OF percentile, desil, rank_list_id ON reference_household
BEGIN SELECT RAISE(ABORT, 'an official rank is never overwritten'); END;
CREATE TRIGGER document_no_update BEFORE UPDATE ON document
  BEGIN SELECT RAISE(ABORT, 'an issued document is never changed'); END;
CREATE TRIGGER case_file_came AFTER INSERT ON case_file BEGIN
  INSERT INTO finding_due SELECT NEW.serial WHERE NEW.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH');
  INSERT INTO rank_due SELECT NEW.serial WHERE NEW.state = 'TERDAFTAR';
END;
CREATE TRIGGER case_file_findings AFTER UPDATE OF version, updated_at, state ON case_file BEGIN
  DELETE FROM finding_due WHERE serial = NEW.serial AND NEW.state IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH');
  INSERT INTO finding_due SELECT NEW.serial WHERE NEW.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER case_file_left AFTER UPDATE OF state ON case_file WHEN NEW.state <> 'TERDAFTAR' BEGIN
  DELETE FROM rank_due WHERE serial = NEW.serial;
  DELETE FROM review_rank WHERE case_id = NEW.id;
END;
CREATE TRIGGER case_file_waits AFTER UPDATE OF version, state ON case_file
WHEN NEW.state = 'TERDAFTAR' AND (NEW.version <> OLD.version OR NEW.state <> OLD.state) BEGIN
  INSERT INTO rank_due (serial) VALUES (NEW.serial) ON CONFLICT DO NOTHING;
  UPDATE review_rank SET sure = 0 WHERE case_id = NEW.id;
END;
CREATE TRIGGER review_rank_gone AFTER DELETE ON review_rank BEGIN
  INSERT INTO rank_due SELECT serial FROM case_file WHERE id = OLD.case_id AND state = 'TERDAFTAR' ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER case_file_findings_beside AFTER UPDATE OF version, updated_at, state ON case_file BEGIN
  INSERT INTO finding_due
  SELECT later.serial FROM finding CROSS JOIN case_file AS later ON later.id = finding.case_id
  WHERE finding.other_case_id = NEW.id AND finding.gone_at IS NULL
    AND later.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH')
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER case_file_niks_left AFTER UPDATE OF state ON case_file
WHEN NEW.state IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH') BEGIN
  INSERT INTO finding_nik_left SELECT nik FROM finding_nik WHERE serial = NEW.serial ON CONFLICT DO NOTHING;
  DELETE FROM finding_nik WHERE serial = NEW.serial;
END;
PRAGMA user_version = 73;
