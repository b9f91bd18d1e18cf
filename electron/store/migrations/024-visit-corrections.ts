import type { Migration } from '../migrate.ts';

/** What a visit corrects of the household itself, and what of it was carried out when it was finished. */
export const visitCorrections: Migration = {
  version: 24,
  name: 'visit-corrections',
  sql: `
ALTER TABLE visit ADD COLUMN corrections TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(corrections));
-- The household before and after the visit was applied; null until it was, and where it changed nothing.
ALTER TABLE visit ADD COLUMN applied TEXT CHECK (json_valid(applied));
`,
};
