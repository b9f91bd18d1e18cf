import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openConnection } from '../../electron/store/connection.ts';
import { Random } from '../../electron/training/random.ts';
import { kelurahan } from '../integration/area.ts';
import { freePort, startPostgres } from '../provincial-server/postgres.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { type FolderTemplate, makeFolderTemplate } from './office-template.ts';
import { isUnanswered, RealOffice } from './real-office.ts';
import { RealProvince } from './real-province.ts';
import { type Played, playSeed } from './sum.ts';
import { together } from './together.ts';
import { findDisagreements } from './verify.ts';

/** Milliseconds both ends may take to agree once nothing goes wrong any more. */
const patience = 120_000;

/**
 * Plays `runs` runs with the office and the province's server in processes of their own, on real
 * TCP through a faulty proxy, with a durable PostgreSQL, and kills either side with SIGKILL.
 */
export async function runReal(
  { runs, seed, cases }: { runs: number; seed: number; cases: number },
  tell: (result: Played) => void,
): Promise<void> {
  const postgres = await startPostgres(join(tmpdir(), `mutakhir-gangguan-${randomUUID()}`), {
    persistent: false,
  });
  const template = await makeFolderTemplate(cases);
  try {
    for (let nth = seed; nth < seed + runs; nth += 1)
      tell(await playSeed(nth, () => new RealRun(nth, cases, template, postgres.url).play()));
  } finally {
    template.close();
    await postgres.stop();
  }
}

class RealRun {
  readonly #seed: number;
  readonly #cases: number;
  readonly #template: FolderTemplate;
  readonly #clusterUrl: string;
  readonly #random: Random;
  readonly #acknowledged = new Set<string>();
  #mishapsLeft = 0;

  constructor(seed: number, cases: number, template: FolderTemplate, clusterUrl: string) {
    this.#seed = seed;
    this.#cases = cases;
    this.#template = template;
    this.#clusterUrl = clusterUrl;
    this.#random = new Random(seed);
  }

  async play(): Promise<Played> {
    const folder = mkdtempSync(join(tmpdir(), 'mutakhir-lari-'));
    cpSync(this.#template.folder, folder, { recursive: true });
    const port = await freePort();
    const province = await RealProvince.create(this.#clusterUrl, port);
    const proxy = new FaultyProxy(this.#random, port);
    const office = new RealOffice(folder);
    try {
      await province.start();
      await office.start();
      const address = await proxy.listen();
      await this.#enrol(office, address, await province.enrolmentCode(kelurahan));
      await this.#storm(office, province, proxy);
      const problems = await this.#growCalm(office, proxy);
      await office.stop();
      problems.push(...(await this.#disagreements(folder, province)));
      return {
        seed: this.#seed,
        counts: {
          cases: this.#cases,
          requests: proxy.requests,
          office_kills: office.kills,
          province_kills: province.kills,
        },
        fates: proxy.counts,
        problems,
      };
    } finally {
      proxy.close();
      if (office.running) await office.kill();
      await province.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #enrol(office: RealOffice, address: string, code: string): Promise<void> {
    const administrator = await office.as('administrator');
    await administrator.sync.enrol.mutate({ address, code });
  }

  /** The lurah works while everything that can go wrong does. */
  async #storm(office: RealOffice, province: RealProvince, proxy: FaultyProxy): Promise<void> {
    this.#mishapsLeft = this.#random.int(2, 4);
    const mishaps = async (): Promise<void> => {
      while (this.#mishapsLeft > 0) {
        await pause(this.#random.int(200, 1_500));
        if (this.#mishapsLeft > 0) await this.#mishap(office, province, proxy);
        this.#mishapsLeft -= 1;
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

  async #mishap(office: RealOffice, province: RealProvince, proxy: FaultyProxy): Promise<void> {
    switch (this.#random.pick(['office', 'office', 'province', 'province', 'database', 'cable'] as const)) {
      case 'office':
        await office.kill();
        return await office.start();
      case 'province':
        await province.kill();
        await pause(this.#random.int(0, 500));
        return await province.start();
      case 'database':
        return await province.killDatabase();
      case 'cable':
        proxy.cut(true);
        await pause(this.#random.int(100, 1_500));
        return proxy.cut(false);
    }
  }

  /** Legalises the oldest cases that wait; what was said to be saved is remembered. */
  async #legalise(office: RealOffice, most: number): Promise<number> {
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
      throw cause;
    }
  }

  /** Everything works again; answers what did not come to its end. */
  async #growCalm(office: RealOffice, proxy: FaultyProxy): Promise<string[]> {
    proxy.growCalm();
    while ((await this.#legalise(office, this.#cases)) > 0);
    const lurah = await office.as('lurah');
    await lurah.sync.retryNow.mutate();
    const end = performance.now() + patience;
    for (;;) {
      const { confirmed, waiting } = await lurah.sync.status.query();
      if (confirmed === this.#cases && waiting === 0) return [];
      if (performance.now() > end) return [`${confirmed} of ${this.#cases} cases were confirmed in time`];
      await pause(50);
    }
  }

  async #disagreements(folder: string, province: RealProvince): Promise<string[]> {
    await province.whenThere();
    const db = openConnection(join(folder, 'register.db'), { key: this.#template.key });
    try {
      return await findDisagreements({
        register: { db },
        pool: province.pool,
        serverKey: await province.serverKey(),
        acknowledged: this.#acknowledged,
      });
    } finally {
      db.close();
    }
  }
}
