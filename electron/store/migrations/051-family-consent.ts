import type { Migration } from '../migrate.ts';

/** What families say goes ahead of the records of their cases: it is found in the outbox without reading those. */
export const familyConsent: Migration = {
  version: 51,
  name: 'family-consent',
  sql: `
CREATE INDEX outbox_consent ON outbox (state) WHERE kind = 'family.consent';
`,
};
