import type { Migration } from '../migrate.ts';

/** The work list and the ledger of sheets by pages, each in its order: a page far down reads no case and no sheet. */
export const paperLists: Migration = {
  version: 23,
  name: 'paper-lists',
  sql: `
CREATE INDEX case_file_walk ON case_file (state, kelurahan, rw, rt, street, serial);
CREATE INDEX sheet_ledger ON sheet (state, enumerator, id);
CREATE INDEX sheet_enumerator ON sheet (enumerator, id, printed_at);
`,
};
