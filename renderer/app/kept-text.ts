import type { z } from 'zod';
import type { KeptStates } from './use-kept-state.ts';

/**
 * What was typed of one record and is not saved, with the version it was typed on. On that version it
 * goes on where it was left; where a colleague saved since, it is set aside and only offered.
 */
export class KeptText<Body> {
  readonly #states: KeptStates;
  readonly #body: z.ZodType<Body>;
  readonly #key: string;

  /** @param key names the record in the whole program: `intake.<id>`. */
  constructor(states: KeptStates, key: string, body: z.ZodType<Body>) {
    this.#states = states;
    this.#body = body;
    this.#key = key;
  }

  /** What was typed on this very version, to go on with. What was typed on another is set aside. */
  open(version: number): Body | null {
    const unsaved = this.#body.safeParse(this.#states.get(this.#key)).data;
    if (unsaved === undefined) return null;
    if (this.#version() === version) return unsaved;
    this.#states.set(this.#asideKey, unsaved);
    this.drop();
    return null;
  }

  /** What was typed on a version that is not the last any more. */
  aside(): Body | null {
    return this.#body.safeParse(this.#states.get(this.#asideKey)).data ?? null;
  }

  keep(version: number, body: Body): void {
    this.#states.set(this.#key, body);
    this.#states.set(this.#versionKey, version);
  }

  /** The person's own saving made a new version: what they typed meanwhile goes on from that. */
  rebase(from: number, to: number): void {
    if (this.#version() === from) this.#states.set(this.#versionKey, to);
  }

  drop(): void {
    this.#states.drop(this.#key);
    this.#states.drop(this.#versionKey);
  }

  dropAside(): void {
    this.#states.drop(this.#asideKey);
  }

  get #asideKey(): string {
    return `${this.#key}.aside`;
  }

  get #versionKey(): string {
    return `${this.#key}.version`;
  }

  #version(): unknown {
    return this.#states.get(this.#versionKey);
  }
}
