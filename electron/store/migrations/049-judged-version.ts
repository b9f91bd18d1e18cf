import type { Migration } from '../migrate.ts';

/** On which version of the case its verdicts were given. Null where an older program decided: which one is not known. */
export const judgedVersion: Migration = {
  version: 49,
  name: 'judged-version',
  sql: `
ALTER TABLE identification ADD COLUMN case_version INTEGER CHECK (case_version > 0);
`,
};
