import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, instant } from '../../electron/clock.ts';
import { resolveClashes } from '../../electron/services/attention.ts';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { newId, type Register, type ServiceActor } from '../../electron/services/register.ts';
import { compareWithProvince } from '../../electron/services/proof.ts';
import { enrolOffice, retryNow } from '../../electron/services/sync.ts';
import { officeErrands } from '../../electron/services/sync-errands.ts';
import { findOfficeLink, senderPorts } from '../../electron/services/sync-push.ts';
import { replaceHousehold } from '../../electron/store/cases.ts';
import { listOpenClashes } from '../../electron/store/clashes.ts';
import { openConnection, transaction, type WritableDb } from '../../electron/store/connection.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { dropUnfinishedLists } from '../../electron/store/reference-staging.ts';
import { findLinkRecord } from '../../electron/store/sync.ts';
import { ProvinceClient } from '../../electron/sync/province-client.ts';
import { Sender } from '../../electron/sync/sender.ts';
import type { SenderPorts } from '../../electron/sync/sender-ports.ts';
import type { Random } from '../../electron/training/random.ts';
import { findEdge } from '../../shared/domain/case-flow.ts';
import { AppError } from '../../shared/errors.ts';
import type { Network } from './network.ts';
import type { OfficeTemplate } from './office-template.ts';
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
}

const lurah: ServiceActor = { id: null, name: 'Lurah', role: 'lurah' };
const plenty = 1_000_000_000;

interface Program {
  register: Register;
  sender: Sender;
  actor: Actor;
}

/**
 * An office whose services, sender and encrypted register are the real ones. It can lose its power
 * between any two of their steps: what the files hold at that moment is all the next life has.
 */
