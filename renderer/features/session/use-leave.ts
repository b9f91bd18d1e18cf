import { useQueryClient } from '@tanstack/react-query';
import { useTRPCClient } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import type { SessionState } from '../../app/session-store.ts';

/** Ways of leaving: covering the screen for a while, or going. Both end the session at the office. */
export function useLeave(): {
  lock: (why: NonNullable<SessionState['locked']>) => void;
  logout: () => void;
  /** For a session the office has ended already. */
  leave: () => void;
} {
  const store = useSessionStore();
  const client = useTRPCClient();
  const queries = useQueryClient();

  /** The screen is covered at once; the office hears of it with the token of a moment ago. */
  function endAtOffice() {
    const { token } = store.current();
    // Where the office does not answer, the session ends there by idling.
    if (token !== null) client.session.logout.mutate(undefined, { context: { token } }).catch(() => {});
  }

  /** Whoever comes next begins at the door, not where the one before stood. */
  function leave() {
    store.end();
    queries.clear();
    window.history.replaceState(null, '', '/');
  }

  return {
    lock(why) {
      endAtOffice();
      store.lock(why);
    },
    logout() {
      endAtOffice();
      leave();
    },
    leave,
  };
}
