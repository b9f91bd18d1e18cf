import type { Migration } from '../migrate.ts';

/**
 * The draft that a correction was typed in: its files hang there until the lurah decides. Those of corrections that were
 * proposed before hang on the case already, and may have been sent; they stay there.
 */
export const correctionDraft: Migration = {
  version: 61,
  name: 'correction-draft',
  sql: `
ALTER TABLE correction ADD COLUMN draft_id TEXT REFERENCES draft (id);
CREATE INDEX correction_draft ON correction (draft_id);
`,
};
