import type { Migration } from '../migrate.ts';

/**
 * Whom a refused row tells of (`RefusedWho`), and who of a household of the earlier list is meant by one, as a JSON list of
 * their ids: they are no loss, though they are not in the later list.
 */
export const unreadPersons: Migration = {
  version: 56,
  name: 'unread-persons',
  sql: `
ALTER TABLE reference_refused_row ADD COLUMN who TEXT CHECK (json_valid(who));
ALTER TABLE reference_change ADD COLUMN unread TEXT CHECK (json_valid(unread));
`,
};
