import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OfficeStatus } from '../shared/contract/session.ts';
import type { NewOffice } from '../shared/contract/setup.ts';
import { AppError } from '../shared/errors.ts';
import { type Areas, loadAreas } from './areas.ts';
import { type Clock, today } from './clock.ts';
import { JobPool } from './jobs/job-pool.ts';
import { type Log, logFailure } from './log.ts';
import type { OfficeHost } from './rpc/context.ts';
import { type Argon2Cost, Keyring } from './security/keyring.ts';
import { type Session, Sessions } from './security/sessions.ts';
import { Throttle } from './security/throttle.ts';
import { Uploads } from './security/uploads.ts';
import { besideOf } from './services/beside.ts';
import { KeyRenewal } from './services/key-renewal.ts';
import { InstrumentFiles } from './services/instrument-files.ts';
import { OfferedFamilies } from './services/offered-families.ts';
import type { Register } from './services/register.ts';
import { ListLearning } from './services/list-learning.ts';
import { Rehearsal } from './services/rehearsal.ts';
import { recoverAdministrator, startSession } from './services/session.ts';
import { currentSettings } from './services/settings.ts';
import { fillNewOffice, officeNameOf } from './services/setup.ts';
import { applyPending } from './services/sync-down.ts';
import { moveListsIn } from './services/sync-lists.ts';
import { foldLog, openConnection } from './store/connection.ts';
import { NameShares } from './store/matching.ts';
import { migrate } from './store/migrate.ts';
import { ReadAhead } from './store/read-ahead.ts';
import { renewKeys } from './store/rekey.ts';
import { lookAtDamaged } from './services/failing-files.ts';
import { dropUnfinishedSteps } from './store/reference-staging.ts';
import { KnownSettings } from './store/settings.ts';
import { trainingAccounts, trainingOffice } from './training/training-office.ts';

export interface OfficeOptions {
  /** Folder of the register; it is made when missing. */
  dataDir: string;
  resourcesDir: string;
  clock: Clock;
  log: Log;
  /** Start in the training office. */
  training?: boolean;
  programVersion: string;
  /** Cheaper key derivation for tests. */
  argon2?: Argon2Cost;
  /** How the province is reached; the network's own fetch where it is left out. */
  provinceFetch?: typeof fetch;
  /** What works beside the requests while a register is open, e.g. the sender of the push. */
  startBackground?: (register: Register) => { stop(): Promise<void> };
}

/** So long (ms) nobody asks anything: a quiet moment, in which the log is folded in, lists are read ahead, comparing is rehearsed and lists are learnt of. */
const quiet = 1_000;
/** And so long between two steps of that, for whoever asks meanwhile. */
const between = 1;
/** So long (ms) the program that draws forms stays loaded: who prints one form often prints another. */
const pressKeptFor = 120_000;

interface OpenRegister {
  register: Register;
  /** How far its log is folded in, as `foldLog` counts. */
  folded: number;
  ahead: ReadAhead;
  rehearsal: Rehearsal;
  learning: ListLearning;
  background: { stop(): Promise<void> } | null;
  /** The day (ISO) on which what waits here of the province was last tried; null before the first. */
  day: string | null;
  /** It could not be written: the settings of that day do not stand yet. */
  dayOwed: boolean;
  /** Settled when nothing of a killed import is left, or it is left for the next opening. */
  tidied: Promise<void>;
}

/** The register file and its keyring lie side by side; the training office has a folder of its own. */
const keyringFile = 'keyring.json';
const registerFile = 'register.db';

/**
 * Holds the office through its life: not set up, locked, open. Unlocking happens with the first
 * login after a start; the register then stays open until the program ends, so that the push goes on.
 */
export class LocalOffice implements OfficeHost {
  readonly areas: Areas;
  readonly log: Log;
  readonly #options: OfficeOptions;
  readonly #throttle: Throttle;
  #training: boolean;
  #open: OpenRegister | null = null;
  #seeding: Promise<void> | null = null;
  #whenQuiet: NodeJS.Timeout | null = null;
  #goesOn: NodeJS.Timeout | null = null;

  constructor(options: OfficeOptions) {
    this.#options = options;
    this.areas = loadAreas(options.resourcesDir);
    this.log = options.log;
    this.#throttle = new Throttle(options.clock);
    this.#training = options.training ?? false;
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    removeUnfinished(options.dataDir);
  }

