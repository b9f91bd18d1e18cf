import type { Migration } from '../migrate.ts';

/** A courier's answer proves what the province holds, too, and brings the records that differ; each difference names its RT. */
export const proofByCourier: Migration = {
  version: 65,
  name: 'proof-by-courier',
  sql: `
-- Bundles of the courier that had been made when it came.
ALTER TABLE receipt ADD COLUMN bundles INTEGER NOT NULL DEFAULT 0 CHECK (bundles >= 0);
UPDATE receipt SET bundles = coalesce((SELECT max(number) FROM courier_bundle WHERE made_at <= received_at), 0);

ALTER TABLE proof_run ADD COLUMN via TEXT NOT NULL DEFAULT 'sambungan' CHECK (via IN ('sambungan', 'kurir'));
ALTER TABLE proof_run ADD COLUMN bundles INTEGER NOT NULL DEFAULT 0 CHECK (bundles >= 0);
UPDATE proof_run SET bundles = coalesce((SELECT max(number) FROM courier_bundle WHERE made_at <= proof_run.at), 0);
-- The province's clock as it proved what was compared; null where nothing was.
ALTER TABLE proof_run ADD COLUMN server_time TEXT;
-- Cases that were left to the next comparison, in whole or in part.
ALTER TABLE proof_run ADD COLUMN later INTEGER NOT NULL DEFAULT 0 CHECK (later >= 0);

ALTER TABLE proof_difference ADD COLUMN rt INTEGER CHECK (rt > 0);

-- What the courier's answer of the last comparison brought; null where the province does not hold the record.
CREATE TABLE proof_record (
  key TEXT PRIMARY KEY,
  answer TEXT CHECK (json_valid(answer))
) STRICT;
`,
};