export class SimOffice {
  readonly #options: SimOfficeOptions;
  readonly #programs: Program[] = [];
  #file = '';
  #lives = 0;
  #clockOff = 0;
  /** Steps until the power goes; null while it stays. */
  #doom: number | null = null;
  #full = false;
  #enrolling: Program | null = null;
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
    const db = openConnection(this.#file, { key: template.register.key });
    migrate(db);
    limitPages(db, this.#full);
    const clock = this.#clockOf(actor);
    const movingLists = Promise.resolve();
    const register: Register = { ...template.register, db, file: this.#file, clock, push: null, movingLists };
    // What was moving when the power went is taken out, as at every start; another program may be at it.
    if (!this.running) dropUnfinishedLists(db);
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
    this.#programs.push({ register, sender, actor });
    if (findLinkRecord(db) !== null) sender.start();
  }

  /** Ends the programs the proper way. */
  async close(): Promise<void> {
    for (const { register, sender, actor } of this.#programs.splice(0)) {
      await sender.stop();
      actor.dies();
      register.db.close();
    }
  }

  async closeSecond(): Promise<void> {
    for (const { register, sender, actor } of this.#programs.splice(1)) {
      await sender.stop();
      actor.dies();
      register.db.close();
    }
  }

  /** The power goes within so many steps of the programs: a read of the clock, a call of the outbox. */
  doom(steps: number): void {
    this.#doom = steps;
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

  /** As the province knows it. */
  get id(): string {
    return findLinkRecord(this.register.db)?.officeId ?? '';
  }

  /** Asks once to be enrolled, whatever the line does; the next try sends the same code again. */
  tryEnrol(address: string, code: string): void {
    const [program] = this.#programs;
    if (program === undefined || this.#enrolling === program) return;
    this.#enrolling = program;
    program.actor.wakes();
    void enrolOffice(program.register, accountOf(program.register, 'administrator'), { address, code })
      .catch((cause: unknown) => {
        if (cause instanceof AppError || isDiskFull(cause)) program.actor.waits();
        else if (!(cause instanceof Killed)) this.#options.time.fail(cause);
      })
      .finally(() => {
        if (this.#enrolling === program) this.#enrolling = null;
      });
  }

  /** A person asks whether both ends hold the same; answered once the province has, or could not. */
  compare(answered: (state: string) => void): void {
    const { time, network } = this.#options;
    const { register } = this;
    const link = findOfficeLink(register);
    if (link === null) return answered('not_enrolled');
    const actor = time.actor();
    const client = new ProvinceClient({ fetch: network.fetchOf(actor), timers: actor.limits() });
    actor.wakes();
    void compareWithProvince(register, client, link)
      .then((reply) => answered(reply.kind === 'answered' ? reply.answer : reply.kind))
      .catch((cause: unknown) => time.fail(cause))
      .finally(() => actor.dies());
  }

  /** Lets somebody work in the office; true only when the program said that it is saved. */
  work(work: (register: Register) => boolean): boolean {
    return this.#acknowledged(() => work(this.register));
  }

  /** The lurah legalises a case; true only when the program said that it is saved. */
  legalise(caseId: string): boolean {
    return this.#acknowledged(() => {
      const { register } = this;
      const { state } = getCase(register, caseId);
      if (state === 'DIPERIKSA') takeStep(register, lurah, { caseId, action: 'sahkan' });
      else if (state === 'DITOLAK')
        takeStep(register, lurah, {
          caseId,
          action: 'perbaiki_dan_sahkan_ulang',
          reason: 'Sudah dibetulkan',
        });
      else return state !== 'DITUTUP';
      return true;
    });
  }

  /** The lurah closes a case that the province rejected; true only when the program said that it is saved. */
  closeCase(caseId: string): boolean {
    return this.#acknowledged(() => {
      const { register } = this;
      if (getCase(register, caseId).state !== 'DITOLAK') return false;
      takeStep(register, lurah, { caseId, action: 'tutup', reason: 'Keluarga pindah' });
      return true;
    });
  }

  /** The lurah takes a case back from the province, or legalises again what was taken back. */
  takeBack(caseId: string): boolean {
    return this.#acknowledged(() => {
      const { register } = this;
      const { state } = getCase(register, caseId);
      // What a person must still choose on is decided first.
      if (listOpenClashes(register.db, caseId).length > 0) return false;
      if (state === 'DITARIK')
        takeStep(register, lurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
      else if (findEdge(state, 'tarik_kembali') !== null)
        takeStep(register, lurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
      else return false;
      return true;
    });
  }

  /** Cases that the province rejected, for the lurah to mend. */
  rejected(): string[] {
    const { db } = this.register;
    return db
      .prepare(`SELECT id FROM case_file WHERE state = 'DITOLAK' ORDER BY serial`)
      .pluck()
      .all()
      .map(String);
  }

  /** The lurah approves a correction of the street; false where nothing was saved. */
  correct(caseId: string, street: string): boolean {
    return this.#acknowledged(() => {
      const { register } = this;
      const current = getCase(register, caseId);
      if (!['DISAHKAN', 'TERKIRIM', 'DITERIMA'].includes(current.state)) return false;
      // Both values are in a person's hands already.
      if (listOpenClashes(register.db, caseId).length > 0) return false;
      const at = instant(register.clock);
      const household = { ...current.household, address: { ...current.household.address, street } };
      replaceHousehold(register.db, { ...current, household, version: current.version + 1, updatedAt: at });
      takeStep(register, lurah, {
        caseId,
        action: 'sahkan_perbaikan',
        reason: 'Alamat salah ketik',
        correction: { id: newId(), proposedAt: at },
      });
      return true;
    });
  }

  /** A person chooses, field by field, between what the office and the province say. */
  choose(random: Random): boolean {
    return this.#acknowledged(() => {
      const { register } = this;
      const clashes = Map.groupBy(listOpenClashes(register.db, null), ({ caseId }) => caseId);
      for (const [caseId, open] of clashes)
        resolveClashes(register, accountOf(register, 'lurah'), {
          caseId,
          choices: open.map((clash) => ({
            clashId: clash.id,
            choice: random.pick(['kantor', 'provinsi'] as const),
          })),
        });
      return true;
    });
  }

  retryNow(): boolean {
    return this.#acknowledged(() => {
      retryNow(this.register);
      return true;
    });
  }

  /** False where the power went or the disk was full; any other failure is a mistake of the program. */
  #acknowledged(work: () => boolean): boolean {
    if (!this.running) return false;
    try {
      return transaction(this.register.db, work);
    } catch (cause) {
      if (cause instanceof Killed || isDiskFull(cause)) return false;
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
      claim: guarded((most) => ports.claim(most)),
      bodyOf: (item) => ports.bodyOf(item),
      release: guarded((itemIds) => ports.release(itemIds)),
      settle: guarded((settlements) => ports.settle(settlements)),
      nextDueIn: guarded(() => ports.nextDueIn()),
    };
  }

  #touch(): void {
    if (this.#doom === null || !this.running) return;
    this.#doom -= 1;
    if (this.#doom > 0) return;
    this.#doom = null;
    this.#powerCut();
    throw new Killed();
  }

  /** What stands in the files this instant is copied, perhaps in the middle of a transaction. */
  #powerCut(): void {
    const { time, folder } = this.#options;
    time.note('power cut');
    this.kills += 1;
    this.#lives += 1;
    const next = join(folder, `register-${this.#lives}.db`);
    cpSync(this.#file, next);
    if (existsSync(`${this.#file}-wal`)) cpSync(`${this.#file}-wal`, `${next}-wal`);
    const old = this.#file;
    this.#file = next;
    for (const { register, actor } of this.#programs.splice(0)) {
      actor.dies();
      register.push = null;
      // Not now: a transaction may be open on it.
      time.after(0, () => register.db.close());
    }
    time.after(0, () => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${old}${end}`, { force: true });
    });
  }

  /** A killed program and a full disk are what is played; anything else is a mistake of the program. */
  #judgeFailure(cause: unknown): void {
    if (!(cause instanceof Killed) && !isDiskFull(cause)) this.#options.time.fail(cause);
  }
}

/** Writes that a full disk refuses: all of weight, so that none of what is left fills the spare pages. */
const weighty = [
  'INSERT ON main.event',
  'UPDATE ON main.outbox',
  'INSERT ON main.down_item',
  'INSERT ON main.number_pool',
  'UPDATE ON main.attachment_push',
];
/** Pages that even a full disk has left. */
const sparePages = 256;
/** Bytes for which it has no room, whatever lies free in the file. */
const tooMuch = 1 << 28;

/**
 * A full disk takes no new pages. Whether a row needs one depends on its random id, and a run must
 * follow from its seed alone: so each write of weight asks for more than there is, and no other does.
 */
function limitPages(db: WritableDb, full: boolean): void {
  db.exec('CREATE TABLE IF NOT EXISTS filler (bytes BLOB)');
  for (const [index, write] of weighty.entries())
    db.exec(
      full
        ? `CREATE TEMP TRIGGER IF NOT EXISTS fill_${index} BEFORE ${write} BEGIN INSERT INTO filler VALUES (zeroblob(${tooMuch})); END`
        : `DROP TRIGGER IF EXISTS temp.fill_${index}`,
    );
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${full ? pages + sparePages : plenty}`);
}

function isDiskFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_FULL';
}