  /** Makes the training office ready before the first request where the program starts in it. */
  async prepare(): Promise<void> {
    if (this.#training) await this.#seedTrainingOnce();
  }

  status(): OfficeStatus {
    const ready = this.#isSetUp();
    return {
      stage: ready ? 'masuk' : 'penyiapan',
      training: this.#training,
      officeName: ready ? this.#keyring().officeName : null,
      trainingAccounts: this.#training
        ? trainingAccounts.map(({ username, name, role, password }) => ({ username, name, role, password }))
        : null,
      programVersion: this.#options.programVersion,
    };
  }

  register(): Register | null {
    return this.#open?.register ?? null;
  }

  /** Somebody was answered: once it has been quiet for a moment, what waits for that is done. */
  answered(): void {
    clearTimeout(this.#goesOn ?? undefined);
    if (this.#whenQuiet === null) this.#whenQuiet = setTimeout(() => this.#useQuiet(), quiet).unref();
    else this.#whenQuiet.refresh();
  }

  #useQuiet(): void {
    const open = this.#open;
    if (open === null) return;
    this.#turnDay(open);
    open.folded = foldLog(open.register.db, open.folded);
    open.register.renewal?.goOn();
    if (open.ahead.begin()) this.#whenQuiet?.refresh();
    else this.#goOn(open);
  }

  /** Reads on until all is read, then rehearses, then learns of lists, or until somebody asks. */
  #goOn(open: OpenRegister): void {
    if (open.ahead.step() || open.rehearsal.step())
      this.#goesOn = setTimeout(() => this.#goOn(open), between).unref();
    else open.learning.begin();
  }

  async create(input: NewOffice): Promise<{ session: Session; register: Register; recoveryCode: string }> {
    if (this.#isSetUp()) throw new AppError('setup_done');
    const { key, recoveryCode } = await this.#build(this.#folder(), input, async () => {});
    const register = this.#openRegister(key);
    return { session: startSession(register, input.administrator.username), register, recoveryCode };
  }

  async login({
    username,
    password,
  }: {
    username: string;
    password: string;
  }): Promise<{ session: Session; register: Register }> {
    if (!this.#isSetUp()) throw new AppError('setup_needed');
    return this.#unlock(
      username,
      (keyring) => keyring.openForAccount(username, password),
      'wrong_credentials',
      (register) => Promise.resolve(startSession(register, username.trim())),
    );
  }

  async recover(input: {
    code: string;
    username: string;
    password: string;
  }): Promise<{ session: Session; register: Register }> {
    if (!this.#isSetUp()) throw new AppError('setup_needed');
    return this.#unlock(
      'pemulihan',
      (keyring) => keyring.openForRecovery(input.code),
      'recovery_code_wrong',
      (register) => recoverAdministrator(register, input),
    );
  }

  async enterTraining(): Promise<OfficeStatus> {
    this.#refuseWhileInUse();
    await this.#seedTrainingOnce();
    await this.close();
    this.#training = true;
    return this.status();
  }

  async leaveTraining(): Promise<OfficeStatus> {
    this.#refuseWhileInUse();
    await this.close();
    this.#training = false;
    return this.status();
  }

  /** Ends the sessions, stops what works in the background and folds the write-ahead log in. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    clearTimeout(this.#whenQuiet ?? undefined);
    this.#whenQuiet = null;
    clearTimeout(this.#goesOn ?? undefined);
    if (open === null) return;
    open.register.sessions.endAll();
    await open.tidied;
    // At once: where both move lists in, each waits for the other's end.
    await Promise.all([open.background?.stop(), open.register.beside.close()]);
    await open.register.jobs.close();
    await open.register.press.close();
    await open.register.uploads.close();
    open.register.db.close();
  }

  async #unlock(
    name: string,
    openKey: (keyring: Keyring) => Promise<Buffer | null>,
    wrong: 'wrong_credentials' | 'recovery_code_wrong',
    start: (register: Register) => Promise<Session>,
  ): Promise<{ session: Session; register: Register }> {
    const seconds = this.#throttle.waitOf(name);
    if (seconds > 0) throw new AppError('too_many_tries', { seconds });
    // Counted before the slow derivation, so that many tries at once do not slip past together.
    this.#throttle.failed(name);
    const key = await openKey(this.#open?.register.keyring ?? this.#keyring());
    if (key === null) throw new AppError(wrong);
    this.#throttle.succeeded(name);
    const register = this.#open?.register ?? this.#openRegister(key);
    return { session: await start(register), register };
  }

  #openRegister(key: Buffer): Register {
    const register = this.#connect(this.#folder(), key, this.#keyring());
    migrate(register.db);
    const renewal = new KeyRenewal(register);
    register.renewal = renewal;
    renewal.goOn();
    const tidied = this.#tidy(register);
    // What is left of a list of the province goes before that list moves in anew.
    register.movingLists = tidied;
    this.#open = {
      register,
      folded: 0,
      ahead: new ReadAhead(register.db, register.names.pages),
      rehearsal: new Rehearsal(register),
      learning: new ListLearning(register),
      background: this.#options.startBackground?.(register) ?? null,
      day: null,
      dayOwed: false,
      tidied,
    };
    this.#turnDay(this.#open);
    return register;
  }

  /**
   * What the province set for a day stands from its midnight on, also where no line ever comes; a list that came whole
   * and stays out is tried again.
   */
  #turnDay(open: OpenRegister): void {
    const { register } = open;
    const day = today(register.clock);
    if (day !== open.day) register.beside.run((stop) => moveListsIn(register, stop, { again: true }));
    else if (!open.dayOwed) return;
    open.day = day;
    try {
      applyPending(register, { again: true });
      open.dayOwed = false;
    } catch (cause) {
      // On a full disk the office opens all the same; the next quiet moment tries again.
      open.dayOwed = true;
      register.logFailure(cause);
    }
  }

  /**
   * Takes out what a killed import left, and looks again at files that were found damaged, beside the work of others. What
   * cannot be taken out (the disk is full) nobody sees, and the next opening tries again.
   */
  async #tidy(register: Register): Promise<void> {
    try {
      for (const steps of [dropUnfinishedSteps(register.db), lookAtDamaged(register)])
        for (const _ of steps) {
          await pause(between);
          if (this.#open?.register !== register) return;
        }
    } catch (cause) {
      register.logFailure(cause);
    }
  }

  #connect(folder: string, key: Buffer, keyring: Keyring): Register {
    const file = join(folder, registerFile);
    const report = (cause: unknown) => logFailure(this.log, cause);
    return {
      db: openConnection(file, { key }),
      clock: this.#options.clock,
      areas: this.areas,
      settings: new KnownSettings(),
      names: new NameShares(),
      keyring,
      key,
      sessions: new Sessions(this.#options.clock),
      file,
      scratchDir: this.#scratchDir(),
      resourcesDir: this.#options.resourcesDir,
      instruments: new InstrumentFiles(this.#options.resourcesDir),
      training: this.#training,
      jobs: new JobPool({ logFailure: report }),
      press: new JobPool({ logFailure: report, keep: pressKeptFor }),
      logFailure: report,
      uploads: new Uploads(this.#scratchDir(), this.#options.clock),
      push: null,
      movingLists: Promise.resolve(),
      heldLists: new Map(),
      failedItems: new Map(),
      downTroubles: new Map(),
      beside: besideOf(report),
      offered: new OfferedFamilies(),
      renewal: null,
      enrolling: Promise.resolve(),
    };
  }

  /** Builds an office in a side folder and moves it into place; the keyring comes last and makes it real. */
  async #build(
    folder: string,
    input: NewOffice,
    fill: (register: Register) => Promise<void>,
  ): Promise<{ key: Buffer; recoveryCode: string }> {
    const officeName = officeNameOf(this.areas, input.area);
    const side = mkdtempSync(join(this.#options.dataDir, unfinishedPrefix));
    const key = randomBytes(32);
    const register = this.#connect(
      side,
      key,
      Keyring.create(join(side, keyringFile), officeName, this.#options.argon2),
    );
    try {
      migrate(register.db);
      // Nothing is in it yet: its keys are of today's rules.
      for (const _ of renewKeys(register.db));
      const { recoveryCode } = await fillNewOffice(register, input);
      await fill(register);
      register.db.close();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      renameSync(join(side, registerFile), join(folder, registerFile));
      renameSync(join(side, keyringFile), join(folder, keyringFile));
      return { key, recoveryCode };
    } finally {
      if (register.db.open) register.db.close();
      rmSync(side, { recursive: true, force: true });
    }
  }

  async #seedTrainingOnce(): Promise<void> {
    if (Keyring.exists(join(this.#folder(true), keyringFile))) return;
    this.#seeding ??= this.#seedTraining().finally(() => {
      this.#seeding = null;
    });
    await this.#seeding;
  }

  async #seedTraining(): Promise<void> {
    const before = this.#training;
    this.#training = true;
    try {
      const { seedTraining } = await import('./training/seed.ts');
      await this.#build(this.#folder(true), trainingOffice, seedTraining);
    } finally {
      this.#training = before;
    }
  }

  #refuseWhileInUse(): void {
    if (this.#open === null) return;
    const { register } = this.#open;
    if (register.sessions.count(currentSettings(register).idleMinutes) > 0)
      throw new AppError('office_in_use');
  }

  #isSetUp(): boolean {
    return Keyring.exists(join(this.#folder(), keyringFile));
  }

  #keyring(): Keyring {
    return Keyring.open(join(this.#folder(), keyringFile));
  }

  #folder(training: boolean = this.#training): string {
    return training ? join(this.#options.dataDir, 'latihan') : this.#options.dataDir;
  }

  #scratchDir(): string {
    const folder = join(this.#options.dataDir, 'sementara');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}

const unfinishedPrefix = '.belum-jadi-';

/** What a killed set-up left behind, and temporary files of the last run: none of it is of use. */
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir))
    if (name.startsWith(unfinishedPrefix)) rmSync(join(dataDir, name), { recursive: true, force: true });
  const scratch = join(dataDir, 'sementara');
  if (existsSync(scratch)) rmSync(scratch, { recursive: true, force: true });
}
