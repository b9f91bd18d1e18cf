import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openConnection, transaction } from '../../electron/store/connection.ts';
import { Random } from '../../electron/training/random.ts';
import { OutboxState } from '../../shared/domain/outbox.ts';
import { kelurahan } from '../integration/area.ts';
import { freePort, startPostgres } from '../provincial-server/postgres.ts';
import { openBareRegister } from './bare-register.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { temporaryFolder } from './leavings.ts';
import { type FolderTemplate, makeFolderTemplate } from './office-template.ts';
import { RealOffice } from './real-office.ts';
import { noteKill, type Side } from './outbox-states.ts';
import { RealProvince } from './real-province.ts';
import { RealWork } from './real-work.ts';
import { SimPublisher } from './sim-publisher.ts';
import { attachFile } from './sim-work.ts';
import { type Played, playSeed } from './sum.ts';
import { together } from './together.ts';
import { findUnfinished } from './unfinished.ts';
import { findAllDisagreements } from './verify-exchange.ts';

/** Milliseconds both ends may take to agree once nothing goes wrong any more. */
const patience = 120_000;

/** Milliseconds for which a kill waits for an item of the outbox to stand where it is to strike it. */
const aiming = 1_500;

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

const allMishaps = [
  'office',
  'province',
  'database',
  'cable',
  'key',
  'clock',
  'server_clock',
  'disk',
  'second',
  'older',
  'area',
  'clash',
] as const;
/** What can happen to either end. */
export type Mishap = (typeof allMishaps)[number];

