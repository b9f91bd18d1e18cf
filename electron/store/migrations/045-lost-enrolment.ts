import type { Migration } from '../migrate.ts';

/**
 * Before migration 41 an office that enrolled again wrote its new key over the one of its link, before the first
 * try. Where the answer to that was lost, the province knows the office by this newer key: it is the one to try again
 * with, so that the office comes back as itself and needs no operator.
 */
export const lostEnrolment: Migration = {
  version: 45,
  name: 'lost-enrolment',
  sql: `
INSERT OR IGNORE INTO office_next_key (id, private_key, created_at)
SELECT 1, office_key.private_key, office_key.created_at
FROM office_key JOIN office_link ON office_link.id = office_key.id
WHERE office_key.created_at > office_link.enrolled_at;
`,
};
