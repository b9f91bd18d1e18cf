import { v7 as uuid } from 'uuid';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { wireLimits } from '../../shared/provincial/wire.ts';
import type { Clock } from '../clock.ts';
import { backoffAfter } from './backoff.ts';
import { judgeAnswers, type Outgoing, unclear } from './outgoing.ts';
import { Portion } from './portion.ts';
import type { OfficeLink, ProvinceClient, Reply, Silence } from './province-client.ts';
import type { Connection } from './push.ts';
import type { Errands, ErrandStep, SenderPorts } from './sender-ports.ts';
import type { Timers } from './timers.ts';

export interface SenderOptions {
  ports: SenderPorts;
  client: ProvinceClient;
  errands?: Errands;
  clock: Clock;
  timers: Timers;
  random: () => number;
  /** Told of failures of the office itself (a full disk, a mistake in the program). */
  onFailure: (cause: unknown) => void;
}

export const rhythm = {
  /** Milliseconds between two looks whether the province is there. */
  online: 5_000,
  offline: 3_000,
  /** After the province refused this office: nothing but a person changes that. */
  refused: 5 * 60_000,
  /** A look that comes this much early still counts as the next one. */
  tolerance: 1_500,
  /** A request of which no byte moved for so long is begun anew where a person asks to send now… */
  hanging: 5_000,
  /** …but not again for as long as any may be silent: what needs that long gets through, however often they ask. */
  betweenPresses: 60_000,
} as const;

