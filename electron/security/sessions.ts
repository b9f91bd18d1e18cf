import { randomBytes } from 'node:crypto';
import type { Role } from '../../shared/domain/role.ts';
import type { Clock } from '../clock.ts';

/** Who is at work. It comes from the session, never from input. */
export interface Actor {
  id: string;
  name: string;
  role: Role;
}

export interface Session {
  token: string;
  actor: Actor;
  username: string;
  mustChangePassword: boolean;
  lastSeen: number;
}

/** Sessions live in memory only: they end with the program, or after idle time. */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(actor: Actor, username: string, mustChangePassword: boolean): Session {
    const session: Session = {
      token: randomBytes(32).toString('base64url'),
      actor,
      username,
      mustChangePassword,
      lastSeen: this.#clock.now().getTime(),
    };
    this.#sessions.set(session.token, session);
    return session;
  }

  /**
   * The session of a token, or null where there is none or it idled too long. `touch` counts the
   * call as work; what a screen polls by itself must not keep a session alive.
   */
  find(token: string, idleMinutes: number, touch: boolean): Session | null {
    const session = this.#sessions.get(token);
    if (session === undefined) return null;
    const now = this.#clock.now().getTime();
    if (now - session.lastSeen > idleMinutes * 60_000) {
      this.#sessions.delete(token);
      return null;
    }
    if (touch) session.lastSeen = now;
    return session;
  }

  /** Whether a session has not been ended. */
  stands(session: Session): boolean {
    return this.#sessions.get(session.token) === session;
  }

  /** How many are at work; a window that was closed without logging out counts until it idled too long. */
  count(idleMinutes: number): number {
    for (const token of this.#sessions.keys()) this.find(token, idleMinutes, false);
    return this.#sessions.size;
  }

  end(token: string): void {
    this.#sessions.delete(token);
  }

  /** After a change of role or password, or a deactivation, every session of the account ends. */
  endOf(accountId: string): void {
    for (const [token, session] of this.#sessions)
      if (session.actor.id === accountId) this.#sessions.delete(token);
  }

  endAll(): void {
    this.#sessions.clear();
  }
}
