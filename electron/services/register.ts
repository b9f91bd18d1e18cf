import { v7 as uuid } from 'uuid';
import type { Role } from '../../shared/domain/role.ts';
import type { Areas } from '../areas.ts';
import type { Clock } from '../clock.ts';
import type { JobPool } from '../jobs/job-pool.ts';
import type { Keyring } from '../security/keyring.ts';
import type { Sessions } from '../security/sessions.ts';
import type { Uploads } from '../security/uploads.ts';
import type { WritableDb } from '../store/connection.ts';
import type { NameShares } from '../store/matching.ts';
import type { KnownSettings } from '../store/settings.ts';
import type { Push } from '../sync/push.ts';
import type { Beside } from './beside.ts';
import type { DownTrouble, DownWork } from './down-trouble.ts';
import type { InstrumentFiles } from './instrument-files.ts';
import type { KeyRenewal } from './key-renewal.ts';
import type { OfferedFamilies } from './offered-families.ts';

/**
 * Why a list of the province stays out: a part that this version cannot read, no list that it builds on, or a mistake of
 * this program on the way.
 */
export interface HeldList {
  name: string;
  version: number;
  listDate: string;
  why: 'unreadable' | 'base_missing' | 'failed';
}

/**
 * An open register with all that the services need of the world around it. The composition root
 * (`office.ts`) builds it once when the register is unlocked; services take it as first parameter.
 */
export interface Register {
  db: WritableDb;
  clock: Clock;
  areas: Areas;
  keyring: Keyring;
  /** The register's own key, for worker threads' connections and new key slots. */
  key: Buffer;
  sessions: Sessions;
  /** What the office set, as it was last read. */
  settings: KnownSettings;
  /** How rare name parts are in the lists. */
  names: NameShares;
  /** Path of the encrypted database file. */
  file: string;
  /** Folder for temporary files, which hold nothing personal in the clear. */
  scratchDir: string;
  resourcesDir: string;
  /** Those that the program brings along, as they were read. */
  instruments: InstrumentFiles;
  training: boolean;
  /** Long work in worker threads. */
  jobs: JobPool;
  /** Stacks of forms, in a thread of their own: a print never waits behind an import. */
  press: JobPool;
  /** Files taken in for a job, sealed on the disk. */
  uploads: Uploads;
  /** Logs what went wrong where the work goes on all the same, without anything personal. */
  logFailure: (cause: unknown) => string;
  /** The push to the province while the register is open for work; null while it is being built. */
  push: Push | null;
  /** Runs what goes on beside the requests, until the register closes. */
  beside: Beside;
  /** Settled when no list of the province is moving in: one at a time. */
  movingLists: Promise<void>;
  /** Lists of the province that came whole and cannot move in, by their id. In memory: a start tries them again. */
  heldLists: Map<string, HeldList>;
  /**
   * Ids of what else came down and threw as it was applied, each with the case that it is about where it is one. In
   * memory: a start tries them again.
   */
  failedItems: Map<string, string | null>;
  /** Where the register does not take what the province says, in memory: until it takes it. */
  downTroubles: Map<DownWork, DownTrouble>;
  /** Keys that are renewed beside the work; null where nobody renews them: in a worker, while the register is built. */
  renewal: KeyRenewal | null;
  /** Which families may be taken over into which draft. */
  offered: OfferedFamilies;
  /** Settled when no enrolment is asked for: one at a time, since each would make a key. */
  enrolling: Promise<void>;
}

/** What comparing cases with lists takes of a register; the worker threads have no more of it. */
export type RegisterFile = Pick<Register, 'db' | 'instruments' | 'names' | 'renewal'>;

/** Who acts: a person of the session, or the office itself. */
export interface ServiceActor {
  id: string | null;
  name: string;
  role: Role | 'sistem';
  /** The press of the print key that this request is, where it is one: its papers are noted under it. */
  printRun?: string;
}

export const systemActor: ServiceActor = { id: null, name: 'Sistem', role: 'sistem' };

export function newId(): string {
  return uuid();
}
