import type { Migration } from '../migrate.ts';

/** The proxy of the office's network, through which the province is reached. */
export const proxy: Migration = {
  version: 20,
  name: 'proxy',
  sql: `
CREATE TABLE network_proxy (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  host TEXT NOT NULL CHECK (host <> ''),
  port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  username TEXT NOT NULL,
  password TEXT NOT NULL
) STRICT;
`,
};
