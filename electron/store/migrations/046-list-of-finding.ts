import type { Migration } from '../migrate.ts';

/**
 * What a list of no source says is a finding of that list by its name: two of them wrote over each other. One
 * whose list is not known by its note stays as it is, and is found anew.
 */
export const listOfFinding: Migration = {
  version: 46,
  name: 'list-of-finding',
  sql: `
UPDATE finding SET
  key = substr(key, 1, length(key) - length(source)) || source || ': ' || note,
  source = source || ': ' || note
WHERE source = 'Daftar lain' AND note IN (SELECT name FROM reference_list WHERE source = 'LAIN');
`,
};
