import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openConnection, transaction } from '../../electron/store/connection.ts';
import { Random } from '../../electron/training/random.ts';
import { kelurahan } from '../integration/area.ts';
import { freePort, startPostgres } from '../provincial-server/postgres.ts';
import { openBareRegister } from './bare-register.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { temporaryFolder } from './leavings.ts';
import { type FolderTemplate, makeFolderTemplate } from './office-template.ts';
import { isUnanswered, isUnsaved, RealOffice } from './real-office.ts';
import { noteKill, type Side } from './outbox-states.ts';
import { RealProvince } from './real-province.ts';
import { SimPublisher } from './sim-publisher.ts';
import { attachFile } from './sim-work.ts';
import { type Played, playSeed } from './sum.ts';
import { together } from './together.ts';
import { findUnfinished } from './unfinished.ts';
import { findAllDisagreements } from './verify-exchange.ts';

/** Milliseconds both ends may take to agree once nothing goes wrong any more. */
const patience = 120_000;

/**
 * Plays `runs` runs with the office and the province's server in processes of their own, on real
 * TCP through a faulty proxy, with a durable PostgreSQL, and kills either side with SIGKILL.
 */
export async function runReal(
  { runs, seed, cases }: { runs: number; seed: number; cases: number },
  tell: (result: Played) => void,
  { ended, start = startPostgres, mishaps = null }: RealOptions = {},
): Promise<void> {
  const template = await makeFolderTemplate(cases);
  let next = seed;
  let over = false;
  const take = (): number | null => (over || ended?.aborted === true || next === seed + runs ? null : next++);
  /** A lane has a PostgreSQL of its own: a process of it that is killed takes all its connections along. */
  const lane = async (): Promise<void> => {
    const postgres = await start(join(tmpdir(), `mutakhir-gangguan-${randomUUID()}`), {
      persistent: false,
    });
    try {
      for (let nth = take(); nth !== null; nth = take()) {
        const run = new RealRun(nth, cases, template, postgres.url, mishaps);
        tell(await playSeed(nth, () => run.play()));
      }
    } finally {
      await postgres.stop();
    }
  };
  try {
    // A run waits more than it works: for what is late, and for whoever was killed to be back.
    const lanes = Array.from({ length: Math.min(runs, availableParallelism()) }, lane);
    await together(lanes, () => {
      over = true;
    });
  } finally {
    template.close();
  }
}

export interface RealOptions {
  /** Whoever ends the program: no further run begins. */
  ended?: AbortSignal;
  /** What starts the PostgreSQL of a lane. */
  start?: typeof startPostgres;
  /** What happens in each run, one after the other; drawn where it is left out. */
  mishaps?: readonly Mishap[] | null;
}

const day = 86_400_000;

const allMishaps = ['office', 'province', 'database', 'cable', 'key', 'clock', 'disk', 'second'] as const;
/** What can happen to either end. */
export type Mishap = (typeof allMishaps)[number];

class RealRun {
  readonly #seed: number;
  readonly #cases: number;
  readonly #template: FolderTemplate;
  readonly #clusterUrl: string;
  readonly #random: Random;
  readonly #acknowledged = new Set<string>();
  readonly #hits: Record<string, number> = {};
  readonly #mishaps: readonly Mishap[] | null;
  #mishapsLeft = 0;
  /** Saves that were refused for want of room. */
  #refused = 0;

  constructor(
    seed: number,
    cases: number,
    template: FolderTemplate,
    clusterUrl: string,
    mishaps: readonly Mishap[] | null,
  ) {
    this.#seed = seed;
    this.#cases = cases;
    this.#template = template;
    this.#clusterUrl = clusterUrl;
    this.#mishaps = mishaps;
    this.#random = new Random(seed);
  }