/**
 * Sends the outbox whenever the province can be reached. It keeps no truth of its own: every item's
 * state is in the register, so it may be killed at any moment and started again, or run twice.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #stop = new AbortController();
  /** Ends the requests under way; another takes its place with the next. */
  #requests = new AbortController();
  /** When the last of them set out. */
  #setOutAt = 0;
  /** When a person's asking broke one off. */
  #pressedAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: () => void = () => {};
  #running: Promise<void> | null = null;
  /** Items are taken that nothing is under way of: by a process that is no more, or where the register could not be written to. */
  #mustRelease = false;
  #wakeAgain = false;

  #state: 'checking' | 'online' | 'offline' = 'checking';
  #silence: Silence | null = null;
  /** A look went unanswered: the line itself was gone, not just one request. */
  #lineLost = false;
  #mustListen = true;
  #refusal: Connection['refusal'] = null;
  #lastContact: { at: string; monotonic: number } | null = null;
  #clockOff: number | null = null;
  #failures = 0;
  #turn: 'outbox' | 'errands' = 'outbox';
  /** Of {@link Reply}'s `faulted`, one after the other. */
  #faults = 0;
  /** Own wait after failures; ends early when the line comes back. */
  #backoffUntil = 0;
  /** Wait that the province asked for; only a person shortens it. */
  #pausedUntil = 0;
  readonly #records = new Portion({ least: 1, most: wireLimits.records });

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#mustRelease = true;
    this.wake();
  }

  /** Something new is queued, or the office was enrolled: looks at once. */
  wake(): void {
    if (this.#running) this.#wakeAgain = true;
    else this.#runIn(0);
  }

  /**
   * A person asks for it: no waiting, whoever asked for the wait, nor for a request that hangs. One that a slow line still
   * carries goes on.
   */
  retryNow(): void {
    this.#pausedUntil = 0;
    const mayBreakOff = this.#now() - this.#pressedAt >= rhythm.betweenPresses;
    if (mayBreakOff && this.#options.client.hangs(this.#requests.signal, rhythm.hanging)) {
      this.#pressedAt = this.#now();
      this.#breakOff();
    }
    this.#forgive();
    this.#hurry({ proof: true });
  }

  /**
   * What is under way hangs on a line that is no more, and would for up to a minute. What set out since goes on, and so
   * does the pause that the province asked for, and that after a server's own trouble, which no network mends.
   *
   * @param ago milliseconds since the network came back
   */
  networkBack(ago = 0): void {
    if (this.#state !== 'online') this.#forgive();
    if (this.#setOutAt <= this.#now() - ago) this.#breakOff();
    this.#hurry({ proof: false });
  }

  /** Every request may be made twice: what came of the one before is answered again. */
  #breakOff(): void {
    if (this.#running === null || this.#stop.signal.aborted) return;
    this.#state = 'checking';
    this.#turn = 'outbox';
    this.#requests.abort();
    this.#requests = new AbortController();
  }

  /** Own waits are over, and the next begin anew with the shortest. */
  #forgive(): void {
    this.#failures = 0;
    this.#backoffUntil = 0;
  }

  #hurry(also: { proof: boolean }): void {
    this.#mustListen = true;
    this.#options.errands?.hurry(also);
    this.wake();
  }

  /** Breaks off what is under way; what was taken is given back or its lease runs out. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#requests.abort();
    this.#cancelTimer();
    await this.#running;
  }

  connection(): Connection {
    const enrolled = this.#options.ports.link() !== null;
    return {
      state: enrolled ? (this.#refusal ? 'refused' : this.#state) : 'not_enrolled',
      lastContactAt: this.#lastContact?.at ?? null,
      silence: this.#silence,
      refusal: this.#refusal,
      clockOff: this.#clockOff,
    };
  }

  #runIn(delay: number): void {
    this.#cancelTimer();
    if (this.#stop.signal.aborted) return;
    this.#cancelTimer = this.#options.timers.after(delay, () => {
      this.#wakeAgain = false;
      this.#running = this.#run().finally(() => {
        this.#running = null;
        const next = this.#wakeAgain ? 0 : this.#whenNext();
        if (next !== null) this.#runIn(next);
      });
      return this.#running;
    });
  }

  /** A register that cannot be read just now (a full disk, another program's lock) ends no sender. */
  #whenNext(): number | null {
    try {
      return this.#nextLook();
    } catch (cause) {
      this.#failed();
      this.#options.onFailure(cause);
      return this.#backoffUntil - this.#now();
    }
  }

  /** On a full disk the office opens, and asks, all the same: the next look tries again. */
  #release(): void {
    if (!this.#mustRelease) return;
    try {
      this.#options.ports.releaseLeases();
      this.#mustRelease = false;
    } catch (cause) {
      this.#options.onFailure(cause);
    }
  }

  async #run(): Promise<void> {
    this.#release();
    try {
      const link = this.#options.ports.link();
      if (link === null) return;
      if (!this.#heardLately()) await this.#listen(link);
      if (this.#mayCall()) await this.#work();
    } catch (cause) {
      // What was taken could not be given back, or its answer not be written down.
      this.#mustRelease = true;
      this.#failed();
      this.#options.onFailure(cause);
    }
  }

  async #listen(link: OfficeLink): Promise<void> {
    const signal = this.#setOut();
    const reply = await this.#options.client.health(link.address, signal);
    if (signal.aborted) return;
    if (reply.kind !== 'answered') {
      this.#lineLost = true;
      this.#unheard(silenceOf(reply));
      return;
    }
    if (this.#lineLost) {
      // The line is back: waits that nobody asked for are over.
      this.#lineLost = false;
      this.#forgive();
    }
    this.#heard(reply.answer.serverTime);
  }

  /**
   * A round of the outbox and a step of the errands take turns until there is nothing left of either. Whose turn it is
   * stays where the line breaks: what cannot be sent just now keeps no errand waiting, which may bring what it lacks.
   */
  async #work(): Promise<void> {
    const { errands, ports } = this.#options;
    for (let isOutboxDone = false; this.#mayCall() && !this.#stop.signal.aborted;) {
      // An errand may have learnt another key of the province.
      const link = ports.link();
      if (link === null) return;
      if (this.#turn === 'outbox') {
        this.#turn = 'errands';
        isOutboxDone = await this.#drain(link);
        continue;
      }
      this.#turn = 'outbox';
      const signals = { requests: this.#setOut(), stop: this.#stop.signal };
      const step = (await errands?.step(link, signals)) ?? nothingToDo;
      if (!this.#isStanding(link)) continue;
      this.#pause(step.retryAfter);
      if (step.refusal) this.#refuse(step.refusal);
      else if (step.refusal === null) this.#refusal = null;
      if (isOutboxDone && !step.more) return;
    }
  }

  #mayCall(): boolean {
    return this.#state === 'online' && this.#now() >= this.#holdUntil();
  }

  /**
   * Sends batch after batch. While the province works on one, what it answered to the one before is
   * written down: a batch sets out only once the one before is answered, so their order holds. A batch that
   * brings no record to its end is the last of its round: its records may be due again at once.
   *
   * @returns whether all that is due was sent
   */
  async #drain(link: OfficeLink): Promise<boolean> {
    const { ports } = this.#options;
    let before: AnsweredBatch | null = null;
    for (let isFruitful = true; ;) {
      const goesOn = isFruitful && !this.#stop.signal.aborted && this.#isStanding(link);
      const answered: string[] = before?.batch.map(({ itemId }) => itemId) ?? [];
      const batch: Outgoing[] = goesOn ? ports.claim(this.#records.size, answered) : [];
      if (batch.length === 0 && before === null) return goesOn;
      const signal = this.#setOut();
      const [reply, settled] = await this.#sendAndWrite(link, batch, before, signal);
      if (before !== null) {
        // Only now: where nothing can be written down, what was answered is asked again, and each time later.
        this.#failures = 0;
        if (settled === 0) isFruitful = false;
      }
      before = null;
      if (reply === null) continue;
      this.#records.after(reply, batch.length);
      if (reply.kind !== 'answered') {
        if (signal.aborted) {
          ports.release(batch.map(({ itemId }) => itemId));
          if (reply.kind === 'busy' && this.#isStanding(link)) this.#pause(reply.retryAfter);
        } else this.#giveUp(link, reply, batch);
        return false;
      }
      this.#heard(reply.answer.serverTime);
      this.#refusal = null;
      this.#faults = 0;
      before = { batch, answers: reply.answer.answers };
    }
  }

  /**
   * Sends a batch, and writes down what the one before was answered.
   *
   * @returns what came of the batch, null where there was none to send; how many records of the one before came to their end
   */
  async #sendAndWrite(
    link: OfficeLink,
    batch: readonly Outgoing[],
    before: AnsweredBatch | null,
    signal: AbortSignal,
  ): Promise<[Sent | null, number]> {
    const leaving = Promise.withResolvers<void>();
    const sending =
      batch.length === 0 ? Promise.resolve(null) : this.#send(link, batch, signal, leaving.resolve);
    void sending.then(
      () => leaving.resolve(),
      () => leaving.resolve(),
    );
    // Writing keeps the program busy: what is being sent beside it leaves first.
    const writing = before && this.#options.timers.beside(leaving.promise, () => this.#write(link, before));
    // Whichever fails, both come to their end: what is under way is never out of sight.
    const [sent, written] = await Promise.allSettled([sending, writing]);
    if (written.status === 'rejected') throw written.reason;
    if (sent.status === 'rejected') throw sent.reason;
    return [sent.value, written.value ?? 0];
  }

  async #send(
    link: OfficeLink,
    batch: readonly Outgoing[],
    signal: AbortSignal,
    setsOut: () => void,
  ): Promise<Sent> {
    const { ports, client, clock } = this.#options;
    const envelope = { batchId: uuid(), sentAt: clock.now().toISOString() };
    const records = batch.values().map((item) => ({ head: item.record, body: ports.bodyOf(item) }));
    return await client.push(link, { ...envelope, records }, signal, setsOut);
  }

  /** @returns how many records came to their end */
  async #write(link: OfficeLink, { batch, answers }: AnsweredBatch): Promise<number> {
    const { ports } = this.#options;
    const settlements = await judgeAnswers(link, batch, answers);
    if (this.#isStanding(link)) return ports.settle(settlements);
    ports.release(batch.map(({ itemId }) => itemId));
    return 0;
  }

  /** Deals with a batch that was not answered. */
  #giveUp(link: OfficeLink, reply: Unanswered<unknown>, batch: Outgoing[]): void {
    const { ports } = this.#options;
    const [only] = batch;
    const itemIds = batch.map((outgoing) => outgoing.itemId);
    if (!this.#isStanding(link)) {
      ports.release(itemIds);
      return;
    }
    switch (reply.kind) {
      case 'silent':
        ports.release(itemIds);
        this.#unheard(reply.why);
        return this.#failed();
      case 'busy':
        this.#faults = reply.faulted ? this.#faults + 1 : 0;
        // Its own trouble passes; what comes back each time may be one of these records, and keeps no other waiting.
        if (only && batch.length === 1 && this.#faults >= faultsOfChance)
          ports.settle([unclear(only, 'server_fault', 'Server provinsi gagal mengolah catatan ini.')]);
        else ports.release(itemIds);
        if (this.#faults >= faultsOfChance) this.#records.halve(batch.length);
        this.#failed();
        this.#pause(reply.retryAfter);
        return;
      case 'refused':
        if (reply.status === 401 || reply.status === 403) {
          ports.release(itemIds);
          return this.#refuse({ code: reply.code, sentence: reply.sentence });
        }
        // One of them is what the server cannot take: halve until it stands alone, then set it aside.
        this.#records.halve(batch.length);
        if (only && batch.length === 1) ports.settle([unclear(only, reply.code, reply.sentence)]);
        else ports.release(itemIds);
        return;
      default:
        return assertNever(reply);
    }
  }

  /** Else the enrolment was replaced while this was on its way: its word counts for nothing, and the new one is tried. */
  #isStanding(link: OfficeLink): boolean {
    return this.#options.ports.link()?.credential === link.credential;
  }

  /** The province asks to wait for so many milliseconds, or asks nothing. */
  #pause(retryAfter: number | null): void {
    if (retryAfter !== null) this.#pausedUntil = this.#now() + retryAfter;
  }

  #refuse(refusal: { code: string; sentence: string }): void {
    this.#refusal = refusal;
    this.#pausedUntil = this.#now() + rhythm.refused;
  }

  #heard(serverTime: string): void {
    const { clock } = this.#options;
    const now = clock.now();
    this.#state = 'online';
    this.#mustListen = false;
    this.#silence = null;
    this.#lastContact = { at: now.toISOString(), monotonic: this.#now() };
    this.#clockOff = Date.parse(serverTime) - now.getTime();
  }

  /** A request sets out. @returns what ends it */
  #setOut(): AbortSignal {
    this.#setOutAt = this.#now();
    return this.#requests.signal;
  }

  #unheard(why: Silence): void {
    this.#state = 'offline';
    this.#silence = why;
  }

  #failed(): void {
    this.#failures += 1;
    this.#backoffUntil = this.#now() + backoffAfter(this.#failures, this.#options.random());
  }

  #heardLately(): boolean {
    if (this.#mustListen || this.#state !== 'online' || this.#lastContact === null) return false;
    return this.#now() - this.#lastContact.monotonic < rhythm.online - rhythm.tolerance;
  }

  #holdUntil(): number {
    return Math.max(this.#backoffUntil, this.#pausedUntil);
  }

  /** Milliseconds until the next look; null where only `wake` begins another. */
  #nextLook(): number | null {
    const { ports, random } = this.#options;
    if (this.#stop.signal.aborted || ports.link() === null) return null;
    if (this.#state !== 'online') return spread(rhythm.offline, random());
    const due = ports.nextDueIn();
    const sending =
      due === null ? Number.POSITIVE_INFINITY : Math.max(due, this.#holdUntil() - this.#now(), 0);
    return Math.min(spread(rhythm.online, random()), sending);
  }

  #now(): number {
    return this.#options.timers.now();
  }
}

/** So many faults of the server in a row are its own; from the next on, it may be a record that it fails over. */
const faultsOfChance = 3;

const nothingToDo: ErrandStep = { more: false, retryAfter: null };

type Sent = Awaited<ReturnType<ProvinceClient['push']>>;

interface AnsweredBatch {
  batch: readonly Outgoing[];
  answers: readonly { key: string }[];
}

type Unanswered<Answer> = Exclude<Reply<Answer>, { kind: 'answered' }>;

function silenceOf(reply: Unanswered<unknown>): Silence {
  switch (reply.kind) {
    case 'silent':
      return reply.why;
    case 'busy':
      return 'busy';
    case 'refused':
      return 'not_province';
    default:
      return assertNever(reply);
  }
}

/** Up to a fifth less, so that offices that lost the line together do not ask in step. */
function spread(interval: number, random: number): number {
  return Math.round(interval * (1 - random / 5));
}
