import type { Migration } from '../migrate.ts';

/** The province changes the key that it signs with: those that the pinned one vouches for, as JWK. */
export const vouchedKeys: Migration = {
  version: 44,
  name: 'vouched-keys',
  sql: `ALTER TABLE office_link ADD COLUMN vouched_keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(vouched_keys));`,
};
