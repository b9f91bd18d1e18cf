import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Register } from '../../electron/services/register.ts';
import type { Random } from '../../electron/training/random.ts';
import type { Tx } from '../provincial-server/database.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import { OutboxState } from '../../shared/domain/outbox.ts';
import { kelurahan } from '../integration/office.ts';
import { drawSpeeds, Network } from './network.ts';
import { choose, closeCase, correct, legalise, rejectedCases, takeBack } from './sim-lurah.ts';
import { noteKill } from './outbox-states.ts';
import { oftenCarried, SimCourier } from './sim-courier.ts';
import { SimKeys } from './sim-keys.ts';
import { closeForGood, SimOffice } from './sim-office.ts';
import { SimPublisher } from './sim-publisher.ts';
import { streamOf } from './streams.ts';
import { drawHarm, type Harm, strike } from './sim-repair.ts';
import { attachFile, hearFamily, recordLifeEvent, registerFamily } from './sim-work.ts';
import type { Played } from './sum.ts';
import { findUnfinished } from './unfinished.ts';
import { findAllDisagreements } from './verify-exchange.ts';
import { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const address = 'https://provinsi.test';

/** In how many runs the province's server is an older one for most of the storm. */
const oftenOlder = 0.1;

/** In how many of the runs that harm an end the line is gone, and a stick alone finds it and brings it to rights. */
const oftenByStick = 0.3;

/** Of fifty cases a run makes forty requests or so, and eighty at most; fifty times as many are for ever. */
const fewRequests = 1_000;
const requestsOfCase = 40;

/**
 * One run: an office legalises its cases while everything that can go wrong does, then the line
 * grows calm, and both ends must come to agree. All of it follows from the seed.
 */
export async function simulate(seed: number, cases: number, world: World): Promise<Played> {
  const folder = mkdtempSync(join(world.scratch, 'mutakhir-lari-'));
  try {
    return await new Run(seed, cases, world, folder).play();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #seed: number;
  readonly #world: World;
  /** Of those who work in the office. */
  readonly #random: Random;
  readonly #weather: Random;
  readonly #mishaps: Random;
  readonly #provincial: Random;
  readonly #time: VirtualTime;
  readonly #network: Network;
  readonly #office: SimOffice;
  readonly #left: string[];
  readonly #cases: string[];
  readonly #acknowledged = new Set<string>();
  readonly #hits: Record<string, number> = {};
  #serverClockOff = 0;
  readonly #publisher: SimPublisher;
  readonly #deliveries: Random;
  readonly #courier: SimCourier;
  readonly #keys: SimKeys;
  readonly #counts = {
    corrections: 0,
    retractions: 0,
    closings: 0,
    life_events: 0,
    words: 0,
    registrations: 0,
    files: 0,
    province_kills: 0,
    province_changes: 0,
    repairs: 0,
    stick_repairs: 0,
  };
  /** Cursor of the last item that the province issued, once the line is calm. */
  #lastIssued = 0;
  /** The newest key of the province, once the line is calm. */
  #newestKey = '';
  #stormy = true;
  #over = false;

  constructor(seed: number, cases: number, world: World, folder: string) {
    this.#seed = seed;
    this.#world = world;
    this.#time = new VirtualTime(world.dawdle);
    this.#random = streamOf(seed, 'work');
    this.#weather = streamOf(seed, 'weather');
    this.#mishaps = streamOf(seed, 'mishaps');
    this.#provincial = streamOf(seed, 'province');
    this.#cases = this.#random.shuffled(world.template.caseIds).slice(0, cases);
    this.#left = [...this.#cases];
    this.#publisher = new SimPublisher(world.province, this.#provincial, this.#cases);
    const epoch = Date.parse('2026-11-10T02:00:00.000Z') + this.#random.int(0, 20) * day;
    world.province.now = () => new Date(epoch + this.#time.now() + this.#serverClockOff);
    this.#network = new Network(
      this.#time,
      streamOf(seed, 'network'),
      (request) => world.province.handle(request),
      world.mostRequests ?? fewRequests + cases * requestsOfCase,
    );
    this.#network.drawSpeed = drawSpeeds(streamOf(seed, 'speed'));
    this.#office = new SimOffice({
      time: this.#time,
      random: streamOf(seed, 'office'),
      network: this.#network,
      template: world.template,
      folder,
      epoch,
      onPowerCut: ({ db }) => noteKill(this.#hits, 'office', db),
    });
    this.#deliveries = streamOf(seed, 'courier');
    const ends = { time: this.#time, office: this.#office, province: world.province };
    this.#keys = new SimKeys(ends, streamOf(seed, 'keys'), () => !this.#stormy);
    this.#courier = new SimCourier(ends, this.#deliveries, () => this.#keys.mayRefuseFiles);
    world.province.onKill = () => {
      this.#counts.province_kills += 1;
      if (this.#office.running) noteKill(this.#hits, 'province', this.#office.register.db);
    };
  }

  async play(): Promise<Played> {
    const { province } = this.#world;
    await province.empty();
    const code = await province.enrolmentCode(kelurahan);
    const storm = this.#weather.int(3, 7) * minute;
    this.#every(this.#mishaps, 5_000, 5_000, () => this.#tend(code));
    this.#every(this.#random, 5_000, 40_000, () => this.#work());
    this.#every(this.#weather, 15_000, 90_000, () => this.#changeWeather());
    this.#every(this.#mishaps, 20_000, 60_000, () => this.#mishap());
    this.#every(this.#provincial, 5_000, 30_000, () => (this.#stormy ? this.#changeAtProvince() : undefined));
    this.#every(this.#provincial, 20_000, 60_000, () => (this.#stormy ? this.#publish() : undefined));
    this.#sendCouriers();
    this.#keys.begin(this.#world.keys ?? null);
    this.#growOlder();
    await this.#time.runUntil(storm);
    await this.#growCalm();
    const { patience = 3 * hour } = this.#world;
    await this.#time.runUntil(
      this.#time.now() + patience,
      () => !this.#courier.busy && this.#unfinished() === null,
    );
    const unfinished = this.#unfinished();
    const proof = unfinished === null ? await this.#compare() : null;
    const harm = this.#world.harm ?? drawHarm(streamOf(this.#seed, 'harm'));
    const unmended = harm !== null && proof === 'cocok' ? await this.#mend(harm) : null;
    // What was still on the way arrives as well, and changes nothing.
    this.#over = true;
    const register = await this.#office.end();
    await this.#time.runUntil(this.#time.now() + 4 * day);
    const judge = async (pool: Tx) =>
      await findAllDisagreements({
        register,
        pool,
        serverKeys: await province.serverKeys(),
        acknowledged: this.#acknowledged,
        newestList: this.#publisher.newestList,
        today: province.now().toISOString().slice(0, 10),
      });
    await this.#world.beforeVerdict?.(judge);
    const problems = await judge(province.pool);
    if (proof !== null && proof !== 'cocok') problems.push(`the proof of both ends says ${proof}`);
    if (unmended !== null) problems.push(unmended);
    problems.push(...this.#courier.problems);
    if (unfinished !== null) problems.push(`${patience / minute} minutes of calm, and still ${unfinished}`);
    const numbers = Number(register.db.prepare('SELECT count(province_number) FROM case_file').pluck().get());
    closeForGood(register);
    return {
      seed: this.#seed,
      counts: {
        cases: this.#cases.length,
        requests: this.#network.requests,
        ...this.#counts,
        ...this.#keys.counts,
        published: this.#publisher.published,
        numbers,
        kills: this.#office.kills,
        minutes: Math.round(this.#time.now() / minute),
      },
      fates: { ...Object.fromEntries(this.#network.counts), ...this.#courier.fates },
      hits: this.#hits,
      problems,
      trace: this.#time.trace,
    };
  }

  #every(random: Random, least: number, most: number, work: () => unknown): void {
    this.#time.after(random.int(least, most), async () => {
      if (this.#over) return;
      await work();
      this.#every(random, least, most, work);
    });
  }

  /** In some runs a part of the exchange goes in files, beside the line. */
  #sendCouriers(): void {
    if (this.#deliveries.chance(this.#world.everything === true ? 1 : oftenCarried))
      this.#every(this.#deliveries, 40_000, 120_000, () =>
        this.#stormy ? this.#courier.setOut() : undefined,
      );
  }

  /** In some runs the server is put back to one from before; kills aim at what that holds back (`ditahan`). */
  #growOlder(): void {
    const random = streamOf(this.#seed, 'older');
    if (!random.chance(this.#world.everything === true ? 1 : oftenOlder)) return;
    this.#time.after(random.int(30, 120) * 1_000, () => {
      // A step of the clock may carry this past the storm, and nobody would bring the newer server back.
      if (this.#stormy) this.#world.province.older = true;
    });
    this.#every(random, 10_000, 25_000, () => {
      const office = this.#office;
      if (!this.#stormy || !office.hasItem('ditahan')) return;
      if (!('office ditahan' in this.#hits)) office.doom(random.int(1, 4), 'ditahan');
      if (!('province ditahan' in this.#hits))
        this.#world.province.kill(random, () => office.hasItem('ditahan'));
    });
  }

  /** Someone starts the computer again, and enrols the office. */
  #tend(code: string): void {
    if (!this.#office.running && (!this.#stormy || this.#mishaps.chance(0.3))) this.#office.open();
    if (!this.#office.running) return;
    if (!this.#office.enrolled) this.#office.tryEnrol(address, code);
    else if (this.#keys.code !== null && this.#office.refused)
      this.#office.tryEnrol(address, this.#keys.code);
  }

  #work(): void {
    const some = this.#left.slice(0, this.#random.int(1, this.#stormy ? 8 : 60));
    for (const caseId of some) this.#legalise(caseId);
    // A lurah mends what was rejected, or at times closes it; mostly once the province rejects it no more.
    if (!this.#stormy || this.#random.chance(0.4))
      for (const caseId of this.#office.running ? rejectedCases(this.#office.register) : [])
        if (!this.#stormy || !this.#random.chance(0.5))
          this.#office.work((register) => legalise(register, caseId));
        else if (this.#office.work((register) => closeCase(register, caseId))) this.#counts.closings += 1;
    if (this.#office.running && (!this.#stormy || this.#random.chance(0.3)))
      this.#office.work((register) => choose(register, this.#random));
    if (!this.#stormy) return;
    this.#correctSome();
    this.#takeBackSome();
    this.#happenToSome();
    this.#attachAndHearSome();
    if (this.#random.chance(0.15)) this.#registerOne();
  }

  #legalise(caseId: string): void {
    if (!this.#office.running || !this.#office.work((register) => legalise(register, caseId))) return;
    this.#acknowledged.add(caseId);
    this.#left.splice(this.#left.indexOf(caseId), 1);
  }

  /** Some of what was legalised turns out to be wrong, here or at the province, at times in the same field. */
  #correctSome(): void {
    for (const caseId of this.#acknowledged)
      if (this.#office.running && this.#random.chance(0.06)) {
        const street = `Jl. Perbaikan ${this.#random.int(1, 900)}`;
        if (this.#office.work((register) => correct(register, caseId, street))) this.#counts.corrections += 1;
      }
  }

  /** Some are taken back from the province, and some of those are legalised again. */
  #takeBackSome(): void {
    for (const caseId of this.#acknowledged)
      if (this.#office.running && this.#random.chance(0.03))
        if (this.#office.work((register) => takeBack(register, caseId))) this.#counts.retractions += 1;
  }

  /** Children are born, people die, move, part and join, and some families leave for good. */
  #happenToSome(): void {
    for (const caseId of this.#acknowledged)
      if (this.#office.running && this.#random.chance(0.03))
        if (this.#office.work((register) => recordLifeEvent(register, this.#random, caseId)))
          this.#counts.life_events += 1;
  }

  /** Files are hung on cases, and families say whether they may be shown, before their case goes and after. */
  #attachAndHearSome(): void {
    const drawn = (): boolean => this.#office.running && this.#random.chance(0.02);
    for (const caseId of this.#cases) {
      const attach = (register: Register): boolean => attachFile(register, this.#random, caseId);
      const hear = (register: Register): boolean => hearFamily(register, this.#random, caseId);
      if (drawn() && this.#office.work(attach)) this.#counts.files += 1;
      if (drawn() && this.#office.work(hear)) this.#counts.words += 1;
    }
  }

  /** A family that came while all this went on, under a number of the province where one was lent. */
  #registerOne(): void {
    let caseId = '';
    const saved = this.#office.work((register) => {
      caseId = registerFamily(register, 800 + this.#counts.registrations);
      return true;
    });
    if (!saved) return;
    this.#counts.registrations += 1;
    this.#acknowledged.add(caseId);
  }

  async #publish(): Promise<void> {
    if (!this.#office.enrolled) return;
    await this.#publisher.publishSome(this.#office.id);
  }

  async #compare(): Promise<string> {
    let said: string | null = null;
    this.#office.compare((state) => {
      said = state;
    });
    await this.#time.runUntil(this.#time.now() + hour, () => said !== null);
    return said ?? 'nothing';
  }

  /** One end is harmed, and people repair what the proof finds until it finds nothing; what stays is answered. */
  async #mend({ what, from }: Harm): Promise<string | null> {
    if (what === 'older_copy') await this.#goBack();
    else if (!(await strike(what, this.#office.register.db, this.#world.province))) return null;
    const byStick = this.#world.byStick ?? streamOf(this.#seed, 'stick').chance(oftenByStick);
    if (byStick) {
      this.#counts.stick_repairs += 1;
      this.#network.cutUntil = Number.POSITIVE_INFINITY;
    }
    const compare = () => (byStick ? this.#carry() : this.#compare());
    const found = await compare();
    if (found !== 'berbeda') return `the proof says ${found} of what was harmed`;
    let said = found;
    for (let round = 1; round <= 4 && said !== 'cocok'; round += 1) {
      let repaired: number | null = null;
      this.#office.repair(from, (times) => {
        repaired = times;
      });
      await this.#untilDone(() => repaired !== null && (byStick || this.#unfinished() === null));
      this.#counts.repairs += repaired ?? 0;
      said = await compare();
    }
    this.#network.cutUntil = 0;
    await this.#untilDone(() => this.#unfinished() === null);
    return said === 'cocok' ? null : `repaired again and again, and the proof still says ${said}`;
  }

  /** A stick goes there and back, without a line. */
  async #carry(): Promise<string> {
    let said: string | null = null;
    this.#courier.roundTrip((verdict) => {
      said = verdict;
    });
    await this.#time.runUntil(this.#time.now() + hour, () => said !== null);
    return said ?? 'nothing';
  }

  /** The office works on after a backup, and then goes back to it: only the province knows what came since. */
  async #goBack(): Promise<void> {
    const copy = this.#office.backUp();
    this.#registerOne();
    for (const caseId of this.#cases.slice(0, 5))
      this.#office.work((register) => correct(register, caseId, 'Jl. Sesudah Cadangan'));
    await this.#untilDone(() => this.#unfinished() === null);
    await this.#office.goBack(copy);
  }

  async #untilDone(done: () => boolean): Promise<void> {
    await this.#time.runUntil(this.#time.now() + 3 * hour, done);
  }

  async #changeAtProvince(): Promise<void> {
    const { province } = this.#world;
    const caseId = this.#provincial.pick(this.#cases);
    const edit = this.#provincial.pick([
      { path: 'household.phone', value: `0812 0000 0${this.#provincial.int(100, 999)}` },
      { path: 'household.address.street', value: `Jl. Provinsi ${this.#provincial.int(1, 900)}` },
    ]);
    const change = { caseId, edits: [edit], by: 'Dinas Sosial', reason: 'Pemutakhiran provinsi' };
    const version = await province.aside((pool) => changeCase(pool, change, province.now()));
    if (version !== null) this.#counts.province_changes += 1;
  }

  #changeWeather(): void {
    if (!this.#stormy) return;
    this.#network.growRough(this.#weather);
    if (this.#weather.chance(0.15))
      this.#network.cut(this.#weather.int(1, 4) * minute, () => this.#office.networkBack());
  }

  /** One of the things that happen to an office or to the province's machine. */
  async #mishap(): Promise<void> {
    if (!this.#stormy) return;
    const office = this.#office;
    const { province } = this.#world;
    switch (this.#mishaps.int(1, 12)) {
      case 1:
        return office.doom(this.#mishaps.int(1, 40), null);
      case 2:
        return office.doom(this.#mishaps.int(1, 4), this.#mishaps.pick(OutboxState.options));
      case 3:
        await office.close();
        // Over the week-end, or with the electricity.
        if (this.#mishaps.chance(0.3)) this.#time.shift(this.#mishaps.pick([hour, day, 7 * day]));
        return;
      case 4:
        office.diskFull(true);
        return void this.#time.after(this.#mishaps.int(5, 90) * 1_000, () => office.diskFull(false));
      case 5:
        return office.setClock(this.#mishaps.pick([-3 * day, 3 * day, -hour, 0, 0]));
      case 6:
        this.#serverClockOff = this.#mishaps.pick([-3 * day, 3 * day, -minute, 0, 0]);
        return;
      case 7:
        if (office.running && office.enrolled) office.openSecond();
        return;
      case 8:
        return await office.closeSecond();
      case 9:
        return province.trouble(this.#mishaps);
      case 10: {
        const state = this.#mishaps.pick(OutboxState.options);
        return province.kill(this.#mishaps, () => office.hasItem(state));
      }
      case 11:
        // A code for an office of another area would make another one of it.
        if (this.#keys.isRevoked) return;
        await this.#moveOffice('31.71.02.1001');
        return void this.#time.after(this.#mishaps.int(5, 60) * 1_000, () => this.#moveOffice(kelurahan));
      default:
        if (office.running && office.enrolled) office.retryNow();
    }
  }

  /** While the province holds the office for one of another area, it rejects what it sends. */
  async #moveOffice(area: string): Promise<void> {
    await this.#world.province.aside((pool) => pool.query('UPDATE office SET area = $1', [area]));
  }

  async #growCalm(): Promise<void> {
    this.#stormy = false;
    this.#network.calm();
    this.#office.calm();
    this.#world.province.calm();
    await this.#moveOffice(kelurahan);
    this.#lastIssued = await this.#world.province.lastIssued();
    this.#newestKey = (await this.#world.province.serverKeys()).at(-1)?.x ?? '';
  }

  /** What of the office has not come to its end; null where all has. */
  #unfinished(): string | null {
    if (this.#left.length > 0) return `${this.#left.length} cases could not be legalised`;
    if (!this.#office.enrolled) return 'the office is not enrolled';
    return findUnfinished(this.#office.register.db, this.#lastIssued, this.#newestKey);
  }
}