class RealRun {
  readonly #seed: number;
  readonly #cases: number;
  readonly #template: FolderTemplate;
  readonly #clusterUrl: string;
  readonly #random: Random;
  readonly #hits: Record<string, number> = {};
  readonly #mishaps: readonly Mishap[] | null;
  #mishapsLeft = 0;
  /** The line stays as it is until an item of the outbox has come to where a kill awaits it. */
  #isAiming = false;

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
    const clockOff = this.#random.pick([0, 0, -3 * day, 3 * day]);
    const province = await RealProvince.create(this.#clusterUrl, port, clockOff);
    const proxy = new FaultyProxy(this.#random, port);
    const office = new RealOffice(folder);
    const publisher = new SimPublisher(province, this.#random, this.#template.caseIds);
    const work = new RealWork(office, province, this.#random, this.#template.caseIds);
    const ends: Ends = { folder, office, province, proxy, work };
    try {
      const files = this.#attachSome(folder);
      await province.start();
      await office.start();
      const address = await proxy.listen();
      await this.#enrol(office, address, await province.enrolmentCode(kelurahan));
      await this.#issueSome(province, publisher);
      await this.#storm(ends);
      await province.moveOffice(kelurahan);
      await this.#issueSome(province, publisher);
      const problems = await this.#growCalm(ends, {
        lastIssued: await province.lastIssued(),
        newestKey: (await province.serverKeys()).at(-1)?.x ?? '',
      });
      await office.killSecond();
      await office.stop();
      problems.push(...(await this.#disagreements(ends, publisher)));
      return {
        seed: this.#seed,
        counts: {
          cases: this.#cases,
          ...work.counts,
          files: work.counts.files + files,
          published: publisher.published,
          requests: proxy.requests,
          office_kills: office.kills,
          province_kills: province.kills,
          key_changes: province.keyChanges,
          clock_jumps: office.clockJumps,
          server_clock_jumps: province.clockJumps,
          updates: province.updates,
          full_disks: office.fullDisks,
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
  async #storm(ends: Ends): Promise<void> {
    const { proxy, work } = ends;
    const coming =
      this.#mishaps ??
      Array.from({ length: this.#random.int(3, 5) }, () =>
        this.#random.pick([...allMishaps, 'office', 'province']),
      );
    this.#mishapsLeft = coming.length;
    const mishaps = async (): Promise<void> => {
      for (const what of coming) {
        await pause(this.#random.int(200, 1_500));
        if (this.#mishapsLeft === 0) return;
        await this.#mishap(what, ends);
        this.#mishapsLeft = Math.max(0, this.#mishapsLeft - 1);
      }
    };
    const weather = async (): Promise<void> => {
      while (this.#mishapsLeft > 0) {
        if (!this.#isAiming) proxy.growRough();
        await pause(this.#random.int(300, 1_500));
      }
    };
    const working = async (): Promise<void> => {
      while (this.#mishapsLeft > 0) {
        await work.some();
        await pause(this.#random.int(0, 200));
      }
    };
    await together([mishaps(), weather(), working()], () => {
      this.#mishapsLeft = 0;
    });
  }

  async #mishap(what: Mishap, ends: Ends): Promise<void> {
    const { office, province, proxy, work } = ends;
    switch (what) {
      case 'office':
      case 'province':
        return await this.#kill(what, this.#random.pick([null, ...OutboxState.options]), ends);
      case 'database':
        await province.killDatabase();
        return this.#noteKill('province', ends);
      case 'cable':
        proxy.cut(true);
        await pause(this.#random.int(100, 1_500));
        return proxy.cut(false);
      case 'key':
        return await province.changeKey();
      case 'clock':
        return await office.jumpClock(this.#random.pick([-3 * day, 3 * day]));
      case 'server_clock':
        return await province.jumpClock(this.#random.pick([-3 * day, 0, 3 * day]));
      case 'disk':
        office.setDiskFull(true);
        await this.#untilRefused(work);
        await pause(this.#random.int(0, 500));
        return office.setDiskFull(false);
      case 'second':
        return await office.startSecond(this.#template.key);
      case 'older':
        await province.goBack();
        await this.#bring('ditahan', ends);
        return await province.start();
      case 'area':
        await province.moveOffice('31.71.02.1001');
        await this.#bring('ditolak', ends);
        return await province.moveOffice(kelurahan);
      case 'clash':
        proxy.cut(true);
        await work.clash();
        return await this.#bring('bertentangan', ends);
    }
  }

  /** Over a line that just then delivers, items come to stand there, and mostly one of the sides is killed over it. */
  async #bring(state: OutboxState, ends: Ends): Promise<void> {
    this.#isAiming = true;
    try {
      ends.proxy.growCalm();
      await ends.work.send();
      await this.#untilThere(state, ends);
    } finally {
      this.#isAiming = false;
    }
    if (this.#random.chance(0.7))
      await this.#kill(this.#random.pick(['office', 'province'] as const), null, ends);
  }

  /** @param state in which an item of the outbox is to stand at that moment, if one does before long */
  async #kill(side: Side, state: OutboxState | null, ends: Ends): Promise<void> {
    if (state !== null) await this.#untilThere(state, ends);
    if (side === 'office') {
      await ends.office.kill();
      this.#noteKill(side, ends);
      return await ends.office.start();
    }
    await ends.province.kill();
    this.#noteKill(side, ends);
    await pause(this.#random.int(0, 500));
    await ends.province.start();
  }

  async #untilThere(state: OutboxState, { folder }: Ends): Promise<void> {
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key, readonly: true });
    const item = db.prepare('SELECT 1 FROM outbox WHERE state = ? LIMIT 1');
    const end = performance.now() + aiming;
    while (item.get(state) === undefined && performance.now() < end) await pause(5);
    db.close();
  }

  #noteKill(side: Side, { folder }: Ends): void {
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key, readonly: true });
    noteKill(this.#hits, side, db);
    db.close();
  }

  /** Until somebody could not save for want of room, or nobody saved for a while. */
  async #untilRefused({ counts }: RealWork): Promise<void> {
    const before = counts.refused_saves;
    for (let tries = 0; tries < 20 && counts.refused_saves === before; tries += 1) await pause(100);
  }

  /** Everything works again; answers what did not come to its end. */
  async #growCalm(
    { office, proxy, folder, work }: Ends,
    { lastIssued, newestKey }: { lastIssued: number; newestKey: string },
  ): Promise<string[]> {
    proxy.growCalm();
    const end = performance.now() + patience;
    let pressed = Number.NEGATIVE_INFINITY;
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key, readonly: true });
    try {
      for (;;) {
        const waiting = await work.legalise(this.#cases);
        await work.settle(1);
        const unfinished = findUnfinished(db, lastIssued, newestKey);
        if (waiting === 0 && unfinished === null) return [];
        const now = performance.now();
        if (now > end)
          return [`${patience / 1_000} seconds of calm, and still ${unfinished ?? 'cases to legalise'}`];
        // What was not answered in the storm is asked again at once, not after its usual minutes.
        if (now - pressed > 1_000) {
          await (await office.as('lurah')).sync.retryNow.mutate();
          pressed = now;
        }
        await pause(200);
      }
    } finally {
      db.close();
    }
  }

  async #disagreements({ folder, province, work }: Ends, { newestList }: SimPublisher): Promise<string[]> {
    await province.whenThere();
    const register = openBareRegister(folder, this.#template.key);
    try {
      const found = await findAllDisagreements({
        register,
        pool: province.pool,
        serverKeys: await province.serverKeys(),
        acknowledged: work.acknowledged,
        newestList,
        today: province.now().toISOString().slice(0, 10),
      });
      return [...found, ...work.lost(register.db)];
    } finally {
      register.db.close();
    }
  }
}

/** Both ends of a run, what lies between them, and who works there. */
interface Ends {
  /** Of the office. */
  folder: string;
  office: RealOffice;
  province: RealProvince;
  proxy: FaultyProxy;
  work: RealWork;
}
