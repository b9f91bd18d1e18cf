import { join } from 'node:path';
import { loadAreas } from '../../electron/areas.ts';
import { systemClock } from '../../electron/clock.ts';
import { JobPool } from '../../electron/jobs/job-pool.ts';
import { Keyring } from '../../electron/security/keyring.ts';
import { Sessions } from '../../electron/security/sessions.ts';
import { Uploads } from '../../electron/security/uploads.ts';
import { besideOf } from '../../electron/services/beside.ts';
import { InstrumentFiles } from '../../electron/services/instrument-files.ts';
import { OfferedFamilies } from '../../electron/services/offered-families.ts';
import type { Register } from '../../electron/services/register.ts';
import { openConnection, type WritableDb } from '../../electron/store/connection.ts';
import { NameShares } from '../../electron/store/matching.ts';
import { KnownSettings } from '../../electron/store/settings.ts';
import { migrate } from '../../electron/store/migrate.ts';

/** The register of a data folder, opened for the services alone: no log-in, no requests, no push. */
export function openBareRegister(
  folder: string,
  key: Buffer,
  open: (file: string) => WritableDb = (file) => openConnection(file, { key }),
): Register {
  const file = join(folder, 'register.db');
  const db = open(file);
  migrate(db);
  return {
    db,
    settings: new KnownSettings(),
    names: new NameShares(),
    clock: systemClock,
    areas: loadAreas('resources'),
    keyring: Keyring.open(join(folder, 'keyring.json')),
    key,
    sessions: new Sessions(systemClock),
    file,
    scratchDir: folder,
    resourcesDir: 'resources',
    instruments: new InstrumentFiles('resources'),
    training: false,
    jobs: new JobPool({ logFailure: failed }),
    press: new JobPool({ logFailure: failed }),
    uploads: new Uploads(folder, systemClock),
    logFailure: failed,
    push: null,
    movingLists: Promise.resolve(),
    heldLists: new Map(),
    failedItems: new Map(),
    downTroubles: new Map(),
    beside: besideOf(failed),
    offered: new OfferedFamilies(),
    renewal: null,
    enrolling: Promise.resolve(),
  };
}

function failed(cause: unknown): never {
  throw cause;
}
