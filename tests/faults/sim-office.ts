import { cpSync, existsSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../electron/clock.ts';
import type { Beside } from '../../electron/services/beside.ts';
import type { Register, ServiceActor } from '../../electron/services/register.ts';
import { compareWithProvince } from '../../electron/services/proof.ts';
import { enrolOffice } from '../../electron/services/enrolment.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { officeErrands } from '../../electron/services/sync-errands.ts';
import { findOfficeLink, senderPorts } from '../../electron/services/sync-push.ts';
import { transaction } from '../../electron/store/connection.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { findLinkRecord } from '../../electron/store/office-link.ts';
import { dropUnfinishedSteps } from '../../electron/store/reference-staging.ts';
import { ProvinceClient } from '../../electron/sync/province-client.ts';
import { Sender } from '../../electron/sync/sender.ts';
import type { SenderPorts } from '../../electron/sync/sender-ports.ts';
import type { Random } from '../../electron/training/random.ts';
import type { ProofSide } from '../../shared/contract/proof.ts';
import type { OutboxState } from '../../shared/domain/outbox.ts';
import { AppError } from '../../shared/errors.ts';
import { openClear } from './clear-register.ts';
import { isDiskFull, limitPages } from './full-disk.ts';
import type { Network } from './network.ts';
import type { OfficeTemplate } from './office-template.ts';
import { copyRegister, repairAll } from './sim-repair.ts';
import { accountOf } from './sim-work.ts';
import { Actor, type VirtualTime } from './virtual-time.ts';

/** The power went, or the process was killed, at this very point. */
class Killed extends Error {
  override readonly name = 'Killed';
}

export interface SimOfficeOptions {
  time: VirtualTime;
  random: Random;
  network: Network;
  template: OfficeTemplate;
  /** Folder of this run; the office makes files in it for each life of the register. */
  folder: string;
  /** Wall time at the start of the run, in milliseconds. */
  epoch: number;
  /** Called at the moment of a power cut, on the register as it stands. */
  onPowerCut?: (register: Register) => void;
}

interface Program {
  register: Register;
  sender: Sender;
  actor: Actor;
  /** Asks to be enrolled, beside what the sender does. */
  enrolling: Actor | null;
}

/**
 * An office whose services, sender and register are the real ones, but for the encryption ({@link openClear}). It can lose its power
 * between any two of their steps: what the files hold at that moment is all the next life has.
 */
export class SimOffice {
  readonly #options: SimOfficeOptions;
  readonly #programs: Program[] = [];
  #file = '';
  #lives = 0;
  #clockOff = 0;
  /** When the power goes; null while it stays. */
  #doom: { left: number; state: OutboxState | null } | null = null;
  #full = false;
  kills = 0;

  constructor(options: SimOfficeOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
    this.#file = join(options.folder, 'register-0.db');
    cpSync(options.template.file, this.#file);
  }

  get running(): boolean {
    return this.#programs.length > 0;
  }

  get register(): Register {
    const [first] = this.#programs;
    if (first === undefined) throw new Error('The office is shut.');
    return first.register;
  }

  /** Starts the program on the register as it lies on the disk. */
  open(): void {
    if (!this.running) this.#start();
  }

  /** A second sender on the same register, as a second window or a forgotten process would be. */
  openSecond(): void {
    if (this.#programs.length === 1) this.#start();
  }

  #start(): void {
    const { time, random, network, template } = this.#options;
    const actor = time.actor();
    const db = openClear(this.#file);
    migrate(db);
    limitPages(db, this.#full);
    const clock = this.#clockOf(actor);
    const movingLists = Promise.resolve();
    const register: Register = {
      ...template.register,
      db,
      file: this.#file,
      clock,
      push: null,
      movingLists,
      heldLists: new Map(),
      failedItems: new Map(),
      downTroubles: new Map(),
      beside: this.#beside(actor),
    };
    // What was moving when the power went is taken out, as at every start; another program may be at it.
    if (!this.running) for (const _ of dropUnfinishedSteps(db));
    const client = new ProvinceClient({ fetch: network.fetchOf(actor), timers: actor.limits() });
    const timers = actor.timers();
    // What a killed program still does draws nothing: the run must follow from its seed alone.
    const draw = (): number => (actor.alive ? random.next() : 0);
    const sender = new Sender({
      ports: this.#guard(senderPorts(register, draw), actor),
      client,
      errands: officeErrands(register, client, timers),
      clock,
      timers,
      random: draw,
      onFailure: (cause) => {
        if (actor.alive) this.#judgeFailure(cause);
      },
    });
    register.push = {
      client,
      wake: () => sender.wake(),
      retryNow: () => sender.retryNow(),
      connection: () => sender.connection(),
    };
    this.#programs.push({ register, sender, actor, enrolling: null });
    if (findLinkRecord(db) !== null) sender.start();
  }

  /** The cable is in again, as the system tells every program. */
  networkBack(): void {
    for (const { sender } of this.#programs) sender.networkBack();
  }

  /** The register as it lies on the disk, for whoever only looks. */
  read(): Register {
    const { register } = this.#options.template;
    const db = openClear(this.#file, { readonly: true });
    return { ...register, db, file: this.#file };
  }

  /**
   * Ends the programs, and leaves the register open for the verdict: opened anew, every page of it would be read
   * once more.
   */
  async end(): Promise<Register> {
    const [first, ...others] = this.#programs.splice(0);
    for (const program of others) await end(program);
    if (first === undefined) return this.read();
    await first.sender.stop();
    die(first);
    return { ...this.#options.template.register, db: first.register.db, file: this.#file };
  }

  /** Ends the programs the proper way. */
  async close(): Promise<void> {
    for (const program of this.#programs.splice(0)) await end(program);
  }

  async closeSecond(): Promise<void> {
    for (const program of this.#programs.splice(1)) await end(program);
  }

  /**
   * The power goes within so many steps of the programs: a read of the clock, a call of the outbox. With a
   * `state`, only the steps count at which an item of the outbox stands there.
   */
  doom(left: number, state: OutboxState | null): void {
    this.#doom = { left, state };
  }

  /** Whether an item of the outbox stands in this state just now. */
  hasItem(state: OutboxState): boolean {
    if (!this.running) return false;
    return this.register.db.prepare('SELECT 1 FROM outbox WHERE state = ? LIMIT 1').get(state) !== undefined;
  }

  /** The disk takes no new pages until told otherwise. */
  diskFull(full: boolean): void {
    this.#full = full;
    for (const { register } of this.#programs) limitPages(register.db, full);
  }

  /** @param milliseconds how far the clock is ahead of the true time, from now on */
  setClock(milliseconds: number): void {
    this.#clockOff = milliseconds;
  }

  calm(): void {
    this.#doom = null;
    this.diskFull(false);
  }

  #clockOf(actor: Actor): Clock {
    return {
      now: () => {
        if (!actor.alive) throw new Killed();
        this.#touch();
        return new Date(this.#options.epoch + this.#options.time.now() + this.#clockOff);
      },
    };
  }

  get enrolled(): boolean {
    return this.running && findLinkRecord(this.register.db) !== null;
  }

  /** Whether the province said that it does not know this office any more. */
  get refused(): boolean {
    return this.running && (this.register.push?.connection().refusal ?? null) !== null;
  }

  /** By which the province knows it, of an office that is enrolled. */
  get credential(): string {
    return findLinkRecord(this.register.db)?.credential ?? '';
  }

  /** As the province knows it. */
  get id(): string {
    return findLinkRecord(this.register.db)?.officeId ?? '';
  }

  /** Asks once to be enrolled, whatever the line does; the next try sends the same code again. */
  tryEnrol(address: string, code: string): void {
    const [program] = this.#programs;
    if (program === undefined || program.enrolling !== null) return;
    const actor = this.#ask(async (register) => {
      try {
        await enrolOffice(register, accountOf(register, 'administrator'), { address, code });
      } catch (cause) {
        if (!(cause instanceof AppError || cause instanceof Killed || isDiskFull(cause))) throw cause;
      } finally {
        program.enrolling = null;
      }
    });
    program.enrolling = actor;
  }

  /** A person asks whether both ends hold the same; answered once the province has, or could not. */
  compare(answered: (state: string) => void): void {
    this.#ask(async (register, client) => {
      const link = findOfficeLink(register);
      if (link === null) return answered('not_enrolled');
      const reply = await compareWithProvince(register, client, link);
      answered(reply.kind === 'answered' ? reply.answer : reply.kind);
    });
  }

  /** People repair what the last comparison found, one difference after the other. */
  repair(from: ProofSide, answered: (repaired: number) => void): void {
    this.#ask(async (register) => answered(await repairAll(register, from)));
  }

  /** Somebody writes or reads a courier's file; null where the power went over it, or the disk was full. */
  atCourier<Result>(
    work: (register: Register, actor: ServiceActor) => Promise<Result>,
    done: (result: Result | AppError | null) => void,
  ): void {
    const [program] = this.#programs;
    if (program === undefined) return done(null);
    const { register } = program;
    this.#ask(async () => {
      const result = await work(register, accountOf(register, 'petugas_loket')).catch((cause: unknown) => {
        if (cause instanceof AppError) return cause;
        if (cause instanceof Killed || isDiskFull(cause)) return null;
        throw cause;
      });
      done(program.actor.alive ? result : null);
    });
  }

  /** What a person asks of the province beside the sender, over the same line. */
  #ask(work: (register: Register, client: ProvinceClient) => Promise<void>): Actor {
    const { time, network } = this.#options;
    const { register } = this;
    const actor = time.actor();
    const client = new ProvinceClient({ fetch: network.fetchOf(actor), timers: actor.limits() });
    actor.wakes();
    void work({ ...register, push: register.push && { ...register.push, client } }, client)
      .catch((cause: unknown) => time.fail(cause))
      .finally(() => actor.dies());
    return actor;
  }

  /** Copies the register as it is now, as a backup of an office; opened again by {@link goBack}. */
  backUp(): string {
    const copy = join(this.#options.folder, 'cadangan.db');
    copyRegister(this.#file, copy);
    return copy;
  }

  /** An older copy takes the place of the register. */
  async goBack(copy: string): Promise<void> {
    await this.close();
    this.#file = copy;
    this.open();
  }

  /** Lets somebody work in the office; true only when the program said that it is saved. */
  work(work: (register: Register) => boolean): boolean {
    return this.#acknowledged(() => transaction(this.register.db, () => work(this.register)));
  }

  retryNow(): boolean {
    return this.#acknowledged(() => {
      retryNow(this.register);
      return true;
    });
  }

  /**
   * False where the power went, the disk was full, or a field of the case waits for a choice; any other failure
   * is a mistake of the program.
   */
  #acknowledged(work: () => boolean): boolean {
    if (!this.running) return false;
    try {
      return work();
    } catch (cause) {
      if (cause instanceof Killed || isDiskFull(cause)) return false;
      if (cause instanceof AppError && cause.code === 'clash_open') return false;
      throw cause;
    }
  }

  #guard(ports: SenderPorts, actor: Actor): SenderPorts {
    const guarded = <Args extends unknown[], Result>(work: (...args: Args) => Result) => {
      return (...args: Args): Result => {
        if (!actor.alive) throw new Killed();
        this.#touch();
        const result = work(...args);
        this.#touch();
        return result;
      };
    };
    return {
      // Asked for after a death as well, when there is nothing left to look for.
      link: () => (actor.alive ? ports.link() : null),
      releaseLeases: guarded(() => ports.releaseLeases()),
      claim: guarded((most, answered) => ports.claim(most, answered)),
      bodyOf: (item) => ports.bodyOf(item),
      release: guarded((itemIds) => ports.release(itemIds)),
      settle: guarded((settlements) => ports.settle(settlements)),
      nextDueIn: guarded(() => ports.nextDueIn()),
    };
  }

  /** What a program does beside the rest; time waits for it. */
  #beside(program: Actor): Beside {
    const stop = new AbortController();
    return {
      run: (work) => {
        const actor = this.#options.time.actor();
        actor.wakes();
        void work(stop.signal)
          .catch((cause: unknown) => {
            if (program.alive) this.#judgeFailure(cause);
          })
          .finally(() => actor.dies());
      },
      close: () => {
        stop.abort();
        return Promise.resolve();
      },
    };
  }

  #touch(): void {
    if (this.#doom === null || !this.running) return;
    if (this.#doom.state !== null && !this.hasItem(this.#doom.state)) return;
    this.#doom.left -= 1;
    if (this.#doom.left > 0) return;
    this.#doom = null;
    this.#powerCut();
    throw new Killed();
  }

  /** What stands in the files this instant is copied, perhaps in the middle of a transaction. */
  #powerCut(): void {
    const { time, folder } = this.#options;
    time.note('power cut');
    this.#options.onPowerCut?.(this.register);
    this.kills += 1;
    this.#lives += 1;
    const next = join(folder, `register-${this.#lives}.db`);
    copyRegister(this.#file, next);
    const old = this.#file;
    this.#file = next;
    const dead = this.#programs.splice(0);
    for (const program of dead) {
      die(program);
      program.register.push = null;
    }
    // Not now: a transaction may be open on it.
    time.after(0, () => {
      for (const { register } of dead) closeForGood(register);
      for (const end of ['', '-wal', '-shm']) rmSync(`${old}${end}`, { force: true });
    });
  }

  /** A killed program and a full disk are what is played; anything else is a mistake of the program. */
  #judgeFailure(cause: unknown): void {
    if (!(cause instanceof Killed) && !isDiskFull(cause)) this.#options.time.fail(cause);
  }
}

/** Closes a register whose file nobody reads any more: with its log emptied, nothing is folded into it. */
export function closeForGood({ db, file }: Register): void {
  if (existsSync(`${file}-wal`)) truncateSync(`${file}-wal`);
  db.close();
}

/** Killed, or ended: whatever it still waits for never comes. */
function die({ actor, enrolling }: Program): void {
  actor.dies();
  enrolling?.dies();
}

async function end(program: Program): Promise<void> {
  await program.sender.stop();
  die(program);
  program.register.db.close();
}
