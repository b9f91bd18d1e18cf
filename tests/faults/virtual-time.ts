import { createHash } from 'node:crypto';
import type { Alarms, Timers } from '../../electron/sync/timers.ts';

/**
 * Time that passes only when everything that runs waits for it. A week without a line takes as long
 * as the work in it, and the same seed gives the same order of events.
 */
export class VirtualTime {
  #now = 0;
  #order = 0;
  readonly #alarms = new Set<Alarm>();
  readonly #actors = new Set<Actor>();
  #quiet: (() => void) | null = null;
  readonly #trace = createHash('sha256');
  /** The first failure of something that runs by itself; it ends the run. */
  #failure: unknown = null;
  /** Real time that steps of the run take beyond their work; a test draws it out at random. */
  readonly dawdle: () => Promise<void>;

  constructor(dawdle: () => Promise<void> = () => Promise.resolve()) {
    this.dawdle = dawdle;
  }

  /** Milliseconds since the start of the run. */
  now(): number {
    return this.#now;
  }

  /** Calls `work` after `delay` milliseconds; what it returns is waited for before time goes on. */
  after(delay: number, work: () => unknown): () => void {
    const alarm = { at: this.#now + Math.max(0, delay), order: (this.#order += 1), work };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** Something that works by itself between waits; time stands still while any of them works. */
  actor(): Actor {
    const actor = new Actor(this, () => this.#settle());
    this.#actors.add(actor);
    return actor;
  }

  forget(actor: Actor): void {
    this.#actors.delete(actor);
    this.#settle();
  }

  /** Runs until nothing is left to happen before `end`, or until `done` holds. */
  async runUntil(end: number, done: () => boolean = () => false): Promise<void> {
    // What was begun before this is waited for like anything else.
    await this.#untilQuiet();
    while (!done()) {
      const next = this.#next();
      if (next === null || next.at > end) break;
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      this.note(`alarm ${next.order}`);
      await this.dawdle();
      await next.work();
      await this.#untilQuiet();
    }
    if (!done()) this.#now = Math.max(this.#now, end);
  }

  /** Lets a span go by in which nothing happens: what was to come comes as much later. */
  shift(span: number): void {
    this.#now += span;
    for (const alarm of this.#alarms) alarm.at += span;
  }

  /** Something happens that a run must repeat at the same moment when its seed is played again. */
  note(what: string): void {
    this.#trace.update(`${this.#now} ${what}\n`);
  }

  /** Of all that was noted so far, and of every alarm: two runs that differ anywhere differ in it. */
  get trace(): string {
    return this.#trace.copy().digest('hex');
  }

  fail(cause: unknown): void {
    this.#failure ??= cause;
    this.#quiet?.();
  }

  #next(): Alarm | null {
    let first: Alarm | null = null;
    for (const alarm of this.#alarms)
      if (first === null || alarm.at < first.at || (alarm.at === first.at && alarm.order < first.order))
        first = alarm;
    return first;
  }

  async #untilQuiet(): Promise<void> {
    while (this.#isBusy() && this.#failure === null)
      await new Promise<void>((resolve) => {
        this.#quiet = resolve;
      });
    if (this.#failure !== null) throw this.#failure;
  }

  #settle(): void {
    if (!this.#isBusy()) this.#quiet?.();
  }

  #isBusy(): boolean {
    for (const actor of this.#actors) if (actor.working) return true;
    return false;
  }
}

interface Alarm {
  at: number;
  order: number;
  work: () => unknown;
}

/** Milliseconds. */
const limitStep = 10_000;

/** One program of the run. It works from when an alarm wakes it until it waits for the next. */
export class Actor {
  readonly #time: VirtualTime;
  readonly #changed: () => void;
  #working = false;
  #alive = true;
  /** How much it does beside what is under way. */
  #asides = 0;
  /** Gives the turn to what waits beside, as soon as this waits itself. */
  #giveTurn: () => void = () => {};
  /** How often it was woken. */
  #wakings = 0;
  /** Whether something left it that is not under way yet. */
  #setsOut = false;

  constructor(time: VirtualTime, changed: () => void) {
    this.#time = time;
    this.#changed = changed;
  }

  get working(): boolean {
    return this.#alive && (this.#working || this.#asides > 0);
  }

  get alive(): boolean {
    return this.#alive;
  }

  wakes(): void {
    this.#working = true;
    this.#wakings += 1;
  }

  /** A request leaves it, and is under way once it waits for the answer. */
  setsOut(): void {
    this.#setsOut = true;
  }

  waits(): void {
    this.#working = false;
    this.#setsOut = false;
    this.#giveTurn();
    this.#changed();
  }

  /** Begins when what is under way has gone out on the line or ended, and not before; time waits for it. */
  async #beside<Result>(leaving: Promise<void>, work: () => Promise<Result>): Promise<Result> {
    this.#asides += 1;
    try {
      const turn = new Promise<void>((resolve) => {
        this.#giveTurn = resolve;
      });
      await Promise.race([turn, leaving]);
      // How long the way to the line takes is up to the machine: what the line does with it is always first.
      if (this.#setsOut) await turn;
      await this.#time.dawdle();
      const result = await work();
      await this.#time.dawdle();
      return result;
    } finally {
      this.#asides -= 1;
      this.#changed();
    }
  }

  /** Killed: whatever it still waits for never comes. */
  dies(): void {
    this.#alive = false;
    this.#time.forget(this);
  }

  /** Alarms of its own; setting one means that it waits. */
  timers(): Timers {
    return {
      now: () => this.#time.now(),
      after: (delay, work) => {
        // When a killed program comes to this is up to the machine: it is to leave no mark on the run.
        if (!this.#alive) return () => {};
        const callOff = this.#time.after(delay, () => {
          if (!this.#alive) return;
          this.wakes();
          const waking = this.#wakings;
          // What it was woken for may end without a wait for anything (an office not enrolled yet).
          void Promise.resolve(work()).finally(() => {
            if (this.#wakings === waking) this.waits();
          });
        });
        this.waits();
        return callOff;
      },
      beside: async (leaving, work) => await this.#beside(leaving, work),
    };
  }

  /**
   * Limits for what it waits for, which are no waits themselves. In whole steps: a limit grows with the bytes that are
   * sent, and how far those can be compressed hangs on random ids.
   */
  limits(step = limitStep): Alarms {
    return {
      now: () => this.#time.now(),
      after: (delay, work) =>
        this.#alive
          ? this.#time.after(Math.ceil(delay / step) * step, () => {
              if (this.#alive) work();
            })
          : () => {},
    };
  }
}
