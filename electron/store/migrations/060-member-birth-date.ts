import type { Migration } from '../migrate.ts';

/** Who a member is in other cases is asked by their id, their NIK and their birth date: each by its index. */
export const memberBirthDate: Migration = {
  version: 60,
  name: 'member-birth-date',
  sql: `
CREATE INDEX member_birth_date ON member (birth_date) WHERE birth_date IS NOT NULL;
`,
};
