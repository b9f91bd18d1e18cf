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

  /**
   * What was typed on this very version, to go on with. What was typed on another is set aside, but for one that
   * only an own saving made whose answer was lost: the office then holds what was sent last.
   *
   * @param held what the office holds as this version
   */
  open(version: number, held: Body): Body | null {
    const unsaved = this.#body.safeParse(this.#states.get(this.#key)).data;
    if (unsaved === undefined) return null;
    const sent = this.#textOf(this.#states.get(this.#sentKey));
    if (sent !== null && sent === this.#textOf(held)) this.rebase(version - 1, version);
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

  /** It sets out to the office, and nobody knows whether it arrives. */
  noteSent(body: Body): void {
    this.#states.set(this.#sentKey, body);
  }

  /** The person's own saving made a new version: what they typed meanwhile goes on from that. */
  rebase(from: number, to: number): void {
    if (this.#version() === from) this.#states.set(this.#versionKey, to);
  }

  drop(): void {
    this.#states.drop(this.#key);
    this.#states.drop(this.#versionKey);
    this.#states.drop(this.#sentKey);
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

  get #sentKey(): string {
    return `${this.#key}.sent`;
  }

  /** Read by the schema, equal bodies are equal texts; null of what is none. */
  #textOf(body: unknown): string | null {
    const read = this.#body.safeParse(body);
    return read.success ? JSON.stringify(read.data) : null;
  }

  #version(): unknown {
    return this.#states.get(this.#versionKey);
  }
}
