import type { Migration } from '../migrate.ts';

/** Recaps that the province refused: told again only when a person asks for it. */
export const recapRefusal: Migration = {
  version: 22,
  name: 'recap-refusal',
  sql: `
CREATE TABLE recap_refusal (
  period_id TEXT PRIMARY KEY REFERENCES period (id),
  -- As the province worded it.
  sentence TEXT NOT NULL,
  refused_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
