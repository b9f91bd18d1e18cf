import type { Migration } from '../migrate.ts';

/** The newest day on which a grant of a program has ended is asked with every list of findings: found without reading all. */
export const grantsEnd: Migration = {
  version: 37,
  name: 'grants-end',
  sql: `
CREATE INDEX province_decision_until ON province_decision (outcome ->> 'until')
WHERE matter = 'program' AND outcome ->> 'until' IS NOT NULL;
`,
};
