import type { Migration } from '../migrate.ts';

/** The province's receipts for the recaps of closed periods. */
export const recapReceipt: Migration = {
  version: 18,
  name: 'recap-receipt',
  sql: `
CREATE TABLE recap_receipt (
  period_id TEXT PRIMARY KEY REFERENCES period (id),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  receipt TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
