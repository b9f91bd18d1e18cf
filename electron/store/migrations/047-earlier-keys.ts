import type { Migration } from '../migrate.ts';

/**
 * Keys of before the pinned one stand apart from those that follow it: they may name no others. Which of those that
 * are here are which was not kept; the next page tells them again.
 */
export const earlierKeys: Migration = {
  version: 47,
  name: 'earlier-keys',
  sql: `
ALTER TABLE office_link ADD COLUMN earlier_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier_keys));
UPDATE office_link SET vouched_keys = '[]';
`,
};
