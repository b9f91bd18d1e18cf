import type { SessionInfo } from '../../shared/contract/session.ts';

/**
 * Who is at work in this window. The token lives in memory only: not in the browser's storage, so
 * closing the window ends the session.
 */
export interface SessionState {
  token: string | null;
  info: SessionInfo | null;
  /** The session ended or the screen was left alone: the work stays mounted, covered, until someone logs in. */
  locked: 'left_alone' | 'by_hand' | 'expired' | null;
}

const nobody: SessionState = { token: null, info: null, locked: null };

export class SessionStore {
  #state: SessionState = nobody;
  readonly #listeners = new Set<() => void>();

  readonly current = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** After a login, an unlock, or a changed password. */
  begin(token: string, info: SessionInfo): void {
    this.#set({ token, info, locked: null });
  }

  /** Fresh facts of the same session: the period's days left, a setting. */
  refresh(info: SessionInfo): void {
    if (this.#state.token !== null) this.#set({ ...this.#state, info });
  }

  /** Covers the screen and forgets the token; what is mounted stays. */
  lock(why: NonNullable<SessionState['locked']>): void {
    if (this.#state.info === null || this.#state.locked !== null) return;
    this.#set({ ...this.#state, token: null, locked: why });
  }

  /** Nobody is at work any more; mounted screens go. */
  end(): void {
    this.#set(nobody);
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