  async play(): Promise<Played> {
    const { path: folder, remove } = temporaryFolder(tmpdir(), 'mutakhir-lari-');
    try {
      cpSync(this.#template.folder, folder, { recursive: true });
      return await this.#playIn(folder);
    } finally {
      remove();
    }
  }

  async #playIn(folder: string): Promise<Played> {
    const port = await freePort();
    const province = await RealProvince.create(this.#clusterUrl, port);
    const proxy = new FaultyProxy(this.#random, port);
    const office = new RealOffice(folder);
    const publisher = new SimPublisher(province, this.#random, this.#template.caseIds);
    try {
      const files = this.#attachSome(folder);
      await province.start();
      await office.start();
      const address = await proxy.listen();
      await this.#enrol(office, address, await province.enrolmentCode(kelurahan));
      await this.#issueSome(province, publisher);
      await this.#storm(office, province, proxy, (side) => this.#noteKill(side, folder));
      await this.#issueSome(province, publisher);
      const problems = await this.#growCalm(office, proxy, folder, {
        lastIssued: await province.lastIssued(),
        newestKey: (await province.serverKeys()).at(-1)?.x ?? '',
      });
      await office.killSecond();
      await office.stop();
      problems.push(...(await this.#disagreements(folder, province, publisher)));
      return {
        seed: this.#seed,
        counts: {
          cases: this.#cases,
          files,
          published: publisher.published,
          requests: proxy.requests,
          office_kills: office.kills,
          province_kills: province.kills,
          key_changes: province.keyChanges,
          clock_jumps: office.clockJumps,
          full_disks: office.fullDisks,
          refused_saves: this.#refused,
          second_senders: office.secondSenders,
        },
        fates: proxy.counts,
        hits: this.#hits,
        problems,
      };
    } finally {
      proxy.close();
      await office.killSecond();
      await Promise.allSettled([office.running ? office.kill() : undefined, province.close()]);
    }
  }

  /** Files on some of the cases, which go up after their records. */
  #attachSome(folder: string): number {
    const register = openBareRegister(folder, this.#template.key);
    const some = this.#random.shuffled(this.#template.caseIds).slice(0, 6);
    const attached = some.filter((caseId) =>
      transaction(register.db, () => attachFile(register, this.#random, caseId)),
    );
    register.db.close();
    return attached.length;
  }

  /** Decisions, settings and lists that come down while all this goes on. */
  async #issueSome(province: RealProvince, publisher: SimPublisher): Promise<void> {
    const officeId = await province.officeId();
    for (let nth = 0; nth < 3; nth += 1) await publisher.publishSome(officeId);
  }

  async #enrol(office: RealOffice, address: string, code: string): Promise<void> {
    const administrator = await office.as('administrator');
    await administrator.sync.enrol.mutate({ address, code });
  }

  /** The lurah works while everything that can go wrong does. */
  async #storm(
    office: RealOffice,
    province: RealProvince,
    proxy: FaultyProxy,
    killed: (side: Side) => void,
  ): Promise<void> {
    const coming =
      this.#mishaps ??
      Array.from({ length: this.#random.int(2, 4) }, () =>
        this.#random.pick([...allMishaps, 'office', 'province']),
      );
    this.#mishapsLeft = coming.length;
    const mishaps = async (): Promise<void> => {
      for (const what of coming) {
        await pause(this.#random.int(200, 1_500));
        if (this.#mishapsLeft === 0) return;
        await this.#mishap(what, office, province, proxy, killed);
        this.#mishapsLeft = Math.max(0, this.#mishapsLeft - 1);
      }
    };
    const weather = async (): Promise<void> => {
      while (this.#mishapsLeft > 0) {
        proxy.growRough();
        await pause(this.#random.int(300, 1_500));
      }
    };
    const work = async (): Promise<void> => {
      while (this.#mishapsLeft > 0) {
        await this.#legalise(office, this.#random.int(1, 3));
        await pause(this.#random.int(0, 300));
      }
    };
    await together([mishaps(), weather(), work()], () => {
      this.#mishapsLeft = 0;
    });
  }

  #noteKill(side: Side, folder: string): void {
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key, readonly: true });
    noteKill(this.#hits, side, db);
    db.close();
  }

  async #mishap(
    what: Mishap,
    office: RealOffice,
    province: RealProvince,
    proxy: FaultyProxy,
    killed: (side: Side) => void,
  ): Promise<void> {
    switch (what) {
      case 'office':
        await office.kill();
        killed('office');
        return await office.start();
      case 'province':
        await province.kill();
        killed('province');
        await pause(this.#random.int(0, 500));
        return await province.start();
      case 'database':
        await province.killDatabase();
        return killed('province');
      case 'cable':
        proxy.cut(true);
        await pause(this.#random.int(100, 1_500));
        return proxy.cut(false);
      case 'key':
        return await province.changeKey();
      case 'clock':
        return await office.jumpClock(this.#random.pick([-3 * day, 3 * day]));
      case 'disk':
        office.setDiskFull(true);
        await this.#untilRefused();
        await pause(this.#random.int(0, 500));
        return office.setDiskFull(false);
      case 'second':
        return await office.startSecond(this.#template.key);
    }
  }

  /** Until somebody could not save for want of room, or nobody saved for a while. */
  async #untilRefused(): Promise<void> {
    const before = this.#refused;
    for (let tries = 0; tries < 20 && this.#refused === before; tries += 1) await pause(100);
  }

  /** Legalises the oldest cases that wait; what was said to be saved is remembered. */
  async #legalise(office: RealOffice, most: number): Promise<number> {
    const full = office.isDiskFull;
    try {
      const lurah = await office.as('lurah');
      const { rows: waiting } = await lurah.approval.inbox.query({ kind: null, offset: 0, limit: 100 });
      for (const { caseId, seen } of waiting.slice(0, most)) {
        await lurah.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null });
        this.#acknowledged.add(caseId);
      }
      return waiting.length;
    } catch (cause) {
      // The office was killed over it: what it did is in its register, or it is not.
      if (isUnanswered(cause)) return Number.POSITIVE_INFINITY;
      // On a full disk: nothing was saved.
      if (!isUnsaved(cause) || !(full || office.isDiskFull)) throw cause;
      this.#refused += 1;
      return Number.POSITIVE_INFINITY;
    }
  }

  /** Everything works again; answers what did not come to its end. */
  async #growCalm(
    office: RealOffice,
    proxy: FaultyProxy,
    folder: string,
    { lastIssued, newestKey }: { lastIssued: number; newestKey: string },
  ): Promise<string[]> {
    proxy.growCalm();
    while ((await this.#legalise(office, this.#cases)) > 0);
    const lurah = await office.as('lurah');
    await lurah.sync.retryNow.mutate();
    const end = performance.now() + patience;
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key, readonly: true });
    try {
      for (;;) {
        const { confirmed } = await lurah.sync.status.query();
        const unfinished = findUnfinished(db, lastIssued, newestKey);
        if (confirmed === this.#cases && unfinished === null) return [];
        if (performance.now() > end)
          return [
            `${confirmed} of ${this.#cases} cases were confirmed in time; open: ${unfinished ?? 'nothing'}`,
          ];
        // What was not answered in the storm is asked again at once, not after its usual minutes.
        await lurah.sync.retryNow.mutate();
        await pause(1_000);
      }
    } finally {
      db.close();
    }
  }

  async #disagreements(
    folder: string,
    province: RealProvince,
    { newestList }: SimPublisher,
  ): Promise<string[]> {
    await province.whenThere();
    const register = openBareRegister(folder, this.#template.key);
    try {
      return await findAllDisagreements({
        register,
        pool: province.pool,
        serverKeys: await province.serverKeys(),
        acknowledged: this.#acknowledged,
        newestList,
        today: province.now().toISOString().slice(0, 10),
      });
    } finally {
      register.db.close();
    }
  }
}
