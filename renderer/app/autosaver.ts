import type { ErrorCode } from '../../shared/errors.ts';
import { problemOf, type ShownProblem } from './problem.ts';

export interface SaveState {
  /** ISO instant of the last saving; null before the first. */
  savedAt: string | null;
  /** Something typed has not reached the office yet. */
  pending: boolean;
  /** What holds it up: a conflict waits for the clerk, anything else is tried again by itself. */
  problem: ShownProblem | null;
}

interface AutosaverOptions<Body> {
  version: number;
  savedAt: string | null;
  save: (version: number, body: Body) => Promise<{ version: number; savedAt: string }>;
  onState: (state: SaveState) => void;
  /** Refusals that are not mended by trying again; a colleague's saving is one. */
  held: readonly ErrorCode[];
}

/** Milliseconds after the last keystroke; leaving a field saves at once. */
const pause = 600;
/** Milliseconds until a failed saving is tried again. */
const retryPause = 3_000;

/** No answer came: it may be saved. */
const unanswering: readonly ErrorCode[] = ['office_unreachable', 'office_stopped'];
/** Said before anybody looked at what was sent: whether the one before it was saved is as unknown as it was. */
const unjudging: readonly ErrorCode[] = [
  'not_logged_in',
  'password_must_change',
  'register_locked',
  'rate_limited',
];

/**
 * Brings what is typed to the office: one saving at a time, always the newest text, each on the
 * version of the one before, so that a colleague's saving in between is noticed and not overwritten. Where an answer
 * was lost, the very same is sent once more before anything newer: the office knows it again, if it has it, and
 * does not take it for a colleague's.
 */
export class Autosaver<Body> {
  readonly #options: AutosaverOptions<Body>;
  #version: number;
  #state: SaveState;
  #unsaved: Body | null = null;
  /** What was sent last and has no answer: it may be saved. */
  #unanswered: Body | null = null;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AutosaverOptions<Body>) {
    this.#options = options;
    this.#version = options.version;
    this.#state = { savedAt: options.savedAt, pending: false, problem: null };
  }

  get version(): number {
    return this.#version;
  }

  change(body: Body): void {
    this.#unsaved = body;
    if (!this.#state.pending) this.#set({ ...this.#state, pending: true });
    if (!this.#isStuck()) this.#schedule(pause);
  }

  /** Saves now. Says whether nothing is unsaved any more; if not, the state tells what holds it up. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#unsaved !== null && !this.#isStuck()) {
      this.#running ??= this.#save(this.#unanswered ?? this.#unsaved);
      await this.#running;
      if (this.#state.problem !== null) return false;
    }
    return this.#unsaved === null;
  }

  /** The screen goes; what is typed is still brought to the office. */
  close(): void {
    void this.flush();
  }

  /** Another saver goes on with what this one could not bring. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#unsaved = null;
    this.#unanswered = null;
  }

  async #save(body: Body): Promise<void> {
    try {
      const { version, savedAt } = await this.#options.save(this.#version, body);
      this.#version = version;
      this.#unanswered = null;
      if (this.#unsaved === body) this.#unsaved = null;
      this.#set({ savedAt, pending: this.#unsaved !== null, problem: null });
    } catch (error) {
      const problem = problemOf(error);
      if (unanswering.includes(problem.code)) this.#unanswered = body;
      else if (!unjudging.includes(problem.code)) this.#unanswered = null;
      this.#set({ ...this.#state, pending: true, problem });
      if (!this.#isStuck()) this.#schedule(retryPause);
    } finally {
      this.#running = null;
    }
  }

  #isStuck(): boolean {
    const code = this.#state.problem?.code;
    return this.#options.held.some((held) => held === code);
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
