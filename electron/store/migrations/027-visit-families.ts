import type { Migration } from '../migrate.ts';

/** What the families of a roof answered each, by their number. Visits of before have one set of answers a roof. */
export const visitFamilies: Migration = {
  version: 27,
  name: 'visit-families',
  sql: `
ALTER TABLE visit ADD COLUMN family_answers TEXT NOT NULL DEFAULT '{}';
`,
};
