import type { Migration } from '../migrate.ts';

/** The NIK of whoever goes out, as their surat tugas names it; most are not known. */
export const officerNik: Migration = {
  version: 33,
  name: 'officer-nik',
  sql: `
ALTER TABLE team_member ADD COLUMN nik TEXT CHECK (nik GLOB '[0-9]*' AND length(nik) = 16);
`,
};
