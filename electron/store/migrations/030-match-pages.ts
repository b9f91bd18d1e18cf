import type { Migration } from '../migrate.ts';

/**
 * Keys of matching as numbers, those of lists in sorted pages (`store/reference-keys.ts`): as text a million
 * persons took gigabytes and hours. The rows are written anew by `rekey`, here and whenever the rules of
 * normalisation change.
 */
export const matchPages: Migration = {
  version: 30,
  name: 'match-pages',
  sql: `
DROP TABLE match_key;
DROP TABLE draft_key;

-- The rules with which the keys were made; none before the first time.
CREATE TABLE match_rules (
  version INTEGER NOT NULL
) STRICT;

-- Members of cases at a glance (\`matching/brief.ts\`), and their keys.
CREATE TABLE match_member (
  id INTEGER PRIMARY KEY,
  member_id TEXT NOT NULL UNIQUE,
  brief BLOB NOT NULL
) STRICT;
CREATE TABLE member_key (
  key INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  PRIMARY KEY (key, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_key_owner ON member_key (owner);

-- Those of drafts apart, owner_id = "draft id/member id": they change with every letter typed, and among
-- a few drafts a saving touches a few pages, among all persons of the office one for every key.
CREATE TABLE draft_key (
  key INTEGER NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (key, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_key_owner ON draft_key (owner_id);

-- The number of a list in the pages.
CREATE TABLE reference_index (
  number INTEGER PRIMARY KEY,
  list_id TEXT NOT NULL UNIQUE REFERENCES reference_list (id)
) STRICT;
-- id: number of the list and first key of the page.
CREATE TABLE reference_key_page (
  id INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;
-- id: number of the list and first person of the page.
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
`,
};
